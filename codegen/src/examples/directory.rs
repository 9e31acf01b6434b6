//! The directory in which an example runs.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Test;

/// The largest output of an example, and the largest file that is compared, in bytes.
pub(super) const MAX_BYTES: u64 = 1 << 20;
/// The current directory of an example, in its home directory.
const CURRENT: &str = "work";
/// The directory for temporary files, in the home directory.
const TEMPORARY: &str = "tmp";

/// The directory of a run, which is removed afterwards.
pub(super) struct Directory {
    /// It is removed on drop.
    #[cfg_attr(not(unix), expect(dead_code))]
    pub(super) root: TempDir,
    pub(super) home: PathBuf,
    /// The file that gets the output.
    pub(super) output: PathBuf,
}

impl Directory {
    /// A fresh directory with the files of an example.
    pub(super) fn with_files(test: &Test<'_>) -> io::Result<Self> {
        let place = Self::new()?;
        for (path, text) in &test.expected.files {
            place.write(path, text)?;
        }
        Ok(place)
    }

    fn new() -> io::Result<Self> {
        let root = temporary()?;
        // Programs may report the path without symbolic links.
        let path = fs::canonicalize(root.path())?;
        let home = path.join("home");
        fs::create_dir_all(home.join(CURRENT))?;
        fs::create_dir(home.join(TEMPORARY))?;
        Ok(Self {
            root,
            output: path.join("output"),
            home,
        })
    }

    /// The current directory of the example.
    pub(super) fn current(&self) -> PathBuf {
        self.home.join(CURRENT)
    }

    /// The directory for its temporary files.
    pub(super) fn temporary(&self) -> PathBuf {
        self.home.join(TEMPORARY)
    }

    /// Returns what the example printed.
    pub(super) fn printed(&self) -> io::Result<String> {
        Ok(self.shown(&read(&self.output)?))
    }

    /// Returns where a path of the spec is: `~/…` in the home directory, and others in the current directory.
    fn locate(&self, path: &str) -> PathBuf {
        match path.strip_prefix("~/") {
            Some(path) => self.home.join(path),
            None => self.current().join(path),
        }
    }

    /// Creates a file that only the user can read, since it may stand for one with credentials.
    fn write(&self, path: &str, text: &str) -> io::Result<()> {
        let file = self.locate(path);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let directory = file.parent().map_or(Ok(()), fs::create_dir_all);
        directory
            .and_then(|()| options.open(&file)?.write_all(text.as_bytes()))
            .map_err(|error| io::Error::new(error.kind(), format!("`{path}`: {error}")))
    }

    /// Returns the contents of a file, or `None` if it doesn't exist.
    pub(super) fn read(&self, path: &str) -> io::Result<Option<String>> {
        let file = self.locate(path);
        if fs::symlink_metadata(&file).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return Ok(None);
        }
        let wrong = |what: &str| io::Error::other(format!("`{path}` {what}"));
        let data =
            fs::metadata(&file).map_err(|error| wrong(&format!("can't be read: {error}")))?;
        // A pipe, for example, might never end.
        if !data.is_file() {
            return Err(wrong("is not a file"));
        }
        if data.len() > MAX_BYTES {
            return Err(wrong(&format!("has more than {MAX_BYTES} bytes")));
        }
        let text = read(&file).map_err(|error| wrong(&format!("can't be read: {error}")))?;
        Ok(Some(self.shown(&text)))
    }

    pub(super) fn exists(&self, path: &str) -> bool {
        fs::symlink_metadata(self.locate(path)).is_ok()
    }

    /// Returns text with `~` in place of the home directory, which has another path in each run, and with
    /// line feeds as line breaks.
    fn shown(&self, text: &str) -> String {
        text.replace(&*self.home.to_string_lossy(), "~")
            .replace("\r\n", "\n")
    }
}

/// Reads a file, up to the limit. Bytes that are not UTF-8 are replaced.
fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(unix)]
impl Drop for Directory {
    fn drop(&mut self) {
        // The example may have replaced it by a symbolic link.
        if fs::symlink_metadata(&self.home).is_ok_and(|data| data.is_dir()) {
            allow_removal(&self.home);
        }
    }
}

/// Gives back the right to remove what is in a directory, which an example may have taken.
#[cfg(unix)]
fn allow_removal(directory: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(directory, fs::Permissions::from_mode(0o700));
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        // Symbolic links are not followed.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            allow_removal(&entry.path());
        }
    }
}

pub(super) fn temporary() -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("clapspec-").tempdir()
}
