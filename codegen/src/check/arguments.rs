//! The position of arguments and options: each must be reachable, inheritable and visible.

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Command, Form, Program, Value};

/// Checks that required arguments precede optional ones, and that a repeated argument is the last.
pub(super) fn order(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let arguments: Vec<&Arg> = command
            .own
            .args
            .iter()
            .filter(|arg| !arg.is_option())
            .collect();
        for (at, pair) in arguments.windows(2).enumerate() {
            let (before, after) = (pair[0], pair[1]);
            // An argument after `--` is unambiguous, unless the one before it takes `--` as a value.
            if is_last(after) && !takes_all(before) {
                continue;
            }
            if after.required && !before.required && !is_last(after) {
                problems
                    .error(
                        Code::RequiredAfterOptional,
                        after.id.span,
                        format!("required argument `{}` follows an optional one", *after.id),
                    )
                    .related(before.id.span, "this argument is optional")
                    .help("put the required argument first, or make both required");
            }
            let list = |arg: &Arg| arg.value().is_some_and(Value::is_list);
            // `cp SOURCE... TARGET`: the repeated argument leaves one value to a required last one.
            let leaves_one = at + 2 == arguments.len() && after.required && !list(after);
            if list(before) && (!leaves_one || takes_all(before)) {
                problems
                    .error(
                        Code::ArgumentAfterRepeated,
                        after.id.span,
                        format!("`{}` can never get a value", *after.id),
                    )
                    .related(before.id.span, "this argument takes all remaining values")
                    .help("make the repeated argument the last one");
            }
            if is_last(before) {
                problems
                    .error(
                        Code::ArgumentAfterRepeated,
                        after.id.span,
                        format!("`{}` can never get a value", *after.id),
                    )
                    .related(before.id.span, "this argument comes after `--`")
                    .help("make the argument after `--` the last one");
            }
        }
    }
}

fn is_last(arg: &Arg) -> bool {
    matches!(arg.form, Form::Argument { last: true, .. })
}

fn takes_all(arg: &Arg) -> bool {
    matches!(arg.form, Form::Argument { trailing: true, .. })
}

/// Checks the arguments and options of command groups, whose subcommands inherit them.
pub(super) fn groups(program: &Program, problems: &mut Diagnostics) {
    for command in program
        .root
        .walk()
        .into_iter()
        .filter(|command| command.is_group())
    {
        for arg in command.defined_sets().flat_map(|set| &set.args) {
            if !arg.is_option() && command.runnable && !command.external {
                // It is taken only if no subcommand is named.
            } else if !arg.is_option() {
                problems
                    .error(
                        Code::ArgumentOfGroup,
                        arg.id.span,
                        format!(
                            "`{}` has subcommands, so it can't take arguments",
                            command.title()
                        ),
                    )
                    .help(match command.external {
                        true => "move the argument to the subcommands that need it",
                        false => "move the argument to the subcommands that need it; a command group with `runnable: true` can take arguments itself",
                    });
            } else if !arg.is_passed_on() {
                without_subcommand(command, arg, problems);
            } else if arg.required || arg.required_if().next().is_some() {
                problems
                    .error(
                        Code::RequiredOfGroup,
                        arg.id.span,
                        format!(
                            "`{}` can't be required, because `{}` has subcommands",
                            arg.written(),
                            command.title()
                        ),
                    )
                    .label("it may also follow the subcommand's name")
                    .help("require it in each subcommand instead");
            }
        }
    }
}

/// Checks an option of a command group that is accepted only without a subcommand: a handler must get it.
fn without_subcommand(command: &Command, arg: &Arg, problems: &mut Diagnostics) {
    if let (false, Some(placement)) = (command.runnable, arg.placement) {
        problems
            .error(
                Code::KeyDoesNotFit,
                placement.span,
                format!("`{}` always needs a subcommand", command.title()),
            )
            .label(format!("so `{}` can never be used", arg.written()))
            .help("add `runnable: true`, or use `placement: before-subcommand`");
    }
}

