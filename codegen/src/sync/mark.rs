//! The mark of a generated directory: a file for its readers, which lists what clapspec wrote.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Error;
use crate::{GeneratedFile, Part};

/// The name of the file.
pub(super) const MARK: &str = "README.md";

/// How the file begins. What begins like this, or is cut off within it, is a mark.
const HEAD: &str = "\
# Generated

clapspec generated these files from the program's spec. They are here to be read and reviewed: to change
one, change the spec and run `clapspec generate` again.

";

/// How much of that is enough to know it by.
const SURE: usize = 32;

/// The largest mark, in bytes. That of a thousand commands has some 100,000.
const LARGEST: u64 = 16 << 20;

/// The start of the names of marks that are not finished.
const UNFINISHED: &str = ".clapspec-mark-";

/// How often a mark is written again because another run took the unfinished one for its own.
const TRIES: usize = 5;

/// The files in a directory that clapspec wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    files: BTreeSet<String>,
}

impl Mark {
    /// Reads the mark of a directory; `None` if there is none. One that was cut off, by a full disk, names
    /// fewer files, and is still one.
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

    /// The mark that a text is.
    fn parse(text: &str) -> Option<Self> {
        let Some(list) = text.strip_prefix(HEAD) else {
            let is_cut_off = text.len() >= SURE && HEAD.starts_with(text);
            return is_cut_off.then(Self::default);
        };
        let name = |line: &str| Some(line.strip_prefix("- `")?.strip_suffix('`')?.to_owned());
        // Only a name below the directory can have been written.
        let is_below = |name: &String| !name.split('/').any(|part| ["", ".", ".."].contains(&part));
        let files = list.lines().filter_map(name).filter(is_below).collect();
        Some(Self { files })
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let lines = self.files.iter().map(|file| format!("- `{file}`\n"));
        HEAD.to_owned() + &lines.collect::<String>()
    }

    /// Whether clapspec wrote a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// The mark after a run: these outputs, and what other parts have.
    pub(super) fn with(&self, parts: &[Part], outputs: &[GeneratedFile]) -> Self {
        let all = parts.len() == Part::ALL.len();
        let others = self
            .files
            .iter()
            .filter(|path| !all && !parts.iter().any(|part| part.owns(path)));
        let new = outputs.iter().map(|output| output.path().to_owned());
        Self {
            files: others.cloned().chain(new).collect(),
        }
    }

    /// The files of both.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self {
            files: self.files.union(&other.files).cloned().collect(),
        }
    }

    /// Writes the mark, whole or not at all, unless it is there already. Removes what interrupted runs left.
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

/// The marks in a directory that are not finished.
fn unfinished(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let is_one = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(UNFINISHED);
    entries.filter(is_one).map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::{HEAD, Mark, SURE};

    #[test]
    fn a_mark_lists_files_below_the_directory() {
        let mark = Mark::parse(&format!(
            "{HEAD}- `cli.rs`\n- `../spec`\n- `/etc/x`\n- `a/./b`\nmore\n"
        ));
        assert!(mark.as_ref().is_some_and(|mark| mark.has("cli.rs")));
        assert_eq!(mark.map(|mark| mark.files.len()), Some(1));
        for at in 0..HEAD.len() {
            assert_eq!(Mark::parse(&HEAD[..at]).is_some(), at >= SURE);
        }
        for other in ["# Generated by hand\n", "my own words\n", "\n"] {
            assert_eq!(Mark::parse(other), None);
        }
    }
}
