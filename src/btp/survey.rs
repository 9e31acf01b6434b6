//! All places that sign btp in, and what is in them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::Found;
use super::place::Place;
use crate::error::{Error, plain};
use crate::file::{self, Whole};
use crate::report::Report;
use crate::session::{self, Kind, Session, State, modified};

/// How long a session lasts after the last command. SAP's page on the login says 12 hours at most.
const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Looks at the place that is meant without `--config`, at that of btp before 2.14, and at the sessions of
/// all other configurations.
pub fn look(report: &Report) -> session::Found {
    match Place::find(None, report) {
        Ok(place) => at(&place, report),
        Err(error) => session::Found::problem(error),
    }
}

/// The same, with this as the place that is meant.
pub fn at(place: &Place, report: &Report) -> session::Found {
    let mut found = session::Found::default();
    let mut hashes = Vec::new();
    add(&mut found, &mut hashes, Ok(Some(place.clone())), report);
    for session in &mut found.sessions {
        session.current = matches!(session.state, State::SignedIn | State::Possible);
    }
    add(&mut found, &mut hashes, place.old(), report);
    // The places that are meant without `--config`, and without the variables that come first.
    let variables = Place::variables();
    for count in 0..=variables.len() {
        let unset = &variables[..count];
        let here = found.sessions.len();
        let place = Place::without(unset);
        let old = place.as_ref().map_or(Ok(None), Place::old);
        add(&mut found, &mut hashes, place.map(Some), report);
        add(&mut found, &mut hashes, old, report);
        if count > 0 {
            for session in found.sessions.split_off(here) {
                let session = session::elsewhere(session, unset, "btp");
                found.sessions.push(session);
            }
        }
    }
    found
        .places
        .push(session::Place::File(place.sessions.clone()));
    others(place, &hashes, &mut found.sessions, &mut found.problems);
    found
}

/// Adds what there is at a place, unless it was looked at already.
fn add(
    found: &mut session::Found,
    hashes: &mut Vec<String>,
    place: Result<Option<Place>, Error>,
    report: &Report,
) {
    let place = match place {
        Ok(Some(place)) if !hashes.contains(&place.hash) => place,
        Ok(_) => return,
        Err(error) => return found.problems.push(error),
    };
    hashes.push(place.hash.clone());
    let files = [&place.config, &place.session];
    found
        .places
        .extend(files.map(|path| session::Place::File(path.clone())));
    let (here, problems) = Found::each(place, report);
    let sessions = here.sessions().into_iter();
    match problems.is_empty() {
        true => found.sessions.extend(sessions),
        // With anything wrong in one of the files, no logout changes the other.
        false => {
            let remedy = "correct what could not be read first, then log out";
            found
                .sessions
                .extend(sessions.map(|session| session.with_remedy(remedy)));
        }
    }
    found.problems.extend(problems);
}

/// What there is at one place.
pub fn of_place(found: &Found) -> Vec<Session> {
    let place = &found.place;
    let key = place.key();
    let mut sessions = session(found);
    for secret in &found.config.secrets {
        let file = session::Place::File(place.config.clone());
        let name = plain(secret);
        let session = Session::new(format!("{key}\0{secret}"), format!("(key {name})"), file);
        let reason = "authctl doesn't know this key, which may hold a secret";
        let session = session.with_state(State::LeftOver, reason);
        let file = place.config.display();
        sessions.push(session.with_remedy(format!("delete the value of `{name}` from {file}")));
    }
    if let Ok(Some(unfinished)) = Whole::unfinished(&place.config) {
        sessions.push(Session::unfinished(place.config.clone(), unfinished));
    }
    sessions
}

/// The session at a place, or what is left of one.
fn session(found: &Found) -> Vec<Session> {
    let (config, place) = (&found.config, &found.place);
    let session = |at: session::Place| Session::new(place.key(), found.user(), at);
    let file = |path: &PathBuf| session(session::Place::File(path.clone()));
    let data = "user data of an earlier session";
    match found.session {
        Some(1..) => {
            let mut session = with_life(file(&place.session), &place.session);
            if config.has_user_data() {
                let data = format!("its user data is in {}", place.config.display());
                session.reason = Some(match session.reason {
                    Some(reason) => format!("{data}; {reason}"),
                    None => data,
                });
            }
            vec![session]
        }
        _ if config.has_token => {
            let session = file(&place.config);
            vec![match config.until {
                Some(until) => session.ending(Some(until), None),
                None => Session {
                    since: None,
                    ..with_life(session, &place.config)
                },
            }]
        }
        _ if found.may_be_in_keychain() => {
            let reason = "btp keeps the session in the keychain, which authctl doesn't open";
            let keychain = session(session::Place::Provider("keychain".to_owned()));
            let keychain = keychain.with_state(State::Possible, reason);
            vec![
                keychain.with_remedy(keychain_command(place)),
                file(&place.config).with_state(State::LeftOver, data),
            ]
        }
        Some(0) => vec![file(&place.session).with_state(State::LeftOver, "an empty session file")],
        None if config.has_user_data() => {
            vec![file(&place.config).with_state(State::LeftOver, data)]
        }
        None => Vec::new(),
    }
}

/// A session with the times that its file tells. When it ends is SAP's documentation, not a fact of the file,
/// so it stays signed in after that.
fn with_life(session: Session, file: &Path) -> Session {
    let since = modified(file);
    let until = since.and_then(|since| since.checked_add(LIFE).ok());
    let is_over = until.is_some_and(|until| until <= Timestamp::now());
    let ends = if is_over { "ended" } else { "ends" };
    let reason = until.map(|_| {
        format!(
            "according to SAP's documentation it {ends} 24 hours after the last command; only the \
             server can tell"
        )
    });
    Session {
        since,
        until,
        reason,
        ..session
    }
}

/// How a session in the keychain is removed.
fn keychain_command(place: &Place) -> String {
    format!(
        "`security delete-generic-password -s cli.btp.cloud.sap:session -a {}` removes it",
        place.hash
    )
}

/// Adds the sessions of other configurations. Their directories don't tell which.
fn others(
    place: &Place,
    hashes: &[String],
    sessions: &mut Vec<Session>,
    problems: &mut Vec<Error>,
) {
    let failed = |error| Error::file("list", &place.sessions, error);
    let entries = match fs::read_dir(&place.sessions) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return,
        Err(error) => return problems.push(failed(error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => {
                let is_ours = entry
                    .file_name()
                    .to_str()
                    .is_some_and(|name| hashes.iter().any(|hash| hash == name));
                if !is_ours {
                    paths.push(entry.path().join("session"));
                }
            }
            Err(error) => problems.push(failed(error)),
        }
    }
    paths.sort();
    for path in paths {
        let file = session::Place::File(path.clone());
        let session = Session {
            kind: Kind::WholeFile,
            ..Session::new("", "(another configuration)", file)
        };
        match file::size(&path) {
            Ok(None) => {}
            Ok(Some(0)) => {
                sessions.push(session.with_state(State::LeftOver, "an empty session file"));
            }
            Ok(Some(_)) => {
                let session = with_life(session, &path);
                let what =
                    "the session of another configuration, which `--config` or a variable named";
                let reason = match &session.reason {
                    Some(reason) => format!("{what}; {reason}"),
                    None => what.to_owned(),
                };
                sessions.push(session.with_state(State::SignedIn, reason));
            }
            Err(error) => problems.push(error),
        }
    }
}
