//! The JSON Schema of each shape of value.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::diagnostic::{Code, Severity};
use crate::ir::{COMPLETIONS, KINDS};
use crate::source::Spanned;
use crate::spec::forms::{CompleteName, Date, FalseOr, Number, Range, Repeat, TypeName};
use crate::spec::{Allow, Choice, Choices, Map, Maps, OneOrMany, OrMap, Text, TextOr};

/// Implements an inline schema, or a named one with `called`.
macro_rules! shape {
    ($name:ident$(<$T:ident>)?, |$generator:ident| $schema:expr) => {
        impl$(<$T: JsonSchema>)? JsonSchema for $name$(<$T>)? {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
    ($name:ident called $called:literal, |$generator:ident| $schema:expr) => {
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                $called.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

shape!(Spanned<T>, |generator| generator.subschema_for::<T>());

shape!(OneOrMany<T>, |generator| {
    let one = generator.subschema_for::<T>();
    json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
});

shape!(Map<T>, |generator| {
    let value = generator.subschema_for::<T>();
    json_schema!({ "type": "object", "additionalProperties": value })
});

shape!(Maps<T>, |generator| {
    let map = generator.subschema_for::<T>();
    json_schema!({ "anyOf": [map, { "type": "array", "items": map }] })
});

impl<S: JsonSchema, T: JsonSchema> JsonSchema for OrMap<S, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OrMap".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let alternatives = [
            generator.subschema_for::<S>(),
            generator.subschema_for::<T>(),
        ];
        // An empty value could be either.
        json_schema!({ "anyOf": alternatives, "not": { "type": "null" } })
    }
}

shape!(FalseOr<T>, |generator| {
    let other = generator.subschema_for::<T>();
    json_schema!({ "anyOf": [{ "title": "`false`", "const": false }, other] })
});

shape!(Choices, |generator| {
    let name = generator.subschema_for::<Text>();
    let choice = generator.subschema_for::<TextOr<Choice>>();
    json_schema!({ "anyOf": [
        { "type": "array", "items": name, "minItems": 1 },
        { "type": "object", "additionalProperties": choice, "minProperties": 1 },
    ] })
});

shape!(Allow called "allow", |generator| {
    let reason = generator.subschema_for::<Text>();
    let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
    let keys = warnings.map(|code| {
        let mut reason = reason.clone();
        reason.insert("description".into(), format!("{}.", code.title()).into());
        (code.name().to_owned(), reason.to_value())
    });
    let keys: serde_json::Map<String, Value> = keys.collect();
    json_schema!({
        "description": "Warnings to suppress, each with the reason.",
        "type": "object",
        "properties": keys,
        "additionalProperties": false,
    })
});

/// A pattern for a Rust identifier.
const NAME: &str = "[A-Za-z_][A-Za-z0-9_]*";

shape!(TypeName called "type", |_generator| {
    let words = KINDS.iter().map(|kind| json!({ "const": kind.name, "description": kind.about }));
    let path = json!({
        "type": "string",
        "title": "Rust path",
        "description": "Any Rust type that implements `FromStr`, such as `std::net::IpAddr`.",
        "pattern": format!("^(::{NAME}|{NAME}::{NAME})(::{NAME})*$"),
    });
    let words: Vec<Value> = words.chain([path]).collect();
    json_schema!({ "description": "Types of values.", "oneOf": words })
});

shape!(CompleteName called "complete", |_generator| {
    let words = COMPLETIONS.iter().map(|named| json!({ "const": named.name, "description": named.about }));
    let names: Vec<&str> = COMPLETIONS.iter().map(|named| named.name).collect();
    let own = json!({
        "type": "string",
        "title": "Another name",
        "description": "Values that the program itself offers, through a method named after this.",
        "pattern": "^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$",
        "not": { "enum": names },
    });
    let words: Vec<Value> = words.chain([own]).collect();
    json_schema!({ "description": "What shells complete.", "oneOf": words })
});

shape!(Number, |_generator| json_schema!({
    "title": "number",
    "type": ["number", "string"],
    "pattern": "[0-9]",
}));

shape!(Date, |_generator| json_schema!({
    "title": "date",
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "examples": ["2026-11-20"],
}));

/// A pattern for a range. The minimum or the maximum may be omitted.
const RANGE: &str = r"([0-9]+(\.\.[0-9]*)?|\.\.[0-9]+)";

shape!(Range, |_generator| json_schema!({
    "title": "number or range",
    "type": ["integer", "string"],
    "minimum": 1,
    "pattern": format!("^{RANGE}$"),
    "examples": [2, "2..", "..3", "2..3"],
}));

shape!(Repeat, |_generator| json_schema!({
    "title": "`true`, number or range",
    "type": ["boolean", "integer", "string"],
    "minimum": 1,
    "pattern": format!("^(true|false|{RANGE})$"),
    "examples": [true, 2, "2..", "..3", "2..3"],
}));
