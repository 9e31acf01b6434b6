//! All places that give cargo a token, and what is in them. `status`, `login` and both logouts go by this.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::config::{self, Config, Source};
use super::home::{CARGO_HOME, Home};
use super::layers;
use super::names::Names;
use super::registry::{self, Registry};
use super::source;
use super::standing::Standing;
use super::token_file::{NO_SECRET_KEYS, OTHER_KEY, TokenFile};
use crate::error::{Error, plain};
use crate::file::backup;
use crate::report::Report;
use crate::session::{self, Found, Place, Session, State};
use crate::user;

/// The keys that make a registry one that may have a token.
const KEYS: [&str; 4] = ["index", "token", "secret-key", "credential-provider"];

/// All tokens, for `authctl status` and `authctl logout`.
pub fn look(report: &Report) -> Found {
    let home = match Home::find(report) {
        Ok(home) => home,
        Err(error) => return Found::problem(error),
    };
    let mut found = Survey::new(&home, &[], report).all();
    let other = elsewhere(&home, report);
    found.places.extend(other.places);
    found.sessions.extend(other.sessions);
    found.problems.extend(other.problems);
    found
}

/// Cargo's configuration and credentials, as they are now.
pub struct Survey<'r> {
    /// Where messages go.
    report: &'r Report,
    /// The directories.
    home: Home,
    /// The names of the registries, by their index.
    names: Names,
    /// The configuration. Without its files when they can't be read.
    pub config: Config<'r>,
    /// The files that hold tokens. Cargo uses the first; there is a second where both of its names exist.
    pub files: Vec<TokenFile>,
    /// The paths of these files, also where one can't be read.
    paths: Vec<PathBuf>,
    /// What couldn't be read.
    pub problems: Vec<Error>,
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

    /// The registry that cargo uses when none is named, whether it is configured or not.
    pub fn default(&self) -> Result<String, Error> {
        let found = self.config.string(&["registry", "default"])?;
        Ok(found.map_or(Registry::CratesIo.name().to_owned(), |found| found.value))
    }

    /// Whether cargo uses a registry when none is named. It refuses to, where crates.io is replaced.
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

    /// The registry that is meant. One of which a file has a token may have any name.
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

    /// What there is of all registries, in the directory that cargo uses. Takes the problems along.
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
        for path in self.home.names() {
            add_backup(path, &mut found);
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
            names.extend(file.registries().map(|registry| registry.name().to_owned()));
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
        let problems = self.files.iter().filter_map(|file| file.problem(registry));
        found.problems.extend(problems);
        let is_current = self.default_is(registry);
        for session in &mut found.sessions[here..] {
            session.current = is_current && session.state == State::SignedIn;
        }
    }

    /// What there is of a registry, by this configuration.
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
                // It is the variable of the name that cargo uses, too.
                Source::Variable(variable) if is_of_another(&variable, &names, name) => continue,
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

    /// Tokens outside of all tables in files that the credentials file includes. As in that file, they count
    /// where nothing has a table `[registry]`.
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
            let session = standing.apply(Session::new(name, name, Place::File(path)));
            let session = match config.has_credentials("registry") {
                true => session.with_state(State::Ignored, OTHER_KEY),
                false => session,
            };
            sessions.push(session.with_remedy(remedy).ending(found.value, None));
        }
        Ok(sessions)
    }

    /// What cargo ignores under a key, for this reason, outside the credentials files.
    fn ignored(
        &self,
        registry: &Registry,
        key: &[&str],
        reason: &str,
        config: &Config<'_>,
    ) -> Result<Vec<Session>, Error> {
        let mut sessions = Vec::new();
        for source in config.sources(key, |_| ())? {
            let (place, remedy) = match source.source {
                // The name `crates_io`, where it has an index, is another registry with this variable.
                Source::Variable(variable) if self.names.is_of_variable(&variable) => continue,
                Source::Variable(variable) => {
                    let remedy = format!("unset {variable}");
                    (Place::Variable(variable), remedy)
                }
                Source::File(path) if self.files.iter().all(|file| file.path != path) => {
                    let remedy = by_hand(key, &path);
                    (Place::File(path), remedy)
                }
                _ => continue,
            };
            let name = registry.name();
            let session = Session::new(name, name, place).with_state(State::Ignored, reason);
            sessions.push(session.with_remedy(remedy));
        }
        Ok(sessions)
    }
}

/// What is in the directory that cargo uses without the variable `CARGO_HOME`.
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
        found.places.push(Place::File(path.clone()));
        add_backup(path, &mut found);
    }
    let sessions = found.sessions.into_iter();
    found.sessions = sessions
        .map(|session| session::elsewhere(session, &[CARGO_HOME], "cargo"))
        .collect();
    found
}

/// Adds the backup of a file, which a killed run left.
fn add_backup(path: PathBuf, found: &mut Found) {
    if let Some(backup) = backup::find(&path) {
        match backup::read(&path) {
            Ok(_) => found.sessions.push(Session::unfinished(path, backup)),
            Err(error) => found.problems.push(error),
        }
    }
}

/// Whether a variable with a token is that of another one of these names, under which cargo uses it.
fn is_of_another(variable: &str, names: &[String], name: &str) -> bool {
    let is = |other: &String| config::variable(&["registries", other, "token"]) == variable;
    names.iter().any(|other| other != name && is(other))
}

/// What to do about a token in a file that people write.
fn by_hand(key: &[&str], file: &Path) -> String {
    let key = plain(&key.join("."));
    format!("remove `{key}` from {}", file.display())
}
