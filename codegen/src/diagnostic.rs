//! Errors and warnings about a spec: where and what they are, and how to fix them.

mod allow;
mod code;
mod names;
mod render;
mod suggestion;

pub use code::{Code, NoSuchCode, Severity};
pub(crate) use names::nearest;
pub(crate) use render::{DEFAULT_WIDTH, render};
use suggestion::Suggested;

use std::collections::HashSet;

use crate::source::{FileId, Sources, Span};
use allow::Allowed;

/// The position of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// A file or directory as a whole, by its path.
    Path(String),
    Text(Span),
}

/// An error or a warning.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Diagnostic {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) place: Place,
    pub(crate) label: String,
    pub(crate) related: Vec<(Span, String)>,
    pub(crate) help: Vec<String>,
    pub(crate) suggestion: Option<Suggested>,
    /// The spans of follow-up errors, which are not reported.
    silenced: Vec<Span>,
}

impl Diagnostic {
    /// Sets the label at the underlined text.
    pub(crate) fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = label.into();
        self
    }

    /// Adds a related position with a label.
    pub(crate) fn related(&mut self, span: Span, label: impl Into<String>) -> &mut Self {
        self.related.push((span, label.into()));
        self
    }

    /// Adds a line that says how to fix the problem.
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help.push(help.into());
        self
    }

    /// Suggests a key or value in place of the one at `span`. `check --fix` makes this change.
    pub(crate) fn suggest(
        &mut self,
        help: impl Into<String>,
        span: Span,
        word: impl Into<String>,
    ) -> &mut Self {
        self.suggestion = Some(Suggested::word(help.into(), span, word.into()));
        self
    }

    /// Suggests to remove the last character of the text at `span`.
    pub(crate) fn suggest_cut(&mut self, help: &str, span: Span, last: char) -> &mut Self {
        self.suggestion = Some(Suggested::cut(help, span, last));
        self
    }

    /// Marks the suggestion as uncertain, so that `check --fix` doesn't make the change.
    pub(crate) fn uncertain(&mut self) -> &mut Self {
        if let Some(suggestion) = &mut self.suggestion {
            suggestion.certain = false;
        }
        self
    }

    /// Returns the suggested key or value.
    pub(crate) fn suggested(&self) -> Option<&str> {
        Some(&self.suggestion.as_ref()?.text)
    }

    /// Marks the suggestion as part of a longer text, so that it never gets quotes.
    pub(crate) fn in_text(&mut self) -> &mut Self {
        if let Some(suggestion) = &mut self.suggestion {
            suggestion.in_text = true;
        }
        self
    }

    /// Drops all other diagnostics at these spans, because they follow from this error.
    pub(crate) fn silences(&mut self, spans: impl IntoIterator<Item = Span>) -> &mut Self {
        self.silenced.extend(spans);
        self
    }

    /// Moves a diagnostic about the built-in file to a file of the spec, because users can't open
    /// or change the built-in one.
    fn leave_built_in(&mut self, sources: &Sources) {
        self.related.retain(|(span, _)| !is_built_in(*span));
        if !self.span().is_some_and(is_built_in) {
            return;
        }
        if self.related.is_empty() {
            let main = sources.ids().next().unwrap_or(FileId::BUILT_IN);
            self.place = Place::Path(sources.file(main).path.clone());
        } else {
            let (span, label) = self.related.remove(0);
            self.place = Place::Text(span);
            self.label = label;
        }
        self.suggestion = None;
        self.help = vec![
            "move this option into the commands that use it; the problem is in the command \
             `config`, which the key `config-files` adds"
                .to_owned(),
        ];
    }

    pub(crate) fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Returns the span, unless the diagnostic is about a file or directory as a whole.
    pub(crate) fn span(&self) -> Option<Span> {
        match self.place {
            Place::Text(span) => Some(span),
            Place::Path(_) => None,
        }
    }

    /// Returns the path of the file or directory.
    pub(crate) fn path<'a>(&'a self, sources: &'a Sources) -> &'a str {
        match &self.place {
            Place::Path(path) => path,
            Place::Text(span) => &sources.file(span.file).path,
        }
    }
}

