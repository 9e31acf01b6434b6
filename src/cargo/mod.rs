//! `authctl cargo`: `login` and `logout` on the file that cargo itself uses; `status` is beside them.
//!
//! None contacts the network. Cargo does on login, to ask the registry for its address; a token
//! is the same with or without that.

mod config;
mod credentials;
mod home;
mod insert;
mod layers;
mod registry;
mod secret;
mod status;

pub use status::{sessions, sign_out, status};

use std::fs;
use std::path::{Path, PathBuf};

use clapspec_runtime::{Done, Ended, Failure};

use self::config::Config;
use self::credentials::Spot;
use self::home::Home;
use self::registry::{Registry, Remaining};
use crate::cli::{
    CargoLoginArgs, CargoLoginExit, CargoLogoutArgs, CargoLogoutExit, CargoLogoutOutput,
    CargoLogoutOutputRemainingEntry as Left, CargoLogoutQuestion,
};
use crate::document;
use crate::error::Error;
use crate::file::{self, InPlace, backup};
use crate::report::Report;

/// What the steps of both commands need to know.
struct Context<'r> {
    /// Where messages go.
    report: &'r Report,
    /// The folders.
    home: Home,
    /// Cargo's configuration.
    config: Config<'r>,
    /// The registry that is meant.
    registry: Registry,
    /// The credentials file.
    file: PathBuf,
}

impl<'r> Context<'r> {
    /// Finds out which registry and which file are meant.
    fn new(
        registry: Option<&str>,
        arguments: &[String],
        report: &'r Report,
    ) -> Result<Self, Error> {
        let home = Home::find(report)?;
        let config = Config::load(&home, arguments, report)?;
        let registry = Registry::choose(registry, &config, report)?;
        let file = home.credentials(report);
        report.verbose(format_args!("credentials file `{}`", file.display()));
        Ok(Self {
            report,
            home,
            config,
            registry,
            file,
        })
    }

    /// Takes back an interrupted write of an earlier run, before the file is first read.
    fn repair(&self) -> Result<(), Error> {
        if !backup::exists(&self.file) {
            return Ok(());
        }
        match InPlace::open(&self.file, self.report)? {
            // Opening it has done that.
            Some(_) => Ok(()),
            // authctl never removes the file: somebody did who wanted its tokens gone.
            None => backup::remove(&self.file),
        }
    }
}

/// Removes the token of a registry from the credentials file.
pub fn logout(
    args: &CargoLogoutArgs,
    question: CargoLogoutQuestion,
) -> Ended<CargoLogoutExit, CargoLogoutOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let context = Context::new(args.registry.as_deref(), &args.config, report)
        .map_err(|error| registry::failure(error).widen())?;
    context.repair()?;
    // Looked up before the change: a wrong configuration must not hide that a token is left.
    let mut remaining = registry::remaining(&context.registry, &context.config)?;
    remaining.extend(alias(&context)?);
    let removed = has_token(&context, &context.registry)? && {
        question.ask(context.registry.name())?;
        remove(&context)?
    };
    describe(&context, removed, &remaining);
    let exit = match remaining.is_empty() {
        true => CargoLogoutExit::Success,
        false => CargoLogoutExit::StillSignedIn,
    };
    let output = CargoLogoutOutput {
        registry: context.registry.name().to_owned(),
        file: context.file.display().to_string(),
        removed,
        remaining: remaining.into_iter().map(entry).collect(),
    };
    Ok(Done::new(exit, output))
}

/// Whether the file holds a secret of the registry. Keeps no lock, so that nobody waits while the
/// user thinks about the question.
fn has_token(context: &Context<'_>, registry: &Registry) -> Result<bool, Error> {
    let Some(text) = file::read(&context.file, context.report)? else {
        return Ok(false);
    };
    let spots = credentials::find(&text, &context.file, registry)?;
    Ok(spots.iter().any(Spot::is_secret))
}

/// The token that the file holds under another name for the same registry.
fn alias(context: &Context<'_>) -> Result<Option<Remaining>, Error> {
    Ok(match context.registry.alias(&context.config)? {
        Some(other) if has_token(context, &other)? => Some(Remaining::Alias {
            file: context.file.display().to_string(),
            name: other.name().to_owned(),
        }),
        _ => None,
    })
}

