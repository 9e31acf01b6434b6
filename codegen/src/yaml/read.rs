//! Deserializes a tree into types with serde, and reports all errors.
//!
//! serde stops at the first error. Therefore this deserializer doesn't return errors: it records each
//! with its position, returns an empty value of the expected type, and continues. Names such as
//! [`SPANNED`] and [`ONE_OR_MANY`] request shapes that serde doesn't have.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use serde::de::value::MapDeserializer;
use serde::de::{self, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{Entries, Items, Nothing, One, SpannedAccess};
use super::hints::{bool_word, other_word, shorten};
use super::{Node, Value};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::Span;

/// A newtype with this name gets a sequence: file, start, end, value.
pub(crate) const SPANNED: &str = "$spanned";
/// A newtype with this name gets a sequence, even if there is only a scalar.
pub(crate) const ONE_OR_MANY: &str = "$one-or-many";
/// A newtype with this name gets a map of the keys that begin with `x-`, if their values are scalars. As a key, it
/// stands for all of them.
pub(crate) const EXTRA: &str = "x-";
/// A newtype with this name gets a sequence for a list, and a map otherwise.
pub(crate) const LIST_OR_MAP: &str = "$list-or-map";
/// A newtype with this name gets a sequence of mappings, even if there is only one mapping.
pub(crate) const MAPS: &str = "$maps";
/// A newtype with this name gets a newtype for a mapping, and a sequence otherwise.
pub(crate) const TEXT_OR_MAP: &str = "$text-or-map";

/// A newtype with this name gets a sequence: file, start and end of the element that contains it,
/// including the element's key, and then the value.
pub(crate) const WITHIN: &str = "$within";

/// The keys that another type reads from the same mapping.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Others<'a> {
    pub(crate) keys: &'a [&'a str],
    /// Whether the other type reports the keys that neither of the two has.
    pub(crate) report: bool,
}

/// Deserializes a tree into a `T`.
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
        is_guess: false,
    });
    *problems = sink.into_inner();
    result.unwrap_or_else(|error| {
        problems.error(Code::WrongKind, node.span, error.0);
        T::default()
    })
}

/// Returns the keys of a struct, as derived by serde.
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
            Err(Error("only the fields are needed".into()))
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

/// An error of serde itself. This is rare, because other errors are recorded instead of returned.
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

/// A deserializer for a node.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) node: &'a Node,
    /// The span of the node, or of its key if the value is empty.
    pub(super) at: Span,
    /// The key of the node, for messages, and its span.
    pub(super) key: &'a str,
    pub(super) key_at: Span,
    /// The span of the element that contains the node: a mapping with its key, or a file.
    pub(super) within: Span,
    pub(super) sink: &'a RefCell<Diagnostics>,
    pub(super) others: Others<'a>,
    /// Whether the node is an item of a list. Then `key` is the key of the list.
    pub(super) in_list: bool,
    /// Whether `key` is only the key that was probably meant. The key that is written is reported as unknown.
    pub(super) is_guess: bool,
}

impl<'a> Reader<'a> {
    /// Returns a deserializer for a child of this node, with the key that is written at `at`.
    pub(super) fn child(self, node: &'a Node, key: &'a str, at: Span) -> Self {
        let is_empty = node.span.start == node.span.end;
        Self {
            node,
            at: if is_empty { at } else { node.span },
            key,
            key_at: at,
            within: self.region(),
            others: Others::default(),
            in_list: matches!(self.node.value, Value::List(_)),
            is_guess: false,
            ..self
        }
    }

    /// Returns the span of the node with its key, or of the whole file.
    fn region(self) -> Span {
        let Span { file, start, end } = self.node.span;
        if self.key.is_empty() {
            return Span {
                file,
                start: 0,
                end: u32::MAX,
            };
        }
        // If the value is an alias, its node doesn't follow the key.
        let follows = self.key_at.file == file && self.key_at.end <= start;
        let start = if follows { self.key_at.start } else { start };
        Span { file, start, end }
    }

    /// Returns the text of a scalar, or records an error.
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

    /// Returns the entries of a mapping. An empty value counts as an empty mapping.
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
        visitor.visit_borrowed_str(self.scalar("a string", example).unwrap_or_default())
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
            EXTRA => {
                let scalar = |(key, value): &'a (Node, Rc<Node>)| {
                    let text = value.text().filter(|_| !value.is_null())?;
                    Some((key.text()?.strip_prefix(EXTRA)?, text))
                };
                let entries = self.entries().iter().filter_map(scalar);
                visitor.visit_map(MapDeserializer::<_, Error>::new(entries))
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
                self.wrong_kind("a list", "`KEY:`, followed by lines that begin with `- `");
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
            has_extra: false,
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
        let is_extra = |key: &Node| key.text().is_some_and(|key| key.starts_with(EXTRA));
        visitor.visit_map(Entries {
            reader: self,
            entries: entries.iter(),
            value: None,
            has_extra: fields.contains(&EXTRA) && entries.iter().any(|(key, _)| is_extra(key)),
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
            let message = format!("`{}` has an empty value, not the string `null`", self.key);
            self.sink
                .borrow_mut()
                .error(Code::WrongKind, self.at, message)
                .silences([self.at])
                .suggest("write `null` in quotes", self.at, "null");
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
                    let message = format!("invalid value `{}` for `{}`", shorten(text), self.key);
                    let mut sink = self.sink.borrow_mut();
                    let diagnostic = sink
                        .error(Code::UnknownValue, self.at, message)
                        .silences([self.at])
                        .label("no such value");
                    match other_word(text).filter(|word| variants.contains(word)) {
                        Some(word) => {
                            diagnostic.suggest("use clapspec's name for it", self.at, word)
                        }
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
