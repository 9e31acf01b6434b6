//! `authctl btp`: the session of SAP's command-line tool btp, in the files that it uses itself.
//!
//! SAP documents the location of the configuration, and the purpose of a logout. The location of the
//! session and the name of its directory are those that SAP's Terraform provider reads. No server is
//! contacted.

mod config;
mod json;
mod location;
mod logout;
mod status;
mod survey;

pub use logout::{logout, sign_out};
pub use status::status;
pub use survey::look;

use self::config::Config;
use self::location::{Location, Platform};
use crate::error::Error;
use crate::file;
use crate::report::Report;
use crate::session::Session;

/// Returns what was found, if everything could be read.
fn complete((found, problems): (Found, Vec<Error>)) -> Result<Found, Error> {
    problems.into_iter().next().map_or(Ok(found), Err)
}

/// The placeholder for the user, if the configuration doesn't name one.
const UNKNOWN: &str = "(unknown user)";

/// The content of a location.
#[derive(Clone, Debug)]
struct Found {
    /// The location.
    location: Location,
    /// The content of the configuration.
    config: Config,
    /// The size of the session file in bytes, if it exists.
    session: Option<u64>,
}

impl Found {
    /// Reads both files.
    fn look(location: Location, report: &Report) -> Result<Self, Error> {
        complete(Self::each(location, report))
    }

    /// Reads both files, even if one of them has an error, and returns the errors.
    fn each(location: Location, report: &Report) -> (Self, Vec<Error>) {
        let text = file::read(&location.config, report).map(|text| {
            if text.is_none() {
                report.verbose(format_args!(
                    "`{}` doesn't exist",
                    location.config.display()
                ));
            }
            text.unwrap_or_default()
        });
        Self::of(location, text)
    }

    /// Uses this text of the configuration, which is empty if the file doesn't exist.
    fn of(location: Location, text: Result<String, Error>) -> (Self, Vec<Error>) {
        let mut problems = Vec::new();
        let config = text.and_then(|text| Config::parse(&text, &location.config));
        let config = config.unwrap_or_else(|error| {
            problems.push(error);
            Config::default()
        });
        let session = file::size(&location.session).unwrap_or_else(|error| {
            problems.push(error);
            None
        });
        let found = Self {
            location,
            config,
            session,
        };
        (found, problems)
    }

    /// Whether there is something for a logout to remove.
    fn is_something(&self) -> bool {
        self.session.is_some() || self.config.has_user_data()
    }

    /// The name of the user.
    fn user(&self) -> String {
        self.config
            .user
            .clone()
            .unwrap_or_else(|| UNKNOWN.to_owned())
    }

    /// Whether the session may be in the keychain, which authctl doesn't open.
    fn may_be_in_keychain(&self) -> bool {
        may_be_in_keychain(Platform::HERE, &self.config)
    }

    /// The sessions in this location, and other data of users.
    fn sessions(&self) -> Vec<Session> {
        survey::of_location(self)
    }
}

/// Whether btp may keep the session in the keychain. It does so on macOS, unless a setting disables
/// that. Without user data, there is no session.
fn may_be_in_keychain(platform: Platform, config: &Config) -> bool {
    platform == Platform::Mac && config.secure_store && config.has_user_data()
}

/// The location of the configuration of btp before 2.14, if something is left there.
fn old(location: &Location, report: &Report) -> Result<Option<Found>, Error> {
    let Some(old) = location.old()? else {
        return Ok(None);
    };
    let found = Found::look(old, report)?;
    Ok((!found.sessions().is_empty()).then_some(found))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::config::Config;
    use super::location::Platform;
    use super::may_be_in_keychain;

    #[test]
    fn only_macos_has_a_keychain() {
        let secure = "{\"UserName\":\"ann\"}";
        let file = "{\"UserName\":\"ann\",\"Settings\":{\"login.securestore\":\"false\"}}";
        for (platform, text, expected) in [
            (Platform::Mac, secure, true),
            (Platform::Mac, file, false),
            (Platform::Mac, "{}", false),
            (Platform::Linux, secure, false),
        ] {
            let config = Config::parse(text, Path::new("config.json")).expect("a file");
            assert_eq!(may_be_in_keychain(platform, &config), expected, "{text}");
        }
    }
}
