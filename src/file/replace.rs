//! Replaces a file as a whole, so that readers find either the old or the new one, and never a part.
//!
//! The new text is written to a file next to the old one, which only its owner can read. It is on the
//! disk before it is renamed. If the program is killed, that file may be left, and the next run removes
//! it. Its name can be fixed, because only the program that has the lock uses it.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};

use super::{Open, TRIES, exists, is_at, protect, resolve, text};
use crate::error::Error;
use crate::report::Report;

/// A file that is locked until this is dropped, and changed as a whole.
#[derive(Debug)]
pub struct Whole {
    /// The open file, which holds the lock.
    file: File,
    /// The path of the file, with all symbolic links resolved.
    path: PathBuf,
    /// The path that the user knows, for messages.
    shown: PathBuf,
}

impl Whole {
    /// Opens and locks the file. Returns `None` if it doesn't exist.
    pub fn open(path: &Path, report: &Report) -> Result<Option<Self>, Error> {
        for _ in 0..TRIES {
            let Some(file) = Open::Read.if_there(path, report)? else {
                return Ok(None);
            };
            let whole = Self {
                file,
                path: resolve(path)?,
                shown: path.to_owned(),
            };
            // A link may have changed since it was opened. The text of one file must not replace another
            // file.
            if is_at(&whole.file, &whole.path) {
                remove_new(&whole.path)?;
                return Ok(Some(whole));
            }
        }
        Err(Error::Unsteady(path.to_owned()))
    }

    /// The path of the file that a killed run left next to this one, if there is one.
    pub fn unfinished(path: &Path) -> Result<Option<PathBuf>, Error> {
        let file = match exists(path)? {
            true => resolve(path)?,
            false => path.to_owned(),
        };
        let name = new_name(&file);
        Ok(fs::symlink_metadata(&name).is_ok().then_some(name))
    }

    /// Removes the file that a killed run left next to this one, for commands that may not open it.
    pub fn tidy(path: &Path, report: &Report) -> Result<(), Error> {
        let Some(unfinished) = Self::unfinished(path)? else {
            return Ok(());
        };
        match Self::open(path, report)? {
            // Opening the file has removed it.
            Some(_) => Ok(()),
            None => remove(&unfinished),
        }
    }

    /// Checks that the file can be replaced, for commands that do something else first. A file that
    /// doesn't exist passes the check.
    pub fn check(path: &Path) -> Result<(), Error> {
        if !exists(path)? {
            return Ok(());
        }
        let path = &resolve(path)?;
        let directory = path.parent().unwrap_or(path);
        let access = rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK;
        rustix::fs::access(directory, access).map_err(|error| {
            let error = io::Error::from(error);
            let why = format!("its directory can't be written to: {error}");
            Error::file("replace", path, io::Error::new(error.kind(), why))
        })?;
        let found = fs::metadata(path).map_err(|error| Error::file("read", path, error))?;
        let owner = found.uid();
        let user = rustix::process::geteuid();
        if !user.is_root() && user.as_raw() != owner {
            return Err(Error::OtherOwner(path.clone()));
        }
        Ok(())
    }

    /// Reads the current text of the file.
    pub fn read(&self) -> Result<String, Error> {
        text(&self.file, &self.shown)
    }

    /// Replaces the file by one with this text. The new file has the same owner, and only the owner can
    /// read it. If the old file has another hard link, it still exists, and a warning says so.
    pub fn replace(self, new: &str, report: &Report) -> Result<(), Error> {
        Self::check(&self.path)?;
        self.write(new, report).map_err(|error| {
            // The first error is reported, not this one.
            let _ = remove_new(&self.path);
            Error::file("replace", &self.shown, error)
        })?;
        if self.file.metadata().is_ok_and(|old| old.nlink() > 0) {
            report.warning(format_args!(
                "`{}` had another hard link, which still has the old content; remove that file too",
                self.shown.display()
            ));
        }
        Ok(())
    }

    /// Writes the new file and renames it.
    fn write(&self, text: &str, report: &Report) -> io::Result<()> {
        let name = new_name(&self.path);
        let mut new = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&name)?;
        let old = self.file.metadata()?;
        let created = new.metadata()?;
        if old.uid() != created.uid() {
            fchown(&new, Some(old.uid()), None)?;
        }
        if old.gid() != created.gid() {
            // Users can't give a file to a group that they aren't in. That does no harm, because the
            // group can't read the new file.
            let _ = fchown(&new, None, Some(old.gid()));
        }
        // The umask may have changed the mode above.
        protect(&new, &self.shown, report);
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        fs::rename(&name, &self.path)?;
        // Not all file systems can sync a directory, so a failure is ignored.
        if let Some(directory) = self.path.parent() {
            let _ = File::open(directory).and_then(|directory| directory.sync_all());
        }
        Ok(())
    }
}

/// Removes the file that a killed run left next to `path`, because it contains tokens.
fn remove_new(path: &Path) -> Result<(), Error> {
    remove(&new_name(path))
}

/// Removes a file, if it exists.
fn remove(name: &Path) -> Result<(), Error> {
    match fs::remove_file(name) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::file("remove", name, error))
        }
        _ => Ok(()),
    }
}

/// The path of the new file until it is renamed.
fn new_name(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".authctl-new");
    PathBuf::from(name)
}
