//! Shapes in which the language lets a value be written: with its place, alone or as a list, as a
//! text or a mapping.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Choice, Text};
use crate::source::{FileId, Span, Spanned};
use crate::yaml::{EXTRA, LIST_OR_MAP, MAPS, ONE_OR_MANY, SPANNED, TEXT_OR_MAP, WITHIN};

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = SpannedVisitor(PhantomData);
        deserializer.deserialize_newtype_struct(SPANNED, visitor)
    }
}

/// Reads a position and a value.
struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with a place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Spanned<T>, A::Error> {
        let missing = || serde::de::Error::custom("a value without its place");
        let mut number = || seq.next_element::<u32>()?.ok_or_else(missing);
        let (file, start, end) = (FileId(number()?), number()?, number()?);
        let value = seq.next_element()?.ok_or_else(missing)?;
        Ok(Spanned::new(value, Span { file, start, end }))
    }
}

/// Suppressed warnings, by their codes, with the reason. The position is that of the element they belong
/// to.
#[derive(Debug, Default)]
pub(crate) struct Allow(pub(crate) Option<Spanned<Map<Text>>>);

impl<'de> Deserialize<'de> for Allow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = SpannedVisitor(PhantomData);
        let allowed = deserializer.deserialize_newtype_struct(WITHIN, visitor)?;
        Ok(Self(Some(allowed)))
    }
}

/// Several values, written as one value or as a list.
#[derive(Debug)]
pub(crate) struct OneOrMany<T>(pub(crate) Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for V<T> {
            type Value = OneOrMany<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany<T>, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = seq.next_element()? {
                    values.push(value);
                }
                Ok(OneOrMany(values))
            }
        }
        deserializer.deserialize_newtype_struct(ONE_OR_MANY, V(PhantomData))
    }
}

/// The scalars of the keys that begin with `x-`, by the rest of the keys.
#[derive(Debug, Default)]
pub(crate) struct Extra(pub(crate) BTreeMap<String, String>);

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Extra;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Extra, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some((name, value)) = map.next_entry()? {
                    entries.insert(name, value);
                }
                Ok(Extra(entries))
            }
        }
        deserializer.deserialize_newtype_struct(EXTRA, V)
    }
}

/// Values by their names, in the order of the file. The reader rejects duplicate names.
#[derive(Debug)]
pub(crate) struct Map<T>(pub(crate) Vec<(Text, T)>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for V<T> {
            type Value = Map<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Map<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                // The values are large, and all files are kept until the program is built from them.
                entries.shrink_to_fit();
                Ok(Map(entries))
            }
        }
        deserializer.deserialize_map(V(PhantomData))
    }
}

/// Mappings with their positions: one, or a list of them.
#[derive(Debug)]
pub(crate) struct Maps<T>(pub(crate) Vec<Spanned<T>>);

impl<T> Default for Maps<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maps<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for V<T> {
            type Value = Maps<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping or a list of mappings")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Maps<T>, A::Error> {
                let mut maps = Vec::new();
                while let Some(map) = seq.next_element()? {
                    maps.push(map);
                }
                Ok(Maps(maps))
            }
        }
        deserializer.deserialize_newtype_struct(MAPS, V(PhantomData))
    }
}

/// A string or a boolean, or a mapping with more detail.
#[derive(Debug)]
pub(crate) enum OrMap<S, T> {
    Plain(S),
    Map(T),
}

/// A string, or a mapping with more detail.
pub(crate) type TextOr<T> = OrMap<Text, T>;

/// `true` or `false`, or a mapping with more detail.
pub(crate) type BoolOr<T> = OrMap<Spanned<bool>, T>;

impl<'de, S: Deserialize<'de>, T: Deserialize<'de>> Deserialize<'de> for OrMap<S, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V<S, T>(PhantomData<(S, T)>);
        impl<'de, S: Deserialize<'de>, T: Deserialize<'de>> Visitor<'de> for V<S, T> {
            type Value = OrMap<S, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or a mapping")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OrMap<S, T>, A::Error> {
                let missing = || serde::de::Error::custom("nothing where a value was expected");
                Ok(OrMap::Plain(seq.next_element()?.ok_or_else(missing)?))
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<OrMap<S, T>, D::Error> {
                T::deserialize(deserializer).map(OrMap::Map)
            }
        }
        deserializer.deserialize_newtype_struct(TEXT_OR_MAP, V(PhantomData))
    }
}

/// The accepted values, each with its description if it has one.
#[derive(Debug, Default)]
pub(crate) struct Choices(pub(crate) Vec<(Text, Option<TextOr<Choice>>)>);

impl<'de> Deserialize<'de> for Choices {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Choices;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list or a mapping")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Choices, A::Error> {
                let mut choices = Vec::new();
                while let Some(name) = seq.next_element()? {
                    choices.push((name, None));
                }
                Ok(Choices(choices))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Choices, A::Error> {
                let mut choices = Vec::new();
                while let Some((name, help)) = map.next_entry()? {
                    choices.push((name, Some(help)));
                }
                Ok(Choices(choices))
            }
        }
        deserializer.deserialize_newtype_struct(LIST_OR_MAP, V)
    }
}
