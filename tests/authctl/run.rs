//! Runs of programs, and what came of them.

use std::io::Write as _;
use std::process::{Child, Command, Output, Stdio};

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// The exit code; nothing after a signal.
    pub code: Option<i32>,
    /// What it wrote to standard output: the result.
    pub stdout: String,
    /// All that it wrote.
    pub said: String,
}

/// Runs a command to its end. It must neither panic nor show a token.
pub fn run(command: Command) -> Run {
    run_with(command, "")
}

/// The same with `stdin` as its input.
pub fn run_with(command: Command, stdin: &str) -> Run {
    came_of(&output(command, stdin))
}

/// Waits for a program that has been started with pipes. It must neither panic nor show a token.
pub fn end(child: Child) -> Run {
    came_of(&child.wait_with_output().expect("the program ends"))
}

/// Whether a text has what no message may show. The names of variables may have the word too.
pub fn shows_secret(text: &str) -> bool {
    text.replace("_SECRET_KEY", "").contains("SECRET")
}

fn came_of(output: &Output) -> Run {
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

/// Runs a command with `stdin` as its input, whatever it says.
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
