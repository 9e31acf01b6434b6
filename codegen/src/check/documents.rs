//! What only documents show.

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::Program;

/// A number means one thing.
pub(super) fn exit_codes_once(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for pair in command.exit_codes.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            if a.code.value == b.code.value {
                problems
                    .error(
                        Code::ExitCodeTwice,
                        b.code.span,
                        format!("the exit code {} has two names", b.code.value),
                    )
                    .label(format!("here it is `{}`", *b.name))
                    .related(a.code.span, format!("here it is `{}`", *a.name))
                    .help("use one name, or another number");
            }
        }
    }
}

/// Names that documents show are there to be shown.
pub(super) fn names(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for exit in &command.exit_codes {
            if exit.name.is_empty() || exit.name.contains(char::is_whitespace) {
                problems
                    .error(
                        Code::NotAnExitCodeName,
                        exit.name.span,
                        format!("`{}` can't be the name of an exit code", *exit.name),
                    )
                    .help("a name is one word, such as `not-found`");
            }
        }
        for (name, _) in &command.files {
            if name.trim().is_empty() || name.contains('\n') {
                problems
                    .error(
                        Code::NotAFileName,
                        name.span,
                        "this can't be the name of a file",
                    )
                    .help("write the file's path, such as `~/.tool/config`");
            }
        }
    }
}

/// A set that nobody uses is an error in somebody's `use`.
pub(super) fn unused_sets(program: &Program, problems: &mut Diagnostics) {
    for set in &program.unused_sets {
        if let Some(name) = &set.name {
            problems
                .error(
                    Code::UnusedSet,
                    name.span,
                    format!("no command uses the set `{}`", **name),
                )
                .help(format!(
                    "write `use: {}` in a command, or remove the set",
                    **name
                ));
        }
    }
}
