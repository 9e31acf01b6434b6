//! Results of commands.

use super::contract::{needs_exit_codes, runs};
use crate::diagnostic::Diagnostics;
use crate::ir::Program;

/// What prints a result runs, and can end without one.
pub(super) fn exit_codes(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        if let Some(output) = &command.output {
            needs_exit_codes(program, output.span, "output", problems);
            runs(command, output.span, "output", problems);
        }
    }
}
