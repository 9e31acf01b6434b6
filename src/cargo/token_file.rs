//! A file in which cargo keeps tokens, and what is in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::credentials::{self, Secrets, Spot};
use super::registry::Registry;
use super::standing::Standing;
use crate::error::Error;
use crate::file::{InPlace, backup};
use crate::report::Report;
use crate::session::{Place, Session, State};

/// A credentials file.
pub struct TokenFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    text: String,
    /// What is in that.
    secrets: Secrets,
    /// Where each registry is in that.
    places: BTreeMap<String, usize>,
    /// Whether cargo finds a table `[registry]` in it.
    pub has_table: bool,
    /// A file of somebody else in the place of its backup. Nothing changes this one then.
    blocked_by: Option<PathBuf>,
    /// The file that cargo uses in place of this one.
    pub replaced_by: Option<PathBuf>,
}

impl TokenFile {
    /// Reads a credentials file, which need not exist.
    pub fn read(path: &Path, report: &Report) -> Result<Self, Error> {
        let text = InPlace::peek(path, report)?.unwrap_or_default();
        let secrets = Secrets::find(&text, path)?;
        let found = secrets.found.iter().enumerate();
        let places = found.map(|(at, (registry, _))| (registry.name().to_owned(), at));
        Ok(Self {
            path: path.to_owned(),
            blocked_by: backup::find(path).filter(|_| backup::read(path).is_err()),
            places: places.collect(),
            secrets,
            text,
            has_table: false,
            replaced_by: None,
        })
    }

    /// Whether cargo uses what is at a place. The old key outside of all tables counts only where no
    /// table `[registry]` is.
    fn is_used(&self, spot: &Spot, registry: &Registry) -> bool {
        let is_of_table = spot.tables() == registry.table();
        let is_old = spot.tables().is_empty() && !self.has_table;
        spot.is_token() && (is_of_table || is_old)
    }

    /// The text of the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All registries that it has something of.
    pub fn registries(&self) -> impl Iterator<Item = &Registry> {
        let found = self.secrets.found.iter().map(|(registry, _)| registry);
        found.chain(&self.secrets.wrong)
    }

    /// Whether it has a secret of a registry.
    pub fn has(&self, registry: &Registry) -> bool {
        self.places.contains_key(registry.name())
    }

    /// What is wrong with the keys of a registry.
    pub fn problem(&self, registry: &Registry) -> Option<Error> {
        let is_wrong = self.secrets.wrong.contains(registry);
        is_wrong.then(|| credentials::find(&self.text, &self.path, registry).err())?
    }

    /// What it has of a registry, whose tokens have this standing.
    pub fn session(&self, registry: &Registry, standing: &Standing) -> Option<Session> {
        let (_, spots) = &self.secrets.found[*self.places.get(registry.name())?];
        let place = Place::File(self.path.clone());
        let session = standing.apply(Session::new(registry.name(), registry.name(), place));
        let used = spots.iter().find(|spot| self.is_used(spot, registry));
        let reason = match (&self.replaced_by, used) {
            (Some(other), _) => Some(format!("cargo uses `{}` instead", other.display())),
            (None, Some(_)) => None,
            (None, None) => Some(unused(spots)),
        };
        let session = match reason {
            Some(reason) => session.with_state(State::Ignored, reason),
            None => session,
        };
        let session = session.ending(used.and_then(|spot| spot.until), None);
        Some(self.blocked(session))
    }

    /// The same session, with what to do first where the file can't be changed.
    fn blocked(&self, session: Session) -> Session {
        match &self.blocked_by {
            Some(path) => {
                session.with_remedy(format!("move {} away first, then log out", path.display()))
            }
            None => session,
        }
    }

    /// What it has, whatever cargo makes of it.
    pub fn sessions(&self) -> impl Iterator<Item = Session> {
        let found = self.secrets.found.iter();
        found.map(|(registry, _)| {
            let place = Place::File(self.path.clone());
            self.blocked(Session::new(registry.name(), registry.name(), place))
        })
    }

    /// What is wrong with its keys.
    pub fn problems(&self) -> impl Iterator<Item = Error> {
        let wrong = self.secrets.wrong.iter();
        wrong.filter_map(|registry| self.problem(registry))
    }
}

/// Why cargo uses none of the secrets at these places.
fn unused(spots: &[Spot]) -> String {
    let secret = spots.iter().find(|spot| spot.is_secret());
    match secret {
        Some(spot) if !spot.is_token() => NO_SECRET_KEYS.to_owned(),
        _ => OTHER_KEY.to_owned(),
    }
}

/// Why cargo ignores a secret key.
pub const NO_SECRET_KEYS: &str = "cargo's stable release has no use for a secret key";

/// Why cargo ignores what is in `[registries.crates-io]`, or outside all tables.
pub const OTHER_KEY: &str = "cargo reads the token of crates.io from `registry.token`";
