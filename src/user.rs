//! The directories and variables of the user, and how paths are shown.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Returns the home directory: `HOME`, or if that is unset or empty, the one in the password database.
/// Cargo and Node do the same. If there is none, the error suggests setting `variable` instead.
pub fn home(variable: &'static str) -> Result<PathBuf, Error> {
    known_home().ok_or(Error::NoHome { variable })
}

/// Returns the home directory, if there is one.
fn known_home() -> Option<PathBuf> {
    // Until Rust 1.87, the function was deprecated because of its behavior on Windows.
    #[allow(deprecated)]
    env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

/// Makes a path absolute. The current directory has to exist only if the path is relative.
pub fn absolute(path: impl Into<PathBuf>) -> Result<PathBuf, Error> {
    let path = path.into();
    match path.is_absolute() {
        true => Ok(path),
        false => Ok(env::current_dir().map_err(Error::NoCurrentDir)?.join(path)),
    }
}

/// Returns an environment variable, unless it is unset or empty.
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// Shows a path, with `~` for the home directory.
pub fn tilde(path: &Path) -> String {
    let home = known_home();
    let below = home.as_ref().and_then(|home| path.strip_prefix(home).ok());
    match below {
        Some(below) => format!("~/{}", below.display()),
        None => path.display().to_string(),
    }
}

/// Quotes a string as one shell word. A `~/` at its start is not quoted.
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
