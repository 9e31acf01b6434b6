//! What was found in a spec, for those who asked.

mod places;

use std::fmt;

use clapspec_runtime::text::printable;
use serde::{Serialize, Serializer};

use crate::diagnostic::{self, Code, DEFAULT_WIDTH, Diagnostic, Severity};
use crate::source::Sources;
use places::Places;

/// What was found in a spec: errors and warnings, each with its place, in the order of their places.
#[derive(Debug)]
pub struct Report {
    pub(crate) sources: Sources,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Whether the spec has no errors. It may have warnings.
    pub fn is_ok(&self) -> bool {
        self.errors() == 0
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        let list = self.diagnostics.iter();
        list.filter(|diagnostic| diagnostic.severity() == severity)
            .count()
    }

    /// Each error and warning as data, in the order of their places.
    pub fn findings(&self) -> Vec<Finding> {
        let places = Places::new(&self.sources);
        let list = self.diagnostics.iter();
        list.map(|diagnostic| Finding::new(diagnostic, &self.sources, &places))
            .collect()
    }

    /// The code of each error and warning, in the order of their places.
    pub fn codes(&self) -> impl Iterator<Item = Code> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code)
    }

    /// How many of them [`fix`](crate::fix) would fix at once.
    #[cfg(feature = "cli")]
    pub fn fixable(&self) -> usize {
        let suggestions = self
            .diagnostics
            .iter()
            .filter_map(|diagnostic| diagnostic.suggestion.as_ref());
        suggestions.filter(|suggestion| suggestion.certain).count()
    }

    /// How many there are, in words: `3 errors, 1 warning`.
    pub fn summary(&self) -> String {
        let counts = [(self.errors(), "error"), (self.warnings(), "warning")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = counts.map(|(count, noun)| counted(count, noun)).collect();
        words.join(", ")
    }

    /// All of them as text for a terminal of this width, with escape sequences for colors if
    /// `color`.
    pub fn render(&self, color: bool, width: usize) -> String {
        diagnostic::render(&self.diagnostics, &self.sources, color, width)
    }
}

/// One error or warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of problem it is.
    #[serde(serialize_with = "name")]
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The path of the file or directory, as the path of the spec was given, with `/` on every system.
    pub path: String,
    /// Where it begins. `None` if it is about a file or directory as a whole.
    pub start: Option<Position>,
    /// Where it ends: after its last character.
    pub end: Option<Position>,
    /// What to say at the place, if there is more to say than the message does.
    pub label: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// How to fix it, in words.
    pub help: Vec<String>,
    /// How to fix it, as a change of the text.
    pub suggestion: Option<Suggestion>,
}

/// A place between two characters of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in characters (Unicode scalar values). A byte order mark is not counted.
    pub column: usize,
    /// The offset in bytes from the beginning of the file, counted from 0.
    pub byte: usize,
}

/// A range of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// The path of the file, as in [`Finding::path`].
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: after its last character.
    pub end: Position,
}

/// Another place that has to do with a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Related {
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// What it has to do with the finding.
    pub label: String,
}

/// A change of the text that fixes a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// What is replaced.
    #[serde(flatten)]
    pub place: Place,
    /// What to put there.
    pub text: String,
    /// Why.
    pub message: String,
    /// Whether nothing else can be meant. `clapspec check --fix` makes these changes, and no others.
    pub certain: bool,
}

impl Finding {
    fn new(diagnostic: &Diagnostic, sources: &Sources, places: &Places<'_>) -> Self {
        let place = diagnostic.span().map(|span| places.place(span));
        let related = diagnostic.related.iter().map(|(span, label)| Related {
            place: places.place(*span),
            label: label.clone(),
        });
        let suggestion = diagnostic.suggestion.as_ref();
        Self {
            code: diagnostic.code,
            severity: diagnostic.severity(),
            message: diagnostic.message.clone(),
            path: diagnostic.path(sources).to_owned(),
            start: place.as_ref().map(|place| place.start),
            end: place.as_ref().map(|place| place.end),
            label: Some(diagnostic.label.clone()).filter(|label| !label.is_empty()),
            related: related.collect(),
            help: diagnostic.help.clone(),
            suggestion: suggestion.map(|suggestion| Suggestion {
                place: places.place(suggestion.span),
                text: suggestion.text.clone(),
                message: suggestion.help.clone(),
                certain: suggestion.certain,
            }),
        }
    }
}

/// Its message and place in one line, `spec/cli.yaml:3:1: unknown key`, whatever it quotes: a line feed from a
/// spec would begin another instruction of a build script to cargo.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.path))?;
        if let Some(start) = self.start {
            write!(f, ":{}:{}", start.line, start.column)?;
        }
        write!(f, ": {} [{}]", printable(&self.message), self.code)
    }
}

fn name<S: Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.name())
}

/// `1 error`, `2 errors`
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false, DEFAULT_WIDTH))
    }
}

impl std::error::Error for Report {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_one_line() {
        let finding = Finding {
            code: Code::UnknownKey,
            severity: Severity::Error,
            message: "a\ncargo::rustc-env=A=b\u{1b}[1m".to_owned(),
            path: "spec/a\nb.yaml".to_owned(),
            start: None,
            end: None,
            label: None,
            related: Vec::new(),
            help: Vec::new(),
            suggestion: None,
        };
        let line = "spec/a\\nb.yaml: a\\ncargo::rustc-env=A=b\\u{1b}[1m [unknown-key]";
        assert_eq!(finding.to_string(), line);
    }
}
