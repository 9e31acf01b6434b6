//! Results of commands.

use super::contract::runs;
use crate::diagnostic::Diagnostics;
use crate::ir::Program;

/// Checks that commands with an `output` can be run.
pub(super) fn exit_codes(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        if let Some(output) = &command.output {
            runs(command, output.span, "output", problems);
        }
    }
}
