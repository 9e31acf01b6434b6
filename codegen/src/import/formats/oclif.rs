//! The manifest of an oclif program.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::super::described::{Aliases, Arg, Choice, Command, Group, Takes, key_of};
use super::super::{Error, Loss};
use super::keys::Keys;
use super::{Read, TOO_DEEP};

/// What only matters to oclif itself.
const OF_OCLIF: [&str; 14] = [
    "id",
    "isESM",
    "pluginAlias",
    "pluginName",
    "pluginType",
    "relativePath",
    "hasDynamicHelp",
    "name",
    "type",
    "topic",
    "customPluginName",
    "promptFlagActive",
    "defaultUrl",
    "usage",
];

/// Reads a manifest.
pub(super) fn read(path: &Path, text: &str) -> Result<Read, Error> {
    let value: Value = serde_json::from_str(text).map_err(|error| Error::in_file(path, error))?;
    let mut manifest = Keys::of(value);
    let mut losses = Vec::new();
    let mut program = Command {
        name: name(path),
        version: manifest.text("version"),
        ..Command::default()
    };
    let commands = manifest.named("commands");
    if commands.is_empty() {
        return Err(Error::in_file(path, "it has no `commands`"));
    }
    for (id, keys) in commands {
        let names: Vec<&str> = id.split([':', ' ']).collect();
        let place = format!("{} {}", program.name, names.join(" "));
        let found = program.at(&names);
        let found = found.ok_or_else(|| Error::in_file(path, TOO_DEEP))?;
        command(found, &names, &place, keys, &mut losses);
    }
    needs_commands(&mut program);
    manifest.finish(&program.name, &[], &mut losses);
    Ok(Read {
        program,
        losses,
        ..Read::default()
    })
}

/// The name of the program: `oclif.bin` in the file `package.json` beside the manifest, which doesn't have it. Without
/// this file, the name of the directory.
fn name(manifest: &Path) -> String {
    let manifest = manifest.canonicalize().unwrap_or_default();
    let directory = manifest.parent().unwrap_or(Path::new(""));
    let package = fs::read_to_string(directory.join("package.json")).unwrap_or_default();
    let package: Value = serde_json::from_str(&package).unwrap_or_default();
    match package["oclif"]["bin"].as_str() {
        Some(name) => name.to_owned(),
        None => key_of(&directory.file_name().unwrap_or_default().to_string_lossy()),
    }
}

/// A topic, which is no command itself, needs a subcommand.
fn needs_commands(command: &mut Command) {
    let is_topic = command.about.is_empty() && command.args.is_empty();
    command.needs_command = is_topic && !command.commands.is_empty();
    command.commands.iter_mut().for_each(needs_commands);
}

fn command(
    command: &mut Command,
    path: &[&str],
    place: &str,
    mut keys: Keys,
    losses: &mut Vec<Loss>,
) {
    let (summary, description) = (
        keys.text("summary"),
        keys.text("description").unwrap_or_default(),
    );
    command.about = summary.clone().unwrap_or_else(|| description.clone());
    command.long_about = summary
        .map(|summary| format!("{summary}\n\n{description}"))
        .unwrap_or_default();
    command.hidden = keys.flag("hidden");
    // The options of a topic's command are not for its subcommands.
    command.without_subcommand = true;
    let parent = &path[..path.len() - 1];
    for (key, hidden) in [("aliases", false), ("hiddenAliases", true)] {
        for alias in keys.list(key) {
            let names: Vec<&str> = alias.split([':', ' ']).collect();
            match names.split_last() {
                Some((name, group)) if group == parent => {
                    let aliases = &mut command.aliases;
                    let list = if hidden {
                        &mut aliases.hidden
                    } else {
                        &mut aliases.shown
                    };
                    list.push((*name).to_owned());
                }
                _ => {
                    let reason = format!(
                        "write `also: PROGRAM {}` to keep this second name",
                        names.join(" ")
                    );
                    losses.push(Loss::new(place, key, reason));
                }
            }
        }
    }
    for (name, keys) in keys.named("args") {
        let arg = argument(name, place, keys, losses);
        command.args.push(arg);
    }
    let mut one_of = Vec::new();
    for (name, keys) in keys.named("flags") {
        let arg = flag(&name, place, keys, &mut one_of, losses);
        command.args.push(arg);
    }
    one_of.sort();
    one_of.dedup();
    for (number, members) in one_of.into_iter().enumerate() {
        command.groups.push(Group {
            id: format!("group-{}", number + 1),
            members,
            required: true,
            ..Group::default()
        });
    }
    // `strict: false` allows any further arguments.
    if keys.text("strict").as_deref() == Some("false") {
        match command.args.iter_mut().rfind(|arg| arg.is_positional()) {
            Some(last) => {
                last.appends = true;
                last.values = (1, None);
            }
            None => losses.push(Loss::new(
                place,
                "strict",
                "add an argument with `repeat: true`".into(),
            )),
        }
    }
    keys.finish(place, &OF_OCLIF, losses);
}

