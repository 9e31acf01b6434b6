//! `authctl cargo status`: the registries that have a token.

use std::env;
use std::path::{Path, PathBuf};

use clapspec_runtime::{Done, Ended};

use super::config::{self, Config};
use super::credentials::{self, Spot};
use super::document;
use super::home::Home;
use super::registry::{self, Registry, Remaining};
use crate::cli::{
    CargoStatusArgs, CargoStatusExit, CargoStatusOutput, CargoStatusOutputSessionsEntry as Entry,
    CargoStatusOutputSessionsEntrySource as Kind,
};
use crate::error::{Error, plain};
use crate::file::{InPlace, backup};
use crate::report::Report;
use crate::session::{Found, Place, Session, SignedOut, day, written};
use crate::status::MARK;
use crate::table::{Table, width};

/// Shows the registries that have a token.
pub fn status(args: &CargoStatusArgs) -> Ended<CargoStatusExit, CargoStatusOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let home = Home::find(report)?;
    let config = Config::load(&home, &args.config, report)?;
    let only = match args.registry.as_deref() {
        Some(name) => Some(
            Registry::choose(Some(name), &config, report)
                .map_err(|error| registry::failure(error).widen())?,
        ),
        None => None,
    };
    let file = home.credentials(report);
    let default = default(&config)?;
    let mut found = look(&file, &config, &default, report);
    if let Some(problem) = found.problems.into_iter().next() {
        return Err(problem.into());
    }
    if let Some(only) = &only {
        found
            .sessions
            .retain(|session| session.account == only.name());
    }
    let text = match (&only, found.sessions.is_empty()) {
        (_, false) => table(&found.sessions),
        (Some(only), true) => format!("not logged in to `{}`", only.name()),
        (None, true) => "no registry has a token".to_owned(),
    };
    let output = CargoStatusOutput {
        file: file.display().to_string(),
        default,
        sessions: found.sessions.into_iter().map(entry).collect(),
    };
    Ok(Done::new(CargoStatusExit::Success, output).text(text))
}

/// All tokens, for `authctl status`. What is wrong with the configuration does not hide those in the
/// credentials file.
pub fn sessions(report: &Report) -> Found {
    let home = match Home::find(report) {
        Ok(home) => home,
        Err(error) => {
            return Found {
                problems: vec![error],
                ..Found::default()
            };
        }
    };
    let (config, problem) = configuration(&home, report);
    let file = home.credentials(report);
    let mut problems: Vec<Error> = problem.into_iter().collect();
    let default = default(&config).unwrap_or_else(|error| {
        problems.push(error);
        Registry::CratesIo.name().to_owned()
    });
    let found = look(&file, &config, &default, report);
    problems.extend(found.problems);
    // One wrong setting is wrong for all registries.
    problems.dedup_by_key(|problem| problem.to_string());
    Found { problems, ..found }
}

/// Removes the tokens of these registries from the credentials file, in one change of it. What is
/// elsewhere is left, and what goes wrong with the one does not keep the other from being said.
pub fn sign_out(names: &[String], report: &Report) -> Result<SignedOut, Error> {
    let home = Home::find(report)?;
    let (config, problem) = configuration(&home, report);
    let file = home.credentials(report);
    let mut signed_out = SignedOut::default();
    let mut problems: Vec<Error> = problem.into_iter().collect();
    let (removed, kept) = remove_all(names, &file, report).unwrap_or_else(|error| {
        problems.push(error);
        (Vec::new(), Vec::new())
    });
    signed_out.left.extend(kept.iter().map(|registry| {
        let name = registry.name();
        let message = format!("`{name}` was signed in meanwhile; run it again");
        (Some(name.to_owned()), message)
    }));
    let names = removed.iter().map(|registry| registry.name().to_owned());
    for registry in registries(names.collect(), &config) {
        let remaining = remaining(&registry, &config, &mut problems, report);
        signed_out.left.extend(remaining.iter().map(|left| {
            let name = registry.name();
            (Some(name.to_owned()), left.message(name))
        }));
    }
    let mut messages: Vec<String> = problems.iter().map(Error::to_string).collect();
    // One wrong setting is wrong for all registries.
    messages.dedup();
    messages.extend(unused(&home, report));
    let unknown = messages.into_iter().map(|message| (None, message));
    signed_out.left.extend(unknown);
    signed_out.note = (!removed.is_empty()).then(|| {
        "the tokens stay valid on the servers; to revoke them go to the registries, such as \
         https://crates.io/me"
            .to_owned()
    });
    let entry = |registry: Registry| (registry.name().to_owned(), file.clone());
    signed_out.removed = removed.into_iter().map(entry).collect();
    Ok(signed_out)
}

