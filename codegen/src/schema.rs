//! The spec language for editors and readers: the JSON Schema of each kind of file, and tables of all
//! keys.
//!
//! Both are generated from the types of [`spec`], with which files are read, and from their doc
//! comments. [`shapes`] defines how each shape of value may be written; [`adjust`] applies rules that
//! are the same for all keys.

mod shapes;
mod tables;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::backend::Templates;
use crate::description::Description;
use crate::spec;

/// The kinds of files in a spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// `cli.yaml`, or a spec in a single file.
    Program,
    /// A file in `commands/`.
    Command,
    /// A file in `sets/`.
    Set,
    /// The data of a template in `site/`. It has no keys of the language, so there is no table of it.
    Template,
    /// The output of `clapspec describe`. It has no keys of the language, either.
    Description,
}

impl File {
    /// All kinds.
    pub const ALL: &[Self] = &[
        Self::Program,
        Self::Command,
        Self::Set,
        Self::Template,
        Self::Description,
    ];

    /// Whether it is a file in which a spec is written.
    pub fn is_of_spec(self) -> bool {
        matches!(self, Self::Program | Self::Command | Self::Set)
    }

    /// The name of the kind, which is also the name of what the file describes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Command => "command",
            Self::Set => "set",
            Self::Template => "template",
            Self::Description => "description",
        }
    }
}

/// Keys of commands that have no meaning for the program itself.
const NOT_OF_PROGRAM: &[&str] = &["aliases", "hidden-aliases", "hidden"];

/// Returns the JSON Schema (draft 2020-12) of one kind of file.
pub fn json(file: File) -> String {
    let name = file.name();
    match file {
        File::Template => return of_data::<Templates>(name, "clapspec: the data of a template"),
        File::Description => {
            return of_data::<Description>(name, "clapspec: the description of a program");
        }
        File::Program | File::Command | File::Set => {}
    }
    let defs = definitions(file);
    let about = defs[name]["description"].clone();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:clapspec:{name}"),
        "title": format!("clapspec: a {name}"),
        "description": about,
        "$ref": reference(name),
        "$defs": defs,
    });
    pretty(&schema)
}

/// Returns the schema of data that clapspec writes.
fn of_data<T: JsonSchema>(name: &str, title: &str) -> String {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let root = generator.into_root_schema_for::<T>().to_value();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:clapspec:{name}"),
    });
    let keys = root.as_object().into_iter().flatten();
    for (key, value) in keys.filter(|(key, _)| *key != "$schema") {
        schema[key] = value.clone();
    }
    schema["title"] = title.into();
    pretty(&schema)
}

fn pretty(schema: &Value) -> String {
    let text = serde_json::to_string_pretty(schema).expect("plain data is JSON");
    text + "\n"
}

/// Returns tables of all keys that one kind of file may contain, in Markdown.
pub fn markdown(file: File) -> String {
    tables::tables(&definitions(file), &own_keys_of_program())
}

/// Returns the definitions of mappings and values that a kind of file may contain, by name, in the order
/// in which they are referenced.
fn definitions(file: File) -> Map<String, Value> {
    let mut all = all_definitions();
    let command = all["command"].clone();
    join_command(&mut all["program"], &command);
    let mut names = vec![file.name().to_owned()];
    let mut next = 0;
    while let Some(name) = names.get(next) {
        for name in references(&all[name]) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        next += 1;
    }
    let take = |name: String| {
        let definition = all.remove(&name)?;
        Some((name, definition))
    };
    names.into_iter().filter_map(take).collect()
}

/// Returns all definitions of the language. The program's own keys are separate from those of a command.
fn all_definitions() -> Map<String, Value> {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(adjust));
    let mut generator = settings.into_generator();
    add::<spec::Program>(&mut generator);
    add::<spec::Command>(&mut generator);
    add::<spec::Set>(&mut generator);
    let definitions = generator.take_definitions(true).into_iter();
    let titled = definitions.map(|(name, mut definition)| {
        if let Some(keys) = definition.as_object_mut() {
            keys.shift_insert(0, "title".into(), capitalized(&name).into());
        }
        (key(&name), definition)
    });
    // A number or boolean is accepted as the string that is written.
    let text = json!({ "type": ["string", "number", "boolean"] });
    titled.chain([("text".to_owned(), text)]).collect()
}

