//! `authctl btp logout`: the user data blanked, the session removed.

use clapspec_runtime::{Done, Ended};

use super::config::Config;
use super::place::Place;
use super::{State, keychain, remove_session, warn_about_old};
use crate::cli::{BtpLogoutArgs, BtpLogoutExit, BtpLogoutOutput, BtpLogoutQuestion};
use crate::error::{Error, plain};
use crate::file::Whole;
use crate::report::Report;

/// What came of a logout.
#[derive(Debug)]
pub struct Removal {
    /// Whether there was something to remove.
    pub removed: bool,
    /// Whether the session file is removed.
    pub session: bool,
    /// What the configuration said.
    pub config: Config,
    /// Where a session is left, and why.
    pub left: Option<String>,
}

/// Logs out.
pub fn logout(
    args: &BtpLogoutArgs,
    question: BtpLogoutQuestion,
) -> Ended<BtpLogoutExit, BtpLogoutOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let place = Place::find(args.config.as_deref(), report)?;
    Whole::tidy(&place.config, report)?;
    let state = State::look(place, report)?;
    let removal = match state.is_something() {
        true => {
            Whole::check(&state.place.config)?;
            question.ask(state.place.config.display())?;
            remove(&state, report)?
        }
        false => Removal {
            removed: false,
            session: false,
            config: state.config,
            left: None,
        },
    };
    describe(&state.place, &removal, report);
    warn_about_old(&state.place, report);
    let exit = match removal.left {
        None => BtpLogoutExit::Success,
        Some(_) => BtpLogoutExit::StillSignedIn,
    };
    let session_file = removal.session.then_some(&state.place.session);
    let output = BtpLogoutOutput {
        file: state.place.config.display().to_string(),
        removed: removal.removed,
        user: removal.config.user.filter(|_| removal.removed),
        session_file: session_file.map(|file| file.display().to_string()),
        server: removal.config.server,
        left: removal.left,
    };
    Ok(Done::new(exit, output))
}

/// Removes the user data, and then the session. If the configuration can't be changed, nothing is; nor
/// if another user than the one in `seen` was signed in meanwhile.
pub fn remove(seen: &State, report: &Report) -> Result<Removal, Error> {
    let place = &seen.place;
    let locked = Whole::open(&place.config, report)?;
    // Read again: whoever was asked may have thought about it for a while.
    let text = locked.as_ref().map_or(Ok(String::new()), Whole::read)?;
    let state = State::of(place.clone(), &text)?;
    if state.config.user.is_some() && state.config.user != seen.config.user {
        return Err(Error::SignedInMeanwhile(place.config.clone()));
    }
    if let Some(locked) = locked.filter(|_| state.config.has_user_data()) {
        locked.replace(&state.config.blank(&text, &place.config)?, report)?;
    }
    let result = match state.has_session {
        true => remove_session(place),
        false => Ok(()),
    };
    let in_keychain = state.may_be_in_keychain().then(|| keychain(place));
    Ok(Removal {
        removed: state.is_something(),
        session: state.has_session && result.is_ok(),
        left: match result {
            Ok(()) => in_keychain,
            Err(error) => Some(format!("the session is left: {error}")),
        },
        config: state.config,
    })
}

/// Says what came of it.
fn describe(place: &Place, removal: &Removal, report: &Report) {
    let file = place.config.display();
    if !removal.removed {
        report.done("not signed in to SAP BTP; nothing changed");
        return;
    }
    if removal.config.has_user_data() {
        let whose = match &removal.config.user {
            Some(user) => format!(" of `{}`", plain(user)),
            None => String::new(),
        };
        report.done(format_args!("removed the user data{whose} from {file}"));
    }
    if removal.session {
        let session = place.session.display();
        report.done(format_args!("removed the session {session}"));
    }
    if let Some(left) = &removal.left {
        report.problem(left);
    }
    report.note("the server was not told: what was copied from here works until it expires");
    match &removal.config.server {
        Some(server) => report.note(format_args!(
            "the next `btp login` proposes the server {} alone; type subdomain and user",
            plain(server)
        )),
        None => {
            report.note("the next `btp login` proposes nothing; type server, subdomain and user")
        }
    }
}
