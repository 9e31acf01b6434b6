//! The credentials file on disk: reading, locking as cargo locks, writing in place.
//!
//! The file is written in place and not replaced by a renamed one, because cargo locks the file
//! itself: a cargo that waits for the lock would then go on with a file that no longer has a name,
//! and the token that it writes or removes would be lost.
//!
//! What a kill at any moment leaves: the new text, filled up with newlines to the length of the
//! old, goes out in one write from the first byte that differs, and the file is cut to length
//! after that. Linux looks for a fatal signal between pages, so a write inside one page happens
//! or does not, and newlines at the end mean nothing in TOML. For a write across pages there is a
//! [`backup`] first. This is about the end of the program; a power cut is up to the file system.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::backup;
use crate::error::Error;
use crate::report::Report;

/// The size of a page, inside of which one write is whole. Larger pages only help.
const PAGE: usize = 4096;

/// The text of the file, or nothing when it does not exist. Nobody writes it meanwhile: cargo and
/// authctl write under an exclusive lock, and this takes a shared one for as long as it reads.
pub fn read(path: &Path, report: &Report) -> Result<Option<String>, Error> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::file("read", path, error)),
        Ok(metadata) if !metadata.is_file() => return Err(Error::NotAFile(path.to_owned())),
        Ok(_) => {}
    }
    let file = File::open(path).map_err(|error| Error::file("read", path, error))?;
    lock(&file, path, Lock::Shared, report)?;
    let mut bytes = Vec::new();
    (&file)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::file("read", path, error))?;
    let text = String::from_utf8(bytes).map_err(|_| Error::NotText(path.to_owned()))?;
    Ok(Some(text))
}

/// The credentials file, open and locked until this is dropped.
#[derive(Debug)]
pub struct Locked {
    /// The open file, which holds the lock.
    file: File,
    /// Where it is, for messages and the backup.
    path: PathBuf,
}

impl Locked {
    /// Opens and locks the file; nothing when it does not exist.
    pub fn open(path: &Path, report: &Report) -> Result<Option<Self>, Error> {
        loop {
            let found = fs::metadata(path);
            if found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
                return Ok(None);
            }
            if let Some(locked) = Self::lock(path, false, report)? {
                return Ok(Some(locked));
            }
        }
    }

    /// The same, with a new file where there is none.
    pub fn open_or_create(path: &Path, report: &Report) -> Result<Self, Error> {
        loop {
            if let Some(locked) = Self::lock(path, true, report)? {
                return Ok(locked);
            }
        }
    }

    /// Opens and locks the file, and takes back an interrupted write: the program that this one
    /// waited for may have been killed. Nothing when another file has its name by then.
    ///
    /// The lock is cargo's: an exclusive `flock` on the file itself. Where the file system has no
    /// locks, cargo goes on without, and so does this.
    fn lock(path: &Path, create: bool, report: &Report) -> Result<Option<Self>, Error> {
        if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(Error::NotAFile(path.to_owned()));
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(create)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(|error| Error::file("open", path, error))?;
        lock(&file, path, Lock::Exclusive, report)?;
        if !is_at(&file, path) {
            return Ok(None);
        }
        let path = path.to_owned();
        let locked = Self { file, path };
        locked.repair(report)?;
        Ok(Some(locked))
    }

    /// The text of the file now.
    pub fn read(&self) -> Result<String, Error> {
        let mut bytes = Vec::new();
        (&self.file)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::file("read", &self.path, error))?;
        String::from_utf8(bytes).map_err(|_| Error::NotText(self.path.clone()))
    }

    /// Changes the text of the file from `old` to `new`, and its mode to 0600 as cargo does.
    pub fn replace(&self, old: &str, new: &str) -> Result<(), Error> {
        self.protect()?;
        let (start, padded) = change(old, new);
        let Some(last) = padded.len().checked_sub(1) else {
            return Ok(());
        };
        let one_page = start / PAGE == (start + last) / PAGE;
        if !one_page {
            backup::write(&self.path, old, new)?;
        }
        self.write(start, &padded, new.len()).map_err(|error| {
            // Put back what was there. If that fails too, a backup is for the next run.
            let back = self.write(start, &old.as_bytes()[start.min(old.len())..], old.len());
            if back.is_ok() && !one_page {
                let _ = backup::remove(&self.path);
            }
            Error::file("write", &self.path, error)
        })?;
        match one_page {
            true => Ok(()),
            false => backup::remove(&self.path),
        }
    }

    /// Takes back an interrupted write, when there was one.
    fn repair(&self, report: &Report) -> Result<(), Error> {
        if !backup::exists(&self.path) {
            return Ok(());
        }
        let Some(backup) = backup::read(&self.path)? else {
            // Killed before the backup was whole, and so before the file was touched.
            return backup::remove(&self.path);
        };
        let mut bytes = vec![0; self.len()?];
        self.file
            .read_exact_at(&mut bytes, 0)
            .map_err(|error| Error::file("read", &self.path, error))?;
        if backup.is_torn(&bytes) {
            self.write(0, backup.old.as_bytes(), backup.old.len())
                .map_err(|error| Error::file("write", &self.path, error))?;
            report.warning(format_args!(
                "an earlier run was interrupted; `{}` is again as it was before",
                self.path.display()
            ));
        } else if backup.is_padded(&bytes) {
            // Killed between the write and the cut.
            self.write(0, b"", backup.new.len())
                .map_err(|error| Error::file("write", &self.path, error))?;
        }
        backup::remove(&self.path)
    }

    /// Lets only the owner read the file. Before a token is written, so that nobody sees it.
    fn protect(&self) -> Result<(), Error> {
        self.file
            .set_permissions(Permissions::from_mode(0o600))
            .map_err(|error| Error::file("change the mode of", &self.path, error))
    }

    /// How long the file is now.
    fn len(&self) -> Result<usize, Error> {
        let metadata = self.file.metadata();
        let len = metadata
            .map_err(|error| Error::file("read", &self.path, error))?
            .len();
        Ok(usize::try_from(len).unwrap_or(usize::MAX))
    }

    /// The write itself, then the new length, then the disk.
    fn write(&self, start: usize, bytes: &[u8], len: usize) -> io::Result<()> {
        self.file.write_all_at(bytes, start as u64)?;
        self.file.set_len(len as u64)?;
        self.file.sync_all()
    }
}

/// The first byte that differs, and what has to stand from there on: the rest of `new`, with
/// newlines up to the length of `old`.
fn change(old: &str, new: &str) -> (usize, Vec<u8>) {
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b);
    let start = same.count();
    let mut bytes = new.as_bytes()[start..].to_vec();
    bytes.resize(bytes.len().max(old.len() - start), b'\n');
    (start, bytes)
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
