//! Where configuration files lie, and what is in them.

use std::env;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::{Config, owner};

/// The most bytes of a configuration file. Nobody writes so many; a larger one is something else.
const LARGEST: u64 = 1 << 20;

/// Whose file it is, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Project,
    User,
    System,
}

impl Level {
    pub(crate) const ALL: [Self; 3] = [Self::Project, Self::User, Self::System];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::User => "user",
            Self::System => "system",
        }
    }
}

impl Config<'_> {
    /// The place of a file, whether it is there or not; nothing when the program has none of this
    /// level, or when nobody knows where it would be.
    pub(crate) fn place(&self, level: Level) -> Option<PathBuf> {
        match level {
            Level::Project => self.files.project.and_then(project),
            Level::User => Some(user_directory()?.join(self.files.user?)),
            Level::System => self.files.system.and_then(|name| {
                let directories = system_directories();
                let places = directories.iter().map(|directory| directory.join(name));
                first_that_exists(places).or(Some(directories.first()?.join(name)))
            }),
        }
    }
}

/// In the current directory, or the nearest above it that has the file.
fn project(name: &str) -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    let places = here.ancestors().map(|directory| directory.join(name));
    first_that_exists(places).or_else(|| Some(here.join(name)))
}

fn first_that_exists(mut places: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    // What can't be looked at is there, too: reading it says what is wrong.
    places.find(|place| place.symlink_metadata().is_ok())
}

fn user_directory() -> Option<PathBuf> {
    let directory = if cfg!(windows) {
        etcetera::base_strategy::Windows::new().ok()?.config_dir()
    } else if cfg!(target_os = "macos") && env::var_os("XDG_CONFIG_HOME").is_none() {
        etcetera::base_strategy::Apple::new().ok()?.data_dir()
    } else {
        etcetera::base_strategy::Xdg::new().ok()?.config_dir()
    };
    // Without a home, its place would be taken from the current directory.
    directory.is_absolute().then_some(directory)
}

fn system_directories() -> Vec<PathBuf> {
    if cfg!(windows) {
        return env::var_os("PROGRAMDATA")
            .into_iter()
            .map(PathBuf::from)
            .collect();
    }
    let listed = env::var_os("XDG_CONFIG_DIRS").filter(|list| !list.is_empty());
    match listed {
        Some(list) => env::split_paths(&list)
            .filter(|path| path.is_absolute())
            .collect(),
        None if cfg!(target_os = "macos") => vec!["/Library/Application Support".into()],
        None => vec!["/etc/xdg".into()],
    }
}

/// What `config explain` says of a file that can't be read.
pub(crate) const UNREADABLE: &str = "unreadable";

/// Why a file has no values.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// It can't be read: the end of a sentence that begins with its path.
    Unreadable(String),
    /// Somebody else decides what is in it: why that is so, and what to do.
    Untrusted(String),
}

impl Refusal {
    /// The word that `config explain` has for it.
    pub(crate) fn state(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => UNREADABLE,
            Self::Untrusted(_) => "ignored",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "the file {why}"),
            Self::Untrusted(why) => write!(f, "the file is ignored: {why}"),
        }
    }
}

/// The text of a file; `None` when it doesn't exist.
pub(crate) fn read(path: &Path) -> Result<Option<String>, Refusal> {
    let unreadable = |error: io::Error| Refusal::Unreadable(format!("can't be read: {error}"));
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if is_absence(error.kind()) => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    // Nobody else's file hinders, whatever it is.
    owner::check_links(path)?;
    owner::check(&found, path)?;
    if found.is_dir() {
        return Err(Refusal::Unreadable("is a directory, not a file".to_owned()));
    }
    if !found.is_file() {
        // Reading a pipe might never end.
        return Err(Refusal::Unreadable("is not a regular file".to_owned()));
    }
    let file = File::open(path).map_err(unreadable)?;
    // It may have been replaced since.
    owner::check(&file.metadata().map_err(unreadable)?, path)?;
    let mut bytes = Vec::new();
    let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
    if read.map_err(unreadable)? as u64 > LARGEST {
        let why = format!("is larger than {} KiB", LARGEST >> 10);
        return Err(Refusal::Unreadable(why));
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        Refusal::Unreadable(format!("is not UTF-8 text: line {line}"))
    })
}

fn is_absence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}
