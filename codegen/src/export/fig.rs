//! Fig's completion specs (<https://fig.io/docs>): TypeScript with commands, options and suggestions.

use serde_json::{Value as Json, json};

use super::Export;
use super::losses::{Has, Losses, PATHS, refers_elsewhere};
use crate::description::{Arg, Command, Description, Takes, Value};

const HAS: Has = Has {
    program: &["format", "name", "command"],
    command: &[
        "name",
        "about",
        "aliases",
        "hidden-aliases",
        "hidden",
        "deprecated",
        "arguments",
        "options",
        "inherited",
        "commands",
        "runs",
        "effect",
        "built-in",
    ],
    arg: &[
        "key",
        "help",
        "takes",
        "names",
        "opposite",
        "value",
        "required",
        "default",
        "hidden",
        "deprecated",
        "conflicts",
        "requires",
        "effect",
    ],
    value: &[
        "type", "names", "choices", "repeated", "bare", "equals", "complete", "suggest", "values",
    ],
    choice: &["name", "help", "hidden"],
    types: PATHS,
};

/// Exports a program.
pub(super) fn export(description: &Description) -> Export {
    let mut losses = Losses::of(description, &HAS);
    losses.parts(description, |command, arg| {
        let is_argument = arg.names.is_empty();
        let rules = [&arg.conflicts, &arg.requires];
        let values = arg.value.as_ref().and_then(|value| value.values.as_ref());
        let deprecated = arg.deprecated.as_ref();
        [
            (
                "rules about arguments, and between inherited and own options",
                rules
                    .iter()
                    .any(|keys| refers_elsewhere(command, keys) || is_argument && !keys.is_empty()),
            ),
            (
                "defaults of switches, and several",
                arg.default.len() > 1 || arg.value.is_none() && !arg.default.is_empty(),
            ),
            (
                "how many values there may be",
                values.is_some_and(|it| it.min > 1 || it.max.is_some()),
            ),
            (
                "hidden and deprecated arguments",
                is_argument && (arg.hidden || deprecated.is_some()),
            ),
            (
                "releases of deprecations",
                deprecated.is_some_and(|it| it.since.is_some() || it.removal.is_some()),
            ),
        ]
    });
    for (place, command) in description.command.walk() {
        if command
            .effect
            .as_deref()
            .is_some_and(|effect| effect != "destructive")
        {
            losses.add("effects other than `destructive`", &place);
        }
    }
    let spec = command(&description.command);
    // JSON is a part of TypeScript.
    let spec = serde_json::to_string_pretty(&spec).expect("plain data is JSON");
    Export {
        text: format!(
            "const completionSpec: Fig.Spec = {spec};\n\nexport default completionSpec;\n"
        ),
        losses: losses.list(),
    }
}

fn command(command: &Command) -> Json {
    let others = command.aliases.iter().chain(&command.hidden_aliases);
    let names: Vec<&String> = std::iter::once(&command.name).chain(others).collect();
    let mut made = json!({ "name": one_or_many(&names), "description": command.about });
    if command.hidden {
        made["hidden"] = true.into();
    }
    if let Some(deprecated) = &command.deprecated {
        made["deprecated"] =
            json!({ "description": deprecated.instead.as_ref().or(deprecated.reason.as_ref()) });
    }
    if command.effect.as_deref() == Some("destructive") {
        made["isDangerous"] = true.into();
    }
    let mut add = |key: &str, list: Vec<Json>| {
        if !list.is_empty() {
            made[key] = list.into();
        }
    };
    add(
        "subcommands",
        command.commands.iter().map(self::command).collect(),
    );
    add(
        "options",
        command
            .options
            .iter()
            .flat_map(|it| options(it, command))
            .collect(),
    );
    add("args", command.arguments.iter().map(argument).collect());
    made
}

/// The names as Fig writes them: one string, or a list.
fn one_or_many(names: &[&String]) -> Json {
    match names {
        [one] => one.as_str().into(),
        names => json!(names),
    }
}

