//! What the commands that clapspec adds to programs have in common.

use crate::console::Console;
use crate::model::Program;

/// An error of a built-in command.
pub(crate) struct Problem {
    message: String,
    help: Option<String>,
}

impl Problem {
    /// Creates an error with a way to fix it.
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

impl From<String> for Problem {
    fn from(message: String) -> Self {
        let help = None;
        Self { message, help }
    }
}

/// Reports the error of a built-in command, if there is one. Returns the exit code.
pub(crate) fn end(program: &Program, console: &Console, result: Result<(), Problem>) -> u8 {
    let Err(problem) = result else {
        return 0;
    };
    let failure = program.exits().failure;
    console.error(failure, &problem.message, problem.help.as_deref());
    failure.1
}
