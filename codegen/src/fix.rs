//! Fixes a spec by applying the suggestions that are certain.
//!
//! Only the bytes of the errors change. Comments, line endings and everything else stay. The changes are
//! first tried in memory, since a change may reveal another error, and no change may make a file harder
//! to parse. Then the files are written, each of them atomically.

pub use crate::replace::Error;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::read::{self, Spec};
use crate::replace::{Edit, apply};
use crate::report::counted;
use crate::source::{FileId, Sources};
use crate::{Report, analyze_files, replace, yaml};

/// How often the spec is read again. Errors rarely hide many others.
const MAX_ROUNDS: usize = 10;
/// How often changes of one file are tried in a round. One try is almost always enough.
const MAX_TRIES: usize = 100;

/// The result of fixing a spec.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fixed {
    /// The remaining errors and warnings.
    pub report: Report,
    /// How many errors were fixed.
    pub errors: usize,
    /// How many files were written.
    pub files: usize,
}

impl Fixed {
    /// A summary: `fixed 10 errors in 2 files`.
    pub fn summary(&self) -> String {
        let errors = counted(self.errors, "error");
        format!("fixed {errors} in {}", counted(self.files, "file"))
    }
}

/// Applies all suggestions that are certain, and writes the files of the spec.
///
/// # Errors
///
/// If a file can't be written, or was changed by another program in the meantime. No file is written
/// partially, and no file is written before all of them are checked.
pub fn fix(path: &Path) -> Result<Fixed, Error> {
    let mut found = Diagnostics::default();
    let mut spec = read::read(path, &mut found);
    let mut originals: BTreeMap<FileId, String> = BTreeMap::new();
    let mut errors = 0;
    let mut diagnostics = analyze_files(&spec, found.clone()).1;
    for _ in 0..MAX_ROUNDS {
        let fixed = fix_files(&mut spec, &diagnostics, &mut originals);
        if fixed == 0 {
            break;
        }
        errors += fixed;
        diagnostics = analyze_files(&spec, found.clone()).1;
    }
    let changed = originals.iter().map(|(id, old)| {
        let file = spec.sources.file(*id);
        (file.disk.as_path(), old.as_str(), file.text.as_str())
    });
    let changed: Vec<_> = changed.filter(|(_, old, new)| old != new).collect();
    let disks = spec.sources.ids().map(|id| &*spec.sources.file(id).disk);
    replace::remove_unfinished(disks);
    let files = replace::write_all(&changed)?;
    let report = Report {
        sources: spec.sources,
        diagnostics,
    };
    Ok(Fixed {
        report,
        errors,
        files,
    })
}

/// Applies the certain changes that don't make their file worse. Returns how many were applied.
fn fix_files(
    spec: &mut Spec,
    diagnostics: &[Diagnostic],
    originals: &mut BTreeMap<FileId, String>,
) -> usize {
    let mut fixed = 0;
    for (id, edits) in edits(diagnostics, &spec.sources) {
        let text = &mut spec.sources.file_mut(id).text;
        let before = text.clone();
        fixed += fix_file(id, text, &edits);
        originals.entry(id).or_insert(before);
    }
    fixed
}

/// Applies the changes to one file that don't make it worse. Returns how many were applied.
fn fix_file(id: FileId, text: &mut String, edits: &[Edit]) -> usize {
    let mut trial = Trial {
        id,
        text,
        flaws: flaws(id, text),
        kept: Vec::new(),
        tries: MAX_TRIES,
    };
    trial.add(edits);
    let kept = trial.kept;
    *text = apply(text, &kept);
    kept.len()
}

/// Finds the changes that don't make a file worse.
struct Trial<'a> {
    id: FileId,
    text: &'a str,
    /// The number of problems in the original text.
    flaws: Option<usize>,
    kept: Vec<Edit>,
    tries: usize,
}

impl Trial<'_> {
    /// Keeps all of these changes if they don't make the file worse. Otherwise, tries each half.
    fn add(&mut self, edits: &[Edit]) {
        if edits.is_empty() || self.tries == 0 {
            return;
        }
        self.tries -= 1;
        let all = [&self.kept, edits].concat();
        let flaws = flaws(self.id, &apply(self.text, &all));
        if flaws.is_some() && flaws <= self.flaws {
            self.kept = all;
        } else if edits.len() > 1 {
            let (first, second) = edits.split_at(edits.len() / 2);
            self.add(first);
            self.add(second);
        }
    }
}

/// Returns the certain changes by file and place, without those that overlap. A file that is reachable
/// by several links gets the changes for each of its paths.
fn edits(diagnostics: &[Diagnostic], sources: &Sources) -> BTreeMap<FileId, Vec<Edit>> {
    let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    let same = same_files(sources);
    let suggestions = diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.suggestion.as_ref());
    for suggestion in suggestions.filter(|suggestion| suggestion.certain) {
        let one = [suggestion.span.file];
        let files = same.iter().find(|files| files.contains(&one[0]));
        for id in files.map_or(&one[..], Vec::as_slice) {
            let list = edits.entry(*id).or_default();
            list.push((sources.range(suggestion.span), suggestion.text.clone()));
        }
    }
    for list in edits.values_mut() {
        list.sort_by_key(|(range, _)| (range.start, range.end));
        let mut end = 0;
        list.retain(|(range, _)| {
            let apart = range.start >= end && !range.is_empty();
            if apart {
                end = range.end;
            }
            apart
        });
    }
    edits
}

/// Returns the groups of paths that lead to the same file, because of links.
fn same_files(sources: &Sources) -> Vec<Vec<FileId>> {
    let mut by_target: BTreeMap<PathBuf, Vec<FileId>> = BTreeMap::new();
    for id in sources.ids() {
        if let Ok(target) = fs::canonicalize(&sources.file(id).disk) {
            by_target.entry(target).or_default().push(id);
        }
    }
    by_target
        .into_values()
        .filter(|ids| ids.len() > 1)
        .collect()
}

/// Returns the number of problems in a string, or `None` if it is not YAML.
fn flaws(id: FileId, text: &str) -> Option<usize> {
    let mut problems = Diagnostics::default();
    yaml::parse(id, text, &mut problems)?;
    Some(problems.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str, edits: &[(&str, &str)]) -> (usize, String) {
        let place = |old: &str| {
            let start = text.find(old).expect("the text contains it");
            start..start + old.len()
        };
        let edits = edits.iter();
        let edits: Vec<Edit> = edits
            .map(|(old, new)| (place(old), (*new).to_owned()))
            .collect();
        let mut text = text.to_owned();
        let count = fix_file(FileId(0), &mut text, &edits);
        (count, text)
    }

    /// Changes that would make a file worse are skipped, and the others are applied.
    #[test]
    fn no_change_makes_a_file_worse() {
        assert_eq!(fixed("a: 1\n", &[("a", "b")]), (1, "b: 1\n".into()));
        assert_eq!(fixed("a: 1\n", &[("1", "[")]), (0, "a: 1\n".into()));
        // There would be two keys with the same name.
        assert_eq!(
            fixed("xa: 1\nya: 2\n", &[("xa", "a"), ("ya", "a")]),
            (1, "a: 1\nya: 2\n".into())
        );
        assert_eq!(
            fixed("a: 1\nb: 2\nc: 3\n", &[("a", "x"), ("2", "{"), ("3", "4")]),
            (2, "x: 1\nb: 2\nc: 4\n".into())
        );
    }
}
