//! Where btp keeps its configuration and its session.

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

/// The variables that name the configuration, the first of which counts.
const VARIABLES: [&str; 2] = ["BTP_CLIENTCONFIG", "SAPCP_CLIENTCONFIG"];

/// Why it is the platform's place.
const PLATFORM: &str = "where the platform has it";

/// A system with places of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Linux, and whatever follows the same conventions.
    Linux,
    /// macOS.
    Mac,
}

impl Platform {
    /// The one that this program is made for.
    pub const HERE: Self = match cfg!(target_os = "macos") {
        true => Self::Mac,
        false => Self::Linux,
    };
}

/// A configuration and what belongs to it. Neither file need exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The configuration file.
    pub config: PathBuf,
    /// The file with the session.
    pub session: PathBuf,
    /// The name of the session in its directory and in the keychain.
    pub hash: String,
    /// The file in which btp before 2.14 kept the configuration, when the platform's place is meant.
    pub old: Option<PathBuf>,
    /// The directory with the sessions of all configurations.
    pub sessions: PathBuf,
}

/// The environment, which tests make up.
struct Surroundings<'e> {
    /// The system.
    platform: Platform,
    /// The home directory, or an error that names this variable.
    home: &'e dyn Fn(&'static str) -> Result<PathBuf, Error>,
    /// Makes a path absolute.
    absolute: &'e dyn Fn(&Path) -> Result<PathBuf, Error>,
    /// Variables. An empty one is as good as none.
    variable: &'e dyn Fn(&str) -> Option<OsString>,
}

impl Place {
    /// The place that is meant: `config`, which comes from the command line, the variables, or the
    /// platform's.
    pub fn find(config: Option<&Path>, report: &Report) -> Result<Self, Error> {
        for name in VARIABLES
            .iter()
            .chain(&["XDG_CONFIG_HOME", "XDG_CACHE_HOME"])
        {
            report.trace(format_args!("looked at the variable {name}"));
        }
        let (place, why) = Surroundings::here().place(config)?;
        let (config, session) = (place.config.display(), place.session.display());
        report.verbose(format_args!("btp's configuration is `{config}`, {why}"));
        if why != PLATFORM && !file::exists(&place.config)? {
            report.warning(format_args!("there is no `{config}`, {why}"));
        }
        report.verbose(format_args!("its session is `{session}`"));
        Ok(place)
    }

    /// The place that is meant without `--config` and without these variables.
    pub fn without(unset: &[&str]) -> Result<Self, Error> {
        let here = Surroundings {
            variable: &|name| user::variable(name).filter(|_| !unset.contains(&name)),
            ..Surroundings::here()
        };
        Ok(here.place(None)?.0)
    }

    /// The variables that name a configuration. Without the first of them, the next one counts.
    pub fn variables() -> Vec<&'static str> {
        let set = VARIABLES
            .into_iter()
            .filter(|name| user::variable(name).is_some());
        set.collect()
    }

    /// What a session that belongs to this place has for its key, or before a NUL in it. No path has one.
    pub fn key(&self) -> String {
        self.config.to_string_lossy().into_owned()
    }

    /// Whether a session belongs to this place.
    pub fn has(&self, session: &Session) -> bool {
        match &session.kind {
            Kind::Unfinished(file) => *file == self.config,
            _ => session.key.split('\0').next() == Some(&self.key()),
        }
    }

    /// The place of the configuration that btp before 2.14 kept, when this is the platform's.
    pub fn old(&self) -> Result<Option<Self>, Error> {
        let Some(config) = self.old.as_deref() else {
            return Ok(None);
        };
        Ok(Some(Surroundings::here().place(Some(config))?.0))
    }
}

impl Surroundings<'_> {
    /// Those of this process.
    fn here() -> Self {
        Self {
            platform: Platform::HERE,
            home: &user::home,
            absolute: &|path| user::absolute(path),
            variable: &user::variable,
        }
    }

    /// The place that is meant, and why.
    fn place(&self, config: Option<&Path>) -> Result<(Place, String), Error> {
        let given = config.filter(|config| !config.as_os_str().is_empty());
        let named = VARIABLES
            .iter()
            .find_map(|name| Some((PathBuf::from((self.variable)(name)?), *name)));
        let cache = self.directory("XDG_CACHE_HOME", ".cache", "Library/Caches")?;
        let cache = cache.join(".btp");
        let mut old = None;
        let (config, why) = match (given, named) {
            (Some(given), _) => (self.file(given)?, "which `--config` names".to_owned()),
            (None, Some((named, name))) => (self.file(&named)?, format!("which {name} names")),
            (None, None) => {
                old = Some(cache.join("config.json"));
                let directory =
                    self.directory("XDG_CONFIG_HOME", ".config", "Library/Application Support")?;
                let config = directory.join(".btp/config.json");
                (config, PLATFORM.to_owned())
            }
        };
        let hash = hash(&config);
        let place = Place {
            session: cache.join(&hash).join("session"),
            config,
            hash,
            old: old.filter(|_| self.platform == Platform::Linux),
            sessions: cache,
        };
        Ok((place, why))
    }

    /// A directory of the user: that of the variable, on Linux, or one below the home directory. A
    /// relative path in the variable doesn't count, as the XDG specification has it.
    fn directory(&self, variable: &'static str, linux: &str, mac: &str) -> Result<PathBuf, Error> {
        let named = (self.variable)(variable).map(PathBuf::from);
        let named = named.filter(|path| path.is_absolute() && self.platform == Platform::Linux);
        if let Some(named) = named {
            return Ok(named);
        }
        let home = (self.home)("both XDG_CONFIG_HOME and XDG_CACHE_HOME")?;
        let below = match self.platform {
            Platform::Linux => linux,
            Platform::Mac => mac,
        };
        Ok((self.absolute)(&home)?.join(below))
    }

    /// The file that a path means: a directory has `config.json` in it.
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

/// The name of a configuration's session: the first half of the SHA-256 of its absolute path.
fn hash(config: &Path) -> String {
    let digest = Sha256::digest(clean(config).as_bytes());
    let mut name = String::new();
    for byte in &digest[..16] {
        // Writing to a string does not fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// An absolute path without `.`, `..` and slashes that say nothing, by its letters alone: links are not
/// looked at, as Go's `filepath.Clean` does not.
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

    use super::{Platform, Surroundings, clean, hash};

    #[test]
    fn the_name_of_a_session_is_that_of_the_public_code() {
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
    fn each_platform_has_its_places() {
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
            let here = Surroundings {
                platform,
                home: &|_| Ok(PathBuf::from("/home/user")),
                absolute: &|path| Ok(Path::new("/here").join(path)),
                variable: &variable,
            };
            let (place, _) = here.place(Some(Path::new(given))).expect("a place");
            assert_eq!(place.config, PathBuf::from(config));
            let session = format!("{cache}/.btp/{}/session", hash(&place.config));
            assert_eq!(place.session, PathBuf::from(session));
        }
    }
}
