//! The values that a setting may have.

use toml_edit::Value;

use crate::types::{self, Found};

/// What kind of value a setting has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// `true` or `false`, for an option without a value.
    Switch,
    /// How often an option is given, so often at most.
    Count(u8),
    /// Any text.
    Text,
    /// A whole number.
    Integer {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A number. The limits are texts, and empty where there is none.
    Float {
        /// The smallest.
        min: &'static str,
        /// The largest.
        max: &'static str,
    },
    /// `true` or `false`, for an option with a value.
    Boolean,
    /// One of the words that the setting lists.
    Choice,
    /// A path. A relative one begins at the folder of its file.
    Path,
    /// The path of something that exists.
    ExistingPath,
    /// The path of a file that exists.
    ExistingFile,
    /// The path of a folder that exists.
    ExistingFolder,
    /// A path where nothing exists yet.
    NewPath,
    /// A span of time.
    Duration,
    /// A number of bytes.
    Size,
    /// An address.
    Url,
    /// `KEY=VALUE`.
    KeyValue,
    /// A type of the program's own; [`custom`] is such a function.
    Custom(fn(&str) -> Result<(), String>),
}

/// Whether a text is a value of the program's own type.
pub(crate) fn custom<T>(word: &str) -> Result<(), String>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    word.parse::<T>()
        .map(|_| ())
        .map_err(|error| error.to_string())
}

impl Kind {
    /// Whether a word is a value of this kind. Whether a path exists is looked at when it is used.
    pub(crate) fn check(self, word: &str) -> Result<(), String> {
        let wanted = || format!("it must be {}", self.wanted());
        let good = match self {
            Self::Switch | Self::Boolean => matches!(word, "true" | "false"),
            Self::Count(max) => word.parse::<u8>().is_ok_and(|count| count <= max),
            Self::Text => true,
            Self::Integer { min, max } => {
                let number = word.parse::<i64>();
                number.is_ok_and(|number| (min..=max).contains(&number))
            }
            Self::Float { min, max } => return types::float(word, min, max).map(|_| ()),
            Self::Duration => types::duration(word).is_ok(),
            Self::Size => types::size(word).is_ok(),
            Self::Url => types::url(word).is_ok(),
            Self::KeyValue => types::key_value(word).is_ok(),
            Self::Custom(check) => return check(word),
            _ => !word.is_empty(),
        };
        if good { Ok(()) } else { Err(wanted()) }
    }

    /// What is accepted, in words that may follow "must be".
    pub(crate) fn wanted(self) -> String {
        match self {
            Self::Switch | Self::Boolean => "`true` or `false`".to_owned(),
            Self::Count(max) => format!("a whole number from 0 to {max}"),
            Self::Text => "a text".to_owned(),
            Self::Integer { min, max } => {
                let min = (min > i64::MIN).then(|| min.to_string());
                let max = (max < i64::MAX).then(|| max.to_string());
                limits("a whole number", min.as_deref(), max.as_deref())
            }
            Self::Float { min, max } => {
                let limit = |text: &'static str| (!text.is_empty()).then_some(text);
                limits("a number", limit(min), limit(max))
            }
            Self::Choice => "a word of a list".to_owned(),
            Self::Path => "a path".to_owned(),
            Self::ExistingPath => "the path of something that exists".to_owned(),
            Self::ExistingFile => "the path of a file that exists".to_owned(),
            Self::ExistingFolder => "the path of a folder that exists".to_owned(),
            Self::NewPath => "a path where nothing exists yet".to_owned(),
            Self::Duration => "a time such as `500ms`, `90s` or `1h30m`".to_owned(),
            Self::Size => "a size such as `512`, `10K` or `1.5MB`".to_owned(),
            Self::Url => "an address such as `https://example.org/`".to_owned(),
            Self::KeyValue => "`KEY=VALUE`".to_owned(),
            Self::Custom(_) => "a value that the option accepts".to_owned(),
        }
    }

    /// What must be found at the path, where it is one.
    pub(crate) fn found(self) -> Option<Found> {
        match self {
            Self::ExistingPath => Some(Found::Anything),
            Self::ExistingFile => Some(Found::File),
            Self::ExistingFolder => Some(Found::Folder),
            Self::NewPath => Some(Found::Nothing),
            _ => None,
        }
    }

    pub(crate) fn is_path(self) -> bool {
        matches!(self, Self::Path) || self.found().is_some()
    }

    /// The word for a value of a file; nothing when TOML has another type for this kind.
    pub(crate) fn word(self, value: &Value) -> Option<String> {
        match (self, value) {
            (Self::Switch | Self::Boolean | Self::Custom(_), Value::Boolean(on)) => {
                Some(on.value().to_string())
            }
            (
                Self::Count(_)
                | Self::Integer { .. }
                | Self::Float { .. }
                | Self::Size
                | Self::Custom(_),
                Value::Integer(number),
            ) => Some(number.value().to_string()),
            (Self::Float { .. } | Self::Custom(_), Value::Float(number)) => {
                Some(number.value().to_string())
            }
            (
                Self::Switch
                | Self::Boolean
                | Self::Count(_)
                | Self::Integer { .. }
                | Self::Float { .. },
                _,
            ) => None,
            (_, Value::String(text)) => Some(text.value().clone()),
            _ => None,
        }
    }

    /// The value that a file has for a word that was checked.
    pub(crate) fn value(self, word: &str) -> Value {
        match self {
            Self::Switch | Self::Boolean => Value::from(word == "true"),
            Self::Count(_) | Self::Integer { .. } => match word.parse::<i64>() {
                Ok(number) => Value::from(number),
                Err(_) => Value::from(word),
            },
            Self::Float { .. } => match word.parse::<f64>() {
                Ok(number) => Value::from(number),
                Err(_) => Value::from(word),
            },
            _ => Value::from(word),
        }
    }
}

fn limits(what: &str, min: Option<&str>, max: Option<&str>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{what} from {min} to {max}"),
        (Some(min), None) => format!("{what}, {min} or more"),
        (None, Some(max)) => format!("{what}, {max} or less"),
        (None, None) => what.to_owned(),
    }
}
