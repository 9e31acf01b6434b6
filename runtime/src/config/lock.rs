//! A lock on the directory of a file, so that of two programs that change the file none loses the other's
//! change.
//!
//! The directory is locked, and not the file, since the file is replaced by another; and no file for the lock
//! is left. Where a file system has no locks, and outside Unix, the change goes on without one.

use std::fs::File;
use std::io;
use std::path::Path;

/// Holds the lock until it is dropped, where there are locks.
pub(super) struct Lock {
    directory: Option<File>,
}

impl Lock {
    /// Waits for the lock of a directory.
    #[cfg(unix)]
    pub(super) fn take(directory: &Path) -> io::Result<Self> {
        use rustix::fs::{FlockOperation, flock};
        use rustix::io::Errno;

        let open = File::open(directory)?;
        loop {
            match flock(&open, FlockOperation::LockExclusive) {
                Err(Errno::INTR) => {}
                Err(Errno::NOTSUP | Errno::NOSYS | Errno::NOLCK | Errno::BADF) => {
                    return Ok(Self { directory: None });
                }
                Ok(()) => {
                    return Ok(Self {
                        directory: Some(open),
                    });
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Directories can't be locked here.
    #[cfg(not(unix))]
    pub(super) fn take(_: &Path) -> io::Result<Self> {
        Ok(Self { directory: None })
    }

    /// Whether nobody else has it.
    pub(super) fn is_held(&self) -> bool {
        self.directory.is_some()
    }
}
