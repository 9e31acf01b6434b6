//! The accounts that shells offer.

use clapspec_runtime::Candidate;

use super::accounts::{Account, Accounts};
use super::location;
use crate::file;
use crate::report::Report;

/// Returns the aliases and the IDs of all accounts. What can't be read is left out.
pub fn known() -> Vec<Candidate> {
    let report = Report::silent();
    let text = location::path(&report).and_then(|path| Ok((file::read(&path, &report)?, path)));
    let Ok((Some(text), path)) = text else {
        return Vec::new();
    };
    let Ok((accounts, _)) = Accounts::read_each(&text, &path) else {
        return Vec::new();
    };
    let alias = |account: &Account| {
        let name = account.name.as_ref().or(account.user.as_ref());
        Candidate::new(&account.alias).help(name.cloned().unwrap_or_default())
    };
    let id = |account: &Account| {
        let id = account.id.as_ref()?;
        Some(Candidate::new(id).help(format!("ID of {}", account.alias)))
    };
    let aliases = accounts.list.iter().map(alias);
    aliases.chain(accounts.list.iter().filter_map(id)).collect()
}
