//! `authctl btp logout`, and what `authctl logout` does for btp: user data is blanked, session files are
//! removed.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use clapspec_runtime::{Done, Ended};

use super::place::Place;
use super::survey;
use super::{Found, complete, old};
use crate::cli::{BtpLogoutArgs, BtpLogoutExit as Exit, BtpLogoutOutput, BtpLogoutQuestion};
use crate::error::{Error, plain};
use crate::file::Whole;
use crate::report::Report;
use crate::session::{self, Kind, Session, SignedOut, State, System, Verdict, entry};

/// What a removal did at one place.
#[derive(Debug, Default)]
struct Removal {
    /// The user whose data is removed, where that was known.
    user: Option<String>,
    /// Whether user data was blanked in the configuration.
    data: bool,
    /// Whether the session file is removed.
    session: bool,
    /// Why it is not, if it should have been.
    problem: Option<Error>,
}

impl Removal {
    /// Whether there was something to remove.
    fn is_something(&self) -> bool {
        self.data || self.session || self.problem.is_some()
    }
}

/// Logs out.
pub fn logout(args: &BtpLogoutArgs, question: BtpLogoutQuestion) -> Ended<Exit, BtpLogoutOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let place = Place::find(args.config.as_deref(), report)?;
    Whole::tidy(&place.config, report)?;
    let found = Found::look(place, report)?;
    let removal = match found.is_something() {
        true => {
            Whole::check(&found.place.config)?;
            question.ask(found.place.config.display())?;
            remove(&found, report)?
        }
        false => Removal::default(),
    };
    describe(&found, &removal, report);
    let left = survey::at(&found.place, report);
    for problem in &left.problems {
        report.warning(problem);
    }
    let (here, others): (Vec<&Session>, Vec<&Session>) = left
        .sessions
        .iter()
        .partition(|session| found.place.has(session));
    for session in &here {
        report.problem(session.left());
    }
    for session in others {
        let left = session.left();
        match session.is_removable() {
            true => report.warning(format_args!("{left}; `authctl logout btp` removes it")),
            false => report.warning(left),
        }
    }
    let exit = match Verdict::of(here, !left.problems.is_empty()) {
        _ if removal.problem.is_some() => Exit::StillSignedIn,
        Verdict::Clean => Exit::Success,
        Verdict::LeftOver => Exit::LeftOver,
        Verdict::Possible => Exit::Possible,
        Verdict::Incomplete => Exit::Incomplete,
        Verdict::SignedIn => Exit::StillSignedIn,
    };
    let session_file = removal.session.then_some(&found.place.session);
    let output = BtpLogoutOutput {
        file: found.place.config.display().to_string(),
        removed: removal.is_something(),
        user: removal.user,
        session_file: session_file.map(|file| file.display().to_string()),
        server: found.config.server,
        problem: removal.problem.map(|problem| problem.to_string()),
        left: left
            .sessions
            .iter()
            .map(|session| entry::btp_logout(System::Btp, session))
            .collect(),
    };
    Ok(Done::new(exit, output))
}

/// Removes the user data, and then the session. If the configuration can't be changed, nothing is; nor
/// if another user than the one in `seen` was signed in meanwhile.
fn remove(seen: &Found, report: &Report) -> Result<Removal, Error> {
    let place = &seen.place;
    let locked = Whole::open(&place.config, report)?;
    // Read again: whoever was asked may have thought about it for a while.
    let text = locked.as_ref().map_or(Ok(String::new()), Whole::read)?;
    let now = complete(Found::of(place.clone(), Ok(text.clone())))?;
    if now.config.user.is_some() && now.config.user != seen.config.user {
        return Err(Error::SignedInMeanwhile(place.config.clone()));
    }
    let data = now.config.has_user_data();
    if let Some(locked) = locked.filter(|_| data) {
        locked.replace(&now.config.blank(&text, &place.config)?, report)?;
    }
    let session = match now.session {
        Some(_) => remove_session(&place.session),
        None => Ok(()),
    };
    Ok(Removal {
        data,
        session: now.session.is_some() && session.is_ok(),
        problem: session.err(),
        user: now.config.user,
    })
}

