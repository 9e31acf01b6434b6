//! The locations of btp's configuration and its session.

use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::file;
use crate::report::Report;
use crate::session::{Kind, Session};
use crate::user;

/// The variables that name the configuration. The first that is set takes precedence.
const VARIABLES: [&str; 2] = ["BTP_CLIENTCONFIG", "SAPCP_CLIENTCONFIG"];

/// The description of a location that nothing names.
const PLATFORM: &str = "the default of the platform";

/// A platform with its own locations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Linux, and other systems with the same conventions.
    Linux,
    /// macOS.
    Mac,
}

impl Platform {
    /// The platform that this program is compiled for.
    pub const HERE: Self = match cfg!(target_os = "macos") {
        true => Self::Mac,
        false => Self::Linux,
    };
}

/// The files of a configuration, which may not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The configuration file.
    pub config: PathBuf,
    /// The session file.
    pub session: PathBuf,
    /// The name of the session's directory, and of the session in the keychain.
    pub hash: String,
    /// The configuration file of btp before 2.14, if this is the default location.
    pub old: Option<PathBuf>,
    /// The directory with the sessions of all configurations.
    pub sessions: PathBuf,
}

/// The environment, which tests replace.
struct Environment<'e> {
    /// The platform.
    platform: Platform,
    /// Returns the home directory, or an error that names this variable.
    home: &'e dyn Fn(&'static str) -> Result<PathBuf, Error>,
    /// Makes a path absolute.
    absolute: &'e dyn Fn(&Path) -> Result<PathBuf, Error>,
    /// Returns an environment variable. An empty one counts as unset.
    variable: &'e dyn Fn(&str) -> Option<OsString>,
}

impl Location {
    /// Finds the location to use: `config` from the command line, the one that a variable names, or the
    /// default of the platform.
    pub fn find(config: Option<&Path>, report: &Report) -> Result<Self, Error> {
        for name in VARIABLES
            .iter()
            .chain(&["XDG_CONFIG_HOME", "XDG_CACHE_HOME"])
        {
            report.trace(format_args!("looked at the variable {name}"));
        }
        let (location, why) = Environment::here().location(config)?;
        let (config, session) = (location.config.display(), location.session.display());
        report.verbose(format_args!("btp's configuration is `{config}`, {why}"));
        if why != PLATFORM && !file::exists(&location.config)? {
            report.warning(format_args!("`{config}`, {why}, doesn't exist"));
        }
        report.verbose(format_args!("its session is `{session}`"));
        Ok(location)
    }

    /// Finds the location that is used without `--config` and without these variables.
    pub fn without(unset: &[&str]) -> Result<Self, Error> {
        let here = Environment {
            variable: &|name| user::variable(name).filter(|_| !unset.contains(&name)),
            ..Environment::here()
        };
        Ok(here.location(None)?.0)
    }

    /// The variables that are set and name a configuration, in the order of precedence.
    pub fn variables() -> Vec<&'static str> {
        let set = VARIABLES
            .into_iter()
            .filter(|name| user::variable(name).is_some());
        set.collect()
    }

    /// The key of the sessions of this location. A NUL and the name of an entry may follow it, because
    /// no path contains a NUL.
    pub fn key(&self) -> String {
        self.config.to_string_lossy().into_owned()
    }

    /// Whether a session belongs to this location.
    pub fn has(&self, session: &Session) -> bool {
        match &session.kind {
            Kind::Unfinished(file) => *file == self.config,
            _ => session.key.split('\0').next() == Some(&self.key()),
        }
    }

    /// The location of the configuration of btp before 2.14, if this is the default location.
    pub fn old(&self) -> Result<Option<Self>, Error> {
        let Some(config) = self.old.as_deref() else {
            return Ok(None);
        };
        Ok(Some(Environment::here().location(Some(config))?.0))
    }
}

