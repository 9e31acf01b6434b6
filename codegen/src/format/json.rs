//! The format of our own.

use serde::Serialize;

use super::places::{Places, Position, Region};
use super::{documentation, to_json};
use crate::Report;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Changes when a reader of the last version would not understand the next. New keys do not count.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    path: &'a str,
    /// `None` for a file or folder as a whole.
    start: Option<Position>,
    end: Option<Position>,
    label: Option<&'a str>,
    related: Vec<Related<'a>>,
    help: &'a [String],
    suggestion: Option<Suggestion<'a>>,
    documentation: String,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    region: Region<'a>,
    label: &'a str,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    #[serde(flatten)]
    region: Region<'a>,
    text: &'a str,
    message: &'a str,
    /// `--fix` writes it.
    certain: bool,
}

/// A report as one JSON object. `docs/src/formats.md` describes it.
pub fn json(report: &Report) -> String {
    let places = Places::new(&report.sources);
    let list = report.diagnostics.iter();
    to_json(&Document {
        version: VERSION,
        errors: report.errors(),
        warnings: report.warnings(),
        diagnostics: list
            .map(|diagnostic| entry(diagnostic, report, &places))
            .collect(),
    })
}

fn entry<'a>(diagnostic: &'a Diagnostic, report: &'a Report, places: &Places<'a>) -> Entry<'a> {
    let region = diagnostic.span().map(|span| places.region(span));
    let related = |(span, label): &'a (Span, String)| Related {
        region: places.region(*span),
        label,
    };
    let suggestion = diagnostic.suggestion.as_ref();
    Entry {
        code: diagnostic.code.name(),
        severity: diagnostic.severity().name(),
        message: &diagnostic.message,
        path: diagnostic.path(&report.sources),
        start: region.map(|region| region.start),
        end: region.map(|region| region.end),
        label: Some(diagnostic.label.as_str()).filter(|label| !label.is_empty()),
        related: diagnostic.related.iter().map(related).collect(),
        help: &diagnostic.help,
        suggestion: suggestion.map(|suggestion| Suggestion {
            region: places.region(suggestion.span),
            text: &suggestion.text,
            message: &suggestion.help,
            certain: suggestion.certain,
        }),
        documentation: documentation(diagnostic.code),
    }
}
