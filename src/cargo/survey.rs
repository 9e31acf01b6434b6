//! All locations from which cargo gets tokens, and the sessions in them. `status`, `login` and both
//! logouts use this.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::config::{self, Config, Source};
use super::layers;
use super::location::{CARGO_HOME, Home};
use super::names::Names;
use super::registry::{self, Registry};
use super::source;
use super::standing::Standing;
use super::token_file::{NO_SECRET_KEYS, OTHER_KEY, TokenFile};
use crate::error::{Error, plain};
use crate::file::backup;
use crate::report::Report;
use crate::session::{self, Found, Location, Session, State};
use crate::user;

/// The keys that show that a registry may have a token.
const KEYS: [&str; 4] = ["index", "token", "secret-key", "credential-provider"];

/// All tokens, for `authctl status` and `authctl logout`.
pub fn look(report: &Report) -> Found {
    let home = match Home::find(report) {
        Ok(home) => home,
        Err(error) => return Found::problem(error),
    };
    let mut found = Survey::new(&home, &[], report).all();
    let other = elsewhere(&home, report);
    found.locations.extend(other.locations);
    found.sessions.extend(other.sessions);
    found.problems.extend(other.problems);
    found
}

/// Cargo's configuration and credentials, as they are now.
pub struct Survey<'r> {
    /// Writes messages.
    report: &'r Report,
    /// The directories.
    home: Home,
    /// The names of the registries, by their index.
    names: Names,
    /// The configuration. If its files can't be read, it has only the environment.
    pub config: Config<'r>,
    /// The files with tokens. Cargo uses the first. There is a second one if files with both names
    /// exist.
    pub files: Vec<TokenFile>,
    /// The paths of these files, including those that can't be read.
    paths: Vec<PathBuf>,
    /// The errors of what couldn't be read.
    pub problems: Vec<Error>,
}

