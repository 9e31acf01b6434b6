//! Where cargo keeps things: its home folder and the file with the tokens.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::report::Report;

/// The folders that everything else is found from.
#[derive(Clone, Debug)]
pub struct Home {
    /// The current folder.
    pub current: PathBuf,
    /// Cargo's home folder. It need not exist.
    pub cargo: PathBuf,
}

impl Home {
    /// Finds the folders as cargo does: `CARGO_HOME`, relative to the current folder, unless it
    /// is unset or empty; else `.cargo` in the home folder.
    pub fn find(report: &Report) -> Result<Self, Error> {
        let current = env::current_dir().map_err(Error::NoCurrentDir)?;
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        let cargo = match set("CARGO_HOME") {
            Some(home) => current.join(home),
            None => current
                .join(set("HOME").ok_or(Error::NoHome {
                    variable: "CARGO_HOME",
                })?)
                .join(".cargo"),
        };
        report.trace(format_args!("cargo's home is `{}`", cargo.display()));
        Ok(Self { current, cargo })
    }

    /// The file that cargo keeps tokens in, which need not exist.
    ///
    /// Cargo before 1.39 called it `credentials`; when that name is there cargo still uses it.
    /// Both names are fine when one is a link to the other.
    pub fn credentials(&self, report: &Report) -> PathBuf {
        let legacy = self.cargo.join("credentials");
        let current = self.cargo.join("credentials.toml");
        if !legacy.exists() {
            return current;
        }
        if let Some(unused) = self.unused() {
            report.warning(format_args!(
                "both `{}` and `{}` exist; cargo uses the first, and so does authctl",
                legacy.display(),
                unused.display()
            ));
        }
        legacy
    }

    /// The other of the two, when both are there: cargo does not use it.
    pub fn unused(&self) -> Option<PathBuf> {
        let legacy = self.cargo.join("credentials");
        let current = self.cargo.join("credentials.toml");
        let both = legacy.exists() && current.exists() && !same_file(&legacy, &current);
        both.then_some(current)
    }
}

/// Whether two paths lead to one file.
fn same_file(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => one.dev() == other.dev() && one.ino() == other.ino(),
        _ => false,
    }
}
