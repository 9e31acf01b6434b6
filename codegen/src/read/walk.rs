//! Finds the files of a spec in its directory.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostics, nearest};
use crate::source::{Span, shown};

/// The largest depth of nested directories.
const MAX_DEPTH: usize = 32;
/// The largest number of files and directories. A spec of a thousand commands has about a thousand.
const MAX_ENTRIES: usize = 50_000;
/// The top-level directories of a spec. Others are not searched.
const DIRECTORIES: [&str; 4] = ["commands", "sets", "site", "topics"];

/// Returns the paths of the files of a spec, each as a list of names, in order.
pub(super) fn files(root: &Path, problems: &mut Diagnostics) -> Vec<Vec<String>> {
    let mut walk = Walk {
        root,
        real_root: fs::canonicalize(root).unwrap_or_else(|_| root.to_owned()),
        seen: BTreeSet::new(),
        entries: 0,
        files: Vec::new(),
        problems,
    };
    walk.directory(&mut Vec::new());
    walk.files
}

/// Returns the names of the YAML files in a directory, without hidden ones, in order. Errors are reported at
/// `span`.
pub(super) fn yaml_files(directory: &Path, span: Span, problems: &mut Diagnostics) -> Vec<String> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("can't read the directory `{}`: {error}", shown(directory));
            problems
                .error(Code::Unreadable, span, message)
                .help("name a directory with files such as `output.yaml`, each with one set");
            return Vec::new();
        }
    };
    let names = entries.flatten().take(MAX_ENTRIES);
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names
        .filter(|name| name.ends_with(".yaml") && !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

/// A walk through the directories of a spec.
struct Walk<'a> {
    root: &'a Path,
    /// The root with symbolic links resolved. No link may lead out of it.
    real_root: PathBuf,
    /// The directories that were entered through a link.
    seen: BTreeSet<PathBuf>,
    /// The number of files and directories found so far.
    entries: usize,
    files: Vec<Vec<String>>,
    problems: &'a mut Diagnostics,
}

impl Walk<'_> {
    /// Finds the files in a directory and its subdirectories.
    fn directory(&mut self, names: &mut Vec<String>) {
        let here = self.root.join(names.join("/"));
        if names.len() > MAX_DEPTH {
            let message = format!("directories are nested more than {MAX_DEPTH} levels deep");
            self.problems
                .error_in(Code::TooDeep, &shown(&here), message);
            return;
        }
        let entries = fs::read_dir(&here).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                let here = shown(&here);
                let message = format!("can't read the directory `{here}`: {error}");
                self.problems.error_in(Code::Unreadable, &here, message);
                return;
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            self.entries += 1;
            if self.entries == MAX_ENTRIES + 1 {
                let message = format!("the spec has more than {MAX_ENTRIES} files and directories");
                self.problems
                    .error_in(Code::TooLarge, &shown(self.root), message);
            }
            if self.entries > MAX_ENTRIES {
                return;
            }
            self.entry(&entry, names);
        }
    }

    /// Handles a file or a directory.
    fn entry(&mut self, entry: &fs::DirEntry, names: &mut Vec<String>) {
        let path = entry.path();
        let Ok(name) = entry.file_name().into_string() else {
            let path = shown(&path);
            let message = format!("the name of `{path}` is not Unicode");
            self.problems.error_in(Code::PathNotUnicode, &path, message);
            return;
        };
        if name.starts_with('.') {
            return;
        }
        // A directory named `x.yaml` is treated as a file, and reading it reports the error.
        let is_directory = path.is_dir() && !name.ends_with(".yaml");
        // A directory with a misspelled name is searched too, so that each of its files is reported.
        let is_known = !names.is_empty() || nearest(&name, &DIRECTORIES).is_some();
        names.push(name);
        match (is_directory, is_known) {
            (true, true) if self.may_enter(&path) => self.directory(names),
            (true, true) => {}
            (true, false) => self.misplaced(&path, names),
            (false, _) => self.files.push(names.clone()),
        }
        names.pop();
    }

    /// Whether a directory may be entered. A link must lead to another directory inside the spec's
    /// directory, one that is not read anyway.
    fn may_enter(&mut self, path: &Path) -> bool {
        let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
        let Ok(real) = fs::canonicalize(path) else {
            return true;
        };
        if !is_link {
            return true;
        }
        let shown = shown(path);
        let below = real.strip_prefix(&self.real_root).ok();
        let first = below.and_then(|below| below.iter().next());
        let is_read = first.is_none_or(|first| DIRECTORIES.iter().any(|name| first == *name));
        let message = if below.is_none() {
            format!("the link `{shown}` leads out of the spec")
        } else if is_read || !self.seen.insert(real.clone()) {
            format!("the link `{shown}` leads to a directory that is already read")
        } else {
            return true;
        };
        let problem = self.problems.error_in(Code::OddLink, &shown, message);
        problem.help("remove the link, or replace it with a copy of the directory");
        false
    }

    /// Adds the YAML files of an unknown directory, each of which is then reported as misplaced.
    fn misplaced(&mut self, path: &Path, names: &[String]) {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        let mut files: Vec<String> = entries
            .take(MAX_ENTRIES)
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.ends_with(".yaml") && !name.starts_with('.'))
            .collect();
        files.sort();
        for file in files {
            self.files.push([names, &[file]].concat());
        }
    }
}
