//! The origin of a value.

use std::fmt;
use std::ops::Deref;
use std::path::PathBuf;

/// The value of an option with its origin. It dereferences to the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configured<T> {
    /// The value.
    pub value: T,
    /// The origin of the value.
    pub origin: Origin,
}

impl<T> From<T> for Configured<T> {
    /// Creates a value as if it were the default, for tests of handlers.
    fn from(value: T) -> Self {
        let origin = Origin::Default;
        Self { value, origin }
    }
}

impl<T> Deref for Configured<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The origin of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The command line, with the name of the option.
    Argument(String),
    /// An environment variable, with its name.
    Variable(String),
    /// A configuration file.
    File {
        /// The path of the file.
        path: PathBuf,
        /// The line, starting at 1.
        line: usize,
    },
    /// The default, if there is one, because nothing else set a value.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(name) | Self::Variable(name) => f.write_str(name),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}
