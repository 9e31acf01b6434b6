//! Mistakes in a spec: where, what, why, and how to mend them.

mod code;

pub use code::{Code, Severity};

use std::collections::HashSet;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use crate::source::{FileId, Sources, Span};

/// Columns that a rendered diagnostic fills where it can be helped.
const WIDTH: usize = 100;
/// More diagnostics than this help nobody; the rest is counted.
const MAX_SHOWN: usize = 200;

/// Where a diagnostic points.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Place {
    /// A file or folder as a whole, by its path.
    Path(String),
    Text(Span),
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Diagnostic {
    code: Code,
    message: String,
    place: Place,
    label: String,
    related: Vec<(Span, String)>,
    help: Vec<String>,
    /// Text that would be right at this place, and why.
    suggestion: Option<(Span, String, String)>,
    /// Where nothing else is worth saying: it would follow from this mistake.
    silenced: Vec<Span>,
}

impl Diagnostic {
    /// What to say at the underlined text.
    pub(crate) fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = label.into();
        self
    }

    /// Another place that has to do with it.
    pub(crate) fn related(&mut self, span: Span, label: impl Into<String>) -> &mut Self {
        self.related.push((span, label.into()));
        self
    }

    /// How to mend it.
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help.push(help.into());
        self
    }

    /// How to mend it, as a change of the text at `span`.
    pub(crate) fn suggest(
        &mut self,
        help: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> &mut Self {
        self.suggestion = Some((span, text.into(), help.into()));
        self
    }

    /// Drops whatever else is found at these places: it would follow from this mistake.
    pub(crate) fn silences(&mut self, spans: impl IntoIterator<Item = Span>) -> &mut Self {
        self.silenced.extend(spans);
        self
    }

    /// Suggests the known name that is nearest to the one written at `span`, if one is near.
    /// Otherwise lists the known names, when they are few.
    pub(crate) fn suggest_name<'a>(
        &mut self,
        written: &str,
        span: Span,
        known: impl IntoIterator<Item = &'a str>,
    ) -> &mut Self {
        let known: Vec<&str> = known.into_iter().collect();
        if let Some(near) = nearest(written, &known) {
            return self.suggest("a similar name exists", span, near);
        }
        let parts: Vec<&str> = written.split(',').map(str::trim).collect();
        if parts.len() > 1 && parts.iter().all(|part| known.contains(part)) {
            let list = format!("[{}]", parts.join(", "));
            return self.suggest("several names are written as a list", span, list);
        }
        if (1..=12).contains(&known.len()) {
            let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            self.help(format!("known here: {}", list.join(", ")));
        }
        self
    }
}

/// The known name that `written` was probably meant to be.
pub(crate) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    // A third of the letters may be wrong. Swapped neighbours count as one mistake (OSA distance).
    let allowed = (written.chars().count() / 3).clamp(1, 4);
    known
        .iter()
        .map(|name| (strsim::osa_distance(written, name), *name))
        .filter(|(distance, name)| *distance <= allowed && *distance < name.chars().count())
        .min()
        .map(|(_, name)| name)
}

/// The mistakes found so far.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds an error in a text.
    pub(crate) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Severity::Error, code, Place::Text(span), message.into())
    }

    /// Adds an error about a file or folder as a whole.
    pub(crate) fn error_in(
        &mut self,
        code: Code,
        path: &str,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let place = Place::Path(path.to_owned());
        self.add(Severity::Error, code, place, message.into())
    }

    /// `severity` is the code's own; that call sites name it as well is for their readers.
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
        self.list.last_mut().expect("one was just added")
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Sorts by place, and drops what is said twice: a mistake in a shared set is found once for
    /// each command that uses it.
    pub(crate) fn finish(mut self, sources: &Sources) -> Self {
        let key = |diagnostic: &Diagnostic| match &diagnostic.place {
            Place::Path(path) => (path.clone(), 0, 0),
            Place::Text(span) => {
                let path = sources.file(span.file).path.clone();
                (path, span.start, span.end)
            }
        };
        let silenced = self.list.iter().flat_map(|diagnostic| &diagnostic.silenced);
        let silenced: HashSet<Span> = silenced.copied().collect();
        let follows = |diagnostic: &Diagnostic| {
            let own = match diagnostic.place {
                Place::Text(span) => Some(span),
                Place::Path(_) => None,
            };
            let related = diagnostic.related.iter().map(|(span, _)| *span);
            own.into_iter()
                .chain(related)
                .any(|span| silenced.contains(&span))
        };
        let mut seen = HashSet::new();
        self.list.retain(|diagnostic| {
            let first_hand = !diagnostic.silenced.is_empty() || !follows(diagnostic);
            first_hand && seen.insert(diagnostic.clone())
        });
        self.list.sort_by_cached_key(key);
        self
    }

    /// How many mistakes there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// All mistakes as text for a terminal, each with its place shown.
    pub(crate) fn render(&self, sources: &Sources, color: bool) -> String {
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
        let mut text = String::new();
        for diagnostic in self.list.iter().take(MAX_SHOWN) {
            text.push_str(&renderer.render(&report(diagnostic, sources)));
            text.push_str("\n\n");
        }
        if let Some(more @ 1..) = self.len().checked_sub(MAX_SHOWN) {
            text.push_str(&format!("… and {more} more\n\n"));
        }
        text
    }
}

/// One mistake as the renderer wants it.
fn report<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.code.severity() {
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
    if let Some((span, text, help)) = &diagnostic.suggestion {
        let (file, range) = clamp(*span, sources);
        groups.push(
            Level::HELP
                .secondary_title(help.as_str())
                .element(source(file, sources).patch(Patch::new(range, text.as_str()))),
        );
    }
    groups
}

/// The text around a mistake and the places related to it, one snippet for each file.
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

/// A place as the renderer can bear it: inside the text, between characters, on one line.
fn clamp(span: Span, sources: &Sources) -> (FileId, std::ops::Range<usize>) {
    let text = &sources.file(span.file).text;
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start as usize);
    let end = boundary(span.end as usize).max(start);
    let first_line = text[start..end].lines().next().map_or(0, str::len);
    (span.file, start..start + first_line)
}

/// A message may quote what a spec says; a terminal must not obey it.
fn printable(text: &str) -> String {
    text.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}")
}
