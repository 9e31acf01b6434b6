//! What a logout did, and which of the credentials that it removed a server may still accept.

use super::Session;

/// What a logout of a whole system did.
#[derive(Debug, Default)]
pub struct SignedOut {
    /// What it removed.
    pub removed: Vec<Session>,
    /// What went wrong.
    pub problems: Vec<String>,
    /// Tokens that it removed, but that were not revoked.
    pub unrevoked: Vec<Unrevoked>,
    /// What else to know.
    pub notes: Vec<String>,
}

/// A credential that is removed here, but that its server may still accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrevoked {
    /// The account that it belonged to.
    pub account: String,
    /// What kind of credential it is.
    pub token: Token,
    /// Why it is not revoked.
    pub reason: String,
    /// Whether a server was asked to revoke it and didn't.
    pub refused: bool,
}

/// A kind of credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// Grants access.
    Access,
    /// Gets new access tokens.
    Refresh,
    /// The key of an app.
    AppKey,
}

impl Token {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Access => "access token",
            Self::Refresh => "refresh token",
            Self::AppKey => "app key",
        }
    }
}
