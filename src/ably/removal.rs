//! Removing accounts and sessions from the file, as it is when the lock is held.

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
    /// The paths of what was removed.
    pub removed: Vec<String>,
    /// The paths of what has other tokens by now, and stays.
    pub changed: Vec<String>,
    /// What the file says now.
    pub after: Accounts,
}

/// Removes accounts, with their sessions where no other account has them, and sessions without an account.
/// What was signed in or changed since it was looked at stays.
pub fn remove(all: &[Seen], file: &Path, report: &Report) -> Result<Removal, Error> {
    let Some(locked) = Whole::open(file, report)? else {
        return Ok(Removal::default());
    };
    let old = locked.read()?;
    let before = Accounts::read(&old, file)?;
    let (mut going, mut changed) = (Vec::new(), Vec::new());
    for seen in all {
        match seen.now(&before) {
            Now::Same => going.push(seen),
            Now::Changed => changed.push(seen.id()),
            Now::Gone => {}
        }
    }
    let removed = going.iter().map(|seen| seen.id()).collect();
    let after = match going.is_empty() {
        true => before,
        false => {
            let new = edit::remove(&old, file, &paths(&before, &going))?;
            let after = Accounts::read(&new, file)?;
            locked.replace(&new, report)?;
            after
        }
    };
    for seen in going {
        report.trace(format_args!("removed `{}`", plain(&seen.id())));
    }
    Ok(Removal {
        removed,
        changed,
        after,
    })
}

/// The keys that go.
fn paths<'a>(accounts: &'a Accounts, going: &[&'a Seen]) -> Vec<Keys<'a>> {
    let goes = |alias: &str| {
        let mut accounts = going.iter().filter_map(|seen| seen.account.as_ref());
        accounts.any(|account| account.alias == alias)
    };
    let stay = accounts.list.iter().filter(|account| !goes(&account.alias));
    let kept: Vec<&String> = stay
        .filter_map(|account| account.session.as_ref())
        .collect();
    let mut paths: Vec<Keys<'a>> = Vec::new();
    for seen in going {
        if let Some(account) = &seen.account {
            paths.push(vec!["accounts", &account.alias]);
        }
        if let Some(key) = &seen.key {
            let path = vec!["oauthSessions", key.as_str()];
            if !kept.contains(&key) && !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    if accounts.current.as_deref().is_some_and(goes) {
        paths.push(vec!["current", "account"]);
        // The app that an old version of the Ably CLI used with that account.
        paths.push(vec!["current", "app"]);
    }
    paths
}
