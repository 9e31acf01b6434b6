//! `authctl ably accounts`: the accounts of the Ably CLI, on the file that it uses itself.
//!
//! The Ably CLI has no lock. The file is replaced as a whole, under a lock that holds off other
//! authctls, and it is read again under that lock, so that nobody's change is undone.

mod accounts;
mod all;
mod edit;
mod home;
mod host;
mod logout;
mod removal;
mod revoke;
mod show;
mod tokens;
mod trust;

pub use all::{sessions, sign_out};
pub use logout::logout;
pub use show::{current, list, switch};

use std::path::{Path, PathBuf};

use clapspec_runtime::{Exit, Failure};

use self::accounts::{Account, Accounts};
use crate::error::{Error, plain};
use crate::file;
use crate::report::Report;

/// How many accounts a message names.
const NAMED: usize = 8;

/// The file and what is in it.
#[derive(Debug)]
struct Config {
    /// Its path.
    path: PathBuf,
    /// What it says; nothing when it is not there.
    accounts: Accounts,
}

impl Config {
    /// Finds and reads the file.
    fn load(report: &Report) -> Result<Self, Error> {
        let path = home::path(report)?;
        home::warn_if_missing(&path, report)?;
        let accounts = read(&path, report)?;
        Ok(Self { path, accounts })
    }

    /// The account that is meant: by alias or ID, or the current one.
    fn find(&self, name: Option<&str>) -> Result<&Account, Missing> {
        let accounts = &self.accounts;
        let file = self.path.display();
        let (found, message) = match (name, &accounts.current) {
            (Some(name), _) => (
                accounts.by_name(name),
                format!(
                    "no Ably account has the alias or ID `{}` in {file}",
                    plain(name)
                ),
            ),
            (None, Some(current)) => (
                accounts.by_alias(current),
                format!(
                    "the current Ably account `{}` is not in {file}",
                    plain(current)
                ),
            ),
            (None, None) => (None, format!("no Ably account is selected in {file}")),
        };
        found.ok_or_else(|| match accounts.list.is_empty() {
            true => Missing {
                message: format!("there is no Ably account in {file}"),
                help: "`ably accounts login` logs in to one".to_owned(),
            },
            false => Missing {
                message,
                help: match name {
                    Some(_) => format!(
                        "name one of {}; `authctl ably accounts list` shows more about them",
                        names(&accounts.aliases())
                    ),
                    None => format!(
                        "`authctl ably accounts switch` selects one of {}",
                        names(&accounts.aliases())
                    ),
                },
            },
        })
    }
}

/// Why there is no account, and what the user can do.
struct Missing {
    /// What is missing.
    message: String,
    /// What to do.
    help: String,
}

impl Missing {
    /// The failure of a command, with its exit code for this.
    fn failure<C: Exit>(self, exit: C) -> Failure<C> {
        Failure::new(exit, self.message).help(self.help)
    }
}

/// The accounts of a file, which need not be there.
fn read(path: &Path, report: &Report) -> Result<Accounts, Error> {
    match file::read(path, report)? {
        Some(text) => Accounts::read(&text, path),
        None => {
            report.verbose(format_args!("there is no `{}`", path.display()));
            Ok(Accounts::default())
        }
    }
}

/// Aliases for a message.
fn names(aliases: &[String]) -> String {
    let named = aliases.iter().take(NAMED);
    let mut text: Vec<String> = named.map(|alias| format!("`{}`", plain(alias))).collect();
    if aliases.len() > NAMED {
        text.push(format!("{} more", aliases.len() - NAMED));
    }
    text.join(", ")
}
