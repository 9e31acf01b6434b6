//! One clap command for a command and all that it inherits, and one line for it.
//!
//! The scanner has read the words, so that clap gets a line on which nothing can be taken for anything
//! else: options first, each by its first name and with `=` before its value, then `--` and the arguments.
//! clap looks at the values, counts them, applies defaults and rules, and words what is wrong.

use std::ffi::OsString;

use clap::{ArgAction, Command};

use super::{Given, Line};
use crate::model::{Arg, Exists, Group, Kind, Program, Rule};

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
        command = command.args(arg.negation_for_clap());
        command = command.arg(flat_arg(line, arg, isolated));
    }
    let groups = called.upwards().flat_map(|command| &command.groups);
    command.groups(groups.map(Group::for_clap))
}

fn flat_arg(line: &Line, arg: &Arg, isolated: bool) -> clap::Arg {
    let called = &line.called;
    let mut flat = match (isolated, arg.kind) {
        (true, Kind::Path(kind, _)) => {
            let kind = Kind::Path(kind, Exists::Either);
            let arg = Arg {
                kind,
                ..arg.clone()
            };
            arg.for_clap(called)
        }
        _ => arg.for_clap(called),
    };
    if called.command().needs.contains(&arg.id) {
        flat = flat.required(true);
    }
    let given = || {
        line.given
            .iter()
            .filter(|given| line.arg(given).id == arg.id)
    };
    if !arg.takes_value() {
        flat
    } else if !arg.positional {
        flat = flat.value_terminator(END);
        if arg.long.is_some() && !arg.takes_several() {
            return flat;
        }
        // Its values are words of their own.
        let attached = given().all(|given| !given.values.is_empty());
        flat.allow_hyphen_values(true)
            .require_equals(arg.equals && arg.bare.is_none() && !attached)
    } else if arg.last || given().next().is_some() {
        // Its values have no place among those of the others: they are behind `--`, or a variable's.
        flat.long(inner_name(arg))
            .last(false)
            .trailing_var_arg(false)
            .value_terminator(END)
            .allow_hyphen_values(true)
    } else {
        // What may begin with a dash, the scanner has decided; here it is behind `--`.
        flat.allow_hyphen_values(true)
    }
}

/// The mark of a name that clap alone knows. It is no character, so it begins no name of a spec; clap
/// prints it, where it would drop a control character and leave a name that looks like an option's.
const INNER: char = '\u{10ffff}';

/// The name of an argument that clap gets as an option.
fn inner_name(arg: &Arg) -> &'static str {
    Box::leak(format!("{INNER}{}", arg.id).into())
}

/// An argument as clap names it, without the name that clap alone knows.
pub(super) fn outer_name(name: &str) -> Option<String> {
    let inner = name.strip_prefix("--")?.strip_prefix(INNER)?;
    let shown = inner.split_once(' ').map_or(inner, |(_, shown)| shown);
    Some(shown.to_owned())
}

/// The first options of the line for that command, as many as this.
pub(super) fn first_options(line: &Line, count: usize) -> Vec<OsString> {
    let mut words = vec![OsString::from(line.called.command().title())];
    for (at, given) in line.given.iter().enumerate().take(count) {
        let arg = line.arg(given);
        let again = || {
            line.given[at + 1..]
                .iter()
                .any(|it| it.place == given.place)
        };
        let replaced = arg.repeat && arg.rules.contains(&Rule::Overrides(arg.id)) && again();
        if !given.says_no() && !replaced {
            option(arg, given, &mut words);
        }
    }
    words
}

/// The line for that command.
pub(super) fn words(line: &Line) -> Vec<OsString> {
    let mut words = first_options(line, usize::MAX);
    let last = line.called.positionals().find(|arg| arg.last);
    let before = line.before.filter(|_| last.is_some());
    let (front, back) = line.words.split_at(before.unwrap_or(line.words.len()));
    if let (Some(last), false) = (last, back.is_empty()) {
        words.push(format!("--{}", inner_name(last)).into());
        words.extend_from_slice(back);
        let most = match last.takes_one_word() {
            true => 1,
            false => last.bounds.and_then(|(_, most)| most).unwrap_or(usize::MAX),
        };
        words.extend((back.len() < most).then(|| END.into()));
    }
    if !front.is_empty() {
        words.push("--".into());
        words.extend_from_slice(front);
    }
    words
}

fn option(arg: &Arg, given: &Given, words: &mut Vec<OsString>) {
    let name = match (given.off, arg.negation) {
        (true, Some(negation)) => format!("--{negation}"),
        _ if arg.positional => format!("--{}", inner_name(arg)),
        _ => arg.written(),
    };
    let mut values = given.values.iter().map(|value| meant(arg, value));
    let long = arg.long.is_some() || arg.positional;
    if given.extra {
        words.push(joined(&name, &values.next().unwrap_or_default()));
    } else if !arg.takes_value() || given.off {
        words.push(name.into());
    } else if values.len() == 0 {
        words.push(name.into());
        // What follows is not its value.
        words.extend((!arg.equals || arg.bare.is_some() && !long).then(|| END.into()));
    } else if arg.takes_several() && !(long && values.len() == 1) {
        let full = values.len() >= arg.most_values();
        words.push(name.into());
        words.extend(values);
        words.extend((!full && !arg.equals).then(|| END.into()));
    } else if long {
        words.extend(values.map(|value| joined(&name, &value)));
    } else {
        // clap may take letters before an equals sign for an argument.
        words.extend(values.flat_map(|value| [OsString::from(&name), value]));
    }
}

/// `--name=value`
fn joined(name: &str, value: &OsString) -> OsString {
    let mut word = OsString::from(format!("{name}="));
    word.push(value);
    word
}

/// A choice by its own name, which conditions compare it with.
fn meant(arg: &Arg, value: &OsString) -> OsString {
    let choice = value.to_str().and_then(|word| arg.meaning(word));
    choice.map_or_else(|| value.clone(), |choice| choice.name.into())
}