impl Environment<'_> {
    /// The environment of this process.
    fn here() -> Self {
        Self {
            platform: Platform::HERE,
            home: &user::home,
            absolute: &|path| user::absolute(path),
            variable: &user::variable,
        }
    }

    /// Finds the location to use, and returns why it is used.
    fn location(&self, config: Option<&Path>) -> Result<(Location, String), Error> {
        let given = config.filter(|config| !config.as_os_str().is_empty());
        let named = VARIABLES
            .iter()
            .find_map(|name| Some((PathBuf::from((self.variable)(name)?), *name)));
        let cache = self.directory("XDG_CACHE_HOME", ".cache", "Library/Caches")?;
        let cache = cache.join(".btp");
        let mut old = None;
        let (config, why) = match (given, named) {
            (Some(given), _) => (self.file(given)?, "named by `--config`".to_owned()),
            (None, Some((named, name))) => (self.file(&named)?, format!("named by {name}")),
            (None, None) => {
                old = Some(cache.join("config.json"));
                let directory =
                    self.directory("XDG_CONFIG_HOME", ".config", "Library/Application Support")?;
                let config = directory.join(".btp/config.json");
                (config, PLATFORM.to_owned())
            }
        };
        let hash = hash(&config);
        let location = Location {
            session: cache.join(&hash).join("session"),
            config,
            hash,
            old: old.filter(|_| self.platform == Platform::Linux),
            sessions: cache,
        };
        Ok((location, why))
    }

    /// Finds a directory of the user: the one that the variable names, on Linux, or one in the home
    /// directory. As the XDG specification requires, a relative path in the variable is ignored.
    fn directory(&self, variable: &'static str, linux: &str, mac: &str) -> Result<PathBuf, Error> {
        let named = (self.variable)(variable).map(PathBuf::from);
        let named = named.filter(|path| path.is_absolute() && self.platform == Platform::Linux);
        if let Some(named) = named {
            return Ok(named);
        }
        let home = (self.home)("both XDG_CONFIG_HOME and XDG_CACHE_HOME")?;
        let path = match self.platform {
            Platform::Linux => linux,
            Platform::Mac => mac,
        };
        Ok((self.absolute)(&home)?.join(path))
    }

    /// The file for a path. For a directory, it is `config.json` in it.
    fn file(&self, path: &Path) -> Result<PathBuf, Error> {
        let path = (self.absolute)(path)?;
        Ok(
            match path.as_os_str().as_bytes().ends_with(b"/") || path.is_dir() {
                true => path.join("config.json"),
                false => path,
            },
        )
    }
}

/// The name of a configuration's session: the first half of the SHA-256 hash of its absolute path.
fn hash(config: &Path) -> String {
    let digest = Sha256::digest(clean(config).as_bytes());
    let mut name = String::new();
    for byte in &digest[..16] {
        // Writing to a string does not fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// Removes `.`, `..` and superfluous slashes from an absolute path. Like Go's `filepath.Clean`, this
/// doesn't follow links.
fn clean(path: &Path) -> OsString {
    let mut parts: Vec<&OsStr> = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part),
            Component::ParentDir => {
                parts.pop();
            }
            Component::RootDir | Component::CurDir | Component::Prefix(_) => {}
        }
    }
    let mut clean = OsString::new();
    for part in parts {
        clean.push("/");
        clean.push(part);
    }
    match clean.is_empty() {
        true => OsString::from("/"),
        false => clean,
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    use super::{Environment, Platform, clean, hash};

    #[test]
    fn session_names_match_those_of_the_terraform_provider() {
        let name = "8aa3aeaf0d5f59d41937a11216c2ba97";
        for path in [
            "/home/user/.config/.btp/config.json",
            "/home//user/./x/../.config/.btp/config.json",
            "/../home/user/.config/.btp/config.json",
        ] {
            assert_eq!(hash(Path::new(path)), name, "{path}");
        }
        assert_ne!(hash(Path::new("/home/user/.config/btp/config.json")), name);
        assert_eq!(clean(Path::new("/a/../..")), "/");
    }

    #[test]
    fn each_platform_has_its_own_locations() {
        let linux = [("XDG_CONFIG_HOME", "/conf"), ("XDG_CACHE_HOME", "relative")];
        let both = [
            ("SAPCP_CLIENTCONFIG", "old.json"),
            ("BTP_CLIENTCONFIG", "new/"),
        ];
        for (platform, variables, given, config, cache) in [
            (
                Platform::Linux,
                &both[..0],
                "",
                "/home/user/.config/.btp/config.json",
                "/home/user/.cache",
            ),
            (
                Platform::Linux,
                &linux[..],
                "",
                "/conf/.btp/config.json",
                "/home/user/.cache",
            ),
            (
                Platform::Linux,
                &both[..],
                "",
                "/here/new/config.json",
                "/home/user/.cache",
            ),
            (
                Platform::Linux,
                &both[..1],
                "",
                "/here/old.json",
                "/home/user/.cache",
            ),
            (
                Platform::Linux,
                &both[..],
                "a/b",
                "/here/a/b",
                "/home/user/.cache",
            ),
            (
                Platform::Mac,
                &linux[..],
                "",
                "/home/user/Library/Application Support/.btp/config.json",
                "/home/user/Library/Caches",
            ),
        ] {
            let variable = |name: &str| {
                let mut variables = variables.iter();
                let found = variables.find(|(variable, _)| *variable == name);
                found.map(|(_, value)| OsString::from(value))
            };
            let here = Environment {
                platform,
                home: &|_| Ok(PathBuf::from("/home/user")),
                absolute: &|path| Ok(Path::new("/here").join(path)),
                variable: &variable,
            };
            let (location, _) = here.location(Some(Path::new(given))).expect("a location");
            assert_eq!(location.config, PathBuf::from(config));
            let session = format!("{cache}/.btp/{}/session", hash(&location.config));
            assert_eq!(location.session, PathBuf::from(session));
        }
    }
}
