//! What comes in place of a call: help, the version, or what is wrong.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::LazyLock;

use anstream::AutoStream;
use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use super::layers::Problem;
use super::scan::End;
use super::{Line, Setup};
use crate::console::Console;
use crate::help::{self, Length};
use crate::model::{Arg, Below, Program, Role};
use crate::origin::Origin;
use crate::text::printable;

/// How alike two names must be so that one is suggested for the other, from 0 to 1 (clap's number).
const ALIKE: f64 = 0.7;

/// What comes in place of a call.
#[derive(Debug)]
pub struct Stop {
    pub(super) what: What,
    pub(super) warnings: Vec<String>,
    pub(super) console: Console,
    pub(super) contract: (&'static str, u8),
    pub(super) failure: (&'static str, u8),
}

#[derive(Debug)]
pub(super) enum What {
    /// Help or the version, for standard output.
    Text(String),
    /// Help for who called a group without a command, on standard error.
    HelpForNothing(String),
    Mistake(Box<Mistake>),
    /// What is wrong with variables and files.
    Problems(Vec<Problem>),
}

/// What is wrong with a command line.
#[derive(Debug)]
pub struct Mistake {
    error: Error,
    /// What is typed to call the command.
    command: String,
    /// Where the values come from that the message is about, if that isn't the command line.
    sources: Vec<String>,
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
    /// What there is, by the names that it has in JSON.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let texts = [
            (
                "command",
                Some(&self.command).filter(|text| !text.is_empty()),
            ),
            ("option", self.option.as_ref()),
            ("found", self.found.as_ref()),
            ("expected", self.expected.as_ref()),
            ("suggestion", self.suggestion.as_ref()),
            ("source", self.source.as_ref()),
        ];
        let kind = Some(("kind", self.kind)).filter(|(_, kind)| !kind.is_empty());
        let texts = texts.into_iter();
        let texts = texts.filter_map(|(name, text)| Some((name, text?.as_str())));
        kind.into_iter()
            .chain(texts.filter(|(_, text)| !text.is_empty()))
    }
}

impl Stop {
    /// Whether help or the version was asked for, so that nothing is wrong.
    pub fn is_help(&self) -> bool {
        matches!(self.what, What::Text(_))
    }

    /// What is wrong with the command line, if that is why.
    pub fn mistake(&self) -> Option<&Mistake> {
        match &self.what {
            What::Mistake(mistake) => Some(mistake),
            _ => None,
        }
    }

    /// The error as clap has it, or what it would be.
    pub fn error(&self) -> &Error {
        static NONE: LazyLock<Error> = LazyLock::new(|| Error::new(ErrorKind::MissingSubcommand));
        self.mistake().map_or_else(|| &*NONE, Mistake::error)
    }

    /// Prints it, and returns the exit code with which the program ends.
    pub fn print(&self) -> ExitCode {
        let usage = ExitCode::from(self.contract.1);
        for warning in &self.warnings {
            self.console.warning(warning);
        }
        match &self.what {
            What::Text(text) => match print(To::Output, text, &self.console) {
                true => ExitCode::SUCCESS,
                false => ExitCode::FAILURE,
            },
            What::HelpForNothing(text) => {
                print(To::Errors, text, &self.console);
                usage
            }
            What::Mistake(mistake) => {
                mistake.print(&self.console, self.contract);
                usage
            }
            What::Problems(problems) => self.print_problems(problems),
        }
    }

    /// The number of the exit code with which the program ends.
    pub fn status(&self) -> u8 {
        match &self.what {
            What::Text(_) => 0,
            What::HelpForNothing(_) | What::Mistake(_) => self.contract.1,
            What::Problems(problems) => self.exit_of(problems).1,
        }
    }

    fn print_problems(&self, problems: &[Problem]) -> ExitCode {
        for problem in problems {
            let exit = self.exit_of(std::slice::from_ref(problem));
            let (expected, found) = expected(&problem.why);
            let about = Found {
                kind: "invalid-value",
                expected,
                found,
                source: Some(problem.origin.to_string()),
                ..Found::default()
            };
            let message = problem.message();
            self.console.error_about(exit, &message, None, &about);
        }
        ExitCode::from(self.exit_of(problems).1)
    }

