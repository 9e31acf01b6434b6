//! Where a value comes from.

use std::fmt;
use std::ops::Deref;
use std::path::PathBuf;

/// The value of an option, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configured<T> {
    /// The value. What dereferences to it need not name it.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> From<T> for Configured<T> {
    /// The value, as if it were the default. For tests of handlers.
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

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The command line: the option's name.
    Argument(String),
    /// An environment variable.
    Variable(String),
    /// A configuration file.
    File {
        /// The file.
        path: PathBuf,
        /// The line, from 1 on.
        line: usize,
    },
    /// Nothing gave a value: it is the default, if there is one.
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
