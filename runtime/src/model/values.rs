//! The values of an argument: the methods that set their kind, and the parsers for them.

use std::ffi::OsStr;
use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueHint;
use clap::builder::{
    PathBufValueParser, PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser,
    ValueParser,
};

use super::kind::{float, found, integer};
use super::{Arg, Choice, Complete, Custom, Exists, Kind, Parsed, PathKind};
use crate::{Secret, types};

/// Methods that set the kind of the values.
impl Arg {
    /// Makes the value a path, which may be invalid Unicode.
    pub fn path(&mut self, path: PathKind, exists: Exists) -> &mut Self {
        self.kind = Kind::Path(path, exists);
        self
    }

    /// Makes the value a string that is never shown.
    pub fn secret(&mut self) -> &mut Self {
        self.kind = Kind::Secret;
        self
    }

    /// Makes the value an integer.
    pub fn integer(&mut self) -> &mut Self {
        self.integer_range(i64::MIN, i64::MAX)
    }

    /// Makes the value an integer from `min` to `max`.
    pub fn integer_range(&mut self, min: i64, max: i64) -> &mut Self {
        self.kind = Kind::Integer { min, max };
        self
    }

    /// Makes the value a number from `min` to `max`. An empty limit is no limit.
    pub fn float(&mut self, min: &'static str, max: &'static str) -> &mut Self {
        self.kind = Kind::Float { min, max };
        self
    }

    /// Makes the value `true` or `false`.
    pub fn boolean(&mut self) -> &mut Self {
        self.kind = Kind::Boolean;
        self
    }

    /// Makes the value a URL: see [`types::url`].
    pub fn url(&mut self) -> &mut Self {
        self.kind = Kind::Url;
        self
    }

    /// Makes the value a duration: see [`types::duration`].
    pub fn duration(&mut self) -> &mut Self {
        self.kind = Kind::Duration;
        self
    }

    /// Makes the value a number of bytes: see [`types::size`].
    pub fn size(&mut self) -> &mut Self {
        self.kind = Kind::Size;
        self
    }

    /// Makes the value a pair: see [`types::key_value`].
    pub fn key_value(&mut self) -> &mut Self {
        self.kind = Kind::KeyValue;
        self
    }

    /// Makes the value one of a type that the program defines.
    pub fn typed<T>(&mut self) -> &mut Self
    where
        T: FromStr<Err: Display> + Clone + Send + Sync + 'static,
    {
        self.kind = Kind::Custom(Custom::of::<T>());
        self
    }

    /// Adds an accepted value with its meaning, which may be empty.
    pub fn choice(&mut self, name: &'static str, help: &'static str) -> &mut Self {
        if !matches!(self.kind, Kind::Choice { .. }) {
            self.kind = Kind::Choice { ignore_case: false };
        }
        self.choices.push(Choice {
            name,
            help,
            aliases: Vec::new(),
            hidden: false,
        });
        self
    }

    /// Adds another name for the choice added last.
    pub fn choice_alias(&mut self, alias: &'static str) -> &mut Self {
        if let Some(choice) = self.choices.last_mut() {
            choice.aliases.push(alias);
        }
        self
    }

    /// Hides the choice added last from help and documentation. It is still accepted.
    pub fn hidden_choice(&mut self) -> &mut Self {
        if let Some(choice) = self.choices.last_mut() {
            choice.hidden = true;
        }
        self
    }

    /// Ignores the case of choices.
    pub fn ignore_case(&mut self) -> &mut Self {
        self.kind = Kind::Choice { ignore_case: true };
        self
    }
}

/// Methods that check and parse values.
impl Arg {
    /// Checks whether a string is an accepted value.
    ///
    /// # Errors
    ///
    /// Returns what is expected and what was found: "expected a number of at least 1, found `0`". For a
    /// secret, returns only what is expected.
    pub fn check(&self, word: &str) -> Result<(), String> {
        let result = match self.kind {
            Kind::Choice { .. } if self.meaning(word).is_none() => {
                Err(format!("expected {}", self.wanted()))
            }
            kind => kind.check(word),
        };
        result.map_err(|why| match self.kind {
            Kind::Secret => why,
            _ => found(why, word),
        })
    }

    /// As [`check`](Self::check), and also checks whether a path exists, or doesn't exist, as required.
    /// A path is relative to the current directory.
    ///
    /// # Errors
    ///
    /// As `check`.
    pub(crate) fn check_there(&self, word: &str) -> Result<(), String> {
        self.check(word)?;
        let looked = self.kind.look(word.into());
        looked.map(drop).map_err(|why| found(why, word))
    }

    /// Describes what is accepted as one value, in words that can follow "expected".
    pub fn wanted(&self) -> String {
        match self.kind {
            Kind::Choice { .. } => {
                let shown = self.choices.iter().filter(|choice| !choice.hidden);
                match shown.clone().count() {
                    0 => self.kind.wanted(),
                    _ => alternatives(shown.map(|choice| choice.name)),
                }
            }
            kind => kind.wanted(),
        }
    }

