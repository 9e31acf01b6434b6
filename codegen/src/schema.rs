//! The language for editors and readers: the JSON Schema of each kind of file, and tables of all keys.
//!
//! Both are made from the types of [`spec`] and their doc comments, which also read the
//! files. [`shapes`] says how each shape may be written; [`settle`] says once what holds everywhere.

mod shapes;
mod tables;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::spec;

/// The kinds of files of a spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// `cli.yaml`, or the one file.
    Program,
    /// A file in `commands/`.
    Command,
    /// A file in `sets/`.
    Set,
}

impl File {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Program, Self::Command, Self::Set];

    /// Its name, which is also that of what it describes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Command => "command",
            Self::Set => "set",
        }
    }
}

/// Keys of commands that mean nothing for the program itself.
const NOT_OF_PROGRAM: &[&str] = &["aliases", "hidden-aliases", "hidden"];

/// The JSON Schema (draft 2020-12) of one kind of file.
pub fn json(file: File) -> String {
    let name = file.name();
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
    let text = serde_json::to_string_pretty(&schema).expect("plain data is JSON");
    text + "\n"
}

/// Tables of all keys that one kind of file may hold, in Markdown.
pub fn markdown(file: File) -> String {
    tables::tables(&definitions(file), &own_keys_of_program())
}

/// The mappings and words of the language that a kind of file may hold, by their names, in the order
/// in which one meets them.
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

/// All of the language, with the program's own keys apart from those of a command.
fn all_definitions() -> Map<String, Value> {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(settle));
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
    // Numbers and the like are texts as they are written.
    let text = json!({ "type": ["string", "number", "boolean"] });
    titled.chain([("text".to_owned(), text)]).collect()
}

fn add<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// The keys that a program has and a command does not.
fn own_keys_of_program() -> Vec<String> {
    let all = all_definitions();
    let own = all["program"]["properties"].as_object();
    own.map(|keys| keys.keys().cloned().collect())
        .unwrap_or_default()
}

/// A program also has the keys of a command: the file holds both.
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

/// The names of the definitions to which a schema refers, each as often as it does.
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

/// The name of the definition that `$ref` means.
fn referenced(reference: &Value) -> Option<&str> {
    reference.as_str()?.strip_prefix("#/$defs/")
}

fn reference(name: &str) -> String {
    format!("#/$defs/{name}")
}

/// The name of a definition as part of an address.
fn key(name: &str) -> String {
    name.replace(' ', "-")
}

fn capitalized(name: &str) -> String {
    name[..1].to_uppercase() + &name[1..]
}

/// Makes a schema say what holds everywhere in the language.
fn settle(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = paragraphs(text);
    }
    // That a key may be left out does not mean that nothing may stand behind it.
    without_null(schema);
    if let Some(Value::String(reference)) = schema.get_mut("$ref") {
        *reference = reference.replace("%20", "-");
    }
    // Rust's sizes of numbers mean nothing to YAML, and that a switch is off without its key is clear.
    schema.remove("format");
    schema.remove("default");
    if schema.get("const").is_some() {
        settle_word(schema);
    } else if let Some(words) = schema.get("oneOf").and_then(Value::as_array) {
        // What an editor writes behind the key depends on it.
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
        } else if schema.get("minProperties").is_none() {
            // Nothing at all is a mapping without entries.
            schema.insert("type".into(), json!(["object", "null"]));
        }
    }
}

/// A word is what YAML makes of it.
fn settle_word(word: &mut Schema) {
    word.remove("type");
    let text = word.get("const").and_then(Value::as_str);
    if let Some(yes) = text.and_then(|text| text.parse::<bool>().ok()) {
        word.insert("const".into(), yes.into());
    }
}

/// Takes back what an `Option` adds to a schema.
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

/// The text of a doc comment, with each paragraph on one line.
fn paragraphs(text: &str) -> String {
    let paragraphs = text.split("\n\n");
    let lines: Vec<String> = paragraphs.map(|text| text.replace('\n', " ")).collect();
    lines.join("\n\n")
}