impl<'r> Survey<'r> {
    /// Reads everything. An error in the configuration doesn't hide the tokens in the credentials file,
    /// and vice versa.
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
                match layers::credentials(file.text(), &used, report) {
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
                Ok(mut file) => {
                    file.replaced_by = Some(used);
                    files.push(file);
                }
                Err(error) => problems.push(error),
            }
        }
        Self {
            report,
            home: home.clone(),
            names: Names::new(&config),
            config,
            files,
            paths,
            problems,
        }
    }

    /// The registry that cargo uses by default, whether it is configured or not.
    pub fn default(&self) -> Result<String, Error> {
        let found = self.config.string(&["registry", "default"])?;
        Ok(found.map_or(Registry::CratesIo.name().to_owned(), |found| found.value))
    }

    /// Whether cargo uses a registry by default. If crates.io is replaced, cargo doesn't use it by
    /// default.
    fn default_is(&self, registry: &Registry) -> bool {
        let key = ["registry", "default"];
        match self.config.string(&key) {
            Ok(Some(found)) => found.value == registry.name(),
            Ok(None) => {
                *registry == Registry::CratesIo && source::check_crates_io(&self.config).is_ok()
            }
            Err(_) => false,
        }
    }

    /// The registry to use. If a file has a token for it, any name is accepted.
    pub fn registry(&self, option: Option<&str>) -> Result<Registry, Error> {
        let has = |name: &str| {
            let registry = Registry::named(name.to_owned());
            self.files.iter().any(|file| file.has(&registry))
        };
        Registry::choose(option, &self.config, has, self.report)
    }

    /// The names under which cargo looks for the token of a registry.
    pub fn names(&self, registry: &Registry) -> Result<Vec<String>, Error> {
        self.names.of(registry, &self.config)
    }

    /// The sessions of all registries in the directory that cargo uses, with all problems.
    pub fn all(mut self) -> Found {
        let mut found = Found {
            problems: std::mem::take(&mut self.problems),
            locations: self.locations(),
            sessions: Vec::new(),
        };
        found.problems.extend(self.default().err());
        for registry in self.registries() {
            self.add(&registry, &mut found);
        }
        for path in self.home.names() {
            add_backup(path, &mut found);
        }
        // A wrong setting causes the same problem for each registry.
        let mut seen = BTreeSet::new();
        found
            .problems
            .retain(|problem| seen.insert(problem.to_string()));
        found
    }

    /// The sessions of one registry. Those under other names for the same registry come last, and a
    /// logout of this name doesn't remove them.
    pub fn one(&self, registry: &Registry) -> Found {
        let mut found = Found::default();
        self.add(registry, &mut found);
        // A problem with the index is already reported for the registry.
        let names = self.names(registry).unwrap_or_default();
        for name in names.into_iter().filter(|name| name != registry.name()) {
            let here = found.sessions.len();
            self.add(&Registry::named(name.clone()), &mut found);
            for session in &mut found.sessions[here..] {
                let name = user::shell_word(&plain(&name));
                let remedy = format!("run `authctl cargo logout --registry {name}`");
                session.remedy.get_or_insert(remedy);
            }
        }
        found
    }

    /// The locations that are looked at.
    fn locations(&self) -> Vec<Location> {
        let mut paths = self.paths.clone();
        for path in self.config.paths() {
            if !paths.contains(path) {
                paths.push(path.clone());
            }
        }
        let variable = Location::Variable(config::variable(&["registry", "token"]));
        paths
            .into_iter()
            .map(Location::File)
            .chain([variable])
            .collect()
    }

    /// All registries that may have a token: crates.io, those with a token in a file, and those that a
    /// file or a variable configures.
    fn registries(&self) -> Vec<Registry> {
        let mut names = Vec::new();
        for file in &self.files {
            names.extend(file.registries().map(|registry| registry.name().to_owned()));
        }
        names.extend(self.config.registries_with(&KEYS));
        names.push(Registry::CratesIo.name().to_owned());
        registry::add_from_variables(&mut names, &KEYS);
        names.sort_by_key(|name| (name != Registry::CratesIo.name(), name.clone()));
        names.dedup();
        names.into_iter().map(Registry::named).collect()
    }

    /// Adds the sessions of a registry, in the order in which cargo prefers them. A wrong setting
    /// doesn't hide the tokens in the environment and in the credentials file.
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
        let problems = self.files.iter().filter_map(|file| file.problem(registry));
        found.problems.extend(problems);
        let is_current = self.default_is(registry);
        for session in &mut found.sessions[here..] {
            session.current = is_current && session.state == State::SignedIn;
        }
    }

    /// The sessions of a registry with this configuration.
    fn sessions(&self, registry: &Registry, config: &Config<'_>) -> Result<Vec<Session>, Error> {
        let name = registry.name();
        let names = self.names.of(registry, config)?;
        let standing = Standing::of(registry, &names, config)?;
        let mut sessions = Vec::new();
        let files = self.files.iter();
        let mut in_file: Vec<Session> = files
            .filter_map(|file| file.session(registry, &standing))
            .collect();
        for source in config.sources(&registry.key("token"), session::expiry)? {
            let session = match source.source {
                // The variable also belongs to the name that cargo uses, and is shown there.
                Source::Variable(variable) if is_of_another(&variable, &names, name) => continue,
                Source::Variable(variable) => {
                    let remedy = format!("unset {variable}");
                    let session = Session::new(name, name, Location::Variable(variable));
                    standing.apply(session).with_remedy(remedy)
                }
                Source::File(path) if self.files.first().is_some_and(|file| file.path == path) => {
                    sessions.append(&mut in_file);
                    continue;
                }
                Source::File(path) => {
                    let remedy = by_hand(&registry.key("token"), &path);
                    let session = Session::new(name, name, Location::File(path));
                    standing.apply(session).with_remedy(remedy)
                }
                // Cargo doesn't accept a token in an argument.
                Source::Argument => continue,
            };
            sessions.push(session.ending(source.value, None));
        }
        sessions.append(&mut in_file);
        if *registry == Registry::CratesIo {
            sessions.extend(self.top_level(config, &standing)?);
            let key = ["registries", name, "token"];
            sessions.extend(self.ignored(registry, &key, OTHER_KEY, config)?);
        }
        let key = registry.key("secret-key");
        sessions.extend(self.ignored(registry, &key, NO_SECRET_KEYS, config)?);
        sessions.extend(standing.possible(registry));
        Ok(sessions)
    }

    /// The tokens outside of all tables, in files that the credentials file includes. As in that file,
    /// cargo uses them only if there is no table `[registry]`.
    fn top_level(&self, config: &Config<'_>, standing: &Standing) -> Result<Vec<Session>, Error> {
        let name = Registry::CratesIo.name();
        let mut sessions = Vec::new();
        for found in config.top_level(session::expiry)? {
            let Source::File(path) = found.source else {
                continue;
            };
            if self.files.iter().any(|file| file.path == path) {
                continue;
            }
            let remedy = by_hand(&["token"], &path);
            let session = standing.apply(Session::new(name, name, Location::File(path)));
            let session = match config.has_credentials("registry") {
                true => session.with_state(State::Ignored, OTHER_KEY),
                false => session,
            };
            sessions.push(session.with_remedy(remedy).ending(found.value, None));
        }
        Ok(sessions)
    }

    /// The values at a key that cargo ignores for this reason, outside the credentials files.
    fn ignored(
        &self,
        registry: &Registry,
        key: &[&str],
        reason: &str,
        config: &Config<'_>,
    ) -> Result<Vec<Session>, Error> {
        let mut sessions = Vec::new();
        for source in config.sources(key, |_| ())? {
            let (location, remedy) = match source.source {
                // If `crates_io` has an index, it is another registry, to which this variable belongs.
                Source::Variable(variable) if self.names.is_of_variable(&variable) => continue,
                Source::Variable(variable) => {
                    let remedy = format!("unset {variable}");
                    (Location::Variable(variable), remedy)
                }
                Source::File(path) if self.files.iter().all(|file| file.path != path) => {
                    let remedy = by_hand(key, &path);
                    (Location::File(path), remedy)
                }
                _ => continue,
            };
            let name = registry.name();
            let session = Session::new(name, name, location).with_state(State::Ignored, reason);
            sessions.push(session.with_remedy(remedy));
        }
        Ok(sessions)
    }
}

