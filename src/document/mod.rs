//! TOML documents: parsing them without showing their values in errors, and comparing their meaning.

pub mod inline;

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::error::Error;

/// The keys and values of a document, each with its position.
pub type Table<'t> = DeTable<'t>;

/// Parses `text`. Errors name `origin`, which is a path or an option.
///
/// Cargo skips a byte order mark, and so does the parser.
pub fn parse<'t>(text: &'t str, origin: &str) -> Result<Table<'t>, Error> {
    match DeTable::parse(text) {
        Ok(table) => Ok(table.into_inner()),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let (line, column) = position(text, at);
            Err(Error::Syntax {
                format: "TOML",
                origin: origin.to_owned(),
                line,
                column,
                // Only the first line, and never the source line: it may hold a token.
                message: error.message().lines().next().unwrap_or("").to_owned(),
            })
        }
    }
}

/// The line and the column, both from 1, of a position in a string.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    let column = before[line_start..]
        .trim_start_matches('\u{feff}')
        .chars()
        .count()
        + 1;
    (line, column)
}

/// The name of the type of a value, for messages.
pub fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The table at `path`, or `None` if it doesn't exist.
pub fn table_at<'a, 't>(
    root: &'a Table<'t>,
    path: &[&str],
    origin: &str,
) -> Result<Option<&'a Table<'t>>, Error> {
    let mut table = root;
    for (depth, key) in path.iter().enumerate() {
        match table.get(*key).map(|value| value.get_ref()) {
            None => return Ok(None),
            Some(DeValue::Table(inner)) => table = inner,
            Some(other) => {
                return Err(Error::Type {
                    origin: origin.to_owned(),
                    key: path[..=depth].join("."),
                    expected: "a table",
                    found: type_name(other),
                });
            }
        }
    }
    Ok(Some(table))
}

/// The meaning of a document without its formatting. Cargo treats documents with equal trees the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// A table.
    Table(BTreeMap<String, Tree>),
    /// A list.
    List(Vec<Tree>),
    /// Any other value: its type and its text.
    Leaf(&'static str, String),
}

impl Tree {
    /// The tree of a parsed document.
    pub fn of(table: &Table<'_>) -> Self {
        let member = |(key, value): (&toml::Spanned<_>, &toml::Spanned<_>)| {
            let key: &toml::de::DeString<'_> = key.get_ref();
            (key.to_string(), Self::of_value(value.get_ref()))
        };
        Self::Table(table.iter().map(member).collect())
    }

    /// The tree of a value.
    fn of_value(value: &DeValue<'_>) -> Self {
        let name = type_name(value);
        match value {
            DeValue::Table(table) => Self::of(table),
            DeValue::Array(list) => Self::List(
                list.iter()
                    .map(|item| Self::of_value(item.get_ref()))
                    .collect(),
            ),
            DeValue::String(text) => Self::Leaf(name, text.to_string()),
            DeValue::Integer(number) => Self::Leaf(name, format!("{number}")),
            DeValue::Float(number) => Self::Leaf(name, format!("{number}")),
            DeValue::Boolean(truth) => Self::Leaf(name, truth.to_string()),
            DeValue::Datetime(date) => Self::Leaf(name, date.to_string()),
        }
    }

    /// Removes the value at `path`.
    pub fn remove(&mut self, path: &[&str]) {
        let (Self::Table(table), [first, rest @ ..]) = (self, path) else {
            return;
        };
        if rest.is_empty() {
            table.remove(*first);
        } else if let Some(inner) = table.get_mut(*first) {
            inner.remove(rest);
        }
    }

    /// Sets the string at `path`, and creates the tables that it needs.
    pub fn set(&mut self, path: &[&str], value: &str) {
        let (Self::Table(table), [first, rest @ ..]) = (self, path) else {
            return;
        };
        if rest.is_empty() {
            table.insert(
                (*first).to_owned(),
                Self::Leaf("a string", value.to_owned()),
            );
        } else {
            table
                .entry((*first).to_owned())
                .or_insert_with(|| Self::Table(BTreeMap::new()))
                .set(rest, value);
        }
    }

    /// The tree without empty tables. For cargo, an empty `[a]` is the same as no `[a]`, and removing a
    /// dotted key also removes its table.
    pub fn pruned(self) -> Self {
        match self {
            Self::Table(table) => Self::Table(
                table
                    .into_iter()
                    .map(|(key, value)| (key, value.pruned()))
                    .filter(|(_, value)| !matches!(value, Self::Table(inner) if inner.is_empty()))
                    .collect(),
            ),
            other => other,
        }
    }
}

/// Replaces ranges of a string. They may touch, but not overlap, and be in any order.
pub fn splice(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for (range, replacement) in edits {
        result.push_str(&text[done..range.start.max(done)]);
        result.push_str(&replacement);
        done = range.end.max(done);
    }
    result.push_str(&text[done..]);
    result
}
