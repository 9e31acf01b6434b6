//! The JSON Schemas of the results that commands print, for programs that read them.

pub(super) mod json;

pub(super) use json::Json;

use crate::generated::GeneratedFile;
use crate::ir::output::{Limits, Object, Output as Result, Schema, Shape};
use crate::ir::{Command, Program};
use crate::text;

/// The JSON Schema dialect of all generated schemas.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Generates `schema/PROGRAM-COMMAND.json` for each command that prints a result, and
/// `schema/error.json` for the messages that commands write to standard error.
pub(super) fn generate(program: &Program) -> Vec<GeneratedFile> {
    let mut outputs = Vec::new();
    for command in program.root.walk() {
        if let Some(output) = &command.output {
            let path = format!("schema/{}.json", command.page_name());
            outputs.push(GeneratedFile::new(path, whole(command, output).pretty()));
        }
    }
    if !outputs.is_empty() {
        outputs.push(GeneratedFile::new("schema/error.json", error().pretty()));
    }
    outputs
}

/// Returns the schema of a result, together with facts about its command.
fn whole(command: &Command, output: &Result) -> Json {
    let title = output.root.title.clone();
    let about = || text::to_plain(&command.about);
    let description = output.root.description.as_ref();
    let description = description.map_or_else(about, |text| text::to_plain(text));
    let mut keys = vec![
        ("$schema", Json::text(DIALECT)),
        (
            "title",
            Json::Text(title.unwrap_or_else(|| command.title())),
        ),
        ("description", Json::Text(description)),
    ];
    keys.extend(
        command
            .effect
            .map(|effect| ("x-effect", Json::text(effect.name()))),
    );
    keys.extend(rules(&output.root));
    keys.extend(definitions(output));
    Json::object(keys)
}

/// Returns only the schema of a result.
pub(super) fn bare(output: &Result) -> Json {
    let mut keys = described(&output.root);
    keys.extend(definitions(output));
    Json::object(keys)
}

/// Returns the schema of a result as data.
#[cfg(feature = "describe")]
pub(super) fn of_result(output: &Result) -> serde_json::Value {
    serde_json::from_str(&bare(output).compact()).expect("`Json` is written as JSON")
}

/// Returns the schema of the lines that a command writes to standard error when its output is JSON.
fn error() -> Json {
    let text = |about| {
        Json::object(vec![
            ("type", Json::text("string")),
            ("description", Json::text(about)),
        ])
    };
    let code = Json::object(vec![
        ("type", Json::text("integer")),
        ("description", Json::text("The number of the exit code")),
        ("minimum", Json::number(0)),
        ("maximum", Json::number(255)),
    ]);
    let object = |required: &[&str], properties| {
        Json::object(vec![
            ("type", Json::text("object")),
            ("required", Json::texts(required.iter().copied())),
            ("properties", Json::object(properties)),
            ("additionalProperties", Json::Boolean(false)),
        ])
    };
    let mut members = vec![
        ("exit", text("The name of the exit code")),
        ("code", code),
        ("message", text("The error message")),
        ("help", text("How to fix the error")),
    ];
    let more = clapspec_runtime::Found::MEMBERS.into_iter();
    members.extend(more.map(|(name, about)| (name, text(about))));
    let error = object(&["exit", "code", "message"], members);
    let message = |about| object(&["message"], vec![("message", text(about))]);
    let warning = message("The warning");
    let note = message("The note, which is printed with verbose output");
    Json::object(vec![
        ("$schema", Json::text(DIALECT)),
        ("title", Json::text("A line on standard error")),
        (
            "description",
            Json::text("A message that a command prints to standard error when its output is JSON"),
        ),
        (
            "oneOf",
            Json::List(vec![
                object(&["error"], vec![("error", error)]),
                object(&["warning"], vec![("warning", warning)]),
                object(&["note"], vec![("note", note)]),
            ]),
        ),
    ])
}

