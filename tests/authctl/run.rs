//! Runs of programs, and their outcomes.

use std::io::Write as _;
use std::process::{Child, Command, Output, Stdio};

/// The outcome of a run.
#[derive(Debug)]
pub struct Run {
    /// The exit code, or `None` after a signal.
    pub code: Option<i32>,
    /// The standard output: the result.
    pub stdout: String,
    /// The standard output and the standard error.
    pub said: String,
}

/// Runs a command to its end. It must neither panic nor show a token.
pub fn run(command: Command) -> Run {
    run_with(command, "")
}

/// The same with this standard input.
pub fn run_with(command: Command, stdin: &str) -> Run {
    outcome(&output(command, stdin))
}

/// Waits for a program that has been started with pipes. It must neither panic nor show a token.
pub fn end(child: Child) -> Run {
    outcome(&child.wait_with_output().expect("the program ends"))
}

/// Whether a string contains a secret. Names of variables may contain `SECRET` too.
pub fn shows_secret(text: &str) -> bool {
    text.replace("_SECRET_KEY", "").contains("SECRET")
}

fn outcome(output: &Output) -> Run {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    let said = String::from_utf8_lossy(&both).into_owned();
    assert!(!shows_secret(&said), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        said,
    }
}

/// Runs a command with this standard input, without a check of its output.
pub fn output(mut command: Command, stdin: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that fails early does not read its input.
    let _ = child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(stdin.as_bytes());
    child.wait_with_output().expect("the program ends")
}
