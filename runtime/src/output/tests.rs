use serde::Serialize;
use serde_json::{Value, json};

use super::{Object, Output, Violation, checked, to_json};

/// Returns the violation of a schema by a value: its pointer, keyword and message.
fn violation(schema: &Value, value: &impl Serialize) -> Option<(String, String, String)> {
    let violation = checked(value, &schema.to_string(), false).err()?;
    Some((
        violation.pointer().to_owned(),
        violation.keyword().to_owned(),
        violation.to_string(),
    ))
}

#[track_caller]
fn breaks(schema: Value, value: Value, pointer: &str, keyword: &str) {
    let found = violation(&schema, &value);
    let found = found
        .as_ref()
        .map(|(at, keyword, _)| (at.as_str(), keyword.as_str()));
    assert_eq!(found, Some((pointer, keyword)), "{value} of {schema}");
}

#[track_caller]
fn holds(schema: Value, value: Value) {
    assert_eq!(violation(&schema, &value), None, "{value} of {schema}");
}

#[test]
fn types() {
    let values = [
        ("null", json!(null)),
        ("boolean", json!(true)),
        ("integer", json!(-3)),
        ("number", json!(0.5)),
        ("string", json!("a")),
        ("array", json!([])),
        ("object", json!({})),
    ];
    for (i, (kind, _)) in values.iter().enumerate() {
        for (j, (_, value)) in values.iter().enumerate() {
            let schema = json!({ "type": kind });
            if i == j || (*kind, j) == ("number", 2) {
                holds(schema, value.clone());
            } else {
                breaks(schema, value.clone(), "", "type");
            }
        }
    }
    holds(json!({ "type": "integer" }), json!(2.0));
    holds(json!({ "type": ["string", "null"] }), json!(null));
    breaks(json!({ "type": ["string", "null"] }), json!(1), "", "type");
}

/// The message of a violation says what is expected, and where.
#[test]
fn messages_name_the_type() {
    for (kind, expected) in [
        ("array", "a list"),
        ("boolean", "`true` or `false`"),
        ("integer", "a whole number"),
        ("number", "a number"),
        ("object", "an object"),
        ("string", "a string"),
    ] {
        let message = |schema: &Value, value: &Value| {
            let (_, _, message) = violation(schema, value).expect("a violation");
            message
        };
        let schema = json!({ "type": kind });
        assert_eq!(
            message(&schema, &json!(null)),
            format!("the result must be {expected}")
        );
        let schema = json!({ "properties": { "a": schema } });
        let found = message(&schema, &json!({ "a": null }));
        assert_eq!(found, format!("`/a` of the result must be {expected}"));
    }
}

#[test]
fn strings() {
    let schema = json!({ "pattern": "^[a-z]+$", "minLength": 2, "maxLength": 3 });
    holds(schema.clone(), json!("abc"));
    breaks(schema.clone(), json!("a"), "", "minLength");
    breaks(schema.clone(), json!("abcd"), "", "maxLength");
    breaks(schema, json!("ABC"), "", "pattern");
    // Lengths are in characters, not in bytes. A pattern may match anywhere.
    holds(json!({ "maxLength": 2, "pattern": "é" }), json!("éé"));
    breaks(json!({ "enum": ["a", "b"] }), json!("c"), "", "enum");
    holds(json!({ "enum": ["a", null] }), json!(null));
    breaks(json!({ "enum": ["a"] }), json!(null), "", "enum");
    breaks(json!({ "const": "a" }), json!("b"), "", "const");
}

#[test]
fn numbers() {
    let schema = json!({ "minimum": 0, "maximum": 2.5 });
    for (value, keyword) in [
        (json!(-1), "minimum"),
        (json!(3), "maximum"),
        (json!(2.6), "maximum"),
    ] {
        breaks(schema.clone(), value, "", keyword);
    }
    holds(schema, json!(2.5));
    // As floating-point numbers, these two are equal.
    let largest = json!({ "maximum": u64::MAX - 1 });
    breaks(largest.clone(), json!(u64::MAX), "", "maximum");
    holds(largest, json!(u64::MAX - 1));
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let found = violation(&json!({ "type": ["number", "null"] }), &value);
        assert_eq!(found.expect("an error").1, "type");
    }
}

#[test]
fn positions_are_json_pointers() {
    let schema = json!({
        "type": "object",
        "required": ["a/b"],
        "properties": { "a/b": { "type": "array", "items": { "$ref": "#/$defs/x~y" } } },
        "additionalProperties": { "type": "object", "additionalProperties": { "type": "null" } },
        "$defs": { "x~y": { "type": "integer" } },
    });
    let schema = serde_json::from_str(&schema.to_string().replace("#/$defs/x~y", "#/$defs/x~0y"));
    let schema: Value = schema.expect("JSON");
    breaks(
        schema.clone(),
        json!({ "a/b": [1, "x"] }),
        "/a~1b/1",
        "type",
    );
    breaks(schema.clone(), json!({}), "", "required");
    // Names that are not in the schema are not shown, because they are part of the value.
    let value = json!({ "a/b": [], "secret": { "token": 1 } });
    breaks(schema, value, "/*/*", "type");
    let closed = json!({ "properties": {}, "additionalProperties": false });
    breaks(closed, json!({ "secret": 1 }), "", "additionalProperties");
}

