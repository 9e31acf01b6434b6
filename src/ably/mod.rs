//! `authctl ably accounts`: the accounts of the Ably CLI, in the file that it uses itself.
//!
//! The Ably CLI doesn't use locks. The file is replaced as a whole, under a lock that stops other runs
//! of authctl. It is read again under that lock, so that changes of other programs aren't lost.

mod accounts;
mod edit;
mod host;
mod known;
mod location;
mod logout;
mod remove;
mod revoke;
mod roots;
mod show;
mod sign_out;
mod survey;
mod tokens;

pub use known::known;
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

/// The most accounts that a message names.
const NAMED: usize = 8;

/// The configuration file and its content.
#[derive(Debug)]
struct Config {
    /// The path of the file.
    path: PathBuf,
    /// The content, which is empty if the file doesn't exist.
    accounts: Accounts,
}

impl Config {
    /// Finds and reads the file.
    fn load(report: &Report) -> Result<Self, Error> {
        let path = location::path(report)?;
        location::warn_if_missing(&path, report)?;
        let accounts = read(&path, report)?;
        Ok(Self { path, accounts })
    }

    /// Returns the account with this alias or ID, or without a name, the current account.
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
                    help: "run `ably accounts login` to log in to one".to_owned(),
                });
            }
            (_, Some(name), _) => {
                format!(
                    "no Ably account in {file} has the alias or ID `{}`",
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
                format!("use one of {aliases}; run `authctl ably accounts list` to see details")
            }
            None => format!("run `authctl ably accounts switch ALIAS` to select one of {aliases}"),
        };
        Err(Missing { message, help })
    }
}

/// The error for an ID that several accounts have.
fn ambiguous(id: &str, named: &[&Account], file: &impl Display) -> Missing {
    let aliases: Vec<String> = named.iter().map(|account| account.alias.clone()).collect();
    Missing {
        message: format!(
            "{} Ably accounts in {file} have the ID `{}`; nothing changed",
            aliases.len(),
            plain(id)
        ),
        help: format!("use an alias instead: {}", names(&aliases)),
    }
}

/// The error if there is no account to use.
struct Missing {
    /// The message.
    message: String,
    /// What the user can do.
    help: String,
}

impl Missing {
    /// Converts the error to the failure of a command, with this exit code.
    fn failure<C: Exit>(self, exit: C) -> Failure<C> {
        Failure::new(exit, self.message).help(self.help)
    }
}

/// Reads the accounts of a file, which doesn't have to exist.
fn read(path: &Path, report: &Report) -> Result<Accounts, Error> {
    match file::read(path, report)? {
        Some(text) => Accounts::read(&text, path),
        None => {
            report.verbose(format_args!("`{}` doesn't exist", path.display()));
            Ok(Accounts::default())
        }
    }
}

/// Lists aliases for a message.
fn names(aliases: &[String]) -> String {
    let named = aliases.iter().take(NAMED);
    let mut text: Vec<String> = named.map(|alias| format!("`{}`", plain(alias))).collect();
    if aliases.len() > NAMED {
        text.push(format!("{} more", aliases.len() - NAMED));
    }
    text.join(", ")
}
