//! Temporary files beside the files that they replace. A run keeps its temporary files locked, so that
//! the next run can recognize files that a killed run left behind.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// The prefix of the name of a temporary file. Files whose name begins with a dot aren't part of a spec.
const START: &str = ".clapspec-";

/// Creates a file in the directory of another, which stays locked while it is open.
pub(super) fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let directory = directory(target);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    for number in 0.. {
        let path = directory.join(format!("{START}{}-{number}", std::process::id()));
        match options.open(&path) {
            // Before it was locked, another run may have removed it as a leftover.
            Ok(file) if cfg!(unix) && !(try_lock(&file) && path.exists()) => {}
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    unreachable!("one of the numbers is free")
}

/// Removes the temporary files that killed runs left beside these files.
pub(crate) fn remove_unfinished<'a>(files: impl Iterator<Item = &'a Path>) {
    let targets = files.filter_map(|path| fs::canonicalize(path).ok());
    let directories: BTreeSet<PathBuf> = targets.map(|path| directory(&path).to_owned()).collect();
    let entries = directories
        .iter()
        .filter_map(|path| fs::read_dir(path).ok());
    for entry in entries.flatten().flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(is_temporary);
        if is_ours && File::open(entry.path()).is_ok_and(|file| try_lock(&file)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn directory(target: &Path) -> &Path {
    target.parent().unwrap_or(Path::new("."))
}

/// Whether a name is one that [`create_beside`] chooses.
fn is_temporary(name: &str) -> bool {
    let numbers = name.strip_prefix(START);
    let numbers = numbers.and_then(|rest| rest.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
}

/// Locks a file until it is closed. Returns `false` if another process holds the lock.
#[cfg(unix)]
fn try_lock(file: &File) -> bool {
    rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_ok()
}

/// Without locks, it can't be known whether another run is active.
#[cfg(not(unix))]
fn try_lock(_: &File) -> bool {
    false
}
