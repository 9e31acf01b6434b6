//! `authctl btp logout`, and the part of `authctl logout` for btp: they clear user data and remove
//! session files.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use clapspec_runtime::{Done, Ended};

use super::location::Location;
use super::survey;
use super::{Found, complete, old};
use crate::cli::{BtpLogoutArgs, BtpLogoutExit as Exit, BtpLogoutOutput, BtpLogoutQuestion};
use crate::error::{Error, plain};
use crate::file::Whole;
use crate::report::Report;
use crate::session::{self, Kind, Session, SignedOut, State, System, Verdict, entry};

/// The outcome of a removal in one location.
#[derive(Debug, Default)]
struct Removal {
    /// The user whose data was removed, if known.
    user: Option<String>,
    /// Whether user data was cleared in the configuration.
    data: bool,
    /// Whether the session file was removed.
    session: bool,
    /// Why the session file could not be removed.
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
    let location = Location::find(args.config.as_deref(), report)?;
    Whole::tidy(&location.config, report)?;
    let found = Found::look(location, report)?;
    let removal = match found.is_something() {
        true => {
            Whole::check(&found.location.config)?;
            question.ask(found.location.config.display())?;
            remove(&found, report)?
        }
        false => Removal::default(),
    };
    describe(&found, &removal, report);
    let left = survey::at(&found.location, report);
    for problem in &left.problems {
        report.warning(problem);
    }
    let (here, others): (Vec<&Session>, Vec<&Session>) = left
        .sessions
        .iter()
        .partition(|session| found.location.has(session));
    for session in &here {
        report.problem(session.left());
    }
    for session in others {
        let left = session.left();
        match session.is_removable() {
            true => report.warning(format_args!(
                "{left}; run `authctl logout btp` to remove it"
            )),
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
    let session_file = removal.session.then_some(&found.location.session);
    let output = BtpLogoutOutput {
        file: found.location.config.display().to_string(),
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

/// Removes the user data, and then the session. Nothing is changed if the configuration can't be
/// changed, or if another user than the one in `seen` has signed in in the meantime.
fn remove(seen: &Found, report: &Report) -> Result<Removal, Error> {
    let location = &seen.location;
    let locked = Whole::open(&location.config, report)?;
    // Read the file again, because the user may have taken a while to answer.
    let text = locked.as_ref().map_or(Ok(String::new()), Whole::read)?;
    let now = complete(Found::of(location.clone(), Ok(text.clone())))?;
    if now.config.user.is_some() && now.config.user != seen.config.user {
        return Err(Error::SignedInMeanwhile(location.config.clone()));
    }
    let data = now.config.has_user_data();
    if let Some(locked) = locked.filter(|_| data) {
        locked.replace(&now.config.blank(&text, &location.config)?, report)?;
    }
    let session = match now.session {
        Some(_) => remove_session(&location.session),
        None => Ok(()),
    };
    Ok(Removal {
        data,
        session: now.session.is_some() && session.is_ok(),
        problem: session.err(),
        user: now.config.user,
    })
}

/// Removes the session file, and its directory if nothing else is in it.
fn remove_session(session: &Path) -> Result<(), Error> {
    let failed = |path: PathBuf| move |error| Error::file("remove", path, error);
    // A link is removed together with its target, but not a link of another user, which could lead to
    // any file.
    let link = match fs::symlink_metadata(session) {
        // The file may already be gone, if another path led to the same file.
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

/// Reports the outcome.
fn describe(found: &Found, removal: &Removal, report: &Report) {
    let file = found.location.config.display();
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
        let session = found.location.session.display();
        report.done(format_args!("removed the session file {session}"));
    }
    if let Some(problem) = &removal.problem {
        report.problem(format_args!("the session was not removed: {problem}"));
    }
    report.note(SERVER);
    match &found.config.server {
        Some(server) => report.note(format_args!(
            "the next `btp login` proposes only the server {}; type the subdomain and the user",
            plain(server)
        )),
        None => report.note(
            "the next `btp login` proposes nothing; type the server, the subdomain and the user",
        ),
    }
}

/// The note that the session was not ended on the server.
const SERVER: &str = "no server was contacted: a copy of the session works until it expires";

/// Removes the chosen sessions for `authctl logout`.
pub fn sign_out(chosen: &[Session], report: &Report) -> Result<SignedOut, Error> {
    let mut signed_out = SignedOut::default();
    let location = Location::find(None, report)?;
    for session in chosen {
        if let Kind::Unfinished(file) = &session.kind {
            Whole::tidy(file, report)?;
            signed_out.removed.push(session.clone());
        }
    }
    let before = old(&location, report);
    for found in [Found::look(location, report).map(Some), before] {
        let result = found.and_then(|found| match found {
            Some(found) => sign_out_of(&found, chosen, &mut signed_out, report),
            None => Ok(()),
        });
        signed_out
            .problems
            .extend(result.err().map(|error| error.to_string()));
    }
    for session in chosen {
        if let (Kind::WholeFile, session::Location::File(path)) = (&session.kind, &session.location)
        {
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

/// Removes the chosen sessions in one location.
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
        return Err(Error::SignedInMeanwhile(found.location.config.clone()));
    }
    Whole::check(&found.location.config)?;
    let removal = remove(found, report)?;
    if removal.data && removal.session {
        let config = found.location.config.display();
        let note = format!("the user data in {config} was removed too");
        signed_out.notes.push(note);
    }
    match removal.problem {
        None => signed_out.removed.extend(here.into_iter().cloned()),
        Some(error) => signed_out
            .problems
            .push(format!("the session was not removed: {error}")),
    }
    Ok(())
}
