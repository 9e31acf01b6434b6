//! The output if no handler is called: help, the version or errors.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::LazyLock;

use anstream::adapter::strip_str;
use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::layers::Problem;
use crate::console::Console;

/// The reason why no handler is called: help, the version or errors.
#[derive(Debug)]
pub struct Stop(pub(super) Box<Details>);

/// The reason why no handler is called, with everything that is needed to print it.
#[derive(Debug)]
pub(super) struct Details {
    pub(super) reason: Reason,
    pub(super) warnings: Vec<String>,
    pub(super) console: Console,
    /// The command, as users call it.
    pub(super) command: String,
    pub(super) failure: (&'static str, u8),
}

#[derive(Debug)]
pub(super) enum Reason {
    /// Help or the version, for standard output.
    Text(String),
    /// Help for a command group that was called without a subcommand, for standard error.
    HelpForNothing(String),
    Usage(Box<UsageError>),
    /// Problems in variables and files.
    Problems(Vec<Problem>),
}

/// An error in a command line.
#[derive(Debug)]
pub struct UsageError {
    pub(super) error: Error,
    /// Words of the error, as they were typed. In `error`, they are escaped.
    pub(super) typed: Vec<(ContextKind, String)>,
    /// The command, as users call it.
    pub(super) command: String,
    /// The origins of the values that the message is about, except the command line.
    pub(super) sources: Vec<String>,
}

/// The details of an error, as in JSON output.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The kind of error, such as `invalid-value`.
    pub kind: &'static str,
    /// The command, as users call it.
    pub command: String,
    /// The option or argument that the error is about.
    pub option: Option<String>,
    /// The invalid value or unknown name.
    pub found: Option<String>,
    /// The values that are accepted.
    pub expected: Option<String>,
    /// A similar name or value that exists.
    pub suggestion: Option<String>,
    /// The environment variable, or the file and line, that the value comes from.
    pub source: Option<String>,
}

impl Found {
    /// The members that it has in JSON, each with its description.
    pub const MEMBERS: [(&str, &str); 7] = [
        ("kind", "The kind of error, such as `invalid-value`"),
        ("command", "The command that was called"),
        ("option", "The option or argument that the error is about"),
        ("found", "The invalid value or unknown name"),
        ("expected", "The values that are accepted"),
        ("suggestion", "A similar name or value that exists"),
        (
            "source",
            "The environment variable, or the file and line, that the value comes from",
        ),
    ];

    /// Returns the members that are present, with their names in JSON.
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
    /// Returns whether help or the version was requested, so that there is no error.
    pub fn is_help(&self) -> bool {
        matches!(self.0.reason, Reason::Text(_))
    }

