//! Values in the spec itself: defaults, conditions and choices.

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Form, Kind, Name, Program, Takes, Value};

/// Checks that the command line would accept each `default`, `default-when` and `bare`.
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
                            format!("the default `{}` contains the delimiter", **default),
                        )
                        .help("write several defaults as a list: `default: [a, b]`");
                } else {
                    accepted(arg, value, default, problems);
                }
            }
        }
    }
}

/// Checks that at most one member of a group of which one counts has a default.
pub(super) fn defaults_of_groups(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for group in set.types() {
            let members = group.members.iter();
            let args = members.filter_map(|id| set.args.iter().find(|arg| *arg.id == **id));
            let has_default = |arg: &&Arg| match &arg.takes {
                Takes::Negatable { default, .. } => *default == Some(true),
                Takes::Value(value) => !value.default.is_empty(),
                Takes::Switch | Takes::Count(_) => false,
            };
            let mut args = args.filter(has_default);
            if let (Some(first), Some(second)) = (args.next(), args.next()) {
                problems
                    .error(
                        Code::SeveralDefaults,
                        second.id.span,
                        format!(
                            "two members of the option group `{}` have a default",
                            *group.name
                        ),
                    )
                    .related(first.id.span, "the other one")
                    .help("at most one member is used; remove one of the defaults");
            }
        }
    }
}

/// Checks that a condition compares an option with a value that it can have.
pub(super) fn conditions(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for arg in command.defined_sets().flat_map(|set| &set.args) {
            let conditions = arg.conditions();
            let of_values = || {
                let conflicts = arg.conflicts_when.iter().chain(&arg.conflicts_when_all);
                conflicts
                    .chain(&arg.requires_when)
                    .chain(&arg.requires_when_all)
            };
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
                                format!("`{}` is counted, so it has no value", other.written()),
                            )
                            .help("use an option with a value, or a switch");
                    }
                    // The opposite of a switch is a value, but doesn't count as given.
                    Takes::Negatable { .. }
                        if *condition.is == "false"
                            && of_values().any(|own| std::ptr::eq(own, condition)) => {}
                    Takes::Switch | Takes::Negatable { .. } if **condition.is != *"true" => {
                        problems
                            .error(
                                Code::NotACondition,
                                condition.is.span,
                                format!(
                                    "`{}` is a switch, so its value can only be `true`",
                                    other.written()
                                ),
                            )
                            .suggest(
                                "use `true`, which means that the switch is given",
                                condition.is.span,
                                "true",
                            )
                            // `false` would mean the opposite.
                            .uncertain();
                    }
                    Takes::Switch | Takes::Negatable { .. } => {}
                }
            }
        }
    }
}

/// Records an error if the command line would reject a value.
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
    // What a type defined by the program accepts is only known at run time.
    if let Err(expected) = value.kind.model().check(given) {
        let help = match &value.kind {
            Kind::Path(..) => "use `.` for the current directory, or remove the value",
            _ => "use a value that the command line accepts, or remove it",
        };
        problems
            .error(
                Code::ValueNotAccepted,
                given.span,
                format!("{expected}, found `{}`", **given),
            )
            .label(format!("`{}` doesn't accept this value", arg.written()))
            .help(help);
    }
}

/// Warns of default paths that only a shell would expand: `~/.x`, `$HOME/x`, `%APPDATA%\x`.
pub(super) fn paths(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for value in set.args.iter().filter_map(|arg| arg.value()) {
            if !matches!(value.kind, Kind::Path(..)) {
                continue;
            }
            let conditional = value.default_when.iter().map(|default| &default.value);
            for default in value.default.iter().chain(conditional).chain(&value.bare) {
                if let Some(part) = shell_syntax(default) {
                    problems
                        .warning(
                            Code::ShellInPath,
                            default.span,
                            format!("`{part}` is not expanded in this path"),
                        )
                        .help("remove the default, find the path in the program, and describe it in `help`");
                }
            }
        }
    }
}

/// Returns the part of a path that a shell would expand.
fn shell_syntax(path: &str) -> Option<&str> {
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
    // Dates such as `%Y%m%d` and escapes such as `%20a%20` are not variables.
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

/// Checks that a command with negative numbers has no option such as `-1`.
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
                        format!("`-{}` would be read as a negative number", short.value),
                    )
                    .related(integer.id.span, "this accepts negative numbers")
                    .help("use a letter, or don't accept negative numbers: `min: 0`");
            }
        }
    }
}

/// Checks that no choice contains the delimiter, because it would be split at it.
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
                        format!("the choice `{}` can never be used", **name),
                    )
                    .label(format!("contains the delimiter `{delimiter}`"))
                    .help("rename the choice, or use another delimiter");
            }
        }
    }
}
