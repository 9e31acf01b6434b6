//! A question before something is done.

use std::fmt::Display;
use std::io::{self, BufRead, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use crate::console::{Console, Format};
use crate::contract::{Exit, Failure};
use crate::text::printable_lines;

/// How a command may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Answer {
    /// Do it.
    Yes,
    /// Nobody was asked, because nothing is to be changed: show what would be done.
    DryRun,
}

/// A question that a command asks before it does anything.
#[derive(Debug)]
pub struct Question {
    text: String,
    /// Why nobody is asked.
    known: Option<Answer>,
}

impl Console {
    /// The question of a command.
    ///
    /// # Errors
    ///
    /// Where nobody can be asked, and the command line does not have the answer, the user is told, and
    /// the program ends with this exit code. That does not depend on what the command would find, so
    /// that a script gets the same answer each time.
    #[doc(hidden)]
    pub fn question(&self) -> Result<Question, ExitCode> {
        let known = match (self.dry_run, self.yes) {
            (true, _) => Some(Answer::DryRun),
            (false, true) => Some(Answer::Yes),
            (false, false) => None,
        };
        let why = match self.format {
            Format::Text if io::stdin().is_terminal() && io::stderr().is_terminal() => None,
            Format::Text => Some("this is not a terminal"),
            Format::Json | Format::PrettyJson => Some("the result is to be JSON"),
        };
        if let (None, Some(why)) = (known, why) {
            let message = format!("can't ask whether to go on: {why}");
            let yes = self.yes_name.as_deref();
            let help = yes.map(|yes| format!("pass {yes} to do it without a question"));
            self.error(self.usage, &message, help.as_deref());
            return Err(ExitCode::from(self.usage.1));
        }
        let text = String::new();
        Ok(Question { text, known })
    }
}

impl Question {
    /// A question whose answer is known, so that nobody is asked. For tests of handlers.
    pub fn answered(answer: Answer) -> Self {
        let (text, known) = (String::new(), Some(answer));
        Self { text, known }
    }

    /// Adds words of the spec.
    #[doc(hidden)]
    pub fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a value, without characters that a terminal would obey.
    #[doc(hidden)]
    pub fn value(&mut self, value: impl Display) {
        let value = printable_lines(&value.to_string()).replace('\n', " ");
        self.text.push_str(&value);
    }

    /// Asks, unless the answer is known. Only `y` and `yes` are a yes; an empty line, the end of the
    /// input, Ctrl-C and a terminal that went away are a no.
    ///
    /// # Errors
    ///
    /// After a no, which ends the command.
    #[doc(hidden)]
    pub fn ask<C: Exit>(&self) -> Result<Answer, Failure<C>> {
        if let Some(known) = self.known {
            return Ok(known);
        }
        let answer = self.read_answer();
        // Without its end, a line was not sent.
        let line = answer.strip_suffix(b"\n").unwrap_or_default();
        let word = line.trim_ascii();
        match word.eq_ignore_ascii_case(b"y") || word.eq_ignore_ascii_case(b"yes") {
            true => Ok(Answer::Yes),
            false => Err(Failure::declined()),
        }
    }

    /// Shows the question and reads one line. What was typed before the question does not answer it.
    fn read_answer(&self) -> Vec<u8> {
        #[cfg(unix)]
        let terminal = terminal::Asking::start();
        let mut stderr = io::stderr().lock();
        let asked = write!(stderr, "{} [y/N] ", self.text).and_then(|()| stderr.flush());
        if asked.is_err() {
            // Nobody saw it.
            return Vec::new();
        }
        let answer = read_line();
        #[cfg(unix)]
        let answer = match terminal {
            Some(terminal) if answer.contains(&terminal.interrupt) => Vec::new(),
            _ => answer,
        };
        if answer.last() != Some(&b'\n') {
            // The next message begins on a line of its own.
            let _ = stderr.write_all(b"\n");
        }
        answer
    }
}

/// What the terminal hands over at once: a line, or what was typed before Ctrl-C or Ctrl-D. Nothing,
/// when it went away.
fn read_line() -> Vec<u8> {
    let mut stdin = io::stdin().lock();
    loop {
        match stdin.fill_buf() {
            Ok(bytes) => {
                let newline = bytes.iter().position(|&byte| byte == b'\n');
                let line = bytes[..newline.map_or(bytes.len(), |at| at + 1)].to_vec();
                stdin.consume(line.len());
                return line;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Vec::new(),
        }
    }
}

#[cfg(unix)]
mod terminal {
    use std::io;

    use rustix::termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

    /// A terminal on which Ctrl-C ends the line and not the program, until this is dropped: it is an
    /// answer, and the program ends with the code that the spec has for it.
    pub(super) struct Asking {
        before: Termios,
        /// The character that Ctrl-C types.
        pub(super) interrupt: u8,
    }

    impl Asking {
        /// Nothing where the terminal does not take it; Ctrl-C ends the program then.
        pub(super) fn start() -> Option<Self> {
            let before = tcgetattr(io::stdin()).ok()?;
            let interrupt = before.special_codes[SpecialCodeIndex::VINTR];
            let mut asking = before.clone();
            // 0 is the character of nothing (`_POSIX_VDISABLE`).
            asking.special_codes[SpecialCodeIndex::VINTR] = 0;
            asking.special_codes[SpecialCodeIndex::VEOL] = interrupt;
            tcsetattr(io::stdin(), OptionalActions::Flush, &asking).ok()?;
            Some(Self { before, interrupt })
        }
    }

    impl Drop for Asking {
        fn drop(&mut self) {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
        }
    }
}
