//! OpenCLI 0.1 (<https://opencli.org>): JSON with commands, options, arguments and exit codes.

use serde_json::{Map, Value as Json, json};

use super::Export;
use super::losses::{Has, Losses};
use crate::description::{Arg, Command, Description, ExitCode, Takes, Value};

const HAS: Has = Has {
    program: &["format", "name", "command", "version"],
    command: &[
        "name",
        "about",
        "description",
        "aliases",
        "hidden",
        "arguments",
        "options",
        "inherited",
        "exit-codes",
        "examples",
        "commands",
        "confirm",
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
        "heading",
    ],
    value: &["names", "choices", "repeated", "values"],
    choice: &["name"],
    types: &[],
};

/// Exports a program.
pub(super) fn export(description: &Description) -> Export {
    let mut losses = Losses::of(description, &HAS);
    losses.parts(description, |_, arg| {
        let value = arg.value.as_ref();
        let is_option = !arg.names.is_empty();
        [
            (
                "that an option may be repeated",
                is_option && value.is_some_and(|value| value.repeated),
            ),
            (
                "hidden choices",
                value.is_some_and(|it| it.choices.iter().any(|choice| choice.hidden)),
            ),
        ]
    });
    let root = &description.command;
    for (place, _) in root
        .walk()
        .iter()
        .filter(|(_, command)| command.confirm.is_some())
    {
        losses.add("the text of a question", place);
    }
    let version = match (&description.version, description.version_of_crate) {
        (Some(version), _) => version.clone(),
        // OpenCLI requires a version.
        (None, _) => "0".to_owned(),
    };
    if description.version.is_none() {
        losses.add("the version, which is given as `0`", &description.name);
    }
    let mut document = json!({
        "opencli": "0.1",
        "info": { "title": description.name, "summary": root.about, "version": version },
        "conventions": { "groupOptions": true, "optionSeparator": " " },
    });
    let members = command(root);
    let object = document.as_object_mut().expect("an object");
    let known = ["name", "description", "aliases", "hidden"];
    object.extend(
        members
            .into_iter()
            .filter(|(key, _)| !known.contains(&key.as_str())),
    );
    if !root.description.is_empty() {
        document["info"]["description"] = root.description.as_str().into();
    }
    Export {
        text: serde_json::to_string_pretty(&document).expect("plain data is JSON") + "\n",
        losses: losses.list(),
    }
}

fn command(command: &Command) -> Map<String, Json> {
    let mut made = Map::new();
    let mut add = |key: &str, value: Json| {
        let is_usual =
            value.is_null() || value == json!([]) || value == json!(false) || value == json!("");
        if !is_usual {
            made.insert(key.to_owned(), value);
        }
    };
    let described = [&command.about, &command.description];
    let described = described.into_iter().filter(|text| !text.is_empty());
    let text: Vec<&str> = described.map(String::as_str).collect();
    add("name", command.name.as_str().into());
    add("aliases", json!(command.aliases));
    add("description", text.join("\n\n").into());
    add("hidden", command.hidden.into());
    add(
        "options",
        command
            .options
            .iter()
            .filter(|arg| !arg.names.is_empty())
            .map(|it| option(it, command))
            .collect(),
    );
    add(
        "arguments",
        command.arguments.iter().map(argument).collect(),
    );
    add(
        "exitCodes",
        command.exit_codes.iter().map(exit_code).collect(),
    );
    add(
        "examples",
        command
            .examples
            .iter()
            .map(|it| Json::from(it.run.as_str()))
            .collect(),
    );
    add("interactive", command.confirm.is_some().into());
    let below = command
        .commands
        .iter()
        .map(|it| Json::Object(self::command(it)));
    add("commands", below.collect());
    made
}

fn option(arg: &Arg, command: &Command) -> Json {
    let name = arg.written();
    let aliases: Vec<&String> = arg.names.iter().filter(|other| **other != name).collect();
    let mut made = json!({ "name": name, "description": described(arg) });
    if !aliases.is_empty() {
        made["aliases"] = json!(aliases);
    }
    if let (Takes::Value, Some(value)) = (arg.takes, &arg.value) {
        let values = value.names.iter().map(|name| {
            let mut made = json!({ "name": name, "required": value.bare.is_none() });
            restrict(&mut made, value, None);
            made
        });
        made["arguments"] = values.collect();
    }
    let is_recursive = !command.commands.is_empty() && arg.placement.is_none();
    for (key, is_set) in [
        ("required", arg.required),
        ("hidden", arg.hidden),
        ("recursive", is_recursive),
    ] {
        if is_set {
            made[key] = true.into();
        }
    }
    if let Some(heading) = &arg.heading {
        made["group"] = heading.as_str().into();
    }
    made
}

fn argument(arg: &Arg) -> Json {
    let mut made =
        json!({ "name": arg.key, "required": arg.required, "description": described(arg) });
    if let Some(value) = &arg.value {
        restrict(&mut made, value, Some(arg.required));
    }
    if arg.hidden {
        made["hidden"] = true.into();
    }
    if let Some(heading) = &arg.heading {
        made["group"] = heading.as_str().into();
    }
    made
}

/// Adds which values there may be, and how many. `is_required` is `None` for an option, which may be given again
/// rather than with more values.
fn restrict(made: &mut Json, value: &Value, is_required: Option<bool>) {
    let choices = value.choices.iter().filter(|choice| !choice.hidden);
    let names: Vec<&str> = choices.map(|choice| choice.name.as_str()).collect();
    if !names.is_empty() {
        made["acceptedValues"] = json!(names);
    }
    if let Some(values) = &value.values {
        // An argument that isn't required may have no value at all.
        let minimum = if is_required == Some(false) {
            0
        } else {
            values.min
        };
        made["arity"] = json!({ "minimum": minimum });
        if let Some(max) = values.max {
            made["arity"]["maximum"] = max.into();
        }
    } else if let (true, Some(is_required)) = (value.repeated, is_required) {
        made["arity"] = json!({ "minimum": usize::from(is_required) });
    }
}

fn exit_code(exit: &ExitCode) -> Json {
    json!({ "code": exit.code, "description": format!("{}: {}", exit.name, exit.help) })
}

fn described(arg: &Arg) -> String {
    match arg.description.is_empty() {
        true => arg.help.clone(),
        false => format!("{}\n\n{}", arg.help, arg.description),
    }
}
