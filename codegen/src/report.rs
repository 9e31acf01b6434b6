//! What was found in a spec, for those who asked.

use std::fmt;

use crate::diagnostic::{self, Code, DEFAULT_WIDTH, Diagnostic, Severity};
use crate::source::Sources;

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

    /// The code of each error and warning, in the order of their places.
    pub fn codes(&self) -> impl Iterator<Item = Code> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code)
    }

    /// How many of them [`fix`](crate::fix) would mend at once.
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

    /// All of them as text for a terminal of this width, with escape sequences for colours if
    /// `color`.
    pub fn render(&self, color: bool, width: usize) -> String {
        diagnostic::render(&self.diagnostics, &self.sources, color, width)
    }
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
