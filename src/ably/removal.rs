//! Taking accounts out of the file, as it is when the lock is held.

use std::path::Path;

use super::accounts::Accounts;
use super::edit::{self, Keys};
use super::tokens::{Now, Seen};
use crate::error::{Error, plain};
use crate::file::Whole;
use crate::report::Report;

/// What came of it.
#[derive(Debug, Default)]
pub struct Removal {
    /// The aliases that were removed.
    pub removed: Vec<String>,
    /// The aliases that are signed in with other tokens by now, and stay.
    pub changed: Vec<String>,
    /// What the file says now.
    pub after: Accounts,
}

/// Removes accounts, and their sessions where no other account has them. What was signed in or changed
/// since the accounts were looked at stays.
pub fn remove(accounts: &[Seen], file: &Path, report: &Report) -> Result<Removal, Error> {
    let Some(locked) = Whole::open(file, report)? else {
        return Ok(Removal::default());
    };
    let old = locked.read()?;
    let before = Accounts::read(&old, file)?;
    let mut removed = Vec::new();
    let mut changed = Vec::new();
    for seen in accounts {
        match seen.now(&before) {
            Now::Same => removed.push(seen.account.alias.clone()),
            Now::Changed => changed.push(seen.account.alias.clone()),
            Now::Gone => {}
        }
    }
    if removed.is_empty() {
        return Ok(Removal {
            removed,
            changed,
            after: before,
        });
    }
    let new = edit::remove(&old, file, &paths(&before, &removed))?;
    let after = Accounts::read(&new, file)?;
    locked.replace(&new, report)?;
    for alias in &removed {
        report.trace(format_args!("removed `accounts.{}`", plain(alias)));
    }
    Ok(Removal {
        removed,
        changed,
        after,
    })
}

/// The keys that go with accounts.
fn paths<'a>(accounts: &'a Accounts, removed: &'a [String]) -> Vec<Keys<'a>> {
    let goes = |alias: &String| removed.contains(alias);
    let (go, stay): (Vec<_>, Vec<_>) = accounts.list.iter().partition(|each| goes(&each.alias));
    let mut paths: Vec<Keys<'a>> = Vec::new();
    for account in go {
        paths.push(vec!["accounts", &account.alias]);
        let Some(session) = &account.session else {
            continue;
        };
        let path = vec!["oauthSessions", session];
        let is_kept = stay.iter().any(|other| other.session == account.session);
        if !is_kept && !paths.contains(&path) {
            paths.push(path);
        }
    }
    if accounts.current.as_ref().is_some_and(goes) {
        paths.push(vec!["current", "account"]);
        // The app that an old version of the Ably CLI used with that account.
        paths.push(vec!["current", "app"]);
    }
    paths
}
