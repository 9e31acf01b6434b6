//! Where a credential is, and who can read it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::user;

/// Where a credential is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File(PathBuf),
    /// In the environment variable with this name.
    Variable(String),
    /// With these programs, which the tool asks.
    Provider(String),
}

impl Place {
    /// In few words, for a table.
    pub fn short(&self) -> String {
        match self {
            Self::File(path) => user::tilde(path),
            Self::Variable(name) => format!("variable {name}"),
            Self::Provider(name) => format!("provider {name}"),
        }
    }

    /// For a sentence.
    pub fn full(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Variable(name) => format!("the environment variable {name}"),
            Self::Provider(name) => format!("the credential provider {name}"),
        }
    }

    /// The path or the name alone.
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

/// Whether the mode of a file lets other users read it, and the directories above let them reach it.
/// Access control lists are not looked at.
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

/// When a file was last written, to the second; `None` when that can't be found out.
pub fn modified(path: &Path) -> Option<Timestamp> {
    let time = fs::metadata(path).ok()?.modified().ok()?;
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}
