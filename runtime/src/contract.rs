//! How a program ends, and what it leaves for who called it.

use std::error::Error;
use std::fmt;
use std::process::ExitCode;

use crate::console::Console;

/// The exit codes of a command: an enum with a variant for each that its spec lists.
pub trait Exit: Copy + 'static {
    /// The code of what went wrong and has no code of its own.
    const FAILURE: Self;
    /// The code after a question that was answered with no.
    const DECLINED: Self;

    /// The code that the shell sees as this number.
    fn from_code(code: u8) -> Option<Self>;

    /// The number that the shell sees.
    fn code(self) -> u8;

    /// The name that the spec gives it.
    fn name(self) -> &'static str;
}

/// What a handler returns: how its command ended, or why it did not come so far.
pub type Ended<C, T = ()> = Result<Done<C, T>, Failure<C>>;

/// A command that came to its end, with its exit code and its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done<C, T = ()> {
    pub(crate) exit: C,
    pub(crate) output: T,
    pub(crate) text: String,
}

impl<C, T> Done<C, T> {
    /// An end with this exit code and this result, which is printed where JSON is asked for.
    pub fn new(exit: C, output: T) -> Self {
        let text = String::new();
        Self { exit, output, text }
    }

    /// What people get to see in place of JSON, on standard output.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { text, ..self }
    }
}

impl<C: Exit> From<C> for Done<C> {
    fn from(exit: C) -> Self {
        Self::new(exit, ())
    }
}

/// Why a command has no result: what went wrong, or that the user said no.
///
/// Every error of the standard library's kind becomes one by `?`, with the code `failure`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure<C> {
    exit: C,
    message: String,
    help: Option<String>,
    /// Not a mistake; the user said so.
    declined: bool,
}

impl<C: Exit> Failure<C> {
    /// A failure with this exit code. The message says what is wrong, and where.
    pub fn new(exit: C, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            help: None,
            declined: false,
        }
    }

    /// What the user can do about it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        let help = Some(help.into());
        Self { help, ..self }
    }

    /// The user said no, and nothing was changed.
    pub fn declined() -> Self {
        Self {
            declined: true,
            ..Self::new(C::DECLINED, "nothing changed")
        }
    }

    /// The same with another exit code.
    pub fn with_exit(self, exit: C) -> Self {
        Self { exit, ..self }
    }

    /// The same with an exit code of another command, such as one below that of `C`.
    pub fn widen<D: From<C>>(self) -> Failure<D> {
        Failure {
            exit: self.exit.into(),
            message: self.message,
            help: self.help,
            declined: self.declined,
        }
    }

    /// The exit code.
    pub fn exit(&self) -> C {
        self.exit
    }

    pub(crate) fn show(&self, console: &Console) -> ExitCode {
        if self.declined {
            console.say(&self.message);
        } else {
            let exit = (self.exit.name(), self.exit.code());
            console.error(exit, &self.message, self.help.as_deref());
        }
        ExitCode::from(self.exit.code())
    }
}

impl<C> fmt::Display for Failure<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl<C: Exit, E: Error> From<E> for Failure<C> {
    /// The error and what caused it, one behind the other. Where the text of the error ends with a line
    /// `help: …`, that is what the user can do.
    fn from(error: E) -> Self {
        let text = error.to_string();
        let (message, help) = match text.rsplit_once("\nhelp: ") {
            Some((message, help)) => (message, Some(help)),
            None => (text.as_str(), None),
        };
        let mut message = message.to_owned();
        let mut source = error.source();
        while let Some(cause) = source {
            message.push_str(&format!(": {cause}"));
            source = cause.source();
        }
        Self {
            help: help.map(str::to_owned),
            ..Self::new(C::FAILURE, message)
        }
    }
}
