//! `authctl ably accounts`: the accounts of the Ably CLI, on the file that it uses itself.
//!
//! The Ably CLI has no lock. The file is replaced as a whole, under a lock that holds off other
//! authctls, and it is read again under that lock, so that nobody's change is undone.

mod accounts;
mod edit;
mod home;
mod host;
mod logout;
mod removal;
mod revoke;
mod roots;
mod show;
mod sign_out;
mod survey;
mod tokens;

pub use logout::logout;
pub use show::{current, list, switch};
pub use sign_out::sign_out;
pub use survey::look;

use std::fmt::Display;
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
        let named = match (name, &accounts.current) {
            (Some(name), _) => accounts.by_name(name),
            (None, Some(current)) => accounts.by_alias(current).into_iter().collect(),
            (None, None) => Vec::new(),
        };
        let message = match (named.as_slice(), name, &accounts.current) {
            ([account], _, _) => return Ok(account),
            ([_, ..], Some(id), _) => return Err(ambiguous(id, &named, &file)),
            _ if accounts.list.is_empty() => {
                return Err(Missing {
                    message: format!("there is no Ably account in {file}"),
                    help: "`ably accounts login` logs in to one".to_owned(),
                });
            }
            (_, Some(name), _) => {
                format!(
                    "no Ably account has the alias or ID `{}` in {file}",
                    plain(name)
                )
            }
            (_, None, Some(current)) => {
                format!(
                    "the current Ably account `{}` is not in {file}",
                    plain(current)
                )
            }
            (_, None, None) => format!("no Ably account is selected in {file}"),
        };
        let aliases = names(&accounts.aliases());
        let help = match name {
            Some(_) => {
                format!("name one of {aliases}; `authctl ably accounts list` shows more about them")
            }
            None => format!("`authctl ably accounts switch ALIAS` selects one of {aliases}"),
        };
        Err(Missing { message, help })
    }
}

/// Why an ID doesn't tell which account is meant.
fn ambiguous(id: &str, named: &[&Account], file: &impl Display) -> Missing {
    let aliases: Vec<String> = named.iter().map(|account| account.alias.clone()).collect();
    Missing {
        message: format!(
            "{} Ably accounts have the ID `{}` in {file}; nothing changed",
            aliases.len(),
            plain(id)
        ),
        help: format!("name one by its alias: {}", names(&aliases)),
    }
}

/// Why it is not known which account is meant, and what the user can do.
struct Missing {
    /// Why.
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
