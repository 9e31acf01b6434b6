//! The location of the Ably CLI's configuration, and the variables that sign it in.

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

/// The variable with a token that the Ably CLI prefers to the tokens of all accounts.
pub const ACCESS_TOKEN: &str = "ABLY_ACCESS_TOKEN";

/// The variables that the Ably CLI prefers to its configuration, and what each contains.
const VARIABLES: [(&str, &str); 3] = [
    (ACCESS_TOKEN, "an access token"),
    ("ABLY_TOKEN", "a token"),
    ("ABLY_API_KEY", "an API key"),
];

/// The path of the file with the accounts, which may not exist. It is `config` in the directory that
/// `ABLY_CLI_CONFIG_DIR` names, or if that is unset or empty, in `.ably` in the home directory.
pub fn path(report: &Report) -> Result<PathBuf, Error> {
    let directory = match user::variable(DIRECTORY) {
        Some(directory) => user::absolute(directory)?,
        None => user::absolute(user::home(DIRECTORY)?)?.join(".ably"),
    };
    let file = directory.join("config");
    report.verbose(format_args!("Ably's configuration is `{}`", file.display()));
    Ok(file)
}

/// The path of the file that is used without the variable, if it is a different one. It may not exist.
pub fn elsewhere(file: &Path) -> Option<PathBuf> {
    let other = user::home(DIRECTORY).ok()?.join(".ably/config");
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    (real(&other) != real(file)).then_some(other)
}

/// Warns if the variable names a directory without a configuration, which may be an error.
pub fn warn_if_missing(file: &Path, report: &Report) -> Result<(), Error> {
    if user::variable(DIRECTORY).is_some() && !file::exists(file)? {
        report.warning(format_args!(
            "`{}`, in the directory that {DIRECTORY} names, doesn't exist",
            file.display()
        ));
    }
    Ok(())
}

/// A variable that signs the Ably CLI in, regardless of the file.
pub struct Variable {
    /// The name of the variable.
    pub name: &'static str,
    /// What it contains.
    pub what: &'static str,
    /// When its token ends, if the token has this information.
    pub until: Option<Timestamp>,
}

/// The variables that are set.
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

/// The names of all variables, whether they are set or not.
pub fn variable_names() -> impl Iterator<Item = &'static str> {
    VARIABLES.into_iter().map(|(name, _)| name)
}
