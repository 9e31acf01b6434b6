//! All places that give cargo a token, and what is in them. `status`, `login` and both logouts go by this.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::config::{self, Config, Source};
use super::credentials::{self, Secrets, Spot};
use super::home::Home;
use super::layers;
use super::provider::Providers;
use super::registry::{self, Registry};
use crate::error::{Error, plain};
use crate::file::{InPlace, backup};
use crate::report::Report;
use crate::session::{self, Found, Place, Session, State};

/// The keys that make a registry one that may have a token.
const KEYS: [&str; 3] = ["index", "token", "credential-provider"];

/// The account of a backup, which may hold tokens of several registries.
pub const BACKUP: &str = "(backup)";

/// Cargo's configuration and credentials, as they are now.
pub struct Survey<'r> {
    /// Where messages go.
    report: &'r Report,
    /// The configuration. Without its files when they can't be read.
    pub config: Config<'r>,
    /// The files that hold tokens. Cargo uses the first; there is a second where both of its names exist.
    pub files: Vec<TokenFile>,
    /// The paths of these files, also where one can't be read.
    paths: Vec<PathBuf>,
    /// What couldn't be read.
    pub problems: Vec<Error>,
}

/// A credentials file.
pub struct TokenFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    text: String,
    /// What is in that.
    secrets: Secrets,
    /// Whether cargo finds a table `[registry]` in it.
    has_table: bool,
    /// The file that cargo uses in place of this one.
    replaced_by: Option<PathBuf>,
}

impl<'r> Survey<'r> {
    /// Reads everything. What is wrong with the configuration doesn't hide the tokens in the credentials
    /// file, and the other way round.
    pub fn new(home: &Home, arguments: &[String], report: &'r Report) -> Self {
        let mut problems = Vec::new();
        let mut config = Config::load(home, arguments, report).unwrap_or_else(|error| {
            problems.push(error);
            Config::environment(report)
        });
        let used = home.credentials();
        let paths = [used.clone()].into_iter().chain(home.unused()).collect();
        let mut files = Vec::new();
        match TokenFile::read(&used, report) {
            Ok(mut file) => {
                match layers::credentials(&file.text, &used, report) {
                    Ok(layers) => config.add_credentials(layers),
                    Err(error) => problems.push(error),
                }
                file.has_table = config.has_credentials("registry");
                files.push(file);
            }
            Err(error) => problems.push(error),
        }
        if let Some(path) = home.unused() {
            match TokenFile::read(&path, report) {
                Ok(file) => files.push(TokenFile {
                    replaced_by: Some(used),
                    ..file
                }),
                Err(error) => problems.push(error),
            }
        }
        Self {
            report,
            config,
            files,
            paths,
            problems,
        }
    }

    /// The registry that cargo uses when none is named, whether it is configured or not.
    pub fn default(&self) -> Result<String, Error> {
        let found = self.config.string(&["registry", "default"])?;
        Ok(found.map_or(Registry::CratesIo.name().to_owned(), |found| found.value))
    }

    /// What there is of all registries. Takes the problems along.
    pub fn all(mut self) -> Found {
        let mut found = Found {
            problems: std::mem::take(&mut self.problems),
            places: self.places(),
            sessions: Vec::new(),
        };
        found.problems.extend(self.default().err());
        for registry in self.registries() {
            self.add(&registry, &mut found);
        }
        for file in &self.files {
            let Some(backup) = backup::find(&file.path) else {
                continue;
            };
            let key = file.path.to_string_lossy();
            let session = Session::new(key, BACKUP, Place::File(backup));
            let reason = "an interrupted change of the credentials left it; it may hold tokens";
            found
                .sessions
                .push(session.with_state(State::LeftOver, reason));
        }
        // One wrong setting is wrong for all registries.
        let mut said = BTreeSet::new();
        found
            .problems
            .retain(|problem| said.insert(problem.to_string()));
        found
    }

    /// What there is of one registry. What cargo keeps under other names for the same registry comes
    /// last, and is not what a logout of this name removes.
    pub fn one(&self, registry: &Registry) -> Found {
        let mut found = Found::default();
        self.add(registry, &mut found);
        // A problem with the index is one of the registry.
        let names = registry.names(&self.config).unwrap_or_default();
        for name in names.into_iter().filter(|name| name != registry.name()) {
            let here = found.sessions.len();
            self.add(&Registry::named(name.clone()), &mut found);
            for session in &mut found.sessions[here..] {
                let remedy = format!("run `authctl cargo logout --registry {}`", plain(&name));
                session.remedy.get_or_insert(remedy);
            }
        }
        found
    }

