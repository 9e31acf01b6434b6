//! The keys of a mapping in JSON or YAML, which are removed when they are read.

use serde_json::{Map, Value};

use super::super::Loss;

/// The keys that have not been read yet.
pub(super) struct Keys(Map<String, Value>);

impl Keys {
    /// The keys of a mapping. Any other value has none.
    pub(super) fn of(value: Value) -> Self {
        match value {
            Value::Object(map) => Self(map),
            _ => Self(Map::new()),
        }
    }

    /// The text of a key, also of a number or Boolean value.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        text(self.0.remove(name)?)
    }

    /// Whether a key is true.
    pub(super) fn flag(&mut self, name: &str) -> bool {
        match self.0.remove(name) {
            Some(Value::Bool(is_set)) => is_set,
            Some(other) => {
                // It says more than yes or no.
                self.0.insert(name.to_owned(), other);
                false
            }
            None => false,
        }
    }

    /// The texts of a list, or of a single value.
    pub(super) fn list(&mut self, name: &str) -> Vec<String> {
        match self.0.remove(name) {
            Some(Value::Array(list)) => list.into_iter().filter_map(text).collect(),
            Some(value) => text(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Whether there is a key that was not read yet.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The mapping of a key.
    pub(super) fn map(&mut self, name: &str) -> Keys {
        match self.0.remove(name) {
            Some(value @ Value::Object(_)) => Self::of(value),
            _ => Self(Map::new()),
        }
    }

    /// The mappings of a list.
    pub(super) fn maps(&mut self, name: &str) -> Vec<Keys> {
        match self.0.remove(name) {
            Some(Value::Array(list)) => list.into_iter().map(Self::of).collect(),
            _ => Vec::new(),
        }
    }

    /// The mappings of a list, or a single one.
    pub(super) fn one_or_many(&mut self, name: &str) -> Vec<Keys> {
        match self.0.remove(name) {
            Some(Value::Array(list)) => list.into_iter().map(Self::of).collect(),
            Some(value @ Value::Object(_)) => vec![Self::of(value)],
            _ => Vec::new(),
        }
    }

    /// The values of a list.
    pub(super) fn values(&mut self, name: &str) -> Vec<Value> {
        match self.0.remove(name) {
            Some(Value::Array(list)) => list,
            _ => Vec::new(),
        }
    }

    /// The mappings of a mapping, by their names.
    pub(super) fn named(&mut self, name: &str) -> Vec<(String, Keys)> {
        match self.0.remove(name) {
            Some(Value::Object(map)) => map
                .into_iter()
                .map(|(name, value)| (name, Self::of(value)))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Reports the keys that were not read and mean something, except `ignored` ones.
    pub(super) fn finish(self, place: &str, ignored: &[&str], losses: &mut Vec<Loss>) {
        for (name, value) in self.0 {
            let says_nothing = match &value {
                Value::Null | Value::Bool(false) => true,
                Value::String(text) => text.is_empty(),
                Value::Array(list) => list.is_empty(),
                Value::Object(map) => map.is_empty(),
                _ => false,
            };
            if !says_nothing && !ignored.contains(&name.as_str()) {
                let reason = "the conversion doesn't read it".to_owned();
                losses.push(Loss::new(place, &name, reason));
            }
        }
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is_set) => Some(is_set.to_string()),
        _ => None,
    }
}
