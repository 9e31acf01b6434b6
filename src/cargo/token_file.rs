//! A file in which cargo keeps tokens, and its content.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::credentials::{self, Secrets, Spot};
use super::registry::Registry;
use super::standing::Standing;
use crate::error::Error;
use crate::file::{InPlace, backup};
use crate::report::Report;
use crate::session::{Location, Session, State};

/// A credentials file.
pub struct TokenFile {
    /// The path of the file.
    pub path: PathBuf,
    /// The text of the file.
    text: String,
    /// The secrets in the text.
    secrets: Secrets,
    /// The index of each registry in the secrets.
    indices: BTreeMap<String, usize>,
    /// Whether cargo finds a table `[registry]` in it.
    pub has_table: bool,
    /// A file that has the name of the backup, but isn't one. Because of it, this file can't be changed.
    blocked_by: Option<PathBuf>,
    /// The file that cargo uses instead of this one.
    pub replaced_by: Option<PathBuf>,
}

impl TokenFile {
    /// Reads a credentials file, which may not exist.
    pub fn read(path: &Path, report: &Report) -> Result<Self, Error> {
        let text = InPlace::peek(path, report)?.unwrap_or_default();
        let secrets = Secrets::find(&text, path)?;
        let found = secrets.found.iter().enumerate();
        let indices = found.map(|(at, (registry, _))| (registry.name().to_owned(), at));
        Ok(Self {
            path: path.to_owned(),
            blocked_by: backup::find(path).filter(|_| backup::read(path).is_err()),
            indices: indices.collect(),
            secrets,
            text,
            has_table: false,
            replaced_by: None,
        })
    }

    /// Whether cargo uses the token at a position. It uses the old key outside of all tables only if
    /// there is no table `[registry]`.
    fn is_used(&self, spot: &Spot, registry: &Registry) -> bool {
        let is_of_table = spot.tables() == registry.table();
        let is_old = spot.tables().is_empty() && !self.has_table;
        spot.is_token() && (is_of_table || is_old)
    }

    /// The text of the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All registries in the file.
    pub fn registries(&self) -> impl Iterator<Item = &Registry> {
        let found = self.secrets.found.iter().map(|(registry, _)| registry);
        found.chain(&self.secrets.wrong)
    }

    /// Whether the file has a secret of a registry.
    pub fn has(&self, registry: &Registry) -> bool {
        self.indices.contains_key(registry.name())
    }

    /// The error in the keys of a registry, if there is one.
    pub fn problem(&self, registry: &Registry) -> Option<Error> {
        let is_wrong = self.secrets.wrong.contains(registry);
        is_wrong.then(|| credentials::find(&self.text, &self.path, registry).err())?
    }

    /// The session of a registry, whose tokens have this standing.
    pub fn session(&self, registry: &Registry, standing: &Standing) -> Option<Session> {
        let (_, spots) = &self.secrets.found[*self.indices.get(registry.name())?];
        let location = Location::File(self.path.clone());
        let session = standing.apply(Session::new(registry.name(), registry.name(), location));
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

    /// Adds to a session what to do first, if the file can't be changed.
    fn blocked(&self, session: Session) -> Session {
        match &self.blocked_by {
            Some(path) => {
                session.with_remedy(format!("move {} away, then log out", path.display()))
            }
            None => session,
        }
    }

    /// All sessions in the file, regardless of the configuration.
    pub fn sessions(&self) -> impl Iterator<Item = Session> {
        let found = self.secrets.found.iter();
        found.map(|(registry, _)| {
            let location = Location::File(self.path.clone());
            self.blocked(Session::new(registry.name(), registry.name(), location))
        })
    }

    /// The errors in the keys of all registries.
    pub fn problems(&self) -> impl Iterator<Item = Error> {
        let wrong = self.secrets.wrong.iter();
        wrong.filter_map(|registry| self.problem(registry))
    }
}

/// Why cargo uses none of the secrets at these positions.
fn unused(spots: &[Spot]) -> String {
    let secret = spots.iter().find(|spot| spot.is_secret());
    match secret {
        Some(spot) if !spot.is_token() => NO_SECRET_KEYS.to_owned(),
        _ => OTHER_KEY.to_owned(),
    }
}

/// Why cargo ignores a secret key.
pub const NO_SECRET_KEYS: &str = "cargo's stable release doesn't use secret keys";

/// Why cargo ignores a token in `[registries.crates-io]` or outside of all tables.
pub const OTHER_KEY: &str = "cargo reads the token of crates.io from `registry.token`";
