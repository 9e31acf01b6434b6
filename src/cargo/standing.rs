//! How cargo's configuration affects the tokens of a registry.

use super::config::Config;
use super::provider::Providers;
use super::registry::Registry;
use crate::error::{Error, plain};
use crate::session::{Location, Session, State};

/// How the configuration affects the tokens of a registry.
pub struct Standing {
    /// Why cargo ignores tokens in files and variables, if it does.
    ignored: Option<String>,
    /// Additional information about them.
    remark: Option<String>,
    /// The programs that may have a token, and how to sign out of them.
    possible: Option<(String, String)>,
}

impl Standing {
    /// Returns the effect on a registry with these names.
    pub fn of(registry: &Registry, names: &[String], config: &Config<'_>) -> Result<Self, Error> {
        let providers = Providers::of(registry, config)?;
        let is_configured = registry.is_configured(config)?;
        let quoted: Vec<String> = names
            .iter()
            .map(|name| format!("`{}`", plain(name)))
            .collect();
        let by_name = match names {
            [name] if name == registry.name() => None,
            [_] => Some(format!(
                "cargo uses the token of {}, which has the same index",
                quoted[0]
            )),
            _ => Some(format!(
                "cargo refuses to use it, because {} have the same index",
                quoted.join(" and ")
            )),
        };
        // Without an index, cargo asks only the registry's own providers, and only in other directories.
        let may_ask = is_configured || Providers::is_own(registry, config)?;
        let possible = providers.asked().filter(|_| may_ask && by_name.is_none());
        Ok(Self {
            ignored: by_name.or_else(|| providers.ignores_tokens()),
            remark: (!is_configured).then(|| {
                "its index is not configured here; cargo uses this token in directories where it is".to_owned()
            }),
            possible: possible.map(|asked| (asked, providers.remedy(registry, is_configured))),
        })
    }

    /// Sets the state of a token.
    pub fn apply(&self, session: Session) -> Session {
        match (&self.ignored, &self.remark) {
            (Some(reason), _) => session.with_state(State::Ignored, reason),
            (None, Some(remark)) => session.with_state(State::SignedIn, remark),
            (None, None) => session,
        }
    }

    /// Returns the session that a credential provider may have.
    pub fn possible(&self, registry: &Registry) -> Option<Session> {
        let (asked, remedy) = self.possible.clone()?;
        let session = Session::new(registry.name(), registry.name(), Location::Provider(asked));
        let reason = "cargo asks this provider for a token; authctl doesn't run it";
        Some(
            session
                .with_state(State::Possible, reason)
                .with_remedy(remedy),
        )
    }
}
