//! The values that a setting may have.

use std::path::Path;

use toml_edit::{Array, Item, Value};

use super::Setting;
use crate::types::{self, Found};

/// What kind of value a setting has.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
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
    /// One of these words.
    Choice {
        /// The words.
        words: &'static [Word],
        /// Capitals make no difference.
        ignore_case: bool,
    },
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

/// A word that is accepted.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The word.
    pub name: &'static str,
    /// Others for it, which nothing shows.
    pub aliases: &'static [&'static str],
    /// Nothing shows the word itself.
    pub hidden: bool,
}

/// Whether a text is a value of the program's own type.
///
/// # Errors
///
/// What the type says of a text that is none.
pub fn custom<T>(word: &str) -> Result<(), String>
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
            Self::Choice { words, ignore_case } => {
                words.iter().any(|known| known.is(word, ignore_case))
            }
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
            Self::Choice { words, .. } => {
                let shown = words.iter().filter(|word| !word.hidden);
                alternatives(shown.map(|word| word.name))
            }
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

    fn is_path(self) -> bool {
        matches!(self, Self::Path) || self.found().is_some()
    }

    /// The word for a value of a file; nothing when TOML has another type for this kind.
    fn word(self, value: &Value) -> Option<String> {
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
    fn value(self, word: &str) -> Value {
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

impl Word {
    fn is(&self, word: &str, ignore_case: bool) -> bool {
        let mut names = std::iter::once(&self.name).chain(self.aliases);
        names.any(|name| match ignore_case {
            true => name.to_lowercase() == word.to_lowercase(),
            false => *name == word,
        })
    }
}

impl Setting {
    /// The words that a file's value stands for, or what is wrong with it. `folder` is where the file
    /// lies.
    pub(crate) fn words(&self, item: &Item, folder: &Path) -> Result<Vec<String>, String> {
        let values: Vec<&Value> = match (item, self.repeat) {
            (Item::Value(Value::Array(array)), true) => array.iter().collect(),
            (Item::Value(value), false) => vec![value],
            _ => return Err(self.refusal(item)),
        };
        let words = values.into_iter().map(|value| {
            let word = self.kind.word(value);
            let word = word.ok_or_else(|| self.refusal(item))?;
            match self.kind.check(&word) {
                Ok(()) if self.kind.is_path() => Ok(in_folder(folder, &word)),
                Ok(()) => Ok(word),
                // What a type of the program's own says may show the value.
                Err(why) if !self.secret => Err(match self.kind {
                    Kind::Custom(_) => format!("is {}: {why}", shown(item)),
                    _ => self.refusal(item),
                }),
                Err(_) => Err(self.refusal(item)),
            }
        });
        words.collect()
    }

    /// What is wrong with a value that is not accepted. It may follow the setting's name.
    fn refusal(&self, item: &Item) -> String {
        let found = if self.secret {
            format!("a value of the type {}", item.type_name())
        } else {
            shown(item)
        };
        format!("is {found}, but must be {}", self.wanted())
    }

    /// What is accepted, in words that may follow "must be".
    pub(crate) fn wanted(&self) -> String {
        let one = self.kind.wanted();
        match self.repeat {
            true => format!("an array, and each value in it {one}"),
            false => one,
        }
    }

    /// The value that a file has for these words, or what is wrong with them.
    pub(crate) fn value(&self, words: &[String]) -> Result<Value, String> {
        for word in words {
            let shown = if self.secret { "this" } else { word.as_str() };
            let wrong = |why: String| format!("`{}` can't be `{shown}`: {why}", self.key);
            self.kind.check(word).map_err(wrong)?;
        }
        match words {
            _ if self.repeat => {
                let values = words.iter().map(|word| self.kind.value(word));
                Ok(Value::Array(values.collect::<Array>()))
            }
            [word] => Ok(self.kind.value(word)),
            [] => Err(format!("`{}` needs a value: {}", self.key, self.wanted())),
            _ => Err(format!("`{}` has one value", self.key)),
        }
    }

    /// Words as they are shown: never those of a secret.
    pub(crate) fn shown(&self, words: &[String]) -> String {
        if self.secret {
            return "(secret)".to_owned();
        }
        let words: Vec<String> = words.iter().map(|word| printable(word)).collect();
        match self.repeat {
            true => format!("[{}]", words.join(", ")),
            false => words.join(" "),
        }
    }
}

/// A relative path begins where its file lies.
fn in_folder(folder: &Path, word: &str) -> String {
    let path = folder.join(word);
    // The folder's name need not be Unicode; then the path is left as it is.
    path.to_str().unwrap_or(word).to_owned()
}

/// A value as messages show it: on one line, and not too long.
fn shown(item: &Item) -> String {
    const MOST: usize = 40;
    match item {
        Item::Value(Value::Array(_)) => "an array".to_owned(),
        Item::Value(Value::InlineTable(_)) | Item::Table(_) => "a table".to_owned(),
        Item::ArrayOfTables(_) => "an array of tables".to_owned(),
        Item::Value(Value::String(text)) => {
            let short: String = text.value().chars().take(MOST).collect();
            let dots = if short.len() < text.value().len() {
                "…"
            } else {
                ""
            };
            format!("`{:?}{dots}`", short)
        }
        _ => {
            let text = item.to_string();
            format!("`{}`", printable(text.trim()))
        }
    }
}

/// A text without what a terminal would obey.
pub(crate) fn printable(text: &str) -> String {
    let one = |c: char| match c.is_control() {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    text.chars().map(one).collect()
}

fn limits(what: &str, min: Option<&str>, max: Option<&str>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{what} from {min} to {max}"),
        (Some(min), None) => format!("{what}, {min} or more"),
        (None, Some(max)) => format!("{what}, {max} or less"),
        (None, None) => what.to_owned(),
    }
}

/// `a`, `b` or `c`
fn alternatives<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    let last = words.pop().unwrap_or_default();
    match words.is_empty() {
        true => last,
        false => format!("{} or {last}", words.join(", ")),
    }
}
