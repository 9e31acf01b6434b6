//! What is recorded of a node that is of another kind than the key takes.

use super::Value;
use super::hints::{self, bool_word, shorten};
use super::read::Reader;
use crate::diagnostic::Code;

impl Reader<'_> {
    /// Records that another kind of value was wanted, and how to write it.
    pub(super) fn wrong_kind(self, wanted: &str, example: &str) {
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
            .help("a file of a spec is a mapping: lines of `key: value`");
            return;
        }
        sink.error(
            Code::WrongKind,
            self.at,
            format!("`{}` takes {wanted}, found {found}", self.key),
        )
        .silences([self.at, self.key_at])
        .label(format!("expected {wanted}"))
        .help(format!("write it so: {}", example.replace("KEY", self.key)));
    }

    /// What was probably meant by another word than `true` and `false`, such as those of YAML 1.1.
    pub(super) fn meant_bool(self, text: &str) -> bool {
        let Some(meant) = bool_word(text) else {
            self.wrong_kind("`true` or `false`", "`KEY: true`");
            return false;
        };
        let message = format!("`{}` takes `true` or `false`, found `{text}`", self.key);
        self.sink
            .borrow_mut()
            .error(Code::WrongKind, self.at, message)
            .silences([self.at, self.key_at])
            .suggest("YAML 1.2 has one word for each", self.at, meant.to_string());
        meant
    }

    /// Records that something else was written where a mapping belongs: a struct, by its name and its keys, or
    /// one with keys of the author's own.
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
                "if `{}` belongs to the entry above, indent it further",
                self.key
            ));
        }
        let key = self.node.text().and_then(|text| text.split_once(':'));
        if let Some((key, _)) = key.filter(|(key, _)| fields.contains(key)) {
            sink.also(format!("a space belongs after the colon: `{key}: …`"));
        }
    }
}
