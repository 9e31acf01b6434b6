//! Removes accounts and sessions from the file, which is read again under the lock.

use std::path::Path;

use super::accounts::Accounts;
use super::edit::{self, Keys};
use super::tokens::{Comparison, Snapshot};
use crate::error::{Error, plain};
use crate::file::Whole;
use crate::report::Report;

/// The outcome of a removal.
#[derive(Debug, Default)]
pub struct Removal {
    /// The paths of the tables that were removed.
    pub removed: Vec<String>,
    /// The paths of the tables that were not removed, because their tokens have changed.
    pub changed: Vec<String>,
    /// The content of the file afterwards.
    pub after: Accounts,
}

/// Removes accounts, and sessions without an account. The session of an account is removed too, unless
/// another account uses it. An account or session that has changed since it was read is not removed.
pub fn remove(all: &[Snapshot], file: &Path, report: &Report) -> Result<Removal, Error> {
    let Some(locked) = Whole::open(file, report)? else {
        return Ok(Removal::default());
    };
    let old = locked.read()?;
    let before = Accounts::read(&old, file)?;
    let (mut unchanged, mut changed) = (Vec::new(), Vec::new());
    for snapshot in all {
        match snapshot.compare(&before) {
            Comparison::Same => unchanged.push(snapshot),
            Comparison::Changed => changed.push(snapshot.id()),
            Comparison::Gone => {}
        }
    }
    let removed = unchanged.iter().map(|snapshot| snapshot.id()).collect();
    let after = match unchanged.is_empty() {
        true => before,
        false => {
            let new = edit::remove(&old, file, &paths(&before, &unchanged))?;
            let after = Accounts::read(&new, file)?;
            locked.replace(&new, report)?;
            after
        }
    };
    for snapshot in unchanged {
        report.trace(format_args!("removed `{}`", plain(&snapshot.id())));
    }
    Ok(Removal {
        removed,
        changed,
        after,
    })
}

/// The keys to remove.
fn paths<'a>(accounts: &'a Accounts, removed: &[&'a Snapshot]) -> Vec<Keys<'a>> {
    let is_removed = |alias: &str| {
        let mut accounts = removed
            .iter()
            .filter_map(|snapshot| snapshot.account.as_ref());
        accounts.any(|account| account.alias == alias)
    };
    let kept = accounts
        .list
        .iter()
        .filter(|account| !is_removed(&account.alias));
    let kept: Vec<&String> = kept
        .filter_map(|account| account.session.as_ref())
        .collect();
    let mut paths: Vec<Keys<'a>> = Vec::new();
    for snapshot in removed {
        if let Some(account) = &snapshot.account {
            paths.push(vec!["accounts", &account.alias]);
        }
        if let Some(key) = &snapshot.key {
            let path = vec!["oauthSessions", key.as_str()];
            if !kept.contains(&key) && !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    if accounts.current.as_deref().is_some_and(is_removed) {
        paths.push(vec!["current", "account"]);
        // The app of that account, which old versions of the Ably CLI kept here.
        paths.push(vec!["current", "app"]);
    }
    paths
}
