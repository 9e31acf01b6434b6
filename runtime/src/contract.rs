//! How a program ends, and what it leaves for who called it.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::console::Console;

/// The exit codes of a command: an enum with a variant for each that its spec lists.
pub trait Exit: Copy + 'static {
    /// The code of an error that has no code of its own.
    const FAILURE: Self;
    /// The code after a question was declined.
    const DECLINED: Self;

    /// The number that the shell sees.
    fn code(self) -> u8;

    /// Its name in the spec.
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
/// `?` makes one of every error, with the exit code `failure`: of errors that implement
/// [`std::error::Error`], of `anyhow::Error`, of `Box<dyn Error>`, and of strings. [`OrFail`] gives it
/// another exit code. A `Box<dyn Error + Send + Sync>` is none of these, since the standard library has no
/// conversion for it: `map_err(|error| -> Box<dyn Error> { error })` makes it one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure<C> {
    exit: C,
    message: String,
    help: Option<String>,
    /// Not an error; the user said so.
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

    /// The same about a file or directory: its path goes before the message.
    #[must_use]
    pub fn about(self, path: impl AsRef<Path>) -> Self {
        let message = format!("{}: {}", path.as_ref().display(), self.message);
        Self { message, ..self }
    }

    /// The same with another exit code.
    #[must_use]
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

impl<C: Exit, E: Into<Box<dyn Error>>> From<E> for Failure<C> {
    /// The message of the error and those of its causes, separated by colons. A cause that the message
    /// before it ends with is not repeated.
    fn from(error: E) -> Self {
        let error = error.into();
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let text = cause.to_string();
            if !message.ends_with(&text) {
                message.push_str(": ");
                message.push_str(&text);
            }
            source = cause.source();
        }
        Self::new(C::FAILURE, message)
    }
}

/// Short ways to end a command with an exit code when something fails.
///
/// ```
/// # use clapspec_runtime::{Exit, Failure, OrFail};
/// # #[derive(Clone, Copy)]
/// # enum ShowExit { Failure, NotFound }
/// # impl Exit for ShowExit {
/// #     const FAILURE: Self = Self::Failure;
/// #     const DECLINED: Self = Self::Failure;
/// #     fn code(self) -> u8 { if let Self::Failure = self { 1 } else { 3 } }
/// #     fn name(self) -> &'static str { "" }
/// # }
/// fn show(path: &str) -> Result<String, Failure<ShowExit>> {
///     // "no-such-file: No such file or directory", with the exit code of `not-found`.
///     std::fs::read_to_string(path).or_fail_about(ShowExit::NotFound, path)
/// }
/// # assert!(show("no-such-file").unwrap_err().to_string().starts_with("no-such-file: "));
/// ```
pub trait OrFail<T> {
    /// Turns the error into a failure with this exit code.
    ///
    /// # Errors
    ///
    /// When this is an error.
    fn or_fail<C: Exit>(self, exit: C) -> Result<T, Failure<C>>;

    /// The same, with the path of the file or directory that it is about before the message.
    ///
    /// # Errors
    ///
    /// When this is an error.
    fn or_fail_about<C: Exit>(self, exit: C, path: impl AsRef<Path>) -> Result<T, Failure<C>>;
}

impl<T, E: Into<Box<dyn Error>>> OrFail<T> for Result<T, E> {
    fn or_fail<C: Exit>(self, exit: C) -> Result<T, Failure<C>> {
        self.map_err(|error| Failure::from(error).with_exit(exit))
    }

    fn or_fail_about<C: Exit>(self, exit: C, path: impl AsRef<Path>) -> Result<T, Failure<C>> {
        self.or_fail(exit).map_err(|failure| failure.about(path))
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::{fs, io};

    use super::{Ended, Exit, Failure, OrFail};

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Code {
        Success,
        Failure,
        Other,
    }

    impl Exit for Code {
        const FAILURE: Self = Self::Failure;
        const DECLINED: Self = Self::Success;

        fn code(self) -> u8 {
            self as u8
        }

        fn name(self) -> &'static str {
            "code"
        }
    }

    fn fails(how: &str) -> Ended<Code> {
        match how {
            "anyhow" => {
                let error = anyhow::Error::msg("the disk is full");
                Err(error.context("can't save"))?;
            }
            "box" => Err(Box::<dyn Error>::from("boxed"))?,
            "string" => Err("owned".to_owned())?,
            "str" => Err("borrowed")?,
            "io" => fs::read_to_string("no-such-file").map(drop)?,
            "failure" => Err(Failure::new(Code::Other, "own").help("do so"))?,
            "exit" => Err(io::Error::other("x")).or_fail(Code::Other)?,
            _ => Err(io::Error::other("x")).or_fail_about(Code::Other, "a/b")?,
        }
        Ok(Code::Success.into())
    }

    #[test]
    fn every_error_is_a_failure() {
        for (how, exit, message) in [
            ("anyhow", Code::Failure, "can't save: the disk is full"),
            ("box", Code::Failure, "boxed"),
            ("string", Code::Failure, "owned"),
            ("str", Code::Failure, "borrowed"),
            ("failure", Code::Other, "own"),
            ("exit", Code::Other, "x"),
            ("about", Code::Other, "a/b: x"),
        ] {
            let failure = fails(how).expect_err(how);
            assert_eq!(
                (failure.exit(), failure.to_string()),
                (exit, message.to_owned())
            );
        }
        let failure = fails("io").expect_err("no file");
        assert!(failure.to_string().contains("(os error 2)"));
        assert_eq!(failure.exit(), Code::Failure);
    }

    /// An error that ends with its cause does not say it twice.
    #[test]
    fn causes_are_said_once() {
        let inner = io::Error::other("inner");
        let outer = io::Error::other(inner);
        assert_eq!(Failure::<Code>::from(outer).to_string(), "inner");
    }
}
