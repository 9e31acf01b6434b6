//! The tables of facts in the book: their rows, and what is wrong with them.

use std::fs;

use serde_yaml::Value;

use super::outline::{Unit, split_id};
use super::terms::occurs;
use super::{book, support};

/// What the remark of a row contains that only covers units which other rows cover too.
pub const ADDITION: &str = "Adds to ";

/// A row of a table.
#[derive(Clone)]
pub struct Row {
    /// Its number, from 1.
    pub number: String,
    /// The units of the document that it covers: section and number.
    pub covers: Vec<(String, String)>,
    /// The fact that these units state.
    pub fact: String,
    /// The file of the spec, and the keys in it.
    pub place: Vec<String>,
    /// The quotation from that place, if the fact is not left out.
    pub words: Option<String>,
    /// Why the fact is left out, or where the spec differs.
    pub remark: String,
}

/// The rows of the first table of a page.
pub fn rows(page: &str) -> Vec<Row> {
    let path = book::directory().join(page);
    let text = fs::read_to_string(&path).expect("a page");
    let lines = text.lines().skip_while(|line| !line.starts_with("| No."));
    let lines = lines.skip(2).take_while(|line| line.starts_with('|'));
    lines.map(|line| row(page, line)).collect()
}

/// A row, split at its bars.
fn row(page: &str, line: &str) -> Row {
    // A bar that is part of a cell has a backslash before it.
    let line = line.replace("\\|", "\u{1}");
    let cells = line.trim_matches('|').split('|').map(str::trim);
    let cells: Vec<String> = cells.map(|cell| cell.replace('\u{1}', "|")).collect();
    let [number, part, fact, place, words, remark] = &cells[..] else {
        panic!("{page}: a row has six cells: {line}");
    };
    let place = place
        .split('›')
        .map(|key| key.trim().trim_matches('`').to_owned());
    let quoted = words
        .strip_prefix('“')
        .and_then(|rest| rest.strip_suffix('”'));
    Row {
        number: number.clone(),
        covers: references(part),
        fact: fact.clone(),
        place: place.collect(),
        words: quoted.map(str::to_owned),
        remark: remark.clone(),
    }
}

/// The units that a cell names, such as `DESCRIPTION 1.2a, 1.2b`: the section need not be repeated.
fn references(cell: &str) -> Vec<(String, String)> {
    let mut references: Vec<(String, String)> = Vec::new();
    for id in cell.split(',').map(str::trim) {
        let (section, number) = split_id(id);
        let before = references.last().map(|(section, _)| section.clone());
        references.push(match before {
            Some(before) if section.starts_with(|c: char| c.is_ascii_digit()) => (before, section),
            _ => (section, number),
        });
    }
    references
}

/// Whether a reference means a unit. A reference to a block means all its sentences, and one to a
/// sentence means all its clauses. A reference without a number means only the heading of the section.
fn means((section, number): &(String, String), unit: &Unit) -> bool {
    let rest = unit.number.strip_prefix(number.as_str());
    let within = |rest: &str| !number.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit());
    *section == unit.section && rest.is_some_and(|rest| rest.is_empty() || within(rest))
}

impl Row {
    fn covers(&self, unit: &Unit) -> bool {
        self.covers.iter().any(|reference| means(reference, unit))
    }

    /// Whether one of its cells has a term.
    fn has(&self, term: &str) -> bool {
        let place = self.place.join(" ");
        let words = self.words.as_deref().unwrap_or_default();
        [&self.fact, place.as_str(), words, &self.remark]
            .iter()
            .any(|cell| occurs(term, cell))
    }
}

/// The units and terms of an outline that no row has.
pub fn missing(units: &[Unit], rows: &[Row]) -> Vec<String> {
    let mut missing = Vec::new();
    for unit in units {
        let covering: Vec<&Row> = rows.iter().filter(|row| row.covers(unit)).collect();
        if covering.is_empty() {
            missing.push(format!("no row covers `{unit}`"));
            continue;
        }
        for term in &unit.terms {
            if !covering.iter().any(|row| row.has(term)) {
                missing.push(format!("no row that covers `{unit}` has `{term}`"));
            }
        }
    }
    missing
}

/// The references of rows to units that don't exist.
pub fn unknown(units: &[Unit], rows: &[Row]) -> Vec<String> {
    let mut unknown = Vec::new();
    for row in rows {
        for reference in &row.covers {
            if !units.iter().any(|unit| means(reference, unit)) {
                let (section, part) = reference;
                let number = &row.number;
                unknown.push(format!(
                    "row {number} names `{section} {part}`, which doesn't exist"
                ));
            }
        }
    }
    unknown
}

/// What is wrong with the quotation of a row.
pub fn problem(row: &Row) -> Option<String> {
    let Some(quoted) = &row.words else {
        let left_out = row.remark.starts_with("Left out: ") && row.place == ["—"];
        return (!left_out).then(|| "quotes nothing, and is not left out with a reason".to_owned());
    };
    let Some(text) = text_at(&row.place) else {
        return Some(format!("names a place that doesn't exist: {:?}", row.place));
    };
    let found = words(&text).contains(&words(quoted));
    (!found).then(|| format!("quotes words that are not there: {quoted}"))
}

/// The text at a place: all of a file, or the values under some keys of a YAML file.
fn text_at(place: &[String]) -> Option<String> {
    let (file, keys) = place.split_first()?;
    let text = fs::read_to_string(support::root().join(file)).ok()?;
    if keys.is_empty() {
        return Some(text);
    }
    let root: Value = serde_yaml::from_str(&text).ok()?;
    let mut value = &root;
    for key in keys {
        value = value.get(key.as_str())?;
    }
    let mut text = String::new();
    flatten(value, &mut text);
    Some(text)
}

/// A value as text: keys with a colon, and their values, in the order of the file.
fn flatten(value: &Value, text: &mut String) {
    match value {
        Value::Mapping(entries) => {
            for (key, value) in entries {
                text.push_str(&format!(" {}:", key.as_str().unwrap_or_default()));
                flatten(value, text);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| flatten(item, text)),
        Value::String(words) => text.push_str(&format!(" {words}")),
        Value::Bool(word) => text.push_str(&format!(" {word}")),
        Value::Number(number) => text.push_str(&format!(" {number}")),
        _ => {}
    }
}

/// A string with one space between words.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
