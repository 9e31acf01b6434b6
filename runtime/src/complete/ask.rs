//! Values that only the program knows.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::offers::Candidate;
use crate::line::Line;

/// The time that a program has to find its values. A person who presses Tab doesn't wait longer.
const LIMIT: Duration = Duration::from_secs(2);

/// A command line that is still being typed, for a method that offers values.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    line: &'a Line,
    value: &'a str,
}

impl<'a> Typed<'a> {
    pub(super) fn new(line: &'a Line, value: &'a str) -> Self {
        Self { line, value }
    }

    /// Returns the value at the cursor, as far as it is typed. Candidates that don't begin with it are
    /// ignored, so a method needs it only to find them faster.
    pub fn value(&self) -> &'a str {
        self.value
    }

    /// Returns the command, as users call it: `authctl cargo logout`.
    pub fn command(&self) -> String {
        self.line.called.command().title()
    }

    /// Returns the values of the option or argument with the key `id` in the spec: from the command line
    /// before the cursor, from environment variables and configuration files, or its defaults. They are
    /// not validated.
    pub fn all(&self, id: &str) -> Vec<&'a OsStr> {
        self.line.values_of(id)
    }

    /// Returns the last of [these values](Self::all).
    pub fn get(&self, id: &str) -> Option<&'a OsStr> {
        self.all(id).pop()
    }

    /// Returns the last of [these values](Self::all), if it is a valid `T`.
    pub fn parse<T: FromStr>(&self, id: &str) -> Option<T> {
        self.get(id)?.to_str()?.parse().ok()
    }

    /// Returns whether the switch with the key `id` is given.
    pub fn is_given(&self, id: &str) -> bool {
        self.line.last(id).is_some_and(|given| !given.off)
    }
}

/// Calls the program's code for its values. What the code prints is discarded, and a panic means that
/// there are none. Returns the real standard output too.
///
/// After [`LIMIT`], prints the answer `without` these values and ends the process.
pub(super) fn within_limit(
    without: String,
    known: impl FnOnce() -> Vec<Candidate>,
) -> (Box<dyn Write>, Vec<Candidate>) {
    let Ok((output, for_timeout)) = real_output() else {
        return (Box::new(io::sink()), Vec::new());
    };
    let has_ended = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&has_ended);
    thread::spawn(move || {
        thread::sleep(LIMIT);
        if !ended.swap(true, Ordering::SeqCst) {
            let mut output = for_timeout;
            let _ = output.write_all(without.as_bytes());
            std::process::exit(0);
        }
    });
    let candidates = catch_unwind(AssertUnwindSafe(known)).unwrap_or_default();
    while has_ended.swap(true, Ordering::SeqCst) {
        // The other thread is ending the process.
        thread::park();
    }
    (output, candidates)
}

type Output = Box<dyn Write + Send>;

/// Returns standard output twice, and redirects standard output and standard error to nowhere.
#[cfg(unix)]
fn real_output() -> io::Result<(Output, Output)> {
    let output = File::from(rustix::io::dup(io::stdout())?);
    let nowhere = File::options().write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdout(&nowhere)?;
    rustix::stdio::dup2_stderr(&nowhere)?;
    Ok((Box::new(output.try_clone()?), Box::new(output)))
}

/// Returns standard output twice. Here, scripts discard standard error, and what is printed to standard
/// output is part of the answer.
#[cfg(not(unix))]
fn real_output() -> io::Result<(Output, Output)> {
    Ok((Box::new(io::stdout()), Box::new(io::stdout())))
}
