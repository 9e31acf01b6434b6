//! Converting a command with everything that it inherits to one clap command, and its command line to
//! one that is unambiguous.
//!
//! The scanner has already read the tokens. So clap gets a command line with the options first, each
//! with its first name and with `=` before its value, and then `--` and the positional arguments. clap
//! checks and counts the values, applies defaults and rules, and writes the error messages.

use std::borrow::Cow;
use std::ffi::OsString;

use clap::{ArgAction, Command};

use super::{Given, Line};
use crate::model::{Arg, Exists, Group, Kind, Program, Rule};

/// A token that can't occur on a command line, because the arguments of a process end at this character.
const END: &str = "\0";

/// Builds the command for clap.
pub(super) fn command(program: &Program, line: &Line) -> Command {
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
    // Rules can refer to negations, so clap has to know them as options.
    for (place, arg) in called.places() {
        let before = called.is_given_before(place, arg) || arg.sigil.is_some();
        let named = |clap: clap::Arg, name: String| match before {
            true => clap.short(None).long(inner_option(&name)),
            false => clap,
        };
        let negation = arg.negation_for_clap();
        let negation = negation.map(|it| named(it, negation_of(arg)));
        command = command.args(negation);
        command = command.groups(arg.either_for_clap());
        command = command.arg(named(flat_arg(line, arg), arg.written()));
    }
    command.groups(called.groups().map(Group::for_clap))
}

fn flat_arg(line: &Line, arg: &Arg) -> clap::Arg {
    let called = &line.called;
    let mut defined = Cow::Borrowed(arg);
    if let (true, Kind::Path(kind, _)) = (line.is_isolated(), arg.kind) {
        defined.to_mut().kind = Kind::Path(kind, Exists::Either);
    }
    if arg.takes_value() && line.last(arg.id).is_some_and(|given| given.off) {
        // A variable or a file says that there are no values, not even the default.
        let defined = defined.to_mut();
        defined.defaults.clear();
        defined.defaults_when.clear();
    }
    let mut flat = defined.for_clap(called);
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
        // Its values are separate tokens.
        let attached = given().all(|given| !given.values.is_empty());
        flat.allow_hyphen_values(true)
            .require_equals(arg.equals && arg.bare.is_none() && !attached)
    } else if arg.last || given().next().is_some() {
        // Its values follow `--` or come from a variable, so they must not mix with those of the others.
        flat.long(inner_name(arg))
            .last(false)
            .trailing_var_arg(false)
            .value_terminator(END)
            .allow_hyphen_values(true)
    } else {
        // The scanner has already decided which values may begin with a hyphen. Here they follow `--`.
        flat.allow_hyphen_values(true)
    }
}

/// The prefix of a name that only clap sees. It is a noncharacter, so no name of a spec begins with it.
/// clap prints it, whereas it would drop a control character and leave a name that looks like that of an
/// option.
const INNER: char = '\u{10ffff}';

/// Returns the name of a positional argument that is passed to clap as an option.
fn inner_name(arg: &Arg) -> &'static str {
    Box::leak(format!("{INNER}{}", arg.id).into())
}

/// Returns the name for clap of an option that was given before a subcommand, which may have an option of
/// the same name.
fn inner_option(written: &str) -> &'static str {
    Box::leak(format!("{INNER}{INNER}{written}").into())
}

/// Returns the negation of a switch, as users type it.
fn negation_of(arg: &Arg) -> String {
    format!("--{}", arg.negation.unwrap_or_default())
}

/// Converts an inner name in clap's output back to the name that users know.
pub(super) fn outer_name(name: &str) -> Option<String> {
    let inner = name.strip_prefix("--")?.strip_prefix(INNER)?;
    if let Some(written) = inner.strip_prefix(INNER) {
        // The value after a sign is part of the name.
        let name = written
            .split(' ')
            .next()
            .filter(|_| !written.starts_with('-'));
        return Some(name.unwrap_or(written).to_owned());
    }
    let shown = inner.split_once(' ').map_or(inner, |(_, shown)| shown);
    Some(shown.to_owned())
}

/// Returns the start of the command line for clap, with only the first `count` options.
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
        // A variable that turns off a switch answers which of the switch and its opposite is meant.
        let answers = arg.negation.is_some() && arg.is_required();
        if (answers || !given.is_unset()) && !replaced {
            let before = line.called.is_given_before(given.place, arg) || arg.sigil.is_some();
            option(arg, given, before, &mut words);
        }
    }
    words
}

/// Returns the command line for clap.
pub(super) fn words(line: &Line) -> Vec<OsString> {
    let mut words = first_options(line, usize::MAX);
    let last = line.called.positionals().find(|arg| arg.last);
    let (front, back) = line.front_and_back();
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

fn option(arg: &Arg, given: &Given, before: bool, words: &mut Vec<OsString>) {
    let name = match (given.off, arg.negation) {
        (true, Some(_)) => negation_of(arg),
        _ if arg.positional => format!("--{}", inner_name(arg)),
        _ => arg.written(),
    };
    let name = match before {
        true => format!("--{}", inner_option(&name)),
        false => name,
    };
    let mut values = given.values.iter().map(|value| meant(arg, value));
    let long = arg.long.is_some() || arg.positional || before;
    if given.extra {
        words.push(joined(&name, &values.next().unwrap_or_default()));
    } else if !arg.takes_value() || given.off {
        words.push(name.into());
    } else if values.len() == 0 {
        words.push(name.into());
        // The next token is not its value.
        words.extend((!arg.equals || arg.bare.is_some() && !long).then(|| END.into()));
    } else if arg.takes_several() && !(long && values.len() == 1) {
        let full = values.len() >= arg.most_values();
        words.push(name.into());
        words.extend(values);
        words.extend((!full && !arg.equals).then(|| END.into()));
    } else if long {
        words.extend(values.map(|value| joined(&name, &value)));
    } else {
        // clap may treat short options before an equals sign as a positional argument.
        words.extend(values.flat_map(|value| [OsString::from(&name), value]));
    }
}

/// Joins a name and a value: `--name=value`.
fn joined(name: &str, value: &OsString) -> OsString {
    let mut word = OsString::from(format!("{name}="));
    word.push(value);
    word
}

/// Replaces an alias of a choice with its name, because conditions compare names.
fn meant(arg: &Arg, value: &OsString) -> OsString {
    let choice = value.to_str().and_then(|word| arg.meaning(word));
    choice.map_or_else(|| value.clone(), |choice| choice.name.into())
}
