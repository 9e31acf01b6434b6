//! Arguments and options where they stand: that each can be reached, handed down, and seen.

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Command, Form, Program, Value};

/// What is required comes before what is not, and nothing comes after what repeats.
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
            // What stands behind `--` can be told from the rest, unless `--` is one of its words.
            if is_last(after) && !takes_all(before) {
                continue;
            }
            if after.required && !before.required && !is_last(after) {
                problems
                    .error(
                        Code::RequiredAfterOptional,
                        after.id.span,
                        format!(
                            "`{}` is required, but stands behind one that is not",
                            *after.id
                        ),
                    )
                    .related(before.id.span, "this one may be left out")
                    .help("put the required one first, or require both");
            }
            let list = |arg: &Arg| arg.value().is_some_and(Value::is_list);
            // `cp SOURCE... TARGET`: one value that must be given is left to the one behind.
            let leaves_one = at + 2 == arguments.len() && after.required && !list(after);
            if list(before) && (!leaves_one || takes_all(before)) {
                problems
                    .error(
                        Code::ArgumentAfterRepeated,
                        after.id.span,
                        format!("`{}` can never be reached", *after.id),
                    )
                    .related(before.id.span, "this one takes all that is left")
                    .help("make the one that repeats the last");
            }
            if is_last(before) {
                problems
                    .error(
                        Code::ArgumentAfterRepeated,
                        after.id.span,
                        format!("`{}` can never be reached", *after.id),
                    )
                    .related(before.id.span, "this one stands behind `--`")
                    .help("make the one behind `--` the last");
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

/// A command that has commands below it does nothing by itself, and what it takes is handed down.
pub(super) fn groups(program: &Program, problems: &mut Diagnostics) {
    for command in program
        .root
        .walk()
        .into_iter()
        .filter(|command| command.is_group())
    {
        for arg in command.defined_sets().flat_map(|set| &set.args) {
            if !arg.is_option() {
                problems
                    .error(
                        Code::ArgumentOfGroup,
                        arg.id.span,
                        format!(
                            "`{}` has commands, so it takes no arguments",
                            command.title()
                        ),
                    )
                    .help("move the argument to the commands that need it");
            } else if arg.required || arg.required_if().next().is_some() {
                problems
                    .error(
                        Code::RequiredOfGroup,
                        arg.id.span,
                        format!(
                            "`{}` is required of every command below `{}`",
                            arg.written(),
                            command.title()
                        ),
                    )
                    .help("what is handed down can't be required; require it in each command");
            }
        }
    }
}

/// What only a command with commands can be, and what one can't.
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
                "it does something by itself anyway",
            ),
            (
                command.external,
                "external",
                "a command that finds others has some of its own",
            ),
            (
                command.default_command.is_some(),
                "default-command",
                "there is none to be meant",
            ),
            (
                !command.headings.is_empty(),
                "headings",
                "there are none to be listed",
            ),
        ];
        // One error, however many keys follow from it.
        if let Some((_, key, why)) = wrong.into_iter().find(|(given, ..)| *given) {
            problems
                .error(
                    Code::KeyOfGroups,
                    command.span,
                    format!(
                        "`{}` has no commands, so it has no `{key}`",
                        command.title()
                    ),
                )
                .help(format!("remove the key: {why}"));
        }
    }
}

fn group_keys(command: &Command, problems: &mut Diagnostics) {
    for group in command.defined_sets().flat_map(|set| &set.groups) {
        if group.kind.is_required() {
            problems
                .error(
                    Code::RequiredOfGroup,
                    group.name.span,
                    format!(
                        "the group `{}` is required of every command below `{}`",
                        *group.name,
                        command.title()
                    ),
                )
                .help("what is handed down can't be required; put the group into each command");
        }
    }
    if let Some(needed) = command.needs.first() {
        problems
            .error(
                Code::RequiredOfGroup,
                needed.span,
                format!(
                    "`{}` has commands, so it requires no option",
                    command.title()
                ),
            )
            .help("say it in the commands that can't be called without it");
    }
    if let (true, Some(default)) = (command.runnable, &command.default_command) {
        problems
            .error(
                Code::RunnableWithDefault,
                default.span,
                format!(
                    "`{}` does something by itself, so no command is meant in its place",
                    command.title()
                ),
            )
            .help("remove `runnable` or `default-command`");
    }
}

/// Nobody can be asked for what nothing shows.
pub(super) fn hidden(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        for arg in set.args.iter().filter(|arg| arg.hidden && arg.required) {
            problems
                .error(
                    Code::HiddenRequired,
                    arg.id.span,
                    format!("`{}` is hidden, but must be given", arg.written()),
                )
                .help("remove `hidden` or `required`");
        }
    }
}