/// The sessions in the directory that cargo would use without the variable `CARGO_HOME`.
pub fn elsewhere(home: &Home, report: &Report) -> Found {
    let mut found = Found::default();
    for path in home.elsewhere() {
        match TokenFile::read(&path, report) {
            Ok(file) => {
                found.sessions.extend(file.sessions());
                found.problems.extend(file.problems());
            }
            Err(error) => found.problems.push(error),
        }
        found.locations.push(Location::File(path.clone()));
        add_backup(path, &mut found);
    }
    let sessions = found.sessions.into_iter();
    found.sessions = sessions
        .map(|session| session::elsewhere(session, &[CARGO_HOME], "cargo"))
        .collect();
    found
}

/// Adds the backup of a file, if a killed run left one.
fn add_backup(path: PathBuf, found: &mut Found) {
    if let Some(backup) = backup::find(&path) {
        match backup::read(&path) {
            Ok(_) => found.sessions.push(Session::unfinished(path, backup)),
            Err(error) => found.problems.push(error),
        }
    }
}

/// Whether a variable with a token belongs to another of these names, under which cargo uses it.
fn is_of_another(variable: &str, names: &[String], name: &str) -> bool {
    let is = |other: &String| config::variable(&["registries", other, "token"]) == variable;
    names.iter().any(|other| other != name && is(other))
}

/// The advice for a token in a file that users edit.
fn by_hand(key: &[&str], file: &Path) -> String {
    let key = plain(&key.join("."));
    format!("remove `{key}` from {}", file.display())
}
