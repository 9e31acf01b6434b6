//! Values that the spec itself gives.

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Form, Kind, Name, Program, Takes, Value};

/// A default is a value that the command line would accept, and so is a value in place of one that
/// is left out.
pub(super) fn defaults(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for arg in &set.args {
            let Some(value) = arg.value() else { continue };
            let conditional = value.default_when.iter().map(|default| &default.value);
            for default in value.default.iter().chain(conditional).chain(&value.bare) {
                let delimiter = value.delimiter.filter(|c| default.contains(*c));
                if delimiter.is_some() {
                    problems
                        .error(
                            Code::DefaultWithDelimiter,
                            default.span,
                            format!("the default `{}` holds the delimiter", **default),
                        )
                        .help("several defaults are written as a list: `default: [a, b]`");
                } else {
                    accepted(arg, value, default, problems);
                }
            }
        }
    }
}

/// What a condition expects of an option is a value that it may have.
pub(super) fn conditions(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for arg in command.defined_sets().flat_map(|set| &set.args) {
            let conditions = arg.required_when.iter().chain(&arg.required_when_all);
            let defaults = arg
                .value()
                .into_iter()
                .flat_map(|value| &value.default_when);
            for condition in conditions.chain(defaults.map(|default| &default.when)) {
                let Some(other) = command.arg(&condition.arg) else {
                    continue;
                };
                match &other.takes {
                    Takes::Value(value) => accepted(other, value, &condition.is, problems),
                    Takes::Count(_) => {
                        problems
                            .error(
                                Code::NotACondition,
                                condition.arg.span,
                                format!("`{}` counts, and has no value", other.written()),
                            )
                            .help("conditions are about options with values, and switches");
                    }
                    Takes::Switch | Takes::Negatable { .. } if **condition.is != *"true" => {
                        problems
                            .error(
                                Code::NotACondition,
                                condition.is.span,
                                format!("`{}` is a switch", other.written()),
                            )
                            .suggest(
                                "the value of a switch that is given is `true`",
                                condition.is.span,
                                "true",
                            )
                            // `false` is the opposite.
                            .uncertain();
                    }
                    Takes::Switch | Takes::Negatable { .. } => {}
                }
            }
        }
    }
}

/// Records a value that the command line would refuse.
fn accepted(arg: &Arg, value: &Value, given: &Name, problems: &mut Diagnostics) {
    if let Some(choices) = value.choices() {
        if !choices.is_empty() && value.meaning(given).is_none() {
            problems
                .error(
                    Code::DefaultNotAChoice,
                    given.span,
                    format!(
                        "`{}` is not one of the choices of `{}`",
                        **given,
                        arg.written()
                    ),
                )
                .label("not a choice")
                .suggest_name(given, given.span, choices.iter().map(|c| c.name.as_str()));
        }
        return;
    }
    // What a type of the program's own accepts is known when the program runs.
    if let Err(expected) = value.kind.model().check(given) {
        let help = match &value.kind {
            Kind::Path(..) => "write `.` for the directory in which the program runs, or remove it",
            _ => "write a value that the command line accepts, or remove it",
        };
        problems
            .error(
                Code::ValueNotAccepted,
                given.span,
                format!("{expected}, found `{}`", **given),
            )
            .label(format!("`{}` would refuse this", arg.written()))
            .help(help);
    }
}

/// Default paths that would have to be read by a shell: `~/.x`, `$HOME/x`, `%APPDATA%\x`.
pub(super) fn paths(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for value in set.args.iter().filter_map(|arg| arg.value()) {
            if !matches!(value.kind, Kind::Path(..)) {
                continue;
            }
            let conditional = value.default_when.iter().map(|default| &default.value);
            for default in value.default.iter().chain(conditional).chain(&value.bare) {
                if let Some(part) = for_a_shell(default) {
                    problems
                        .warning(
                            Code::ShellInPath,
                            default.span,
                            format!("nothing replaces `{part}` in this path"),
                        )
                        .help("leave the default out, find the path in the program, and name it in the help");
                }
            }
        }
    }
}

/// The part of a path that a shell would replace.
fn for_a_shell(path: &str) -> Option<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let first = path.split(['/', '\\']).next().unwrap_or_default();
    if first
        .strip_prefix('~')
        .is_some_and(|user| user.chars().all(is_name))
    {
        return Some(first);
    }
    let variables = path.match_indices('$').filter_map(|(at, _)| {
        let begins = at == 0 || path[..at].ends_with(['/', ':']);
        let name = path[at + 1..].strip_prefix('{').unwrap_or(&path[at + 1..]);
        let length = name.find(|c| !is_name(c)).unwrap_or(name.len());
        let end = path.len() - name.len() + length;
        let end = end + usize::from(path[end..].starts_with('}'));
        (begins && length > 0).then(|| &path[at..end])
    });
    // Not `%Y%m%d`, nor `%20a%20`.
    let windows = path.match_indices('%').filter_map(|(at, _)| {
        let end = at + 1 + path[at + 1..].find('%')?;
        let name = &path[at + 1..end];
        let is_variable = name.len() > 2
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| is_name(c) || "()".contains(c));
        is_variable.then(|| &path[at..=end])
    });
    variables.chain(windows).next()
}

/// Where numbers below zero are accepted, `-1` is one and no option.
pub(super) fn digits(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let is_number = |arg: &&Arg| match arg.value().map(|value| &value.kind) {
            Some(Kind::Integer { min, .. }) => *min < 0,
            Some(Kind::Float { min, .. }) => *min < 0.0,
            _ => false,
        };
        let Some(integer) = command.args().find(is_number) else {
            continue;
        };
        for arg in command.args() {
            let Form::Option {
                short: Some(short), ..
            } = &arg.form
            else {
                continue;
            };
            if short.value.is_ascii_digit() {
                problems
                    .error(
                        Code::DigitOption,
                        short.span,
                        format!("`-{}` would be taken for a number", short.value),
                    )
                    .related(integer.id.span, "this takes numbers below zero")
                    .help("use a letter, or say that no number is below zero: `min: 0`");
            }
        }
    }
}

/// A choice in which the delimiter stands would be taken for two.
pub(super) fn delimiters(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for value in set.args.iter().filter_map(|arg| arg.value()) {
            let (Some(delimiter), Some(choices)) = (value.delimiter, value.choices()) else {
                continue;
            };
            for choice in choices
                .iter()
                .filter(|choice| choice.name.contains(delimiter))
            {
                let name = &choice.name;
                problems
                    .error(
                        Code::ChoiceWithDelimiter,
                        name.span,
                        format!("`{}` can never be chosen", **name),
                    )
                    .label(format!("holds the delimiter `{delimiter}`"))
                    .help("rename the choice, or use another delimiter");
            }
        }
    }
}
