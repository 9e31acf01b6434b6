//! The registries that shells offer for `--registry`.

use std::collections::BTreeMap;

use clapspec_runtime::{Candidate, Typed};

use super::location::Home;
use super::registry::Registry;
use super::survey::Survey;
use crate::report::Report;
use crate::session::State;

/// Returns the registries that are configured or have a token. What can't be read is left out.
pub fn known(typed: &Typed<'_>) -> Vec<Candidate> {
    let report = Report::silent();
    let Ok(home) = Home::find(&report) else {
        return Vec::new();
    };
    let config = typed.all("config").into_iter();
    let config: Vec<String> = config
        .filter_map(|word| Some(word.to_str()?.to_owned()))
        .collect();
    let survey = Survey::new(&home, &config, &report);
    let configured = [Registry::CratesIo.name().to_owned()].into_iter();
    let configured = configured.chain(survey.config.registries());
    let mut names: BTreeMap<String, &str> = configured.map(|name| (name, "configured")).collect();
    for session in survey.all().sessions {
        let is_name = !session.account.starts_with('(');
        if is_name && session.state == State::SignedIn {
            names.insert(session.account, "signed in");
        }
    }
    let candidates = names.into_iter();
    candidates
        .map(|(name, state)| Candidate::new(name).help(state))
        .collect()
}
