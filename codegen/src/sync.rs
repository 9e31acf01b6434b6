//! Writing generated files to a directory, or comparing them with a directory.
//!
//! A `README.md` marks a generated directory and lists the files in it that clapspec wrote. No other
//! files are ever removed.

mod mark;

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

pub use self::mark::MARK;
use self::mark::Mark;
use crate::source::display;
use crate::{GeneratedFile, Part};

/// How a file differs from the generated one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Difference {
    /// It doesn't exist.
    Missing,
    /// It has other contents, or isn't a regular file.
    Changed,
    /// clapspec wrote it in an earlier run, but doesn't generate it any more.
    Extra,
    /// clapspec didn't write it.
    Foreign,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Extra => "no longer generated",
            Self::Foreign => "not generated",
        })
    }
}

/// Why a directory can't be read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The directory contains files that clapspec did not generate.
    Foreign(PathBuf),
    /// The directory is the spec, is inside it, or contains it.
    Overlap(PathBuf, PathBuf),
    /// A directory in it is a link, so files would be written elsewhere.
    Link(PathBuf),
    /// A file can't be written because something that is neither a file nor a link has its name.
    NotAFile(PathBuf),
    /// The operating system returned an error.
    Io(PathBuf, io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(path) => write!(
                f,
                "`{}` contains files that clapspec did not generate; choose an empty or new directory",
                display(path)
            ),
            Self::Overlap(path, spec) => write!(
                f,
                "the output directory `{}` and the spec `{}` overlap; choose another output directory",
                display(path),
                display(spec)
            ),
            Self::Link(path) => write!(
                f,
                "`{}` is a link; remove it, so that clapspec can create a directory",
                display(path)
            ),
            Self::NotAFile(path) => {
                write!(f, "`{}` is not a regular file; remove it", display(path))
            }
            Self::Io(path, error) => write!(f, "`{}`: {error}", display(path)),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(_, error) => Some(error),
            _ => None,
        }
    }
}

/// Checks that an output directory is not the directory of the spec, inside it, or a parent of the spec.
///
/// # Errors
///
/// If they overlap, or if one of the paths can't be resolved.
pub fn check_apart(spec: &Path, directory: &Path) -> Result<(), Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| Error::Io(path, error)
    };
    let out = real(directory).map_err(failed(directory))?;
    let input = real(spec).map_err(failed(spec))?;
    let inside = input.is_dir() && out.starts_with(&input);
    match inside || input.starts_with(&out) {
        true => Err(Error::Overlap(directory.to_owned(), spec.to_owned())),
        false => Ok(()),
    }
}

/// Resolves the links in a path whose last components may not exist.
fn real(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    for ancestor in path.ancestors() {
        if let Ok(real) = fs::canonicalize(ancestor) {
            let rest = path.strip_prefix(ancestor).unwrap_or(Path::new(""));
            return Ok(real.join(rest));
        }
    }
    Ok(path)
}

/// Creates a directory, and fills it. If that fails, nothing is left of it.
///
/// # Errors
///
/// The directory exists or can't be created, so that it was not filled.
#[cfg(feature = "import")]
pub(crate) fn create<E>(
    directory: &Path,
    fill: impl FnOnce() -> Result<(), E>,
) -> io::Result<Result<(), E>> {
    fs::create_dir(directory)?;
    let filled = fill();
    if filled.is_err() {
        // The directory is new, so all files in it are from here.
        let _ = fs::remove_dir_all(directory);
    }
    Ok(filled)
}

/// Compares a directory with the files generated for `parts`, which are in `outputs` in any grouping. Files
/// of other parts are ignored. The result is sorted by path.
///
/// # Errors
///
/// If the directory can't be read.
pub fn compare(
    directory: &Path,
    parts: &[Part],
    outputs: impl IntoIterator<Item = Vec<GeneratedFile>>,
) -> Result<Vec<(String, Difference)>, Error> {
    let (mut found, mark) = found(directory)?;
    let mark = mark.unwrap_or_default();
    let mut differences = Vec::new();
    let mut add = |output: &GeneratedFile| {
        let path = directory.join(output.path());
        let difference = match found.remove(output.path()) {
            false => Difference::Missing,
            true if holds(&path, output.text())? => return Ok(()),
            true => Difference::Changed,
        };
        differences.push((output.path().to_owned(), difference));
        Ok(())
    };
    let mut names = Vec::new();
    for output in outputs.into_iter().flatten() {
        add(&output)?;
        names.push(output.path().to_owned());
    }
    add(&GeneratedFile::new(MARK, mark.with(parts, &names).text()))?;
    for path in left(found, parts) {
        let difference = match mark.has(&path) {
            true => Difference::Extra,
            false => Difference::Foreign,
        };
        differences.push((path, difference));
    }
    differences.sort();
    Ok(differences)
}

