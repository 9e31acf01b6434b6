//! One clap command for a command and all that it inherits, and one line for it.
//!
//! The scanner has read the words, so that clap gets a line on which nothing can be taken for anything
//! else: options first, each by its first name and with `=` before its value, then `--` and the arguments.
//! clap looks at the values, counts them, applies defaults and rules, and words what is wrong.

use std::ffi::OsString;

use clap::{ArgAction, Command};

use super::{Given, Line};
use crate::model::{Arg, Exists, Kind, Program};

/// A word that nobody can type: the words of a command line end where this character stands.
const END: &str = "\0";

/// The command as clap is to see it.
pub(super) fn command(program: &Program, line: &Line, isolated: bool) -> Command {
    let called = &line.called;
    let mut command = Command::new(called.command().name())
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .args_override_self(program.override_self)
        .arg(
            clap::Arg::new("help")
                .long("help")
                .action(ArgAction::HelpLong),
        );
    // clap looks for what overrides or excludes in the options that it knows.
    for arg in called.args() {
        let required = called.command().needs.contains(&arg.id);
        let mut flat = match (isolated, arg.kind) {
            (true, Kind::Path(kind, _)) => {
                let mut arg = arg.clone();
                arg.kind = Kind::Path(kind, Exists::Either);
                arg.for_clap(called)
            }
            _ => arg.for_clap(called),
        };
        if required {
            flat = flat.required(true);
        }
        if arg.positional {
            // What may begin with a dash, the scanner has decided.
            flat = flat.allow_hyphen_values(true);
        }
        if !arg.positional && arg.takes_several() {
            flat = flat.value_terminator(END).allow_hyphen_values(true);
        }
        if let Some(negation) = arg.negation_for_clap() {
            command = command.arg(negation);
        }
        command = command.arg(flat);
    }
    for group in called.upwards().flat_map(|command| &command.groups) {
        command = command.group(group.for_clap());
    }
    command
}

/// The line for that command.
pub(super) fn words(line: &Line) -> Vec<OsString> {
    let mut words = vec![OsString::from(line.called.command().title())];
    for given in &line.given {
        if !given.says_no() {
            option(line.arg(given), given, &mut words);
        }
    }
    let last = line.called.positionals().any(|arg| arg.last);
    let before = if last { line.before } else { Some(0) };
    let (front, back) = line.words.split_at(before.unwrap_or(line.words.len()));
    words.extend_from_slice(front);
    if before.is_some() {
        words.push("--".into());
    }
    words.extend_from_slice(back);
    words
}

fn option(arg: &Arg, given: &Given, words: &mut Vec<OsString>) {
    let name = match (given.off, arg.negation) {
        (true, Some(negation)) => format!("--{negation}"),
        _ => arg.written(),
    };
    if given.extra {
        let value = given.values.first().cloned().unwrap_or_default();
        return words.push(joined(&name, &value));
    }
    if arg.takes_several() {
        words.push(name.into());
        words.extend(given.values.iter().map(|value| meant(arg, value)));
        if given.values.len() < arg.most_values() {
            words.push(END.into());
        }
        return;
    }
    match &given.values[..] {
        [] => words.push(name.into()),
        values => words.extend(values.iter().map(|value| joined(&name, &meant(arg, value)))),
    }
}

/// A choice by its own name, which conditions compare it with.
fn meant(arg: &Arg, value: &OsString) -> OsString {
    let choice = value.to_str().and_then(|word| arg.meaning(word));
    choice.map_or_else(|| value.clone(), |choice| choice.name.into())
}

/// `--name=value`, or `-n=value`, of which clap drops the sign too.
fn joined(name: &str, value: &OsString) -> OsString {
    let mut word = OsString::from(format!("{name}="));
    word.push(value);
    word
}