/// Checks that only the program itself has options with a sign, and each sign once.
pub(super) fn sigils(program: &Program, problems: &mut Diagnostics) {
    let mut seen = Vec::new();
    for set in all_sets(program) {
        let is_own = std::sync::Arc::ptr_eq(&set, &program.root.own);
        let signs = set.args.iter().filter_map(|arg| match &arg.form {
            Form::Option { sigil, .. } => *sigil,
            Form::Argument { .. } => None,
        });
        for sign in signs {
            if !is_own {
                problems
                    .error(
                        Code::KeyDoesNotFit,
                        sign.span,
                        "only an option of the program itself can have a `sigil`",
                    )
                    .help("move the option to the program's `options`");
            } else if seen.contains(&sign.value) {
                problems
                    .error(
                        Code::OptionTwice,
                        sign.span,
                        format!("two options have the sign `{}`", sign.value),
                    )
                    .help("use another sign");
            }
            seen.push(sign.value);
        }
    }
}

/// Checks that sets, which commands without subcommands use too, don't place their options.
pub(super) fn placements(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        let alone = set
            .args
            .iter()
            .filter(|arg| !arg.is_passed_on() && arg.is_option());
        for placement in alone
            .filter_map(|arg| arg.placement)
            .filter(|_| set.name.is_some())
        {
            problems
                .error(
                    Code::KeyDoesNotFit,
                    placement.span,
                    "an option of a set can't be kept from subcommands",
                )
                .help("define the option in the command group itself, or use `before-subcommand`");
        }
    }
    for command in program
        .root
        .walk()
        .into_iter()
        .filter(|command| !command.is_group())
    {
        for placement in command.own.args.iter().filter_map(|arg| arg.placement) {
            problems
                .error(
                    Code::KeyDoesNotFit,
                    placement.span,
                    format!(
                        "`{}` has no subcommands, so `placement` has no effect",
                        command.title()
                    ),
                )
                .help("remove the key");
        }
    }
}

/// Checks keys that only fit command groups, and keys that don't fit them.
pub(super) fn keys_of_groups(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        if command.is_group() {
            group_keys(command, problems);
            continue;
        }
        let wrong = [
            (
                command.runnable,
                "runnable",
                "a command without subcommands can always be run",
            ),
            (
                command.external,
                "external",
                "only a command with subcommands can have external ones",
            ),
            (
                command.default_command.is_some(),
                "default-command",
                "there is no subcommand to choose",
            ),
            (
                !command.headings.is_empty(),
                "headings",
                "there are no subcommands to list",
            ),
        ];
        // One error is enough, even if there are several such keys.
        if let Some((_, key, why)) = wrong.into_iter().find(|(given, ..)| *given) {
            problems
                .error(
                    Code::KeyOfGroups,
                    command.span,
                    format!(
                        "`{}` has no subcommands, so it can't have `{key}`",
                        command.title()
                    ),
                )
                .help(format!("remove the key: {why}"));
        }
    }
}

fn group_keys(command: &Command, problems: &mut Diagnostics) {
    for group in command.defined_sets().flat_map(|set| &set.groups) {
        let mut members = group.members.iter().filter_map(|id| command.arg(id));
        if group.is_required() && members.any(Arg::is_passed_on) {
            problems
                .error(
                    Code::RequiredOfGroup,
                    group.name.span,
                    format!(
                        "the option group `{}` can't be required, because `{}` has subcommands",
                        *group.name,
                        command.title()
                    ),
                )
                .label("its options may also follow the subcommand's name")
                .help("define the group in each subcommand instead");
        }
    }
    if let Some(needed) = command.needs.first() {
        problems
            .error(
                Code::RequiredOfGroup,
                needed.span,
                format!(
                    "`{}` has subcommands, so it can't require an option",
                    command.title()
                ),
            )
            .label("it may also follow the subcommand's name")
            .help("add `requires` to the subcommands that need the option");
    }
    if let (true, Some(default)) = (command.runnable, &command.default_command) {
        problems
            .error(
                Code::RunnableWithDefault,
                default.span,
                format!(
                    "`{}` is `runnable`, so it can't have a `default-command`",
                    command.title()
                ),
            )
            .help("remove `runnable` or `default-command`");
    }
}

/// Checks that required arguments and options are not hidden.
pub(super) fn hidden(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for arg in set.args.iter().filter(|arg| arg.hidden && arg.required) {
            problems
                .error(
                    Code::HiddenRequired,
                    arg.id.span,
                    format!("`{}` is required, but hidden", arg.written()),
                )
                .help("remove `hidden` or `required`");
        }
    }
}
