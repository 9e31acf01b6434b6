//! All locations of btp's sessions, and the sessions in them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::Found;
use super::location::Location;
use crate::error::{Error, plain};
use crate::file::{self, Whole};
use crate::report::Report;
use crate::session::{self, Kind, Session, State, modified};

/// How long a session lasts after the last command. SAP's page about the login says at most 12 hours.
const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Looks at the location that is used without `--config`, the location of btp before 2.14, and the
/// sessions of all other configurations.
pub fn look(report: &Report) -> session::Found {
    match Location::find(None, report) {
        Ok(location) => at(&location, report),
        Err(error) => session::Found::problem(error),
    }
}

/// Looks at this location instead of the one that is used without `--config`, and at all others.
pub fn at(location: &Location, report: &Report) -> session::Found {
    let mut found = session::Found::default();
    let mut hashes = Vec::new();
    add(&mut found, &mut hashes, Ok(Some(location.clone())), report);
    for session in &mut found.sessions {
        session.current = matches!(session.state, State::SignedIn | State::Possible);
    }
    add(&mut found, &mut hashes, location.old(), report);
    // The locations that are used without `--config`, and without one or more of the variables.
    let variables = Location::variables();
    for count in 0..=variables.len() {
        let unset = &variables[..count];
        let here = found.sessions.len();
        let location = Location::without(unset);
        let old = location.as_ref().map_or(Ok(None), Location::old);
        add(&mut found, &mut hashes, location.map(Some), report);
        add(&mut found, &mut hashes, old, report);
        if count > 0 {
            for session in found.sessions.split_off(here) {
                let session = session::elsewhere(session, unset, "btp");
                found.sessions.push(session);
            }
        }
    }
    found
        .locations
        .push(session::Location::File(location.sessions.clone()));
    others(location, &hashes, &mut found.sessions, &mut found.problems);
    found
}

/// Adds the sessions in a location, unless they were added before.
fn add(
    found: &mut session::Found,
    hashes: &mut Vec<String>,
    location: Result<Option<Location>, Error>,
    report: &Report,
) {
    let location = match location {
        Ok(Some(location)) if !hashes.contains(&location.hash) => location,
        Ok(_) => return,
        Err(error) => return found.problems.push(error),
    };
    hashes.push(location.hash.clone());
    let files = [&location.config, &location.session];
    found
        .locations
        .extend(files.map(|path| session::Location::File(path.clone())));
    let (here, problems) = Found::each(location, report);
    let sessions = here.sessions().into_iter();
    match problems.is_empty() {
        true => found.sessions.extend(sessions),
        // If one of the files has an error, no logout changes the other.
        false => {
            let remedy = "fix what could not be read, then log out";
            found
                .sessions
                .extend(sessions.map(|session| session.with_remedy(remedy)));
        }
    }
    found.problems.extend(problems);
}

/// The sessions in a location, and other data of users.
pub fn of_location(found: &Found) -> Vec<Session> {
    let location = &found.location;
    let key = location.key();
    let mut sessions = session(found);
    for secret in &found.config.secrets {
        let file = session::Location::File(location.config.clone());
        let name = plain(secret);
        let session = Session::new(format!("{key}\0{secret}"), format!("(key {name})"), file);
        let reason = "authctl doesn't know this key; it may contain a secret";
        let session = session.with_state(State::LeftOver, reason);
        let file = location.config.display();
        sessions.push(session.with_remedy(format!("delete the value of `{name}` from {file}")));
    }
    if let Ok(Some(unfinished)) = Whole::unfinished(&location.config) {
        sessions.push(Session::unfinished(location.config.clone(), unfinished));
    }
    sessions
}

/// The session in a location, or the data that is left of one.
fn session(found: &Found) -> Vec<Session> {
    let (config, location) = (&found.config, &found.location);
    let session = |at: session::Location| Session::new(location.key(), found.user(), at);
    let file = |path: &PathBuf| session(session::Location::File(path.clone()));
    let data = "user data of an earlier session";
    match found.session {
        Some(1..) => {
            let mut session = with_life(file(&location.session), &location.session);
            if config.has_user_data() {
                let data = format!("its user data is in {}", location.config.display());
                session.reason = Some(match session.reason {
                    Some(reason) => format!("{data}; {reason}"),
                    None => data,
                });
            }
            vec![session]
        }
        _ if config.has_token => {
            let session = file(&location.config);
            vec![match config.until {
                Some(until) => session.ending(Some(until), None),
                None => Session {
                    since: None,
                    ..with_life(session, &location.config)
                },
            }]
        }
        _ if found.may_be_in_keychain() => {
            let reason = "btp keeps the session in the keychain, which authctl doesn't open";
            let keychain = session(session::Location::Provider("keychain".to_owned()));
            let keychain = keychain.with_state(State::Possible, reason);
            vec![
                keychain.with_remedy(keychain_command(location)),
                file(&location.config).with_state(State::LeftOver, data),
            ]
        }
        Some(0) => {
            vec![file(&location.session).with_state(State::LeftOver, "an empty session file")]
        }
        None if config.has_user_data() => {
            vec![file(&location.config).with_state(State::LeftOver, data)]
        }
        None => Vec::new(),
    }
}

/// Sets the start and the end of a session, based on its file. The end is an estimate after SAP's
/// documentation, so the session stays signed in after it.
fn with_life(session: Session, file: &Path) -> Session {
    let since = modified(file);
    let until = since.and_then(|since| since.checked_add(LIFE).ok());
    let is_over = until.is_some_and(|until| until <= Timestamp::now());
    let ends = if is_over { "ended" } else { "ends" };
    let reason = until.map(|_| {
        format!(
            "according to SAP's documentation, it {ends} 24 hours after the last command; only the \
             server knows"
        )
    });
    Session {
        since,
        until,
        reason,
        ..session
    }
}

/// How to remove a session from the keychain.
fn keychain_command(location: &Location) -> String {
    format!(
        "run `security delete-generic-password -s cli.btp.cloud.sap:session -a {}` to remove it",
        location.hash
    )
}

/// Adds the sessions of other configurations. Which ones can't be derived from the directories.
fn others(
    location: &Location,
    hashes: &[String],
    sessions: &mut Vec<Session>,
    problems: &mut Vec<Error>,
) {
    let failed = |error| Error::file("list", &location.sessions, error);
    let entries = match fs::read_dir(&location.sessions) {
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
        let file = session::Location::File(path.clone());
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
                    "the session of another configuration, named by `--config` or a variable";
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
