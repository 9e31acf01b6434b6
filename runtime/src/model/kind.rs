//! The kinds of values: the one place that knows what is accepted, and what to say when it is not.

use std::any::type_name;
use std::fmt::{Debug, Display};
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueHint;
use clap::builder::ValueParser;

use super::Complete;
use crate::text::printable;
use crate::types;

/// What the values of an argument are.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// It takes no value: it is given or not.
    Switch,
    /// It takes no value and counts how often it is given; only the first so many count.
    Count(u8),
    /// Any text.
    Text,
    /// A text that is never shown.
    Secret,
    /// One of the choices that are listed.
    Choice {
        /// Capitals make no difference.
        ignore_case: bool,
    },
    /// `true` or `false`.
    Boolean,
    /// A whole number of 64 bits.
    Integer {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A number.
    Float {
        /// The smallest, or nothing.
        min: &'static str,
        /// The largest, or nothing.
        max: &'static str,
    },
    /// A path, which need not be Unicode.
    Path(PathKind, Exists),
    /// An address.
    Url,
    /// A span of time.
    Duration,
    /// A number of bytes.
    Size,
    /// `KEY=VALUE`
    KeyValue,
    /// A type of the program's own.
    Custom(Custom),
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// Anything.
    Any,
    /// A file.
    File,
    /// A directory.
    Directory,
}

/// What must be found at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exists {
    /// It may exist or not.
    Either,
    /// It must exist.
    Must,
    /// It must not exist.
    MustNot,
}

/// A type of the program's own, which reads its values by [`FromStr`].
#[derive(Clone, Copy)]
pub struct Custom {
    name: &'static str,
    check: fn(&str) -> Result<(), String>,
    pub(super) parser: fn() -> ValueParser,
}

impl Custom {
    /// The type `T`.
    pub fn of<T>() -> Self
    where
        T: FromStr<Err: Display> + Clone + Send + Sync + 'static,
    {
        Self {
            name: type_name::<T>(),
            check: |word| custom::<T>(word).map(drop),
            parser: || {
                ValueParser::from(|word: &str| custom::<T>(word).map_err(|why| found(why, word)))
            },
        }
    }

    /// A type that the generator knows by its path only: everything is accepted.
    pub fn unknown(path: &'static str) -> Self {
        Self {
            name: path,
            ..Self::of::<String>()
        }
    }

    /// The path of the type.
    pub fn name(self) -> &'static str {
        self.name
    }
}

impl Debug for Custom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Custom")
    }
}

fn custom<T: FromStr<Err: Display>>(word: &str) -> Result<T, String> {
    word.parse()
        .map_err(|error: T::Err| match whole_numbers(type_name::<T>()) {
            Some((min, max)) => out_of_range(word, &min, &max),
            None => error.to_string(),
        })
}

/// The smallest and the largest number of a type of Rust's own.
fn whole_numbers(name: &str) -> Option<(String, String)> {
    macro_rules! limits {
        ($($kind:ident)*) => {
            match name {
                $(stringify!($kind) => Some(($kind::MIN.to_string(), $kind::MAX.to_string())),)*
                _ => None,
            }
        };
    }
    limits!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize)
}

/// "expected a number from 1 to 9", or that it must be a whole one.
fn out_of_range(word: &str, min: &str, max: &str) -> String {
    let what = if is_whole(word) {
        "number"
    } else {
        "whole number"
    };
    format!("expected a {what}{}", range(min, max))
}

