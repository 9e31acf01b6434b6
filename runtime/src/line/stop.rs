//! What comes in place of a call: help, the version, or what is wrong.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::LazyLock;

use anstream::AutoStream;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::layers::Problem;
use crate::console::Console;

/// What comes in place of a call.
#[derive(Debug)]
pub struct Stop(pub(super) Box<Why>);

/// What comes in place of a call, and what it takes to say it.
#[derive(Debug)]
pub(super) struct Why {
    pub(super) what: What,
    pub(super) warnings: Vec<String>,
    pub(super) console: Console,
    /// What is typed to call the command.
    pub(super) command: String,
    pub(super) failure: (&'static str, u8),
}

#[derive(Debug)]
pub(super) enum What {
    /// Help or the version, for standard output.
    Text(String),
    /// Help for who called a group without a command, on standard error.
    HelpForNothing(String),
    Usage(Box<UsageError>),
    /// What is wrong with variables and files.
    Problems(Vec<Problem>),
}

/// What is wrong with a command line.
#[derive(Debug)]
pub struct UsageError {
    pub(super) error: Error,
    /// What is typed to call the command.
    pub(super) command: String,
    /// Where the values come from that the message is about, if that isn't the command line.
    pub(super) sources: Vec<String>,
}

/// What an error is about, for programs that read it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The kind of error, such as `invalid-value`.
    pub kind: &'static str,
    /// What is typed to call the command.
    pub command: String,
    /// The option or argument that it is about.
    pub option: Option<String>,
    /// What was found.
    pub found: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// What may have been meant.
    pub suggestion: Option<String>,
    /// The variable or the place in a file that it comes from.
    pub source: Option<String>,
}

impl Found {
    /// The members that it has in JSON, each with what it is.
    pub const MEMBERS: [(&str, &str); 7] = [
        ("kind", "The kind of error, such as `invalid-value`"),
        ("command", "The command that was called"),
        ("option", "The option or argument that it is about"),
        ("found", "What was found"),
        ("expected", "What was expected"),
        ("suggestion", "What may have been meant"),
        (
            "source",
            "The variable or the file with the line that the value is from",
        ),
    ];

    /// What there is, by the names that it has in JSON.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let optional = |text| Option::as_deref(text).unwrap_or_default();
        let texts = [
            self.kind,
            &self.command,
            optional(&self.option),
            optional(&self.found),
            optional(&self.expected),
            optional(&self.suggestion),
            optional(&self.source),
        ];
        let members = Self::MEMBERS.into_iter().zip(texts);
        let members = members.map(|((name, _), text)| (name, text));
        members.filter(|(_, text)| !text.is_empty())
    }
}

impl Stop {
    /// Whether help or the version was asked for, so that nothing is wrong.
    pub fn is_help(&self) -> bool {
        matches!(self.0.what, What::Text(_))
    }

    /// What is wrong with the command line, if that is why.
    pub fn usage_error(&self) -> Option<&UsageError> {
        match &self.0.what {
            What::Usage(error) => Some(error),
            _ => None,
        }
    }

    /// The error as clap has it, or what it would be.
    pub fn error(&self) -> &Error {
        static NONE: LazyLock<Error> = LazyLock::new(|| Error::new(ErrorKind::MissingSubcommand));
        self.usage_error().map_or_else(|| &*NONE, UsageError::error)
    }

    /// Prints it, and returns the exit code with which the program ends.
    pub fn print(&self) -> ExitCode {
        ExitCode::from(self.say())
    }

    /// The same, with the number of the exit code.
    pub(super) fn say(&self) -> u8 {
        let usage = self.0.console.usage.1;
        for warning in &self.0.warnings {
            self.0.console.warning(warning);
        }
        match &self.0.what {
            What::Text(text) => match print(To::Output, text, &self.0.console) {
                true => 0,
                false => {
                    let why = "standard output can't be written to";
                    self.0.console.error(self.0.failure, why, None);
                    self.0.failure.1
                }
            },
            What::HelpForNothing(text) => {
                print(To::Errors, text, &self.0.console);
                usage
            }
            What::Usage(error) => {
                error.print(&self.0.console);
                usage
            }
            What::Problems(problems) => self.print_problems(problems),
        }
    }

    /// The number of the exit code with which the program ends.
    pub fn status(&self) -> u8 {
        match &self.0.what {
            What::Text(_) => 0,
            What::HelpForNothing(_) | What::Usage(_) => self.0.console.usage.1,
            What::Problems(problems) => self.exit_of(problems).1,
        }
    }