fn add<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// Returns the keys that a program has and a command doesn't.
fn own_keys_of_program() -> Vec<String> {
    let all = all_definitions();
    let own = all["program"]["properties"].as_object();
    own.map(|keys| keys.keys().cloned().collect())
        .unwrap_or_default()
}

/// Adds the keys of a command to those of a program, since a program's file contains both.
fn join_command(program: &mut Value, command: &Value) {
    let of_command = command["properties"].as_object().into_iter().flatten();
    let of_command = of_command.filter(|(key, _)| !NOT_OF_PROGRAM.contains(&key.as_str()));
    if let Some(keys) = program["properties"].as_object_mut() {
        keys.extend(of_command.map(|(key, value)| (key.clone(), value.clone())));
    }
    if let (Some(keys), Some(more)) = (
        program["required"].as_array_mut(),
        command["required"].as_array(),
    ) {
        keys.extend(more.iter().cloned());
    }
}

/// Returns the names of the definitions that a schema refers to, with duplicates.
fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(keys) => {
            let here = keys.get("$ref").and_then(referenced).map(str::to_owned);
            here.into_iter()
                .chain(keys.values().flat_map(references))
                .collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// Returns the name of the definition in a `$ref`.
fn referenced(reference: &Value) -> Option<&str> {
    reference.as_str()?.strip_prefix("#/$defs/")
}

fn reference(name: &str) -> String {
    format!("#/$defs/{name}")
}

/// Converts the name of a definition for use in a URL.
fn key(name: &str) -> String {
    name.replace(' ', "-")
}

fn capitalized(name: &str) -> String {
    name[..1].to_uppercase() + &name[1..]
}

/// Applies the rules that are the same for all keys of the language.
fn adjust(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = paragraphs(text);
    }
    // An optional key may be omitted, but its value can't be null.
    without_null(schema);
    if let Some(Value::String(reference)) = schema.get_mut("$ref") {
        *reference = reference.replace("%20", "-");
    }
    // YAML numbers have no sizes, and the defaults of boolean keys are obvious.
    schema.remove("format");
    schema.remove("default");
    if schema.get("const").is_some() {
        adjust_word(schema);
    } else if let Some(words) = schema.get("oneOf").and_then(Value::as_array) {
        // Editors complete the value according to the type.
        let mixed = words.iter().any(|word| word["const"] == "true");
        let kinds = if mixed {
            json!(["boolean", "string"])
        } else {
            json!("string")
        };
        schema.insert("type".into(), kinds);
    } else if schema.get("type") == Some(&"string".into()) && schema.get("pattern").is_none() {
        schema.remove("type");
        schema.insert("$ref".into(), reference("text").into());
    }
    if schema.get("type") == Some(&"object".into()) {
        if schema.get("additionalProperties").is_none() {
            schema.insert("patternProperties".into(), json!({ "^x-": true }));
            schema.insert("additionalProperties".into(), false.into());
        }
        // A missing value is an empty mapping.
        let needs_keys = |key: &str| schema.get(key).is_some();
        if !["required", "anyOf", "minProperties"]
            .into_iter()
            .any(needs_keys)
        {
            schema.insert("type".into(), json!(["object", "null"]));
        }
    }
}

/// Gives a word the type that YAML gives it: `true` and `false` are booleans.
fn adjust_word(word: &mut Schema) {
    word.remove("type");
    let text = word.get("const").and_then(Value::as_str);
    if let Some(boolean) = text.and_then(|text| text.parse::<bool>().ok()) {
        word.insert("const".into(), boolean.into());
    }
}

/// Removes `null`, which an `Option` adds to a schema.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [kind] = &types[..] {
            let kind = kind.clone();
            schema.insert("type".into(), kind);
        }
    }
    let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") else {
        return;
    };
    alternatives.retain(|schema| schema["type"] != "null");
    if let [Value::Object(only)] = &alternatives[..] {
        let only = only.clone();
        schema.remove("anyOf");
        schema.ensure_object().extend(only);
    }
}

/// Returns the text of a doc comment, with each paragraph on one line.
fn paragraphs(text: &str) -> String {
    let paragraphs = text.split("\n\n");
    let lines: Vec<String> = paragraphs.map(|text| text.replace('\n', " ")).collect();
    lines.join("\n\n")
}
