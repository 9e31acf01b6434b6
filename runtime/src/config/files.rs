//! Where configuration files lie, and what is in them.

use std::env;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::Config;

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

impl Config {
    /// The place of a file, whether it is there or not; nothing when the program has none of this
    /// level, or when nobody knows where it would be.
    pub(crate) fn place(&self, level: Level) -> Option<PathBuf> {
        match level {
            Level::Project => self.project.and_then(project),
            Level::User => Some(user_folder()?.join(self.user?)),
            Level::System => self.system.and_then(|name| {
                let folders = system_folders();
                let places = folders.iter().map(|folder| folder.join(name));
                first_that_exists(places).or(Some(folders.first()?.join(name)))
            }),
        }
    }
}

/// In the current folder, or the nearest above it that has the file.
fn project(name: &str) -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    let places = here.ancestors().map(|folder| folder.join(name));
    first_that_exists(places).or_else(|| Some(here.join(name)))
}

fn first_that_exists(mut places: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    // What can't be looked at is there, too: reading it says what is wrong.
    places.find(|place| place.symlink_metadata().is_ok())
}

fn user_folder() -> Option<PathBuf> {
    let folder = if cfg!(windows) {
        etcetera::base_strategy::Windows::new().ok()?.config_dir()
    } else if cfg!(target_os = "macos") && env::var_os("XDG_CONFIG_HOME").is_none() {
        etcetera::base_strategy::Apple::new().ok()?.data_dir()
    } else {
        etcetera::base_strategy::Xdg::new().ok()?.config_dir()
    };
    // Without a home, its place would be taken from the current folder.
    folder.is_absolute().then_some(folder)
}

fn system_folders() -> Vec<PathBuf> {
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

/// The text of a file; nothing when there is none.
///
/// # Errors
///
/// Why it can't be read, as the end of a sentence that begins with its path.
pub(crate) fn read(path: &Path) -> Result<Option<String>, String> {
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if is_absence(error.kind()) => return Ok(None),
        Err(error) => return Err(format!("can't be read: {error}")),
    };
    if found.is_dir() {
        return Err("is a folder, not a file".to_owned());
    }
    if !found.is_file() {
        // Reading a pipe might never end.
        return Err("is not a file".to_owned());
    }
    let too_large = || format!("is larger than {} KiB", LARGEST >> 10);
    if found.len() > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    match read {
        Ok(length) if length as u64 > LARGEST => return Err(too_large()),
        Ok(_) => {}
        Err(error) => return Err(format!("can't be read: {error}")),
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        format!("is not UTF-8 text: line {line}")
    })
}

fn is_absence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}
