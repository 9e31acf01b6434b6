//! The tokens of accounts: which are to be revoked, and what came of it.

use jiff::Timestamp;

use super::accounts::{Account, Accounts, Session};
use super::host::Host;
use super::revoke::{Request, revoke};
use crate::error::{Error, plain};
use crate::report::Report;
use crate::session::{Token, expiry};

/// Where the user can see and revoke access tokens that were made by hand.
pub const WEBSITE: &str = "https://ably.com/users/access_tokens";

/// Where the user can see and revoke the keys of apps.
pub const DASHBOARD: &str = "https://ably.com/dashboard";

/// Why the token of an account without OAuth is not revoked.
pub fn made_by_hand() -> String {
    format!("it was made by hand; to revoke it, go to {WEBSITE}")
}

/// Why the key of an app is not revoked.
pub fn app_key(app: &str) -> String {
    format!(
        "the key of the app `{}` stays valid; to revoke it, go to {DASHBOARD}",
        plain(app)
    )
}

/// What is to be removed, as it was looked at: an account, or a session that no account has.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The account.
    pub account: Option<Account>,
    /// The key of its session, or of the session without an account.
    pub key: Option<String>,
    /// That session, where it exists.
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

/// What has become of it since it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// It has the same tokens.
    Same,
    /// It has others, or a session has an account now.
    Changed,
    /// It doesn't exist.
    Gone,
}

impl Seen {
    /// An account.
    pub fn account(accounts: &Accounts, account: &Account) -> Self {
        Self {
            account: Some(account.clone()),
            key: account.session.clone(),
            session: accounts.session_of(account).cloned(),
        }
    }

    /// A session that no account has.
    pub fn orphan(accounts: &Accounts, key: &str) -> Self {
        Self {
            account: None,
            key: Some(key.to_owned()),
            session: accounts.sessions.get(key).cloned(),
        }
    }

    /// What it is called: the alias, or the key of the session.
    pub fn name(&self) -> &str {
        match &self.account {
            Some(account) => &account.alias,
            None => self.key.as_deref().unwrap_or_default(),
        }
    }

    /// The path of its table in the file, which is its key in the model of sessions.
    pub fn id(&self) -> String {
        match &self.account {
            Some(account) => account_id(&account.alias),
            None => orphan_id(self.name()),
        }
    }

    /// What has become of it.
    pub fn now(&self, accounts: &Accounts) -> Now {
        let key = self.key.as_deref().unwrap_or_default();
        let now = match &self.account {
            Some(account) => match accounts.by_alias(&account.alias) {
                Some(now) if now.token != account.token => return Now::Changed,
                Some(now) => Self::account(accounts, now),
                None => return Now::Gone,
            },
            None if accounts.unused().any(|unused| unused == key) => Self::orphan(accounts, key),
            None if accounts.sessions.contains_key(key) => return Now::Changed,
            None => return Now::Gone,
        };
        match now.has_tokens_of(self) {
            true => Now::Same,
            false => Now::Changed,
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

    /// The host that issued its tokens, or why there is none. A session without an account has it in its
    /// key, `USER::HOST`.
    fn host(&self, default: Option<&Host>) -> Result<Host, String> {
        let named = match (&self.account, &self.key) {
            (Some(account), _) => account.host.as_deref(),
            (None, Some(key)) => key.rsplit_once("::").map(|(_, host)| host),
            (None, None) => None,
        };
        let host = match named {
            Some(host) => Host::parse(host).ok_or("the file names no valid host for it"),
            None => default
                .cloned()
                .ok_or("there is no valid host to revoke it at"),
        };
        host.map_err(str::to_owned)
    }
}

/// What the server said about a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The name of what it belongs to.
    pub account: String,
    /// Which of its tokens.
    pub token: Token,
    /// When the token ends.
    pub until: Option<Timestamp>,
    /// Why it is not revoked, if it is not.
    pub result: Result<(), String>,
}

impl Answer {
    /// What becomes of the token where it is not revoked.
    pub fn afterwards(&self) -> String {
        match self.until {
            Some(until) if until <= Timestamp::now() => "it has expired".to_owned(),
            Some(until) => format!("it may be valid until {until}"),
            None => "it may be valid until it expires".to_owned(),
        }
    }
}

/// The host that accounts belong to when nothing else is said.
const HOST: &str = "ably.com";

/// The host of the option `--oauth-host`. An empty variable is as good as none.
pub fn default_host(text: &str) -> Result<Host, Error> {
    let text = if text.is_empty() { HOST } else { text };
    Host::parse(text).ok_or(Error::Host)
}

/// Revokes the tokens of sessions, all at the same time. Those whose host is not a valid host are sent
/// nowhere.
pub fn revoke_all<'s>(
    all: impl IntoIterator<Item = &'s Seen>,
    default: Option<&Host>,
    report: &Report,
) -> Vec<Answer> {
    let mut answers = Vec::new();
    let mut requests = Vec::new();
    for seen in all {
        let Some(session) = &seen.session else {
            continue;
        };
        let host = seen.host(default);
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
                account: seen.name().to_owned(),
                token: kind,
                until,
                result,
            });
        }
    }
    let (places, requests): (Vec<usize>, Vec<Request>) = requests.into_iter().unzip();
    for (place, result) in places.into_iter().zip(revoke(requests, report)) {
        answers[place].result = result;
    }
    answers
}

/// What to know when the accounts could not be removed: that tokens of them are revoked. Nothing when
/// none is.
pub fn revoked_already(answers: &[Answer]) -> Option<String> {
    let is_revoked = answers.iter().any(|answer| answer.result.is_ok());
    is_revoked.then(|| {
        "the server has revoked tokens already; correct the file and run the command again"
            .to_owned()
    })
}
