//! `authctl btp status`: who is signed in.

use std::fmt::Write;

use clapspec_runtime::{Done, Ended};
use jiff::Timestamp;

use super::place::Place;
use super::{State, warn_about_old};
use crate::cli::{BtpStatusArgs, BtpStatusExit, BtpStatusOutput};
use crate::error::plain;
use crate::report::Report;

/// Shows who is signed in.
pub fn status(args: &BtpStatusArgs) -> Ended<BtpStatusExit, BtpStatusOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let place = Place::find(args.config.as_deref(), report)?;
    let state = State::look(place, report)?;
    warn_about_old(&state.place, report);
    let config = &state.config;
    let output = BtpStatusOutput {
        file: state.place.config.display().to_string(),
        signed_in: state.session_file().is_some() || state.may_be_in_keychain(),
        user_data: config.has_user_data(),
        session_file: state.session_file().map(|file| file.display().to_string()),
        server: config.server.clone(),
        subdomain: config.subdomain.clone(),
        user: config.user.clone(),
        since: state.since().map(|time| time.to_string()),
        until: state.until().map(|time| time.to_string()),
        version: config.version.clone(),
    };
    let text = describe(&state, &output, Timestamp::now());
    Ok(Done::new(BtpStatusExit::Success, output).text(text))
}

/// The result, as people get to see it.
fn describe(state: &State, output: &BtpStatusOutput, now: Timestamp) -> String {
    let is_over = state.until().is_some_and(|until| until <= now);
    let head = match (output.signed_in, output.user_data) {
        (true, _) if is_over => "the session has expired",
        (true, _) if output.session_file.is_none() => "signed in, if the keychain has the session",
        (true, _) => "signed in",
        (false, true) => "not signed in; the user data of an earlier session is left",
        (false, false) => "not signed in",
    };
    let mut text = format!("{head}\n");
    let known = |text: &Option<String>| text.as_deref().map(plain);
    let until = match (&output.until, is_over) {
        (Some(until), true) => Some(until.clone()),
        (Some(until), false) => Some(format!("{until} at the latest")),
        (None, _) => None,
    };
    for (label, value) in [
        ("Server", known(&output.server)),
        ("Subdomain", known(&output.subdomain)),
        ("User", known(&output.user)),
        ("File", Some(plain(&output.file))),
        ("Session", known(&output.session_file)),
        ("Since", output.since.clone()),
        ("Until", until),
        ("Next login", Some(next_login(output))),
    ] {
        if let Some(value) = value {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {:<12}{value}", format!("{label}:"));
        }
    }
    text
}

/// What a next login proposes.
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
        [one] => format!("proposes {one} alone"),
        [one, other] => format!("proposes {one} and {other}"),
        _ => "proposes the server, the subdomain and the user".to_owned(),
    }
}
