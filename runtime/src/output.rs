//! Results of commands: written as JSON, after a look at the schema that the spec gives them.
//!
//! A type says what a result is made of; a schema also says what holds for its texts, numbers and
//! lists. What breaks it is an error of the program, and scripts must not get it as a result, so
//! it is found before anything is printed.

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

/// What a command has to say to programs. The type and its schema are made from the spec.
pub trait Output: Serialize {
    /// The JSON Schema (draft 2020-12) of the result.
    const SCHEMA: &'static str;
}

/// A result as JSON, on one line or, if it is to be `pretty`, on several.
///
/// # Errors
///
/// What the result is and its schema does not allow.
pub fn to_json<T: Output>(output: &T, pretty: bool) -> Result<String, Violation> {
    checked(output, T::SCHEMA, pretty)
}

impl Console {
    /// Prints a result, in the form that the command line asks for, and says with which code the program
    /// ends. A result that breaks its schema is a failure, and nothing of it is printed.
    #[doc(hidden)]
    pub fn end_with_output<C: Exit, T: Output>(&self, ended: Ended<C, T>) -> ExitCode {
        self.finish(ended, |output, pretty| {
            to_json(output, pretty).map_err(|violation| violation.to_string())
        })
    }
}

/// As [`to_json`], for any value and a schema in the subset of JSON Schema that specs have.
#[doc(hidden)]
pub fn checked<T: Serialize>(value: &T, schema: &str, pretty: bool) -> Result<String, Violation> {
    let broken = |_| Violation::new("", "$schema", "has a schema that can't be read".into());
    let schema = serde_json::from_str(schema).map_err(broken)?;
    let tree = tree::of(value).map_err(|error| Violation::new("", "type", error.to_string()))?;
    validate::validate(&schema, &tree)?;
    let text = match pretty {
        true => serde_json::to_string_pretty(&tree),
        false => serde_json::to_string(&tree),
    };
    let text = text.map_err(|error| Violation::new("", "type", error.to_string()))?;
    Ok(safe_json(&text))
}

/// Where a result is not what its schema says. It never repeats the value, which may be secret.
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

    /// The place in the result as a JSON pointer, such as `/sessions/0/name`; empty for all of it.
    /// A name that the schema does not have, as those of a map, is `*`: it belongs to the value.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The keyword of the schema that is broken, such as `pattern`.
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
