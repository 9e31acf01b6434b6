//! Arguments and options where they stand: that each can be reached, handed down, and seen.

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Form, Program};

/// What is required comes before what is not, and nothing comes after what repeats.
pub(super) fn order(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let args = &command.own.args;
        let arguments: Vec<_> = args
            .iter()
            .filter(|arg| matches!(arg.form, Form::Argument))
            .collect();
        for pair in arguments.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            if after.required && !before.required {
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
            if before.value().is_some_and(|value| value.repeated) {
                problems
                    .error(
                        Code::ArgumentAfterRepeated,
                        after.id.span,
                        format!("`{}` can never be reached", *after.id),
                    )
                    .related(before.id.span, "this one takes all that is left")
                    .help("make the one that repeats the last");
            }
        }
    }
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
            } else if arg.required {
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
