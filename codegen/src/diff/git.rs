//! Reads a spec from a revision of a git repository, with the program `git`.

use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use clapspec_runtime::text::printable;
use tempfile::TempDir;

use super::Error;

/// The largest size of all files together, as of a spec on disk.
const MAX_BYTES: u64 = 32 << 20;

/// The files of a spec in a temporary directory, at their paths in the repository.
pub(super) struct Files {
    directory: TempDir,
    pub(super) spec: PathBuf,
}

impl Files {
    /// The directory as it is in messages about files in it.
    pub(super) fn shown_directory(&self) -> String {
        format!("{}/", printable(&self.directory.path().to_string_lossy()))
    }
}

/// An entry of a tree: its type, its object and its path.
struct Entry {
    mode: String,
    object: String,
    bytes: u64,
    path: String,
}

/// Copies a spec or a description from a revision to a temporary directory, with the sets that the spec shares with
/// other programs.
pub(super) fn files(revision: &str, path: &str) -> Result<Files, Error> {
    let outside_of_git = || {
        let message = format!(
            "`{}:…` names a revision, but this directory isn't in a git repository",
            printable(revision)
        );
        let help = "name the path of a spec or of a description, or run this in the repository";
        Error::Git(message, Some(help.to_owned()))
    };
    let prefix = run(&["rev-parse", "--show-prefix"]).map_err(|error| match error {
        Error::Git(message, None) if message.contains("not a git repository") => outside_of_git(),
        // There is no git, or it doesn't trust the owner of the repository.
        error => error,
    })?;
    // As in git, these are relative to the current directory.
    let is_relative =
        matches!(path, "." | "..") || path.starts_with("./") || path.starts_with("../");
    let path = match is_relative {
        true => format!("{}{path}", prefix.trim_end()),
        false => path.to_owned(),
    };
    let path = normal(Path::new(&path)).ok_or_else(|| outside(&path))?;
    let tree = tree_of(revision)?;
    let directory = tempfile::tempdir()
        .map_err(|error| Error::Git(format!("can't create a directory: {error}"), None))?;
    let entries = list(&tree, &path)?;
    if entries.is_empty() {
        return Err(missing(&tree, revision, &path));
    }
    write(directory.path(), entries)?;
    let spec = directory.path().join(&path);
    if let Some(shared) = shared_sets(&spec, &path)? {
        write(directory.path(), list(&tree, &shared)?)?;
    }
    Ok(Files { directory, spec })
}

/// The directory of shared sets that a spec names by a path relative to itself, as a path in the repository.
fn shared_sets(spec: &Path, path: &str) -> Result<Option<String>, Error> {
    let (file, directory) = match spec.is_dir() {
        true => (spec.join("cli.yaml"), Path::new(path)),
        false => (
            spec.to_owned(),
            Path::new(path).parent().unwrap_or(Path::new("")),
        ),
    };
    let text = fs::read_to_string(file).unwrap_or_default();
    let Some(named) = crate::read::sets_from(&text) else {
        return Ok(None);
    };
    // Otherwise, the sets would be read from this machine.
    normal(&directory.join(named)).map(Some).ok_or_else(|| {
        let message = format!(
            "`sets-from: {}` leads out of the repository",
            printable(named)
        );
        Error::Git(message, Some("compare specs by their paths".to_owned()))
    })
}

/// A path without `.` and `..`. `None` if it leads out of the repository.
fn normal(path: &Path) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => names.push(name.to_str()?.to_owned()),
            Component::CurDir => {}
            Component::ParentDir => drop(names.pop()?),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(names.join("/"))
}

fn outside(path: &str) -> Error {
    Error::Git(
        format!("`{}` is not a path in the repository", printable(path)),
        Some("name the path from the top of the repository, or begin it with `./`".to_owned()),
    )
}

/// The tree of a revision.
fn tree_of(revision: &str) -> Result<String, Error> {
    let object = format!("{revision}^{{tree}}");
    let tree = run(&[
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &object,
    ]);
    tree.map(|tree| tree.trim().to_owned()).map_err(|_| {
        let is_shallow = run(&["rev-parse", "--is-shallow-repository"]);
        let is_shallow = is_shallow.is_ok_and(|answer| answer.trim() == "true");
        let help = match is_shallow {
            true => "the clone is shallow: get the revision with `git fetch --unshallow --tags`",
            false => "`git log --oneline` and `git tag` list revisions",
        };
        Error::Git(
            format!(
                "`{}` is not a revision of this repository",
                printable(revision)
            ),
            Some(help.to_owned()),
        )
    })
}

/// The files at a path, and in it.
fn list(tree: &str, path: &str) -> Result<Vec<Entry>, Error> {
    let mut args = vec![
        "--literal-pathspecs",
        "ls-tree",
        "-r",
        "-l",
        "-z",
        "--full-tree",
        tree,
        "--",
    ];
    // Without a path, everything is listed.
    args.extend(Some(path).filter(|path| !path.is_empty()));
    let listed = run(&args)?;
    let entries = listed.split('\0').filter(|entry| !entry.is_empty());
    let entries: Vec<Entry> = entries.filter_map(entry).collect();
    if entries.iter().map(|entry| entry.bytes).sum::<u64>() > MAX_BYTES {
        let message = format!(
            "`{}` has more than {} MB in this revision",
            printable(path),
            MAX_BYTES >> 20
        );
        return Err(Error::Git(message, None));
    }
    Ok(entries)
}

