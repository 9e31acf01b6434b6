//! Where the Ably CLI keeps its configuration, and what else signs it in.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::error::Error;
use crate::file;
use crate::report::Report;
use crate::session::expiry;
use crate::user;

/// The variable that names the directory.
pub const DIRECTORY: &str = "ABLY_CLI_CONFIG_DIR";

/// The variable that the Ably CLI takes before the tokens of all accounts.
pub const ACCESS_TOKEN: &str = "ABLY_ACCESS_TOKEN";

/// The variables that the Ably CLI takes before its configuration, and what each holds.
const VARIABLES: [(&str, &str); 3] = [
    (ACCESS_TOKEN, "an access token"),
    ("ABLY_TOKEN", "a token"),
    ("ABLY_API_KEY", "an API key"),
];

/// The file with the accounts, which need not exist: `config` in the directory that
/// `ABLY_CLI_CONFIG_DIR` names, relative to the current one, unless that is unset or empty; else in
/// `.ably` in the home directory.
pub fn path(report: &Report) -> Result<PathBuf, Error> {
    let directory = match user::variable(DIRECTORY) {
        Some(directory) => user::absolute(directory)?,
        None => user::absolute(user::home(DIRECTORY)?)?.join(".ably"),
    };
    let file = directory.join("config");
    report.verbose(format_args!("Ably's configuration is `{}`", file.display()));
    Ok(file)
}

/// The file that counts without the variable, where it is another. It need not exist.
pub fn elsewhere(file: &Path) -> Option<PathBuf> {
    let other = user::home(DIRECTORY).ok()?.join(".ably/config");
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    (real(&other) != real(file)).then_some(other)
}

/// Says when a directory is named that has no configuration: that may be an error.
pub fn warn_if_missing(file: &Path, report: &Report) -> Result<(), Error> {
    if user::variable(DIRECTORY).is_some() && !file::exists(file)? {
        report.warning(format_args!(
            "there is no `{}`, which {DIRECTORY} names",
            file.display()
        ));
    }
    Ok(())
}

/// A variable that signs the Ably CLI in, whatever the file says.
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub what: &'static str,
    /// When that ends, where it tells.
    pub until: Option<Timestamp>,
}

/// The variables of this kind that are set.
pub fn variables(report: &Report) -> Vec<Variable> {
    let mut variables = Vec::new();
    for (name, what) in VARIABLES {
        report.trace(format_args!("looked at the variable {name}"));
        if let Some(value) = user::variable(name) {
            let until = value.to_str().and_then(expiry);
            variables.push(Variable { name, what, until });
        }
    }
    variables
}

/// All of them, set or not.
pub fn variable_names() -> impl Iterator<Item = &'static str> {
    VARIABLES.into_iter().map(|(name, _)| name)
}
