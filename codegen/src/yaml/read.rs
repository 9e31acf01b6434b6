//! From a tree to serde types, with every error found on the way.
//!
//! serde stops at the first error. This deserializer does not return one: it records the error
//! with its place, hands out an empty value of the kind that was asked for, and goes on. Names such as
//! [`SPANNED`] and [`ONE_OR_MANY`] ask it for shapes that serde has no word for.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use serde::de::{self, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{Entries, Items, Nothing, One, SpannedAccess};
use super::hints::{bool_word, other_word, shorten};
use super::{Node, Value};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::Span;

/// A newtype of this name gets a sequence: file, start, end, value.
pub(crate) const SPANNED: &str = "$spanned";
/// A newtype of this name gets a sequence, also where one scalar is written.
pub(crate) const ONE_OR_MANY: &str = "$one-or-many";
/// A newtype of this name gets a sequence where a list is written, and a map elsewhere.
pub(crate) const LIST_OR_MAP: &str = "$list-or-map";
/// A newtype of this name gets a sequence of mappings, also where one is written.
pub(crate) const MAPS: &str = "$maps";
/// A newtype of this name gets a sequence where a text is written, and a newtype elsewhere.
pub(crate) const TEXT_OR_MAP: &str = "$text-or-map";

/// A newtype of this name gets a sequence: file, start and end of what it stands in, with its name,
/// then the value.
pub(crate) const WITHIN: &str = "$within";

/// The keys of a mapping that another type reads from it too.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Others<'a> {
    pub(crate) keys: &'a [&'a str],
    /// The other type reports the keys that neither of the two knows.
    pub(crate) report: bool,
}

/// Reads a `T` from a tree.
pub(crate) fn read<T: de::DeserializeOwned + Default>(
    node: &Node,
    others: Others<'_>,
    problems: &mut Diagnostics,
) -> T {
    let sink = RefCell::new(std::mem::take(problems));
    let result = T::deserialize(Reader {
        node,
        at: node.span,
        key_at: Span {
            end: node.span.start,
            ..node.span
        },
        key: "",
        within: node.span,
        sink: &sink,
        others,
        in_list: false,
    });
    *problems = sink.into_inner();
    result.unwrap_or_else(|error| {
        problems.error(Code::WrongKind, node.span, error.0);
        T::default()
    })
}

/// The keys that a struct knows, as serde's derive lists them.
pub(crate) fn fields<T: de::DeserializeOwned>() -> &'static [&'static str] {
    struct Probe<'a>(&'a mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Probe<'_> {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            Err(Error("not a struct".into()))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Error> {
            *self.0 = fields;
            Err(Error("only the fields are wanted".into()))
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let mut fields: &'static [&'static str] = &[];
    // The probe always fails, after it has seen the fields.
    let _ = T::deserialize(Probe(&mut fields));
    fields
}

/// What serde itself finds wrong. Rare: most errors are recorded and never become one.
#[derive(Debug)]
pub(crate) struct Error(pub(super) String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// A node on its way to a serde type.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) node: &'a Node,
    /// Where the node is written; its key where nothing is.
    pub(super) at: Span,
    /// The key under which the node stands, for messages, and its place.
    pub(super) key: &'a str,
    pub(super) key_at: Span,
    /// What the node stands in: a mapping and the key before it, or a file.
    pub(super) within: Span,
    pub(super) sink: &'a RefCell<Diagnostics>,
    pub(super) others: Others<'a>,
    /// It is an item of a list, and `key` that of the list.
    pub(super) in_list: bool,
}

impl<'a> Reader<'a> {
    /// The same, for a node below this one, which stands under the key that is written at `at`.
    pub(super) fn child(self, node: &'a Node, key: &'a str, at: Span) -> Self {
        let nothing = node.span.start == node.span.end;
        Self {
            node,
            at: if nothing { at } else { node.span },
            key,
            key_at: at,
            within: self.region(),
            others: Others::default(),
            in_list: matches!(self.node.value, Value::List(_)),
            ..self
        }
    }

    /// The node with its key, for a file all of it.
    fn region(self) -> Span {
        let Span { file, start, end } = self.node.span;
        if self.key.is_empty() {
            return Span {
                file,
                start: 0,
                end: u32::MAX,
            };
        }
        // An alias stands behind a key that is elsewhere.
        let follows = self.key_at.file == file && self.key_at.end <= start;
        let start = if follows { self.key_at.start } else { start };
        Span { file, start, end }
    }

    /// The text of a scalar, or a recorded error.
    fn scalar(self, wanted: &str, example: &str) -> Option<&'a str> {
        if !self.node.is_null() {
            if let Some(text) = self.node.text() {
                return Some(text);
            }
        }
        self.wrong_kind(wanted, example);
        None
    }

    fn number(self, min: i64, max: i64) -> i64 {
        let wanted = format!("a whole number from {min} to {max}");
        let Some(text) = self.scalar(&wanted, "`KEY: 2`") else {
            return min;
        };
        match text.parse::<i64>() {
            Ok(number) if (min..=max).contains(&number) => number,
            _ => {
                self.wrong_kind(&wanted, "`KEY: 2`");
                min
            }
        }
    }

    /// The entries of a mapping; nothing written counts as a mapping without entries.
    pub(super) fn entries(self) -> &'a [(Node, Rc<Node>)] {
        match &self.node.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }
}

