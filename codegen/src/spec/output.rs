//! What a command prints for programs: a JSON Schema, written in YAML.

use serde::Deserialize;

#[cfg(feature = "cli")]
use super::forms;
use super::{Map, OneOrMany, Text, TextOr};
use crate::source::Spanned;

/// What a result is, or a part of it: a subset of JSON Schema (draft 2020-12). It has a `type`, or one
/// of `enum`, `const`, `$ref` and `oneOf`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "schema", rename_all = "camelCase")]
pub(crate) struct Schema {
    /// What kind of value it is. With `[TYPE, 'null']` it may also be nothing.
    #[serde(rename = "type")]
    pub(crate) kind: OneOrMany<Spanned<Type>>,
    /// A name for readers.
    pub(crate) title: Option<Text>,
    /// What it is, in Markdown of one paragraph.
    pub(crate) description: Option<Text>,
    /// The members of an object, each with what it is.
    pub(crate) properties: Option<Spanned<Map<Spanned<Schema>>>>,
    /// The members that are always there.
    pub(crate) required: OneOrMany<Text>,
    /// What all members are, of an object whose members have no fixed names. `false` says that an object
    /// has no other members than its `properties`.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::FalseOr<Schema>>"))]
    pub(crate) additional_properties: Option<Spanned<TextOr<Box<Spanned<Schema>>>>>,
    /// What all entries of a list are.
    pub(crate) items: Option<Box<Spanned<Schema>>>,
    /// How many entries a list has at least.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) min_items: Option<Text>,
    /// How many entries a list has at most.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) max_items: Option<Text>,
    /// The texts that it may be.
    #[serde(rename = "enum")]
    pub(crate) words: Option<Spanned<Vec<Text>>>,
    /// The text that it always is.
    #[serde(rename = "const")]
    pub(crate) word: Option<Text>,
    /// A regular expression that a text matches, somewhere unless it has `^` and `$`.
    pub(crate) pattern: Option<Text>,
    /// How many characters a text has at least.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) min_length: Option<Text>,
    /// How many characters a text has at most.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) max_length: Option<Text>,
    /// What a text is, such as `date-time`; for readers, it is not checked.
    pub(crate) format: Option<Text>,
    /// The smallest number.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) minimum: Option<Text>,
    /// The largest number.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) maximum: Option<Text>,
    /// At the top: schemas by the names under which `$ref` speaks of them.
    #[serde(rename = "$defs")]
    pub(crate) definitions: Map<Spanned<Schema>>,
    /// It is what is defined at the top: `#/$defs/NAME`.
    #[serde(rename = "$ref")]
    pub(crate) reference: Option<Text>,
    /// It is one of these objects. Each has a member with a `const` of its own, which tells them apart.
    pub(crate) one_of: Option<Spanned<Vec<Spanned<Schema>>>>,
}

/// Kinds of values that JSON has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "schema type", rename_all = "kebab-case")]
pub(crate) enum Type {
    /// Members with names.
    #[default]
    Object,
    /// A list.
    Array,
    /// A text.
    String,
    /// A whole number of 64 bits.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Nothing. It stands behind another type, in quotes.
    Null,
}

impl Type {
    /// The word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Array => "array",
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Null => "null",
        }
    }
}
