//! Names that only the documentation shows, and sets that no command uses.

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::Program;

/// Checks that each exit code of a command has one name.
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
                    .label(format!("named `{}` here", *b.name))
                    .related(a.code.span, format!("named `{}` here", *a.name))
                    .help("use one name, or give one of them another number");
            }
        }
    }
}

/// Checks that no command has the name of the man page with all commands.
pub(super) fn man_of_all(program: &Program, problems: &mut Diagnostics) {
    let Some(span) = program.man_of_all else {
        return;
    };
    let all = program.name_of_all();
    let commands = program.root.walk();
    // Some file systems ignore case.
    let mut same = commands
        .iter()
        .filter(|command| command.page_name().eq_ignore_ascii_case(&all));
    if let Some(command) = same.next() {
        problems
            .error(
                Code::CommandTwice,
                span,
                format!("the man page with all commands is called `{all}`, like that of a command"),
            )
            .related(command.span, "the command")
            .help("remove `single-page`, or rename the command");
    }
}

/// Checks the names of exit codes and files.
pub(super) fn names(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for exit in &command.exit_codes {
            if exit.name.is_empty() || exit.name.contains(char::is_whitespace) {
                problems
                    .error(
                        Code::NotAnExitCodeName,
                        exit.name.span,
                        format!("`{}` is not a valid name for an exit code", *exit.name),
                    )
                    .help("use a single word, such as `not-found`");
            }
        }
        for (name, _) in &command.files {
            if name.trim().is_empty() || name.contains('\n') {
                problems
                    .error(
                        Code::NotAFileName,
                        name.span,
                        "this is not a valid file path",
                    )
                    .help("write a path such as `~/.tool/config`");
            }
        }
    }
}

/// Checks that every set is used. An unused one is probably missing in a `use`.
pub(super) fn unused_sets(program: &Program, problems: &mut Diagnostics) {
    for set in &program.unused_sets {
        if let Some(name) = &set.name {
            problems
                .error(
                    Code::UnusedSet,
                    name.span,
                    format!("the set `{}` is never used", **name),
                )
                .help(format!(
                    "add `use: {}` to a command, or remove the set",
                    **name
                ));
        }
    }
}
