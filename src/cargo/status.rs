//! `authctl cargo status`: shows the registries that have a token.

use clapspec_runtime::{Done, Ended};

use super::location::Home;
use super::registry::{self, Registry};
use super::survey::{self, Survey};
use crate::cli::{CargoStatusArgs, CargoStatusExit, CargoStatusOutput};
use crate::error::{Error, plain};
use crate::report::Report;
use crate::session::{Session, System, entry, show};
use crate::user;

/// Shows the registries that have a token.
pub fn status(args: &CargoStatusArgs) -> Ended<CargoStatusExit, CargoStatusOutput> {
    let report = &Report::new(&args.display, Some(&args.output));
    let home = Home::find(report)?;
    let survey = Survey::new(&home, &args.config, report);
    let default = survey.default()?;
    let only = match args.registry.as_deref() {
        Some(name) => Some(only(name, &survey).map_err(|error| registry::failure(error).widen())?),
        None => None,
    };
    let mut found = survey.all();
    if let Some(problem) = found.problems.into_iter().next() {
        return Err(problem.into());
    }
    let other = survey::elsewhere(&home, report);
    for problem in &other.problems {
        report.warning(problem);
    }
    let exit = match other.problems.is_empty() {
        true => CargoStatusExit::Success,
        false => CargoStatusExit::Incomplete,
    };
    found.sessions.extend(other.sessions);
    if let Some(only) = &only {
        found
            .sessions
            .retain(|session| session.account == only.name());
    }
    let text = match (&only, found.sessions.is_empty()) {
        (_, false) => {
            let sessions: Vec<&Session> = found.sessions.iter().collect();
            let logout = match &only {
                Some(only) => format!(
                    "authctl cargo logout --registry {}",
                    user::shell_word(&plain(only.name()))
                ),
                None => "authctl logout cargo".to_owned(),
            };
            show::one("REGISTRY", &sessions, &[(&logout, &sessions)])
        }
        (Some(only), true) => format!("not logged in to `{}`", plain(only.name())),
        (None, true) => "no registry has a token".to_owned(),
    };
    let output = CargoStatusOutput {
        file: home.credentials().display().to_string(),
        default,
        sessions: found
            .sessions
            .iter()
            .map(|session| entry::cargo_status(System::Cargo, session))
            .collect(),
    };
    Ok(Done::new(exit, output).text(text))
}

/// The registry with this name, which must be configured or have a token.
fn only(name: &str, survey: &Survey<'_>) -> Result<Registry, Error> {
    let registry = survey.registry(Some(name))?;
    let is_known =
        registry.is_configured(&survey.config)? || !survey.one(&registry).sessions.is_empty();
    match is_known {
        true => Ok(registry),
        false => Err(registry.unknown(&survey.config)),
    }
}
