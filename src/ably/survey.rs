//! All places that sign the Ably CLI in, and what is in them.

use std::path::Path;

use super::accounts::{Account, Accounts};
use super::home;
use super::tokens::{account_id, orphan_id};
use crate::error::{Error, plain};
use crate::file::{self, Whole};
use crate::report::Report;
use crate::session::{self, Found, Place, Session, State, expiry};

/// Looks at the file and the variables.
pub fn look(report: &Report) -> Found {
    let mut found = Found::default();
    if let Err(error) = add_file(&mut found, report) {
        found.problems.push(error);
    }
    add_variables(&mut found, report);
    found
}

/// Adds what is in the file, or beside it, and what is in the file that counts without the variable.
fn add_file(found: &mut Found, report: &Report) -> Result<(), Error> {
    let path = home::path(report)?;
    let wrong = add(found, &path, report).err();
    found.problems.extend(wrong);
    let here = found.sessions.len();
    if let Some(other) = home::elsewhere(&path) {
        add(found, &other, report)?;
    }
    for session in found.sessions.split_off(here) {
        found
            .sessions
            .push(session::elsewhere(session, &[home::DIRECTORY], "ably"));
    }
    Ok(())
}

/// Adds what is in a file, or beside it. With anything wrong in it, no logout changes it.
fn add(found: &mut Found, path: &Path, report: &Report) -> Result<(), Error> {
    found.places.push(Place::File(path.to_owned()));
    if let Some(unfinished) = Whole::unfinished(path)? {
        let session = Session::unfinished(path.to_owned(), unfinished);
        found.sessions.push(session);
    }
    let Some(text) = file::read(path, report)? else {
        return Ok(());
    };
    let (accounts, problems) = Accounts::read_each(&text, path)?;
    let file = Place::File(path.to_owned());
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
        let remedy = format!("correct {} first, then log out", path.display());
        sessions
            .iter_mut()
            .for_each(|session| session.remedy = Some(remedy.clone()));
    }
    found.sessions.extend(sessions);
    found.problems.extend(problems);
    Ok(())
}

/// An account in the model.
pub fn of_account(accounts: &Accounts, account: &Account, file: &Place) -> Session {
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

/// What is left of an account without a token.
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

/// Adds what the variables hold. The Ably CLI prefers the first of them to all accounts.
fn add_variables(found: &mut Found, report: &Report) {
    let names = home::variable_names().map(|name| Place::Variable(name.to_owned()));
    found.places.extend(names);
    for variable in home::variables(report) {
        let is_first = variable.name == home::ACCESS_TOKEN;
        if is_first {
            found
                .sessions
                .iter_mut()
                .for_each(|session| session.current = false);
        }
        // It may belong to any account.
        let account = format!("({})", variable.what);
        let place = Place::Variable(variable.name.to_owned());
        let session = Session::new(variable.name, account, place).ending(variable.until, None);
        let session = Session {
            current: is_first && session.state == State::SignedIn,
            ..session
        };
        let remedy = format!("unset {}", variable.name);
        found.sessions.push(session.with_remedy(remedy));
    }
}
