//! Values that the spec itself gives.

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Form, Kind, Name, Program};

/// A default is a value that the command line would accept.
pub(super) fn defaults(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for arg in &set.args {
            let Some(value) = arg.value() else { continue };
            for default in &value.default {
                if value
                    .delimiter
                    .is_some_and(|delimiter| default.contains(delimiter))
                {
                    problems
                        .error(
                            Code::DefaultWithDelimiter,
                            default.span,
                            format!("the default `{}` holds the delimiter", **default),
                        )
                        .help("several defaults are written as a list: `default: [a, b]`");
                } else {
                    one_default(arg, &value.kind, default, problems);
                }
            }
        }
    }
}

fn one_default(arg: &Arg, kind: &Kind, default: &Name, problems: &mut Diagnostics) {
    match kind {
        Kind::Choice(choices) => {
            let names = || choices.iter().map(|(name, _)| name.as_str());
            if !names().any(|name| name == **default) {
                problems
                    .error(
                        Code::DefaultNotAChoice,
                        default.span,
                        format!(
                            "`{}` is not one of the choices of `{}`",
                            **default,
                            arg.written()
                        ),
                    )
                    .label("not a choice")
                    .suggest_name(default, default.span, names());
            }
        }
        Kind::Integer if default.parse::<i64>().is_err() => {
            problems
                .error(
                    Code::DefaultNotANumber,
                    default.span,
                    format!("`{}` is not a whole number of 64 bits", **default),
                )
                .help("write digits, with `-` before them if it is below zero");
        }
        Kind::Path if default.is_empty() => {
            problems
                .error(Code::DefaultEmptyPath, default.span, "a path is not empty")
                .help("write `.` for the folder in which the program runs, or remove the default");
        }
        Kind::Integer | Kind::String | Kind::Path => {}
    }
}

/// Where numbers below zero are accepted, `-1` is one and no option.
pub(super) fn digits(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let is_integer =
            |arg: &&Arg| matches!(arg.value().map(|value| &value.kind), Some(Kind::Integer));
        let Some(integer) = command.args().find(is_integer) else {
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
                    .help("use a letter");
            }
        }
    }
}

/// A choice in which the delimiter stands would be taken for two.
pub(super) fn delimiters(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for value in set.args.iter().filter_map(|arg| arg.value()) {
            let (Some(delimiter), Kind::Choice(choices)) = (value.delimiter, &value.kind) else {
                continue;
            };
            for (name, _) in choices.iter().filter(|(name, _)| name.contains(delimiter)) {
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
