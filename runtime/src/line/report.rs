//! Creating errors: those of the scanner, in clap's wording, and those of clap, with the origin of
//! values.

use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use super::end::End;
use super::stop::{Reason, UsageError};
use super::{Line, Setup, flat};
use crate::help::{self, Length};
use crate::model::{Arg, Below, Kind, Program, Role, Rule};
use crate::origin::Origin;
use crate::text::printable;

/// The minimum similarity, from 0 to 1, for a name to be suggested. It is the same as clap's.
const MIN_SIMILARITY: f64 = 0.7;

/// Creates the errors of one command line.
pub(super) struct Report<'a> {
    pub(super) program: &'a Program,
    pub(super) line: &'a Line,
    pub(super) setup: &'a Setup,
}

impl Report<'_> {
    /// Returns the output for the point at which the scanner stopped.
    pub(super) fn end(&self, end: &End) -> Reason {
        let help = |length| {
            let width = help::terminal_width();
            let called = &self.line.reported_command();
            help::render(self.program, called, length, width, &self.styles())
        };
        match end {
            End::ShortHelp => Reason::Text(help(Length::Short)),
            End::LongHelp => Reason::Text(help(Length::Long)),
            End::Nothing => Reason::HelpForNothing(help(Length::Short)),
            End::Version => Reason::Text(self.version()),
            End::Topic(name) => {
                let called = self.line.reported_command();
                let topics = &called.command().topics;
                let topic = topics.iter().find(|topic| topic.name == *name);
                let width = help::terminal_width();
                let render = |topic| help::render_topic(topic, width, &self.styles());
                Reason::Text(topic.map(render).unwrap_or_default())
            }
            End::UnknownOption(name) => self.unknown_option(name),
            End::UnknownCommand(word) => self.unknown_command(&word.to_string_lossy()),
            End::NoCommand => {
                let name = self.line.reported_command().command().title();
                let mut error = Error::new(ErrorKind::MissingSubcommand);
                error.insert(ContextKind::InvalidSubcommand, ContextValue::String(name));
                self.usage_error(error)
            }
            End::BesideSubcommand(name) => {
                let mut error = Error::new(ErrorKind::ArgumentConflict);
                let command = self.line.reported_command().command().name().to_owned();
                error.insert(
                    ContextKind::InvalidSubcommand,
                    ContextValue::String(command),
                );
                let name = ContextValue::String(name.clone());
                error.insert(ContextKind::PriorArg, name);
                self.usage_error(error)
            }
            End::NotWith(name, others) => {
                let mut error = Error::new(ErrorKind::ArgumentConflict);
                let name = ContextValue::String(name.clone());
                error.insert(ContextKind::InvalidArg, name);
                let others = match &others[..] {
                    [other] => ContextValue::String(other.clone()),
                    others => ContextValue::Strings(others.to_vec()),
                };
                error.insert(ContextKind::PriorArg, others);
                self.usage_error(error)
            }
            End::OnlyWith(missing) => {
                let mut error = Error::new(ErrorKind::MissingRequiredArgument);
                let missing = ContextValue::Strings(missing.clone());
                error.insert(ContextKind::InvalidArg, missing);
                self.usage_error(error)
            }
            End::TooFew(name, least, count) => self.count_error(
                ErrorKind::TooFewValues,
                name,
                (ContextKind::MinValues, *least),
                *count,
            ),
            End::TooMany(name, most, count) => {
                let limit = (ContextKind::ExpectedNumValues, *most);
                self.count_error(ErrorKind::WrongNumberOfValues, name, limit, *count)
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

    /// Returns an error about the number of values.
    fn count_error(
        &self,
        kind: ErrorKind,
        name: &str,
        (limit, number): (ContextKind, usize),
        count: usize,
    ) -> Reason {
        let number_of = |count: usize| ContextValue::Number(count.try_into().unwrap_or(isize::MAX));
        let mut error = Error::new(kind);
        error.insert(
            ContextKind::InvalidArg,
            ContextValue::String(name.to_owned()),
        );
        error.insert(limit, number_of(number));
        error.insert(ContextKind::ActualNumValues, number_of(count));
        self.usage_error(error)
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

    fn unknown_option(&self, name: &str) -> Reason {
        let called = &self.line.reported_command();
        let mut error = Error::new(ErrorKind::UnknownArgument);
        error.insert(
            ContextKind::InvalidArg,
            ContextValue::String(name.to_owned()),
        );
        if let Some(typed) = name.strip_prefix("--") {
            // Only options that help shows are suggested. The option that confirms without asking is
            // not, so that a misspelled name never leads to it.
            let shown = called
                .accepted()
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
            let name = printable(name);
            let tip = format!("to pass '{name}' as a value, use '-- {name}'");
            error.insert(
                ContextKind::Suggested,
                ContextValue::StyledStrs(vec![tip.into()]),
            );
        }
        self.usage_error(error)
    }

    fn unknown_command(&self, word: &str) -> Reason {
        let mut error = Error::new(ErrorKind::InvalidSubcommand);
        let name = ContextValue::String(word.to_owned());
        error.insert(ContextKind::InvalidSubcommand, name);
        let called = self.line.reported_command();
        let shown = called.command().commands.iter();
        let shown = shown.filter(|below| !below.hidden && below.may_be_meant_by(word));
        let names: Vec<&str> = shown.flat_map(Below::shown_names).collect();
        // After `--`, even the name of a subcommand is not accepted, so no other name is suggested.
        let names = names.iter().copied().filter(|_| !names.contains(&word));
        if let Some(near) = nearest(word, names) {
            let near = ContextValue::Strings(vec![near.to_owned()]);
            error.insert(ContextKind::SuggestedSubcommand, near);
        }
        self.usage_error(error)
    }

    /// Completes an error with everything that its message shows.
    pub(super) fn usage_error(&self, error: Error) -> Reason {
        let called = &self.line.reported_command();
        let colors = Command::new(self.program.name)
            .styles(self.styles())
            .disable_help_flag(true)
            .arg(
                clap::Arg::new("help")
                    .long("help")
                    .action(clap::ArgAction::Help),
            );
        let mut error = error.with_cmd(&colors);
        // clap names hidden options too.
        let choices = match error.kind() {
            ErrorKind::MissingRequiredArgument => help::usage::choices_without_hidden(called),
            _ => Vec::new(),
        };
        for kind in [ContextKind::InvalidArg, ContextKind::PriorArg] {
            let outer = |name: &String| {
                let outer = flat::outer_name(name).unwrap_or_else(|| name.clone());
                let choice = choices.iter().find(|(all, _)| *all == outer);
                choice.map_or(outer, |(_, visible)| visible.clone())
            };
            let value = match error.get(kind) {
                Some(ContextValue::String(name)) => ContextValue::String(outer(name)),
                Some(ContextValue::Strings(names)) => {
                    ContextValue::Strings(names.iter().map(outer).collect())
                }
                _ => continue,
            };
            error.insert(kind, value);
        }
        // An invalid value has nothing to do with the usage of the command, so usage is not shown.
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
                Origin::Variable(from) => format!("`{name}` is set by the variable `{from}`"),
                origin => format!("`{name}` is set in {}", printable(&origin.to_string())),
            };
            tips.extend(sources.iter().map(|source| StyledStr::from(tip(source))));
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
        }
        Reason::Usage(Box::new(UsageError {
            typed: escape(&mut error),
            error,
            command: called.command().title(),
            sources: sources
                .iter()
                .map(|(_, origin)| origin.to_string())
                .collect(),
        }))
    }

    /// Returns the options that an error is about and that don't come from the command line, with their
    /// origins. If a required argument is missing, these are all given options that may require it.
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

    /// Returns the first error before the point at which the scanner stopped.
    pub(super) fn earlier_error(&self, end: &End) -> Option<Reason> {
        let mut given = &self.line.given[..self.line.given_at_end];
        if let ([before @ .., last], End::UnknownOption(_)) = (given, end) {
            // The last option may lack some of its values.
            given = if last.open { before } else { given };
        }
        if given.is_empty() || end.is_request() || matches!(end, End::BesideSubcommand(_)) {
            return None;
        }
        let words = flat::first_options(self.line, given.len());
        let command = flat::command(self.program, self.line);
        let error = command.try_get_matches_from(words).err()?;
        // A missing argument may still follow, and conflicts are checked last.
        let later = match error.kind() {
            ErrorKind::MissingRequiredArgument => true,
            // An option that is given twice conflicts with itself. This is reported right away.
            ErrorKind::ArgumentConflict => {
                error.get(ContextKind::InvalidArg) != error.get(ContextKind::PriorArg)
            }
            _ => false,
        };
        (!later).then(|| self.usage_error(error))
    }

    /// Returns an error for the first value that must be valid Unicode and is not.
    pub(super) fn not_unicode(&self) -> Option<Reason> {
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
        let mut command = flat::command(self.program, self.line);
        command.build();
        let known = command
            .get_arguments()
            .find(|known| known.get_id() == arg.id);
        let name = known.map_or_else(|| arg.written(), ToString::to_string);
        let found = match arg.kind {
            Kind::Secret => String::new(),
            _ => format!(", found `{}`", printable(&value.to_string_lossy())),
        };
        // clap adds nothing to a raw message.
        let message = format!(
            "invalid value for '{name}': expected Unicode text{found}\n\n\
             For more information, try '--help'.\n"
        );
        let mut error = Error::raw(ErrorKind::InvalidUtf8, message);
        error.insert(ContextKind::InvalidArg, ContextValue::String(name));
        Some(self.usage_error(error))
    }

    /// Returns whether an option makes others required.
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

/// Escapes control characters in the words of an error that come from the command line, and returns those words
/// as they were typed.
fn escape(error: &mut Error) -> Vec<(ContextKind, String)> {
    let kinds = [
        ContextKind::InvalidArg,
        ContextKind::InvalidSubcommand,
        ContextKind::InvalidValue,
    ];
    let typed = kinds.into_iter().filter_map(|kind| match error.get(kind)? {
        ContextValue::String(word) if printable(word) != *word => Some((kind, word.clone())),
        _ => None,
    });
    let typed: Vec<_> = typed.collect();
    for (kind, word) in &typed {
        error.insert(*kind, ContextValue::String(printable(word)));
    }
    typed
}

/// Finds the name that is most similar to a word, if one is similar enough.
pub(crate) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let similarity = names.map(|name| (strsim::jaro(word, name), name));
    let similar = similarity.filter(|(similarity, _)| *similarity > MIN_SIMILARITY);
    similar
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

impl Arg {
    fn shown_long_names(&self) -> impl Iterator<Item = &'static str> {
        let aliases = self.aliases.iter().filter(|alias| !alias.hidden);
        let aliases = aliases.map(|alias| alias.name);
        let negation = self.negation.filter(|_| !self.negation_hidden);
        self.long.into_iter().chain(aliases).chain(negation)
    }
}

impl Below {
    fn shown_names(&self) -> impl Iterator<Item = &'static str> {
        let aliases = self.aliases.iter().filter(|alias| !alias.hidden);
        std::iter::once(self.name).chain(aliases.map(|alias| alias.name))
    }

    /// Returns whether the command may be suggested for a misspelled name. A destructive command is
    /// suggested only if one letter differs: `logout` for `logut`, but not for `login`.
    fn may_be_meant_by(&self, word: &str) -> bool {
        let close = |name: &str| strsim::osa_distance(word, name) <= 1;
        !self.destructive || self.shown_names().any(close)
    }
}

#[cfg(test)]
mod tests;
