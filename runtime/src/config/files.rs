//! Locating and reading configuration files.

use std::env;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::{Config, owner};

/// The maximum size of a configuration file, in bytes. A larger file is probably something else.
const MAX_SIZE: u64 = 1 << 20;

/// The level of a configuration file. The files of earlier levels take precedence.
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
    /// Returns the path of a file, which need not exist. Returns `None` if the program has no file of
    /// this level, or if its directory can't be determined.
    pub(crate) fn path(&self, level: Level) -> Option<PathBuf> {
        match level {
            Level::Project => self.files.project.and_then(project),
            Level::User => Some(user_directory()?.join(self.files.user?)),
            Level::System => self.files.system.and_then(|name| {
                let directories = system_directories();
                let paths = directories.iter().map(|directory| directory.join(name));
                first_existing(paths).or(Some(directories.first()?.join(name)))
            }),
        }
    }
}

/// Returns the path in the current directory, or in the nearest parent directory that has the file.
fn project(name: &str) -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    let paths = here.ancestors().map(|directory| directory.join(name));
    first_existing(paths).or_else(|| Some(here.join(name)))
}

fn first_existing(mut paths: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    // A file counts even if it can't be read; reading it reports the problem.
    paths.find(|path| path.symlink_metadata().is_ok())
}

fn user_directory() -> Option<PathBuf> {
    let directory = if cfg!(windows) {
        etcetera::base_strategy::Windows::new().ok()?.config_dir()
    } else if cfg!(target_os = "macos") && env::var_os("XDG_CONFIG_HOME").is_none() {
        etcetera::base_strategy::Apple::new().ok()?.data_dir()
    } else {
        etcetera::base_strategy::Xdg::new().ok()?.config_dir()
    };
    // Without a home directory, the path could be relative to the current directory.
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

/// What `config explain` shows for a file that can't be read.
pub(crate) const UNREADABLE: &str = "unreadable";

/// The reason why a file is not used.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// It can't be read. The message says why.
    Unreadable(String),
    /// Other users control its contents. The message says why, and how to fix that.
    Untrusted(String),
}

impl Refusal {
    /// Returns what `config explain` shows for the file.
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
            Self::Unreadable(why) => f.write_str(why),
            Self::Untrusted(why) => write!(f, "the file is ignored: {why}"),
        }
    }
}

/// Reads the text of a file, or returns `None` if it doesn't exist.
pub(crate) fn read(path: &Path) -> Result<Option<String>, Refusal> {
    let unreadable =
        |error: io::Error| Refusal::Unreadable(format!("the file can't be read: {error}"));
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if is_absence(error.kind()) => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    // The owner is checked first: a file of another user is ignored, whatever else is wrong with it.
    owner::check_links(path)?;
    owner::check(&found, path)?;
    if found.is_dir() {
        return Err(Refusal::Unreadable(
            "expected a file, found a directory".to_owned(),
        ));
    }
    if !found.is_file() {
        // Reading a pipe might block forever.
        return Err(Refusal::Unreadable("expected a regular file".to_owned()));
    }
    let file = File::open(path).map_err(unreadable)?;
    // The file may have been replaced since the first check.
    owner::check(&file.metadata().map_err(unreadable)?, path)?;
    let mut bytes = Vec::new();
    let read = file.take(MAX_SIZE + 1).read_to_end(&mut bytes);
    if read.map_err(unreadable)? as u64 > MAX_SIZE {
        let why = format!("the file is larger than {} KiB", MAX_SIZE >> 10);
        return Err(Refusal::Unreadable(why));
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        Refusal::Unreadable(format!("line {line} is not valid UTF-8"))
    })
}

fn is_absence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}
