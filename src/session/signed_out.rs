//! The outcome of a logout, with the removed credentials that a server may still accept.

use super::Session;

/// The outcome of signing out of a whole system.
#[derive(Debug, Default)]
pub struct SignedOut {
    /// The sessions that were removed.
    pub removed: Vec<Session>,
    /// The errors.
    pub problems: Vec<String>,
    /// The credentials that were removed, but not revoked.
    pub unrevoked: Vec<Unrevoked>,
    /// Additional information.
    pub notes: Vec<String>,
}

/// A credential that was removed here, but that its server may still accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrevoked {
    /// The account that it belonged to.
    pub account: String,
    /// What kind of credential it is.
    pub token: Token,
    /// Why it was not revoked.
    pub reason: String,
    /// Whether an attempt to revoke it failed.
    pub failed: bool,
}

/// A kind of credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A token that grants access.
    Access,
    /// A token to get new access tokens with.
    Refresh,
    /// The key of an app.
    AppKey,
}

impl Token {
    /// The name that is shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Access => "access token",
            Self::Refresh => "refresh token",
            Self::AppKey => "app key",
        }
    }
}
