//! Changing a file by putting a new one in its place, so that it is always whole: the old or the new.
//!
//! The new text goes into a file beside it, readable by the owner alone, which is on the disk before it
//! gets the name. A kill may leave that file behind; the next run removes it. Only who has the lock
//! touches it, so its name can be fixed.

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
    /// The file itself, behind all links.
    path: PathBuf,
    /// Its path as the user knows it, for messages.
    shown: PathBuf,
}

impl Whole {
    /// Opens and locks the file; nothing when it does not exist.
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
            // A link may lead elsewhere since it was opened: the text of one file must not replace
            // another.
            if is_at(&whole.file, &whole.path) {
                remove_new(&whole.path)?;
                return Ok(Some(whole));
            }
        }
        Err(Error::Unsteady(path.to_owned()))
    }

    /// What a killed run left beside the file, if there is something.
    pub fn unfinished(path: &Path) -> Result<Option<PathBuf>, Error> {
        let file = match exists(path)? {
            true => resolve(path)?,
            false => path.to_owned(),
        };
        let name = new_name(&file);
        Ok(fs::symlink_metadata(&name).is_ok().then_some(name))
    }

    /// Removes what a killed run left beside the file, for commands that may find nothing to do.
    pub fn tidy(path: &Path, report: &Report) -> Result<(), Error> {
        let Some(unfinished) = Self::unfinished(path)? else {
            return Ok(());
        };
        match Self::open(path, report)? {
            // Opening it has done that.
            Some(_) => Ok(()),
            None => remove(&unfinished),
        }
    }

    /// Whether the file can be replaced, for commands that do something else first. Where there is no
    /// file, nothing keeps it from that.
    pub fn check(path: &Path) -> Result<(), Error> {
        if !exists(path)? {
            return Ok(());
        }
        let path = &resolve(path)?;
        let directory = path.parent().unwrap_or(path);
        let access = rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK;
        rustix::fs::access(directory, access).map_err(|error| {
            let error = io::Error::from(error);
            let why = format!("its directory cannot be written to: {error}");
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

    /// The text of the file now.
    pub fn read(&self) -> Result<String, Error> {
        text(&self.file, &self.shown)
    }

    /// Puts a file with this text in the place of this one: of the same owner, who alone may read it.
    /// Where the old one has another name too, it is still there, and this is said.
    pub fn replace(self, new: &str, report: &Report) -> Result<(), Error> {
        Self::check(&self.path)?;
        self.write(new, report).map_err(|error| {
            // The message is about the first failure.
            let _ = remove_new(&self.path);
            Error::file("replace", &self.shown, error)
        })?;
        if self.file.metadata().is_ok_and(|old| old.nlink() > 0) {
            report.warning(format_args!(
                "`{}` had another name, a hard link, which still has all that was in it; remove that \
                 file too",
                self.shown.display()
            ));
        }
        Ok(())
    }

    /// Writes the new file and gives it the name.
    fn write(&self, text: &str, report: &Report) -> io::Result<()> {
        let name = new_name(&self.path);
        let mut new = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&name)?;
        let old = self.file.metadata()?;
        let made = new.metadata()?;
        if old.uid() != made.uid() {
            fchown(&new, Some(old.uid()), None)?;
        }
        if old.gid() != made.gid() {
            // Users may not give files to a group that they are not in, and it may read neither file.
            let _ = fchown(&new, None, Some(old.gid()));
        }
        // Whatever the umask leaves of the mode above.
        protect(&new, &self.shown, report);
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        fs::rename(&name, &self.path)?;
        // That the new name is on the disk too is asked for, but not all file systems can tell.
        if let Some(directory) = self.path.parent() {
            let _ = File::open(directory).and_then(|directory| directory.sync_all());
        }
        Ok(())
    }
}

/// Removes what a killed run left beside the file at `path`: it holds tokens.
fn remove_new(path: &Path) -> Result<(), Error> {
    remove(&new_name(path))
}

/// Removes a file that need not be there.
fn remove(name: &Path) -> Result<(), Error> {
    match fs::remove_file(name) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::file("remove", name, error))
        }
        _ => Ok(()),
    }
}

/// The name of the new file until it has that of the old.
fn new_name(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".authctl-new");
    PathBuf::from(name)
}
