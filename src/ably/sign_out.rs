//! The part of `authctl logout` for Ably: it signs out of several accounts at once.

use std::collections::BTreeSet;

use super::accounts::Accounts;
use super::remove::remove;
use super::tokens::{
    Answer, DASHBOARD, Snapshot, WEBSITE, account_id, app_key, created_manually, default_host,
    orphan_id, revoke_all, revoked_already,
};
use super::{Config, names};
use crate::error::Error;
use crate::file::Whole;
use crate::report::Report;
use crate::session::{Kind, Session, SignedOut, Token, Unrevoked};

/// Removes the chosen sessions, and revokes the tokens of each OAuth session once.
pub fn sign_out(chosen: &[Session], oauth_host: &str, report: &Report) -> Result<SignedOut, Error> {
    // Accounts are removed even if there is no valid host to revoke their tokens at.
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
    let snapshots = snapshots(&accounts, chosen);
    if !snapshots.is_empty() {
        Whole::check(&path)?;
    }
    let answers = revoke_all(to_revoke(&accounts, &snapshots), default.as_ref(), report);
    let removal = match remove(&snapshots, &path, report) {
        Ok(removal) => removal,
        Err(error) => {
            let first = revoked_already(&answers).map_or(String::new(), |first| first + ": ");
            signed_out.problems.push(format!("{first}{error}"));
            return Ok(signed_out);
        }
    };
    signed_out.unrevoked = not_revoked(answers);
    let is_removed = |key: &str| removal.removed.iter().any(|id| id == key);
    let gone: Vec<&Snapshot> = snapshots
        .iter()
        .filter(|snapshot| is_removed(&snapshot.id()))
        .collect();
    signed_out.notes.extend(notes(&gone));
    signed_out.unrevoked.extend(never_revoked(&gone));
    let removed = chosen.iter().filter(|session| is_removed(&session.key));
    signed_out.removed.extend(removed.cloned());
    Ok(signed_out)
}

/// The chosen accounts and sessions, as they are in the file now.
fn snapshots(accounts: &Accounts, chosen: &[Session]) -> Vec<Snapshot> {
    let is_chosen = |id: &str| chosen.iter().any(|session| session.key == id);
    let all = accounts
        .list
        .iter()
        .filter(|each| is_chosen(&account_id(&each.alias)));
    let orphans = accounts.unused().filter(|key| is_chosen(&orphan_id(key)));
    all.map(|each| Snapshot::account(accounts, each))
        .chain(orphans.map(|key| Snapshot::orphan(accounts, key)))
        .collect()
}

/// Those whose tokens are revoked: one for each session, unless an account that is kept uses it.
fn to_revoke<'s>(accounts: &Accounts, snapshots: &'s [Snapshot]) -> Vec<&'s Snapshot> {
    let is_removed = |alias: &String| {
        snapshots
            .iter()
            .any(|snapshot| snapshot.id() == account_id(alias))
    };
    let mut keys = BTreeSet::new();
    let mut first = |snapshot: &&Snapshot| {
        let shared = snapshot
            .account
            .iter()
            .flat_map(|account| accounts.sharing(account));
        let is_kept = shared.into_iter().any(|alias| !is_removed(&alias));
        snapshot
            .key
            .as_ref()
            .is_some_and(|key| !is_kept && keys.insert(key.clone()))
    };
    snapshots
        .iter()
        .filter(|snapshot| first(snapshot))
        .collect()
}

/// The tokens that could not be revoked.
fn not_revoked(answers: Vec<Answer>) -> Vec<Unrevoked> {
    let failed = |answer: Answer| {
        let reason = answer.result.clone().err()?;
        Some(Unrevoked {
            reason: format!("{reason}; {}", answer.afterwards()),
            account: answer.account,
            token: answer.token,
            failed: true,
        })
    };
    answers.into_iter().filter_map(failed).collect()
}

/// The credentials that authctl never revokes: manually created tokens, and app keys.
fn never_revoked(gone: &[&Snapshot]) -> Vec<Unrevoked> {
    let mut unrevoked = Vec::new();
    for account in gone.iter().filter_map(|snapshot| snapshot.account.as_ref()) {
        let mut add = |token, reason| {
            unrevoked.push(Unrevoked {
                account: account.alias.clone(),
                token,
                reason,
                failed: false,
            });
        };
        if account.token.is_some() {
            add(Token::Access, created_manually());
        }
        for app in &account.apps {
            add(Token::AppKey, app_key(app));
        }
    }
    unrevoked
}

/// Notes on the credentials that stay valid.
fn notes(gone: &[&Snapshot]) -> Vec<String> {
    let accounts = || gone.iter().filter_map(|snapshot| snapshot.account.as_ref());
    let created = accounts().filter(|account| account.token.is_some());
    let created: Vec<String> = created.map(|account| account.alias.clone()).collect();
    let keys: usize = accounts().map(|account| account.apps.len()).sum();
    let mut notes = Vec::new();
    if !created.is_empty() {
        notes.push(format!(
            "the access tokens of {} stay valid on the server; to revoke them, go to {WEBSITE}",
            names(&created)
        ));
    }
    if keys > 0 {
        notes.push(format!(
            "the app keys that were removed ({keys}) stay valid on the server; to revoke them, go to {DASHBOARD}"
        ));
    }
    notes
}