fn is_built_in(span: Span) -> bool {
    span.file == FileId::BUILT_IN
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity() == Severity::Error
}

/// The errors and warnings found so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Diagnostics {
    list: Vec<Diagnostic>,
    allowed: Vec<Allowed>,
}

impl Diagnostics {
    /// Adds the diagnostics that were found separately.
    pub(crate) fn append(&mut self, found: Self) {
        self.list.extend(found.list);
        self.allowed.extend(found.allowed);
    }

    /// Adds an error at a span.
    pub(crate) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Severity::Error, code, Place::Text(span), message.into())
    }

    /// Adds an error about a file or directory as a whole.
    pub(crate) fn error_in(
        &mut self,
        code: Code,
        path: &str,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let place = Place::Path(path.to_owned());
        self.add(Severity::Error, code, place, message.into())
    }

    /// Adds a warning at a span. An `allow` in an element around it can suppress it.
    pub(crate) fn warning(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Severity::Warning, code, Place::Text(span), message.into())
    }

    /// Adds a diagnostic. `severity` is always that of the code; callers repeat it for readability.
    fn add(
        &mut self,
        severity: Severity,
        code: Code,
        place: Place,
        message: String,
    ) -> &mut Diagnostic {
        debug_assert_eq!(code.severity(), severity, "{code}");
        self.list.push(Diagnostic {
            code,
            message,
            place,
            label: String::new(),
            related: Vec::new(),
            help: Vec::new(),
            suggestion: None,
            silenced: Vec::new(),
        });
        self.list.last_mut().expect("a diagnostic was just added")
    }

    /// Adds a help line to the last diagnostic.
    pub(crate) fn also(&mut self, help: String) {
        if let Some(last) = self.list.last_mut() {
            last.help(help);
        }
    }

    /// The diagnostic at a span, if there is one.
    pub(crate) fn at(&mut self, span: Span) -> Option<&mut Diagnostic> {
        let mut list = self.list.iter_mut();
        list.find(|diagnostic| diagnostic.span() == Some(span))
    }

    /// Whether there are errors, so that nothing can be generated from the spec.
    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(is_error)
    }

    /// Returns the number of errors and warnings.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns the diagnostics to report, sorted by position. This leaves out allowed warnings,
    /// follow-up errors, and duplicates (an error in a shared set is found once for each command
    /// that uses it).
    pub(crate) fn finish(mut self, sources: &Sources) -> Vec<Diagnostic> {
        self.drop_allowed();
        let mut list = self.list;
        let silenced = list.iter().flat_map(|diagnostic| &diagnostic.silenced);
        let silenced: HashSet<Span> = silenced.copied().collect();
        let follows = |diagnostic: &Diagnostic| {
            let related = diagnostic.related.iter().map(|(span, _)| *span);
            let mut spans = diagnostic.span().into_iter().chain(related);
            spans.any(|span| silenced.contains(&span))
        };
        for diagnostic in &mut list {
            diagnostic.leave_built_in(sources);
            if let Some(suggestion) = &mut diagnostic.suggestion {
                suggestion.fit(sources);
            }
        }
        // The text at an error will change, so warnings about it would be premature.
        let errors = list.iter().filter(|diagnostic| is_error(diagnostic));
        let wrong: HashSet<Span> = errors.filter_map(Diagnostic::span).collect();
        let waits = |diagnostic: &Diagnostic| {
            let at_error = diagnostic.span().is_some_and(|span| wrong.contains(&span));
            !is_error(diagnostic) && at_error
        };
        let mut seen = HashSet::new();
        list.retain(|diagnostic| {
            let is_cause = !diagnostic.silenced.is_empty() || !follows(diagnostic);
            is_cause && !waits(diagnostic) && seen.insert(diagnostic.clone())
        });
        list.sort_by_cached_key(|diagnostic| {
            let range = diagnostic.span().map(|span| (span.start, span.end));
            (diagnostic.path(sources).to_owned(), range)
        });
        list
    }
}
