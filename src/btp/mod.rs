//! `authctl btp`: the session of SAP's command line btp, on the files that it uses itself.
//!
//! SAP documents where the configuration is and what a logout is for. Where the session is, and how its
//! folder is named, is what SAP's Terraform provider reads. No server is contacted.

mod all;
mod config;
mod json;
mod logout;
mod place;
mod status;

pub use all::{sessions, sign_out};
pub use logout::logout;
pub use status::status;

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use self::config::Config;
use self::place::{Place, Platform};
use crate::error::Error;
use crate::file;
use crate::report::Report;
use crate::session::written;

/// How long a session lasts after the last command. SAP's page on the login says 12 hours at most.
const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// What there is at a place.
#[derive(Clone, Debug)]
struct State {
    /// The place.
    place: Place,
    /// What the configuration says.
    config: Config,
    /// Whether there is a file with the session.
    has_session: bool,
}

impl State {
    /// Looks at both files.
    fn look(place: Place, report: &Report) -> Result<Self, Error> {
        let text = file::read(&place.config, report)?;
        if text.is_none() {
            report.verbose(format_args!("there is no `{}`", place.config.display()));
        }
        Self::of(place, &text.unwrap_or_default())
    }

    /// The same with the text of the configuration, which need not be there.
    fn of(place: Place, text: &str) -> Result<Self, Error> {
        let config = Config::parse(text, &place.config)?;
        let has_session = file::exists(&place.session)?;
        Ok(Self {
            place,
            config,
            has_session,
        })
    }

    /// The file that signs btp in, as far as one does.
    fn session_file(&self) -> Option<&PathBuf> {
        match (self.has_session, self.config.has_token) {
            (true, _) => Some(&self.place.session),
            (false, true) => Some(&self.place.config),
            (false, false) => None,
        }
    }

    /// Whether the session may be in the keychain, which is not looked at.
    fn may_be_in_keychain(&self) -> bool {
        may_be_in_keychain(Platform::HERE, &self.config)
    }

    /// Whether there is something that a logout removes.
    fn is_something(&self) -> bool {
        self.has_session || self.config.has_user_data()
    }

    /// When the session was last written.
    fn since(&self) -> Option<Timestamp> {
        written(self.session_file()?)
    }

    /// When the session ends at the latest, if each command of btp writes it.
    fn until(&self) -> Option<Timestamp> {
        self.since()?.checked_add(LIFE).ok()
    }
}

/// Whether btp keeps the session in the keychain: on macOS, unless a setting says otherwise. There is
/// none without user data.
fn may_be_in_keychain(platform: Platform, config: &Config) -> bool {
    platform == Platform::Mac && config.secure_store && config.has_user_data()
}

/// What a logout leaves in the keychain, and how it is removed.
fn keychain(place: &Place) -> String {
    format!(
        "the session may still be in the keychain; `security delete-generic-password -s \
         cli.btp.cloud.sap:session -a {}` removes it",
        place.hash
    )
}

/// Removes the file with the session, and its folder when nothing else is in it.
fn remove_session(place: &Place) -> Result<(), Error> {
    let failed = |path: PathBuf| move |error| Error::file("remove", path, error);
    // A link leads to what is to go, and goes too: but not to whatever another user wants gone.
    let link = fs::symlink_metadata(&place.session).map_err(failed(place.session.clone()))?;
    if link.is_symlink() && link.uid() != rustix::process::geteuid().as_raw() {
        return Err(Error::OtherOwner(place.session.clone()));
    }
    let file = file::resolve(&place.session)?;
    fs::remove_file(&file).map_err(failed(file.clone()))?;
    if fs::symlink_metadata(&place.session).is_ok() {
        fs::remove_file(&place.session).map_err(failed(place.session.clone()))?;
    }
    if let Some(folder) = place.session.parent() {
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

/// The configuration that btp before 2.14 kept, if user data is left in it.
fn old(place: &Place, report: &Report) -> Result<Option<State>, Error> {
    let Some(old) = place.old()? else {
        return Ok(None);
    };
    let state = State::look(old, report)?;
    Ok(state.is_something().then_some(state))
}

/// Says when btp before 2.14 left user data.
fn warn_about_old(place: &Place, report: &Report) {
    match old(place, report) {
        Ok(None) => {}
        Ok(Some(state)) => {
            let file = state.place.config.display();
            report.warning(format_args!(
                "user data is also in `{file}`, where btp before 2.14 kept it; \
                 `authctl btp logout --config {file}` removes it"
            ));
        }
        Err(error) => report.warning(format_args!(
            "where btp before 2.14 kept its configuration: {error}"
        )),
    }
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
