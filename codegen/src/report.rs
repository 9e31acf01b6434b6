//! The errors and warnings of a spec, for users of the library.

mod places;

use std::fmt;

use clapspec_runtime::text::printable;
use serde::{Serialize, Serializer};

use crate::diagnostic::{self, Code, DEFAULT_WIDTH, Diagnostic, Severity};
use crate::source::Sources;
pub(crate) use places::Places;

/// The errors and warnings of a spec, sorted by place.
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

    /// Each error and warning as data, sorted by place.
    pub fn findings(&self) -> Vec<Finding> {
        let places = Places::new(&self.sources);
        let list = self.diagnostics.iter();
        list.map(|diagnostic| Finding::new(diagnostic, &self.sources, &places))
            .collect()
    }

    /// The code of each error and warning, sorted by place.
    pub fn codes(&self) -> impl Iterator<Item = Code> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code)
    }

    /// How many errors and warnings [`fix`](crate::fix) would fix in the first round.
    #[cfg(feature = "cli")]
    pub fn fixable(&self) -> usize {
        let suggestions = self
            .diagnostics
            .iter()
            .filter_map(|diagnostic| diagnostic.suggestion.as_ref());
        suggestions.filter(|suggestion| suggestion.certain).count()
    }

    /// The number of errors and warnings, in words: `3 errors, 1 warning`.
    pub fn summary(&self) -> String {
        let counts = [(self.errors(), "error"), (self.warnings(), "warning")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = counts.map(|(count, noun)| counted(count, noun)).collect();
        words.join(", ")
    }

    /// Formats all errors and warnings for a terminal of this width, in color if `color` is set.
    pub fn render(&self, color: bool, width: usize) -> String {
        diagnostic::render(&self.diagnostics, &self.sources, color, width)
    }
}

/// One error or warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The kind of problem.
    #[serde(serialize_with = "name")]
    pub code: Code,
    /// Whether it is an error or a warning.
    pub severity: Severity,
    /// A description of the problem, in one line.
    pub message: String,
    /// The path of the file or directory. It begins with the given path of the spec, and has `/` on
    /// every system.
    pub path: String,
    /// The beginning of its place. `None` if the problem concerns a whole file or directory.
    pub start: Option<Position>,
    /// The end of its place, after the last character.
    pub end: Option<Position>,
    /// A label for the place, if it adds something to the message.
    pub label: Option<String>,
    /// Other places that are related to the problem.
    pub related: Vec<Related>,
    /// How to fix the problem, in words.
    pub help: Vec<String>,
    /// How to fix the problem, as a change of the text.
    pub suggestion: Option<Suggestion>,
}

/// A position between two characters of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in characters (Unicode scalar values), without a byte order mark.
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
    /// Its beginning.
    pub start: Position,
    /// Its end, after the last character.
    pub end: Position,
}

/// Another place that is related to a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Related {
    /// The place.
    #[serde(flatten)]
    pub place: Place,
    /// How it is related to the finding.
    pub label: String,
}

/// A change of the text that fixes a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// The place of the text to replace.
    #[serde(flatten)]
    pub place: Place,
    /// The replacement.
    pub text: String,
    /// The reason for the change.
    pub message: String,
    /// Whether this is the only possible correction. `clapspec check --fix` applies only such changes.
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

/// Formats the place and message as one line, `spec/cli.yaml:3:1: unknown key`. Line feeds are escaped,
/// since in the output of a build script they would begin another instruction to cargo.
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

/// Formats a number with a noun: `1 error`, `2 errors`.
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
