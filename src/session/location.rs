//! The locations of credentials, and who can read them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::user;

/// The location of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A file.
    File(PathBuf),
    /// The environment variable with this name.
    Variable(String),
    /// The programs with these names, which the tool asks.
    Provider(String),
}

impl Location {
    /// A short form, for a table.
    pub fn short(&self) -> String {
        match self {
            Self::File(path) => user::tilde(path),
            Self::Variable(name) => format!("variable {name}"),
            Self::Provider(name) => format!("provider {name}"),
        }
    }

    /// A long form, for a sentence.
    pub fn full(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Variable(name) => format!("the environment variable {name}"),
            Self::Provider(name) => format!("the credential provider {name}"),
        }
    }

    /// Only the path or the name.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Variable(name) | Self::Provider(name) => name.clone(),
        }
    }

    /// Whether other users can read it.
    pub fn is_readable_by_others(&self) -> bool {
        matches!(self, Self::File(path) if readable_by_others(path))
    }
}

/// Whether the mode of a file lets other users read it, and the modes of its parent directories let them
/// reach it. Access control lists are not considered.
pub fn readable_by_others(path: &Path) -> bool {
    let mode = |path: &Path| fs::metadata(path).map_or(0, |found| found.permissions().mode());
    let Ok(path) = fs::canonicalize(path) else {
        return false;
    };
    mode(&path) & 0o044 != 0
        && path
            .ancestors()
            .skip(1)
            .all(|above| mode(above) & 0o011 != 0)
}

/// When a file was last written, to the second; `None` if that is unknown.
pub fn modified(path: &Path) -> Option<Timestamp> {
    let time = fs::metadata(path).ok()?.modified().ok()?;
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}