    /// Returns the parser of its values, for clap.
    pub(super) fn parser(&self) -> ValueParser {
        match self.kind {
            Kind::Text | Kind::Switch | Kind::Count(_) => ValueParser::string(),
            Kind::Secret => StringValueParser::new().map(Secret::new).into(),
            Kind::Choice { .. } => self.choice_parser(),
            Kind::Boolean => clap::value_parser!(bool),
            Kind::Integer { min, max } => ValueParser::from(move |word: &str| {
                integer(word, min, max).map_err(|why| found(why, word))
            }),
            Kind::Float { min, max } => ValueParser::from(move |word: &str| {
                float(word, min, max).map_err(|why| found(why, word))
            }),
            Kind::Path(_, Exists::Either) => ValueParser::path_buf(),
            kind @ Kind::Path(..) => PathBufValueParser::new()
                .try_map(move |path| {
                    let word = path.to_string_lossy().into_owned();
                    kind.look(path).map_err(|why| found(why, &word))
                })
                .into(),
            Kind::Url => reading(types::url),
            Kind::Duration => reading(types::duration),
            Kind::Size => reading(types::size),
            Kind::KeyValue => reading(types::key_value),
            Kind::Custom(custom) => (custom.parser)(),
        }
    }

    /// Parses a value. Returns `None` if it is not accepted, or if only clap knows whether it is. The parser for clap
    /// gives the same value. If `isolated`, a path doesn't have to exist.
    pub(crate) fn parse(&self, word: &OsStr, isolated: bool) -> Option<Parsed> {
        if let Kind::Path(..) = self.kind {
            let path = (!word.is_empty()).then(|| PathBuf::from(word))?;
            return Some(match isolated {
                true => Box::new(path),
                false => Box::new(self.kind.look(path).ok()?),
            });
        }
        let word = word.to_str()?;
        Some(match self.kind {
            Kind::Secret => Box::new(Secret::new(word.to_owned())),
            // clap has a way of its own to compare words whose case is ignored.
            Kind::Choice { ignore_case: true } if !self.has_plain_choices(word) => return None,
            Kind::Choice { .. } => Box::new(self.meaning(word)?.name.to_owned()),
            Kind::Boolean => Box::new(word.parse::<bool>().ok()?),
            Kind::Integer { min, max } => Box::new(integer(word, min, max).ok()?),
            Kind::Float { min, max } => Box::new(float(word, min, max).ok()?),
            Kind::Url => Box::new(types::url(word).ok()?),
            Kind::Duration => Box::new(types::duration(word).ok()?),
            Kind::Size => Box::new(types::size(word).ok()?),
            Kind::KeyValue => Box::new(types::key_value(word).ok()?),
            Kind::Custom(custom) => (custom.parse)(word).ok()?,
            Kind::Text | Kind::Switch | Kind::Count(_) | Kind::Path(..) => {
                Box::new(word.to_owned())
            }
        })
    }

    /// Returns whether a word and the names of all choices are ASCII.
    fn has_plain_choices(&self, word: &str) -> bool {
        let names = |choice: &Choice| {
            let mut names = std::iter::once(&choice.name).chain(&choice.aliases);
            names.all(|name| name.is_ascii())
        };
        word.is_ascii() && self.choices.iter().all(names)
    }

    /// Returns a parser that accepts choices, and replaces an alias with the name of its choice.
    fn choice_parser(&self) -> ValueParser {
        let values = self.choices.iter().map(|choice| {
            let value = PossibleValue::new(choice.name)
                .hide(choice.hidden)
                .aliases(choice.aliases.iter().copied());
            match choice.help.is_empty() {
                true => value,
                false => value.help(choice.help),
            }
        });
        let values: Vec<PossibleValue> = values.collect();
        let ignore_case = matches!(self.kind, Kind::Choice { ignore_case: true });
        let parser = PossibleValuesParser::new(values.clone());
        if !ignore_case && self.choices.iter().all(|choice| choice.aliases.is_empty()) {
            return parser.into();
        }
        let parser = parser.map(move |word| {
            let meant = values.iter().find(|c| c.matches(&word, ignore_case));
            meant.map_or(word, |choice| choice.get_name().to_owned())
        });
        parser.into()
    }

    /// Returns the completion that a shell offers, as clap's type.
    pub(super) fn hint(&self) -> ValueHint {
        self.complete
            .map_or_else(|| self.kind.hint(), Complete::hint)
    }
}

/// Makes a parser for clap from a function whose error says what it expects.
fn reading<T: Clone + Send + Sync + 'static>(read: fn(&str) -> Result<T, String>) -> ValueParser {
    ValueParser::from(move |word: &str| read(word).map_err(|why| found(why, word)))
}

/// Lists alternatives: `a`, `b` or `c`.
fn alternatives<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    let last = words.pop().unwrap_or_default();
    match words.is_empty() {
        true => last,
        false => format!("{} or {last}", words.join(", ")),
    }
}
