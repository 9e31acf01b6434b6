//! Tables of all keys, the reference of the language.

use serde_json::{Map, Value};

use super::{key, referenced};

/// The mappings in the order of their tables, each with its name in singular and plural.
const MAPPINGS: &[(&str, &str, &str)] = &[
    ("program", "program", "programs"),
    ("command", "command", "commands"),
    ("set", "set", "sets"),
    ("argument", "argument", "arguments"),
    ("option", "option", "options"),
    ("opposite", "opposite", "opposites"),
    ("inherited-option", "inherited option", "inherited options"),
    ("choice", "choice", "choices"),
    (
        "conditional-default",
        "conditional default",
        "conditional defaults",
    ),
    ("option-group", "option group", "option groups"),
    ("deprecation", "deprecation", "deprecations"),
    ("exit-code", "exit code", "exit codes"),
    ("example", "example", "examples"),
    ("schema", "schema", "schemas"),
    ("section", "section", "sections"),
    ("configuration-files", "names of files", "names of files"),
    ("setting", "setting", "settings"),
    ("man", "options for man pages", "options for man pages"),
    ("markdown", "options for Markdown", "options for Markdown"),
    ("site", "options for the site", "options for the site"),
    ("allow", "mapping of warnings", "mappings of warnings"),
];

/// Keys whose values are listed in a table.
const WORDS: &[&str] = &[
    "type",
    "complete",
    "placement",
    "hidden",
    "effect",
    "role",
    "scope",
    "page-links",
    "after",
    "schema-type",
];

const BEGINNING: &str = "\
# All keys

Every key that a spec may have, with its value. `clapspec schema --format markdown` prints this page.
";

/// Returns the tables of these definitions. The program's table lists only the keys that commands don't
/// have.
pub(super) fn tables(definitions: &Map<String, Value>, own_keys_of_program: &[String]) -> String {
    let mut text = String::from(BEGINNING);
    for (name, ..) in MAPPINGS {
        let Some(mapping) = definitions.get(*name) else {
            continue;
        };
        let keys = mapping["properties"].as_object().into_iter().flatten();
        let keys = keys.filter(|(key, _)| *name != "program" || own_keys_of_program.contains(key));
        text.push_str(&format!(
            "\n## {}\n\n{}\n\n| Key | Value | Meaning |\n|---|---|---|\n",
            text_of(&mapping["title"]),
            description(mapping)
        ));
        for (key, value) in keys {
            let required = mapping["required"].as_array().into_iter().flatten();
            let is_required = required.into_iter().any(|required| required == key);
            text.push_str(&format!(
                "| `{key}` | {} | {}{} |\n",
                kind(value, false),
                cell(description(value)),
                if is_required { " Required." } else { "" }
            ));
        }
    }
    for name in WORDS {
        if let Some(words) = definitions.get(*name) {
            text.push_str(&words_table(name, words));
        }
    }
    text
}

/// Returns the table of a key's values.
fn words_table(name: &str, words: &Value) -> String {
    let mut text = format!(
        "\n## {}\n\n{}\n\n| Value | Meaning |\n|---|---|\n",
        words_title(name),
        description(words)
    );
    for word in words["oneOf"].as_array().into_iter().flatten() {
        let shown = match &word["const"] {
            Value::String(word) => format!("`{word}`"),
            Value::Bool(word) => format!("`{word}`"),
            _ => text_of(&word["title"]).to_owned(),
        };
        text.push_str(&format!("| {shown} | {} |\n", cell(description(word))));
    }
    text
}

/// Describes the kind of a key's value, in singular or plural.
fn kind(schema: &Value, plural: bool) -> String {
    let s = if plural { "s" } else { "" };
    if let Some(name) = schema.get("$ref").and_then(referenced) {
        return named(name, plural);
    }
    if let Some(title) = schema["title"].as_str() {
        return title.to_owned();
    }
    if let Some(alternatives) = schema["anyOf"].as_array() {
        let kinds: Vec<String> = alternatives
            .iter()
            .map(|schema| kind(schema, plural))
            .collect();
        return kinds.join(" or ");
    }
    // The first type is the usual one. The others, such as `null` for an empty mapping, are not listed.
    let kind_of_value = schema["type"]
        .as_array()
        .map_or(&schema["type"], |kinds| &kinds[0]);
    match text_of(kind_of_value) {
        "boolean" => "`true` or `false`".to_owned(),
        "integer" => format!(
            "number{s} from {} to {}",
            schema["minimum"], schema["maximum"]
        ),
        "array" => format!("list{s} of {}", kind(&schema["items"], true)),
        "object" => format!(
            "mapping{s} of {}",
            kind(&schema["additionalProperties"], true)
        ),
        other => format!("{other}{s}"),
    }
}

/// Returns a link to the table of a definition.
fn named(name: &str, plural: bool) -> String {
    if name == "text" {
        return if plural { "strings" } else { "string" }.to_owned();
    }
    if WORDS.contains(&name) {
        let anchor = key(&words_title(name).to_lowercase().replace('`', ""));
        return format!("[one of these values](#{anchor})");
    }
    let (_, one, several) = MAPPINGS
        .iter()
        .find(|(known, ..)| *known == name)
        .unwrap_or_else(|| panic!("`{name}` has no table"));
    format!("[{}](#{name})", if plural { several } else { one })
}

fn words_title(key: &str) -> String {
    match key {
        // Options have a `type` too.
        "schema-type" => "Values of `type` in schemas".to_owned(),
        _ => format!("Values of `{key}`"),
    }
}

fn description(schema: &Value) -> &str {
    text_of(&schema["description"])
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Escapes text for a cell of a table.
fn cell(text: &str) -> String {
    text.replace("\n\n", " ").replace('|', r"\|")
}
