//! `authctl status`: the sessions of all systems.

use clapspec_runtime::{Done, Ended};
use jiff::Timestamp;

use crate::cli::{
    StatusArgs, StatusExit, StatusOutput, StatusOutputProblem, StatusOutputSession,
    StatusOutputSessionSource, StatusOutputSystem,
};
use crate::report::Report;
use crate::session::{Place, Session, System, day};
use crate::table::{Table, width};

/// What the mark of a current account means, below a table.
pub const MARK: &str = "\n\n* is used when no other is named";

/// Shows all sessions. What can't be read does not keep the rest.
pub fn status(args: &StatusArgs) -> Ended<StatusExit, StatusOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let mut table = Table::new(["SYSTEM", "ACCOUNT", "SINCE", "UNTIL (UTC)", "PLACE"], 1);
    let mut output = StatusOutput {
        sessions: Vec::new(),
        problems: Vec::new(),
    };
    for system in System::ALL {
        let found = system.found(report);
        for session in found.sessions {
            table.row(row(system, &session));
            output.sessions.push(entry(system, session));
        }
        for problem in found.problems {
            let message = problem.to_string();
            report.problem(format_args!("{}: {message}", system.name()));
            let system = named(system);
            output
                .problems
                .push(StatusOutputProblem { system, message });
        }
    }
    let exit = match output.problems.is_empty() {
        true => StatusExit::Success,
        false => StatusExit::Incomplete,
    };
    let text = match (output.sessions.is_empty(), output.problems.is_empty()) {
        (true, true) => "signed in nowhere".to_owned(),
        (true, false) => "no session in what could be read".to_owned(),
        (false, _) => table.fit(width()) + note(&output),
    };
    Ok(Done::new(exit, output).text(text))
}

/// What the marks in the table mean.
fn note(output: &StatusOutput) -> &'static str {
    match output.sessions.iter().any(|session| session.current) {
        true => MARK,
        false => "",
    }
}

/// A session in the table.
fn row(system: System, session: &Session) -> [String; 5] {
    let mark = if session.current { " *" } else { "" };
    [
        system.name().to_owned(),
        format!("{}{mark}", session.account),
        session.since.map_or("-".to_owned(), day),
        until(session, Timestamp::now()),
        session.place.short(),
    ]
}

/// When a session ends, in few words.
fn until(session: &Session, now: Timestamp) -> String {
    match (session.until, session.renews) {
        (None, _) => "-".to_owned(),
        // What it renews by itself, the tool renews when that is over.
        (Some(_), Some(true)) => "renews itself".to_owned(),
        (Some(until), _) if until <= now => "expired".to_owned(),
        (Some(until), _) => minute(until),
    }
}

/// A time to the minute.
fn minute(time: Timestamp) -> String {
    time.to_string()
        .chars()
        .take(16)
        .collect::<String>()
        .replace('T', " ")
}

/// A session, as the result has it.
fn entry(system: System, session: Session) -> StatusOutputSession {
    let (source, place) = match session.place {
        Place::File(path) | Place::Config(path) => {
            (StatusOutputSessionSource::File, path.display().to_string())
        }
        Place::Variable(name) => (StatusOutputSessionSource::Environment, name),
        Place::Provider(name) => (StatusOutputSessionSource::CredentialProvider, name),
    };
    StatusOutputSession {
        system: named(system),
        account: session.account,
        source,
        place,
        current: session.current,
        since: session.since.map(|time| time.to_string()),
        until: session.until.map(|time| time.to_string()),
        renews: session.renews,
    }
}

/// A system, as the result has it.
fn named(system: System) -> StatusOutputSystem {
    match system {
        System::Cargo => StatusOutputSystem::Cargo,
        System::Ably => StatusOutputSystem::Ably,
        System::Btp => StatusOutputSystem::Btp,
    }
}
