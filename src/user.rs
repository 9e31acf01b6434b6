//! The user's directories and variables, and how a path is shown to them.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The home directory: `HOME`, or where that is unset or empty what the password database has, as for
/// cargo and for Node. `variable` is what the error suggests to set instead.
pub fn home(variable: &'static str) -> Result<PathBuf, Error> {
    known_home().ok_or(Error::NoHome { variable })
}

/// The same, where there need not be one.
fn known_home() -> Option<PathBuf> {
    // The function was deprecated for what it did on Windows, until Rust 1.87.
    #[allow(deprecated)]
    env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

/// A path as it is used: a relative one is below the current directory, which only then has to exist.
pub fn absolute(path: impl Into<PathBuf>) -> Result<PathBuf, Error> {
    let path = path.into();
    match path.is_absolute() {
        true => Ok(path),
        false => Ok(env::current_dir().map_err(Error::NoCurrentDir)?.join(path)),
    }
}

/// A variable, unless it is empty.
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// A path with `~` for the home directory.
pub fn tilde(path: &Path) -> String {
    let home = known_home();
    let below = home.as_ref().and_then(|home| path.strip_prefix(home).ok());
    match below {
        Some(below) => format!("~/{}", below.display()),
        None => path.display().to_string(),
    }
}

/// A text as one word of a shell, or as a path that begins with `~/`.
pub fn shell_word(text: &str) -> String {
    let is_safe = |c: char| c.is_alphanumeric() || "/._-~+,:@%".contains(c);
    let (home, rest) = match text.strip_prefix("~/") {
        Some(rest) => ("~/", rest),
        None => ("", text),
    };
    match rest.chars().all(is_safe) {
        true => text.to_owned(),
        false => format!("{home}'{}'", rest.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn a_path_is_one_word() {
        for (text, word) in [
            ("~/.ably/config", "~/.ably/config"),
            ("/a b/c", "'/a b/c'"),
            ("~/it's", "~/'it'\\''s'"),
            ("/$(x)", "'/$(x)'"),
        ] {
            assert_eq!(shell_word(text), word);
        }
    }
}