    /// The places that are looked at.
    fn places(&self) -> Vec<Place> {
        let mut paths = self.paths.clone();
        for path in self.config.paths() {
            if !paths.contains(path) {
                paths.push(path.clone());
            }
        }
        let variable = Place::Variable(config::variable(&["registry", "token"]));
        paths
            .into_iter()
            .map(Place::File)
            .chain([variable])
            .collect()
    }

    /// All registries that may have a token: crates.io, those with a token in a file, and those that are
    /// configured by a file or a variable.
    fn registries(&self) -> Vec<Registry> {
        let mut names = Vec::new();
        for file in &self.files {
            let found = file.secrets.found.iter().map(|(registry, _)| registry);
            let all = found.chain(&file.secrets.wrong);
            names.extend(all.map(|registry| registry.name().to_owned()));
        }
        names.extend(self.config.registries_with(&KEYS));
        names.push(Registry::CratesIo.name().to_owned());
        registry::add_from_variables(&mut names, &KEYS);
        names.sort_by_key(|name| (name != Registry::CratesIo.name(), name.clone()));
        names.dedup();
        names.into_iter().map(Registry::named).collect()
    }

    /// Adds what there is of a registry, in the order in which cargo prefers it. A wrong setting doesn't
    /// hide what the environment and the credentials file have.
    fn add(&self, registry: &Registry, found: &mut Found) {
        let here = found.sessions.len();
        let mut sessions = self
            .sessions(registry, &self.config)
            .unwrap_or_else(|error| {
                found.problems.push(error);
                let environment = Config::environment(self.report);
                self.sessions(registry, &environment).unwrap_or_default()
            });
        found.sessions.append(&mut sessions);
        for file in self
            .files
            .iter()
            .filter(|file| file.secrets.wrong.contains(registry))
        {
            let wrong = credentials::find(&file.text, &file.path, registry).err();
            found.problems.extend(wrong);
        }
        let is_current = self
            .default()
            .is_ok_and(|default| default == registry.name());
        for session in &mut found.sessions[here..] {
            session.current = is_current && session.state == State::SignedIn;
        }
    }

    /// What there is of a registry, by this configuration.
    fn sessions(&self, registry: &Registry, config: &Config<'_>) -> Result<Vec<Session>, Error> {
        let name = registry.name();
        let standing = Standing::of(registry, config)?;
        let mut sessions = Vec::new();
        let mut in_file = self.in_file(registry, &standing);
        for source in config.sources(&registry.key("token"), session::expiry)? {
            let session = match source.source {
                Source::Variable(variable) => {
                    let remedy = format!("unset {variable}");
                    let session = Session::new(name, name, Place::Variable(variable));
                    standing.apply(session).with_remedy(remedy)
                }
                Source::File(path) if self.files.first().is_some_and(|file| file.path == path) => {
                    sessions.append(&mut in_file);
                    continue;
                }
                Source::File(path) => {
                    let remedy = by_hand(&registry.key("token"), &path);
                    let session = Session::new(name, name, Place::File(path));
                    standing.apply(session).with_remedy(remedy)
                }
                // Cargo takes no token there.
                Source::Argument => continue,
            };
            sessions.push(session.ending(source.value, None));
        }
        sessions.append(&mut in_file);
        sessions.extend(self.ignored_key(registry, config)?);
        sessions.extend(standing.possible(registry));
        Ok(sessions)
    }

    /// What the credentials files have of a registry.
    fn in_file(&self, registry: &Registry, standing: &Standing) -> Vec<Session> {
        let mut sessions = Vec::new();
        for file in &self.files {
            let mut registries = file.secrets.found.iter();
            let Some((_, spots)) = registries.find(|(other, _)| other == registry) else {
                continue;
            };
            let place = Place::File(file.path.clone());
            let session = standing.apply(Session::new(registry.name(), registry.name(), place));
            let used = spots.iter().find(|spot| file.is_used(spot, registry));
            let reason = match (&file.replaced_by, used) {
                (Some(other), _) => Some(format!("cargo uses `{}` instead", other.display())),
                (None, Some(_)) => None,
                (None, None) => Some(unused(spots)),
            };
            let session = match reason {
                Some(reason) => session.with_state(State::Ignored, reason),
                None => session,
            };
            sessions.push(session.ending(used.and_then(|spot| spot.until), None));
        }
        sessions
    }

