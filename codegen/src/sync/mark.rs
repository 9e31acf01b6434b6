//! The mark of a generated directory: a README that lists the files that clapspec wrote.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Error;
use crate::Part;

/// The name of the file.
pub const MARK: &str = "README.md";

/// The beginning of the file. A file that begins like this, or is truncated within it, is a mark.
const HEAD: &str = "\
# Generated

clapspec generated these files from the program's spec. They are here to be read and reviewed: to change
one, change the spec and run `clapspec generate` again.

";

/// The length, in bytes, from which a truncated head is recognized.
const MIN_HEAD: usize = 32;

/// The maximum size of a mark in bytes. The mark of a program with a thousand commands has about
/// 100,000.
const LARGEST: u64 = 16 << 20;

/// The prefix of the names of unfinished marks.
const UNFINISHED: &str = ".clapspec-mark-";

/// How often writing a mark is tried, if another run removes the unfinished file.
const TRIES: usize = 5;

/// The files in a directory that clapspec wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    files: BTreeSet<String>,
}

impl Mark {
    /// Reads the mark of a directory. Returns `None` if it has none. A mark that was truncated, for
    /// example because the disk was full, is still valid, but lists fewer files.
    pub(super) fn read(directory: &Path) -> Result<Option<Self>, Error> {
        let path = directory.join(MARK);
        let failed = |error| Error::Io(path.clone(), error);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() && found.len() <= LARGEST => {}
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(None),
            Err(error) => return Err(failed(error)),
        }
        let body = fs::read(&path).map_err(failed)?;
        Ok(Self::parse(
            &String::from_utf8_lossy(&body).replace("\r\n", "\n"),
        ))
    }

    /// Parses the text of a mark.
    fn parse(text: &str) -> Option<Self> {
        let Some(list) = text.strip_prefix(HEAD) else {
            let is_truncated = text.len() >= MIN_HEAD && HEAD.starts_with(text);
            return is_truncated.then(Self::default);
        };
        let name = |line: &str| Some(line.strip_prefix("- `")?.strip_suffix('`')?.to_owned());
        // clapspec only writes files inside the directory.
        let is_inside = |name: &String| !name.split('/').any(|it| ["", ".", ".."].contains(&it));
        let files = list.lines().filter_map(name).filter(is_inside).collect();
        Some(Self { files })
    }

    /// Returns the text of the file.
    pub(super) fn text(&self) -> String {
        let lines = self.files.iter().map(|file| format!("- `{file}`\n"));
        HEAD.to_owned() + &lines.collect::<String>()
    }

    /// Whether clapspec wrote a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Returns the mark after a run: the files with these names, and those of other parts.
    pub(super) fn with(&self, parts: &[Part], names: &[String]) -> Self {
        let all = parts.len() == Part::ALL.len();
        let others = self
            .files
            .iter()
            .filter(|path| !all && !parts.iter().any(|part| part.owns(path)));
        Self {
            files: others.chain(names).cloned().collect(),
        }
    }

    /// Returns a mark with the files of both.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self {
            files: self.files.union(&other.files).cloned().collect(),
        }
    }

    /// Writes the mark atomically, unless it is unchanged. Removes the unfinished marks of interrupted
    /// runs.
    pub(super) fn write(&self, directory: &Path) -> Result<(), Error> {
        let path = directory.join(MARK);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| Error::Io(path, error)
        };
        fs::create_dir_all(directory).map_err(failed(directory))?;
        for name in unfinished(directory) {
            let _ = fs::remove_file(name);
        }
        let text = self.text();
        if fs::symlink_metadata(&path).is_ok() && super::holds(&path, &text)? {
            return Ok(());
        }
        let new = directory.join(format!("{UNFINISHED}{}", std::process::id()));
        for _ in 0..TRIES {
            let written = fs::write(&new, &text).and_then(|()| fs::rename(&new, &path));
            match written {
                Ok(()) => return Ok(()),
                // Another run has removed it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    let _ = fs::remove_file(&new);
                    return Err(Error::Io(path, error));
                }
            }
        }
        Err(Error::Io(path, io::ErrorKind::ResourceBusy.into()))
    }
}

/// Returns the paths of unfinished marks in a directory.
fn unfinished(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let is_one = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(UNFINISHED);
    entries.filter(is_one).map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::{HEAD, MIN_HEAD, Mark};

    #[test]
    fn a_mark_lists_files_in_the_directory() {
        let mark = Mark::parse(&format!(
            "{HEAD}- `cli.rs`\n- `../spec`\n- `/etc/x`\n- `a/./b`\nmore\n"
        ));
        assert!(mark.as_ref().is_some_and(|mark| mark.has("cli.rs")));
        assert_eq!(mark.map(|mark| mark.files.len()), Some(1));
        for at in 0..HEAD.len() {
            assert_eq!(Mark::parse(&HEAD[..at]).is_some(), at >= MIN_HEAD);
        }
        for other in ["# Generated by hand\n", "my own words\n", "\n"] {
            assert_eq!(Mark::parse(other), None);
        }
    }
}
