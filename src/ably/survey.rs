//! All locations from which the Ably CLI gets credentials, and the sessions in them.

use std::path::Path;

use super::accounts::{Account, Accounts};
use super::location;
use super::tokens::{account_id, orphan_id};
use crate::error::{Error, plain};
use crate::file::{self, Whole};
use crate::report::Report;
use crate::session::{self, Found, Location, Session, State, expiry};

/// Looks at the file and the environment variables.
pub fn look(report: &Report) -> Found {
    let mut found = Found::default();
    if let Err(error) = add_file(&mut found, report) {
        found.problems.push(error);
    }
    add_variables(&mut found, report);
    found
}

/// Adds the sessions in and next to the file, and those in the file that is used without the variable.
fn add_file(found: &mut Found, report: &Report) -> Result<(), Error> {
    let path = location::path(report)?;
    let problem = add(found, &path, report).err();
    found.problems.extend(problem);
    let here = found.sessions.len();
    if let Some(other) = location::elsewhere(&path) {
        add(found, &other, report)?;
    }
    for session in found.sessions.split_off(here) {
        found
            .sessions
            .push(session::elsewhere(session, &[location::DIRECTORY], "ably"));
    }
    Ok(())
}

/// Adds the sessions in and next to a file. If the file has an error, no logout changes it.
fn add(found: &mut Found, path: &Path, report: &Report) -> Result<(), Error> {
    found.locations.push(Location::File(path.to_owned()));
    if let Some(unfinished) = Whole::unfinished(path)? {
        let session = Session::unfinished(path.to_owned(), unfinished);
        found.sessions.push(session);
    }
    let Some(text) = file::read(path, report)? else {
        return Ok(());
    };
    let (accounts, problems) = Accounts::read_each(&text, path)?;
    let file = Location::File(path.to_owned());
    let all = accounts.list.iter();
    let mut sessions: Vec<Session> = all
        .map(|account| of_account(&accounts, account, &file))
        .collect();
    for key in accounts.unused() {
        let session = Session::new(orphan_id(key), key, file.clone());
        let reason = "an OAuth session that no account uses";
        sessions.push(session.with_state(State::LeftOver, reason));
    }
    if !problems.is_empty() {
        let remedy = format!("fix {}, then log out", path.display());
        sessions
            .iter_mut()
            .for_each(|session| session.remedy = Some(remedy.clone()));
    }
    found.sessions.extend(sessions);
    found.problems.extend(problems);
    Ok(())
}

/// Converts an account to a session.
pub fn of_account(accounts: &Accounts, account: &Account, file: &Location) -> Session {
    let session = Session::new(account_id(&account.alias), &account.alias, file.clone());
    let tokens = accounts.session_of(account);
    let until = match (tokens, &account.token) {
        (Some(tokens), _) => tokens.until(),
        (None, Some(token)) => expiry(token.expose()),
        (None, None) => None,
    };
    let has_token = account.token.is_some() || tokens.is_some_and(|tokens| tokens.has_token());
    let session = match has_token {
        true => session,
        false => session.with_state(State::LeftOver, without_token(account)),
    };
    let session = session.ending(until, tokens.map(|tokens| tokens.refresh.is_some()));
    let is_current = accounts.current.as_ref() == Some(&account.alias);
    Session {
        current: is_current && session.state == State::SignedIn,
        ..session
    }
}

/// Describes an account without a token.
fn without_token(account: &Account) -> String {
    match account.apps.as_slice() {
        [] => "an account without a token".to_owned(),
        [app] => format!(
            "an account without a token, but with the key of the app `{}`",
            plain(app)
        ),
        apps => format!(
            "an account without a token, but with the keys of {} apps",
            apps.len()
        ),
    }
}

/// Adds the credentials in environment variables. The Ably CLI prefers the first of them to all
/// accounts.
fn add_variables(found: &mut Found, report: &Report) {
    let names = location::variable_names().map(|name| Location::Variable(name.to_owned()));
    found.locations.extend(names);
    for variable in location::variables(report) {
        let is_first = variable.name == location::ACCESS_TOKEN;
        if is_first {
            found
                .sessions
                .iter_mut()
                .for_each(|session| session.current = false);
        }
        // The variable may belong to any account.
        let account = format!("({})", variable.what);
        let location = Location::Variable(variable.name.to_owned());
        let session = Session::new(variable.name, account, location).ending(variable.until, None);
        let session = Session {
            current: is_first && session.state == State::SignedIn,
            ..session
        };
        let remedy = format!("unset {}", variable.name);
        found.sessions.push(session.with_remedy(remedy));
    }
}
