//! YAML as a tree in which every node knows its place.
//!
//! [`parse()`] makes the tree, [`read()`] makes serde types of it. This is the one module that knows
//! which parser is used.

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
    LIST_OR_MAP, MAPS, ONE_OR_MANY, Others, SPANNED, TEXT_OR_MAP, WITHIN, fields, read,
};

use std::rc::Rc;

use crate::source::Span;

/// A value and its place. An alias shares the node that it names.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
    /// How many nodes it stands for, itself included, with aliases followed.
    weight: u32,
}

/// The kinds of values that YAML has.
#[derive(Debug)]
pub(crate) enum Value {
    /// Text; `plain` when it stands without quotes.
    Scalar { text: String, plain: bool },
    /// `[a, b]`, or lines that begin with `-`.
    List(Vec<Rc<Node>>),
    /// `key: value` pairs in the order in which they are written. Keys are scalars, each once.
    Map(Vec<(Node, Rc<Node>)>),
}

impl Node {
    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether nothing is written here, or one of YAML's words for nothing.
    fn is_null(&self) -> bool {
        match &self.value {
            Value::Scalar { text, plain: true } => {
                matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL")
            }
            _ => false,
        }
    }
}
