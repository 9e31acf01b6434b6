//! The YAML that cobra generates as documentation, and that of Docker, which has more keys.

use std::path::{Path, PathBuf};

use super::super::described::{Arg, Command, Kind, Takes, key_of};
use super::super::{Error, Loss};
use super::keys::Keys;
use super::{Read, TOO_DEEP, pass_on, yaml};

/// What a spec has in other places, or what only matters to a site.
const ELSEWHERE: [&str; 13] = [
    "pname",
    "plink",
    "cname",
    "clink",
    "see_also",
    "usage",
    "name",
    "details_url",
    "usesnippet",
    "min_api_version",
    "experimentalcli",
    "kubernetes",
    "swarm",
];

/// Reads the files of a program, each of which describes one command.
pub(super) fn read(files: &[(PathBuf, String)]) -> Result<Read, Error> {
    let mut losses = Vec::new();
    let mut inherited: Vec<(Vec<String>, Arg)> = Vec::new();
    let mut program: Option<Command> = None;
    for (path, text) in files {
        let mut keys = Keys::of(yaml(path, text)?);
        // Docker has the parent's name in `name`.
        let place = keys.text("command").or_else(|| keys.text("name"));
        let place = place.ok_or_else(|| Error::in_file(path, "it has no `name`"))?;
        let mut names = place.split_whitespace();
        let name = names.next().unwrap_or_default().to_owned();
        let program = program.get_or_insert_with(|| Command {
            name: name.clone(),
            ..Command::default()
        });
        if program.name != name {
            let why = format!("it describes `{name}`, and another file `{}`", program.name);
            return Err(Error::in_file(path, why));
        }
        let names: Vec<&str> = names.collect();
        let found = program.at(&names);
        let found = found.ok_or_else(|| Error::in_file(path, TOO_DEEP))?;
        for arg in command(found, &place, keys, &mut losses) {
            inherited.push((names.iter().map(|name| (*name).to_owned()).collect(), arg));
        }
    }
    let mut program = program.ok_or_else(|| Error::in_file(Path::new("."), "there is no file"))?;
    for (path, arg) in inherited {
        pass_on(&mut program, &path, arg);
    }
    program.need_commands();
    Ok(Read {
        program,
        losses,
        ..Read::default()
    })
}

/// Reads a command. Returns the options that it inherits.
fn command(command: &mut Command, place: &str, mut keys: Keys, losses: &mut Vec<Loss>) -> Vec<Arg> {
    let short = keys.text("short").or_else(|| keys.text("synopsis"));
    let long = keys.text("long").or_else(|| keys.text("description"));
    let (short, long) = (short.unwrap_or_default(), long.unwrap_or_default());
    command.about = if short.is_empty() {
        long.clone()
    } else {
        short
    };
    command.long_about = long;
    command.hidden = keys.flag("hidden");
    for alias in keys.text("aliases").unwrap_or_default().split(", ") {
        match alias.trim().rsplit_once(' ') {
            Some((group, name))
                if place
                    .rsplit_once(' ')
                    .is_some_and(|(parent, own)| parent == group && own != name) =>
            {
                command.aliases.shown.push(name.to_owned());
            }
            _ if alias.trim() == place || alias.trim().is_empty() => {}
            _ => losses.push(Loss::new(
                place,
                "aliases",
                format!("write `also: {}` to keep this second name", alias.trim()),
            )),
        }
    }
    let usage = keys.text("usage").unwrap_or_default();
    arguments(command, place, &usage, losses);
    let options = keys.maps("options").into_iter();
    command
        .args
        .extend(options.filter_map(|keys| option(place, keys, losses)));
    let inherited = keys.maps("inherited_options").into_iter();
    let inherited = inherited.filter_map(|keys| option(place, keys, losses));
    let inherited = inherited.collect();
    keys.finish(place, &ELSEWHERE, losses);
    inherited
}

/// Reads the arguments from a line such as `tool copy [OPTIONS] SOURCE... [TARGET]`.
fn arguments(command: &mut Command, place: &str, usage: &str, losses: &mut Vec<Loss>) {
    // Other lines show other forms of the same command.
    let usage = usage.trim().lines().next().unwrap_or_default();
    let rest = usage.strip_prefix(place).unwrap_or_default();
    for word in rest.split_whitespace() {
        let required = !word.starts_with('[');
        let name = word.trim_matches(['[', ']', '<', '>']);
        let repeats = name.ends_with("...") || word.ends_with("...");
        let name = name
            .trim_end_matches("...")
            .trim_matches(['[', ']', '<', '>']);
        let is_options =
            ["options", "flags", "command", "--"].contains(&name.to_lowercase().as_str());
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|it| it.is_alphanumeric() || "_-".contains(it));
        if is_options
            && (word.starts_with('[') || name == "COMMAND" && !command.commands.is_empty())
        {
            continue;
        }
        if !is_name || name.starts_with('-') {
            losses.push(Loss::new(
                place,
                "usage",
                format!("`{word}` is not read: add the argument"),
            ));
            continue;
        }
        // `NAME [NAME...]`
        if let Some(arg) = command.args.iter_mut().find(|arg| arg.id == key_of(name)) {
            arg.appends = true;
            arg.values = (1, None);
            continue;
        }
        command.args.push(Arg {
            id: key_of(name),
            placeholders: vec![name.to_owned()],
            takes: Takes::Value,
            values: (1, if repeats { None } else { Some(1) }),
            appends: repeats,
            required,
            ..Arg::default()
        });
    }
}

fn option(place: &str, mut keys: Keys, losses: &mut Vec<Loss>) -> Option<Arg> {
    // cobra calls the name `name`, and the description `usage`.
    let name = keys.text("option").or_else(|| keys.text("name"))?;
    if name == "help" {
        return None;
    }
    let place = format!("{place} --{name}");
    let default = keys.text("default_value").filter(|it| !it.is_empty());
    let kind = keys
        .text("value_type")
        .unwrap_or_else(|| match default.as_deref() {
            Some("true" | "false") => "bool".to_owned(),
            _ => "string".to_owned(),
        });
    let help = keys.text("description").or_else(|| keys.text("usage"));
    let mut arg = Arg {
        id: name.clone(),
        long: Some(name.clone()),
        short: keys
            .text("shorthand")
            .and_then(|short| short.chars().next()),
        help: help.unwrap_or_default(),
        hidden: keys.flag("hidden"),
        ..Arg::default()
    };
    match kind.as_str() {
        "bool" => {
            if default.as_deref() == Some("true") {
                losses.push(Loss::new(
                    &place,
                    "default_value",
                    "make the option `negatable`, with `default: true`".into(),
                ));
            }
        }
        "count" => arg.takes = Takes::Count,
        kind => {
            arg.takes = Takes::Value;
            arg.values = (1, Some(1));
            arg.placeholders = vec![name.to_uppercase()];
            arg.appends = kind.contains("list")
                || kind.ends_with("Array")
                || kind.ends_with("Slice")
                || ["map", "filter", "mount"].contains(&kind);
            arg.kind = match kind {
                "int" | "int64" => Kind::Integer(i64::MIN, i64::MAX),
                "uint" | "uint64" => Kind::Integer(0, i64::MAX),
                "int16" => Kind::Integer(i64::from(i16::MIN), i64::from(i16::MAX)),
                "uint16" => Kind::Integer(0, i64::from(u16::MAX)),
                "float" | "float64" => Kind::Float,
                _ => Kind::Text,
            };
            arg.defaults = default.filter(|it| it != "[]").into_iter().collect();
        }
    }
    keys.finish(&place, &ELSEWHERE, losses);
    Some(arg)
}
