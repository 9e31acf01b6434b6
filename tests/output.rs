//! JSON results: how the runtime validates them, and what a program does with an invalid one.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use clapspec::Part;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{self, cargo, root, target};

/// A string from a short list, so that about half of the values are valid.
fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "a", "b", "ab", "éé", "abc", "B1"]).prop_map(str::to_owned)
}

/// The name of a member of an object.
fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "kind", "a/b"]).prop_map(str::to_owned)
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        (-3i64..4).prop_map(Value::from),
        prop::sample::select(vec![-1.5, 0.5, 2.0]).prop_map(Value::from),
        prop::sample::select(vec![u64::MAX, u64::MAX - 1]).prop_map(Value::from),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(name(), inner, 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Adds a keyword to a schema if it has a value.
fn with(schema: &mut Value, keyword: &str, value: Option<Value>) {
    if let (Some(value), Some(schema)) = (value, schema.as_object_mut()) {
        schema.insert(keyword.to_owned(), value);
    }
}

fn leaf_schema() -> impl Strategy<Value = Value> {
    let kinds = prop::sample::select(vec!["boolean", "integer", "number", "string"]);
    let limits = (prop::option::of(number()), prop::option::of(number()));
    let lengths = (prop::option::of(0u64..3), prop::option::of(0u64..3));
    let patterns = prop::option::of(prop::sample::select(vec!["^a", "b$", "^[a-c]{2,}$", "é"]));
    let typed = (kinds, any::<bool>(), limits, lengths, patterns).prop_map(
        |(kind, nullable, (low, high), (short, long), pattern)| {
            let mut schema = match nullable {
                true => json!({ "type": [kind, "null"] }),
                false => json!({ "type": kind }),
            };
            with(&mut schema, "minimum", low);
            with(&mut schema, "maximum", high);
            with(&mut schema, "minLength", short.map(Value::from));
            with(&mut schema, "maxLength", long.map(Value::from));
            with(&mut schema, "pattern", pattern.map(Value::from));
            schema
        },
    );
    prop_oneof![
        4 => typed,
        1 => prop::collection::btree_set(text(), 1..4).prop_map(|words| json!({ "enum": words })),
        1 => text().prop_map(|word| json!({ "const": word })),
        1 => Just(json!({ "$ref": "#/$defs/word" })),
        1 => Just(json!({ "$ref": "#/$defs/tree" })),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    leaf_schema().prop_recursive(3, 24, 3, |inner| {
        let lengths = (prop::option::of(0u64..2), prop::option::of(0u64..3));
        let list = (inner.clone(), lengths).prop_map(|(items, (min, max))| {
            let mut schema = json!({ "type": "array", "items": items });
            with(&mut schema, "minItems", min.map(Value::from));
            with(&mut schema, "maxItems", max.map(Value::from));
            schema
        });
        let members = prop::collection::btree_map(name(), inner.clone(), 0..3);
        let required = prop::collection::btree_set(name(), 0..2);
        let others = prop::option::of(prop_oneof![Just(json!(false)), inner.clone()]);
        let object = (members, required, others).prop_map(|(members, required, others)| {
            let mut schema = json!({
                "type": "object", "properties": members, "required": required,
            });
            with(&mut schema, "additionalProperties", others);
            schema
        });
        let alternatives = prop::collection::vec((text(), inner.clone()), 1..3);
        let one_of = alternatives.prop_map(|alternatives| {
            let objects = alternatives.into_iter().map(|(word, inner)| {
                let properties = json!({ "kind": { "const": word }, "a": inner });
                json!({ "type": "object", "required": ["kind"], "properties": properties })
            });
            json!({ "oneOf": objects.collect::<Vec<_>>() })
        });
        prop_oneof![2 => list, 2 => object, 1 => one_of, 1 => prop::collection::vec(inner, 1..3)
            .prop_map(|schemas| json!({ "oneOf": schemas }))]
    })
}

/// A schema with definitions.
fn schema_with_definitions() -> impl Strategy<Value = Value> {
    schema().prop_map(|mut schema| {
        let definitions = json!({
            "word": { "type": "string", "maxLength": 2 },
            "tree": { "type": "object", "additionalProperties": { "$ref": "#/$defs/tree" } },
        });
        with(&mut schema, "$defs", Some(definitions));
        schema
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Another implementation of JSON Schema accepts the same values. A printed result equals the value.
    #[test]
    fn both_validators_agree(schema in schema_with_definitions(), values in prop::collection::vec(value(), 1..8)) {
        let other = jsonschema::draft202012::new(&schema).expect("a schema");
        for value in values {
            let ours = clapspec_runtime::output::checked(&value, &schema.to_string(), false);
            prop_assert_eq!(
                ours.is_ok(), other.is_valid(&value),
                "{} of {}: {:?}", value, schema, ours
            );
            if let Ok(text) = ours {
                let printed: Value = serde_json::from_str(&text).expect("JSON");
                prop_assert_eq!(printed, value);
            }
        }
    }
}

/// The schema files are valid by the meta-schema, and that for errors describes lines of standard error.
#[test]
fn schema_files_are_valid() {
    let spec = root().join("tests/render/output.yaml");
    let outputs = clapspec::generate(&spec, &[Part::Schema]).expect("the spec is right");
    assert!(outputs.len() > 4, "only {} files", outputs.len());
    for output in &outputs {
        let schema: Value = serde_json::from_str(output.text()).expect("JSON");
        jsonschema::draft202012::meta::validate(&schema).expect("a valid schema");
    }
    let error = outputs.iter().find(|it| it.path() == "schema/error.json");
    let error = serde_json::from_str(error.expect("errors").text()).expect("JSON");
    let error = jsonschema::draft202012::new(&error).expect("a schema");
    let failure = json!({ "exit": "failure", "code": 1, "message": "no" });
    assert!(error.is_valid(&json!({ "error": failure })));
    assert!(error.is_valid(&json!({ "warning": { "message": "careful" } })));
    assert!(error.is_valid(&json!({ "note": { "message": "looking" } })));
    assert!(!error.is_valid(&json!({ "error": failure, "warning": { "message": "careful" } })));
}

const SPEC: &str = "\
name: tool
about: A tool
exit-codes:
  success: { code: 0, help: Done }
  failure: { code: 3, help: Something went wrong }
options:
  json: { role: json, help: One line of JSON }
  pretty-json: { role: pretty-json, help: Several lines of JSON }
arguments:
  name: { required: true, help: A name }
  count: { type: integer, required: true, help: A number }
output:
  type: object
  required: [name, count, level]
  properties:
    name: { type: string, pattern: '^[a-z]+$' }
    count: { type: integer, minimum: 0, maximum: 9 }
    ratio: { type: number }
    level: { enum: [low, high] }
";

const MAIN: &str = "\
mod cli;

use clapspec_runtime::{Done, Ended};

struct Tool;

impl cli::Handlers for Tool {
    fn tool(&mut self, args: cli::ToolArgs) -> Ended<cli::ToolExit, cli::ToolOutput> {
        let output = cli::ToolOutput {
            ratio: (args.count == 0).then_some(f64::NAN),
            name: args.name,
            count: args.count.unsigned_abs(),
            level: cli::ToolOutputLevel::Low,
        };
        Ok(Done::new(cli::ToolExit::Success, output).text(\"for people\"))
    }
}

fn main() -> std::process::ExitCode {
    cli::run(&mut Tool)
}
";

/// Builds the program without warnings, and returns its path.
fn program() -> PathBuf {
    let directory = target().join("tmp/output-tool");
    let write = |file: &str, text: &str| support::write(&directory.join(file), text);
    write("cli.yaml", SPEC);
    let code = clapspec::generate(&directory.join("cli.yaml"), &[Part::Rust]);
    write("src/cli.rs", code.expect("the spec is right")[0].text());
    write("src/main.rs", MAIN);
    let runtime = root().join("runtime");
    write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"output-tool\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nclapspec-runtime = {{ path = {runtime:?}, features = [\"output\"] }}\n"
        ),
    );
    fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("copied");
    let mut build = cargo();
    build.args(["build", "--offline", "--quiet", "--target-dir"]);
    let built = build.arg(target().join("harness")).current_dir(&directory);
    let built = built.output().expect("cargo runs");
    let errors = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success() && errors.is_empty(), "{errors}");
    target().join("harness/debug/output-tool")
}

fn printed(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// A result that doesn't match its schema is a failure. It is not printed, and the error doesn't contain
/// the invalid value.
#[test]
fn an_invalid_result_is_a_failure() {
    let program = program();
    let run = |words: &[&str]| {
        let mut command = Command::new(&program);
        printed(&command.args(words).output().expect("the program runs"))
    };
    let right = run(&["ann", "3", "--json"]);
    let line = "{\"name\":\"ann\",\"count\":3,\"level\":\"low\"}\n";
    assert_eq!(right, (Some(0), line.into(), String::new()));
    let pretty = run(&["ann", "3", "--pretty-json"]);
    assert_eq!(pretty.1.lines().count(), 5, "{}", pretty.1);
    assert_eq!(run(&["ANN", "3"]).1, "for people\n");
    for (name, count, rule) in [
        ("ANN", "3", "`/name` of the result must match `^[a-z]+$`"),
        ("ann", "77", "`/count` of the result must be at most 9"),
        ("ann", "0", "`/ratio` of the result must be a finite number"),
    ] {
        let (status, out, err) = run(&[name, count, "--json"]);
        assert_eq!((status, out.as_str()), (Some(3), ""), "{err}");
        let line: Value = serde_json::from_str(&err).expect("one line of JSON");
        assert_eq!(line["error"]["message"], rule);
        assert_eq!(line["error"]["exit"], "failure");
        assert!(!err.contains("ANN") && !err.contains("77"), "{err}");
    }
}