impl<'a> Deserializer<'a> for Reader<'a> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        let example = "`KEY: some text`; quote it if it begins with a special character";
        visitor.visit_borrowed_str(self.scalar("text", example).unwrap_or_default())
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        let (wanted, example) = ("`true` or `false`", "`KEY: true`");
        let value = match self.scalar(wanted, example) {
            Some("true") => true,
            Some("false") | None => false,
            Some(text) => self.meant_bool(text),
        };
        visitor.visit_bool(value)
    }

    fn deserialize_u8<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.number(0, 255))
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            SPANNED => visitor.visit_seq(SpannedAccess {
                reader: self,
                span: self.at,
                step: 0,
            }),
            WITHIN => visitor.visit_seq(SpannedAccess {
                reader: self,
                span: self.within,
                step: 0,
            }),
            ONE_OR_MANY => match &self.node.value {
                Value::List(items) => visitor.visit_seq(Items {
                    reader: self,
                    items: items.iter(),
                }),
                _ if self
                    .scalar("a value or a list", "`KEY: a` or `KEY: [a, b]`")
                    .is_none() =>
                {
                    visitor.visit_seq(Nothing)
                }
                _ => visitor.visit_seq(One { reader: Some(self) }),
            },
            LIST_OR_MAP if matches!(self.node.value, Value::List(_)) => {
                self.deserialize_seq(visitor)
            }
            LIST_OR_MAP => {
                if let (Some(text), false) = (self.node.text(), self.node.is_null()) {
                    let names: Vec<&str> = text.split(',').map(str::trim).collect();
                    let example = format!("`KEY: [{}]`", names.join(", "));
                    self.wrong_kind("a list or a mapping", &example);
                    return visitor.visit_seq(Nothing);
                }
                self.deserialize_map(visitor)
            }
            MAPS if matches!(self.node.value, Value::List(_)) => self.deserialize_seq(visitor),
            MAPS => visitor.visit_seq(One { reader: Some(self) }),
            TEXT_OR_MAP if matches!(self.node.value, Value::Map(_)) => {
                visitor.visit_newtype_struct(self)
            }
            TEXT_OR_MAP => visitor.visit_seq(One { reader: Some(self) }),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.value {
            Value::List(items) => visitor.visit_seq(Items {
                reader: self,
                items: items.iter(),
            }),
            _ => {
                self.wrong_kind(
                    "a list",
                    "`KEY:`, and below it entries that begin with `- `",
                );
                visitor.visit_seq(Nothing)
            }
        }
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.refuse_other_than_map(None);
        let entries = self.entries();
        visitor.visit_map(Entries {
            reader: self,
            entries: entries.iter(),
            value: None,
            taken: Vec::new(),
            known: None,
        })
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.refuse_other_than_map(Some((name, fields)));
        let entries = self.entries();
        visitor.visit_map(Entries {
            reader: self,
            entries: entries.iter(),
            value: None,
            taken: Vec::new(),
            known: Some((name, fields)),
        })
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let list: Vec<String> = variants.iter().map(|name| format!("`{name}`")).collect();
        let wanted = format!("one of {}", list.join(", "));
        let example = format!("`KEY: {}`", variants[0]);
        let mut name = variants[0];
        if self.node.is_null() && variants.contains(&"null") {
            let message = format!("`{}` takes the word `null`, found nothing", self.key);
            self.sink
                .borrow_mut()
                .error(Code::WrongKind, self.at, message)
                .silences([self.at])
                .suggest("YAML takes it for a word only in quotes", self.at, "null");
        } else if let Some(text) = self.scalar(&wanted, &example) {
            match variants.iter().find(|known| **known == text) {
                Some(known) => name = known,
                None if variants.contains(&"true") && bool_word(text).is_some() => {
                    let meant = self.meant_bool(text).to_string();
                    name = variants
                        .iter()
                        .find(|known| **known == meant)
                        .unwrap_or(&name);
                }
                None => {
                    let message =
                        format!("`{}` is not one of `{}`'s values", shorten(text), self.key);
                    let mut sink = self.sink.borrow_mut();
                    let diagnostic = sink
                        .error(Code::UnknownValue, self.at, message)
                        .silences([self.at])
                        .label("unknown value");
                    match other_word(text).filter(|word| variants.contains(word)) {
                        Some(word) => diagnostic.suggest("it is called so here", self.at, word),
                        None => diagnostic.suggest_name(text, self.at, variants.iter().copied()),
                    };
                }
            }
        }
        visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(name))
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'a>>
        i8 i16 i32 i64 u16 u32 u64 f32 f64 char string bytes byte_buf unit unit_struct tuple
        tuple_struct identifier
    }
}
