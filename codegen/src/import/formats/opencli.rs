//! The two formats that are called OpenCLI: version 0.1 of <https://opencli.org>, and version 1 of
//! <https://opencli.dev>, which `ocs` reads. Both are JSON or YAML.

use std::path::Path;

use super::super::described::{Arg, Command, Takes, key_of};
use super::super::{Error, Loss};
use super::keys::Keys;
use super::oclif::choices;
use super::{MAX_DEPTH, Read, TOO_DEEP, ocs, yaml};

/// What only matters to other tools.
const OF_OPENCLI: [&str; 2] = ["$schema", "conventions"];

/// Reads a description.
pub(super) fn read(path: &Path, text: &str) -> Result<Read, Error> {
    let mut keys = Keys::of(yaml(path, text)?);
    if keys.text("opencliVersion").is_some() {
        return ocs::read(path, keys);
    }
    if keys.text("opencli").is_none() {
        let why = "it has neither `opencli` nor `opencliVersion`";
        return Err(Error::in_file(path, why));
    }
    let mut losses = Vec::new();
    let mut info = keys.map("info");
    let mut program = Command {
        name: key_of(&info.text("title").unwrap_or_default()),
        version: info.text("version"),
        ..Command::default()
    };
    let place = program.name.clone();
    command(&mut program, &place, keys, 0, &mut losses)
        .ok_or_else(|| Error::in_file(path, TOO_DEEP))?;
    let described = info.text("description").unwrap_or_default();
    program.about = info.text("summary").unwrap_or_else(|| first(&described));
    program.long_about = described;
    program.need_commands();
    info.finish(&place, &[], &mut losses);
    Ok(Read {
        program,
        losses,
        ..Read::default()
    })
}

/// The first paragraph of a description.
pub(super) fn first(description: &str) -> String {
    let paragraph = description.trim().split("\n\n").next().unwrap_or_default();
    paragraph.trim().to_owned()
}

/// Reads a command with its subcommands. `None` if it is nested too deep.
fn command(
    command: &mut Command,
    place: &str,
    mut keys: Keys,
    depth: usize,
    losses: &mut Vec<Loss>,
) -> Option<()> {
    if depth > MAX_DEPTH {
        return None;
    }
    let description = keys.text("description").unwrap_or_default();
    command.about = first(&description);
    command.long_about = description;
    command.hidden = keys.flag("hidden");
    command.aliases.shown = keys.list("aliases");
    for keys in keys.maps("arguments") {
        command.args.push(argument(place, keys, losses));
    }
    for keys in keys.maps("options") {
        command.args.extend(option(place, keys, losses));
    }
    for mut keys in keys.maps("commands") {
        let mut below = Command {
            name: keys.text("name").unwrap_or_default(),
            ..Command::default()
        };
        let place = format!("{place} {}", below.name);
        self::command(&mut below, &place, keys, depth + 1, losses)?;
        command.commands.push(below);
    }
    keys.finish(place, &OF_OPENCLI, losses);
    Some(())
}

fn argument(place: &str, mut keys: Keys, losses: &mut Vec<Loss>) -> Arg {
    let mut arg = Arg {
        id: keys.text("name").unwrap_or_default(),
        takes: Takes::Value,
        required: keys.flag("required"),
        ..Arg::default()
    };
    arg.placeholders = vec![arg.id.to_uppercase()];
    common(&mut arg, &mut keys);
    let (min, max) = values(&mut arg, &mut keys);
    arg.appends = max != Some(1);
    arg.values = (min.max(1), max);
    keys.finish(
        &format!("{place} <{}>", key_of(&arg.id)),
        &OF_OPENCLI,
        losses,
    );
    arg
}

/// Reads an option. Returns `None` for those that every program has.
fn option(place: &str, mut keys: Keys, losses: &mut Vec<Loss>) -> Option<Arg> {
    let name = keys.text("name").unwrap_or_default();
    let mut arg = Arg {
        id: name.trim_start_matches('-').to_owned(),
        required: keys.flag("required"),
        global: keys.flag("recursive"),
        ..Arg::default()
    };
    if matches!(name.as_str(), "--help" | "--version") {
        return None;
    }
    let place = format!("{place} {name}");
    for name in std::iter::once(name).chain(keys.list("aliases")) {
        arg.add_name(&name, &place, losses);
    }
    common(&mut arg, &mut keys);
    let mut arguments = keys.maps("arguments");
    if let [one] = &mut arguments[..] {
        arg.takes = Takes::Value;
        arg.placeholders = one.text("name").into_iter().collect();
        let is_required = one.flag("required");
        let (min, max) = values(&mut arg, one);
        // An arity says more than whether there is a value at all.
        arg.values = match (min, max) {
            (1, Some(1)) => (usize::from(is_required), Some(1)),
            other => other,
        };
    } else if !arguments.is_empty() {
        arg.takes = Takes::Value;
        arg.values = (arguments.len(), Some(arguments.len()));
        let names = arguments.iter_mut().filter_map(|keys| keys.text("name"));
        arg.placeholders = names.collect();
    }
    for keys in arguments {
        keys.finish(&place, &["required"], losses);
    }
    if arg.is_positional() {
        // None of its names is one of an option.
        return None;
    }
    keys.finish(&place, &OF_OPENCLI, losses);
    Some(arg)
}

/// Reads the texts and what else arguments and options have.
fn common(arg: &mut Arg, keys: &mut Keys) {
    let description = keys.text("description").unwrap_or_default();
    arg.help = first(&description);
    arg.long_help = description;
    arg.heading = keys.text("group").filter(|heading| !heading.is_empty());
    arg.hidden = keys.flag("hidden");
}

/// Reads the accepted values, and how many there may be.
fn values(arg: &mut Arg, keys: &mut Keys) -> (usize, Option<usize>) {
    arg.choices = choices(keys.list("acceptedValues"));
    if !keys.has("arity") {
        return (1, Some(1));
    }
    let mut arity = keys.map("arity");
    let mut number = |name| arity.text(name)?.parse().ok();
    (number("minimum").unwrap_or(0), number("maximum"))
}

impl Arg {
    /// Adds a name with its dashes.
    pub(super) fn add_name(&mut self, name: &str, place: &str, losses: &mut Vec<Loss>) {
        let mut letters = name.strip_prefix('-').unwrap_or_default().chars();
        match (name.strip_prefix("--"), letters.next(), letters.next()) {
            (Some(long), ..) if self.long.is_none() => self.long = Some(long.to_owned()),
            (Some(long), ..) => self.aliases.shown.push(long.to_owned()),
            (None, Some(letter), None) if self.short.is_none() => self.short = Some(letter),
            (None, Some(letter), None) => self.aliases.shown.push(letter.to_string()),
            _ => {
                let reason = format!("`{name}` has neither one letter nor two dashes");
                losses.push(Loss::new(place, "name", reason));
            }
        }
    }
}
