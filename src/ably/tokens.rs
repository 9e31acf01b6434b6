//! The tokens of accounts: which are to be taken back, and what came of it.

use super::accounts::{Account, Accounts, Session};
use super::host::Host;
use super::revoke::{Request, revoke};
use crate::error::Error;
use crate::report::Report;
use crate::session::Token;

/// Where the user can see and revoke access tokens that were made by hand.
pub const WEBSITE: &str = "https://ably.com/users/access_tokens";

/// Why the token of an account without OAuth is not revoked.
pub fn made_by_hand() -> String {
    format!("it was made by hand; to revoke it go to {WEBSITE}")
}

/// An account with what signs it in, as it was looked at.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The account.
    pub account: Account,
    /// Its session, if it has one.
    pub session: Option<Session>,
}

/// What has become of an account since it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// It is signed in with the same tokens.
    Same,
    /// It is signed in with others.
    Changed,
    /// It is not there.
    Gone,
}

impl Seen {
    /// What there is to see of an account.
    pub fn new(accounts: &Accounts, account: &Account) -> Self {
        Self {
            account: account.clone(),
            session: accounts.session_of(account).cloned(),
        }
    }

    /// What has become of the account.
    pub fn now(&self, accounts: &Accounts) -> Now {
        let Some(account) = accounts.by_alias(&self.account.alias) else {
            return Now::Gone;
        };
        let tokens = |session: Option<&Session>| {
            session.map(|session| (session.access.clone(), session.refresh.clone()))
        };
        let same = account.token == self.account.token
            && account.session == self.account.session
            && tokens(accounts.session_of(account)) == tokens(self.session.as_ref());
        if same { Now::Same } else { Now::Changed }
    }
}

/// What the server said about a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The alias of the account.
    pub account: String,
    /// Which of its tokens.
    pub token: Token,
    /// Why it is not taken back, if it is not.
    pub result: Result<(), String>,
}

/// The host that accounts belong to when nothing else is said.
const HOST: &str = "ably.com";

/// The host of the option `--oauth-host`. An empty variable is as good as none.
pub fn default_host(text: &str) -> Result<Host, Error> {
    let text = if text.is_empty() { HOST } else { text };
    Host::parse(text).ok_or(Error::Host)
}

/// Takes the tokens of the accounts' sessions back, all at the same time. Those of a host that is none
/// are sent nowhere.
pub fn take_back<'s>(
    accounts: impl IntoIterator<Item = &'s Seen>,
    default: &Host,
    report: &Report,
) -> Vec<Answer> {
    let mut answers = Vec::new();
    let mut requests = Vec::new();
    for Seen { account, session } in accounts {
        let Some(session) = session else {
            continue;
        };
        let host = match &account.host {
            Some(host) => Host::parse(host),
            None => Some(default.clone()),
        };
        for (kind, token) in [
            (Token::Access, &session.access),
            (Token::Refresh, &session.refresh),
        ] {
            let Some(token) = token.clone() else {
                continue;
            };
            if let Some(host) = host.clone() {
                requests.push((answers.len(), Request { host, token }));
            }
            answers.push(Answer {
                account: account.alias.clone(),
                token: kind,
                result: Err("`oauthHost` of the account is not a host".to_owned()),
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
        "the server has revoked tokens already; set the file right and run the command again"
            .to_owned()
    })
}
