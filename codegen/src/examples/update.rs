//! Changes the spec and the pictures to what the examples print and leave.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::{Error, Problem, Test, picture, tests};
use crate::analyze_files;
use crate::diagnostic::Diagnostics;
use crate::ir::Program;
use crate::read::Spec;
use crate::replace::{self, Edit, apply};
use crate::source::{FileId, Span, is_unsafe};
use crate::yaml;

/// A value to write in place of the one at a span.
struct Change {
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
fn change(test: &Test<'_>, problem: &Problem) -> Option<Change> {
    match problem {
        Problem::Output { actual, .. } => Some(Change {
            span: test.expected.output.as_ref()?.span,
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

/// Changes the spec and the pictures to what was found.
pub(super) fn write(
    spec: &mut Spec,
    program: &Program,
    found: &[(&Test<'_>, Problem)],
) -> Result<(), Error> {
    let changes = found.iter();
    let changes: Vec<Change> = changes
        .filter_map(|(test, problem)| change(test, problem))
        .collect();
    if !changes.is_empty() {
        write_spec(spec, program, &changes)?;
    }
    for (_, problem) in found {
        if let Problem::Picture { path, svg, .. } = problem {
            picture::write(path, svg).map_err(|error| Error::Picture(path.clone(), error))?;
        }
    }
    Ok(())
}

/// Writes the files of the spec. They are first read again in memory, so that a file never gets another
/// meaning than intended.
fn write_spec(spec: &mut Spec, program: &Program, changes: &[Change]) -> Result<(), Error> {
    for change in changes {
        // YAML 1.2.2, 5.1, excludes the last two.
        let is_wrong = |c: &char| is_unsafe(*c) || matches!(c, '\u{fffe}' | '\u{ffff}');
        if let Some(c) = change.text.chars().find(is_wrong) {
            let file = spec.sources.file(change.span.file);
            return Err(Error::Unsafe(file.disk.clone(), c));
        }
    }
    let mut files: BTreeMap<FileId, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        files.entry(change.span.file).or_default().push(change);
    }
    for changes in files.values_mut() {
        changes.sort_by_key(|change| change.span.start);
        // An alias has the place of its anchor.
        changes.dedup_by_key(|change| change.span);
    }
    let wanted = wanted(spec, program, changes).ok_or(Error::NotUpdatable)?;
    let old: BTreeMap<FileId, String> = files
        .keys()
        .map(|id| (*id, spec.sources.file(*id).text.clone()))
        .collect();
    let is_right = [Style::Lines, Style::Quotes].into_iter().any(|style| {
        for (id, changes) in &files {
            let edits = changes.iter().map(|change| edit(&old[id], change, style));
            let edits: Vec<Edit> = edits.collect();
            spec.sources.file_mut(*id).text = apply(&old[id], &edits);
        }
        let (program, _) = analyze_files(spec, Diagnostics::default());
        program.is_some_and(|program| {
            let found = values(&program);
            found.iter().map(|(_, value)| *value).eq(&wanted)
        })
    });
    if !is_right {
        return Err(Error::NotUpdatable);
    }
    let changed = old.iter().map(|(id, old)| {
        let file = spec.sources.file(*id);
        (file.disk.as_path(), old.as_str(), file.text.as_str())
    });
    let changed: Vec<_> = changed.collect();
    replace::remove_unfinished(changed.iter().map(|(disk, ..)| *disk));
    replace::write_all(&changed).map_err(Error::Write)?;
    Ok(())
}

/// Returns the values of the examples after the changes, or `None` if examples that share a value by an alias
/// need different ones.
fn wanted(spec: &Spec, program: &Program, changes: &[Change]) -> Option<Vec<String>> {
    let mut changes_by_place: HashMap<Span, Vec<&str>> = HashMap::new();
    for change in changes {
        let texts = changes_by_place.entry(change.span).or_default();
        texts.push(&change.text);
    }
    let values = values(program);
    let mut wanted = Vec::new();
    let scalars = scalars(spec, changes);
    for (span, value) in &values {
        let Some(texts) = changes_by_place.get(span) else {
            wanted.push((*value).to_owned());
            continue;
        };
        // An alias may also use the value elsewhere. The place of an empty value is that of its key.
        let uses = scalars.get(span).copied().unwrap_or(1);
        if texts.len() != uses || texts.iter().any(|text| *text != texts[0]) {
            return None;
        }
        wanted.push(texts[0].to_owned());
    }
    Some(wanted)
}

/// Returns how often each value of the files to change is used.
fn scalars(spec: &Spec, changes: &[Change]) -> HashMap<Span, usize> {
    let mut uses = HashMap::new();
    let files: BTreeSet<FileId> = changes.iter().map(|change| change.span.file).collect();
    for id in files {
        let text = &spec.sources.file(id).text;
        if let Some(root) = yaml::parse(id, text, &mut Diagnostics::default()) {
            root.scalars(&mut |span| *uses.entry(span).or_default() += 1);
        }
    }
    uses
}

/// Returns the values of the examples that can be changed, with their places.
fn values(program: &Program) -> Vec<(Span, &str)> {
    let mut values = Vec::new();
    for test in tests(program) {
        let output = test.expected.output.iter();
        values.extend(output.map(|text| (text.span, text.value.as_str())));
        let files = test.expected.files_after.iter();
        values.extend(files.map(|(_, text)| (text.span, text.value.as_str())));
    }
    values
}

/// Returns the edit of a file that writes a value.
fn edit(file: &str, change: &Change, style: Style) -> Edit {
    let (range, comment) = place(file, change.span);
    let line = file[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &file[line..range.start];
    let after = file[range.end..].lines().next().unwrap_or_default();
    let key = before.trim_start_matches([' ', '-']);
    // A comment, or a mapping in braces, can't be on the same line as a value of several lines.
    let is_alone =
        key.trim_end().ends_with(':') && !key.starts_with('{') && after.trim().is_empty();
    let lines = match style {
        Style::Lines if is_alone => block(&change.text, comment, before.len() - key.len() + 2),
        _ => None,
    };
    let text = lines.unwrap_or_else(|| quoted(&change.text) + comment);
    match file.contains("\r\n") {
        true => (range, text.replace('\n', "\r\n")),
        false => (range, text),
    }
}

/// Returns the bytes of a value, and the comment in its first line, with the space before it. The span of a
/// block scalar begins at its first line of text, and ends at the next key. The span of an empty block scalar is that
/// of its key.
fn place(file: &str, span: Span) -> (Range<usize>, &str) {
    let range = span.range();
    let is_key = file[range.end..].starts_with(':');
    let before = match is_key {
        true => {
            let line = file[range.end..].lines().next().unwrap_or_default();
            &file[..range.end + line.trim_end().len()]
        }
        false => file[..range.start].trim_end(),
    };
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let indicators = match before[line..].find(" #") {
        Some(at) => before[..line + at].trim_end(),
        None => before,
    };
    let header = indicators.rfind([' ', '\n']).map_or(0, |at| at + 1);
    let comment = &file[indicators.len()..before.len()];
    let end = match is_key {
        true => before.len(),
        false => range.start + file[range.clone()].trim_end().len(),
    };
    if indicators[header..].starts_with(['|', '>']) {
        return (header..end.max(before.len()), comment);
    }
    (range.start..end, "")
}

/// Writes a value as lines that are indented by this number of columns: a literal block scalar of YAML.
/// Returns `None` for values that it can't represent well.
fn block(text: &str, comment: &str, indent: usize) -> Option<String> {
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
    out.push_str(comment);
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
    }
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