fn argument(name: String, place: &str, mut keys: Keys, losses: &mut Vec<Loss>) -> Arg {
    let arg = Arg {
        placeholders: vec![name.to_uppercase()],
        takes: Takes::Value,
        values: (1, Some(1)),
        help: keys.text("description").unwrap_or_default(),
        required: keys.flag("required"),
        hidden: keys.flag("hidden"),
        choices: choices(keys.list("options")),
        defaults: keys.list("default"),
        id: name,
        ..Arg::default()
    };
    keys.finish(&format!("{place} <{}>", key_of(&arg.id)), &OF_OCLIF, losses);
    arg
}

fn flag(
    name: &str,
    place: &str,
    mut keys: Keys,
    one_of: &mut Vec<Vec<String>>,
    losses: &mut Vec<Loss>,
) -> Arg {
    let place = format!("{place} --{name}");
    let takes_value = keys.text("type").as_deref() == Some("option");
    let (summary, description) = (
        keys.text("summary"),
        keys.text("description").unwrap_or_default(),
    );
    let short = keys.text("char").and_then(|char| char.chars().next());
    let mut arg = Arg {
        id: name.to_owned(),
        long: Some(name.to_owned()),
        short,
        help: summary.clone().unwrap_or_else(|| description.clone()),
        long_help: summary
            .map(|summary| format!("{summary}\n\n{description}"))
            .unwrap_or_default(),
        hidden: keys.flag("hidden"),
        required: keys.flag("required"),
        env: keys.text("env"),
        negatable: keys.flag("allowNo"),
        heading: keys.text("helpGroup").filter(|heading| !heading.is_empty()),
        aliases: Aliases {
            shown: [keys.list("aliases"), keys.list("charAliases")].concat(),
            hidden: Vec::new(),
        },
        ..Arg::default()
    };
    arg.rules.requires = keys.list("dependsOn");
    arg.rules.conflicts = keys.list("exclusive");
    let exactly_one = keys.list("exactlyOne");
    if !exactly_one.is_empty() {
        let mut members = exactly_one;
        members.push(name.to_owned());
        members.sort();
        members.dedup();
        one_of.push(members);
    }
    if takes_value {
        arg.takes = Takes::Value;
        arg.values = (1, Some(1));
        arg.appends = keys.flag("multiple");
        let placeholder = keys
            .text("helpValue")
            .unwrap_or_else(|| name.to_uppercase());
        arg.placeholders = vec![placeholder.trim_matches(['<', '>']).to_owned()];
        arg.choices = choices(keys.list("options"));
        arg.defaults = keys.list("default");
        arg.delimiter = keys.text("delimiter").and_then(|sign| sign.chars().next());
    }
    keys.finish(&place, &OF_OCLIF, losses);
    arg
}

pub(super) fn choices(names: Vec<String>) -> Vec<Choice> {
    let choices = names.into_iter().map(|name| Choice {
        name,
        ..Choice::default()
    });
    choices.collect()
}
