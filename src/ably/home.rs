//! Where the Ably CLI keeps its configuration, and what else signs it in.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::file;
use crate::report::Report;

/// The variable that names the folder.
const FOLDER: &str = "ABLY_CLI_CONFIG_DIR";

/// The variable that the Ably CLI takes before the tokens of all accounts.
pub const ACCESS_TOKEN: &str = "ABLY_ACCESS_TOKEN";

/// The variables that the Ably CLI takes before its configuration, and what each holds.
const VARIABLES: [(&str, &str); 3] = [
    (ACCESS_TOKEN, "an access token"),
    ("ABLY_TOKEN", "a token"),
    ("ABLY_API_KEY", "an API key"),
];

/// The file with the accounts, which need not exist: `config` in the folder that
/// `ABLY_CLI_CONFIG_DIR` names, relative to the current one, unless that is unset or empty; else in
/// `.ably` in the home folder.
pub fn path(report: &Report) -> Result<PathBuf, Error> {
    let current = env::current_dir().map_err(Error::NoCurrentDir)?;
    let folder = match set(FOLDER) {
        Some(folder) => current.join(folder),
        None => current
            .join(set("HOME").ok_or(Error::NoHome { variable: FOLDER })?)
            .join(".ably"),
    };
    let file = folder.join("config");
    report.verbose(format_args!("Ably's configuration is `{}`", file.display()));
    Ok(file)
}

/// Says when a folder is named that has no configuration: that may be a mistake.
pub fn warn_if_missing(file: &Path, report: &Report) -> Result<(), Error> {
    if set(FOLDER).is_some() && !file::exists(file)? {
        report.warning(format_args!(
            "there is no `{}`, where {FOLDER} leads",
            file.display()
        ));
    }
    Ok(())
}

/// The variables that are set and sign the Ably CLI in whatever the file says: name and content.
pub fn variables(report: &Report) -> Vec<(&'static str, &'static str)> {
    for (name, _) in VARIABLES {
        report.trace(format_args!("looked at the variable {name}"));
    }
    let is_set = |(name, _): &(&str, &str)| set(name).is_some();
    VARIABLES.into_iter().filter(is_set).collect()
}

/// A variable, unless it is empty.
fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}
