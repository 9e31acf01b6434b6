//! Saving a file atomically, so that it is never incomplete.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::lock::Lock;

/// The maximum number of symbolic links that are followed.
const MAX_LINKS: usize = 40;

/// A file that no other run of the program changes until this is dropped.
pub(crate) struct Locked {
    /// The file itself, which need not exist.
    path: PathBuf,
    _lock: Lock,
}

impl Locked {
    /// Locks the file that this path refers to. Creates its directory, and removes temporary files that
    /// killed runs left there.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        let path = followed(path)?;
        let directory = directory(&path);
        fs::create_dir_all(directory)?;
        let lock = Lock::take(directory)?;
        // Without a lock, another program may still be writing them.
        if lock.is_held() {
            for unfinished in unfinished(&path) {
                let _ = fs::remove_file(unfinished);
            }
        }
        Ok(Self { path, _lock: lock })
    }

    /// Writes a temporary file in the same directory and renames it to replace the file. A symbolic link
    /// stays; its target is replaced. A new file with secrets can be read only by its owner. An existing
    /// file keeps its owner and its mode, without the permissions that would let others read a secret.
    pub(crate) fn write(&self, text: &str, has_secret: bool) -> io::Result<()> {
        let before = fs::metadata(&self.path).ok();
        // The temporary file must not be readable for users who could not read the file before.
        let (temporary, mut file) = create_temporary(&self.path, has_secret || before.is_some())?;
        let written = file
            .write_all(text.as_bytes())
            .and_then(|()| match &before {
                Some(before) => {
                    let is_same_group = keep_owner(&file, before);
                    file.set_permissions(mode(before, has_secret, is_same_group))
                }
                None => Ok(()),
            })
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&temporary, &self.path));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written?;
        sync_directory(directory(&self.path));
        Ok(())
    }
}

/// Returns the directory of a file, which is the current directory for a bare file name.
fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Returns the temporary files that killed runs left beside a file: `.NAME.PROCESS.NUMBER`.
fn unfinished(path: &Path) -> Vec<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let start = format!(".{name}.");
    let is_one = |other: &str| {
        let numbers = other
            .strip_prefix(&start)
            .and_then(|rest| rest.split_once('.'));
        let is_number =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
    };
    let entries = fs::read_dir(directory(path))
        .into_iter()
        .flatten()
        .flatten();
    let entries = entries.filter(|entry| entry.file_name().to_str().is_some_and(is_one));
    entries.map(|entry| entry.path()).collect()
}

/// Follows symbolic links to the target of a path, which need not exist.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// Creates a temporary file in the same directory, with a name that is not in use.
fn create_temporary(path: &Path, is_private: bool) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let process = std::process::id();
    let mut number = 0;
    loop {
        let temporary = path.with_file_name(format!(".{name}.{process}.{number}"));
        match options(is_private).open(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(unix)]
fn options(is_private: bool) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    let mode = if is_private { 0o600 } else { 0o666 };
    options.write(true).create_new(true).mode(mode);
    options
}

#[cfg(not(unix))]
fn options(_: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    options
}

/// Gives the new file the owner and the group of the old one, so that a file still belongs to the user
/// after a change with `sudo`. Errors are ignored: only root can change the owner, and other users can
/// only choose one of their own groups. Returns whether the group is the same.
#[cfg(unix)]
fn keep_owner(file: &File, before: &fs::Metadata) -> bool {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(before.uid()), None);
    let _ = fchown(file, None, Some(before.gid()));
    file.metadata().is_ok_and(|now| now.gid() == before.gid())
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) -> bool {
    true
}

/// Returns the mode of the new file. If its group differs, the group gets only the permissions that all
/// users have.
#[cfg(unix)]
fn mode(before: &fs::Metadata, has_secret: bool, is_same_group: bool) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    let mut mode = before.permissions().mode() & 0o7777;
    if !is_same_group {
        mode = mode & !0o070 | (mode & 0o007) << 3;
    }
    if has_secret {
        mode &= !0o077;
    }
    fs::Permissions::from_mode(mode)
}

#[cfg(not(unix))]
fn mode(before: &fs::Metadata, _: bool, _: bool) -> fs::Permissions {
    before.permissions()
}

/// Makes the new name durable. Errors are ignored, because not every file system supports this and the
/// file is already written.
fn sync_directory(directory: &Path) {
    if cfg!(unix) {
        let _ = File::open(directory).and_then(|directory| directory.sync_all());
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A different group gets only the permissions that all users have, and no other user can read a
    /// secret.
    #[test]
    fn a_different_group_gets_the_permissions_of_all_users() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        for (before, secret, same_group, after) in [
            (0o664, false, true, 0o664),
            (0o664, false, false, 0o644),
            (0o660, false, false, 0o600),
            (0o640, true, true, 0o600),
            (0o604, false, false, 0o644),
        ] {
            let permissions = fs::Permissions::from_mode(before);
            fs::set_permissions(file.path(), permissions).expect("a mode");
            let found = fs::metadata(file.path()).expect("the file");
            let mode = mode(&found, secret, same_group).mode();
            assert_eq!(mode, after, "{before:o} {secret} {same_group}");
        }
    }
}
