//! A lock on the directory of a file, so that two programs that change the file at the same time don't
//! lose each other's changes.
//!
//! The directory is locked instead of the file, because the file itself is replaced, and because a
//! separate lock file would be left behind. If the file system doesn't support locks, and on systems
//! other than Unix, the file is changed without a lock.

use std::fs::File;
use std::io;
use std::path::Path;

/// A lock that is held until it is dropped, if locks are supported.
pub(super) struct Lock {
    directory: Option<File>,
}

impl Lock {
    /// Locks a directory, and waits until it can.
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

    /// Does nothing: directories can't be locked on this system.
    #[cfg(not(unix))]
    pub(super) fn take(_: &Path) -> io::Result<Self> {
        Ok(Self { directory: None })
    }

    /// Returns whether the lock is held. It is not if locks are not supported.
    pub(super) fn is_held(&self) -> bool {
        self.directory.is_some()
    }
}