/// Reads `MODE TYPE OBJECT SIZE<tab>PATH`.
fn entry(line: &str) -> Option<Entry> {
    let (facts, path) = line.split_once('\t')?;
    let mut facts = facts.split_whitespace();
    let mode = facts.next()?.to_owned();
    let object = facts.nth(1)?.to_owned();
    let bytes = facts.next()?.parse().unwrap_or_default();
    Some(Entry {
        mode,
        object,
        bytes,
        path: path.to_owned(),
    })
}

/// The error for a path that a revision doesn't have.
fn missing(tree: &str, revision: &str, path: &str) -> Error {
    let above = Path::new(path).ancestors();
    let submodule = above
        .filter_map(Path::to_str)
        .filter(|above| !above.is_empty())
        .find(|above| {
            let listed = run(&[
                "--literal-pathspecs",
                "ls-tree",
                "-z",
                "--full-tree",
                tree,
                "--",
                above,
            ]);
            listed.is_ok_and(|listed| listed.starts_with("160000"))
        });
    let message = format!(
        "the revision `{}` has no `{}`",
        printable(revision),
        printable(path)
    );
    let help = match submodule {
        Some(module) => format!(
            "`{}` is a submodule: run this in it, with one of its own revisions",
            printable(module)
        ),
        None => {
            "the path begins at the top of the repository, unless it begins with `./`".to_owned()
        }
    };
    Error::Git(message, Some(help))
}

/// Writes the files of a revision to a directory. Git doesn't allow `..` or `.git` in their paths.
fn write(directory: &Path, entries: Vec<Entry>) -> Result<(), Error> {
    if let Some(link) = entries.iter().find(|entry| entry.mode == "120000") {
        let message = format!(
            "`{}` is a symbolic link in this revision",
            printable(&link.path)
        );
        let help = "name the file or directory that it leads to, or check the revision out";
        return Err(Error::Git(message, Some(help.to_owned())));
    }
    let files: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| entry.mode.starts_with("100"))
        .collect();
    let contents = contents(&files)?;
    let failed = |error: std::io::Error| {
        Error::Git(
            format!("can't copy the files of the revision: {error}"),
            None,
        )
    };
    for (entry, bytes) in files.iter().zip(contents) {
        let path = directory.join(&entry.path);
        if normal(Path::new(&entry.path)).as_deref() != Some(&*entry.path) {
            return Err(outside(&entry.path));
        }
        fs::create_dir_all(path.parent().unwrap_or(directory)).map_err(failed)?;
        fs::write(path, bytes).map_err(failed)?;
    }
    Ok(())
}

/// The contents of objects, in the same order.
fn contents(entries: &[Entry]) -> Result<Vec<Vec<u8>>, Error> {
    let failed =
        |why: &str| Error::Git(format!("can't read the files of the revision: {why}"), None);
    let mut child = git(&["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(&error.to_string()))?;
    let asked: String = entries
        .iter()
        .map(|entry| format!("{}\n", entry.object))
        .collect();
    let mut input = child.stdin.take().expect("it is piped");
    // Another thread writes, since both pipes may be full.
    let writer = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let output = child
        .wait_with_output()
        .map_err(|error| failed(&error.to_string()))?;
    let _ = writer.join();
    let mut rest = &*output.stdout;
    let mut all = Vec::new();
    for _ in entries {
        let end = rest
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or_else(|| failed("git ended early"))?;
        let head = String::from_utf8_lossy(&rest[..end]);
        let size = head
            .rsplit(' ')
            .next()
            .and_then(|size| size.parse::<usize>().ok());
        let size = size.ok_or_else(|| failed("an object is missing"))?;
        let bytes = rest
            .get(end + 1..end + 1 + size)
            .ok_or_else(|| failed("git ended early"))?;
        all.push(bytes.to_owned());
        rest = rest.get(end + 2 + size..).unwrap_or_default();
    }
    Ok(all)
}

/// Runs git, and returns what it prints.
fn run(args: &[&str]) -> Result<String, Error> {
    let output = git(args).stdin(Stdio::null()).output().map_err(|error| {
        let help = "install git, or compare specs or descriptions by their paths";
        Error::Git(format!("can't run `git`: {error}"), Some(help.to_owned()))
    })?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        let first = message.lines().next().unwrap_or("it failed");
        return Err(Error::Git(format!("git: {}", printable(first)), None));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| Error::Git("a path in the revision is not Unicode".to_owned(), None))
}

fn git(args: &[&str]) -> Command {
    let mut command = Command::new("git");
    // Objects are never fetched from elsewhere, and messages are in English.
    command
        .args(args)
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("LC_ALL", "C");
    command
}
