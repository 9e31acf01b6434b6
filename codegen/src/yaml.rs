//! YAML as a tree in which every node has its position in the file.
//!
//! [`parse()`] builds the tree, and [`read()`] deserializes it into types with serde. No other module
//! depends on the YAML parser.

mod access;
mod hints;
mod parse;
mod read;
mod refuse;
mod syntax;
#[cfg(test)]
mod tests;

pub(crate) use parse::{parse, refuse_control_characters};
pub(crate) use read::{
    EXTRA, LIST_OR_MAP, MAPS, ONE_OR_MANY, Others, SPANNED, TEXT_OR_MAP, WITHIN, fields, read,
};

use std::rc::Rc;

use crate::source::Span;

/// A value and its position. An alias shares the node that it refers to.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
    /// The number of nodes in it, including itself, with aliases expanded.
    weight: u32,
}

/// The kinds of YAML values.
#[derive(Debug)]
pub(crate) enum Value {
    /// A scalar; `plain` if it has no quotes.
    Scalar { text: String, plain: bool },
    /// `[a, b]`, or lines that begin with `-`.
    List(Vec<Rc<Node>>),
    /// `key: value` pairs in the order in which they are written. Keys are unique scalars.
    Map(Vec<(Node, Rc<Node>)>),
}

impl Node {
    /// Returns the text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Visits the place of each scalar that is a value. That of an alias is the place of its anchor.
    #[cfg(feature = "examples")]
    pub(crate) fn scalars(&self, visit: &mut impl FnMut(Span)) {
        match &self.value {
            Value::Scalar { .. } => visit(self.span),
            Value::List(items) => items.iter().for_each(|item| item.scalars(visit)),
            Value::Map(entries) => entries.iter().for_each(|(_, value)| value.scalars(visit)),
        }
    }

    /// Whether the value is empty, or one of YAML's spellings of null.
    fn is_null(&self) -> bool {
        match &self.value {
            Value::Scalar { text, plain: true } => {
                matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL")
            }
            _ => false,
        }
    }
}
