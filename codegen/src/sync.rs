//! Bringing a folder into line with what was generated, or seeing whether it is.
//!
//! Such a folder holds nothing else. A `README.md` in it says so, and only where that file stands is
//! anything ever removed.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::display;
use crate::{Output, Part};

/// Marks a folder as generated, to its readers and to [`write()`].
const README: &str = "\
# Generated

clapspec made everything in this folder from the program's spec. It is here to be read and reviewed;
whatever else is put here is removed when it is made again.
";

/// How one file differs from what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// It is not there.
    Missing,
    /// It holds something else.
    Changed,
    /// It should not be there.
    Extra,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Extra => "not generated",
        })
    }
}

/// Why a folder can't be read or written.
#[derive(Debug)]
pub enum Error {
    /// The folder holds files, but was not made by clapspec.
    Foreign(PathBuf),
    /// A folder in it is a link: what would be written is not in the folder.
    Link(PathBuf),
    /// The system refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(folder) => write!(
                f,
                "`{}` holds files that clapspec did not make; give it a folder of its own",
                display(folder)
            ),
            Self::Link(path) => write!(
                f,
                "`{}` is a link; remove it, and a folder is made in its place",
                display(path)
            ),
            Self::Io(path, error) => write!(f, "`{}`: {error}", display(path)),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Foreign(_) | Self::Link(_) => None,
            Self::Io(_, error) => Some(error),
        }
    }
}

/// Compares a folder with what was generated for `parts`; what belongs to other parts is not looked
/// at. The result is sorted by path.
///
/// # Errors
///
/// When the folder can't be read.
pub fn compare(
    folder: &Path,
    parts: &[Part],
    outputs: &[Output],
) -> Result<Vec<(String, Difference)>, Error> {
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found)?;
    let readme = Output::new("README.md", README);
    let mut differences = BTreeMap::new();
    for output in outputs.iter().chain([&readme]) {
        let difference = match found.remove(output.path()) {
            None => Difference::Missing,
            Some(()) => {
                let path = folder.join(output.path());
                let body = fs::read(&path).map_err(|error| Error::Io(path, error))?;
                if same(&body, output.body()) {
                    continue;
                }
                Difference::Changed
            }
        };
        differences.insert(output.path().to_owned(), difference);
    }
    let all = parts.len() == Part::ALL.len();
    let ours = |path: &str| all || parts.iter().any(|part| part.owns(path));
    let extra = found.into_keys().filter(|path| ours(path));
    differences.extend(extra.map(|path| (path, Difference::Extra)));
    Ok(differences.into_iter().collect())
}

/// Writes what differs and removes what should not be there. Returns what it did.
///
/// # Errors
///
/// When the folder holds files and no mark that it was generated, and when it can't be read or
/// written.
pub fn write(
    folder: &Path,
    parts: &[Part],
    outputs: &[Output],
) -> Result<Vec<(String, Difference)>, Error> {
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found)?;
    let marked = fs::read(folder.join("README.md")).is_ok_and(|body| same(&body, README));
    if !found.is_empty() && !marked {
        return Err(Error::Foreign(folder.to_owned()));
    }
    let differences = compare(folder, parts, outputs)?;
    // The mark comes first: a run that is interrupted can be repeated.
    write_file(folder, &Output::new("README.md", README))?;
    for output in outputs {
        write_file(folder, output)?;
    }
    for (path, difference) in &differences {
        if *difference == Difference::Extra {
            let path = folder.join(path);
            fs::remove_file(&path).map_err(|error| Error::Io(path, error))?;
        }
    }
    Ok(differences)
}

/// Writes one file, unless it holds the same already: what depends on it is not built again then.
pub(crate) fn write_file(folder: &Path, output: &Output) -> Result<(), Error> {
    let path = folder.join(output.path());
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    let parent = path.parent().unwrap_or(folder);
    if parent != folder && is_link(parent) {
        return Err(Error::Link(parent.to_owned()));
    }
    if is_link(&path) {
        // What it leads to is somebody else's.
        fs::remove_file(&path).map_err(|error| Error::Io(path.clone(), error))?;
    } else if fs::read(&path).is_ok_and(|body| same(&body, output.body())) {
        return Ok(());
    }
    fs::create_dir_all(parent).map_err(|error| Error::Io(parent.to_owned(), error))?;
    fs::write(&path, output.body()).map_err(|error| Error::Io(path, error))
}

/// Whether a file holds a text. git may have changed the ends of its lines.
fn same(body: &[u8], text: &str) -> bool {
    body == text.as_bytes() || String::from_utf8_lossy(body).replace("\r\n", "\n") == text
}

/// The paths of all files below a folder, without those that begin with a dot, such as git's own. No
/// folder is the same as an empty one.
fn walk(root: &Path, below: &str, found: &mut BTreeMap<String, ()>) -> Result<(), Error> {
    let folder = root.join(below);
    let failed = |error| Error::Io(folder.clone(), error);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound && below.is_empty() => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let path = if below.is_empty() {
            name.into_owned()
        } else {
            format!("{below}/{name}")
        };
        // A link is not followed: what it leads to is not in the folder.
        if entry.file_type().map_err(failed)?.is_dir() {
            walk(root, &path, found)?;
        } else {
            found.insert(path, ());
        }
    }
    Ok(())
}
