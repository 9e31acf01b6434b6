//! The kinds of values: the only module that knows which values are accepted, and how to report the
//! others.

use std::any::{Any, type_name};
use std::fmt::{Debug, Display};
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueHint;
use clap::builder::ValueParser;

use super::Complete;
use crate::text::{printable, printable_lines};
use crate::types;

/// The kind of the values of an argument.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// An option without a value.
    Switch,
    /// An option without a value that counts how often it is given, up to this number.
    Count(u8),
    /// Any string.
    Text,
    /// A string that is never shown.
    Secret,
    /// One of the listed choices.
    Choice {
        /// Whether case is ignored.
        ignore_case: bool,
    },
    /// `true` or `false`.
    Boolean,
    /// A 64-bit integer.
    Integer {
        /// The minimum.
        min: i64,
        /// The maximum.
        max: i64,
    },
    /// A number.
    Float {
        /// The minimum. If it is empty, there is none.
        min: &'static str,
        /// The maximum. If it is empty, there is none.
        max: &'static str,
    },
    /// A path, which may be invalid Unicode.
    Path(PathKind, Exists),
    /// A URL.
    Url,
    /// A duration.
    Duration,
    /// A number of bytes.
    Size,
    /// A pair of the form `KEY=VALUE`.
    KeyValue,
    /// A type that the program defines.
    Custom(Custom),
}

/// The kind of file that a path refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// Anything.
    Any,
    /// A file.
    File,
    /// A directory.
    Directory,
}

/// Whether a path must exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exists {
    /// It may exist or not exist.
    Either,
    /// It must exist.
    Must,
    /// It must not exist.
    MustNot,
}

/// A value of the type that its kind has in Rust.
pub(crate) type Parsed = Box<dyn Any + Send + Sync>;

/// A type that the program defines, and that parses its values with [`FromStr`].
#[derive(Clone, Copy)]
pub struct Custom {
    name: &'static str,
    pub(super) parse: fn(&str) -> Result<Parsed, String>,
    pub(super) parser: fn() -> ValueParser,
}

impl Custom {
    /// Describes the type `T`.
    pub fn of<T>() -> Self
    where
        T: FromStr<Err: Display> + Clone + Send + Sync + 'static,
    {
        Self {
            name: type_name::<T>(),
            parse: |word| Ok(Box::new(custom::<T>(word)?)),
            parser: || {
                ValueParser::from(|word: &str| custom::<T>(word).map_err(|why| found(why, word)))
            },
        }
    }

    /// Describes a type of which the generator knows only the path. Every value is accepted.
    pub fn unknown(path: &'static str) -> Self {
        Self {
            name: path,
            ..Self::of::<String>()
        }
    }

    /// Returns the path of the type.
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
            // The error may contain the word. A line break in it must not look like one of the message.
            None if word.contains('\n') => printable(&error.to_string()),
            None => printable_lines(&error.to_string()),
        })
}

/// Returns the minimum and the maximum of a primitive integer type.
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

/// Returns "expected a number from 1 to 9", or "expected a whole number …" if it is not an integer.
fn out_of_range(word: &str, min: &str, max: &str) -> String {
    let what = if is_whole(word) {
        "number"
    } else {
        "whole number"
    };
    format!("expected a {what}{}", range(min, max))
}

