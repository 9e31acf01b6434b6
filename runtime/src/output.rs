//! Results of commands, which are validated against the schema in the spec and printed as JSON.
//!
//! A type defines the structure of a result; a schema also restricts its strings, numbers and lists. A
//! result that violates the schema is a bug in the program. Scripts must not get such a result, so it is
//! validated before anything is printed.

mod object;
#[cfg(test)]
mod tests;
mod tree;
mod validate;

use std::fmt;
use std::process::ExitCode;

use serde::Serialize;

use crate::text::safe_json;
use crate::{Console, Ended, Exit};

#[doc(hidden)]
pub use object::Object;

/// The result of a command for other programs. The type and its schema are generated from the spec.
pub trait Output: Serialize {
    /// The JSON Schema (draft 2020-12) of the result.
    const SCHEMA: &'static str;
}

/// Serializes a result as JSON: indented if `pretty` is set, or else on one line.
///
/// # Errors
///
/// Returns a [`Violation`] if the result doesn't match its schema.
pub fn to_json<T: Output>(output: &T, pretty: bool) -> Result<String, Violation> {
    checked(output, T::SCHEMA, pretty)
}

impl Console {
    /// Prints a result in the format that the command line asks for, and returns the exit code of the
    /// program. If the result violates its schema, this is an error, and the result is not printed.
    #[doc(hidden)]
    pub fn end_with_output<C: Exit, T: Output>(&self, ended: Ended<C, T>) -> ExitCode {
        self.finish(ended, |output, pretty| {
            to_json(output, pretty).map_err(|violation| violation.to_string())
        })
    }
}

/// Does the same as [`to_json`], for any value and any schema in the subset of JSON Schema that specs
/// support.
#[doc(hidden)]
pub fn checked<T: Serialize>(value: &T, schema: &str, pretty: bool) -> Result<String, Violation> {
    let invalid = |_| Violation::new("", "$schema", "has a schema that can't be read".into());
    let schema = serde_json::from_str(schema).map_err(invalid)?;
    let tree = tree::of(value).map_err(|error| Violation::new("", "type", error.to_string()))?;
    validate::validate(&schema, &tree)?;
    let text = match pretty {
        true => serde_json::to_string_pretty(&tree),
        false => serde_json::to_string(&tree),
    };
    let text = text.map_err(|error| Violation::new("", "type", error.to_string()))?;
    Ok(safe_json(&text))
}

/// A violation of a schema by a result. It never contains the value, which may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pointer: String,
    keyword: &'static str,
    rule: String,
}

impl Violation {
    fn new(pointer: &str, keyword: &'static str, rule: String) -> Self {
        Self {
            pointer: pointer.to_owned(),
            keyword,
            rule,
        }
    }

    /// Returns the position in the result as a JSON pointer, such as `/sessions/0/name`. It is empty for
    /// the whole result. A name that is not in the schema, such as a key of a map, is replaced by `*`,
    /// because it is part of the value.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns the keyword of the schema that is violated, such as `pattern`.
    pub fn keyword(&self) -> &str {
        self.keyword
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(f, "the result {}", self.rule),
            pointer => write!(f, "`{pointer}` of the result {}", self.rule),
        }
    }
}

impl std::error::Error for Violation {}