#[test]
fn alternatives() {
    let schema = json!({ "oneOf": [
        { "type": "object", "required": ["kind"], "properties": { "kind": { "const": "a" } } },
        { "type": "object", "required": ["kind", "n"], "properties": {
            "kind": { "const": "b" },
            "n": { "type": "integer", "maximum": 3 },
        } },
    ] });
    holds(schema.clone(), json!({ "kind": "a" }));
    holds(schema.clone(), json!({ "kind": "b", "n": 1 }));
    breaks(
        schema.clone(),
        json!({ "kind": "b", "n": 4 }),
        "/n",
        "maximum",
    );
    breaks(schema.clone(), json!({ "kind": "c" }), "", "oneOf");
    breaks(json!({ "oneOf": [{}, {}] }), json!(1), "", "oneOf");
    let list = json!({ "items": schema });
    breaks(
        list,
        json!([{ "kind": "a" }, { "kind": "b", "n": 9 }]),
        "/1/n",
        "maximum",
    );
    // Without constants, no alternative is nearer than another.
    let number_or_yes =
        json!({ "oneOf": [{ "type": "integer", "maximum": 3 }, { "type": "boolean" }] });
    breaks(number_or_yes, json!(4), "", "oneOf");
    // The position of an alternative that doesn't match is not part of a later one.
    let inner = json!({ "oneOf": [
        { "properties": { "a": { "properties": { "b": { "type": "null" } } } } },
        { "properties": { "a": { "type": "object" } } },
    ] });
    let schema = json!({ "properties": { "x": inner, "y": { "type": "null" } } });
    breaks(
        schema,
        json!({ "x": { "a": { "b": 1 } }, "y": 1 }),
        "/y",
        "type",
    );
}

#[test]
fn messages_name_what_is_allowed() {
    for (schema, rule) in [
        (json!({ "const": "a" }), "must be `a`"),
        (json!({ "enum": ["a", "b"] }), "must be one of `a`, `b`"),
    ] {
        let (.., message) = violation(&schema, &1).expect("a violation");
        assert_eq!(message, format!("the result {rule}"));
    }
}

#[test]
fn messages_do_not_contain_values() {
    let secret = "s3cret";
    let schemas = [
        json!({ "type": "integer" }),
        json!({ "enum": ["a"] }),
        json!({ "const": "a" }),
        json!({ "pattern": "^x" }),
        json!({ "minLength": 50 }),
        json!({ "oneOf": [] }),
    ];
    for schema in schemas {
        let (.., message) = violation(&schema, &secret).expect("an error");
        assert!(!message.contains(secret), "{message}");
        let inner = json!({ "additionalProperties": schema });
        let (.., message) = violation(&inner, &json!({ secret: secret })).expect("an error");
        assert!(!message.contains(secret), "{message}");
    }
    let number = violation(&json!({ "maximum": 3 }), &7_777);
    assert!(!number.expect("an error").2.contains("7777"));
}

/// A type like those of generated code.
struct Session {
    name: String,
    age: Option<u64>,
}

impl Serialize for Session {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = Object::new(serializer)?;
        object.member("name", &self.name)?;
        object.optional("age", &self.age)?;
        object.end()
    }
}

impl Output for Session {
    const SCHEMA: &'static str = r#"{"type":"object","required":["name"],
"properties":{"name":{"type":"string","maxLength":3},"age":{"type":"integer"}}}"#;
}

#[test]
fn members_are_printed_in_order() -> Result<(), Violation> {
    let mut session = Session {
        name: "ab".into(),
        age: Some(3),
    };
    assert_eq!(to_json(&session, false)?, r#"{"name":"ab","age":3}"#);
    session.age = None;
    assert_eq!(to_json(&session, true)?, "{\n  \"name\": \"ab\"\n}");
    session.name = "abcd".into();
    let violation = to_json(&session, false).expect_err("it is too long");
    assert_eq!(
        violation.to_string(),
        "`/name` of the result must have at most 3 characters"
    );
    Ok(())
}

/// Validation takes linear time in the depth, even if the member that tells alternatives apart comes
/// last.
#[test]
fn nested_alternatives_take_linear_time() {
    let kind = |word: &str| {
        json!({
            "type": "object",
            "required": ["below", "kind"],
            "properties": {
                "below": { "type": "array", "items": { "$ref": "#/$defs/node" } },
                "kind": { "const": word },
            },
        })
    };
    let schema = json!({
        "$ref": "#/$defs/node",
        "$defs": { "node": { "oneOf": [kind("a"), kind("b")] } },
    });
    let leaf = |word: &str| json!({ "below": [], "kind": word });
    let nest = |value| (0..60).fold(value, |value, _| json!({ "below": [value], "kind": "b" }));
    holds(schema.clone(), nest(leaf("a")));
    breaks(schema, nest(leaf("c")), &"/below/0".repeat(60), "oneOf");
}
