//! The result that a command prints for other programs: a JSON Schema, written in YAML.

use serde::Deserialize;

#[cfg(feature = "cli")]
use super::forms;
use super::{Map, OneOrMany, Text, TextOr};
use crate::source::Spanned;

/// A schema for a result or a part of it, in a subset of JSON Schema (draft 2020-12). It has a `type`, or one
/// of `enum`, `const`, `$ref` and `oneOf`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "schema", rename_all = "camelCase")]
pub(crate) struct Schema {
    /// The type of the value. `[TYPE, 'null']` means that the value may also be `null`.
    #[serde(rename = "type")]
    pub(crate) kind: OneOrMany<Spanned<Type>>,
    /// A title for readers.
    pub(crate) title: Option<Text>,
    /// A description, in one paragraph of Markdown.
    pub(crate) description: Option<Text>,
    /// The members of an object, each with its schema.
    pub(crate) properties: Option<Spanned<Map<Spanned<Schema>>>>,
    /// The members that are always present.
    pub(crate) required: OneOrMany<Text>,
    /// The schema of all members, for an object whose member names are not fixed. `false` means that the
    /// object has only the members in `properties`.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::FalseOr<Schema>>"))]
    pub(crate) additional_properties: Option<Spanned<TextOr<Box<Spanned<Schema>>>>>,
    /// The schema of the items of an array.
    pub(crate) items: Option<Box<Spanned<Schema>>>,
    /// The smallest number of items in an array.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) min_items: Option<Text>,
    /// The largest number of items in an array.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) max_items: Option<Text>,
    /// The strings that it may be.
    #[serde(rename = "enum")]
    pub(crate) words: Option<Spanned<Vec<Text>>>,
    /// The string that it always is.
    #[serde(rename = "const")]
    pub(crate) word: Option<Text>,
    /// A regular expression that a string must match. It may match anywhere, unless it uses `^` and `$`.
    pub(crate) pattern: Option<Text>,
    /// The smallest length of a string, in characters.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) min_length: Option<Text>,
    /// The largest length of a string, in characters.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) max_length: Option<Text>,
    /// The format of a string, such as `date-time`. It informs readers and is not checked.
    pub(crate) format: Option<Text>,
    /// The smallest number.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) minimum: Option<Text>,
    /// The largest number.
    #[cfg_attr(feature = "cli", schemars(with = "Option<forms::Number>"))]
    pub(crate) maximum: Option<Text>,
    /// At the top level: schemas that `$ref` refers to, by their names.
    #[serde(rename = "$defs")]
    pub(crate) definitions: Map<Spanned<Schema>>,
    /// A reference to a schema in the top-level `$defs`: `#/$defs/NAME`.
    #[serde(rename = "$ref")]
    pub(crate) reference: Option<Text>,
    /// It is one of these objects. Each has a member with its own `const`, which distinguishes it.
    pub(crate) one_of: Option<Spanned<Vec<Spanned<Schema>>>>,
}

/// The types of JSON values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "schema type", rename_all = "kebab-case")]
pub(crate) enum Type {
    /// Named members.
    #[default]
    Object,
    /// A list.
    Array,
    /// A string.
    String,
    /// A 64-bit integer.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`. It follows another type, and must be quoted.
    Null,
}

impl Type {
    /// Its name in JSON Schema.
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
