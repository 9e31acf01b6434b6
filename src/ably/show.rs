//! `list`, `current` and `switch`: show the accounts, and select one.

use std::fmt::Write as _;

use clapspec_runtime::{Done, Ended};

use super::accounts::{Account, Accounts};
use super::survey::{look, of_account};
use super::tokens::account_id;
use super::{Config, edit, location, names};
use crate::cli::{
    AblyAccountsCurrentArgs, AblyAccountsCurrentExit, AblyAccountsCurrentOutput,
    AblyAccountsCurrentOutputMethod, AblyAccountsListArgs, AblyAccountsListExit,
    AblyAccountsListOutput, AblyAccountsListOutputAccount, AblyAccountsListOutputAccountMethod,
    AblyAccountsSwitchArgs, AblyAccountsSwitchExit, AblyAccountsSwitchOutput,
};
use crate::error::plain;
use crate::file::Whole;
use crate::report::Report;
use crate::session::{Location, Session, State, System, entry, show};

/// Lists the accounts and the other sessions of the Ably CLI.
pub fn list(args: &AblyAccountsListArgs) -> Ended<AblyAccountsListExit, AblyAccountsListOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let config = Config::load(report)?;
    let accounts = &config.accounts;
    if accounts.list.is_empty() {
        report.done(format_args!(
            "no Ably account in {}; run `ably accounts login` to log in to one",
            config.path.display()
        ));
    }
    let found = look(report);
    for problem in &found.problems {
        report.warning(problem);
    }
    let exit = match found.problems.is_empty() {
        true => AblyAccountsListExit::Success,
        false => AblyAccountsListExit::Incomplete,
    };
    let sessions = found.sessions;
    let mut text: String = accounts
        .list
        .iter()
        .map(|account| describe(&config, account))
        .collect();
    let is_account = |session: &&Session| {
        let mut all = accounts.list.iter();
        let is_here = session.location == Location::File(config.path.clone());
        is_here && all.any(|account| session.key == account_id(&account.alias))
    };
    let others: Vec<&Session> = sessions
        .iter()
        .filter(|session| !is_account(session))
        .collect();
    if !others.is_empty() {
        let table = show::one("OTHER", &others, &[("authctl logout ably", &others)]);
        text.push_str(if text.is_empty() { "" } else { "\n" });
        text.push_str(&table);
    }
    let listed = accounts
        .list
        .iter()
        .map(|account| listed(accounts, account));
    let output = AblyAccountsListOutput {
        file: config.path.display().to_string(),
        accounts: listed.collect(),
        sessions: sessions
            .iter()
            .map(|session| entry::ably_list(System::Ably, session))
            .collect(),
    };
    Ok(Done::new(exit, output).text(text))
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
    let text = describe(&config, account);
    for variable in location::variables(report) {
        report.warning(format_args!(
            "the Ably CLI may use {} in the environment variable {} instead",
            variable.what, variable.name
        ));
    }
    Ok(Done::new(AblyAccountsCurrentExit::Success, output).text(text))
}

/// Converts an account for the result.
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
            .and_then(|session| session.until())
            .map(|time| time.to_string()),
        renews: session.map(|session| session.refresh.is_some()),
        shared: Some(accounts.sharing(account)).filter(|shared| !shared.is_empty()),
    }
}

/// Shows an account to people.
fn describe(config: &Config, account: &Account) -> String {
    let accounts = &config.accounts;
    let session = of_account(accounts, account, &Location::File(config.path.clone()));
    let mut text = plain(&account.alias);
    if accounts.current.as_ref() == Some(&account.alias) {
        text.push_str(" (current)");
    }
    text.push('\n');
    let signed_in = match (session.state, account.is_oauth()) {
        (State::SignedIn, true) => "with OAuth".to_owned(),
        (State::SignedIn, false) => "with an access token".to_owned(),
        _ => format!("no: {}", session.reason.unwrap_or_default()),
    };
    let expires = session.until.map(|until| match session.renews {
        Some(true) => format!("{until}, and is renewed then"),
        _ => until.to_string(),
    });
    let shared = accounts.sharing(account);
    let shared = (!shared.is_empty()).then(|| names(&shared));
    for (label, value) in [
        ("ID", account.id.as_deref().map(plain)),
        ("Name", account.name.as_deref().map(plain)),
        ("User", account.user.as_deref().map(plain)),
        ("Signed in", Some(signed_in)),
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
    let path = location::path(report)?;
    // If there is no file, there are no accounts, and looking up the account fails below.
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
        report.done(format_args!("`{name}` is already the current Ably account"));
    }
    let output = AblyAccountsSwitchOutput {
        file: config.path.display().to_string(),
        account: account.alias.clone(),
        changed,
    };
    Ok(Done::new(AblyAccountsSwitchExit::Success, output))
}