/// What is left in the credentials file that cargo does not use.
fn unused(home: &Home, report: &Report) -> Option<String> {
    let file = home.unused()?;
    let path = file.display();
    match in_file(&file, report) {
        Ok(names) if names.is_empty() => None,
        Ok(_) => Some(format!(
            "`{path}` has tokens too, which cargo does not use; remove that file"
        )),
        Err(error) => Some(error.to_string()),
    }
}

/// Cargo's configuration; when it cannot be read the environment alone, and why.
fn configuration<'r>(home: &Home, report: &'r Report) -> (Config<'r>, Option<Error>) {
    match Config::load(home, &[], report) {
        Ok(config) => (config, None),
        Err(error) => (Config::environment(report), Some(error)),
    }
}

/// The registry that cargo uses when none is named, whether it is configured or not.
fn default(config: &Config<'_>) -> Result<String, Error> {
    let found = config.string(&["registry", "default"])?;
    Ok(found.map_or(Registry::CratesIo.name().to_owned(), |found| found.value))
}

/// Looks at all places that give cargo a token: of each registry, in the order in which cargo
/// prefers them.
fn look(file: &Path, config: &Config<'_>, default: &str, report: &Report) -> Found {
    let mut found = Found::default();
    let in_file = in_file(file, report).unwrap_or_else(|error| {
        found.problems.push(error);
        Vec::new()
    });
    for registry in registries(in_file.clone(), config) {
        let name = registry.name();
        let remaining = remaining(&registry, config, &mut found.problems, report);
        let mut places: Vec<Place> = remaining.into_iter().filter_map(place).collect();
        if in_file.iter().any(|other| other == name) {
            let variables = places
                .iter()
                .take_while(|p| matches!(p, Place::Variable(_)));
            places.insert(variables.count(), Place::File(file.to_owned()));
        }
        found
            .sessions
            .extend(places.into_iter().map(|place| Session {
                account: name.to_owned(),
                current: name == default,
                since: match &place {
                    Place::File(path) | Place::Config(path) => written(path),
                    _ => None,
                },
                place,
                until: None,
                renews: None,
            }));
    }
    found
}

/// What gives cargo a token of a registry besides the credentials file. A wrong setting does not hide
/// what the environment has.
fn remaining(
    registry: &Registry,
    config: &Config<'_>,
    problems: &mut Vec<Error>,
    report: &Report,
) -> Vec<Remaining> {
    registry::remaining(registry, config).unwrap_or_else(|error| {
        problems.push(error);
        let environment = Config::environment(report);
        registry::remaining(registry, &environment).unwrap_or_default()
    })
}

/// The names of the registries that have a secret in the credentials file.
fn in_file(file: &Path, report: &Report) -> Result<Vec<String>, Error> {
    let Some(text) = InPlace::peek(file, report)? else {
        return Ok(Vec::new());
    };
    let found = credentials::find_all(&text, file)?;
    let name = |(registry, _): &(Registry, _)| registry.name().to_owned();
    Ok(found.iter().map(name).collect())
}

