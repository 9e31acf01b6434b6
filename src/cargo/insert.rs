//! Inserts a token into the text of a credentials file.

use std::ops::Range;
use std::path::Path;

use toml::de::DeValue;

use super::credentials::{self, KEYS, innermost_inline, line_start};
use super::registry::Registry;
use crate::document::{self, Table};
use crate::error::Error;

/// A change to a string: the range to replace, and the new content.
type Edit = (Range<usize>, String);

/// Sets `token` as the token of `registry` in the text, and changes nothing else.
///
/// Other secrets of the registry are removed, because cargo accepts only one kind of secret, and would
/// replace the new token by an old `token` outside of all tables.
pub fn put(text: &str, path: &Path, registry: &Registry, token: &str) -> Result<String, Error> {
    let target = registry.key(KEYS[0]);
    let mut spots = credentials::find(text, path, registry)?;
    spots.retain(|spot| spot.path != target);
    let text = credentials::cut(text, path, &spots)?;
    let mut expected = credentials::tree(&text, path)?;
    expected.set(&target, token);
    let expected = expected.pruned();
    let candidates = candidates(&text, path, registry, token)?;
    let line = candidates
        .first()
        .map_or(1, |(range, _)| document::position(&text, range.start).0);
    // Which of them is valid depends on how the tables are written. The parser finds out.
    candidates
        .into_iter()
        .map(|edit| document::splice(&text, vec![edit]))
        .find(|new| credentials::tree(new, path).is_ok_and(|tree| tree.pruned() == expected))
        .ok_or_else(|| Error::Edit {
            path: path.to_owned(),
            line,
            advice: "write the table of this registry as a separate section, then try again",
        })
}

/// The possible edits that set the token, the smallest change first.
fn candidates(
    text: &str,
    path: &Path,
    registry: &Registry,
    token: &str,
) -> Result<Vec<Edit>, Error> {
    let origin = path.display().to_string();
    let root = document::parse(text, &origin)?;
    let tables = registry.table();
    let quoted = quote(token);
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits = Vec::new();
    if let Some(table) = document::table_at(&root, &tables, &origin)? {
        if let Some(old) = table.get(KEYS[0]) {
            edits.push((old.span(), quoted.clone()));
        }
        edits.extend(into_header(text, &root, &tables, &quoted, newline));
        edits.extend(beside_member(text, table, &quoted, newline));
    }
    edits.extend(into_inline(text, &root, &tables, &quoted));
    let end = text.len();
    let gap = match text {
        "" | "\u{feff}" => String::new(),
        text if text.ends_with('\n') => newline.to_owned(),
        _ => newline.repeat(2),
    };
    let header = dotted(&tables);
    edits.push((
        end..end,
        format!("{gap}[{header}]{newline}token = {quoted}{newline}"),
    ));
    Ok(edits)
}

/// Adds a line directly below the header of the table.
fn into_header(
    text: &str,
    root: &Table<'_>,
    tables: &[&str],
    quoted: &str,
    newline: &str,
) -> Option<Edit> {
    let (last, parents) = tables.split_last()?;
    let parent = document::table_at(root, parents, "").ok()??;
    let header = parent.get(*last)?.span();
    if !text[header.clone()].starts_with('[') {
        return None;
    }
    let rest = &text[header.end..];
    Some(match rest.find('\n') {
        Some(end) => {
            let at = header.end + end + 1;
            (at..at, format!("token = {quoted}{newline}"))
        }
        None => {
            let at = text.len();
            (at..at, format!("{newline}token = {quoted}{newline}"))
        }
    })
}

/// Adds a line before a member of the table that has a dotted key, with the same prefix.
fn beside_member(text: &str, table: &Table<'_>, quoted: &str, newline: &str) -> Option<Edit> {
    let (key, _) = table
        .iter()
        .filter(|(_, value)| !matches!(value.get_ref(), DeValue::Table(_)))
        .min_by_key(|(key, _)| key.span().start)?;
    let start = line_start(text, key.span().start);
    let dots = &text[start..key.span().start];
    Some((start..start, format!("{dots}token = {quoted}{newline}")))
}

/// Adds a member at the start of the innermost inline table.
fn into_inline(text: &str, root: &Table<'_>, tables: &[&str], quoted: &str) -> Option<Edit> {
    let braces = innermost_inline(text, root, tables)?;
    // The number of tables up to the one with the braces. The others become a dotted key.
    let depth = (1..=tables.len())
        .find(|&depth| innermost_inline(text, root, &tables[..depth]).as_ref() == Some(&braces))?;
    let mut key = tables[depth..].to_vec();
    key.push(KEYS[0]);
    let inside = &text[braces.start + 1..braces.end - 1];
    let after = match inside.trim().is_empty() {
        true if inside.is_empty() => " ",
        true => "",
        false => ",",
    };
    let at = braces.start + 1;
    Some((at..at, format!(" {} = {quoted}{after}", dotted(&key))))
}

/// A dotted key. Parts with characters that a bare key can't have are quoted.
fn dotted(path: &[&str]) -> String {
    let bare = |key: &str| {
        key.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let part = |key: &&str| {
        if bare(key) {
            (*key).to_owned()
        } else {
            quote(key)
        }
    };
    path.iter().map(part).collect::<Vec<_>>().join(".")
}

/// A TOML string. Tokens and names contain no control characters except tabs.
fn quote(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\t', "\\t");
    format!("\"{escaped}\"")
}
