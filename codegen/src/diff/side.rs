//! One side of a comparison: a spec, a description, or a spec in a revision of git.

use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clapspec_runtime::text::printable;

use super::git;
use crate::description::{self, Description};
use crate::{Checked, Report};

/// The largest description that is read, in bytes. A program of ten thousand commands has about 20 MB.
const MAX_BYTES: u64 = 64 << 20;

/// One side of a comparison.
#[derive(Debug)]
pub struct Side {
    /// The program.
    pub description: Description,
    /// The spec, unless the side is only a description.
    pub(super) checked: Option<Checked>,
}

/// Why a side can't be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The spec has errors.
    Spec(Spec),
    /// The description can't be read.
    Description(PathBuf, description::Error),
    /// The file can't be read.
    File(PathBuf, io::Error),
    /// The file is too large.
    TooLarge(PathBuf),
    /// The revision can't be read: what is wrong, and how to fix it if that is known.
    Git(String, Option<String>),
}

/// A spec with errors.
#[derive(Debug)]
pub struct Spec {
    report: Report,
    /// A directory with the files of a revision, and how the directory is shown.
    shown: Option<(String, String)>,
}

impl Spec {
    /// Formats all errors and warnings for a terminal of this width, in color if `color` is set.
    pub fn render(&self, color: bool, width: usize) -> String {
        let text = self.report.render(color, width);
        match &self.shown {
            Some((directory, shown)) => text.replace(&**directory, shown),
            None => text,
        }
    }

    /// The number of errors and warnings, in words.
    pub fn summary(&self) -> String {
        self.report.summary()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &Path| printable(&path.to_string_lossy());
        match self {
            Self::Spec(spec) => f.write_str(&spec.render(false, 100)),
            Self::Description(path, error) => write!(f, "can't read `{}`: {error}", shown(path)),
            Self::File(path, error) => write!(f, "can't read `{}`: {error}", shown(path)),
            Self::TooLarge(path) => write!(
                f,
                "can't read `{}`: it is larger than {} MB",
                shown(path),
                MAX_BYTES >> 20
            ),
            Self::Git(message, None) => f.write_str(message),
            Self::Git(message, Some(help)) => write!(f, "{message}\nhelp: {help}"),
        }
    }
}

impl std::error::Error for Error {}

impl Side {
    /// Reads a side: the path of a spec or of a description, or `REV:PATH`, the path of a spec in a revision of git.
    /// As in `git show`, the path begins at the top of the repository, unless it begins with `./`.
    ///
    /// # Errors
    ///
    /// If it can't be read, or if the spec has errors.
    pub fn read(side: &str) -> Result<Self, Error> {
        let path = Path::new(side);
        match side.split_once(':') {
            // A path may contain a colon.
            Some((revision, path_in_it)) if fs::symlink_metadata(path).is_err() => {
                let files = git::files(revision, path_in_it)?;
                if is_description(&files.spec) {
                    return Self::read_description(&files.spec, path);
                }
                let shown = (files.shown_directory(), format!("{revision}:"));
                Self::read_spec(&files.spec, Some(shown))
            }
            _ if is_description(path) => Self::read_description(path, path),
            _ => Self::read_spec(path, None),
        }
    }

    fn read_spec(path: &Path, shown: Option<(String, String)>) -> Result<Self, Error> {
        let checked = Checked::read(path);
        match checked.describe() {
            Some(description) => Ok(Self {
                description,
                checked: Some(checked),
            }),
            None => {
                let report = checked.into_report();
                Err(Error::Spec(Spec { report, shown }))
            }
        }
    }

    /// Reads a description. `shown` is its path in messages.
    fn read_description(path: &Path, shown: &Path) -> Result<Self, Error> {
        let failed = |error| Error::File(shown.to_owned(), error);
        let file = fs::File::open(path).map_err(failed)?;
        let mut bytes = Vec::new();
        // The size of a special file isn't known.
        file.take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Error::TooLarge(shown.to_owned()));
        }
        let text = String::from_utf8(bytes).map_err(|error| failed(io::Error::other(error)))?;
        let description = Description::from_json(&text);
        Ok(Self {
            description: description
                .map_err(|error| Error::Description(shown.to_owned(), error))?,
            checked: None,
        })
    }
}

/// Whether a path is that of a description.
fn is_description(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "json") && !path.is_dir()
}