    fn print_problems(&self, problems: &[Problem]) -> u8 {
        for problem in problems {
            let exit = self.exit_of(std::slice::from_ref(problem));
            let (expected, found) = expected(&problem.why);
            let about = Found {
                kind: problem.kind,
                command: self.0.command.clone(),
                option: problem.option.clone(),
                found,
                expected,
                suggestion: None,
                source: Some(problem.source.clone()),
            };
            let message = problem.message();
            self.0.console.error_about(exit, &message, None, &about);
        }
        self.exit_of(problems).1
    }

    /// A wrong variable is a wrong call; a wrong file is a failure.
    fn exit_of(&self, problems: &[Problem]) -> (&'static str, u8) {
        match problems.iter().any(|problem| problem.in_file) {
            true => self.0.failure,
            false => self.0.console.usage,
        }
    }
}

/// A stream to print to.
#[derive(Clone, Copy)]
enum To {
    Output,
    Errors,
}

/// Prints a text in which colors are, as far as the stream shows them. Whether it could be written; a
/// reader that went away has seen enough.
fn print(to: To, text: &str, console: &Console) -> bool {
    let written = match to {
        To::Output => {
            let mut stream = AutoStream::new(io::stdout(), console.color);
            stream
                .write_all(text.as_bytes())
                .and_then(|()| stream.flush())
        }
        To::Errors => AutoStream::new(io::stderr(), console.color).write_all(text.as_bytes()),
    };
    match written {
        Err(error) => error.kind() == io::ErrorKind::BrokenPipe,
        Ok(()) => true,
    }
}

impl UsageError {
    /// The error as clap has it.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// What it is about, for programs that read it.
    pub fn found(&self) -> Found {
        let one = |kind| match self.error.get(kind) {
            Some(ContextValue::String(text)) => Some(text.clone()),
            Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
            Some(ContextValue::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let command = one(ContextKind::InvalidSubcommand);
        let command = command.filter(|_| self.error.kind() != ErrorKind::MissingSubcommand);
        let suggestion = one(ContextKind::SuggestedArg)
            .or_else(|| one(ContextKind::SuggestedSubcommand))
            .or_else(|| one(ContextKind::SuggestedValue));
        let detail = std::error::Error::source(&self.error).map(ToString::to_string);
        let detail = detail.and_then(|text| expected(&text).0);
        Found {
            kind: kind(self.error.kind()),
            command: self.command.clone(),
            option: one(ContextKind::InvalidArg).map(|name| bare(&name)),
            found: one(ContextKind::InvalidValue).or(command),
            expected: detail.or_else(|| one(ContextKind::ValidValue)),
            suggestion,
            source: self.sources.first().cloned(),
        }
    }

    fn print(&self, console: &Console) {
        if !console.is_json() {
            let text = self.error.render().ansi().to_string();
            print(To::Errors, &text, console);
            return;
        }
        let text = self.error.render().to_string();
        let mut parts = text.trim().split("\n\n");
        let message = parts.next().unwrap_or_default();
        let message = message.strip_prefix("error: ").unwrap_or(message);
        let tips = parts.filter_map(|part| part.trim().strip_prefix("tip: "));
        let tips: Vec<&str> = tips.collect();
        let help = (!tips.is_empty()).then(|| tips.join("\n"));
        console.error_about(console.usage, message, help.as_deref(), &self.found());
    }
}

/// The name of an option without what follows it.
fn bare(name: &str) -> String {
    match name.starts_with('-') {
        true => name
            .split([' ', '=', '[', '.'])
            .next()
            .unwrap_or(name)
            .to_owned(),
        false => name.to_owned(),
    }
}

/// What was expected and what was found, of a message that says so.
fn expected(message: &str) -> (Option<String>, Option<String>) {
    let Some(rest) = message.strip_prefix("expected ") else {
        return (None, None);
    };
    match rest.rsplit_once(", found ") {
        Some((expected, found)) => {
            let found = found.trim_matches('`').to_owned();
            (Some(expected.to_owned()), Some(found))
        }
        None => (Some(rest.to_owned()), None),
    }
}

fn kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "invalid-value",
        ErrorKind::UnknownArgument => "unknown-argument",
        ErrorKind::InvalidSubcommand => "unknown-command",
        ErrorKind::NoEquals => "missing-equals-sign",
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            "wrong-number-of-values"
        }
        ErrorKind::ArgumentConflict => "conflict",
        ErrorKind::MissingRequiredArgument => "missing-argument",
        ErrorKind::MissingSubcommand => "missing-command",
        ErrorKind::InvalidUtf8 => "not-unicode",
        _ => "usage",
    }
}
