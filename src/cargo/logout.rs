//! `authctl cargo logout`, and the part of `authctl logout` for cargo: they remove tokens from the
//! credentials files.

use std::collections::BTreeSet;
use std::path::Path;

use clapspec_runtime::{Done, Ended, Failure};

use super::credentials::{self, Secrets, Spot};
use super::registry::{self, Registry};
use super::{Context, repair};
use crate::cli::{
    CargoLogoutArgs, CargoLogoutExit as Exit, CargoLogoutOutput as Output, CargoLogoutQuestion,
};
use crate::document;
use crate::error::{Error, plain};
use crate::file::InPlace;
use crate::report::Report;
use crate::session::{Found, Kind, Location, Session, SignedOut, System, Verdict, entry};

/// Removes the token of a registry.
pub fn logout(args: &CargoLogoutArgs, question: CargoLogoutQuestion) -> Ended<Exit, Output> {
    let report = &Report::new(&args.display, Some(&args.output));
    let failed = |error| -> Failure<Exit> { registry::failure(error).widen() };
    let context = Context::new(&args.config, report).map_err(failed)?;
    // Read the configuration before any change: an error in it must not hide that a token is left.
    let survey = context.survey().map_err(failed)?;
    let registry = survey.registry(args.registry.as_deref()).map_err(failed)?;
    let before = complete(survey.one(&registry))?;
    if before.is_empty() && !registry.is_configured(&survey.config).map_err(failed)? {
        return Err(failed(registry.unknown(&survey.config)));
    }
    let chosen: Vec<Session> = before.into_iter().filter(Session::is_removable).collect();
    let mut removed = Vec::new();
    if !chosen.is_empty() {
        question.ask(plain(registry.name()))?;
        let mut problems = remove(&chosen, &mut removed, report);
        describe_removed(&registry, &removed, report);
        let last = problems.pop();
        problems.iter().for_each(|problem| report.warning(problem));
        last.map_or(Ok(()), Err)?;
    }
    let left = complete(context.survey()?.one(&registry))?;
    describe(&context, &registry, &removed, &left);
    let exit = match Verdict::of(&left, false) {
        Verdict::Clean => Exit::Success,
        Verdict::LeftOver => Exit::LeftOver,
        Verdict::Possible => Exit::Possible,
        Verdict::SignedIn | Verdict::Incomplete => Exit::StillSignedIn,
    };
    let output = Output {
        registry: registry.name().to_owned(),
        file: context.home.credentials().display().to_string(),
        removed: removed
            .iter()
            .map(|session| session.location.name())
            .collect(),
        left: left
            .iter()
            .map(|session| entry::cargo_logout(System::Cargo, session))
            .collect(),
    };
    Ok(Done::new(exit, output))
}

/// Returns what was found, if everything could be read.
fn complete(found: Found) -> Result<Vec<Session>, Error> {
    match found.problems.into_iter().next() {
        None => Ok(found.sessions),
        Some(problem) => Err(problem),
    }
}

/// Reports what was removed.
fn describe_removed(registry: &Registry, removed: &[Session], report: &Report) {
    let name = plain(registry.name());
    for session in removed {
        let file = session.location.name();
        report.done(format_args!("removed the token of `{name}` from {file}"));
    }
    if !removed.is_empty() {
        report.note(format_args!(
            "the token stays valid on the server; to revoke it, go to {}",
            registry.website()
        ));
    }
}

/// Reports what is left, or that there was nothing to remove.
fn describe(context: &Context<'_>, registry: &Registry, removed: &[Session], left: &[Session]) {
    let name = plain(registry.name());
    let report = context.report;
    match (removed.is_empty(), left.is_empty()) {
        (false, _) => {}
        (true, true) => report.done(format_args!("not logged in to `{name}`; nothing changed")),
        (true, false) => {
            let file = context.home.credentials();
            let file = file.display();
            report.done(format_args!(
                "no token of `{name}` in {file}; nothing changed"
            ));
        }
    }
    for session in left {
        report.problem(session.left());
    }
}

/// Removes the chosen credentials for `authctl logout`.
pub fn sign_out(chosen: &[Session], report: &Report) -> SignedOut {
    let mut signed_out = SignedOut::default();
    let problems = remove(chosen, &mut signed_out.removed, report);
    signed_out.problems = problems.iter().map(Error::to_string).collect();
    if !signed_out.removed.is_empty() {
        signed_out.notes.push(
            "the tokens stay valid on the servers; to revoke them, go to the registries, such as \
             https://crates.io/me"
                .to_owned(),
        );
    }
    signed_out
}

/// Removes the chosen credentials, one file after another, and adds those that still existed to
/// `removed`. A problem with one file doesn't affect the others.
fn remove(chosen: &[Session], removed: &mut Vec<Session>, report: &Report) -> Vec<Error> {
    let mut problems = Vec::new();
    let mut files: Vec<&Path> = Vec::new();
    for session in chosen {
        match (&session.kind, &session.location) {
            (Kind::Unfinished(file), _) => match repair(file, report) {
                Ok(()) => removed.push(session.clone()),
                Err(error) => problems.push(error),
            },
            (_, Location::File(path)) if !files.contains(&path.as_path()) => files.push(path),
            _ => {}
        }
    }
    for file in files {
        let here = |session: &&Session| session.location == Location::File(file.to_owned());
        let names: BTreeSet<&str> = chosen
            .iter()
            .filter(here)
            .map(|each| each.key.as_str())
            .collect();
        match remove_from(file, &names, report) {
            Ok(gone) => {
                let is_gone = |session: &&Session| gone.contains(&session.key);
                removed.extend(chosen.iter().filter(here).filter(is_gone).cloned());
            }
            Err(error) => problems.push(error),
        }
    }
    problems
}

/// Removes the secrets of these registries from a file, under its lock. Returns the names of the
/// registries that had one.
fn remove_from(
    file: &Path,
    names: &BTreeSet<&str>,
    report: &Report,
) -> Result<BTreeSet<String>, Error> {
    let Some(locked) = InPlace::open(file, report)? else {
        return Ok(BTreeSet::new());
    };
    let old = locked.read()?;
    let found = Secrets::find(&old, file)?.found.into_iter();
    let found = found.filter(|(registry, _)| names.contains(registry.name()));
    let (gone, spots): (Vec<Registry>, Vec<Vec<Spot>>) = found.unzip();
    let spots = spots.concat();
    if !spots.is_empty() {
        let new = credentials::cut(&old, file, &spots)?;
        locked.replace(&old, &new, report)?;
    }
    for spot in &spots {
        let (line, _) = document::position(&old, spot.key.start);
        let key = plain(&spot.path.join("."));
        report.verbose(format_args!("removed `{key}` from line {line}"));
    }
    Ok(gone
        .iter()
        .map(|registry| registry.name().to_owned())
        .collect())
}