    /// Returns the error in the command line, if there is one.
    pub fn usage_error(&self) -> Option<&UsageError> {
        match &self.0.reason {
            Reason::Usage(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the error as clap's type. If the reason is not a usage error, returns a placeholder.
    pub fn error(&self) -> &Error {
        static NONE: LazyLock<Error> = LazyLock::new(|| Error::new(ErrorKind::MissingSubcommand));
        self.usage_error().map_or_else(|| &*NONE, UsageError::error)
    }

    /// Prints the help, the version or the errors, and returns the exit code of the program.
    pub fn print(&self) -> ExitCode {
        ExitCode::from(self.say())
    }

    /// Does the same as [`print`](Self::print), but returns the number of the exit code.
    pub(super) fn say(&self) -> u8 {
        let usage = self.0.console.usage.1;
        for warning in &self.0.warnings {
            self.0.console.warning(warning);
        }
        match &self.0.reason {
            Reason::Text(text) => match print(To::Output, text, &self.0.console) {
                true => 0,
                false => {
                    let why = "can't write to standard output";
                    self.0.console.error(self.0.failure, why, None);
                    self.0.failure.1
                }
            },
            Reason::HelpForNothing(text) => {
                print(To::Errors, text, &self.0.console);
                usage
            }
            Reason::Usage(error) => {
                error.print(&self.0.console);
                usage
            }
            Reason::Problems(problems) => self.print_problems(problems),
        }
    }

    /// Returns the number of the exit code of the program.
    pub fn status(&self) -> u8 {
        match &self.0.reason {
            Reason::Text(_) => 0,
            Reason::HelpForNothing(_) | Reason::Usage(_) => self.0.console.usage.1,
            Reason::Problems(problems) => self.exit_of(problems).1,
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

    /// Returns the exit code: `failure` for an error in a file, and `usage` for an error in a variable.
    fn exit_of(&self, problems: &[Problem]) -> (&'static str, u8) {
        match problems.iter().any(|problem| problem.in_file) {
            true => self.0.failure,
            false => self.0.console.usage,
        }
    }
}

/// An output stream.
#[derive(Clone, Copy)]
enum To {
    Output,
    Errors,
}

/// Prints a string, with its colors if the stream supports them. Returns whether the text was written. A
/// closed pipe is not an error.
fn print(to: To, text: &str, console: &Console) -> bool {
    let written = match to {
        To::Output => write(AutoStream::new(io::stdout(), console.color), text),
        To::Errors => write(AutoStream::new(io::stderr(), console.color), text),
    };
    match written {
        Err(error) => error.kind() == io::ErrorKind::BrokenPipe,
        Ok(()) => true,
    }
}

fn write<S: RawStream + AsLockedWrite>(mut stream: AutoStream<S>, text: &str) -> io::Result<()> {
    // Help is the longest text that most programs print, and the stream looks at each byte.
    match stream.current_choice() {
        ColorChoice::Never => {
            let mut stream = stream.into_inner();
            stream.write_all(without_colors(text).as_bytes())?;
            stream.flush()
        }
        _ => {
            stream.write_all(text.as_bytes())?;
            stream.flush()
        }
    }
}

/// Removes colors, as [`strip_str`] does. That also removes other escape sequences and control characters, so anything
/// but text with colors (ECMA-48, "Select Graphic Rendition") is left to it.
fn without_colors(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let color = part.strip_prefix('[').and_then(|part| part.split_once('m'));
        match color {
            Some((numbers, rest)) if numbers.bytes().all(|b| b.is_ascii_digit() || b == b';') => {
                plain.push_str(rest);
            }
            _ => return strip_str(text).to_string(),
        }
    }
    // Without an early exit, the compiler can vectorize the loop.
    let is_control = |b: u8| b.is_ascii_control() & (b != b'\n');
    match plain.bytes().fold(false, |found, b| found | is_control(b)) {
        true => strip_str(text).to_string(),
        false => plain,
    }
}

impl UsageError {
    /// Returns the error as clap's type.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Returns the details of the error, as in JSON output.
    pub fn found(&self) -> Found {
        let typed = |kind| {
            let mut typed = self.typed.iter();
            typed.find_map(|(of, word)| (*of == kind).then(|| word.clone()))
        };
        let one = |kind| match self.error.get(kind) {
            Some(ContextValue::String(text)) => Some(typed(kind).unwrap_or_else(|| text.clone())),
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
        let (message, tips) = message_and_tips(&text);
        let help = (!tips.is_empty()).then(|| tips.join("\n"));
        console.error_about(console.usage, &message, help.as_deref(), &self.found());
    }
}

/// Returns the message and the tips in the text of an error. The message of a program's type may have empty lines.
fn message_and_tips(text: &str) -> (String, Vec<&str>) {
    let is_message = |part: &&str| {
        let others = ["  tip: ", "Usage: ", "For more information, "];
        !others.iter().any(|begin| part.starts_with(begin))
    };
    let parts = text.split("\n\n").take_while(is_message);
    let message = parts.collect::<Vec<_>>().join("\n\n");
    let lines = text[message.len()..].lines();
    let tips = lines.filter_map(|line| line.strip_prefix("  tip: "));
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    (message.trim_end().to_owned(), tips.collect())
}

/// Returns the name of an option without its placeholder.
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

/// Splits a message of the form "expected …, found …" into these two parts.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_may_have_empty_lines() {
        let text = "error: a\n\nb\n\n  tip: c\n  tip: d\n\nUsage: e\n\nFor more information, try '--help'.\n";
        assert_eq!(
            message_and_tips(text),
            ("a\n\nb".to_owned(), vec!["c", "d"])
        );
        assert_eq!(message_and_tips("error: a\n"), ("a".to_owned(), vec![]));
    }

    #[test]
    fn colors_are_removed_as_anstream_does() {
        for text in [
            "",
            "no color",
            "\x1b[1m\x1b[4mUsage:\x1b[0m \x1b[38;5;201mtool\x1b[0m [OPTIONS]\nümlaut\n",
            "not the end of a color: \x1b[1 m",
            "another sequence: \x1b[2Kmore, \x1b]0;title\x07 and \x1b[1mbold\x1b[m",
            "cut off: \x1b[31",
            "cut off: \x1b",
            "controls: \x07\x08\x00\x7f, \t\r\x0b\x0c and \u{9b}31m, \u{85}",
            "controls in \x1b[1mcolor\x08\x1b[0m",
        ] {
            assert_eq!(
                without_colors(text),
                strip_str(text).to_string(),
                "{text:?}"
            );
        }
    }
}
