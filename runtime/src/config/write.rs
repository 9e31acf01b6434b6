//! Saving a file so that there is never half of it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// How many links may follow each other.
const MOST_LINKS: usize = 40;

/// Writes a file beside the one at this path and puts it in its place. What the path links to is
/// replaced, not the link. A new file with secrets is its owner's alone; one that is there already
/// keeps its mode, without what lets others read a secret.
pub(crate) fn write(path: &Path, text: &str, has_secret: bool) -> io::Result<()> {
    let path = followed(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let before = fs::metadata(&path).ok();
    let (beside, mut file) = create_beside(&path, has_secret)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| match &before {
            Some(before) => file.set_permissions(mode(before, has_secret)),
            None => Ok(()),
        })
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written?;
    sync_folder(folder);
    Ok(())
}

/// The file that links at this path lead to, whether it is there or not.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many links follow each other"))
}

/// A new file in the same folder, which nobody else has.
fn create_beside(path: &Path, has_secret: bool) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let process = std::process::id();
    let mut number = 0;
    loop {
        let beside = path.with_file_name(format!(".{name}.{process}.{number}"));
        match options(has_secret).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(unix)]
fn options(has_secret: bool) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    let mode = if has_secret { 0o600 } else { 0o666 };
    options.write(true).create_new(true).mode(mode);
    options
}

#[cfg(not(unix))]
fn options(_: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    options
}

#[cfg(unix)]
fn mode(before: &fs::Metadata, has_secret: bool) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    let others = if has_secret { 0o077 } else { 0 };
    fs::Permissions::from_mode(before.permissions().mode() & 0o7777 & !others)
}

#[cfg(not(unix))]
fn mode(before: &fs::Metadata, _: bool) -> fs::Permissions {
    before.permissions()
}

/// Makes the new name last. Not every file system can; the file itself is written by now.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