/// All registries that may have a token: crates.io, those of these names, and those that are
/// configured, by a file or by a variable.
fn registries(mut names: Vec<String>, config: &Config<'_>) -> Vec<Registry> {
    const KEYS: [&str; 3] = ["index", "token", "credential-provider"];
    names.extend(config.registries_with(&KEYS));
    names.push(Registry::CratesIo.name().to_owned());
    let variables: Vec<String> = env::vars_os()
        .filter(|(_, value)| !value.is_empty())
        .filter_map(|(name, _)| name.into_string().ok())
        .collect();
    for variable in variables {
        for key in KEYS {
            let is = |name: &String| config::variable(&["registries", name, key]) == variable;
            // Cargo derives the name from that of the variable, when nothing else says it.
            let Some(derived) = derived(&variable, key) else {
                continue;
            };
            if is(&derived) && !names.iter().any(is) {
                names.push(derived);
            }
        }
    }
    names.sort_by_key(|name| (name != Registry::CratesIo.name(), name.clone()));
    names.dedup();
    names.into_iter().map(Registry::named).collect()
}

/// The name of the registry that a variable such as `CARGO_REGISTRIES_MY_REGISTRY_TOKEN` is about.
fn derived(variable: &str, key: &str) -> Option<String> {
    let suffix = config::variable(&[key]);
    let suffix = suffix.strip_prefix("CARGO")?;
    let name = variable
        .strip_prefix("CARGO_REGISTRIES_")?
        .strip_suffix(suffix)?;
    (!name.is_empty()).then(|| name.to_lowercase())
}

/// Where something outside the credentials file is.
fn place(remaining: Remaining) -> Option<Place> {
    match remaining {
        Remaining::Variable(name) => Some(Place::Variable(name)),
        Remaining::File(file) => Some(Place::Config(PathBuf::from(file))),
        Remaining::Provider(name) => Some(Place::Provider(name)),
        Remaining::Alias { .. } => None,
    }
}

/// Removes the secrets of these registries under one lock, and says of which there were some, and of
/// which others there are.
fn remove_all(
    names: &[String],
    file: &Path,
    report: &Report,
) -> Result<(Vec<Registry>, Vec<Registry>), Error> {
    if in_file(file, report)?.is_empty() && !backup::exists(file) {
        return Ok(Default::default());
    }
    let Some(locked) = InPlace::open(file, report)? else {
        // authctl never removes the file: somebody did who wanted its tokens gone.
        backup::remove(file)?;
        return Ok(Default::default());
    };
    let old = locked.read()?;
    let (found, kept): (Vec<_>, Vec<_>) = credentials::find_all(&old, file)?
        .into_iter()
        .partition(|(registry, _)| names.iter().any(|name| name == registry.name()));
    let (removed, spots): (Vec<Registry>, Vec<Vec<Spot>>) = found.into_iter().unzip();
    let kept = kept.into_iter().map(|(registry, _)| registry).collect();
    let spots = spots.concat();
    if !spots.is_empty() {
        let new = credentials::cut(&old, file, &spots)?;
        locked.replace(&old, &new)?;
    }
    for spot in &spots {
        let (line, _) = document::position(&old, spot.key.start);
        let key = plain(&spot.path.join("."));
        report.verbose(format_args!("removed `{key}` from line {line}"));
    }
    Ok((removed, kept))
}

/// The sessions for people.
fn table(sessions: &[Session]) -> String {
    let mut table = Table::new(["REGISTRY", "SINCE", "PLACE"], 0);
    for session in sessions {
        let mark = if session.current { " *" } else { "" };
        table.row([
            format!("{}{mark}", session.account),
            session.since.map_or("-".to_owned(), day),
            session.place.short(),
        ]);
    }
    let marked = sessions.iter().any(|session| session.current);
    table.fit(width()) + if marked { MARK } else { "" }
}

/// A session as the result has it.
fn entry(session: Session) -> Entry {
    let (source, place) = parts(&session.place);
    Entry {
        registry: session.account,
        source,
        place,
        since: session.since.map(|since| since.to_string()),
    }
}

/// The kind and the name of a place.
fn parts(place: &Place) -> (Kind, String) {
    match place {
        Place::File(path) | Place::Config(path) => (Kind::File, path.display().to_string()),
        Place::Variable(name) => (Kind::Environment, name.clone()),
        Place::Provider(name) => (Kind::CredentialProvider, name.clone()),
    }
}