fn definitions(output: &Result) -> Option<(&'static str, Json)> {
    let definitions = output.definitions.iter();
    let definitions = definitions.map(|(name, schema)| (name.value.clone(), json(schema)));
    (!output.definitions.is_empty()).then(|| ("$defs", Json::Object(definitions.collect())))
}

fn json(schema: &Schema) -> Json {
    Json::object(described(schema))
}

fn described(schema: &Schema) -> Vec<(&'static str, Json)> {
    let mut keys = Vec::new();
    keys.extend(
        schema
            .title
            .clone()
            .map(|title| ("title", Json::Text(title))),
    );
    let description = schema.description.as_ref();
    keys.extend(description.map(|it| ("description", Json::Text(text::to_plain(it)))));
    keys.extend(rules(schema));
    keys
}

/// Returns the keywords that constrain a value.
fn rules(schema: &Schema) -> Vec<(&'static str, Json)> {
    let kind = |kind: &str| match schema.nullable {
        true => ("type", Json::texts([kind, "null"])),
        false => ("type", Json::text(kind)),
    };
    let mut keys = Vec::new();
    match &schema.shape {
        Shape::Boolean => keys.push(kind("boolean")),
        Shape::Integer(limits) => {
            keys.push(kind("integer"));
            limit(&mut keys, ["minimum", "maximum"], limits, Json::number);
        }
        Shape::Number(limits) => {
            keys.push(kind("number"));
            limit(&mut keys, ["minimum", "maximum"], limits, json::float);
        }
        Shape::Text(text) => {
            keys.push(kind("string"));
            let more = |key, value: &Option<String>| Some((key, Json::text(value.as_ref()?)));
            keys.extend(more("format", &text.format));
            keys.extend(more("pattern", &text.pattern));
            limit(
                &mut keys,
                ["minLength", "maxLength"],
                &text.length,
                Json::number,
            );
        }
        Shape::Words(words) => keys.extend(self::words(schema.nullable, words)),
        Shape::List(items, length) => {
            keys.push(kind("array"));
            limit(&mut keys, ["minItems", "maxItems"], length, Json::number);
            keys.push(("items", json(items)));
        }
        Shape::Map(members) => {
            keys.push(kind("object"));
            keys.push(("additionalProperties", json(members)));
        }
        Shape::Object(object) => {
            keys.push(kind("object"));
            keys.extend(members(object));
        }
        Shape::OneOf(one_of) => {
            let alternatives = one_of.alternatives.iter();
            let alternatives = alternatives.map(|alternative| json(&alternative.schema));
            keys.push(("oneOf", Json::List(alternatives.collect())));
        }
        Shape::Reference(name) => {
            keys.push(("$ref", Json::Text(format!("#/$defs/{}", **name))));
        }
    }
    keys
}

fn words(nullable: bool, words: &[crate::ir::Name]) -> Vec<(&'static str, Json)> {
    if let ([word], false) = (words, nullable) {
        return vec![("const", Json::text(word))];
    }
    let words = words.iter().map(|word| Json::text(word));
    let null = nullable.then_some(Json::Null);
    vec![("enum", Json::List(words.chain(null).collect()))]
}

fn members(object: &Object) -> Vec<(&'static str, Json)> {
    let mut keys = Vec::new();
    let required = object.properties.iter().filter(|member| member.required);
    let required: Vec<&str> = required.map(|member| member.name.as_str()).collect();
    if !required.is_empty() {
        keys.push(("required", Json::texts(required)));
    }
    let properties = object.properties.iter();
    let properties = properties.map(|it| (it.name.value.clone(), json(&it.schema)));
    keys.push(("properties", Json::Object(properties.collect())));
    if object.closed {
        keys.push(("additionalProperties", Json::Boolean(false)));
    }
    keys
}

fn limit<T: Copy>(
    keys: &mut Vec<(&'static str, Json)>,
    [min, max]: [&'static str; 2],
    limits: &Limits<T>,
    number: impl Fn(T) -> Json,
) {
    keys.extend(limits.min.map(|limit| (min, number(limit))));
    keys.extend(limits.max.map(|limit| (max, number(limit))));
}
