//! carapace-spec (<https://carapace.sh>): YAML with commands, flags and what shells complete.
//!
//! A value that begins with a dollar sign would be a macro, which can run a program. Such values are left out.

use serde_json::{Map, Value as Json, json};

use super::Export;
use super::losses::{Has, Losses, PATHS, refers_elsewhere};
use crate::description::{Arg, Command, Description, Takes, Value};

const HAS: Has = Has {
    program: &["format", "name", "command"],
    command: &[
        "name",
        "about",
        "description",
        "aliases",
        "hidden-aliases",
        "hidden",
        "arguments",
        "options",
        "inherited",
        "examples",
        "commands",
        "runs",
        "built-in",
    ],
    arg: &[
        "key",
        "help",
        "description",
        "takes",
        "names",
        "value",
        "required",
        "hidden",
        "conflicts",
    ],
    value: &[
        "type", "names", "choices", "repeated", "bare", "complete", "suggest", "last",
    ],
    choice: &["name", "help"],
    types: PATHS,
};

/// Exports a program.
pub(super) fn export(description: &Description) -> Export {
    let mut writer = Writer {
        losses: Losses::of(description, &HAS),
    };
    writer.losses.parts(description, |command, arg| {
        let value = arg.value.as_ref();
        [
            (
                "the further values of an option",
                value.is_some_and(|value| value.names.len() > 1),
            ),
            (
                "conflicts with arguments, and between inherited and own options",
                refers_elsewhere(command, &arg.conflicts)
                    || arg.names.is_empty() && !arg.conflicts.is_empty(),
            ),
        ]
    });
    let document = writer.command(&description.name, &description.command);
    let mut text = String::new();
    write(&document, 0, &mut text);
    Export {
        text,
        losses: writer.losses.list(),
    }
}

struct Writer {
    losses: Losses,
}

impl Writer {
    fn command(&mut self, place: &str, command: &Command) -> Json {
        let mut made = json!({ "name": command.name, "description": command.about });
        let aliases: Vec<&String> = command
            .aliases
            .iter()
            .chain(&command.hidden_aliases)
            .collect();
        if !aliases.is_empty() {
            made["aliases"] = json!(aliases);
        }
        if command.hidden {
            made["hidden"] = true.into();
        }
        let is_group = !command.commands.is_empty();
        let mut flags = [Map::new(), Map::new()];
        let mut completion = Map::new();
        let mut documentation = Map::new();
        for arg in &command.options {
            let place = format!("{place} {}", arg.written());
            let Some(flag) = self.flag(&place, arg) else {
                continue;
            };
            let is_persistent = is_group && arg.placement.is_none();
            flags[usize::from(is_persistent)].insert(flag, arg.help.as_str().into());
            let name = arg.written().trim_start_matches('-').to_owned();
            if let Some(values) = arg
                .value
                .as_ref()
                .and_then(|value| self.values(&place, value))
            {
                completion.insert(name.clone(), values);
            }
            if !arg.description.is_empty() {
                documentation.insert(name, arg.description.as_str().into());
            }
        }
        let [own, persistent] = flags;
        let mut add = |key: &str, map: Map<String, Json>| {
            if !map.is_empty() {
                made[key] = map.into();
            }
        };
        add("flags", own);
        add("persistentflags", persistent);
        let mut completions = Map::new();
        if !completion.is_empty() {
            completions.insert("flag".to_owned(), completion.into());
        }
        completions.extend(self.positional(place, command));
        add("completion", completions);
        let mut documents = Map::new();
        if !command.description.is_empty() {
            documents.insert("command".to_owned(), command.description.as_str().into());
        }
        if !documentation.is_empty() {
            documents.insert("flag".to_owned(), documentation.into());
        }
        add("documentation", documents);
        let examples = command.examples.iter();
        add(
            "examples",
            examples
                .map(|it| (it.run.clone(), it.about.as_str().into()))
                .collect(),
        );
        let exclusive = exclusive(command);
        if !exclusive.is_empty() {
            made["exclusiveflags"] = json!(exclusive);
        }
        if is_group {
            let below = command.commands.iter();
            let below = below.map(|it| self.command(&format!("{place} {}", it.name), it));
            made["commands"] = below.collect();
        }
        made
    }

    /// The names of a flag with its modifiers. `None` if it has none that carapace knows.
    fn flag(&mut self, place: &str, arg: &Arg) -> Option<String> {
        let long = arg.names.iter().find(|name| name.starts_with("--"));
        let short = arg.names.iter().find(|name| !name.starts_with("--"));
        let names: Vec<&str> = short.into_iter().chain(long).map(String::as_str).collect();
        if names.is_empty() {
            self.losses.add("an option without names", place);
            return None;
        }
        if names.len() < arg.names.len() {
            self.losses.add("other names of an option", place);
        }
        let mut flag = names.join(", ");
        match (&arg.value, arg.takes) {
            (Some(value), _) if value.bare.is_some() => flag.push('?'),
            (Some(_), _) => flag.push('='),
            _ => {}
        }
        let repeated =
            arg.takes == Takes::Count || arg.value.as_ref().is_some_and(|it| it.repeated);
        for (sign, is_set) in [('*', repeated), ('&', arg.hidden), ('!', arg.required)] {
            if is_set {
                flag.push(sign);
            }
        }
        Some(flag)
    }

