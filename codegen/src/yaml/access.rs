//! Gives serde access to lists and mappings.

use std::rc::Rc;

use serde::de::value::{BorrowedStrDeserializer, U32Deserializer};
use serde::de::{self, DeserializeSeed, IntoDeserializer};

use super::Node;
use super::hints::{CLAP_MEANS_MORE, CLAP_WORDS, NO_KEY, shorten};
use super::read::{EXTRA, Error, Reader};
use crate::diagnostic::{Code, nearest};
use crate::source::Span;

/// A sequence of the span and the value of a node.
pub(super) struct SpannedAccess<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) span: Span,
    pub(super) step: u8,
}

impl<'a> de::SeqAccess<'a> for SpannedAccess<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Span { file, start, end } = self.span;
        self.step += 1;
        let number = match self.step {
            1 => file.0,
            2 => start,
            3 => end,
            4 => return seed.deserialize(self.reader).map(Some),
            _ => return Ok(None),
        };
        let number: U32Deserializer<Error> = number.into_deserializer();
        seed.deserialize(number).map(Some)
    }
}

/// The items of a list.
pub(super) struct Items<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) items: std::slice::Iter<'a, Rc<Node>>,
}

impl<'a> de::SeqAccess<'a> for Items<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        seed.deserialize(self.reader.child(item, self.reader.key, self.reader.at))
            .map(Some)
    }
}

/// A single value as a list.
pub(super) struct One<'a> {
    pub(super) reader: Option<Reader<'a>>,
}

impl<'a> de::SeqAccess<'a> for One<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        self.reader
            .take()
            .map(|reader| seed.deserialize(reader))
            .transpose()
    }
}

/// The empty list.
pub(super) struct Nothing;

impl<'a> de::SeqAccess<'a> for Nothing {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        _: T,
    ) -> Result<Option<T::Value>, Error> {
        Ok(None)
    }
}

/// The entries of a mapping.
pub(super) struct Entries<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) entries: std::slice::Iter<'a, (Node, Rc<Node>)>,
    pub(super) value: Option<Reader<'a>>,
    /// Whether there are keys that begin with `x-`, which the struct gets as a last field.
    pub(super) has_extra: bool,
    /// For a struct: its name and its keys.
    pub(super) known: Option<(&'static str, &'static [&'static str])>,
    /// The keys read so far. A misspelled key is here as the key that was probably meant.
    pub(super) taken: Vec<&'a str>,
}

impl<'a> Entries<'a> {
    /// Returns the struct's name for a key. An unknown key is reported. If it resembles a known key
    /// that is not given, it is read as that key, to avoid follow-up errors.
    fn known_as(&self, key: &'a Node) -> Option<&'a str> {
        let text = key.text().unwrap_or_default();
        let Some((name, fields)) = self.known else {
            return Some(text);
        };
        if fields.contains(&text) && text != EXTRA {
            return Some(text);
        }
        let others = self.reader.others;
        if text.starts_with("x-") || others.keys.contains(&text) {
            return None;
        }
        let known = fields.iter().chain(others.keys).copied();
        let known: Vec<&str> = known.filter(|name| *name != EXTRA).collect();
        let meant = nearest(text, &known);
        if !others.report {
            self.report_unknown(key, text, name, &known);
        }
        meant.filter(|meant| fields.contains(meant) && !self.has(meant))
    }

    /// Whether the mapping has a key, or a misspelled one that is read as it.
    fn has(&self, name: &str) -> bool {
        let mut entries = self.reader.entries().iter();
        entries.any(|(key, _)| key.text() == Some(name)) || self.taken.contains(&name)
    }

    fn report_unknown(&self, key: &Node, text: &str, name: &str, known: &[&str]) {
        let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']);
        let article = if vowel { "an" } else { "a" };
        let mut sink = self.reader.sink.borrow_mut();
        let diagnostic = sink
            .error(
                Code::UnknownKey,
                key.span,
                format!("{article} {name} has no key `{}`", shorten(text)),
            )
            .label("unknown key");
        let meant = CLAP_WORDS
            .iter()
            .find(|(clap, _)| *clap == text.replace('_', "-"));
        if let Some((clap, ours)) = meant.filter(|(_, ours)| known.contains(ours)) {
            diagnostic.suggest("this key of clap has another name here", key.span, *ours);
            if CLAP_MEANS_MORE.contains(clap) {
                diagnostic.uncertain();
            }
        } else if let Some((_, why)) = NO_KEY.iter().find(|(key, _)| *key == text) {
            diagnostic.help(format!("remove the key: {why}"));
        } else if text == "<<" {
            diagnostic.help("share options with a set and `use:`; YAML 1.2 has no merge keys");
        } else if (name, text) == ("set", "use") {
            diagnostic
                .help("use both sets in the command: `use: [a, b]`; a set can't use another set");
        } else if let Some((key, _)) = text.split_once(':').filter(|(key, _)| known.contains(key)) {
            diagnostic.help(format!("add a space after the colon: `{key}: …`"));
        } else if text.contains(' ') {
            diagnostic
                .help("quote a value with a comma: '…'; inside `{ }`, a comma ends the value");
        } else {
            diagnostic.suggest_name(text, key.span, known.iter().copied());
        }
        // If both keys are given, only the author knows which is right.
        if diagnostic.suggested().is_some_and(|name| self.has(name)) {
            diagnostic.uncertain();
        }
    }
}

impl<'a> de::MapAccess<'a> for Entries<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        loop {
            let Some((key, value)) = self.entries.next() else {
                if !std::mem::take(&mut self.has_extra) {
                    return Ok(None);
                }
                self.value = Some(self.reader);
                return seed
                    .deserialize(BorrowedStrDeserializer::new(EXTRA))
                    .map(Some);
            };
            if let Some(name) = self.known_as(key) {
                self.taken.push(name);
                let is_guess = self.known.is_some() && key.text() != Some(name);
                self.value = Some(Reader {
                    is_guess,
                    ..self.reader.child(value, name, key.span)
                });
                if self.known.is_some() {
                    return seed
                        .deserialize(BorrowedStrDeserializer::new(name))
                        .map(Some);
                }
                return seed
                    .deserialize(self.reader.child(key, name, key.span))
                    .map(Some);
            }
        }
    }

    fn next_value_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<T::Value, Error> {
        match self.value.take() {
            Some(reader) => seed.deserialize(reader),
            None => Err(Error("a key without a value".into())),
        }
    }
}
