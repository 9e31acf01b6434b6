//! Replacing files of a spec atomically.

mod temporary;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

pub(crate) use temporary::remove_unfinished;

use crate::source::display;

/// A change: the bytes to replace, and their replacement.
pub(crate) type Edit = (Range<usize>, String);

/// Applies changes, which are ordered by place, to the contents of a file.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for (range, replacement) in edits {
        new.push_str(&text[at..range.start]);
        new.push_str(replacement);
        at = range.end;
    }
    new.push_str(&text[at..]);
    new
}

/// Why a file can't be replaced.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The file was changed after it was read.
    Changed(PathBuf),
    /// The file is read-only.
    ReadOnly(PathBuf),
    /// The operating system returned an error.
    Io(PathBuf, io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(path) => write!(
                f,
                "`{}` was changed by another program in the meantime; run the command again",
                display(path)
            ),
            Self::ReadOnly(path) => write!(f, "`{}` is read-only", display(path)),
            Self::Io(path, error) => write!(f, "`{}`: {error}", display(path)),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Changed(_) | Self::ReadOnly(_) => None,
            Self::Io(_, error) => Some(error),
        }
    }
}

/// Replaces files, each given by its path, the text that was read, and the text to write. Nothing is
/// written if one of them can't be prepared. Returns the number of files; several paths may lead to the
/// same file.
pub(crate) fn write_all(files: &[(&Path, &str, &str)]) -> Result<usize, Error> {
    let mut prepared: Vec<Prepared<'_>> = Vec::new();
    for (path, old, new) in files {
        // A link is kept, and its target is replaced.
        let target = fs::canonicalize(path).map_err(|error| Failure::Io(error).at(path))?;
        if prepared.iter().all(|file| file.target != target) {
            prepared.push(Prepared::new(target, old, new).map_err(|error| error.at(path))?);
        }
    }
    let count = prepared.len();
    for file in prepared {
        let path = file.target.clone();
        file.replace().map_err(|error| error.at(&path))?;
    }
    Ok(count)
}

/// An error without the path of the file.
enum Failure {
    Changed,
    ReadOnly,
    Io(io::Error),
}

impl Failure {
    fn at(self, path: &Path) -> Error {
        let path = path.to_owned();
        match self {
            Self::Changed => Error::Changed(path),
            Self::ReadOnly => Error::ReadOnly(path),
            Self::Io(error) => Error::Io(path, error),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A file with its new text in a temporary file, which is removed if it isn't used.
struct Prepared<'a> {
    target: PathBuf,
    temporary: PathBuf,
    old: &'a str,
    /// The temporary file, which keeps its lock.
    _file: File,
}

impl<'a> Prepared<'a> {
    fn new(target: PathBuf, old: &'a str, new: &str) -> Result<Self, Failure> {
        let before = fs::metadata(&target)?;
        if before.permissions().readonly() {
            return Err(Failure::ReadOnly);
        }
        let (mut file, temporary) = temporary::create_beside(&target)?;
        let prepared = Self {
            target,
            temporary,
            old,
            _file: file.try_clone()?,
        };
        file.write_all(new.as_bytes())?;
        keep_owner(&file, &before);
        file.set_permissions(before.permissions())?;
        file.sync_all()?;
        prepared.check_unchanged()?;
        Ok(prepared)
    }

    fn check_unchanged(&self) -> Result<(), Failure> {
        if fs::read(&self.target)? == self.old.as_bytes() {
            Ok(())
        } else {
            Err(Failure::Changed)
        }
    }

    fn replace(self) -> Result<(), Failure> {
        self.check_unchanged()?;
        Ok(fs::rename(&self.temporary, &self.target)?)
    }
}

impl Drop for Prepared<'_> {
    fn drop(&mut self) {
        // After `replace`, the temporary file doesn't exist any more.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// Gives a new file the owner and the group of the file that it replaces, if that is permitted.
/// Otherwise, the file belongs to the user who runs the program, as if an editor had saved it.
#[cfg(unix)]
fn keep_owner(file: &File, before: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    // One may be permitted without the other.
    let _ = fchown(file, None, Some(before.gid()));
    let _ = fchown(file, Some(before.uid()), None);
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that another program changed is kept, and the other files aren't written either.
    #[test]
    fn changed_files_are_left_alone() {
        let directory = tempfile::tempdir().expect("a directory");
        let (first, second) = (directory.path().join("a"), directory.path().join("b"));
        fs::write(&first, "one").expect("written");
        fs::write(&second, "theirs").expect("written");
        let files = [
            (first.as_path(), "one", "new"),
            (second.as_path(), "two", "new"),
        ];
        let error = write_all(&files).expect_err("it was changed");
        assert!(matches!(error, Error::Changed(path) if path.ends_with("b")));
        assert_eq!(fs::read(&first).expect("there"), b"one");
        assert_eq!(fs::read(&second).expect("there"), b"theirs");
        assert_eq!(fs::read_dir(directory.path()).expect("there").count(), 2);
        write_all(&files[..1]).expect("it was not changed");
        assert_eq!(fs::read(&first).expect("there"), b"new");
    }
}