    /// What completes positional arguments.
    fn positional(&mut self, place: &str, command: &Command) -> Map<String, Json> {
        let mut made = Map::new();
        for (is_last, key) in [(false, "positional"), (true, "dash")] {
            let args = command.arguments.iter();
            let args = args.filter(|arg| arg.value.as_ref().is_some_and(|it| it.last) == is_last);
            let mut list: Vec<Json> = Vec::new();
            for arg in args {
                let place = format!("{place} {}", arg.written());
                let Some(value) = &arg.value else { continue };
                let values = self.values(&place, value).unwrap_or_else(|| json!([]));
                if made.contains_key(&format!("{key}any")) {
                    self.losses
                        .add("completions after a repeated argument", &place);
                    continue;
                }
                match value.repeated || value.values.is_some() {
                    true => drop(made.insert(format!("{key}any"), values)),
                    false => list.push(values),
                }
            }
            if list.iter().any(|values| *values != json!([])) {
                made.insert(key.to_owned(), list.into());
            }
        }
        made.retain(|_, values| *values != json!([]));
        made
    }

    /// What completes a value.
    fn values(&mut self, place: &str, value: &Value) -> Option<Json> {
        let choices = value.choices.iter().filter(|choice| !choice.hidden);
        let choices = choices.map(|choice| (&choice.name, &choice.help));
        let known = value.suggest.iter().map(|it| (&it.name, &it.help));
        let mut words = Vec::new();
        for (name, help) in choices.chain(known) {
            // carapace also expands variables, and modifies what precedes three bars.
            let is_plain = |text: &str| !text.contains("${") && !text.contains("|||");
            let is_data = is_plain(name) && !name.starts_with('$') && !name.contains(['\t', '\n']);
            if !is_data {
                self.losses
                    .add("a value that carapace would read as a macro", place);
                continue;
            }
            if !is_plain(help) {
                self.losses
                    .add("the help of a value, which carapace would change", place);
            }
            words.push(match help.is_empty() || !is_plain(help) {
                true => name.clone(),
                false => format!("{name}\t{}", help.replace(['\t', '\n'], " ")),
            });
        }
        if !words.is_empty() {
            return Some(json!(words));
        }
        let complete = value.complete.as_ref();
        let kind = complete.map_or(&*value.r#type, |complete| &*complete.kind);
        let macros = match kind {
            "path" | "file" => "$files".to_owned(),
            "files" => {
                let extensions = complete.map(|it| &it.extensions[..]).unwrap_or_default();
                let plain = extensions
                    .iter()
                    .all(|it| it.chars().all(char::is_alphanumeric));
                let list: Vec<String> = extensions.iter().map(|it| format!(".{it}")).collect();
                if plain {
                    format!("$files([{}])", list.join(", "))
                } else {
                    "$files".to_owned()
                }
            }
            "directory" => "$directories".to_owned(),
            "program" | "command-line" => "$executables".to_owned(),
            "values" | "user" | "host" | "url" | "email" => {
                self.losses.add("completed values", place);
                return None;
            }
            _ => return None,
        };
        Some(json!([macros]))
    }
}

/// Pairs of options that can't be used together.
fn exclusive(command: &Command) -> Vec<[String; 2]> {
    let name = |key: &str| {
        let option = command.options.iter().find(|arg| arg.key == key)?;
        Some(option.written().trim_start_matches('-').to_owned())
    };
    let pairs = command.options.iter().flat_map(|arg| {
        let others = arg.conflicts.iter().filter(|other| arg.key < **other);
        others.filter_map(|other| Some([name(&arg.key)?, name(other)?]))
    });
    pairs.collect()
}

/// Writes YAML in which all strings are quoted as in JSON, so that no reader takes one for a boolean or a number.
fn write(value: &Json, indent: usize, out: &mut String) {
    let margin = " ".repeat(indent);
    match value {
        Json::Object(members) => {
            for (key, value) in members {
                // The keys of the format itself are plain words.
                let is_word = indent == 0 || key.chars().all(|c| c.is_ascii_lowercase());
                let is_plain = is_word
                    && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
                        .contains(&&**key);
                let key = if is_plain {
                    key.clone()
                } else {
                    Json::from(key.as_str()).to_string()
                };
                out.push_str(&format!("{margin}{key}:"));
                nested(value, indent, out);
            }
        }
        Json::Array(items) => {
            for item in items {
                out.push_str(&format!("{margin}-"));
                match item {
                    Json::Object(_) => {
                        // The first member follows the dash.
                        let mut inner = String::new();
                        write(item, indent + 2, &mut inner);
                        out.push(' ');
                        out.push_str(inner.trim_start());
                    }
                    item => nested(item, indent, out),
                }
            }
        }
        value => out.push_str(&format!("{margin}{value}\n")),
    }
}

/// Writes a value after its key or dash.
fn nested(value: &Json, indent: usize, out: &mut String) {
    let is_empty = *value == json!([]) || *value == json!({});
    let is_list_of_words = value
        .as_array()
        .is_some_and(|list| list.iter().all(Json::is_string));
    match value {
        _ if is_empty || is_list_of_words => out.push_str(&format!(" {value}\n")),
        Json::Object(_) | Json::Array(_) => {
            out.push('\n');
            write(value, indent + 2, out);
        }
        value => out.push_str(&format!(" {value}\n")),
    }
}