/// Writes the files that differ, and removes files that clapspec wrote but doesn't generate any more. The files
/// are in `outputs` in any grouping: each group is written before the next one is asked for. Returns the paths of
/// files that clapspec didn't write, which are left unchanged.
///
/// # Errors
///
/// If the directory contains files but isn't marked as generated, or if it can't be read or written.
pub fn write(
    directory: &Path,
    parts: &[Part],
    outputs: impl IntoIterator<Item = Vec<GeneratedFile>>,
) -> Result<Vec<String>, Error> {
    let (mut found, mark) = found(directory)?;
    if !found.is_empty() && mark.is_none() {
        return Err(Error::Foreign(directory.to_owned()));
    }
    let before = mark.unwrap_or_default();
    let mut names = Vec::new();
    for outputs in outputs {
        names.extend(outputs.iter().map(|output| output.path().to_owned()));
        // The mark is written first, and lists the old and the new files until the end, so that an
        // interrupted run can be repeated.
        before.and(&before.with(parts, &names)).write(directory)?;
        for output in &outputs {
            found.remove(output.path());
            write_file(directory, output)?;
        }
    }
    found.remove(MARK);
    let (extra, foreign): (Vec<String>, Vec<String>) =
        left(found, parts).partition(|path| before.has(path));
    for path in extra {
        let path = directory.join(path);
        fs::remove_file(&path).map_err(|error| Error::Io(path, error))?;
    }
    before.with(parts, &names).write(directory)?;
    Ok(foreign)
}

/// Returns the files of these parts that are left in a directory.
fn left(found: BTreeSet<String>, parts: &[Part]) -> impl Iterator<Item = String> {
    let all = parts.len() == Part::ALL.len();
    found
        .into_iter()
        .filter(move |path| all || parts.iter().any(|part| part.owns(path)))
}

/// Writes one file if its contents differ. An unchanged file isn't written, so that nothing is rebuilt
/// because of it.
pub(crate) fn write_file(directory: &Path, output: &GeneratedFile) -> Result<(), Error> {
    let path = directory.join(output.path());
    let failed = |error| Error::Io(path.clone(), error);
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    let parent = path.parent().unwrap_or(directory);
    if parent != directory && is_link(parent) {
        return Err(Error::Link(parent.to_owned()));
    }
    match fs::symlink_metadata(&path) {
        // The target of a link must not be overwritten.
        Ok(found) if found.is_symlink() => fs::remove_file(&path).map_err(failed)?,
        // Writing to a pipe, for example, would wait for a reader.
        Ok(found) if !found.is_file() => return Err(Error::NotAFile(path)),
        Ok(_) if holds(&path, output.text())? => return Ok(()),
        _ => {}
    }
    match fs::write(&path, output.text()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(parent).map_err(|error| Error::Io(parent.to_owned(), error))?;
            fs::write(&path, output.text()).map_err(failed)
        }
        written => written.map_err(failed),
    }
}

/// Whether a regular file has this content, except for line endings, which git may have changed. A much
/// larger file isn't read.
fn holds(path: &Path, text: &str) -> Result<bool, Error> {
    let failed = |error| Error::Io(path.to_owned(), error);
    let found = fs::symlink_metadata(path).map_err(failed)?;
    let length = text.len() as u64;
    if !found.is_file() || found.len() > 2 * length {
        return Ok(false);
    }
    // Other line endings change the length, so that files of the same length need not be in memory.
    if found.len() == length {
        return is_same(path, text.as_bytes()).map_err(failed);
    }
    let body = fs::read(path).map_err(failed)?;
    Ok(String::from_utf8_lossy(&body).replace("\r\n", "\n") == text)
}

/// Whether a file has exactly these bytes.
fn is_same(path: &Path, mut rest: &[u8]) -> io::Result<bool> {
    let mut file = BufReader::new(File::open(path)?);
    loop {
        let bytes = match file.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            bytes => bytes?,
        };
        let count = bytes.len();
        match rest.split_at_checked(count) {
            Some((begin, _)) if begin != bytes => return Ok(false),
            None => return Ok(false),
            Some((_, end)) if count == 0 => return Ok(end.is_empty()),
            Some((_, end)) => rest = end,
        }
        file.consume(count);
    }
}

/// The files in a directory, and then its mark: another run that writes to the directory writes the mark first, so
/// whoever sees its files sees the mark, too.
fn found(directory: &Path) -> Result<(BTreeSet<String>, Option<Mark>), Error> {
    let mut files = BTreeSet::new();
    walk(directory, "", &mut files)?;
    Ok((files, Mark::read(directory)?))
}

/// Collects the paths of all files in a directory and its subdirectories. Names that begin with a dot,
/// such as `.git`, are skipped. A directory that doesn't exist is treated as empty.
fn walk(root: &Path, prefix: &str, found: &mut BTreeSet<String>) -> Result<(), Error> {
    let directory = root.join(prefix);
    let failed = |error| Error::Io(directory.clone(), error);
    let entries = match fs::read_dir(&directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound && prefix.is_empty() => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let path = match prefix.is_empty() {
            true => name.into_owned(),
            false => format!("{prefix}/{name}"),
        };
        // Links are not followed, since their targets are not in the directory.
        match entry.file_type().map_err(failed)?.is_dir() {
            true => walk(root, &path, found)?,
            false => {
                found.insert(path);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[cfg(feature = "import")]
    #[test]
    fn a_directory_that_is_not_filled_is_removed() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("new");
        for is_complete in [false, true] {
            let filled = create(&path, || {
                fs::create_dir(path.join("inside")).map_err(drop)?;
                is_complete.then_some(()).ok_or(())
            });
            assert_eq!(filled.expect("created").is_ok(), is_complete);
            assert_eq!(path.exists(), is_complete);
        }
        // It was there before.
        assert!(create(&path, || Err(())).is_err());
        assert!(path.join("inside").exists());
    }

    #[test]
    fn an_error_has_its_cause() {
        let error = check_apart(Path::new("a"), Path::new("")).expect_err("an empty path");
        assert!(
            error
                .source()
                .is_some_and(|source| source.is::<io::Error>())
        );
        assert!(Error::Link("a".into()).source().is_none());
    }
}
