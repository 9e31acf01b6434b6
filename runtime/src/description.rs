//! The description of the program as JSON, for other tools.

use std::io::Write;

use crate::console::print;
use crate::line::Setup;
use crate::model::Program;

/// The only argument of a program that is asked for its description. No program has such an option, so
/// programs without a description reject it.
const MARK: &str = "--clapspec-describe";

/// Prints the description, if the command line asks for it. Returns the exit code of the process in that
/// case.
pub fn describe(setup: &Setup, program: &Program, description: &str) -> Option<u8> {
    if !setup.request(MARK)?.is_empty() {
        return None;
    }
    let exit = match print(description) {
        Ok(()) => 0,
        Err(error) => {
            let message =
                format!("error: can't write the description to standard output: {error}\n");
            // As with all messages, an error here must not change the exit code.
            let _ = std::io::stderr().write_all(message.as_bytes());
            program.exits().failure.1
        }
    };
    Some(exit)
}
