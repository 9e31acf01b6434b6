//! What other build systems need to know about a run: the files that it read and wrote.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use clapspec_runtime::text::printable;

use crate::Checked;

/// A path that a depfile can't contain.
#[derive(Debug)]
pub struct Unwritable(PathBuf);

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = printable(&self.0.to_string_lossy());
        write!(f, "the path `{path}` can't be written to a depfile")
    }
}

impl std::error::Error for Unwritable {}

impl Checked {
    /// The files that were read, and the directories in which a new file would be read. The paths begin with that
    /// of the spec.
    pub fn inputs(&self) -> Vec<PathBuf> {
        let sources = &self.report.sources;
        let files = sources.ids().map(|id| sources.file(id).disk.clone());
        let (shared, own): (Vec<PathBuf>, Vec<PathBuf>) = files.partition(|file| {
            self.shared_sets()
                .is_some_and(|shared| file.starts_with(shared))
        });
        let mut inputs = BTreeSet::new();
        for (root, files) in [(Some(&*self.spec), own), (self.shared_sets(), shared)] {
            if let Some(root) = root.filter(|root| root.is_dir()) {
                inputs.insert(root.to_owned());
                for file in &files {
                    let above = file.ancestors().skip(1);
                    let inside = above.take_while(|above| above.starts_with(root));
                    inputs.extend(inside.map(Path::to_owned));
                }
            }
            inputs.extend(files);
        }
        inputs.into_iter().collect()
    }
}

/// Returns a depfile, as make and ninja read it: the target, and the files that it depends on.
///
/// # Errors
///
/// If a path is not Unicode, or contains a line break.
pub fn depfile(target: &Path, inputs: &[PathBuf]) -> Result<String, Unwritable> {
    let mut text = escaped(target)? + ":";
    for input in inputs {
        text += &format!(" \\\n  {}", escaped(input)?);
    }
    Ok(text + "\n")
}

/// A path as it is written in a makefile, in the way of GCC (`mkdeps.cc`): make reads a backslash as an escape only
/// before these characters.
fn escaped(path: &Path) -> Result<String, Unwritable> {
    let unwritable = || Unwritable(path.to_owned());
    let text = path.to_str().ok_or_else(unwritable)?;
    let mut out = String::new();
    let mut backslashes = 0;
    for char in text.chars() {
        match char {
            '\n' | '\r' => return Err(unwritable()),
            // Backslashes before a space are doubled.
            ' ' | '\t' => out.extend(std::iter::repeat_n('\\', backslashes + 1)),
            '#' | ':' => out.push('\\'),
            '$' => out.push('$'),
            _ => {}
        }
        out.push(char);
        backslashes = if char == '\\' { backslashes + 1 } else { 0 };
    }
    Ok(out)
}
