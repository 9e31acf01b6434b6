//! Replacing files, each at once.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::source::display;

/// Why a file can't be replaced.
#[derive(Debug)]
pub enum Error {
    /// It is not what was read a moment ago.
    Changed(PathBuf),
    /// Its owner does not want it written.
    ReadOnly(PathBuf),
    /// The system refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(path) => write!(
                f,
                "`{}` was changed by somebody else meanwhile; run it again",
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

/// Replaces files: path, the text that was read, and the text to write. Nothing is written unless
/// all of them can be. Returns how many files there were; several paths may lead to one.
pub(super) fn write_all(files: &[(&Path, &str, &str)]) -> Result<usize, Error> {
    let mut prepared: Vec<Prepared<'_>> = Vec::new();
    for (path, old, new) in files {
        // A link stays one: what it leads to is replaced.
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

/// Removes what killed runs left beside these files. What a run that goes on has there is locked.
pub(super) fn remove_unfinished<'a>(files: impl Iterator<Item = &'a Path>) {
    let targets = files.filter_map(|path| fs::canonicalize(path).ok());
    let folders: BTreeSet<PathBuf> = targets.map(|target| folder(&target).to_owned()).collect();
    let entries = folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok());
    for entry in entries.flatten().flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(is_temporary);
        if is_ours && File::open(entry.path()).is_ok_and(|file| try_lock(&file)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Locks a file for as long as it is open. Whether nobody else had locked it.
#[cfg(unix)]
fn try_lock(file: &File) -> bool {
    rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_ok()
}

/// Without locks, nobody knows whether another run goes on.
#[cfg(not(unix))]
fn try_lock(_: &File) -> bool {
    false
}

/// Why, without the file's name.
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

/// A file whose new text lies beside it. What is not used is removed.
struct Prepared<'a> {
    target: PathBuf,
    temporary: PathBuf,
    old: &'a str,
    /// Keeps the lock.
    _file: File,
}

impl<'a> Prepared<'a> {
    fn new(target: PathBuf, old: &'a str, new: &str) -> Result<Self, Failure> {
        let before = fs::metadata(&target)?;
        if before.permissions().readonly() {
            return Err(Failure::ReadOnly);
        }
        let (mut file, temporary) = create_beside(&target)?;
        try_lock(&file);
        let prepared = Self {
            target,
            temporary,
            old,
            _file: file.try_clone()?,
        };
        file.write_all(new.as_bytes())?;
        keep_owner(&file, &before)?;
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
        // After `replace` there is none.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// Gives a new file the owner and the group of the one that it replaces, where that may be done. Else it
/// belongs to the user who runs the program, as if an editor had saved it.
#[cfg(unix)]
fn keep_owner(file: &File, before: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    let differs = |new: u32, old: u32| (new != old).then_some(old);
    let owner = differs(new.uid(), before.uid());
    let group = differs(new.gid(), before.gid());
    // One may be allowed without the other, and some systems know no others' files.
    let _ = fchown(file, None, group);
    let _ = fchown(file, owner, None);
    Ok(())
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

fn folder(target: &Path) -> &Path {
    target.parent().unwrap_or(Path::new("."))
}

/// What the name of a new file begins with.
const TEMPORARY: &str = ".clapspec-";

/// Whether a file has a name as [`create_beside`] gives.
fn is_temporary(name: &str) -> bool {
    let numbers = name.strip_prefix(TEMPORARY);
    let numbers = numbers.and_then(|rest| rest.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
}

/// A new file in the folder of another. Its name begins with a dot, so that nobody takes it for a
/// part of the spec.
fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let folder = folder(target);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    for number in 0.. {
        let name = format!("{TEMPORARY}{}-{number}", std::process::id());
        let path = folder.join(name);
        match options.open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    unreachable!("some number is free")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What somebody else wrote meanwhile stays, and so do the other files.
    #[test]
    fn changed_files_are_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let (first, second) = (folder.path().join("a"), folder.path().join("b"));
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
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 2);
        write_all(&files[..1]).expect("nobody changed it");
        assert_eq!(fs::read(&first).expect("there"), b"new");
    }
}
