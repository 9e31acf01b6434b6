//! Renders diagnostics as text for a terminal.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::{Diagnostic, Place, Severity};
use crate::source::{FileId, Sources, Span, printable};

/// The width if that of the terminal is unknown.
pub(crate) const DEFAULT_WIDTH: usize = 100;
/// The largest number of diagnostics that are shown. The rest is only counted.
const MAX_SHOWN: usize = 200;

/// Renders diagnostics as text, each with the lines of the spec that it is about.
pub(crate) fn render(list: &[Diagnostic], sources: &Sources, color: bool, width: usize) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width);
    let mut text = String::new();
    for diagnostic in shown(list) {
        text.push_str(&renderer.render(&report(diagnostic, sources)));
        text.push_str(
            "

",
        );
    }
    if let Some(more @ 1..) = list.len().checked_sub(MAX_SHOWN) {
        text.push_str(&format!(
            "… and {more} more

"
        ));
    }
    text
}

/// The diagnostics that are shown. If there are too many, no warning takes the place of an error.
fn shown(list: &[Diagnostic]) -> Vec<&Diagnostic> {
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity() == Severity::Error;
    let errors = list.iter().filter(is_error).count();
    let mut warnings = MAX_SHOWN.saturating_sub(errors);
    let first = list.iter().filter(|diagnostic| {
        let is_shown = is_error(diagnostic) || warnings > 0;
        warnings = warnings.saturating_sub(usize::from(!is_error(diagnostic)));
        is_shown
    });
    first.take(MAX_SHOWN).collect()
}

/// Converts a diagnostic for the renderer.
fn report<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(printable(&diagnostic.message))
        .id(diagnostic.code.name());
    let mut group = match diagnostic.place {
        Place::Path(ref path) => title.element(Origin::path(path.as_str())),
        Place::Text(span) => title.elements(snippets(diagnostic, span, sources)),
    };
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let mut groups = vec![group];
    if let Some(suggestion) = &diagnostic.suggestion {
        let (file, range) = clamp(suggestion.span, sources);
        let patch = Patch::new(range, printable(&suggestion.text));
        groups.push(
            Level::HELP
                .secondary_title(suggestion.help.as_str())
                .element(source(file, sources).patch(patch)),
        );
    }
    groups
}

/// Returns the lines around a diagnostic and its related spans, as one snippet for each file.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    span: Span,
    sources: &'a Sources,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let (file, range) = clamp(span, sources);
    let mut first = AnnotationKind::Primary.span(range);
    if !diagnostic.label.is_empty() {
        first = first.label(printable(&diagnostic.label));
    }
    let mut own = source(file, sources).annotation(first);
    let mut others = Vec::new();
    for (span, label) in &diagnostic.related {
        let (other, range) = clamp(*span, sources);
        let note = AnnotationKind::Context.span(range).label(printable(label));
        if other == file {
            own = own.annotation(note);
        } else {
            others.push(source(other, sources).annotation(note));
        }
    }
    others.insert(0, own);
    others
}

fn source<T: Clone>(file: FileId, sources: &Sources) -> Snippet<'_, T> {
    let file = sources.file(file);
    Snippet::source(file.text.as_str()).path(file.path.as_str())
}

/// Clamps a span to what the renderer supports: inside the text, at character boundaries, on one line.
fn clamp(span: Span, sources: &Sources) -> (FileId, std::ops::Range<usize>) {
    let text = &sources.file(span.file).text;
    let range = sources.range(span);
    let first_line = text[range.clone()].lines().next().map_or(0, str::len);
    (span.file, range.start..range.start + first_line)
}
