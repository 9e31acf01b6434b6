//! `authctl cargo login`: saves a token in the credentials file.

use std::fs;

use clapspec_runtime::{Ended, Failure};

use super::insert;
use super::registry::{self, Registry};
use super::{Context, secret};
use crate::cli::{CargoLoginArgs, CargoLoginExit};
use crate::error::{Error, plain};
use crate::file::InPlace;
use crate::report::Report;
use crate::session::{Location, State};
use crate::user;

/// Saves a token for a registry in the credentials file.
pub fn login(args: &CargoLoginArgs) -> Ended<CargoLoginExit> {
    let report = &Report::new(&args.display, None);
    if args.token.is_some() {
        return Err(failure(Error::TokenArgument));
    }
    let failed = |error| -> Failure<CargoLoginExit> { registry::failure(error).widen() };
    let context = Context::new(&args.config, report).map_err(failed)?;
    // Errors in files or the configuration must be reported before the user pastes a token.
    let survey = context.survey().map_err(failed)?;
    let option = args.registry.as_deref();
    let registry = Registry::choose(option, &survey.config, |_| false, report).map_err(failed)?;
    if !registry.is_configured(&survey.config).map_err(failed)? {
        return Err(failed(registry.unknown(&survey.config)));
    }
    let names = survey.names(&registry)?;
    if names.len() > 1 {
        return Err(Error::SameIndex(names).into());
    }
    let token = secret::read(report, registry.name()).map_err(failure)?;
    save(&context, &registry, &token)?;
    report.done(format_args!(
        "saved the token of `{}` in {}",
        plain(registry.name()),
        context.home.credentials().display()
    ));
    match names.as_slice() {
        [other] if other != registry.name() => report.warning(format_args!(
            "cargo looks for this token under `{other}`, because a variable sets the index; run \
             `authctl cargo login --registry {}`",
            user::shell_word(other)
        )),
        _ => warn_if_unused(&context, &registry)?,
    }
    Ok(CargoLoginExit::Success.into())
}

/// Converts an error to the failure of the login, with its exit code.
fn failure(error: Error) -> Failure<CargoLoginExit> {
    let exit = match error {
        Error::TokenArgument => CargoLoginExit::Usage,
        Error::Interrupted => CargoLoginExit::Interrupted,
        _ => CargoLoginExit::Failure,
    };
    Failure::from(error).with_exit(exit)
}

/// Writes the token under the lock. If the file doesn't exist, it is created.
fn save(context: &Context<'_>, registry: &Registry, token: &str) -> Result<(), Error> {
    let home = &context.home.cargo;
    fs::create_dir_all(home).map_err(|error| Error::file("create", home, error))?;
    let file = &context.home.credentials();
    let locked = InPlace::open_or_create(file, context.report)?;
    let old = locked.read()?;
    let new = insert::put(&old, file, registry, token)?;
    locked.replace(&old, &new, context.report)
}

/// Warns if cargo would not use the token that was saved.
fn warn_if_unused(context: &Context<'_>, registry: &Registry) -> Result<(), Error> {
    let report = context.report;
    let name = plain(registry.name());
    let file = Location::File(context.home.credentials());
    let sessions = context.survey()?.one(registry).sessions;
    let saved = sessions.iter().find(|session| session.location == file);
    let is_ignored = saved.is_some_and(|session| session.state == State::Ignored);
    if let Some(reason) = saved
        .filter(|_| is_ignored)
        .and_then(|saved| saved.reason.as_ref())
    {
        report.warning(format_args!("the token of `{name}` is saved, but {reason}"));
    }
    for session in &sessions {
        match (&session.location, session.state) {
            (Location::Variable(variable), State::SignedIn) => report.warning(format_args!(
                "cargo will use the token in the environment variable {variable} instead"
            )),
            (Location::Provider(provider), State::Possible) => report.warning(format_args!(
                "for `{name}`, cargo also asks the credential provider {provider}; \
                 run `cargo login --registry {}` to sign in there",
                user::shell_word(&name)
            )),
            _ => {}
        }
    }
    Ok(())
}