/// Removes the file with the session, and its directory when nothing else is in it.
fn remove_session(session: &Path) -> Result<(), Error> {
    let failed = |path: PathBuf| move |error| Error::file("remove", path, error);
    // A link leads to what is to go, and goes too: but not to whatever another user wants gone.
    let link = match fs::symlink_metadata(session) {
        // It is gone with another link to the same file.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other.map_err(failed(session.to_owned()))?,
    };
    if link.is_symlink() && link.uid() != rustix::process::geteuid().as_raw() {
        return Err(Error::OtherOwner(session.to_owned()));
    }
    if let Ok(file) = fs::canonicalize(session) {
        fs::remove_file(&file).map_err(failed(file.clone()))?;
    }
    if fs::symlink_metadata(session).is_ok() {
        fs::remove_file(session).map_err(failed(session.to_owned()))?;
    }
    if let Some(directory) = session.parent() {
        let _ = fs::remove_dir(directory);
    }
    Ok(())
}

/// Says what came of it.
fn describe(found: &Found, removal: &Removal, report: &Report) {
    let file = found.place.config.display();
    if !removal.is_something() {
        report.done("not signed in to SAP BTP; nothing changed");
        return;
    }
    if removal.data {
        let whose = match &removal.user {
            Some(user) => format!(" of `{}`", plain(user)),
            None => String::new(),
        };
        report.done(format_args!("removed the user data{whose} from {file}"));
    }
    if removal.session {
        let session = found.place.session.display();
        report.done(format_args!("removed the session {session}"));
    }
    if let Some(problem) = &removal.problem {
        report.problem(format_args!("the session is left: {problem}"));
    }
    report.note(SERVER);
    match &found.config.server {
        Some(server) => report.note(format_args!(
            "the next `btp login` proposes the server {} alone; type the subdomain and the user",
            plain(server)
        )),
        None => report.note(
            "the next `btp login` proposes nothing; type the server, the subdomain and the user",
        ),
    }
}

/// What no logout from here does.
const SERVER: &str = "no server was contacted: a copy of the session works until it expires";

/// Removes these sessions for `authctl logout`.
pub fn sign_out(chosen: &[Session], report: &Report) -> Result<SignedOut, Error> {
    let mut signed_out = SignedOut::default();
    let place = Place::find(None, report)?;
    for session in chosen {
        if let Kind::Unfinished(file) = &session.kind {
            Whole::tidy(file, report)?;
            signed_out.removed.push(session.clone());
        }
    }
    let before = old(&place, report);
    for found in [Found::look(place, report).map(Some), before] {
        let result = found.and_then(|found| match found {
            Some(found) => sign_out_of(&found, chosen, &mut signed_out, report),
            None => Ok(()),
        });
        signed_out
            .problems
            .extend(result.err().map(|error| error.to_string()));
    }
    for session in chosen {
        if let (Kind::WholeFile, session::Place::File(path)) = (&session.kind, &session.place) {
            match remove_session(path) {
                Ok(()) => signed_out.removed.push(session.clone()),
                Err(error) => signed_out.problems.push(error.to_string()),
            }
        }
    }
    let mut removed = signed_out.removed.iter();
    if removed.any(|session| session.state == State::SignedIn) {
        signed_out.notes.push(SERVER.to_owned());
    }
    Ok(signed_out)
}

/// Removes what was chosen at one place.
fn sign_out_of(
    found: &Found,
    chosen: &[Session],
    signed_out: &mut SignedOut,
    report: &Report,
) -> Result<(), Error> {
    let now = found.sessions();
    let is_here = |session: &&Session| {
        session.kind == Kind::Entry && now.iter().any(|other| other.is_same(session))
    };
    let here: Vec<&Session> = chosen.iter().filter(is_here).collect();
    if here.is_empty() || !found.is_something() {
        return Ok(());
    }
    if here.iter().any(|session| session.account != found.user()) {
        return Err(Error::SignedInMeanwhile(found.place.config.clone()));
    }
    Whole::check(&found.place.config)?;
    let removal = remove(found, report)?;
    if removal.data && removal.session {
        let config = found.place.config.display();
        let note = format!("the user data in {config} is removed too");
        signed_out.notes.push(note);
    }
    match removal.problem {
        None => signed_out.removed.extend(here.into_iter().cloned()),
        Some(error) => signed_out
            .problems
            .push(format!("the session is left: {error}")),
    }
    Ok(())
}
