//! `authctl btp status`: shows who is signed in.

use std::fmt::Write;
use std::path::Path;

use clapspec_runtime::{Done, Ended};

use super::location::Location;
use super::{Found, survey};
use crate::cli::{BtpStatusArgs, BtpStatusExit, BtpStatusOutput};
use crate::error::plain;
use crate::report::Report;
use crate::session::{Session, State, System, entry, show};
use crate::user;

/// Shows who is signed in.
pub fn status(args: &BtpStatusArgs) -> Ended<BtpStatusExit, BtpStatusOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let location = Location::find(args.config.as_deref(), report)?;
    let here = Found::look(location, report)?;
    let found = survey::at(&here.location, report);
    for problem in &found.problems {
        report.warning(problem);
    }
    let config = here.config;
    let output = BtpStatusOutput {
        file: here.location.config.display().to_string(),
        server: config.server,
        subdomain: config.subdomain,
        user: config.user,
        version: config.version,
        sessions: found
            .sessions
            .iter()
            .map(|session| entry::btp_status(System::Btp, session))
            .collect(),
    };
    let exit = match found.problems.is_empty() {
        true => BtpStatusExit::Success,
        false => BtpStatusExit::Incomplete,
    };
    let text = describe(
        &output,
        &here.location,
        &found.sessions,
        args.config.as_deref(),
    );
    Ok(Done::new(exit, output).text(text))
}

/// Shows the result to people.
fn describe(
    output: &BtpStatusOutput,
    location: &Location,
    sessions: &[Session],
    named: Option<&Path>,
) -> String {
    let current = sessions.iter().find(|session| session.current);
    let head = match current.map(|session| session.state) {
        Some(State::Possible) => "signed in, if the keychain has the session",
        Some(_) => "signed in",
        None => "not signed in",
    };
    let mut text = format!("{head}\n");
    let known = |text: &Option<String>| text.as_deref().map(plain);
    let since = current.and_then(|session| session.since);
    for (label, value) in [
        ("Server", known(&output.server)),
        ("Subdomain", known(&output.subdomain)),
        ("User", known(&output.user)),
        ("File", Some(plain(&output.file))),
        ("Last used", since.map(|since| since.to_string())),
        ("Next login", Some(next_login(output))),
    ] {
        if let Some(value) = value {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {:<12}{value}", format!("{label}:"));
        }
    }
    let sessions: Vec<&Session> = sessions.iter().collect();
    if !sessions.is_empty() {
        text.push('\n');
        text.push_str(&table(&sessions, location, named));
    }
    text
}

/// The sessions as a table, with the commands that remove them. For a location that only `--config`
/// names, that is not `authctl logout`, which has no such option.
fn table(sessions: &[&Session], location: &Location, named: Option<&Path>) -> String {
    let Some(named) = named else {
        return show::one("USER", sessions, &[("authctl logout btp", sessions)]);
    };
    let (here, others): (Vec<&Session>, Vec<&Session>) = sessions
        .iter()
        .copied()
        .partition(|session| location.has(session));
    let named = user::shell_word(&plain(&named.display().to_string()));
    let logout = format!("authctl btp logout --config {named}");
    show::one(
        "USER",
        sessions,
        &[(&logout, &here), ("authctl logout btp", &others)],
    )
}

/// What the next login proposes.
fn next_login(output: &BtpStatusOutput) -> String {
    let proposed: Vec<&str> = [
        ("the server", &output.server),
        ("the subdomain", &output.subdomain),
        ("the user", &output.user),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.as_ref().map(|_| name))
    .collect();
    match proposed.as_slice() {
        [] => "proposes nothing".to_owned(),
        [one] => format!("proposes only {one}"),
        [one, other] => format!("proposes {one} and {other}"),
        _ => "proposes the server, the subdomain and the user".to_owned(),
    }
}
