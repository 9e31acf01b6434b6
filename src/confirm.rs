//! The question before a change.

use std::io::{self, BufRead, IsTerminal};

use crate::error::Error;
use crate::report::Report;

/// Whether somebody is there to answer.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks, and takes only `y` and `yes` for a yes; an empty answer or the end of input is a no.
pub fn ask(report: &Report, question: &str) -> Result<bool, Error> {
    report.question(format_args!("{question} [y/N]"));
    let mut answer = Vec::new();
    io::stdin()
        .lock()
        .read_until(b'\n', &mut answer)
        .map_err(Error::Input)?;
    if answer.last() != Some(&b'\n') {
        // The answer ended without Enter; the next message starts on a line of its own.
        report.end_line();
    }
    let answer = answer.trim_ascii();
    Ok(answer.eq_ignore_ascii_case(b"y") || answer.eq_ignore_ascii_case(b"yes"))
}
