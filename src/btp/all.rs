//! The session for `authctl status` and `authctl logout`: that of the place which is meant without
//! `--config`, and what btp before 2.14 left.

use super::logout::remove;
use super::place::Place;
use super::{State, old};
use crate::error::Error;
use crate::file::Whole;
use crate::report::Report;
use crate::session::{Found, Place as Seen, Session, SignedOut};

/// What stands for the user where the configuration names none.
const UNKNOWN: &str = "(unknown user)";

/// The sessions, and user data without one.
pub fn sessions(report: &Report) -> Found {
    let mut found = Found::default();
    let place = match Place::find(None, report) {
        Ok(place) => place,
        Err(error) => {
            found.problems.push(error);
            return found;
        }
    };
    let before = old(&place, report);
    match State::look(place, report) {
        Ok(state) if state.is_something() => found.sessions.push(session(&state, true)),
        Ok(_) => {}
        Err(error) => found.problems.push(error),
    }
    match before {
        Ok(Some(state)) => found.sessions.push(session(&state, false)),
        Ok(None) => {}
        Err(error) => found.problems.push(error),
    }
    found
}

/// A session as the other systems have it.
fn session(state: &State, current: bool) -> Session {
    let file = state.session_file().unwrap_or(&state.place.config);
    Session {
        account: account(&state.config.user),
        place: Seen::File(file.clone()),
        // User data alone signs nobody in.
        current: current && (state.session_file().is_some() || state.may_be_in_keychain()),
        since: state.since(),
        until: state.until(),
        renews: None,
    }
}

/// A user as the other systems have accounts.
fn account(user: &Option<String>) -> String {
    user.clone().unwrap_or_else(|| UNKNOWN.to_owned())
}

/// Logs out these users wherever they are signed in.
pub fn sign_out(users: &[String], report: &Report) -> Result<SignedOut, Error> {
    let mut signed_out = SignedOut::default();
    let place = Place::find(None, report)?;
    Whole::tidy(&place.config, report)?;
    let before = old(&place, report);
    let state = State::look(place, report);
    for state in [state.map(Some), before] {
        match state.and_then(|state| sign_out_of(state, users, report)) {
            Ok(one) => {
                signed_out.removed.extend(one.removed);
                signed_out.left.extend(one.left);
            }
            Err(error) => signed_out.left.push((None, error.to_string())),
        }
    }
    Ok(signed_out)
}

/// Logs out at one place.
fn sign_out_of(
    state: Option<State>,
    users: &[String],
    report: &Report,
) -> Result<SignedOut, Error> {
    let mut signed_out = SignedOut::default();
    let Some(state) = state.filter(State::is_something) else {
        return Ok(signed_out);
    };
    let account = account(&state.config.user);
    if !users.contains(&account) {
        let message = Error::SignedInMeanwhile(state.place.config).to_string();
        signed_out.left.push((Some(account), message));
        return Ok(signed_out);
    }
    Whole::check(&state.place.config)?;
    let removal = remove(&state, report)?;
    if removal.removed {
        let file = state.place.config.clone();
        signed_out.removed.push((account.clone(), file));
    }
    let left = removal.left.map(|left| (Some(account), left));
    signed_out.left.extend(left);
    Ok(signed_out)
}
