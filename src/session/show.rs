//! Shows sessions to people: a table, followed by notes that explain them and say what to do.

use jiff::Timestamp;

use super::{Location, Session, State, System};
use crate::error::plain;
use crate::table::{Table, width, wrap};
use crate::user;

/// Shows the sessions of all systems.
pub fn all(sessions: &[(System, Session)]) -> String {
    let mut table = Table::new(["SYSTEM", "ACCOUNT", "STATE", "UNTIL (UTC)", "PLACE"], 1, 2);
    for (system, session) in sessions {
        let [account, state, until, location] = cells(session);
        table.row([system.name().to_owned(), account, state, until, location]);
    }
    let title = |system: System, session: &Session| {
        format!("{} `{}`", system.name(), plain(&session.account))
    };
    let notes = sessions.iter().flat_map(|(system, session)| {
        note(session).map(|note| format!("{}: {note}", title(*system, session)))
    });
    let sessions: Vec<&Session> = sessions.iter().map(|(_, session)| session).collect();
    let logout = ("authctl logout --all", sessions.as_slice());
    finish(&table, notes.collect(), &sessions, &[logout])
}

/// Shows the sessions of one system. `head` is the header for its accounts. `logouts` are commands, each
/// with the sessions that it handles: it removes those that can be removed.
pub fn one(head: &str, sessions: &[&Session], logouts: &[(&str, &[&Session])]) -> String {
    let mut table = Table::new([head, "STATE", "UNTIL (UTC)", "PLACE"], 0, 1);
    sessions
        .iter()
        .for_each(|session| table.row(cells(session)));
    let notes = sessions.iter().flat_map(|session| {
        note(session).map(|note| format!("`{}`: {note}", plain(&session.account)))
    });
    finish(&table, notes.collect(), sessions, logouts)
}

/// The cells of a session in the table.
fn cells(session: &Session) -> [String; 4] {
    let mark = if session.current { " *" } else { "" };
    [
        format!("{}{mark}", name(&session.account)),
        session.state.name().to_owned(),
        until(session, Timestamp::now()),
        session.location.short(),
    ]
}

/// Shows an account in a cell.
fn name(account: &str) -> &str {
    if account.is_empty() { "\"\"" } else { account }
}

/// When a session ends, in a short form.
fn until(session: &Session, now: Timestamp) -> String {
    match (session.until, session.renews) {
        (None, _) => "-".to_owned(),
        // The tool renews it when this time is over.
        (Some(_), Some(true)) => "renews itself".to_owned(),
        // The end of a session that is still signed in is an estimate, which may be in the past.
        (Some(until), _) if until <= now && session.state != State::SignedIn => {
            "expired".to_owned()
        }
        (Some(until), _) => minute(until),
    }
}

/// Shows a time to the minute.
fn minute(time: Timestamp) -> String {
    let text: String = time.to_string().chars().take(16).collect();
    text.replace('T', " ")
}

/// The note on a session: why it has its state, and what to do.
fn note(session: &Session) -> Option<String> {
    let parts: Vec<&str> = [&session.reason, &session.remedy]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The table, followed by the notes.
fn finish(
    table: &Table,
    mut notes: Vec<String>,
    sessions: &[&Session],
    logouts: &[(&str, &[&Session])],
) -> String {
    let mut text = table.fit(width());
    if sessions.iter().any(|session| session.current) {
        text.push_str("\n\n* used by default");
    }
    notes.extend(readable(sessions));
    for (logout, removed) in logouts {
        let count = removed
            .iter()
            .filter(|session| session.is_removable())
            .count();
        match count {
            0 => {}
            count if count == sessions.len() => {
                notes.push(format!("`{logout}` removes all of these"));
            }
            count => notes.push(format!(
                "`{logout}` removes {count} of these {}",
                sessions.len()
            )),
        }
    }
    if !notes.is_empty() {
        text.push_str("\n\n");
        let notes: Vec<String> = notes.iter().map(|note| wrap(note, width())).collect();
        text.push_str(&notes.join("\n"));
    }
    text
}

/// Notes on the files that other users can read.
fn readable(sessions: &[&Session]) -> Vec<String> {
    let mut notes = Vec::new();
    for session in sessions.iter().filter(|session| session.readable_by_others) {
        if let Location::File(path) = &session.location {
            let file = user::tilde(path);
            let note = format!(
                "other users can read {}; run `chmod 600 {}` to prevent that",
                plain(&file),
                user::shell_word(&file)
            );
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    notes
}

/// Shows all sessions in one line, the most serious first.
pub fn line(sessions: &[(System, Session)]) -> String {
    let mut parts = Vec::new();
    for state in [
        State::SignedIn,
        State::Possible,
        State::Ignored,
        State::LeftOver,
    ] {
        let names = sessions
            .iter()
            .filter(|(_, session)| session.state == state);
        let mut names: Vec<String> = names
            .map(|(system, session)| format!("{} `{}`", system.name(), plain(&session.account)))
            .collect();
        names.dedup();
        if !names.is_empty() {
            let more = names.len().saturating_sub(NAMED);
            names.truncate(NAMED);
            if more > 0 {
                names.push(format!("{more} more"));
            }
            parts.push(format!("{}: {}", state.name(), names.join(", ")));
        }
    }
    parts.join("; ")
}

/// The most accounts that a line names for each state.
const NAMED: usize = 8;
