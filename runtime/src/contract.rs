//! The results of commands and the exit codes of a program.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::console::Console;

/// The exit codes of a command. It is an enum with a variant for each exit code in the spec.
pub trait Exit: Copy + 'static {
    /// The exit code for errors that have no exit code of their own.
    const FAILURE: Self;
    /// The exit code if the user declined a question.
    const DECLINED: Self;

    /// Returns the number of the exit code.
    fn code(self) -> u8;

    /// Returns its name in the spec.
    fn name(self) -> &'static str;
}

/// The return type of a handler: the result of its command, or the reason why there is none.
pub type Ended<C, T = ()> = Result<Done<C, T>, Failure<C>>;

/// A completed command, with its exit code and its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done<C, T = ()> {
    pub(crate) exit: C,
    pub(crate) output: T,
    pub(crate) text: String,
}

impl<C, T> Done<C, T> {
    /// Creates a completed command with this exit code and this result, which is printed if the user
    /// asks for JSON.
    pub fn new(exit: C, output: T) -> Self {
        let text = String::new();
        Self { exit, output, text }
    }

    /// Sets the text that is printed to standard output if the user does not ask for JSON.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { text, ..self }
    }

    /// Returns the result.
    pub fn output(&self) -> &T {
        &self.output
    }
}

impl<C: Copy, T> Done<C, T> {
    /// Returns the exit code.
    pub fn exit(&self) -> C {
        self.exit
    }
}

impl<C: Exit> From<C> for Done<C> {
    fn from(exit: C) -> Self {
        Self::new(exit, ())
    }
}

/// The reason why a command has no result: an error, or that the user declined.
///
/// The operator `?` converts errors to a `Failure` with the exit code `failure`: types that implement
/// [`std::error::Error`], `anyhow::Error`, `Box<dyn Error>` and strings. To set another exit code, use
/// [`OrFail`]. The standard library has no conversion for `Box<dyn Error + Send + Sync>`, so convert it
/// with `map_err(|error| -> Box<dyn Error> { error })` first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure<C> {
    exit: C,
    message: String,
    help: Option<String>,
    /// Whether the user declined. This is not an error.
    declined: bool,
}

impl<C: Exit> Failure<C> {
    /// Creates a failure with this exit code. The message should say what is wrong, and where.
    pub fn new(exit: C, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            help: None,
            declined: false,
        }
    }

    /// Sets the help: what the user can do to fix the problem.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        let help = Some(help.into());
        Self { help, ..self }
    }

    /// Creates a failure for a user who declined, after which nothing was changed.
    pub fn declined() -> Self {
        Self {
            declined: true,
            ..Self::new(C::DECLINED, "nothing changed")
        }
    }

    /// Adds the path of a file or directory before the message.
    #[must_use]
    pub fn about(self, path: impl AsRef<Path>) -> Self {
        let message = format!("{}: {}", path.as_ref().display(), self.message);
        Self { message, ..self }
    }

    /// Replaces the exit code.
    #[must_use]
    pub fn with_exit(self, exit: C) -> Self {
        Self { exit, ..self }
    }

    /// Converts the exit code to that of another command whose exit codes include those of `C`, such as
    /// a subcommand.
    pub fn widen<D: From<C>>(self) -> Failure<D> {
        Failure {
            exit: self.exit.into(),
            message: self.message,
            help: self.help,
            declined: self.declined,
        }
    }

    /// Returns the exit code.
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
    /// Joins the messages of the error and of its causes with colons. A cause is left out if the message
    /// already ends with it.
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

/// Conversions of errors to failures with an exit code.
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
    /// Returns the failure if this is an error.
    fn or_fail<C: Exit>(self, exit: C) -> Result<T, Failure<C>>;

    /// As [`or_fail`](Self::or_fail), and adds the path of a file or directory before the message.
    ///
    /// # Errors
    ///
    /// Returns the failure if this is an error.
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
    fn errors_of_all_types_become_failures() {
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

    /// A message that already ends with the cause does not repeat it.
    #[test]
    fn causes_are_not_repeated() {
        let inner = io::Error::other("inner");
        let outer = io::Error::other(inner);
        assert_eq!(Failure::<Code>::from(outer).to_string(), "inner");
        let said = |text| {
            let cause = io::Error::other("inner");
            Failure::<Code>::from(Caused(text, cause)).to_string()
        };
        assert_eq!(said("outer: inner"), "outer: inner");
        assert_eq!(said("outer"), "outer: inner");
    }

    /// An error with a message and a cause.
    #[derive(Debug)]
    struct Caused(&'static str, io::Error);

    impl std::fmt::Display for Caused {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Caused {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.1)
        }
    }
}
