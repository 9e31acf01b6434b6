//! `list`, `current` and `switch`: seeing the accounts, and choosing one.

use std::fmt::Write as _;

use clapspec_runtime::{Done, Ended};

use super::accounts::{Account, Accounts};
use super::{Config, edit, home, names};
use crate::cli::{
    AblyAccountsCurrentArgs, AblyAccountsCurrentExit, AblyAccountsCurrentOutput,
    AblyAccountsCurrentOutputMethod, AblyAccountsListArgs, AblyAccountsListExit,
    AblyAccountsListOutput, AblyAccountsListOutputAccount, AblyAccountsListOutputAccountMethod,
    AblyAccountsSwitchArgs, AblyAccountsSwitchExit, AblyAccountsSwitchOutput,
};
use crate::error::plain;
use crate::file::Whole;
use crate::report::Report;

/// Lists the accounts.
pub fn list(args: &AblyAccountsListArgs) -> Ended<AblyAccountsListExit, AblyAccountsListOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let config = Config::load(report)?;
    let accounts = &config.accounts;
    if accounts.list.is_empty() {
        report.done(format_args!(
            "no Ably account in {}; `ably accounts login` logs in to one",
            config.path.display()
        ));
    }
    let text: String = accounts
        .list
        .iter()
        .map(|account| describe(accounts, account))
        .collect();
    let output = AblyAccountsListOutput {
        file: config.path.display().to_string(),
        accounts: accounts
            .list
            .iter()
            .map(|account| listed(accounts, account))
            .collect(),
    };
    Ok(Done::new(AblyAccountsListExit::Success, output).text(text))
}

/// Shows the current account.
pub fn current(
    args: &AblyAccountsCurrentArgs,
) -> Ended<AblyAccountsCurrentExit, AblyAccountsCurrentOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let config = Config::load(report)?;
    let account = config
        .find(None)
        .map_err(|missing| missing.failure(AblyAccountsCurrentExit::UnknownAccount))?;
    let shown = listed(&config.accounts, account);
    let output = AblyAccountsCurrentOutput {
        file: config.path.display().to_string(),
        alias: shown.alias,
        id: shown.id,
        name: shown.name,
        user: shown.user,
        method: match account.is_oauth() {
            true => AblyAccountsCurrentOutputMethod::Oauth,
            false => AblyAccountsCurrentOutputMethod::Token,
        },
        host: shown.host,
        expires: shown.expires,
        renews: shown.renews,
        shared: shown.shared,
    };
    let text = describe(&config.accounts, account);
    Ok(Done::new(AblyAccountsCurrentExit::Success, output).text(text))
}

/// An account, as the result has it.
fn listed(accounts: &Accounts, account: &Account) -> AblyAccountsListOutputAccount {
    let session = accounts.session_of(account);
    AblyAccountsListOutputAccount {
        alias: account.alias.clone(),
        current: accounts.current.as_ref() == Some(&account.alias),
        id: account.id.clone(),
        name: account.name.clone(),
        user: account.user.clone(),
        method: match account.is_oauth() {
            true => AblyAccountsListOutputAccountMethod::Oauth,
            false => AblyAccountsListOutputAccountMethod::Token,
        },
        host: account.host.clone(),
        expires: session
            .and_then(|session| session.expires)
            .map(|time| time.to_string()),
        renews: session.map(|session| session.refresh.is_some()),
        shared: Some(accounts.sharing(account)).filter(|shared| !shared.is_empty()),
    }
}

/// An account, as people get to see it.
fn describe(accounts: &Accounts, account: &Account) -> String {
    let mut text = plain(&account.alias);
    if accounts.current.as_ref() == Some(&account.alias) {
        text.push_str(" (current)");
    }
    text.push('\n');
    let session = accounts.session_of(account);
    let signed_in = match (account.is_oauth(), session, &account.token) {
        (true, Some(_), _) => "with OAuth",
        (true, None, _) => "with OAuth, but its tokens are gone",
        (false, _, Some(_)) => "with an access token",
        (false, _, None) => "no longer; it has no token",
    };
    let expires = session.and_then(|session| {
        let time = session.expires?;
        Some(match session.refresh {
            Some(_) => format!("{time}, and is renewed then"),
            None => time.to_string(),
        })
    });
    let shared = accounts.sharing(account);
    let shared = (!shared.is_empty()).then(|| names(&shared));
    for (label, value) in [
        ("ID", account.id.as_deref().map(plain)),
        ("Name", account.name.as_deref().map(plain)),
        ("User", account.user.as_deref().map(plain)),
        ("Signed in", Some(signed_in.to_owned())),
        ("Host", account.host.as_deref().map(plain)),
        ("Expires", expires),
        ("Shared with", shared),
    ] {
        if let Some(value) = value {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {:<13}{value}", format!("{label}:"));
        }
    }
    text
}

/// Makes another account the current one.
pub fn switch(
    args: &AblyAccountsSwitchArgs,
) -> Ended<AblyAccountsSwitchExit, AblyAccountsSwitchOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let unknown = AblyAccountsSwitchExit::UnknownAccount;
    let path = home::path(report)?;
    // Without a file there is no account that could be found.
    let locked = Whole::open(&path, report)?;
    let text = locked.as_ref().map_or(Ok(String::new()), Whole::read)?;
    let accounts = Accounts::read(&text, &path)?;
    let config = Config { path, accounts };
    let account = config
        .find(Some(&args.account))
        .map_err(|missing| missing.failure(unknown))?;
    let changed = config.accounts.current.as_ref() != Some(&account.alias);
    let name = plain(&account.alias);
    if let (true, Some(locked)) = (changed, locked) {
        locked.replace(&edit::select(&text, &config.path, &account.alias)?, report)?;
        report.done(format_args!("`{name}` is now the current Ably account"));
    } else {
        report.done(format_args!("`{name}` is the current Ably account already"));
    }
    let output = AblyAccountsSwitchOutput {
        file: config.path.display().to_string(),
        account: account.alias.clone(),
        changed,
    };
    Ok(Done::new(AblyAccountsSwitchExit::Success, output))
}
