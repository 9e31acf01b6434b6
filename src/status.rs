//! `authctl status`: the sessions of all systems.

use clapspec_runtime::{Done, Ended};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::{
    StatusArgs, StatusExit, StatusOutput, StatusOutputProblem, StatusOutputSession,
    StatusOutputSessionSource, StatusOutputSystem,
};
use crate::report::Report;
use crate::session::{Found, Place, Session};
use crate::table::{self, Table};
use crate::{ably, btp, cargo};

/// A session and the system that it belongs to.
type Row = (StatusOutputSystem, Session);

/// Shows all sessions. What goes wrong in one system does not hide the others.
pub fn status(args: &StatusArgs) -> Ended<StatusExit, StatusOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let mut rows: Vec<Row> = Vec::new();
    let mut problems = Vec::new();
    for (system, found) in [
        (StatusOutputSystem::Cargo, cargo::sessions(report)),
        (StatusOutputSystem::Ably, ably::sessions(report)),
        (StatusOutputSystem::Btp, btp::sessions(report)),
    ] {
        let Found {
            mut sessions,
            problems: wrong,
        } = found;
        sessions.sort_by(|one, other| one.account.cmp(&other.account));
        rows.extend(sessions.into_iter().map(|session| (system, session)));
        for error in wrong {
            report.problem(format_args!("{}: {error}", word(system)));
            problems.push(StatusOutputProblem {
                system,
                message: error.to_string(),
            });
        }
    }
    let exit = match problems.is_empty() {
        true => StatusExit::Success,
        false => StatusExit::Incomplete,
    };
    let text = text(&rows, problems.is_empty());
    let output = StatusOutput {
        sessions: rows.into_iter().map(entry).collect(),
        problems,
    };
    Ok(Done::new(exit, output).text(text))
}

/// The sessions as a table; `complete` when nothing could be missing.
fn text(rows: &[Row], complete: bool) -> String {
    match (rows.is_empty(), complete) {
        (true, true) => return "signed in nowhere".to_owned(),
        (true, false) => return "no session that can be read".to_owned(),
        _ => {}
    }
    let headings = ["", "SYSTEM", "ACCOUNT", "SINCE", "UNTIL (UTC)", "PLACE"];
    let mut table = Table::new(&headings);
    let now = Timestamp::now();
    for (system, session) in rows {
        table.row(vec![
            if session.current { "*" } else { "" }.to_owned(),
            word(*system).to_owned(),
            session.account.clone(),
            since(session),
            until(session, now),
            place(&session.place),
        ]);
    }
    table.fit_output().to_string()
}

/// The day since when there is a session.
fn since(session: &Session) -> String {
    let day = |since: Timestamp| since.to_zoned(TimeZone::UTC).date().to_string();
    session.since.map_or("-".to_owned(), day)
}

/// When a session ends, to the minute.
fn until(session: &Session, now: Timestamp) -> String {
    let minute = |until: Timestamp| {
        let until = until.to_zoned(TimeZone::UTC);
        until.strftime("%Y-%m-%d %H:%M").to_string()
    };
    match (session.until, session.renews) {
        (_, Some(true)) => "renewed".to_owned(),
        (Some(until), _) if until <= now => "expired".to_owned(),
        (Some(until), _) => minute(until),
        (None, _) => "-".to_owned(),
    }
}

/// Where a session is, in few words.
fn place(place: &Place) -> String {
    match place {
        Place::File(file) => table::path(file),
        Place::Variable(name) => format!("variable {name}"),
        Place::Provider(name) => format!("provider {name}"),
    }
}

/// A session, as the result has it.
fn entry((system, session): Row) -> StatusOutputSession {
    let (source, place) = match session.place {
        Place::File(file) => (StatusOutputSessionSource::File, file.display().to_string()),
        Place::Variable(name) => (StatusOutputSessionSource::Environment, name),
        Place::Provider(name) => (StatusOutputSessionSource::CredentialProvider, name),
    };
    StatusOutputSession {
        system,
        account: session.account,
        source,
        place,
        current: session.current,
        since: session.since.map(|time| time.to_string()),
        until: session.until.map(|time| time.to_string()),
        renews: session.renews,
    }
}

/// The name of a system.
fn word(system: StatusOutputSystem) -> &'static str {
    match system {
        StatusOutputSystem::Cargo => "cargo",
        StatusOutputSystem::Ably => "ably",
        StatusOutputSystem::Btp => "btp",
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use jiff::Timestamp;

    use super::until;
    use crate::session::{Place, Session};

    #[test]
    fn an_end_is_past_or_a_time_or_none() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        for (end, renews, shown) in [
            (None, None, "-"),
            (None, Some(true), "renewed"),
            (Some(1_000_000_000), Some(true), "renewed"),
            (Some(1_000_000_000), Some(false), "expired"),
            (Some(1_000_000_000), None, "expired"),
            (Some(1_000_000_001), None, "2001-09-09 01:46"),
        ] {
            let session = Session {
                account: String::new(),
                place: Place::File(PathBuf::new()),
                current: true,
                since: None,
                until: end.map(at),
                renews,
            };
            assert_eq!(until(&session, at(1_000_000_000)), shown, "{session:?}");
        }
    }
}
