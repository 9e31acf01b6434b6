//! The values of a setting: which it accepts, and how they are written in files and messages.

use std::path::Path;

use toml_edit::{Array, Item, Value};

use super::setting::Setting;
use crate::model::Kind;
use crate::text::printable;

impl Setting {
    /// Converts the value in a file to strings, or returns what is wrong with it. `directory` is the
    /// directory of the file.
    pub(crate) fn words(&self, item: &Item, directory: &Path) -> Result<Vec<String>, String> {
        let values: Vec<&Value> = match (item, self.is_list()) {
            (Item::Value(Value::Array(array)), true) => array.iter().collect(),
            (Item::Value(value), false) => vec![value],
            _ => return Err(self.refusal(&found(item), &self.wanted())),
        };
        let words = values.into_iter().map(|value| self.word(value, directory));
        words.collect()
    }

    fn word(&self, value: &Value, directory: &Path) -> Result<String, String> {
        let item = Item::Value(value.clone());
        let wanted = match self.is_list() {
            true => format!("each value to be {}", self.arg.wanted()),
            false => self.arg.wanted(),
        };
        let refusal = || self.refusal(&found(&item), &wanted);
        let word = self.arg.kind.word(value).ok_or_else(refusal)?;
        if word.contains('\0') {
            return Err("expected a string without NUL characters".to_owned());
        }
        // Whether a path exists is checked when the value is used, because the path is relative to the
        // file's directory.
        match self.arg.check(&word) {
            Ok(()) if self.is_path() => Ok(in_directory(directory, &word)),
            Ok(()) => Ok(word),
            Err(_) if self.is_list() => Err(refusal()),
            Err(why) => Err(why),
        }
    }

    /// Formats what was expected and what was found. The value of a secret is not shown.
    fn refusal(&self, found: &str, wanted: &str) -> String {
        match self.is_secret() {
            true => format!("expected {wanted}"),
            false => format!("expected {wanted}, found {found}"),
        }
    }

    /// Describes the accepted values, in words that can follow "expected".
    pub(crate) fn wanted(&self) -> String {
        let one = self.arg.wanted();
        match self.is_list() {
            true => format!("an array in which each value is {one}"),
            false => one,
        }
    }

    /// Converts strings to the value in a file, or returns what is wrong with them.
    pub(crate) fn value(&self, words: &[String]) -> Result<Value, String> {
        for word in words {
            let wrong = |why: String| format!("`{}`: {why}", self.key);
            self.arg.check(word).map_err(wrong)?;
        }
        match words {
            _ if self.is_list() => {
                let values = words.iter().map(|word| self.arg.kind.value(word));
                Ok(Value::Array(values.collect::<Array>()))
            }
            [word] => Ok(self.arg.kind.value(word)),
            [] => Err(format!("`{}` needs a value: {}", self.key, self.wanted())),
            _ => Err(format!("`{}` takes only one value", self.key)),
        }
    }

    /// Formats values for users, except those of a secret.
    pub(crate) fn shown(&self, words: &[String]) -> String {
        if self.is_secret() {
            return "(secret)".to_owned();
        }
        let is_list = self.is_list();
        let shown = |word: &String| match word.is_empty() || is_list && word.contains(',') {
            // Otherwise it can't be seen where the value begins and ends.
            true => format!("\"{}\"", printable(word)),
            false => printable(word),
        };
        let words: Vec<String> = words.iter().map(shown).collect();
        match is_list {
            true => format!("[{}]", words.join(", ")),
            false => words.join(" "),
        }
    }
}

/// Resolves a relative path against the directory of its file, and `~/` against the home directory.
fn in_directory(directory: &Path, word: &str) -> String {
    let path = match (strip_home(word), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => directory.join(word),
    };
    // If the directory's name is not valid Unicode, the path stays unchanged.
    path.to_str().unwrap_or(word).to_owned()
}

/// Returns what follows `~/` in a path that begins with it.
pub(crate) fn strip_home(word: &str) -> Option<&str> {
    match word {
        "~" => Some(""),
        word => word.strip_prefix("~/"),
    }
}

/// Formats a value for a message: on one line, and not too long.
fn found(item: &Item) -> String {
    const MAX_LENGTH: usize = 40;
    match item {
        Item::Value(Value::Array(_)) => "an array".to_owned(),
        Item::Value(Value::InlineTable(_)) | Item::Table(_) => "a table".to_owned(),
        Item::ArrayOfTables(_) => "an array of tables".to_owned(),
        Item::Value(Value::String(text)) => {
            let short: String = text.value().chars().take(MAX_LENGTH).collect();
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

impl Kind {
    /// Converts a value of a file to a string, or returns `None` if it has the wrong TOML type for this
    /// kind.
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

    /// Converts a string that was already checked to the value in a file.
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
