//! Changes a file in place, for cargo's credentials.
//!
//! That file is not replaced by a renamed one, because cargo locks the file itself. A cargo that waits
//! for the lock would keep writing to the unlinked inode, and its change would be lost.
//!
//! The program may be killed at any moment. The new text, padded with newlines to the length of the old
//! one, is written in a single write from the first byte that differs. After that, the file is
//! truncated. Linux checks for fatal signals only between pages, so a write within one page happens
//! completely or not at all, and newlines at the end have no meaning in TOML. Before a write across
//! pages, a [`backup`] is written. This protects against kills. What a power failure leaves depends on
//! the file system.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::{Open, backup, protect, text};
use crate::error::Error;
use crate::report::Report;

/// The size of a page. A write within a page is never interrupted. Larger pages do no harm.
const PAGE: usize = 4096;

/// A file that is open and locked until this is dropped.
#[derive(Debug)]
pub struct InPlace {
    /// The open file, which holds the lock.
    file: File,
    /// The path of the file, for messages and the backup.
    path: PathBuf,
}

impl InPlace {
    /// Reads the text of the file without changing anything. Returns `None` if the file doesn't exist.
    /// After an interrupted write, this is the text that the next change would restore. If there is a
    /// backup that can't be read, it is the current text, and the file can't be changed.
    pub fn peek(path: &Path, report: &Report) -> Result<Option<String>, Error> {
        let Some(now) = super::read(path, report)? else {
            return Ok(None);
        };
        Ok(Some(match backup::read(path) {
            Ok(Some(backup)) if backup.is_torn(now.as_bytes()) => backup.old,
            _ => now,
        }))
    }

    /// Opens and locks the file. Returns `None` if it doesn't exist.
    pub fn open(path: &Path, report: &Report) -> Result<Option<Self>, Error> {
        let file = Open::Write.if_there(path, report)?;
        file.map(|file| Self::new(file, path, report)).transpose()
    }

    /// Opens and locks the file, and creates it if it doesn't exist.
    pub fn open_or_create(path: &Path, report: &Report) -> Result<Self, Error> {
        Self::new(Open::or_create(path, report)?, path, report)
    }

    /// Undoes an interrupted write, because the program that had the lock before may have been killed.
    fn new(file: File, path: &Path, report: &Report) -> Result<Self, Error> {
        let path = path.to_owned();
        let locked = Self { file, path };
        locked.repair(report)?;
        Ok(locked)
    }

    /// Reads the current text of the file.
    pub fn read(&self) -> Result<String, Error> {
        text(&self.file, &self.path)
    }

    /// Changes the text of the file from `old` to `new`, and its mode to 0600, as cargo does.
    pub fn replace(&self, old: &str, new: &str, report: &Report) -> Result<(), Error> {
        // This comes before the write, so that no other user sees a new token.
        protect(&self.file, &self.path, report);
        let (start, padded) = change(old, new);
        let Some(last) = padded.len().checked_sub(1) else {
            return Ok(());
        };
        let one_page = start / PAGE == (start + last) / PAGE;
        if !one_page {
            backup::write(&self.path, old, new)?;
        }
        self.write(start, &padded, new.len()).map_err(|error| {
            // Restore the old text. If that fails too, the next run can restore it from the backup.
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

    /// Undoes an interrupted write, if there was one.
    fn repair(&self, report: &Report) -> Result<(), Error> {
        if !backup::exists(&self.path) {
            return Ok(());
        }
        let Some(backup) = backup::read(&self.path)? else {
            // The program was killed before the backup was complete, so it had not changed the file yet.
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
                "an earlier run was interrupted; restored `{}`",
                self.path.display()
            ));
        } else if backup.is_padded(&bytes) {
            // The program was killed after the write, and before it truncated the file.
            self.write(0, b"", backup.new.len())
                .map_err(|error| Error::file("write", &self.path, error))?;
        }
        backup::remove(&self.path)
    }

    /// The current length of the file.
    fn len(&self) -> Result<usize, Error> {
        let metadata = self.file.metadata();
        let len = metadata
            .map_err(|error| Error::file("read", &self.path, error))?
            .len();
        Ok(usize::try_from(len).unwrap_or(usize::MAX))
    }

    /// Writes the bytes, sets the new length, and waits until both are on the disk.
    fn write(&self, start: usize, bytes: &[u8], len: usize) -> io::Result<()> {
        self.file.write_all_at(bytes, start as u64)?;
        self.file.set_len(len as u64)?;
        self.file.sync_all()
    }
}

/// The position of the first byte that differs, and the bytes to write from there on: the rest of `new`,
/// padded with newlines to the length of `old`.
fn change(old: &str, new: &str) -> (usize, Vec<u8>) {
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b);
    let start = same.count();
    let mut bytes = new.as_bytes()[start..].to_vec();
    bytes.resize(bytes.len().max(old.len() - start), b'\n');
    (start, bytes)
}
