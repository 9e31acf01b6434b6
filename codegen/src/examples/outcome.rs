//! How examples differ from the spec, as data.

use std::path::PathBuf;
use std::time::Duration;

use crate::report::Place;

/// The result of running examples.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// How many examples were run.
    pub run: usize,
    /// How many of them differed, and were updated in the spec.
    pub updated: usize,
    /// The examples that differ from the spec.
    pub failures: Vec<Failure>,
    /// The pictures that belong to no example. An update removes them.
    pub unused: Vec<PathBuf>,
}

impl Outcome {
    /// Whether no example differs, and no picture is unused.
    pub fn is_ok(&self) -> bool {
        self.failures.is_empty() && self.unused.is_empty()
    }
}

/// An example that differs from the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The place of its command line.
    pub place: Place,
    /// Its command line.
    pub run: String,
    /// How it differs.
    pub problems: Vec<Problem>,
}

impl Failure {
    /// Whether [`Examples::update`](super::Examples::update) would change the spec to what was found.
    pub fn is_updatable(&self) -> bool {
        self.problems.iter().all(Problem::is_updatable)
    }
}

/// How an example differs from the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// It printed something else.
    Output {
        /// The text in the spec.
        expected: String,
        /// What it printed. Where a line matches one of the spec with `...`, it is the line of the spec.
        actual: String,
    },
    /// It ended with another exit status.
    Status {
        /// The exit status by the spec.
        expected: u8,
        /// The exit status, or `None` if a signal ended it.
        actual: Option<i32>,
    },
    /// A file differs.
    File {
        /// Its path in the spec.
        path: String,
        /// Its contents by the spec.
        expected: String,
        /// Its contents, or `None` if it doesn't exist.
        actual: Option<String>,
    },
    /// A file or directory exists after the example, although it must not.
    FileLeft(String),
    /// Its picture doesn't show what it prints in a terminal.
    Picture {
        /// The path of the picture.
        path: PathBuf,
        /// The right picture.
        svg: String,
        /// Whether there is no such file.
        is_missing: bool,
    },
    /// It was killed, because it took longer than this.
    Timeout(Duration),
    /// It was killed, because it printed more than this number of bytes.
    TooLong(u64),
    /// It can't be run, or its files or its picture can't be compared, for this reason.
    NotTested(String),
}

impl Problem {
    /// Whether the spec can be changed to what was found.
    pub(super) fn is_updatable(&self) -> bool {
        match self {
            Self::Output { .. } | Self::Picture { .. } => true,
            Self::File { actual, .. } => actual.is_some(),
            Self::FileLeft(_)
            | Self::Status { .. }
            | Self::Timeout(_)
            | Self::TooLong(_)
            | Self::NotTested(_) => false,
        }
    }
}
