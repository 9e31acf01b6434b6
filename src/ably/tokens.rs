//! The tokens of accounts: which ones to revoke, and the results.

use jiff::Timestamp;

use super::accounts::{Account, Accounts, Session};
use super::host::Host;
use super::revoke::{Request, revoke};
use crate::error::{Error, plain};
use crate::report::Report;
use crate::session::{Token, expiry};

/// The page on which users can revoke access tokens that they created themselves.
pub const WEBSITE: &str = "https://ably.com/users/access_tokens";

/// The page on which users can revoke the keys of apps.
pub const DASHBOARD: &str = "https://ably.com/dashboard";

/// Why the token of an account without OAuth is not revoked.
pub fn created_manually() -> String {
    format!("it was created manually; to revoke it, go to {WEBSITE}")
}

/// Why the key of an app is not revoked.
pub fn app_key(app: &str) -> String {
    format!(
        "the key of the app `{}` stays valid; to revoke it, go to {DASHBOARD}",
        plain(app)
    )
}

/// A snapshot of an account to remove, or of a session that no account has.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The account.
    pub account: Option<Account>,
    /// The key of its session, or of the session without an account.
    pub key: Option<String>,
    /// That session, if it exists.
    pub session: Option<Session>,
}

/// The path of an account's table.
pub fn account_id(alias: &str) -> String {
    format!("accounts.{alias}")
}

/// The path of the table of a session that no account has.
pub fn orphan_id(key: &str) -> String {
    format!("oauthSessions.{key}")
}

/// What has happened to an account or session since its snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// It has the same tokens.
    Same,
    /// It has other tokens, or a session without an account has one now.
    Changed,
    /// It no longer exists.
    Gone,
}

impl Snapshot {
    /// A snapshot of an account.
    pub fn account(accounts: &Accounts, account: &Account) -> Self {
        Self {
            account: Some(account.clone()),
            key: account.session.clone(),
            session: accounts.session_of(account).cloned(),
        }
    }

    /// A snapshot of a session that no account has.
    pub fn orphan(accounts: &Accounts, key: &str) -> Self {
        Self {
            account: None,
            key: Some(key.to_owned()),
            session: accounts.sessions.get(key).cloned(),
        }
    }

    /// Its name: the alias, or the key of the session.
    pub fn name(&self) -> &str {
        match &self.account {
            Some(account) => &account.alias,
            None => self.key.as_deref().unwrap_or_default(),
        }
    }

    /// The path of its table in the file, which is the `key` of its session in the model.
    pub fn id(&self) -> String {
        match &self.account {
            Some(account) => account_id(&account.alias),
            None => orphan_id(self.name()),
        }
    }

    /// Compares the snapshot with the current accounts.
    pub fn compare(&self, accounts: &Accounts) -> Comparison {
        let key = self.key.as_deref().unwrap_or_default();
        let now = match &self.account {
            Some(account) => match accounts.by_alias(&account.alias) {
                Some(now) if now.token != account.token => return Comparison::Changed,
                Some(now) => Self::account(accounts, now),
                None => return Comparison::Gone,
            },
            None if accounts.unused().any(|unused| unused == key) => Self::orphan(accounts, key),
            None if accounts.sessions.contains_key(key) => return Comparison::Changed,
            None => return Comparison::Gone,
        };
        match now.has_tokens_of(self) {
            true => Comparison::Same,
            false => Comparison::Changed,
        }
    }

    /// Whether both have the same session with the same tokens.
    fn has_tokens_of(&self, other: &Self) -> bool {
        let same_session = match (&self.session, &other.session) {
            (Some(one), Some(other)) => one.access == other.access && one.refresh == other.refresh,
            (one, other) => one.is_none() && other.is_none(),
        };
        same_session && self.key == other.key
    }

    /// The host that issued its tokens, or an error message. A session without an account has the host
    /// in its key, `USER::HOST`.
    fn host(&self, default: Option<&Host>) -> Result<Host, String> {
        let named = match (&self.account, &self.key) {
            (Some(account), _) => account.host.as_deref(),
            (None, Some(key)) => key.rsplit_once("::").map(|(_, host)| host),
            (None, None) => None,
        };
        let host = match named {
            Some(host) => Host::parse(host).ok_or("the file has no valid host for it"),
            None => default
                .cloned()
                .ok_or("no valid host is known to revoke it at"),
        };
        host.map_err(str::to_owned)
    }
}

/// The result of revoking a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The name of the account or session that the token belongs to.
    pub account: String,
    /// Which of its tokens it is.
    pub token: Token,
    /// When the token ends.
    pub until: Option<Timestamp>,
    /// Why the token was not revoked, if it was not.
    pub result: Result<(), String>,
}

impl Answer {
    /// How long the token may be valid, if it was not revoked.
    pub fn afterwards(&self) -> String {
        match self.until {
            Some(until) if until <= Timestamp::now() => "it has expired".to_owned(),
            Some(until) => format!("it may be valid until {until}"),
            None => "it may be valid until it expires".to_owned(),
        }
    }
}

/// The default host.
const HOST: &str = "ably.com";

/// Returns the host of the option `--oauth-host`. An empty variable counts as unset.
pub fn default_host(text: &str) -> Result<Host, Error> {
    let text = if text.is_empty() { HOST } else { text };
    Host::parse(text).ok_or(Error::Host)
}

/// Revokes the tokens of sessions, all at the same time. Tokens without a valid host are not sent.
pub fn revoke_all<'s>(
    all: impl IntoIterator<Item = &'s Snapshot>,
    default: Option<&Host>,
    report: &Report,
) -> Vec<Answer> {
    let mut answers = Vec::new();
    let mut requests = Vec::new();
    for snapshot in all {
        let Some(session) = &snapshot.session else {
            continue;
        };
        let host = snapshot.host(default);
        let refresh = session.refresh.as_ref();
        let refresh_until = refresh.and_then(|token| expiry(token.expose()));
        for (kind, token, until) in [
            (Token::Access, &session.access, session.until()),
            (Token::Refresh, &session.refresh, refresh_until),
        ] {
            let Some(token) = token.clone() else {
                continue;
            };
            let result = match host.clone() {
                Ok(host) => {
                    requests.push((answers.len(), Request { host, token }));
                    Err("the host was not asked".to_owned())
                }
                Err(reason) => Err(reason),
            };
            answers.push(Answer {
                account: snapshot.name().to_owned(),
                token: kind,
                until,
                result,
            });
        }
    }
    let (indices, requests): (Vec<usize>, Vec<Request>) = requests.into_iter().unzip();
    for (index, result) in indices.into_iter().zip(revoke(requests, report)) {
        answers[index].result = result;
    }
    answers
}

/// The advice if accounts could not be removed from the file after some of their tokens were revoked.
pub fn revoked_already(answers: &[Answer]) -> Option<String> {
    let is_revoked = answers.iter().any(|answer| answer.result.is_ok());
    is_revoked.then(|| {
        "the server has already revoked tokens; fix the file and run the command again".to_owned()
    })
}
