//! Changes the spec to what its examples print and leave.

use std::collections::BTreeMap;

use super::{Error, Problem, Test, tests};
use crate::analyze_files;
use crate::diagnostic::Diagnostics;
use crate::ir::Program;
use crate::read::Spec;
use crate::replace::{self, Edit, apply};
use crate::source::{FileId, Span};

/// A value to write in place of the one at a span.
pub(super) struct Change {
    span: Span,
    text: String,
}

/// How a value is written.
#[derive(Clone, Copy)]
enum Style {
    /// `|` and lines, where that is possible.
    Lines,
    /// Always in quotes.
    Quotes,
}

/// Returns the change of the spec for a problem.
pub(super) fn change(test: &Test<'_>, problem: &Problem) -> Option<Change> {
    match problem {
        Problem::Output { actual, .. } => Some(Change {
            span: test.expected.output.span,
            text: actual.clone(),
        }),
        Problem::File { path, actual, .. } => {
            let mut files = test.expected.files_after.iter();
            let (_, old) = files.find(|(name, _)| **name == *path)?;
            Some(Change {
                span: old.span,
                text: actual.clone()?,
            })
        }
        _ => None,
    }
}

/// Writes the files of the spec. They are first read again in memory, so that a file never gets another
/// meaning than intended.
pub(super) fn write(spec: &mut Spec, changes: Vec<Change>) -> Result<(), Error> {
    let mut files: BTreeMap<FileId, Vec<Change>> = BTreeMap::new();
    for change in changes {
        files.entry(change.span.file).or_default().push(change);
    }
    let mut old = BTreeMap::new();
    for (id, mut changes) in files {
        changes.sort_by_key(|change| change.span.start);
        let text = spec.sources.file(id).text.clone();
        let styles = [Style::Lines, Style::Quotes];
        if !styles.into_iter().any(|style| try_file(spec, id, &text, &changes, style)) {
            return Err(Error::NotUpdatable(spec.sources.file(id).disk.clone()));
        }
        old.insert(id, text);
    }
    let changed = old.iter().map(|(id, old)| {
        let file = spec.sources.file(*id);
        (file.disk.as_path(), old.as_str(), file.text.as_str())
    });
    let changed: Vec<_> = changed.collect();
    let disks = spec.sources.ids().map(|id| &*spec.sources.file(id).disk);
    replace::remove_unfinished(disks);
    replace::write_all(&changed).map_err(Error::Write)?;
    Ok(())
}

/// Changes a file in memory. Returns whether the spec then has the new values, and no other differences.
fn try_file(spec: &mut Spec, id: FileId, old: &str, changes: &[Change], style: Style) -> bool {
    let edits = changes.iter().map(|change| edit(old, change, style));
    let edits: Vec<Edit> = edits.collect();
    let before = analyze_files(spec, Diagnostics::default()).0;
    spec.sources.file_mut(id).text = apply(old, &edits);
    let after = analyze_files(spec, Diagnostics::default()).0;
    let is_right = before.zip(after).is_some_and(|(before, after)| {
        values(&after)
            .into_iter()
            .map(|(_, value)| value.to_owned())
            .eq(values(&before).into_iter().map(|(span, value)| {
                let changed = changes.iter().find(|change| change.span == span);
                changed.map_or(value.to_owned(), |change| change.text.clone())
            }))
    });
    if !is_right {
        spec.sources.file_mut(id).text = old.to_owned();
    }
    is_right
}

/// Returns the values of the examples that can be changed, with their places.
fn values(program: &Program) -> Vec<(Span, &str)> {
    let mut values = Vec::new();
    for test in tests(program) {
        let output = &test.expected.output;
        values.push((output.span, output.value.as_str()));
        let files = test.expected.files_after.iter();
        values.extend(files.map(|(_, text)| (text.span, text.value.as_str())));
    }
    values
}

/// Returns the edit of a file that writes a value.
fn edit(file: &str, change: &Change, style: Style) -> Edit {
    let range = change.span.range();
    let line = file[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &file[line..range.start];
    let after = file[range.end..].lines().next().unwrap_or_default();
    let had_line_break = file[range.clone()].ends_with('\n');
    let key = before.trim_start_matches([' ', '-']);
    // A comment, or a mapping in braces, can't be on the same line as a value of several lines.
    let is_free = had_line_break || after.trim().is_empty();
    let lines = match style {
        Style::Lines if is_free && key.trim_end().ends_with(':') && !key.starts_with('{') => {
            block(&change.text, before.len() - key.len() + 2)
        }
        _ => None,
    };
    let text = match lines {
        Some(lines) if had_line_break => lines,
        Some(lines) => lines.trim_end_matches('\n').to_owned(),
        None if had_line_break => quoted(&change.text) + "\n",
        None => quoted(&change.text),
    };
    (range, text)
}

/// Writes a value as lines that are indented by this number of columns: a literal block scalar of YAML.
/// Returns `None` for values that it can't represent well.
fn block(text: &str, indent: usize) -> Option<String> {
    let body = text.strip_suffix('\n').unwrap_or(text);
    if body.is_empty() || body.ends_with('\n') {
        return None;
    }
    let mut out = String::from("|");
    // Without a number, the indentation of the first line counts.
    if body.trim_start_matches('\n').starts_with([' ', '\t']) {
        out.push('2');
    }
    if !text.ends_with('\n') {
        out.push('-');
    }
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
    }
    out.push('\n');
    Some(out)
}

/// Writes a value as a double-quoted scalar of YAML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