/// Returns whether this is an integer of any size.
fn is_whole(word: &str) -> bool {
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Describes a range: " from 1 to 9". An empty limit is no limit.
fn range(min: &str, max: &str) -> String {
    match (min.is_empty(), max.is_empty()) {
        (false, false) => format!(" from {min} to {max}"),
        (false, true) => format!(" of at least {min}"),
        (true, false) => format!(" of at most {max}"),
        (true, true) => String::new(),
    }
}

/// Returns the limits of an integer as strings. A limit is empty if it is that of `i64`.
pub fn limits_of(min: i64, max: i64) -> (String, String) {
    let text = |limit: i64, end: i64| (limit != end).then(|| limit.to_string());
    (
        text(min, i64::MIN).unwrap_or_default(),
        text(max, i64::MAX).unwrap_or_default(),
    )
}

/// Adds the value that was found to a message that says what is expected. A message of a type that the
/// program defines is returned unchanged.
pub(super) fn found(expected: String, word: &str) -> String {
    match expected.starts_with("expected ") {
        true => format!("{expected}, found `{}`", printable(word)),
        false => expected,
    }
}

/// The values of an environment variable that leave a switch off, in lower case.
const OFF: [&str; 7] = ["", "0", "n", "no", "f", "false", "off"];

/// Returns whether the value of an environment variable turns a switch on.
pub(crate) fn is_on(word: &str) -> bool {
    !OFF.contains(&word.to_lowercase().as_str())
}

impl Kind {
    /// Checks whether a string is a value of this kind. [`Arg::check`](super::Arg::check) also checks
    /// choices, and [`look`](Self::look) checks whether a path exists.
    ///
    /// # Errors
    ///
    /// Returns what is expected, without what was found: "expected a number of at least 1".
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
            Self::Custom(custom) => (custom.parse)(word).map(drop),
        }
    }

    /// Describes the accepted values, in words that can follow "expected".
    pub fn wanted(self) -> String {
        match self {
            Self::Switch | Self::Boolean => "`true` or `false`".to_owned(),
            Self::Count(max) => format!("a whole number from 0 to {max}"),
            Self::Text | Self::Secret => "a string".to_owned(),
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
                (PathKind::Any, Exists::Must) => "an existing path",
                (PathKind::File, Exists::Must) => "the path of an existing file",
                (PathKind::Directory, Exists::Must) => "the path of an existing directory",
                (_, Exists::MustNot) => "a path that doesn't exist yet",
            }
            .to_owned(),
            Self::Url => "a URL such as `https://example.org/`".to_owned(),
            Self::Duration => "a duration such as `500ms`, `90s` or `1h30m`".to_owned(),
            Self::Size => "a size such as `512`, `10K` or `1.5MB`".to_owned(),
            Self::KeyValue => "`KEY=VALUE`".to_owned(),
            Self::Custom(_) => "a value that the option accepts".to_owned(),
        }
    }

    /// Checks on the disk whether a path exists, or doesn't exist, as required, and is of the right
    /// kind.
    ///
    /// # Errors
    ///
    /// Returns what is expected.
    pub fn look(self, path: PathBuf) -> Result<PathBuf, String> {
        let Self::Path(kind, exists) = self else {
            return Ok(path);
        };
        let wanted = || format!("expected {}", self.wanted());
        // Symbolic links are followed, as they will be when the file is opened.
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

    /// Returns whether a value must be valid Unicode.
    pub(crate) fn is_unicode(self) -> bool {
        !matches!(self, Self::Path(..))
    }

    /// Returns whether a token that begins with a hyphen can only be a value of this kind.
    pub(crate) fn takes_hyphenated(self, word: &str) -> bool {
        let number = || {
            let digits = word.strip_prefix('-').unwrap_or(word);
            let begins = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
            begins && digits.parse::<f64>().is_ok()
        };
        match self {
            Self::Secret => true,
            Self::Integer { .. } | Self::Float { .. } => number(),
            Self::Custom(custom) => number() && (custom.parse)(word).is_ok(),
            _ => false,
        }
    }

    /// Returns whether its values are numbers, which may begin with a hyphen.
    #[cfg(feature = "completions")]
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Integer { .. } | Self::Float { .. })
    }

    /// Returns the completion that a shell offers.
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
    /// Returns whether it completes paths.
    #[cfg(feature = "completions")]
    pub(crate) fn is_path(self) -> bool {
        matches!(
            self,
            Self::Path | Self::File | Self::Directory | Self::Files(_)
        )
    }

    pub(super) fn hint(self) -> ValueHint {
        match self {
            Self::None => ValueHint::Other,
            Self::Path => ValueHint::AnyPath,
            Self::File | Self::Files(_) => ValueHint::FilePath,
            Self::Directory => ValueHint::DirPath,
            Self::Program => ValueHint::CommandName,
            Self::CommandLine => ValueHint::CommandString,
            Self::User => ValueHint::Username,
            Self::Host => ValueHint::Hostname,
            Self::Url => ValueHint::Url,
            Self::Email => ValueHint::EmailAddress,
            Self::Values(_) => ValueHint::Unknown,
        }
    }
}

/// Parses an integer and checks its limits.
pub(super) fn integer(word: &str, min: i64, max: i64) -> Result<i64, String> {
    match word.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(number),
        _ => {
            // For an integer that doesn't fit into 64 bits, the limits of `i64` are reported.
            let (least, most) = match is_whole(word) && word.parse::<i64>().is_err() {
                true => (min.to_string(), max.to_string()),
                false => limits_of(min, max),
            };
            Err(out_of_range(word, &least, &most))
        }
    }
}

/// Parses a number and checks its limits. An empty limit is no limit.
pub(super) fn float(word: &str, min: &str, max: &str) -> Result<f64, String> {
    let least = min.parse().unwrap_or(f64::NEG_INFINITY);
    let most = max.parse().unwrap_or(f64::INFINITY);
    match word.parse::<f64>() {
        Ok(number) if number.is_finite() && (least..=most).contains(&number) => Ok(number),
        _ => Err(format!("expected a number{}", range(min, max))),
    }
}
