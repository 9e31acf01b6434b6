//! What `authctl logout` does for Ably: all accounts at once.

use std::collections::BTreeSet;

use super::accounts::Accounts;
use super::removal::remove;
use super::tokens::{
    Answer, DASHBOARD, Seen, WEBSITE, account_id, app_key, default_host, made_by_hand, orphan_id,
    revoke_all, revoked_already,
};
use super::{Config, names};
use crate::error::Error;
use crate::file::Whole;
use crate::report::Report;
use crate::session::{Kind, Session, SignedOut, Token, Unrevoked};

/// Removes what was chosen, and revokes the tokens of OAuth once for each session.
pub fn sign_out(chosen: &[Session], oauth_host: &str, report: &Report) -> Result<SignedOut, Error> {
    // Accounts go even where nobody can be asked to revoke their tokens.
    let default = default_host(oauth_host).map_err(|error| report.warning(error));
    let default = default.ok();
    let Config { path, accounts } = Config::load(report)?;
    let mut signed_out = SignedOut::default();
    for session in chosen {
        if let Kind::Unfinished(file) = &session.kind {
            Whole::tidy(file, report)?;
            signed_out.removed.push(session.clone());
        }
    }
    let seen = seen(&accounts, chosen);
    if !seen.is_empty() {
        Whole::check(&path)?;
    }
    let answers = revoke_all(to_revoke(&accounts, &seen), default.as_ref(), report);
    let removal = match remove(&seen, &path, report) {
        Ok(removal) => removal,
        Err(error) => {
            let first = revoked_already(&answers).map_or(String::new(), |first| first + ": ");
            signed_out.problems.push(format!("{first}{error}"));
            return Ok(signed_out);
        }
    };
    signed_out.unrevoked = refused(answers);
    let is_removed = |key: &str| removal.removed.iter().any(|id| id == key);
    let gone: Vec<&Seen> = seen.iter().filter(|seen| is_removed(&seen.id())).collect();
    signed_out.notes.extend(notes(&gone));
    signed_out.unrevoked.extend(not_asked(&gone));
    let removed = chosen.iter().filter(|session| is_removed(&session.key));
    signed_out.removed.extend(removed.cloned());
    Ok(signed_out)
}

/// What was chosen, as it is in the file now.
fn seen(accounts: &Accounts, chosen: &[Session]) -> Vec<Seen> {
    let is_chosen = |id: &str| chosen.iter().any(|session| session.key == id);
    let all = accounts
        .list
        .iter()
        .filter(|each| is_chosen(&account_id(&each.alias)));
    let orphans = accounts.unused().filter(|key| is_chosen(&orphan_id(key)));
    all.map(|each| Seen::account(accounts, each))
        .chain(orphans.map(|key| Seen::orphan(accounts, key)))
        .collect()
}

/// Those whose tokens are to be revoked: one for each session that no account keeps.
fn to_revoke<'s>(accounts: &Accounts, seen: &'s [Seen]) -> Vec<&'s Seen> {
    let goes = |alias: &String| seen.iter().any(|seen| seen.id() == account_id(alias));
    let mut keys = BTreeSet::new();
    let mut first = |seen: &&Seen| {
        let shared = seen
            .account
            .iter()
            .flat_map(|account| accounts.sharing(account));
        let is_kept = shared.into_iter().any(|alias| !goes(&alias));
        seen.key
            .as_ref()
            .is_some_and(|key| !is_kept && keys.insert(key.clone()))
    };
    seen.iter().filter(|seen| first(seen)).collect()
}

/// The tokens that their servers did not revoke.
fn refused(answers: Vec<Answer>) -> Vec<Unrevoked> {
    let refused = |answer: Answer| {
        let reason = answer.result.clone().err()?;
        Some(Unrevoked {
            reason: format!("{reason}; {}", answer.afterwards()),
            account: answer.account,
            token: answer.token,
            refused: true,
        })
    };
    answers.into_iter().filter_map(refused).collect()
}

/// What no server was asked about: tokens that were made by hand, and the keys of apps.
fn not_asked(gone: &[&Seen]) -> Vec<Unrevoked> {
    let mut unrevoked = Vec::new();
    for account in gone.iter().filter_map(|seen| seen.account.as_ref()) {
        let mut add = |token, reason| {
            unrevoked.push(Unrevoked {
                account: account.alias.clone(),
                token,
                reason,
                refused: false,
            });
        };
        if account.token.is_some() {
            add(Token::Access, made_by_hand());
        }
        for app in &account.apps {
            add(Token::AppKey, app_key(app));
        }
    }
    unrevoked
}

/// What to know about them.
fn notes(gone: &[&Seen]) -> Vec<String> {
    let accounts = || gone.iter().filter_map(|seen| seen.account.as_ref());
    let by_hand = accounts().filter(|account| account.token.is_some());
    let by_hand: Vec<String> = by_hand.map(|account| account.alias.clone()).collect();
    let keys: usize = accounts().map(|account| account.apps.len()).sum();
    let mut notes = Vec::new();
    if !by_hand.is_empty() {
        notes.push(format!(
            "the access tokens of {} stay valid on the server; to revoke them, go to {WEBSITE}",
            names(&by_hand)
        ));
    }
    if keys > 0 {
        notes.push(format!(
            "the app keys that were removed ({keys}) stay valid on the server; to revoke them, go to {DASHBOARD}"
        ));
    }
    notes
}