    /// A wrong variable is a wrong call; a wrong file is a failure.
    fn exit_of(&self, problems: &[Problem]) -> (&'static str, u8) {
        let in_file = |problem: &Problem| matches!(problem.origin, Origin::File { .. });
        match problems.iter().any(in_file) {
            true => self.failure,
            false => self.contract,
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

impl Mistake {
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

    fn print(&self, console: &Console, exit: (&'static str, u8)) {
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
        console.error_about(exit, message, help.as_deref(), &self.found());
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

/// Makes errors of one command line.
pub(super) struct Report<'a> {
    pub(super) program: &'a Program,
    pub(super) line: &'a Line,
    pub(super) setup: &'a Setup,
}

impl Report<'_> {
    /// What comes of the end that the scanner found.
    pub(super) fn end(&self, end: &End) -> What {
        let help = |length| {
            let width = help::terminal_width();
            let called = &self.line.asked();
            help::render(self.program, called, length, width, &self.styles())
        };
        match end {
            End::ShortHelp => What::Text(help(Length::Short)),
            End::LongHelp => What::Text(help(Length::Long)),
            End::Nothing => What::HelpForNothing(help(Length::Short)),
            End::Version => What::Text(self.version()),
            End::Topic(name) => {
                let called = self.line.asked();
                let topics = &called.command().topics;
                let topic = topics.iter().find(|topic| topic.name == *name);
                let width = help::terminal_width();
                let render = |topic| help::render_topic(topic, width, &self.styles());
                What::Text(topic.map(render).unwrap_or_default())
            }
            End::UnknownOption(name) => self.unknown_option(name),
            End::UnknownCommand(word) => self.unknown_command(&word.to_string_lossy()),
            End::NoCommand => {
                let name = self.line.asked().command().title();
                let mut error = Error::new(ErrorKind::MissingSubcommand);
                error.insert(ContextKind::InvalidSubcommand, ContextValue::String(name));
                self.mistake(error)
            }
            End::ExtraValue(name, value) => {
                let mut error = Error::new(ErrorKind::TooManyValues);
                let name = (*name).to_owned();
                error.insert(ContextKind::InvalidArg, ContextValue::String(name));
                let value = ContextValue::String(value.clone());
                error.insert(ContextKind::InvalidValue, value);
                self.mistake(error)
            }
        }
    }

    fn styles(&self) -> Styles {
        self.setup.styles.clone().unwrap_or_else(Styles::styled)
    }

    fn version(&self) -> String {
        let version = match &self.setup.version {
            Some(version) => version,
            None => self.program.version.unwrap_or_default(),
        };
        format!("{} {version}\n", self.program.name)
    }

    fn unknown_option(&self, name: &str) -> What {
        let called = &self.line.asked();
        let mut error = Error::new(ErrorKind::UnknownArgument);
        error.insert(
            ContextKind::InvalidArg,
            ContextValue::String(name.to_owned()),
        );
        if let Some(typed) = name.strip_prefix("--") {
            // What help shows. An answer to a question is nothing to be led to by a misspelled word.
            let shown = called
                .args()
                .filter(|arg| !arg.hidden && arg.role != Some(Role::Yes));
            let names = shown.flat_map(Arg::shown_long_names);
            let usual = ["help", "version"].into_iter();
            let usual = usual.take(if called.is_program() { 2 } else { 1 });
            if let Some(near) = nearest(typed, names.chain(usual)) {
                let near = ContextValue::String(format!("--{near}"));
                error.insert(ContextKind::SuggestedArg, near);
            }
        }
        if called.positionals().next().is_some() {
            let tip = format!("to pass '{name}' as a value, use '-- {name}'");
            error.insert(
                ContextKind::Suggested,
                ContextValue::StyledStrs(vec![tip.into()]),
            );
        }
        self.mistake(error)
    }

    fn unknown_command(&self, word: &str) -> What {
        let mut error = Error::new(ErrorKind::InvalidSubcommand);
        let name = ContextValue::String(word.to_owned());
        error.insert(ContextKind::InvalidSubcommand, name);
        let called = self.line.asked();
        let shown = called.command().commands.iter();
        let shown = shown.filter(|below| !below.hidden && below.may_be_meant_by(word));
        let names = shown.flat_map(Below::shown_names);
        if let Some(near) = nearest(word, names) {
            let near = ContextValue::Strings(vec![near.to_owned()]);
            error.insert(ContextKind::SuggestedSubcommand, near);
        }
        self.mistake(error)
    }

    /// An error, with all that its message shows.
    pub(super) fn mistake(&self, error: Error) -> What {
        let called = &self.line.asked();
        let colors = Command::new(self.program.name)
            .styles(self.styles())
            .disable_help_flag(true)
            .arg(
                clap::Arg::new("help")
                    .long("help")
                    .action(clap::ArgAction::Help),
            );
        let mut error = error.with_cmd(&colors);
        // A value is not wrong because of how the command is called.
        let about_value = [ErrorKind::InvalidValue, ErrorKind::ValueValidation];
        if !about_value.contains(&error.kind()) {
            let usage: StyledStr = help::usage(called, &self.styles()).into();
            error.insert(ContextKind::Usage, ContextValue::StyledStr(usage));
        }
        let sources = self.sources(&error);
        if !sources.is_empty() {
            let mut tips = match error.remove(ContextKind::Suggested) {
                Some(ContextValue::StyledStrs(tips)) => tips,
                _ => Vec::new(),
            };
            let tip = |(name, source): &(String, String)| format!("`{name}` comes from {source}");
            tips.extend(sources.iter().map(|source| StyledStr::from(tip(source))));
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
        }
        What::Mistake(Box::new(Mistake {
            error,
            command: called.command().title(),
            sources: sources.into_iter().map(|(_, source)| source).collect(),
        }))
    }

    /// Where the options come from that an error is about, if that isn't the command line. What is
    /// missing is required by any of those that are given.
    fn sources(&self, error: &Error) -> Vec<(String, String)> {
        let mut about: Vec<&str> = Vec::new();
        for kind in [ContextKind::InvalidArg, ContextKind::PriorArg] {
            match error.get(kind) {
                Some(ContextValue::String(name)) => about.push(name),
                Some(ContextValue::Strings(names)) => {
                    about.extend(names.iter().map(String::as_str))
                }
                _ => {}
            }
        }
        let missing = error.kind() == ErrorKind::MissingRequiredArgument;
        let mut sources = Vec::new();
        for given in self.line.given.iter().filter(|given| !given.off) {
            let (name, source) = (
                self.line.arg(given).written(),
                match &given.origin {
                    Origin::Variable(name) => format!("the variable `{name}`"),
                    Origin::File { path, line } => {
                        format!("{}:{line}", printable(&path.display().to_string()))
                    }
                    Origin::Argument(_) | Origin::Default => continue,
                },
            );
            let is_named = |text: &&str| text.split([' ', '=', '[']).next() == Some(&*name);
            let needs = missing && !self.line.arg(given).rules.is_empty();
            let source = (name.clone(), source);
            if (needs || about.iter().any(is_named)) && !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources
    }
}

/// The name that is most like a word, if one is.
pub(crate) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = names.map(|name| (strsim::jaro(word, name), name));
    let alike = likeness.filter(|(likeness, _)| *likeness > ALIKE);
    alike
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

impl Arg {
    fn shown_long_names(&self) -> impl Iterator<Item = &'static str> {
        let aliases = self.aliases.iter().filter(|alias| !alias.hidden);
        let aliases = aliases.map(|alias| alias.name);
        self.long.into_iter().chain(aliases).chain(self.negation)
    }
}

impl Below {
    fn shown_names(&self) -> impl Iterator<Item = &'static str> {
        let aliases = self.aliases.iter().filter(|alias| !alias.hidden);
        std::iter::once(self.name).chain(aliases.map(|alias| alias.name))
    }

    /// A command that destroys something is suggested only for a word that is hardly misspelled: `logut`
    /// means `logout`, but `login` does not.
    fn may_be_meant_by(&self, word: &str) -> bool {
        let close = |name: &str| strsim::osa_distance(word, name) <= 1;
        !self.destructive || self.shown_names().any(close)
    }
}
