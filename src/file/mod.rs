//! Files that other programs own: reading them, and locking them while they are changed.
//!
//! The lock is an exclusive `flock` on the file itself, as cargo takes it, so that nothing but the
//! file is left behind. Whoever gets a lock looks whether the file still has its name, and starts
//! again if it was replaced meanwhile. Where the file system has no locks, cargo goes on without, and
//! so does this.

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

/// The largest file that is read, in bytes. Those of a thousand accounts have some 300,000.
const LIMIT: u64 = 16 << 20;

/// How often a file is opened again because another took its name. A thousand logouts that wait for one
/// lock take turns like that, so this only ends a loop in which nothing happens.
const TRIES: usize = 10_000;

/// Opening a pipe does not wait for who writes into it. For files it means nothing.
const NONBLOCK: i32 = OFlags::NONBLOCK.bits() as i32;

/// The text of the file, or nothing when it does not exist. Under a shared lock, since those who lock
/// the file may be writing it.
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

/// Opens a file to be read, and as `options` say; nothing when there is none. What took its place since
/// the last look may be a pipe, which nobody waits for.
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

/// The text of an open file.
pub fn text(file: &File, path: &Path) -> Result<String, Error> {
    let bytes = bytes(file, path, LIMIT)?;
    String::from_utf8(bytes).map_err(|_| Error::NotText(path.to_owned()))
}

/// What is in an open file of at most `limit` bytes.
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

/// Whether there is a file at `path`. A link that leads nowhere is none.
pub fn exists(path: &Path) -> Result<bool, Error> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(true),
        Ok(_) => Err(Error::NotAFile(path.to_owned())),
        // A part of the path is a file: nothing can be below it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(Error::file("read", path, error)),
    }
}

/// How many bytes the file at `path` has; `None` when there is no file.
pub fn size(path: &Path) -> Result<Option<u64>, Error> {
    match exists(path)? {
        true => {
            let found = fs::metadata(path).map_err(|error| Error::file("read", path, error))?;
            Ok(Some(found.len()))
        }
        false => Ok(None),
    }
}

/// How a file is opened to be locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// To be read. It need not be writable.
    Read,
    /// To be written in place.
    Write,
    /// The same, with a new file where there is none.
    Create,
}

impl Open {
    /// Opens a file and locks it, until what is returned is dropped; nothing when it does not exist.
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

    /// The same, but creates the file where there is none.
    fn or_create(path: &Path, report: &Report) -> Result<File, Error> {
        for _ in 0..TRIES {
            exists(path)?;
            if let Some(file) = Self::Create.once(path, report)? {
                return Ok(file);
            }
            // The directory is there, so only a link whose target can't be created leads to no file.
            if let Ok(target) = fs::read_link(path) {
                if !exists(path)? {
                    let path = path.to_owned();
                    return Err(Error::DeadLink { path, target });
                }
            }
        }
        Err(Error::Unsteady(path.to_owned()))
    }

    /// Opens and locks what is there; nothing when another file has the name by then, or none.
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

/// Lets only the owner read a file. Where the file system or the owner doesn't permit that, the change
/// goes on, since a token that stays is worse; who can read the file is said.
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

/// The file that a path leads to, behind all links.
pub fn resolve(path: &Path) -> Result<PathBuf, Error> {
    fs::canonicalize(path).map_err(|error| Error::file("open", path, error))
}

/// Who may hold the lock at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lock {
    /// Other readers.
    Shared,
    /// Nobody.
    Exclusive,
}

/// Takes the lock, and says so when it has to wait for it.
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
