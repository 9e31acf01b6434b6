//! Reports values of the wrong kind.

use super::Value;
use super::hints::{self, bool_word, shorten};
use super::read::Reader;
use crate::diagnostic::Code;

impl Reader<'_> {
    /// Reports a value of the wrong kind, with an example of what the key expects.
    pub(super) fn wrong_kind(self, wanted: &str, example: &str) {
        if self.is_guess {
            // Another key was meant, so nothing about this value helps.
            let mut sink = self.sink.borrow_mut();
            if let Some(unknown) = sink.at(self.key_at) {
                unknown.uncertain().silences([self.at]);
            }
            return;
        }
        let found = match &self.node.value {
            _ if self.node.is_null() => "nothing".to_owned(),
            Value::Scalar { text, .. } => format!("`{}`", shorten(text)),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a mapping".to_owned(),
        };
        let mut sink = self.sink.borrow_mut();
        if self.key.is_empty() {
            sink.error(
                Code::WrongKind,
                self.at,
                format!("expected {wanted}, found {found}"),
            )
            .silences([self.at, self.key_at])
            .help("write the file as lines of `key: value`");
            return;
        }
        sink.error(
            Code::WrongKind,
            self.at,
            format!("`{}` must be {wanted}, found {found}", self.key),
        )
        .silences([self.at, self.key_at])
        .label(format!("expected {wanted}"))
        .help(format!("for example: {}", example.replace("KEY", self.key)));
    }

    /// Returns the boolean that was probably meant by a word such as `yes`, which YAML 1.1 allows,
    /// and reports it.
    pub(super) fn meant_bool(self, text: &str) -> bool {
        let Some(meant) = bool_word(text) else {
            self.wrong_kind("`true` or `false`", "`KEY: true`");
            return false;
        };
        let message = format!("`{}` must be `true` or `false`, found `{text}`", self.key);
        self.sink
            .borrow_mut()
            .error(Code::WrongKind, self.at, message)
            .silences([self.at, self.key_at])
            .suggest(
                "use `true` or `false`, as in YAML 1.2",
                self.at,
                meant.to_string(),
            );
        meant
    }

    /// Reports a value that should be a mapping. `of` has the name and the keys of a struct; it is
    /// `None` if the author chooses the keys.
    pub(super) fn refuse_other_than_map(self, of: Option<(&str, &[&str])>) {
        if matches!(self.node.value, Value::Map(_)) || self.node.is_null() {
            return;
        }
        let entry = match of {
            Some((name, _)) => hints::of_struct(name),
            None => hints::of_map(self.key),
        };
        let example = match self.in_list {
            true => format!("`- {entry}`"),
            false => format!("`KEY: {entry}`"),
        };
        self.wrong_kind("a mapping", &example);
        let Some((_, fields)) = of else { return };
        let mut sink = self.sink.borrow_mut();
        if fields.contains(&self.key) && !self.in_list {
            sink.also(format!(
                "indent `{}` further if it belongs to the entry above",
                self.key
            ));
        }
        let key = self.node.text().and_then(|text| text.split_once(':'));
        if let Some((key, _)) = key.filter(|(key, _)| fields.contains(key)) {
            sink.also(format!("add a space after the colon: `{key}: …`"));
        }
    }
}
