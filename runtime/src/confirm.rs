//! Questions that a command asks before it acts.

use std::fmt::Display;
use std::io::{self, BufRead, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use crate::console::{Console, Format};
use crate::contract::{Exit, Failure};
use crate::text::printable_lines;

/// The answer to a question, which decides how a command continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Answer {
    /// The user confirmed: the command does what it asked about.
    Yes,
    /// The user was not asked, because of an option with the role `dry-run`: the command only shows what
    /// it would do.
    DryRun,
}

/// A question that a command asks before it acts.
#[derive(Debug)]
pub struct Question {
    text: String,
    /// The answer, if it is known without asking.
    known: Option<Answer>,
}

impl Console {
    /// Creates the question of a command.
    ///
    /// # Errors
    ///
    /// If the user can't be asked and the command line does not contain the answer, prints an error and
    /// returns the exit code with which the program ends. This happens before the command does anything,
    /// so that a script gets the same result each time.
    #[doc(hidden)]
    pub fn question(&self) -> Result<Question, ExitCode> {
        let known = match (self.dry_run, self.yes) {
            (true, _) => Some(Answer::DryRun),
            (false, true) => Some(Answer::Yes),
            (false, false) => None,
        };
        let why = match self.format {
            Format::Text if io::stdin().is_terminal() && io::stderr().is_terminal() => None,
            Format::Text => Some("standard input or standard error is not a terminal"),
            Format::Json | Format::PrettyJson => Some("JSON output was requested"),
        };
        if let (None, Some(why)) = (known, why) {
            let message = format!("can't ask for confirmation: {why}");
            let yes = self.yes_name.as_deref();
            let help = yes.map(|yes| format!("pass `{yes}` to continue without confirmation"));
            self.error(self.usage, &message, help.as_deref());
            return Err(ExitCode::from(self.usage.1));
        }
        let text = String::new();
        Ok(Question { text, known })
    }
}

impl Question {
    /// Creates a question whose answer is already known, for tests of handlers.
    pub fn answered(answer: Answer) -> Self {
        let (text, known) = (String::new(), Some(answer));
        Self { text, known }
    }

    /// Adds text of the spec.
    #[doc(hidden)]
    pub fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a value. Control characters are escaped, so that they can't affect the terminal.
    #[doc(hidden)]
    pub fn value(&mut self, value: impl Display) {
        let value = printable_lines(&value.to_string()).replace('\n', " ");
        self.text.push_str(&value);
    }

    /// Asks the user, unless the answer is known. Only `y` and `yes` confirm. An empty line, the end of
    /// the input, Ctrl-C and a closed terminal decline.
    ///
    /// # Errors
    ///
    /// Returns an error that ends the command if the user declined.
    #[doc(hidden)]
    pub fn ask<C: Exit>(&self) -> Result<Answer, Failure<C>> {
        if let Some(known) = self.known {
            return Ok(known);
        }
        let answer = self.read_answer();
        // A line without a line break was not confirmed with Enter.
        let line = answer.strip_suffix(b"\n").unwrap_or_default();
        let word = line.trim_ascii();
        match word.eq_ignore_ascii_case(b"y") || word.eq_ignore_ascii_case(b"yes") {
            true => Ok(Answer::Yes),
            false => Err(Failure::declined()),
        }
    }

    /// Shows the question and reads one line. Discards what was typed before the question.
    fn read_answer(&self) -> Vec<u8> {
        #[cfg(unix)]
        let _asking = terminal::Asking::start();
        let mut stderr = io::stderr().lock();
        let asked = write!(stderr, "{} [y/N] ", self.text).and_then(|()| stderr.flush());
        if asked.is_err() {
            // The user did not see the question.
            return Vec::new();
        }
        let answer = read_line();
        if answer.last() != Some(&b'\n') {
            // The next message must begin on a new line.
            let _ = stderr.write_all(b"\n");
        }
        answer
    }
}

/// Reads what the terminal delivers at once: a line, or what was typed before Ctrl-C or Ctrl-D. Returns
/// nothing if the terminal was closed.
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

    /// A terminal on which Ctrl-C ends the line instead of the program, until this is dropped. Such a line has
    /// no line break, so that it declines the question, and the program ends with the exit code that the spec
    /// defines for that.
    pub(super) struct Asking {
        before: Termios,
    }

    impl Asking {
        /// Changes the terminal, or returns `None` if that fails. Ctrl-C ends the program then.
        pub(super) fn start() -> Option<Self> {
            let before = tcgetattr(io::stdin()).ok()?;
            let interrupt = before.special_codes[SpecialCodeIndex::VINTR];
            let mut asking = before.clone();
            // 0 disables the character (`_POSIX_VDISABLE`).
            asking.special_codes[SpecialCodeIndex::VINTR] = 0;
            asking.special_codes[SpecialCodeIndex::VEOL] = interrupt;
            tcsetattr(io::stdin(), OptionalActions::Flush, &asking).ok()?;
            Some(Self { before })
        }
    }

    impl Drop for Asking {
        fn drop(&mut self) {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
        }
    }
}