/// Removes the keys of the registry under the lock; false when they are gone by now.
fn remove(context: &Context<'_>) -> Result<bool, Error> {
    let Some(locked) = InPlace::open(&context.file, context.report)? else {
        return Ok(false);
    };
    let old = locked.read()?;
    let spots = credentials::find(&old, &context.file, &context.registry)?;
    if !spots.iter().any(Spot::is_secret) {
        return Ok(false);
    }
    let new = credentials::cut(&old, &context.file, &spots)?;
    locked.replace(&old, &new)?;
    for spot in &spots {
        let (line, _) = document::position(&old, spot.key.start);
        context.report.verbose(format_args!(
            "removed `{}` from line {line}",
            spot.path.join(".")
        ));
    }
    Ok(true)
}

/// Says what came of it.
fn describe(context: &Context<'_>, removed: bool, remaining: &[Remaining]) {
    let name = context.registry.name();
    let file = context.file.display();
    let report = context.report;
    if removed {
        report.done(format_args!("removed the token of `{name}` from {file}"));
        report.note(format_args!(
            "the token stays valid on the server; to revoke it go to {}",
            context.registry.website()
        ));
    } else if remaining.is_empty() {
        report.done(format_args!("not logged in to `{name}`; nothing changed"));
    } else {
        report.done(format_args!(
            "no token of `{name}` in {file}; nothing changed"
        ));
    }
    for left in remaining {
        report.problem(left.message(name));
    }
}

/// What is left, as the result has it.
fn entry(remaining: Remaining) -> Left {
    match remaining {
        Remaining::Variable(name) => Left::Environment { name },
        Remaining::File(file) => Left::Config { file },
        Remaining::Alias { file, name } => Left::Alias { file, name },
        Remaining::Provider(name) => Left::CredentialProvider { name },
    }
}

/// Saves a token for a registry in the credentials file.
pub fn login(args: &CargoLoginArgs) -> Ended<CargoLoginExit> {
    let report = &Report::new(&args.display, None);
    if args.token.is_some() {
        return Err(login_failure(Error::TokenArgument));
    }
    let context = Context::new(args.registry.as_deref(), &args.config, report)
        .map_err(|error| registry::failure(error).widen())?;
    context.repair()?;
    // A file that cannot be edited should show before the user pastes a token.
    has_token(&context, &context.registry)?;
    // Looked up before the change: a wrong configuration must not look as if nothing was saved.
    let others = registry::remaining(&context.registry, &context.config)?;
    let alias = context.registry.alias(&context.config)?;
    let token = secret::read(report, context.registry.name()).map_err(login_failure)?;
    save(&context, &token)?;
    report.done(format_args!(
        "saved the token of `{}` in {}",
        context.registry.name(),
        context.file.display()
    ));
    warn_about_others(&context, &others, alias.as_ref());
    Ok(CargoLoginExit::Success.into())
}

/// A failure of the login, with the exit code that the spec has for it.
fn login_failure(error: Error) -> Failure<CargoLoginExit> {
    let exit = match error {
        Error::TokenArgument => CargoLoginExit::Usage,
        Error::Interrupted => CargoLoginExit::Interrupted,
        _ => CargoLoginExit::Failure,
    };
    Failure::from(error).with_exit(exit)
}

/// Writes the token under the lock, into a new file if need be.
fn save(context: &Context<'_>, token: &str) -> Result<(), Error> {
    let home: &Path = &context.home.cargo;
    fs::create_dir_all(home).map_err(|error| Error::file("create", home, error))?;
    let locked = InPlace::open_or_create(&context.file, context.report)?;
    let old = locked.read()?;
    let new = insert::put(&old, &context.file, &context.registry, token)?;
    locked.replace(&old, &new)
}

/// Says when cargo would not use the token that was saved.
fn warn_about_others(context: &Context<'_>, others: &[Remaining], alias: Option<&Registry>) {
    let name = context.registry.name();
    for left in others {
        match left {
            Remaining::Variable(variable) => context.report.warning(format_args!(
                "cargo will use the token in the environment variable {variable} instead"
            )),
            Remaining::Provider(provider) => context.report.warning(format_args!(
                "for `{name}` cargo asks the credential provider `{provider}`, and may not use this \
                 file; if so, run `cargo login --registry {name}`"
            )),
            // The credentials file counts more than other files.
            Remaining::File(_) | Remaining::Alias { .. } => {}
        }
    }
    if let Some(other) = alias {
        let other = other.name();
        context.report.warning(format_args!(
            "cargo looks for this token under `{other}`, because a variable has the index; run \
             `authctl cargo login --registry {other}`"
        ));
    }
}
