//! Changing a file in place, for cargo's credentials.
//!
//! That file is not replaced by a renamed one, because cargo locks the file itself: a cargo that waits
//! for the lock would then go on with a file that no longer has a name, and the token that it writes or
//! removes would be lost.
//!
//! What a kill at any moment leaves: the new text, filled up with newlines to the length of the
//! old, goes out in one write from the first byte that differs, and the file is cut to length
//! after that. Linux looks for a fatal signal between pages, so a write inside one page happens
//! or does not, and newlines at the end mean nothing in TOML. For a write across pages there is a
//! [`backup`] first. This is about the end of the program; a power cut is up to the file system.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::{Open, backup, protect, text};
use crate::error::Error;
use crate::report::Report;

/// The size of a page, inside of which one write is whole. Larger pages only help.
const PAGE: usize = 4096;

/// A file, open and locked until this is dropped.
#[derive(Debug)]
pub struct InPlace {
    /// The open file, which holds the lock.
    file: File,
    /// Where it is, for messages and the backup.
    path: PathBuf,
}

impl InPlace {
    /// The text of the file without changing anything; nothing when it does not exist. After an
    /// interrupted write it is the text that the next change would go back to. With a backup that can't be
    /// read, it is the text as it is; nothing can be changed then.
    pub fn peek(path: &Path, report: &Report) -> Result<Option<String>, Error> {
        let Some(now) = super::read(path, report)? else {
            return Ok(None);
        };
        Ok(Some(match backup::read(path) {
            Ok(Some(backup)) if backup.is_torn(now.as_bytes()) => backup.old,
            _ => now,
        }))
    }

    /// Opens and locks the file; nothing when it does not exist.
    pub fn open(path: &Path, report: &Report) -> Result<Option<Self>, Error> {
        let file = Open::Write.if_there(path, report)?;
        file.map(|file| Self::new(file, path, report)).transpose()
    }

    /// The same, with a new file where there is none.
    pub fn open_or_create(path: &Path, report: &Report) -> Result<Self, Error> {
        Self::new(Open::or_create(path, report)?, path, report)
    }

    /// Takes back an interrupted write: the program that had the lock before may have been killed.
    fn new(file: File, path: &Path, report: &Report) -> Result<Self, Error> {
        let path = path.to_owned();
        let locked = Self { file, path };
        locked.repair(report)?;
        Ok(locked)
    }

    /// The text of the file now.
    pub fn read(&self) -> Result<String, Error> {
        text(&self.file, &self.path)
    }

    /// Changes the text of the file from `old` to `new`, and its mode to 0600 as cargo does.
    pub fn replace(&self, old: &str, new: &str, report: &Report) -> Result<(), Error> {
        // Before a token is written, so that nobody sees it.
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
