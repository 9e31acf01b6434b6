//! The backup of a credentials file, next to it, while a write across pages is in progress.
//!
//! It contains two texts: the old one, to restore, and the new one, which is being written. With both,
//! authctl can tell a torn file from one that another program has changed since. At each position, a
//! torn file has the byte of the old or the new text, and it equals neither. Only a torn file is
//! restored. A file that another program wrote after the interrupted run is left alone.
//!
//! The format is a line `# authctl backup OLD NEW` with the two lengths in bytes, followed by the two
//! texts.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::{LIMIT, bytes, open_file};
use crate::error::Error;

/// The start of the first line of a backup.
const HEAD: &str = "# authctl backup ";

/// The largest size of a backup: two texts and the first line.
const SIZE: u64 = 2 * LIMIT + 64;

/// The content of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The text before the write.
    pub old: String,
    /// The text that was to be written.
    pub new: String,
}

impl Backup {
    /// Whether `now` is the new text followed by newlines. It was written, but the file was not yet
    /// truncated to its length.
    pub fn is_padded(&self, now: &[u8]) -> bool {
        let new = self.new.as_bytes();
        let padding = now.strip_prefix(new);
        padding.is_some_and(|rest| !rest.is_empty() && rest.iter().all(|&byte| byte == b'\n'))
    }

    /// Whether `now` is a mixture of the old text and the new one, which is padded with newlines.
    pub fn is_torn(&self, now: &[u8]) -> bool {
        let (old, new) = (self.old.as_bytes(), self.new.as_bytes());
        let filled = |at: usize| new.get(at).or(Some(&b'\n'));
        // The file is truncated only after the write is complete.
        let lengths = old.len()..=old.len().max(new.len());
        let is_new = now.starts_with(new) && now[new.len()..].iter().all(|&byte| byte == b'\n');
        let mixed =
            |(at, byte): (usize, &u8)| old.get(at) == Some(byte) || filled(at) == Some(byte);
        now != old && !is_new && lengths.contains(&now.len()) && now.iter().enumerate().all(mixed)
    }
}

/// Whether there is a backup of the file at `path`, or an incomplete one.
pub fn exists(path: &Path) -> bool {
    find(path).is_some()
}

/// The path of the backup of the file at `path`, or of an incomplete one, if there is any.
pub fn find(path: &Path) -> Option<PathBuf> {
    let mut names = ["", ".part"].map(|suffix| name(path, suffix)).into_iter();
    names.find(|name| name.symlink_metadata().is_ok())
}

/// Writes a backup of `old` before `new` replaces it. It gets its name only after it is complete and on
/// the disk.
pub fn write(path: &Path, old: &str, new: &str) -> Result<(), Error> {
    let part = name(path, ".part");
    let failed = |error| Error::file("write", &part, error);
    // An incomplete backup of an earlier run is useless. Also, the name must not be somebody else's
    // link.
    match fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part)
        .map_err(failed)?;
    let head = format!("{HEAD}{} {}\n", old.len(), new.len());
    file.write_all([&head, old, new].concat().as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&part, name(path, "")))
        .map_err(|error| {
            let _ = fs::remove_file(&part);
            failed(error)
        })
}

/// Reads the backup of the file at `path`, if there is one.
pub fn read(path: &Path) -> Result<Option<Backup>, Error> {
    let name = name(path, "");
    let file = match open_file(OpenOptions::new(), &name, "read") {
        Err(Error::NotAFile(name)) => return Err(Error::Backup(name)),
        other => other?,
    };
    let Some(file) = file else {
        return Ok(None);
    };
    let text = String::from_utf8(bytes(&file, &name, SIZE)?).ok();
    match text.as_deref().and_then(parse) {
        Some(backup) => Ok(Some(backup)),
        None => Err(Error::Backup(name)),
    }
}

/// Removes the backup of the file at `path`, because it contains tokens.
pub fn remove(path: &Path) -> Result<(), Error> {
    // Also remove an incomplete backup, which a killed run left.
    let _ = fs::remove_file(name(path, ".part"));
    let name = name(path, "");
    match fs::remove_file(&name) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::file("remove", name, error))
        }
        _ => Ok(()),
    }
}

/// Parses a backup. Returns `None` if it is incomplete.
fn parse(text: &str) -> Option<Backup> {
    let (head, texts) = text.strip_prefix(HEAD)?.split_once('\n')?;
    let (old, new) = head.split_once(' ')?;
    let (old, new): (usize, usize) = (old.parse().ok()?, new.parse().ok()?);
    let (first, second) = texts.split_at_checked(old)?;
    (second.len() == new).then(|| Backup {
        old: first.to_owned(),
        new: second.to_owned(),
    })
}

/// The path of the backup, or of an incomplete one, next to the file.
fn name(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".authctl-backup");
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::{Backup, parse};

    #[test]
    fn only_a_mixture_is_torn() {
        let backup = Backup {
            old: "aaaa\nbbbb\ncccc\n".to_owned(),
            new: "aaaa\ncccc\n".to_owned(),
        };
        for (now, torn) in [
            ("aaaa\nbbbb\ncccc\n", false),
            ("aaaa\ncccc\n", false),
            ("aaaa\ncccc\n\n\n\n\n\n", false),
            ("aaaa\nccbb\ncccc\n", true),
            ("aaaa\ncccc\n\n\n\n\nc\n", false),
            ("aaaa\ncccc\n\nccc\n", true),
            ("xxxx\ncccc\n", false),
            ("", false),
        ] {
            assert_eq!(backup.is_torn(now.as_bytes()), torn, "{now:?}");
        }
    }

    #[test]
    fn only_a_complete_backup_is_read() {
        let text = "# authctl backup 2 1\na\nb";
        assert!(parse(text).is_some());
        assert!(parse(&text[..text.len() - 1]).is_none());
        assert!(parse("token = 'x'\n").is_none());
    }
}