    /// Tokens in `[registries.crates-io]` outside the credentials file: cargo reads `[registry]` instead.
    fn ignored_key(&self, registry: &Registry, config: &Config<'_>) -> Result<Vec<Session>, Error> {
        let mut sessions = Vec::new();
        if *registry != Registry::CratesIo {
            return Ok(sessions);
        }
        let name = registry.name();
        let key = ["registries", name, "token"];
        for source in config.sources(&key, |_| ())? {
            let (place, remedy) = match source.source {
                Source::Variable(variable) => {
                    let remedy = format!("unset {variable}");
                    (Place::Variable(variable), remedy)
                }
                Source::File(path) if self.files.iter().all(|file| file.path != path) => {
                    let remedy = by_hand(&key, &path);
                    (Place::File(path), remedy)
                }
                _ => continue,
            };
            let reason = "cargo reads the token of crates.io from `registry.token`";
            let session = Session::new(name, name, place).with_state(State::Ignored, reason);
            sessions.push(session.with_remedy(remedy));
        }
        Ok(sessions)
    }
}

impl TokenFile {
    /// Reads a credentials file, which need not exist.
    fn read(path: &Path, report: &Report) -> Result<Self, Error> {
        let text = InPlace::peek(path, report)?.unwrap_or_default();
        Ok(Self {
            path: path.to_owned(),
            secrets: Secrets::find(&text, path)?,
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
}

/// What to do about a token in a file that people write.
fn by_hand(key: &[&str], file: &Path) -> String {
    let key = plain(&key.join("."));
    format!("remove `{key}` from {}", file.display())
}

/// Why cargo uses none of the secrets at these places.
fn unused(spots: &[Spot]) -> String {
    let secret = spots.iter().find(|spot| spot.is_secret());
    match secret {
        Some(spot) if !spot.is_token() => {
            "cargo's stable release has no use for a secret key".to_owned()
        }
        _ => "cargo reads the token of crates.io from `registry.token`".to_owned(),
    }
}

/// What the configuration makes of the tokens of a registry.
struct Standing {
    /// Why cargo ignores tokens in files and variables, if it does.
    ignored: Option<String>,
    /// What else to know about them.
    remark: Option<String>,
    /// The programs that may hold a token, and how to sign out of them.
    possible: Option<(String, String)>,
}

impl Standing {
    /// That of a registry.
    fn of(registry: &Registry, config: &Config<'_>) -> Result<Self, Error> {
        let providers = Providers::of(registry, config)?;
        let is_configured = registry.is_configured(config)?;
        let names = registry.names(config)?;
        let quoted: Vec<String> = names
            .iter()
            .map(|name| format!("`{}`", plain(name)))
            .collect();
        let by_name = match names.as_slice() {
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
        // Without an index, cargo asks the providers of this registry alone, and only elsewhere.
        let may_ask = is_configured || Providers::is_own(registry, config)?;
        let possible = providers.asked().filter(|_| may_ask && by_name.is_none());
        Ok(Self {
            ignored: by_name.or_else(|| providers.ignores_tokens()),
            remark: (!is_configured).then(|| {
                "its index is not configured here; cargo uses the token where it is".to_owned()
            }),
            possible: possible.map(|asked| (asked, providers.remedy(registry, is_configured))),
        })
    }

    /// The state of a token.
    fn apply(&self, session: Session) -> Session {
        match (&self.ignored, &self.remark) {
            (Some(reason), _) => session.with_state(State::Ignored, reason),
            (None, Some(remark)) => session.with_state(State::SignedIn, remark),
            (None, None) => session,
        }
    }

    /// What may be with a credential provider.
    fn possible(&self, registry: &Registry) -> Option<Session> {
        let (asked, remedy) = self.possible.clone()?;
        let session = Session::new(registry.name(), registry.name(), Place::Provider(asked));
        let reason = "cargo asks this provider for a token, and authctl doesn't run it";
        Some(
            session
                .with_state(State::Possible, reason)
                .with_remedy(remedy),
        )
    }
}
