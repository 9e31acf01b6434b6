//! Which values a setting accepts, and how they stand in files and messages.

use std::path::Path;

use toml_edit::{Array, Item, Value};

use super::kind::Kind;
use super::setting::Setting;
use crate::text::printable;

impl Setting {
    /// The words that a file's value stands for, or what is wrong with it. `folder` is where the file
    /// lies.
    pub(crate) fn words(&self, item: &Item, folder: &Path) -> Result<Vec<String>, String> {
        let values: Vec<&Value> = match (item, self.repeat) {
            (Item::Value(Value::Array(array)), true) => array.iter().collect(),
            (Item::Value(value), false) => vec![value],
            _ => return Err(self.refusal(&found(item), &self.wanted())),
        };
        let words = values.into_iter().map(|value| self.word(value, folder));
        words.collect()
    }

    fn word(&self, value: &Value, folder: &Path) -> Result<String, String> {
        let item = Item::Value(value.clone());
        let wanted = match self.repeat {
            true => format!("{} in each place", self.wanted_once()),
            false => self.wanted_once(),
        };
        let refusal = || self.refusal(&found(&item), &wanted);
        let word = self.kind.word(value).ok_or_else(refusal)?;
        match (self.check(&word), self.kind) {
            (Ok(()), kind) if kind.is_path() => Ok(in_folder(folder, &word)),
            (Ok(()), _) => Ok(word),
            (Err(why), Kind::Custom(_)) if !self.secret => {
                Err(format!("is {}: {why}", found(&item)))
            }
            (Err(_), _) => Err(refusal()),
        }
    }

    /// What is wrong with a value that is not accepted. It may follow the setting's name. A secret's
    /// value is not in it.
    fn refusal(&self, found: &str, wanted: &str) -> String {
        match self.secret {
            true => format!("must be {wanted}"),
            false => format!("is {found}, but must be {wanted}"),
        }
    }

    /// What is accepted, in words that may follow "must be".
    pub(crate) fn wanted(&self) -> String {
        let one = self.wanted_once();
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
            self.check(word).map_err(wrong)?;
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

/// A relative path begins in the directory of its file, and `~/` in the home directory.
fn in_folder(folder: &Path, word: &str) -> String {
    let path = match (below_home(word), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => folder.join(word),
    };
    // The folder's name need not be Unicode; then the path is left as it is.
    path.to_str().unwrap_or(word).to_owned()
}

/// What follows `~/` in a path that begins with that.
pub(crate) fn below_home(word: &str) -> Option<&str> {
    match word {
        "~" => Some(""),
        word => word.strip_prefix("~/"),
    }
}

/// A value as messages show it: on one line, and not too long.
fn found(item: &Item) -> String {
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
