//! Strings that are never shown.

use std::fmt;

/// A string that only the program may see, such as a token.
///
/// Its `Debug` output does not contain the string, so that the secret never appears in a log or a panic
/// message. It does not implement `Display`; [`expose`](Self::expose) returns the string.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Creates a secret from a string.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// Returns the string itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
