//! `authctl cargo`: `login`, `logout` and `status` on the files that cargo itself uses.
//!
//! None contacts the network. Cargo does on login, to ask the registry for its address; a token is the same
//! with or without that.

mod config;
mod credentials;
mod home;
mod insert;
mod layers;
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

pub use login::login;
pub use logout::{logout, sign_out};
pub use status::status;
pub use survey::look;

use std::path::Path;

use crate::error::Error;
use crate::file::{InPlace, backup};
use crate::report::Report;

use home::Home;
use survey::Survey;

/// What the steps of `login` and `logout` need to know.
struct Context<'r> {
    /// Where messages go.
    report: &'r Report,
    /// The directories.
    home: Home,
    /// The arguments of `--config`.
    arguments: &'r [String],
}

impl<'r> Context<'r> {
    /// Finds the directories, and undoes interrupted writes of earlier runs, before a file is first read.
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

    /// Looks at everything that signs cargo in. All of it must be readable.
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
        // Opening it has done that.
        Some(_) => Ok(()),
        // authctl never removes the file: somebody did who wanted its tokens gone.
        None => backup::read(file).and_then(|_| backup::remove(file)),
    }
}
