//! Fig's completion specs, <https://fig.io/docs>, as JSON.

use std::path::Path;

use serde_json::Value;

use super::super::described::{Arg, Choice, Command, Kind, Takes, key_of};
use super::super::{Error, Loss};
use super::keys::Keys;
use super::opencli::first;
use super::{MAX_DEPTH, Read, TOO_DEEP, yaml};

/// How completions are shown or found, which a program generated from a spec decides itself.
const SHOWN: [&str; 11] = [
    "icon",
    "priority",
    "displayName",
    "insertValue",
    "replaceValue",
    "filterStrategy",
    "debounce",
    "cache",
    "suggestCurrentToken",
    "previewComponent",
    "optionsCanBreakVariadicArg",
];

/// The templates of paths: of directories, and of any.
const PATHS: [&str; 2] = ["folders", "filepaths"];

/// Reads a completion spec.
pub(super) fn read(path: &Path, text: &str) -> Result<Read, Error> {
    let mut keys = Keys::of(yaml(path, text)?);
    let names = keys.list("name");
    let name = names.into_iter().next();
    let name = name.ok_or_else(|| Error::in_file(path, "it has no `name`"))?;
    let mut losses = Vec::new();
    let mut program = command(name.clone(), keys, &name, 0, &mut losses)
        .ok_or_else(|| Error::in_file(path, TOO_DEEP))?;
    program.need_commands();
    Ok(Read {
        program,
        losses,
        ..Read::default()
    })
}

/// Reads a command. Returns `None` if it has too many levels.
fn command(
    name: String,
    mut keys: Keys,
    place: &str,
    depth: usize,
    losses: &mut Vec<Loss>,
) -> Option<Command> {
    if depth > MAX_DEPTH {
        return None;
    }
    let description = keys.text("description").unwrap_or_default();
    let mut command = Command {
        name,
        about: first(&description),
        long_about: description,
        hidden: keys.flag("hidden"),
        needs_command: keys.flag("requiresSubcommand"),
        effect: keys.flag("isDangerous").then(|| "destructive".to_owned()),
        ..Command::default()
    };
    options(&mut command, keys.maps("options"), place, losses);
    for keys in keys.one_or_many("args") {
        let mut arg = argument(keys, place, losses);
        // Two arguments may have the same name.
        let is_same = |other: &&Arg| other.placeholders == arg.placeholders;
        let known = command.args.iter().filter(is_same).count();
        if known > 0 {
            arg.id = format!("{}-{}", arg.id, known + 1);
        }
        command.args.push(arg);
    }
    for mut keys in keys.maps("subcommands") {
        let mut names = keys.list("name").into_iter();
        let name = names.next().unwrap_or_default();
        let place = format!("{place} {name}");
        let mut below = self::command(name, keys, &place, depth + 1, losses)?;
        below.aliases.shown = names.collect();
        command.commands.push(below);
    }
    deprecated(&mut keys, place, losses);
    keys.finish(place, &SHOWN, losses);
    Some(command)
}

/// Reads the options of a command, and the rules between them.
fn options(command: &mut Command, list: Vec<Keys>, place: &str, losses: &mut Vec<Loss>) {
    let mut rules = Vec::new();
    for mut keys in list {
        let rule = [keys.list("exclusiveOn"), keys.list("dependsOn")];
        let Some(arg) = option(keys, place, losses) else {
            continue;
        };
        command.args.push(arg);
        rules.push(rule);
    }
    let known: Vec<(Vec<String>, String)> = command
        .args
        .iter()
        .map(|arg| (arg.names(), arg.id.clone()))
        .collect();
    for (arg, [exclusive, needed]) in command.args.iter_mut().zip(rules) {
        let place = format!("{place} {}", arg.shown());
        let mut ids = |names: Vec<String>, fact: &str| {
            let mut ids = Vec::new();
            for name in names {
                match known.iter().find(|(names, _)| names.contains(&name)) {
                    Some((_, id)) => ids.push(id.clone()),
                    None => {
                        let reason = format!("the command itself has no option `{name}`");
                        losses.push(Loss::new(&place, fact, reason));
                    }
                }
            }
            ids
        };
        arg.rules.conflicts = ids(exclusive, "exclusiveOn");
        arg.rules.requires = ids(needed, "dependsOn");
    }
}

