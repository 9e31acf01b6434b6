//! What only documents show.

use crate::diagnostic::Diagnostics;
use crate::ir::Program;

/// A number means one thing.
pub(super) fn exit_codes_once(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for pair in command.exit_codes.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            if a.code.value == b.code.value {
                problems
                    .error(b.code.span, format!("the exit code {} has two names", b.code.value))
                    .label(format!("here it is `{}`", *b.name))
                    .related(a.code.span, format!("here it is `{}`", *a.name))
                    .help("use one name, or another number");
            }
        }
    }
}

/// A set that nobody uses is a mistake in somebody's `use`.
pub(super) fn unused_sets(program: &Program, problems: &mut Diagnostics) {
    for set in &program.unused_sets {
        if let Some(name) = &set.name {
            problems
                .error(name.span, format!("no command uses the set `{}`", **name))
                .help(format!("write `use: {}` in a command, or remove the set", **name));
        }
    }
}
