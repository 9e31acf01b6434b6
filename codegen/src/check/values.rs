//! Values that the spec itself gives.

use clapspec_runtime::types;

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Choice, Form, Kind, Name, Program, Takes, Value};

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
    if let Kind::Choice {
        choices,
        ignore_case,
    } = &value.kind
    {
        let same = |name: &Name| match ignore_case {
            true => name.eq_ignore_ascii_case(given),
            false => **name == **given,
        };
        let is = |choice: &Choice| same(&choice.name) || choice.aliases.iter().any(same);
        if !choices.is_empty() && !choices.iter().any(is) {
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
    if let Err((message, help)) = parse(&value.kind, given) {
        problems
            .error(Code::ValueNotAccepted, given.span, message)
            .label(format!("`{}` would refuse this", arg.written()))
            .help(help);
    }
}

type Wrong = (String, String);

/// Whether a value of this kind may be written so; or what is wrong, and what to write.
fn parse(kind: &Kind, text: &str) -> Result<(), Wrong> {
    let wrong = |what: &str, help: &str| Err((format!("`{text}` is not {what}"), help.to_owned()));
    let digits = "write digits, with `-` before them if it is below zero";
    let by = |result: Result<(), String>, what: &str| {
        result.map_err(|help| (format!("`{text}` is not {what}"), help))
    };
    match kind {
        Kind::Integer { min, max } => match text.parse::<i64>() {
            Ok(number) if (*min..=*max).contains(&number) => Ok(()),
            Ok(_) => wrong(
                "in the range",
                &format!("write a number from {min} to {max}"),
            ),
            Err(_) => wrong("a whole number of 64 bits", digits),
        },
        Kind::Float { min, max } => match text.parse::<f64>() {
            Ok(number) if number.is_finite() && (*min..=*max).contains(&number) => Ok(()),
            Ok(number) if number.is_finite() => wrong(
                "in the range",
                &format!("write a number from {min} to {max}"),
            ),
            _ => wrong("a number", digits),
        },
        Kind::Boolean if !matches!(text, "true" | "false") => {
            wrong("`true` or `false`", "write one of the two")
        }
        Kind::Path(..) if text.is_empty() => Err((
            "a path is not empty".to_owned(),
            "write `.` for the folder in which the program runs, or remove the default".to_owned(),
        )),
        Kind::Url => by(types::url(text).map(drop), "an address"),
        Kind::Duration => by(types::duration(text).map(drop), "a time"),
        Kind::Size => by(types::size(text).map(drop), "a size"),
        Kind::KeyValue => by(types::key_value(text).map(drop), "a pair"),
        // What a type of the program's own accepts is known when the program runs.
        Kind::Boolean
        | Kind::String
        | Kind::Secret
        | Kind::Path(..)
        | Kind::Rust(_)
        | Kind::Choice { .. } => Ok(()),
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
