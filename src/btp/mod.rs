//! `authctl btp`: the session of SAP's command-line tool btp, on the files that it uses itself.
//!
//! SAP documents where the configuration is and what a logout is for. Where the session is, and how its
//! directory is named, is what SAP's Terraform provider reads. No server is contacted.

mod config;
mod json;
mod logout;
mod place;
mod status;
mod survey;

pub use logout::{logout, sign_out};
pub use status::status;
pub use survey::look;

use self::config::Config;
use self::place::{Place, Platform};
use crate::error::Error;
use crate::file;
use crate::report::Report;
use crate::session::Session;

/// What was found, if all could be looked at.
fn complete((found, problems): (Found, Vec<Error>)) -> Result<Found, Error> {
    problems.into_iter().next().map_or(Ok(found), Err)
}

/// What stands for the user where the configuration names none.
const UNKNOWN: &str = "(unknown user)";

/// What there is at a place.
#[derive(Clone, Debug)]
struct Found {
    /// The place.
    place: Place,
    /// What the configuration says.
    config: Config,
    /// The bytes of the file with the session, where it exists.
    session: Option<u64>,
}

impl Found {
    /// Looks at both files.
    fn look(place: Place, report: &Report) -> Result<Self, Error> {
        complete(Self::each(place, report))
    }

    /// The same; what is wrong with one file doesn't hide the other.
    fn each(place: Place, report: &Report) -> (Self, Vec<Error>) {
        let text = file::read(&place.config, report).map(|text| {
            if text.is_none() {
                report.verbose(format_args!("there is no `{}`", place.config.display()));
            }
            text.unwrap_or_default()
        });
        Self::of(place, text)
    }

    /// The same with the text of the configuration, which is empty where it doesn't exist.
    fn of(place: Place, text: Result<String, Error>) -> (Self, Vec<Error>) {
        let mut problems = Vec::new();
        let config = text.and_then(|text| Config::parse(&text, &place.config));
        let config = config.unwrap_or_else(|error| {
            problems.push(error);
            Config::default()
        });
        let session = file::size(&place.session).unwrap_or_else(|error| {
            problems.push(error);
            None
        });
        let found = Self {
            place,
            config,
            session,
        };
        (found, problems)
    }

    /// Whether there is something that a logout removes.
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

    /// Whether the session may be in the keychain, which is not looked at.
    fn may_be_in_keychain(&self) -> bool {
        may_be_in_keychain(Platform::HERE, &self.config)
    }

    /// The sessions here, and what else is left of a user.
    fn sessions(&self) -> Vec<Session> {
        survey::of_place(self)
    }
}

/// Whether btp keeps the session in the keychain: on macOS, unless a setting says otherwise. There is
/// none without user data.
fn may_be_in_keychain(platform: Platform, config: &Config) -> bool {
    platform == Platform::Mac && config.secure_store && config.has_user_data()
}

/// The place of the configuration that btp before 2.14 kept, if something is left there.
fn old(place: &Place, report: &Report) -> Result<Option<Found>, Error> {
    let Some(old) = place.old()? else {
        return Ok(None);
    };
    let found = Found::look(old, report)?;
    Ok((!found.sessions().is_empty()).then_some(found))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::config::Config;
    use super::may_be_in_keychain;
    use super::place::Platform;

    #[test]
    fn the_keychain_is_that_of_macos() {
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
