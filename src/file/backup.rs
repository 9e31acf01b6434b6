//! The backup beside a credentials file while it is written across pages.
//!
//! It holds both texts: the old one, to go back to, and the one being written, to tell a torn
//! file from one that another program has changed since. A torn file has at each place the byte of
//! the one or of the other, and equals neither. Only that is taken back; a file that another
//! program wrote after the interrupted run stays as it is.
//!
//! The form: a line `# authctl backup OLD NEW` with the two lengths in bytes, then the two texts.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::{LIMIT, bytes, open_file};
use crate::error::Error;

/// The start of the first line.
const HEAD: &str = "# authctl backup ";

/// The largest backup: two texts, and the first line.
const SIZE: u64 = 2 * LIMIT + 64;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The text before the write.
    pub old: String,
    /// The text that was to be written.
    pub new: String,
}

impl Backup {
    /// Whether `now` is the new text with newlines behind it: it was written, but not cut to length.
    pub fn is_padded(&self, now: &[u8]) -> bool {
        let new = self.new.as_bytes();
        let padding = now.strip_prefix(new);
        padding.is_some_and(|rest| !rest.is_empty() && rest.iter().all(|&byte| byte == b'\n'))
    }

    /// Whether `now` is a mixture of the old text and the new, filled up with newlines.
    pub fn is_torn(&self, now: &[u8]) -> bool {
        let (old, new) = (self.old.as_bytes(), self.new.as_bytes());
        let filled = |at: usize| new.get(at).or(Some(&b'\n'));
        // The file gets shorter only after the whole write.
        let lengths = old.len()..=old.len().max(new.len());
        let is_new = now.starts_with(new) && now[new.len()..].iter().all(|&byte| byte == b'\n');
        let mixed =
            |(at, byte): (usize, &u8)| old.get(at) == Some(byte) || filled(at) == Some(byte);
        now != old && !is_new && lengths.contains(&now.len()) && now.iter().enumerate().all(mixed)
    }
}

/// Whether there is a backup of the file at `path`, or a part of one.
pub fn exists(path: &Path) -> bool {
    find(path).is_some()
}

/// The backup of the file at `path`, or a part of one, if there is something.
pub fn find(path: &Path) -> Option<PathBuf> {
    let mut names = ["", ".part"].map(|suffix| name(path, suffix)).into_iter();
    names.find(|name| name.symlink_metadata().is_ok())
}

/// Writes a backup of `old` before `new` takes its place. It appears under its name only when it
/// is whole and on the disk.
pub fn write(path: &Path, old: &str, new: &str) -> Result<(), Error> {
    let part = name(path, ".part");
    let failed = |error| Error::file("write", &part, error);
    // A part of an earlier run is of no use; and nobody may have put a link there.
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

/// Reads the backup of the file at `path`, when there is one.
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

/// Removes the backup of the file at `path`: it holds tokens.
pub fn remove(path: &Path) -> Result<(), Error> {
    // What a kill left before the backup was whole goes too.
    let _ = fs::remove_file(name(path, ".part"));
    let name = name(path, "");
    match fs::remove_file(&name) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::file("remove", name, error))
        }
        _ => Ok(()),
    }
}

/// Takes a backup apart; nothing when it is not whole.
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

/// The name of the backup, or of a part of it, beside the file.
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
    fn only_a_whole_backup_is_read() {
        let text = "# authctl backup 2 1\na\nb";
        assert!(parse(text).is_some());
        assert!(parse(&text[..text.len() - 1]).is_none());
        assert!(parse("token = 'x'\n").is_none());
    }
}