/// Whether this is a whole number, of any size.
fn is_whole(word: &str) -> bool {
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// " from 1 to 9"; an empty limit is none.
fn range(min: &str, max: &str) -> String {
    match (min.is_empty(), max.is_empty()) {
        (false, false) => format!(" from {min} to {max}"),
        (false, true) => format!(" from {min}"),
        (true, false) => format!(" up to {max}"),
        (true, true) => String::new(),
    }
}

/// The limits of a whole number as texts; what is the limit of the type too is none.
pub fn limits_of(min: i64, max: i64) -> (String, String) {
    let text = |limit: i64, end: i64| (limit != end).then(|| limit.to_string());
    (
        text(min, i64::MIN).unwrap_or_default(),
        text(max, i64::MAX).unwrap_or_default(),
    )
}

/// What is expected, and what was found in its place. What a type of the program's own says is said as it
/// is.
pub(super) fn found(expected: String, word: &str) -> String {
    match expected.starts_with("expected ") {
        true => format!("{expected}, found `{}`", printable(word)),
        false => expected,
    }
}

/// The values of an environment variable that leave a switch off, in lower case.
const OFF: [&str; 7] = ["", "0", "n", "no", "f", "false", "off"];

/// Whether the value of an environment variable turns a switch on.
pub(crate) fn is_on(word: &str) -> bool {
    !OFF.contains(&word.to_lowercase().as_str())
}

impl Kind {
    /// Whether a string is a value of this kind; if not, what is expected. Only
    /// [`Arg::check`](super::Arg::check) knows the choices, and only [`look`](Self::look) reads the disk.
    ///
    /// # Errors
    ///
    /// "expected a number from 1", without what was found.
    pub fn check(self, word: &str) -> Result<(), String> {
        match self {
            Self::Text | Self::Secret | Self::Choice { .. } => Ok(()),
            Self::Switch | Self::Boolean if matches!(word, "true" | "false") => Ok(()),
            Self::Count(max) if word.parse::<u8>().is_ok_and(|count| count <= max) => Ok(()),
            Self::Path(..) if !word.is_empty() => Ok(()),
            Self::Switch | Self::Boolean | Self::Count(_) | Self::Path(..) => {
                Err(format!("expected {}", self.wanted()))
            }
            Self::Integer { min, max } => integer(word, min, max).map(drop),
            Self::Float { min, max } => float(word, min, max).map(drop),
            Self::Url => types::url(word).map(drop),
            Self::Duration => types::duration(word).map(drop),
            Self::Size => types::size(word).map(drop),
            Self::KeyValue => types::key_value(word).map(drop),
            Self::Custom(custom) => (custom.check)(word),
        }
    }

    /// What is accepted, in words that may follow "expected".
    pub fn wanted(self) -> String {
        match self {
            Self::Switch | Self::Boolean => "`true` or `false`".to_owned(),
            Self::Count(max) => format!("a whole number from 0 to {max}"),
            Self::Text | Self::Secret => "a text".to_owned(),
            Self::Choice { .. } => "one of its choices".to_owned(),
            Self::Integer { min, max } => {
                let (min, max) = limits_of(min, max);
                format!("a whole number{}", range(&min, &max))
            }
            Self::Float { min, max } => format!("a number{}", range(min, max)),
            Self::Path(kind, exists) => match (kind, exists) {
                (PathKind::Any, Exists::Either) => "a path",
                (PathKind::File, Exists::Either) => "the path of a file",
                (PathKind::Directory, Exists::Either) => "the path of a directory",
                (PathKind::Any, Exists::Must) => "the path of something that exists",
                (PathKind::File, Exists::Must) => "the path of a file that exists",
                (PathKind::Directory, Exists::Must) => "the path of a directory that exists",
                (_, Exists::MustNot) => "a path at which nothing exists yet",
            }
            .to_owned(),
            Self::Url => "an address such as `https://example.org/`".to_owned(),
            Self::Duration => "a time such as `500ms`, `90s` or `1h30m`".to_owned(),
            Self::Size => "a size such as `512`, `10K` or `1.5MB`".to_owned(),
            Self::KeyValue => "`KEY=VALUE`".to_owned(),
            Self::Custom(_) => "a value that the option accepts".to_owned(),
        }
    }

    /// Whether there is at a path what must be there.
    ///
    /// # Errors
    ///
    /// What is expected, or what is there.
    pub fn look(self, path: PathBuf) -> Result<PathBuf, String> {
        let Self::Path(kind, exists) = self else {
            return Ok(path);
        };
        let wanted = || format!("expected {}", self.wanted());
        // Links are followed, as whoever opens the file will.
        let wrong = match (exists, path.metadata()) {
            (Exists::Either, _) => return Ok(path),
            (Exists::MustNot, Err(_)) if path.symlink_metadata().is_err() => None,
            (Exists::MustNot, _) => Some(wanted()),
            (Exists::Must, Err(error)) => Some(format!("{} ({error})", wanted())),
            (Exists::Must, Ok(found)) => match kind {
                PathKind::File if found.is_dir() => Some(wanted()),
                PathKind::Directory if !found.is_dir() => Some(wanted()),
                _ => None,
            },
        };
        wrong.map_or(Ok(path), Err)
    }

    /// Whether a value must be Unicode.
    pub(crate) fn is_unicode(self) -> bool {
        !matches!(self, Self::Path(..))
    }

    /// Whether a word that begins with a dash can be nothing but a value of this kind.
    pub(crate) fn takes_dashed(self, word: &str) -> bool {
        let number = || {
            let digits = word.strip_prefix('-').unwrap_or(word);
            let begins = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
            begins && digits.parse::<f64>().is_ok()
        };
        match self {
            Self::Secret => true,
            Self::Integer { .. } | Self::Float { .. } => number(),
            Self::Custom(custom) => number() && (custom.check)(word).is_ok(),
            _ => false,
        }
    }

    /// What a shell may offer.
    pub(super) fn hint(self) -> ValueHint {
        match self {
            Self::Path(PathKind::Any, _) => ValueHint::AnyPath,
            Self::Path(PathKind::File, _) => ValueHint::FilePath,
            Self::Path(PathKind::Directory, _) => ValueHint::DirPath,
            Self::Url => ValueHint::Url,
            _ => ValueHint::Unknown,
        }
    }
}

impl Complete {
    pub(super) fn hint(self) -> ValueHint {
        match self {
            Self::None => ValueHint::Other,
            Self::Path => ValueHint::AnyPath,
            Self::File => ValueHint::FilePath,
            Self::Directory => ValueHint::DirPath,
            Self::Program => ValueHint::CommandName,
            Self::CommandLine => ValueHint::CommandString,
            Self::User => ValueHint::Username,
            Self::Host => ValueHint::Hostname,
            Self::Url => ValueHint::Url,
            Self::Email => ValueHint::EmailAddress,
        }
    }
}

/// A whole number in its limits.
pub(super) fn integer(word: &str, min: i64, max: i64) -> Result<i64, String> {
    match word.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(number),
        _ => {
            // A whole number that doesn't fit into 64 bits is reported with their limits.
            let (least, most) = match is_whole(word) && word.parse::<i64>().is_err() {
                true => (min.to_string(), max.to_string()),
                false => limits_of(min, max),
            };
            Err(out_of_range(word, &least, &most))
        }
    }
}

/// A number in its limits; an empty limit is none.
pub(super) fn float(word: &str, min: &str, max: &str) -> Result<f64, String> {
    let least = min.parse().unwrap_or(f64::NEG_INFINITY);
    let most = max.parse().unwrap_or(f64::INFINITY);
    match word.parse::<f64>() {
        Ok(number) if number.is_finite() && (least..=most).contains(&number) => Ok(number),
        _ => Err(format!("expected a number{}", range(min, max))),
    }
}
