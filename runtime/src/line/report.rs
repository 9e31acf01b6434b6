//! Making errors: what the scanner refuses, worded as clap does, and what clap says, with where it comes from.

use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use super::scan::End;
use super::stop::{UsageError, What};
use super::{Line, Setup, flat};
use crate::help::{self, Length};
use crate::model::{Arg, Below, Kind, Program, Role, Rule};
use crate::origin::Origin;
use crate::text::printable;

/// How alike two names must be so that one is suggested for the other, from 0 to 1 (clap's number).
const ALIKE: f64 = 0.7;

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
                self.usage_error(error)
            }
            End::ExtraValue(name, value) => {
                let mut error = Error::new(ErrorKind::TooManyValues);
                let name = ContextValue::String(name.clone());
                error.insert(ContextKind::InvalidArg, name);
                let value = ContextValue::String(value.clone());
                error.insert(ContextKind::InvalidValue, value);
                self.usage_error(error)
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
        if name.starts_with('-') && called.positionals().next().is_some() {
            let tip = format!("to pass '{name}' as a value, use '-- {name}'");
            error.insert(
                ContextKind::Suggested,
                ContextValue::StyledStrs(vec![tip.into()]),
            );
        }
        self.usage_error(error)
    }

    fn unknown_command(&self, word: &str) -> What {
        let mut error = Error::new(ErrorKind::InvalidSubcommand);
        let name = ContextValue::String(word.to_owned());
        error.insert(ContextKind::InvalidSubcommand, name);
        let called = self.line.asked();
        let shown = called.command().commands.iter();
        let shown = shown.filter(|below| !below.hidden && below.may_be_meant_by(word));
        let names: Vec<&str> = shown.flat_map(Below::shown_names).collect();
        // After `--`, a name is no command, and another name is no better.
        let names = names.iter().copied().filter(|_| !names.contains(&word));
        if let Some(near) = nearest(word, names) {
            let near = ContextValue::Strings(vec![near.to_owned()]);
            error.insert(ContextKind::SuggestedSubcommand, near);
        }
        self.usage_error(error)
    }

    /// An error, with all that its message shows.
    pub(super) fn usage_error(&self, error: Error) -> What {
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
        for kind in [ContextKind::InvalidArg, ContextKind::PriorArg] {
            let outer = |name: &String| flat::outer_name(name).unwrap_or_else(|| name.clone());
            let value = match error.get(kind) {
                Some(ContextValue::String(name)) => ContextValue::String(outer(name)),
                Some(ContextValue::Strings(names)) => {
                    ContextValue::Strings(names.iter().map(outer).collect())
                }
                _ => continue,
            };
            error.insert(kind, value);
        }
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
            let tip = |(name, origin): &(String, Origin)| match origin {
                Origin::Variable(from) => format!("`{name}` comes from the variable `{from}`"),
                origin => format!("`{name}` comes from {}", printable(&origin.to_string())),
            };
            tips.extend(sources.iter().map(|source| StyledStr::from(tip(source))));
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
        }
        What::Usage(Box::new(UsageError {
            error,
            command: called.command().title(),
            sources: sources
                .iter()
                .map(|(_, origin)| origin.to_string())
                .collect(),
        }))
    }

    /// Where the options come from that an error is about, if that isn't the command line. What is
    /// missing is required by any of those that are given.
    fn sources(&self, error: &Error) -> Vec<(String, Origin)> {
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
            let name = self.line.arg(given).written();
            let origin = match &given.origin {
                origin @ (Origin::Variable(_) | Origin::File { .. }) => origin.clone(),
                Origin::Argument(_) | Origin::Default => continue,
            };
            let is_named = |text: &&str| text.split([' ', '=', '[']).next() == Some(&*name);
            let needs = missing && self.needs(self.line.arg(given));
            let source = (name.clone(), origin);
            if (needs || about.iter().any(is_named)) && !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources
    }

    /// The first error before the point where the scanner stopped.
    pub(super) fn before(&self, end: &End) -> Option<What> {
        let mut sound = &self.line.given[..self.line.sound];
        if let ([before @ .., last], End::UnknownOption(_)) = (sound, end) {
            // Its values may not be complete.
            sound = if last.open { before } else { sound };
        }
        if sound.is_empty() || end.is_request() {
            return None;
        }
        let words = flat::first_options(self.line, sound.len());
        let command = flat::command(self.program, self.line, self.setup.isolated);
        let error = command.try_get_matches_from(words).err()?;
        // What is missing may follow, and what goes together is looked at last.
        let later = match error.kind() {
            ErrorKind::MissingRequiredArgument => true,
            // Unless it is given twice.
            ErrorKind::ArgumentConflict => {
                error.get(ContextKind::InvalidArg) != error.get(ContextKind::PriorArg)
            }
            _ => false,
        };
        (!later).then(|| self.usage_error(error))
    }

    /// The first value that must be Unicode and is not, by its option.
    pub(super) fn not_unicode(&self) -> Option<What> {
        let given = self.line.given.iter().find_map(|given| {
            let arg = self.line.arg(given);
            let wrong = given.values.iter().find(|value| value.to_str().is_none());
            Some((arg, wrong.filter(|_| arg.kind.is_unicode())?))
        });
        let positional = || {
            let mut words = self.line.words.iter().enumerate();
            words.find_map(|(at, word)| {
                let arg = self.line.argument_at(at)?;
                (word.to_str().is_none() && arg.kind.is_unicode()).then_some((arg, word))
            })
        };
        let (arg, value) = given.or_else(positional)?;
        let mut command = flat::command(self.program, self.line, true);
        command.build();
        let known = command
            .get_arguments()
            .find(|known| known.get_id() == arg.id);
        let name = known.map_or_else(|| arg.written(), ToString::to_string);
        let found = match arg.kind {
            Kind::Secret => String::new(),
            _ => format!(", found `{}`", printable(&value.to_string_lossy())),
        };
        // clap adds nothing to a message of ours.
        let message = format!(
            "invalid value for '{name}': expected Unicode text{found}\n\n\
             For more information, try '--help'.\n"
        );
        let mut error = Error::raw(ErrorKind::InvalidUtf8, message);
        error.insert(ContextKind::InvalidArg, ContextValue::String(name));
        Some(self.usage_error(error))
    }

    /// Whether something else is required because of an option.
    fn needs(&self, arg: &Arg) -> bool {
        let called = &self.line.called;
        let own = arg
            .rules
            .iter()
            .any(|rule| matches!(rule, Rule::Requires(_)));
        let mut pairs = called.upwards().flat_map(|command| &command.requires);
        let names_it = |rule: &Rule| match rule {
            Rule::RequiredWhen(when) | Rule::RequiredWhenAll(when) => when.arg == arg.id,
            _ => false,
        };
        own || pairs.any(|(id, _)| *id == arg.id)
            || called.args().any(|other| other.rules.iter().any(names_it))
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
