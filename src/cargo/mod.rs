//! `authctl cargo`: `login`, `logout` and `status`, which work on the files that cargo itself uses.
//!
//! None of them uses the network. Cargo's login does, to ask the registry for its address, but that has
//! no effect on the token.

mod config;
mod credentials;
mod insert;
mod known;
mod layers;
mod location;
mod login;
mod logout;
mod names;
mod provider;
mod registry;
mod secret;
mod source;
mod standing;
mod status;
mod survey;
mod token_file;

pub use known::known;
pub use login::login;
pub use logout::{logout, sign_out};
pub use status::status;
pub use survey::look;

use std::path::Path;

use crate::error::Error;
use crate::file::{InPlace, backup};
use crate::report::Report;

use location::Home;
use survey::Survey;

/// The context of `login` and `logout`.
struct Context<'r> {
    /// Writes messages.
    report: &'r Report,
    /// The directories.
    home: Home,
    /// The arguments of `--config`.
    arguments: &'r [String],
}

impl<'r> Context<'r> {
    /// Finds the directories, and undoes interrupted writes of earlier runs before any file is read.
    fn new(arguments: &'r [String], report: &'r Report) -> Result<Self, Error> {
        let home = Home::find(report)?;
        let files = [Some(home.credentials()), home.unused()];
        if let [Some(used), Some(unused)] = &files {
            report.warning(format_args!(
                "both `{}` and `{}` exist; cargo uses the first",
                used.display(),
                unused.display()
            ));
        }
        for file in files.iter().flatten() {
            repair(file, report)?;
        }
        report.verbose(format_args!(
            "credentials file `{}`",
            home.credentials().display()
        ));
        Ok(Self {
            report,
            home,
            arguments,
        })
    }

    /// Looks at all locations of tokens. One that can't be read is an error.
    fn survey(&self) -> Result<Survey<'r>, Error> {
        let mut survey = Survey::new(&self.home, self.arguments, self.report);
        match survey.problems.is_empty() {
            true => Ok(survey),
            false => Err(survey.problems.remove(0)),
        }
    }
}

/// Undoes an interrupted write of an earlier run.
fn repair(file: &Path, report: &Report) -> Result<(), Error> {
    if !backup::exists(file) {
        return Ok(());
    }
    match InPlace::open(file, report)? {
        // Opening the file has undone it.
        Some(_) => Ok(()),
        // authctl never removes the file, so somebody else did, and its tokens must not come back.
        None => backup::read(file).and_then(|_| backup::remove(file)),
    }
}
