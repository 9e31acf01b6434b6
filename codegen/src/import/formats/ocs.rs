//! Version 1 of OpenCLI, by <https://opencli.dev>: a mapping of command lines, such as `tool add <file> [flags]`.

use std::path::Path;

use super::super::described::{Arg, Choice, Command, Kind, Takes, key_of};
use super::super::{Error, Loss};
use super::keys::Keys;
use super::opencli::first;
use super::{Read, TOO_DEEP};

/// What is said elsewhere, or is not about the command line.
const ELSEWHERE: [&str; 1] = ["install"];

/// Reads a description without its version.
pub(super) fn read(path: &Path, mut keys: Keys) -> Result<Read, Error> {
    let mut losses = Vec::new();
    let mut info = keys.map("info");
    let title = info.text("title").unwrap_or_default();
    let description = info.text("description").unwrap_or_default();
    let mut program = Command {
        name: info.text("binary").unwrap_or_else(|| key_of(&title)),
        version: info.text("version"),
        about: info.text("summary").unwrap_or_else(|| first(&description)),
        long_about: description,
        ..Command::default()
    };
    let place = program.name.clone();
    let mut global = keys.map("global");
    for keys in global.maps("flags") {
        let arg = flag(&place, keys, &mut losses);
        program.args.extend(arg.map(|arg| Arg {
            global: true,
            ..arg
        }));
    }
    for (line, keys) in keys.named("commands") {
        let words = line.split_whitespace();
        let mut names = words.take_while(|word| !word.starts_with(['{', '<', '[', '-']));
        if names.next() != Some(&place) {
            let why = format!("the command line `{line}` doesn't begin with `{place}`");
            return Err(Error::in_file(path, why));
        }
        let names: Vec<&str> = names.collect();
        let found = program.at(&names);
        let found = found.ok_or_else(|| Error::in_file(path, TOO_DEEP))?;
        let place = [&[place.as_str()], &names[..]].concat().join(" ");
        command(found, &place, keys, &mut losses);
    }
    program.need_commands();
    info.finish(&place, &[], &mut losses);
    global.finish(&place, &[], &mut losses);
    keys.finish(&place, &ELSEWHERE, &mut losses);
    Ok(Read {
        program,
        losses,
        ..Read::default()
    })
}

fn command(command: &mut Command, place: &str, mut keys: Keys, losses: &mut Vec<Loss>) {
    let description = keys.text("description").unwrap_or_default();
    let about = keys.text("summary").unwrap_or_else(|| first(&description));
    if !about.is_empty() {
        command.about = about;
        command.long_about = description;
    }
    command.hidden = keys.flag("hidden");
    command.aliases.shown = keys.list("aliases");
    command.needs_command = keys.text("kind").as_deref() == Some("group");
    for keys in keys.maps("args") {
        command.args.push(argument(place, keys, losses));
    }
    for keys in keys.maps("flags") {
        let arg = flag(place, keys, losses);
        // The program may list its global options again.
        let is_new = |arg: &Arg| command.args.iter().all(|other| other.id != arg.id);
        let arg = arg.filter(is_new);
        command.args.extend(arg);
    }
    keys.finish(place, &[], losses);
}

fn argument(place: &str, mut keys: Keys, losses: &mut Vec<Loss>) -> Arg {
    let mut arg = Arg {
        id: keys.text("name").unwrap_or_default(),
        takes: Takes::Value,
        values: (1, Some(1)),
        required: keys.flag("required"),
        trailing: keys.flag("passthrough"),
        ..Arg::default()
    };
    let place = format!("{place} <{}>", key_of(&arg.id));
    arg.placeholders = vec![arg.id.to_uppercase()];
    if arg.trailing || keys.flag("variadic") {
        arg.appends = true;
        arg.values = (
            number(&mut keys, "minItems").unwrap_or(1).max(1),
            number(&mut keys, "maxItems"),
        );
    }
    arg.hyphen_values = arg.trailing;
    value(&mut arg, &mut keys);
    keys.finish(&place, &["variadic"], losses);
    arg
}

/// Reads an option. Returns `None` for those that every program has.
fn flag(place: &str, mut keys: Keys, losses: &mut Vec<Loss>) -> Option<Arg> {
    let name = keys.text("name").unwrap_or_default();
    if matches!(name.as_str(), "help" | "version") {
        return None;
    }
    let mut arg = Arg {
        required: keys.flag("required"),
        hidden: keys.flag("hidden"),
        id: name,
        ..Arg::default()
    };
    let place = format!("{place} --{}", arg.id);
    for name in std::iter::once(arg.id.clone()).chain(keys.list("aliases")) {
        let dashes = if name.chars().count() == 1 { "-" } else { "--" };
        arg.add_name(&format!("{dashes}{name}"), &place, losses);
    }
    for mut source in keys.maps("alternativeSources") {
        let property = source.text("property");
        match source.text("type").as_deref() {
            Some("$ENV") if arg.env.is_none() => arg.env = property,
            _ => {
                let reason = "write `config` to read the option from a file".to_owned();
                losses.push(Loss::new(&place, "alternativeSources", reason));
            }
        }
    }
    value(&mut arg, &mut keys);
    if arg.kind == Kind::Boolean && arg.choices.is_empty() {
        arg.kind = Kind::Text;
        if arg.defaults == ["true"] {
            let reason = "make the option `negatable`, with `default: true`".to_owned();
            losses.push(Loss::new(&place, "default", reason));
        }
        arg.defaults.clear();
    } else {
        arg.takes = Takes::Value;
        arg.values = (1, Some(1));
        let hint = keys.text("hint").unwrap_or_else(|| arg.id.to_uppercase());
        arg.placeholders = vec![hint.trim_matches(['<', '>']).to_owned()];
        arg.appends = keys.flag("variadic");
    }
    keys.finish(&place, &[], losses);
    Some(arg)
}

/// Reads the texts and the values of an argument or option.
fn value(arg: &mut Arg, keys: &mut Keys) {
    let description = keys.text("description").unwrap_or_default();
    arg.help = keys.text("summary").unwrap_or_else(|| first(&description));
    arg.long_help = description;
    arg.kind = match keys.text("type").as_deref() {
        Some("boolean") => Kind::Boolean,
        Some("integer") => Kind::Integer(i64::MIN, i64::MAX),
        Some("number") => Kind::Float,
        _ => Kind::Text,
    };
    let choices = keys.maps("choices").into_iter();
    arg.choices = choices
        .map(|mut keys| Choice {
            name: keys.text("value").unwrap_or_default(),
            help: keys.text("description").unwrap_or_default(),
            ..Choice::default()
        })
        .collect();
    if !arg.choices.is_empty() {
        arg.kind = Kind::Text;
    }
    arg.defaults = keys.list("default");
}

fn number(keys: &mut Keys, name: &str) -> Option<usize> {
    keys.text(name)?.parse().ok()
}
