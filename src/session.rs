//! A session of any system: what `authctl status` shows.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::error::Error;

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
    /// In a file.
    File(PathBuf),
    /// In an environment variable of this name.
    Variable(String),
    /// With a program that the tool asks.
    Provider(String),
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
}

/// A token that is removed here, but that its server may still accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrevoked {
    /// The account that it belonged to.
    pub account: String,
    /// Which of the two.
    pub token: Token,
    /// Why it could not be revoked.
    pub reason: String,
}

/// The two tokens of OAuth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// Opens the doors.
    Access,
    /// Gets new access tokens.
    Refresh,
}
