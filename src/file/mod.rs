//! The files of other programs: reading them, and locking them while they are changed.
//!
//! The lock is an exclusive `flock` on the file itself, as cargo takes it, so no lock file
//! remains. After a lock is taken, the path may lead to another file, if the locked one was replaced.
//! Then the file is opened again. If the file system doesn't support locks, cargo continues without a
//! lock, and so does authctl.

pub mod backup;
mod in_place;
mod replace;

pub use in_place::InPlace;
pub use replace::Whole;

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, OFlags, flock};
use rustix::io::Errno;

use crate::error::Error;
use crate::report::Report;

/// The largest file that is read, in bytes. A file with a thousand accounts has about 300,000.
const LIMIT: u64 = 16 << 20;

/// How often a file is opened again because it was replaced. If a thousand logouts wait for the same
/// lock, each has to do that many times, so the limit is high. It only prevents an endless loop.
const TRIES: usize = 10_000;

/// With this flag, opening a pipe doesn't wait for a writer. It has no effect on regular files.
const NONBLOCK: i32 = OFlags::NONBLOCK.bits() as i32;

/// Reads the text of a file. Returns `None` if it doesn't exist. This takes a shared lock, because a
/// program that has locked the file may be writing it.
pub fn read(path: &Path, report: &Report) -> Result<Option<String>, Error> {
    for _ in 0..TRIES {
        if !exists(path)? {
            return Ok(None);
        }
        let Some(file) = open_file(OpenOptions::new(), path, "read")? else {
            continue;
        };
        lock(&file, path, Lock::Shared, report)?;
        if is_at(&file, path) {
            return text(&file, path).map(Some);
        }
    }
    Err(Error::Unsteady(path.to_owned()))
}

/// Opens a file for reading, and with `options`. Returns `None` if it doesn't exist. The path may lead
/// to a pipe, which must not make the program wait.
fn open_file(
    mut options: OpenOptions,
    path: &Path,
    doing: &'static str,
) -> Result<Option<File>, Error> {
    let failed = |error| Error::file(doing, path, error);
    let opened = options.read(true).custom_flags(NONBLOCK).open(path);
    let file = match opened {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(failed)?,
    };
    match file.metadata().map_err(failed)?.is_file() {
        true => Ok(Some(file)),
        false => Err(Error::NotAFile(path.to_owned())),
    }
}

/// Reads the text of an open file.
pub fn text(file: &File, path: &Path) -> Result<String, Error> {
    let bytes = bytes(file, path, LIMIT)?;
    String::from_utf8(bytes).map_err(|_| Error::NotText(path.to_owned()))
}

/// Reads the content of an open file, which has at most `limit` bytes.
fn bytes(file: &File, path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::file("read", path, error))?;
    match bytes.len() as u64 > limit {
        true => Err(Error::TooLarge(path.to_owned())),
        false => Ok(bytes),
    }
}

/// Whether there is a file at `path`. A dangling link doesn't count.
pub fn exists(path: &Path) -> Result<bool, Error> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(true),
        Ok(_) => Err(Error::NotAFile(path.to_owned())),
        // A parent in the path is a file, so the path can't exist.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(Error::file("read", path, error)),
    }
}

/// The size of the file at `path` in bytes; `None` if there is no file.
pub fn size(path: &Path) -> Result<Option<u64>, Error> {
    match exists(path)? {
        true => {
            let found = fs::metadata(path).map_err(|error| Error::file("read", path, error))?;
            Ok(Some(found.len()))
        }
        false => Ok(None),
    }
}

/// How to open a file that is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// For reading. The file doesn't have to be writable.
    Read,
    /// For writing in place.
    Write,
    /// For writing in place. The file is created if it doesn't exist.
    Create,
}

impl Open {
    /// Opens and locks a file, until the result is dropped. Returns `None` if the file doesn't exist.
    fn if_there(self, path: &Path, report: &Report) -> Result<Option<File>, Error> {
        for _ in 0..TRIES {
            if !exists(path)? {
                return Ok(None);
            }
            if let Some(file) = self.once(path, report)? {
                return Ok(Some(file));
            }
        }
        Err(Error::Unsteady(path.to_owned()))
    }

    /// Opens and locks a file, and creates it if it doesn't exist.
    fn or_create(path: &Path, report: &Report) -> Result<File, Error> {
        for _ in 0..TRIES {
            exists(path)?;
            if let Some(file) = Self::Create.once(path, report)? {
                return Ok(file);
            }
            // The directory exists, so a missing file means a link whose target can't be created.
            if let Ok(target) = fs::read_link(path) {
                if !exists(path)? {
                    let path = path.to_owned();
                    return Err(Error::DeadLink { path, target });
                }
            }
        }
        Err(Error::Unsteady(path.to_owned()))
    }

    /// Opens and locks the file. Returns `None` if it was removed or replaced before it was locked.
    fn once(self, path: &Path, report: &Report) -> Result<Option<File>, Error> {
        let mut options = OpenOptions::new();
        options
            .write(self != Self::Read)
            .create(self == Self::Create)
            .truncate(false)
            .mode(0o600);
        let Some(file) = open_file(options, path, "open")? else {
            return Ok(None);
        };
        lock(&file, path, Lock::Exclusive, report)?;
        Ok(is_at(&file, path).then_some(file))
    }
}

/// Lets only the owner read a file. If that fails, the command continues, because not removing a token
/// would be worse, and a warning says that other users may be able to read the file.
fn protect(file: &File, path: &Path, report: &Report) {
    let Err(error) = file.set_permissions(Permissions::from_mode(0o600)) else {
        return;
    };
    let mode = file
        .metadata()
        .map_or(0, |found| found.permissions().mode());
    if mode & 0o077 != 0 {
        let path = path.display();
        report.warning(format_args!(
            "other users may be able to read `{path}`: its mode can't be changed: {error}"
        ));
    }
}

/// Resolves all symbolic links in a path.
pub fn resolve(path: &Path) -> Result<PathBuf, Error> {
    fs::canonicalize(path).map_err(|error| Error::file("open", path, error))
}

/// Who else may have a lock at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lock {
    /// Other readers.
    Shared,
    /// No one.
    Exclusive,
}

/// Takes a lock, and reports if it has to wait for it.
fn lock(file: &File, path: &Path, kind: Lock, report: &Report) -> Result<(), Error> {
    let (at_once, waiting) = match kind {
        Lock::Shared => (
            FlockOperation::NonBlockingLockShared,
            FlockOperation::LockShared,
        ),
        Lock::Exclusive => (
            FlockOperation::NonBlockingLockExclusive,
            FlockOperation::LockExclusive,
        ),
    };
    let failed = |error: Errno| Error::file("lock", path, error.into());
    match flock(file, at_once) {
        Ok(()) | Err(Errno::NOTSUP | Errno::NOSYS | Errno::NOLCK) => return Ok(()),
        Err(Errno::WOULDBLOCK) => {}
        Err(error) => return Err(failed(error)),
    }
    report.waiting(format_args!(
        "another program has locked `{}`",
        path.display()
    ));
    loop {
        match flock(file, waiting) {
            Err(Errno::INTR) => {}
            other => return other.map_err(failed),
        }
    }
}

/// Whether `path` still leads to `file`.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => open.dev() == named.dev() && open.ino() == named.ino(),
        _ => false,
    }
}
