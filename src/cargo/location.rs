//! The location of cargo's home directory, and of the files with tokens in it.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::report::Report;
use crate::user;

/// The variable that names cargo's home directory.
pub const CARGO_HOME: &str = "CARGO_HOME";

/// The directories from which all files are found.
#[derive(Clone, Debug)]
pub struct Home {
    /// The current directory, which may no longer exist.
    pub current: Option<PathBuf>,
    /// Cargo's home directory, which may not exist.
    pub cargo: PathBuf,
}

impl Home {
    /// Finds the directories as cargo does. Cargo's home is `CARGO_HOME`, or if that is unset or empty,
    /// `.cargo` in the home directory.
    pub fn find(report: &Report) -> Result<Self, Error> {
        let cargo = match user::variable(CARGO_HOME) {
            Some(home) => user::absolute(home)?,
            None => user::absolute(user::home(CARGO_HOME)?)?.join(".cargo"),
        };
        report.trace(format_args!("cargo's home is `{}`", cargo.display()));
        let current = env::current_dir().ok();
        Ok(Self { current, cargo })
    }

    /// The file in which cargo keeps tokens, which may not exist.
    ///
    /// Before 1.39, its name was `credentials`. If a file with that name exists, cargo still uses it.
    /// One of the two may be a link to the other.
    pub fn credentials(&self) -> PathBuf {
        let [legacy, current] = self.names();
        if legacy.exists() { legacy } else { current }
    }

    /// The file that cargo doesn't use, if files with both names exist.
    pub fn unused(&self) -> Option<PathBuf> {
        let [legacy, current] = self.names();
        let both = legacy.exists() && current.exists() && !same_file(&legacy, &current);
        both.then_some(current)
    }

    /// The files with the old and the current name.
    pub fn names(&self) -> [PathBuf; 2] {
        names(&self.cargo)
    }

    /// The files in the directory that cargo would use without the variable `CARGO_HOME`, if it is a
    /// different one. They may not exist.
    pub fn elsewhere(&self) -> Vec<PathBuf> {
        let Ok(home) = user::home(CARGO_HOME) else {
            return Vec::new();
        };
        let ours = self.names();
        let is_ours = |path: &PathBuf| {
            ours.iter()
                .any(|ours| ours == path || same_file(ours, path))
        };
        let mut files = names(&home.join(".cargo")).to_vec();
        files.retain(|path| !is_ours(path));
        files
    }
}

/// The files with the old and the current name in a directory.
fn names(directory: &Path) -> [PathBuf; 2] {
    ["credentials", "credentials.toml"].map(|name| directory.join(name))
}

/// Whether two paths lead to the same file.
fn same_file(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => one.dev() == other.dev() && one.ino() == other.ino(),
        _ => false,
    }
}