/// Reads an option. Returns `None` for those that every program has, and for those without a usable name.
fn option(mut keys: Keys, place: &str, losses: &mut Vec<Loss>) -> Option<Arg> {
    let names = keys.list("name");
    let first_name = names.first().cloned().unwrap_or_default();
    let place = format!("{place} {first_name}");
    let mut arg = Arg::default();
    for name in &names {
        arg.add_name(name, &place, losses);
    }
    if arg.is_positional() || matches!(arg.long.as_deref(), Some("help" | "version")) {
        return None;
    }
    // `-x` and `--x` are two options.
    arg.id = first_name;
    let description = keys.text("description").unwrap_or_default();
    arg.help = first(&description);
    arg.long_help = description;
    arg.hidden = keys.flag("hidden");
    arg.required = keys.flag("isRequired");
    arg.global = keys.flag("isPersistent");
    arg.equals = keys.flag("requiresEquals") | keys.flag("requiresSeparator");
    let repeats = keys.text("isRepeatable").is_some_and(|it| it != "false");
    let mut values = keys.one_or_many("args").into_iter();
    match (values.next(), values.len()) {
        (None, _) if repeats => arg.takes = Takes::Count,
        (None, _) => {}
        (Some(mut keys), others) => {
            arg.takes = Takes::Value;
            arg.appends = repeats;
            let optional = keys.flag("isOptional");
            let variadic = keys.flag("isVariadic");
            value(&mut arg, keys, &place, losses);
            for mut keys in values {
                let name = keys.text("name").unwrap_or_default();
                arg.placeholders.push(placeholder(&name));
                keys.finish(&place, &["isOptional"], losses);
            }
            let count = others + 1;
            arg.values = match (optional, variadic) {
                (true, false) if count == 1 => (0, Some(1)),
                (false, true) => (1, None),
                (true, true) => {
                    let reason = "the option needs at least one value".to_owned();
                    losses.push(Loss::new(&place, "isOptional", reason));
                    (1, None)
                }
                _ => (count, Some(count)),
            };
        }
    }
    deprecated(&mut keys, &place, losses);
    keys.finish(&place, &SHOWN, losses);
    Some(arg)
}

fn argument(mut keys: Keys, place: &str, losses: &mut Vec<Loss>) -> Arg {
    let name = keys.text("name").filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "argument".to_owned());
    let description = keys.text("description").unwrap_or_default();
    let variadic = keys.flag("isVariadic");
    let mut arg = Arg {
        id: key_of(&name),
        takes: Takes::Value,
        required: !keys.flag("isOptional"),
        values: (1, if variadic { None } else { Some(1) }),
        appends: variadic,
        help: first(&description),
        long_help: description,
        ..Arg::default()
    };
    let place = format!("{place} <{}>", arg.id);
    arg.placeholders.push(placeholder(&name));
    value(&mut arg, keys, &place, losses);
    arg
}

/// Reads what a value may be.
fn value(arg: &mut Arg, mut keys: Keys, place: &str, losses: &mut Vec<Loss>) {
    if let Some(name) = keys.text("name").filter(|_| arg.placeholders.is_empty()) {
        arg.placeholders.push(placeholder(&name));
    }
    if arg.placeholders.is_empty() {
        arg.placeholders.push("VALUE".to_owned());
    }
    arg.defaults = keys.list("default");
    let templates = keys.list("template");
    let is_path = |template: &String| PATHS.contains(&template.as_str());
    if !templates.is_empty() && templates.iter().all(is_path) {
        arg.kind = Kind::Path;
        arg.complete = (templates == PATHS[..1]).then_some("directory");
    }
    for suggestion in keys.values("suggestions") {
        let (names, help) = match suggestion {
            Value::String(name) => (vec![name], String::new()),
            other => {
                let mut keys = Keys::of(other);
                (
                    keys.list("name"),
                    keys.text("description").unwrap_or_default(),
                )
            }
        };
        arg.suggest.extend(names.into_iter().map(|name| Choice {
            name,
            help: help.clone(),
            ..Choice::default()
        }));
    }
    keys.finish(place, &SHOWN, losses);
}

fn placeholder(name: &str) -> String {
    match key_of(name) {
        key if key.is_empty() => "VALUE".to_owned(),
        key => key.to_uppercase(),
    }
}

fn deprecated(keys: &mut Keys, place: &str, losses: &mut Vec<Loss>) {
    if keys.has("deprecated") {
        let text = keys
            .map("deprecated")
            .text("description")
            .unwrap_or_default();
        let reason = match text.as_str() {
            "" => "write `deprecated`, with what to use instead".to_owned(),
            text => format!("write `deprecated`, with this text: {text}"),
        };
        losses.push(Loss::new(place, "deprecated", reason));
    }
}
