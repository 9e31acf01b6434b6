//! What a change of a spec breaks: two descriptions of a program, compared.
//!
//! A change is judged by what scripts can rely on: a command line that was accepted still is, it means the same,
//! and whoever reads results, exit codes, variables and settings finds what was promised. The judgments are
//! the [`Rule`]s.

mod arg;
mod args;
mod commands;
mod contract;
mod examples;
mod git;
mod index;
mod numbers;
mod output;
mod program;
mod rule;
mod rules;
mod show;
mod side;
mod values;

use std::collections::HashSet;

use crate::description::Description;

pub use rule::{Class, Rule};
pub use side::{Error, Side};

/// The differences between two descriptions of a program.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    changes: Vec<Change>,
    versions: [Option<String>; 2],
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Change {
    /// The rule by which it is judged.
    pub rule: Rule,
    /// The command that changed, with the names of its parents.
    pub place: String,
    /// What changed, in Markdown without links: names are in backquotes.
    pub message: String,
}

/// How the version has to change, as defined by Semantic Versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bump {
    /// Nothing changed.
    None,
    /// Only the documentation changed.
    Patch,
    /// Something was added.
    Minor,
    /// Something breaks.
    Major,
}

impl Bump {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Compares two versions of a program, and parses the examples of the old one with the new spec, if that is known.
pub fn compare_sides(old: &Side, new: &Side) -> Diff {
    let mut diff = compare(&old.description, &new.description);
    diff.changes.extend(examples::rejected(old, new));
    diff
}

/// Compares two descriptions of a program.
pub fn compare(old: &Description, new: &Description) -> Diff {
    let mut found = Found::default();
    program::compare(old, new, &mut found);
    Diff {
        changes: found.changes,
        versions: [old.version.clone(), new.version.clone()],
    }
}

impl Diff {
    /// The changes of a class, in the order of the commands.
    pub fn of(&self, class: Class) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(move |change| change.rule.class() == class)
    }

    /// Whether a change is breaking.
    pub fn is_breaking(&self) -> bool {
        self.of(Class::Breaking).next().is_some()
    }

    /// How the version has to change. Before 1.0.0, the minor version changes when something breaks, as cargo
    /// expects it.
    pub fn bump(&self) -> Bump {
        let has = |class| self.of(class).next().is_some();
        let is_early = self.versions[0]
            .as_ref()
            .is_some_and(|version| version.starts_with("0."));
        match () {
            () if has(Class::Breaking) && is_early => Bump::Minor,
            () if has(Class::Breaking) => Bump::Major,
            () if has(Class::Compatible) && is_early => Bump::Patch,
            () if has(Class::Compatible) => Bump::Minor,
            () if has(Class::Documentation) => Bump::Patch,
            () => Bump::None,
        }
    }

    /// The smallest version that the new program may have, if the version of the old one is known.
    pub fn next_version(&self) -> Option<String> {
        let [major, minor, patch] = version(self.versions[0].as_ref()?)?;
        let next = match self.bump() {
            Bump::None => [major, minor, patch],
            Bump::Patch => [major, minor, patch.checked_add(1)?],
            Bump::Minor => [major, minor.checked_add(1)?, 0],
            Bump::Major => [major.checked_add(1)?, 0, 0],
        };
        Some(next.map(|number| number.to_string()).join("."))
    }

    /// Whether the version of the new program is too small for the changes. `None` if a version isn't known.
    pub fn version_is_too_small(&self) -> Option<bool> {
        let next = version(&self.next_version()?)?;
        let new = version(self.versions[1].as_ref()?)?;
        Some(new < next)
    }
}

/// The three numbers of a version without a label.
fn version(version: &str) -> Option<[u64; 3]> {
    let numbers: Vec<u64> = version
        .split('.')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// Collects changes. A change that was already found, such as that of an option which several commands inherit, is
/// not added again.
#[derive(Default)]
struct Found {
    changes: Vec<Change>,
    known: HashSet<Change>,
}

impl Found {
    fn add(&mut self, rule: Rule, place: &str, message: impl Into<String>) {
        let change = Change {
            rule,
            place: place.to_owned(),
            message: message.into(),
        };
        if self.known.insert(change.clone()) {
            self.changes.push(change);
        }
    }

    /// Adds a change of the documentation, if one of these texts of something differs.
    fn texts(&mut self, place: &str, of: &str, differs: &[(&str, bool)]) {
        let names = differs.iter().filter(|(_, differs)| *differs);
        let names: Vec<&str> = names.map(|(name, _)| *name).collect();
        if !names.is_empty() {
            let message = format!("{of} ({})", names.join(", "));
            self.add(Rule::Documentation, place, message);
        }
    }
}

/// Writes a name as code.
fn code(name: &str) -> String {
    // A backquote would end the code.
    format!("`{}`", name.replace('`', "'"))
}

/// Writes names as code: `` `a`, `b` ``.
fn codes<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(code).collect();
    names.join(", ")
}
