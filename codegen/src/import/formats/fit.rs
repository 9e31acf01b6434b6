//! Makes the description of another tool fit in a spec, and reports what is lost. Other formats allow more names, and
//! say otherwise what happens if two parts have the same.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Loss;
use super::super::described::{Arg, Command};
use super::dashed;
use crate::check::{is_command_name, is_option_name};

/// Changes a program so that a spec can define it.
pub(super) fn fit(program: &mut Command, losses: &mut Vec<Loss>) {
    let place = program.name.clone();
    remove_help(program);
    commands(program, &place, losses);
    same_in_rust(program, losses);
    options(program, &place, &[], losses);
    program.name_args();
    required(program, &place, losses);
}

/// Removes the command `help`, which every command group has.
fn remove_help(command: &mut Command) {
    command.commands.retain(|below| below.name != "help");
    command.commands.iter_mut().for_each(remove_help);
}

/// Removes commands and aliases whose names a spec doesn't allow, and aliases that are the name of another command. In
/// other formats, the name counts.
fn commands(command: &mut Command, place: &str, losses: &mut Vec<Loss>) {
    command.commands.retain(|below| {
        let is_valid = is_command_name(&below.name);
        if !is_valid {
            let place = format!("{place} {}", below.name);
            losses.push(Loss::new(&place, "name", NOT_A_NAME.to_owned()));
        }
        is_valid
    });
    let names: Vec<String> = command.commands.iter().map(|it| it.name.clone()).collect();
    for below in &mut command.commands {
        let place = format!("{place} {}", below.name);
        let own = below.name.clone();
        for list in [&mut below.aliases.shown, &mut below.aliases.hidden] {
            list.retain(|alias| {
                let reason = if *alias == own {
                    return false;
                } else if names.contains(alias) {
                    format!("another command has the name `{alias}`")
                } else if !is_command_name(alias) {
                    format!("{NOT_A_NAME}: `{alias}`")
                } else {
                    return true;
                };
                losses.push(Loss::new(&place, "aliases", reason));
                false
            });
        }
        commands(below, &place, losses);
    }
}

/// Why a name is lost.
const NOT_A_NAME: &str = "a spec can't have this name";

/// Removes commands that would have the same name in Rust as another one, such as `remote-add` and `remote add`. A
/// hidden command is removed rather than the other one.
fn same_in_rust(program: &mut Command, losses: &mut Vec<Loss>) {
    let mut kept: BTreeMap<String, String> = BTreeMap::new();
    for is_hidden in [false, true] {
        let place = program.name.clone();
        keep(program, &place, "", (false, is_hidden), &mut kept);
    }
    remove(program, &program.name.clone(), "", &kept, losses);
}

/// Adds the commands that are hidden, or those that aren't, by their names in Rust.
fn keep(
    command: &Command,
    place: &str,
    rust: &str,
    (within_hidden, hidden): (bool, bool),
    kept: &mut BTreeMap<String, String>,
) {
    for below in &command.commands {
        let (place, rust) = (format!("{place} {}", below.name), rust_name(rust, below));
        let is_hidden = within_hidden || below.hidden;
        keep(below, &place, &rust, (is_hidden, hidden), kept);
        if is_hidden == hidden {
            kept.entry(rust).or_insert(place);
        }
    }
}

fn remove(
    command: &mut Command,
    place: &str,
    rust: &str,
    kept: &BTreeMap<String, String>,
    losses: &mut Vec<Loss>,
) {
    command.commands.retain_mut(|below| {
        let (place, rust) = (format!("{place} {}", below.name), rust_name(rust, below));
        let other = kept.get(&rust).filter(|other| **other != place);
        if let Some(other) = other {
            let reason = format!("its name in Rust is that of `{other}`");
            losses.push(Loss::new(&place, "name", reason));
            return false;
        }
        remove(below, &place, &rust, kept, losses);
        true
    });
}

/// What makes the names of a command different in Rust: its words.
fn rust_name(parent: &str, command: &Command) -> String {
    let words = command.name.to_lowercase();
    let words = words.split(['-', '_', ':']).filter(|word| !word.is_empty());
    words.fold(parent.to_owned(), |name, word| name + "_" + word)
}

/// Removes options, and names of options, that a spec doesn't allow, that the command inherits, or that another one of
/// its options has.
fn options(command: &mut Command, place: &str, inherited: &[Arg], losses: &mut Vec<Loss>) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let letters = inherited.iter().filter_map(|arg| arg.short);
    let letters: BTreeSet<String> = letters.map(|letter| format!("-{letter}")).collect();
    command.args.retain_mut(|arg| {
        if arg.is_positional() {
            return true;
        }
        let place = format!("{place} {}", arg.shown());
        if arg.long.is_some() && inherited.iter().any(|other| other.long == arg.long) {
            let reason = "the option of the command group, which subcommands inherit, is used";
            losses.push(Loss::new(&place, "option", reason.to_owned()));
            return false;
        }
        let mut is_kept = |fact: &str, name: &str| {
            let bare = name.trim_start_matches('-');
            let reason = if !is_option_name(bare) {
                format!("{NOT_A_NAME}: `{name}`")
            } else if letters.contains(name) {
                "an inherited option has the same short name".to_owned()
            } else if !taken.insert(name.to_owned()) {
                format!("another option of the command has the name `{name}`")
            } else {
                return true;
            };
            losses.push(Loss::new(&place, fact, reason));
            false
        };
        let long = arg.long.take();
        arg.long = long.filter(|long| is_kept("long", &format!("--{long}")));
        let short = arg.short.take();
        arg.short = short.filter(|short| is_kept("short", &format!("-{short}")));
        for list in [&mut arg.aliases.shown, &mut arg.aliases.hidden] {
            list.retain(|alias| is_kept("aliases", &dashed(alias)));
        }
        !arg.is_positional()
    });
    let own = command.args.iter().filter(|arg| arg.global).cloned();
    let all: Vec<Arg> = inherited.iter().cloned().chain(own).collect();
    for below in &mut command.commands {
        let place = format!("{place} {}", below.name);
        options(below, &place, &all, losses);
    }
}

/// Makes options with a default optional.
fn required(command: &mut Command, place: &str, losses: &mut Vec<Loss>) {
    for arg in &mut command.args {
        if arg.required && !arg.defaults.is_empty() {
            arg.required = false;
            let place = format!("{place} {}", arg.shown());
            let reason = "an option with a default doesn't have to be given".to_owned();
            losses.push(Loss::new(&place, "required", reason));
        }
    }
    for below in &mut command.commands {
        let place = format!("{place} {}", below.name);
        required(below, &place, losses);
    }
}