/// An option, and its opposite.
fn options(arg: &Arg, command: &Command) -> Vec<Json> {
    let names: Vec<&String> = arg.names.iter().collect();
    if names.is_empty() {
        return Vec::new();
    }
    let mut made = json!({ "name": one_or_many(&names), "description": arg.help });
    let name = |key: &String| {
        let option = command.options.iter().find(|arg| arg.key == *key)?;
        Some(option.written())
    };
    let lists = [
        ("exclusiveOn", &arg.conflicts),
        ("dependsOn", &arg.requires),
    ];
    for (key, others) in lists {
        let others: Vec<String> = others.iter().filter_map(name).collect();
        if !others.is_empty() {
            made[key] = json!(others);
        }
    }
    let value = arg.value.as_ref();
    for (key, is_set) in [
        ("isRequired", arg.required),
        (
            "isPersistent",
            !command.commands.is_empty() && arg.placement.is_none(),
        ),
        (
            "isRepeatable",
            arg.takes == Takes::Count || value.is_some_and(|it| it.repeated),
        ),
        ("requiresSeparator", value.is_some_and(|it| it.equals)),
        ("hidden", arg.hidden),
        ("isDangerous", arg.effect.as_deref() == Some("destructive")),
    ] {
        if is_set {
            made[key] = true.into();
        }
    }
    if let Some(deprecated) = &arg.deprecated {
        made["deprecated"] =
            json!({ "description": deprecated.instead.as_ref().or(deprecated.reason.as_ref()) });
    }
    if let Some(value) = value {
        let args: Vec<Json> = value
            .names
            .iter()
            .map(|name| taken(name, arg, value))
            .collect();
        made["args"] = if let [one] = &args[..] {
            one.clone()
        } else {
            args.into()
        };
    }
    let mut all = vec![made];
    if let Some(opposite) = &arg.opposite {
        let mut made = json!({ "name": opposite.name });
        if !opposite.help.is_empty() {
            made["description"] = opposite.help.as_str().into();
        }
        if !command.commands.is_empty() && arg.placement.is_none() {
            made["isPersistent"] = true.into();
        }
        if arg.hidden || opposite.hidden {
            made["hidden"] = true.into();
        }
        all.push(made);
    }
    all
}

fn argument(arg: &Arg) -> Json {
    let mut made = match &arg.value {
        Some(value) => taken(&arg.key, arg, value),
        None => json!({ "name": arg.key }),
    };
    made["description"] = arg.help.as_str().into();
    if !arg.required {
        made["isOptional"] = true.into();
    }
    made
}

/// A value of an option or argument.
fn taken(name: &str, arg: &Arg, value: &Value) -> Json {
    let mut made = json!({ "name": name });
    let is_list = value
        .values
        .as_ref()
        .is_some_and(|values| values.max != Some(1));
    if is_list || value.repeated && arg.names.is_empty() {
        made["isVariadic"] = true.into();
    }
    if value.bare.is_some() {
        made["isOptional"] = true.into();
    }
    if let [default] = &arg.default[..] {
        made["default"] = default.as_str().into();
    }
    let choices = value
        .choices
        .iter()
        .map(|it| (&it.name, &it.help, it.hidden));
    let known = value.suggest.iter().map(|it| (&it.name, &it.help, false));
    let suggestions = choices.chain(known).map(|(name, help, hidden)| {
        let mut made = json!({ "name": name });
        if !help.is_empty() {
            made["description"] = help.as_str().into();
        }
        if hidden {
            made["hidden"] = true.into();
        }
        made
    });
    let suggestions: Vec<Json> = suggestions.collect();
    if !suggestions.is_empty() {
        made["suggestions"] = suggestions.into();
    }
    let kind = value
        .complete
        .as_ref()
        .map_or(&*value.r#type, |complete| &*complete.kind);
    match kind {
        "path" | "file" | "files" => made["template"] = "filepaths".into(),
        "directory" => made["template"] = "folders".into(),
        _ => {}
    }
    made
}
