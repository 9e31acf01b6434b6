//! Sessions of any system: what `authctl status` and `authctl logout` need to know.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::error::Error;
use crate::report::Report;
use crate::{ably, btp, cargo};

/// A tool that has sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Rust's package manager.
    Cargo,
    /// The Ably CLI.
    Ably,
    /// The command line of SAP BTP.
    Btp,
}

impl System {
    /// All systems, in the order in which they are shown and signed out of.
    pub const ALL: [Self; 3] = [Self::Cargo, Self::Ably, Self::Btp];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cargo => "cargo",
            Self::Ably => "ably",
            Self::Btp => "btp",
        }
    }

    /// What there is of it.
    pub fn found(self, report: &Report) -> Found {
        match self {
            Self::Cargo => cargo::sessions(report),
            Self::Ably => ably::sessions(report),
            Self::Btp => btp::sessions(report),
        }
    }
}

/// A place in which a tool finds what signs it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The name by which the tool knows it: a registry, an alias, a user.
    pub account: String,
    /// Where it is.
    pub place: Place,
    /// Whether the tool uses it when no other is named.
    pub current: bool,
    /// When its file was last written: it is at least that old.
    pub since: Option<Timestamp>,
    /// When it ends.
    pub until: Option<Timestamp>,
    /// Whether the tool renews it by itself then.
    pub renews: Option<bool>,
}

/// Where a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the file in which the tool keeps sessions.
    File(PathBuf),
    /// In a file that people write, from which nothing is removed.
    Config(PathBuf),
    /// In an environment variable of this name.
    Variable(String),
    /// With a program that the tool asks.
    Provider(String),
}

impl Place {
    /// In few words, for a table.
    pub fn short(&self) -> String {
        match self {
            Self::File(path) | Self::Config(path) => tilde(path),
            Self::Variable(name) => format!("variable {name}"),
            Self::Provider(name) => format!("provider {name}"),
        }
    }
}

/// A path with `~` for the home folder.
fn tilde(path: &Path) -> String {
    let home = env::var_os("HOME").filter(|home| !home.is_empty());
    let below = home.as_ref().and_then(|home| path.strip_prefix(home).ok());
    match below {
        Some(below) => format!("~/{}", below.display()),
        None => path.display().to_string(),
    }
}

/// The day of a time.
pub fn day(time: Timestamp) -> String {
    time.to_string().chars().take(10).collect()
}

/// When a file was last written, to the second; nothing when that can't be found out.
pub fn written(path: &Path) -> Option<Timestamp> {
    let time = fs::metadata(path).ok()?.modified().ok()?;
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}

/// What there is of a system.
#[derive(Debug, Default)]
pub struct Found {
    /// What could be read.
    pub sessions: Vec<Session>,
    /// What could not.
    pub problems: Vec<Error>,
}

/// What came of signing out of all accounts of a system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedOut {
    /// The accounts that are removed, each with its file.
    pub removed: Vec<(String, PathBuf)>,
    /// What is left: the account, where there is one, and why.
    pub left: Vec<(Option<String>, String)>,
    /// Tokens that are removed here, but not revoked.
    pub unrevoked: Vec<Unrevoked>,
    /// What else to know.
    pub note: Option<String>,
}

/// A token that is removed here, but that its server may still accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrevoked {
    /// The account that it belonged to.
    pub account: String,
    /// Which of the two.
    pub token: Token,
    /// Why it is not revoked.
    pub reason: String,
    /// Whether a server was asked to revoke it.
    pub was_asked: bool,
}

impl Token {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Access => "access token",
            Self::Refresh => "refresh token",
        }
    }
}

/// The two tokens of OAuth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// Opens the doors.
    Access,
    /// Gets new access tokens.
    Refresh,
}
