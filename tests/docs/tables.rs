//! The tables of keys in the chapters, which are generated from the same declarations as the reference.
//!
//! A chapter lists the keys of a mapping that it describes, each with a link to its description:
//! `<!-- keys of option: help, negatable(#negatable-switches) -->`. The table after this mark is
//! generated; `BOOK_UPDATE=1` writes it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support;
use crate::support::book;

const MARK: &str = "<!-- keys of ";
const HEAD: &str = "| Key | Value | Meaning |\n|---|---|---|\n";

/// The rows of the reference: for each mapping and key, the cells after the key.
struct Reference(BTreeMap<String, BTreeMap<String, String>>);

impl Reference {
    fn new() -> Self {
        let output = support::clapspec()
            .args(["schema", "--format", "markdown"])
            .output()
            .expect("clapspec runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let mut mappings: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let mut name = String::new();
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                name = heading.to_lowercase();
            } else if let Some((key, cells)) = line
                .strip_prefix("| `")
                .and_then(|row| row.split_once("` | "))
            {
                // The links of the reference lead to its own headings.
                let cells = cells.replace("](#", "](../keys.md#");
                let keys = mappings.entry(name.clone()).or_default();
                keys.insert(key.to_owned(), cells);
            }
        }
        Self(mappings)
    }

    /// The table that belongs after a mark.
    fn table(&self, mapping: &str, keys: &[(&str, &str)]) -> String {
        let rows = keys.iter().map(|(key, link)| {
            let cells = self.0.get(mapping).and_then(|keys| keys.get(*key));
            let cells = cells.unwrap_or_else(|| panic!("{mapping} has no key {key}"));
            match *link {
                "" => format!("| `{key}` | {cells}\n"),
                link => format!("| [`{key}`]({link}) | {cells}\n"),
            }
        });
        HEAD.to_owned() + &rows.collect::<String>()
    }
}

/// Parses a mark, such as `option: help, negatable(#negatable-switches)`.
fn parse(mark: &str) -> (&str, Vec<(&str, &str)>) {
    let (mapping, keys) = mark.split_once(": ").expect("keys");
    let keys = keys.split(", ").map(|key| match key.split_once('(') {
        Some((key, link)) => (key, link.trim_end_matches(')')),
        None => (key, ""),
    });
    (mapping, keys.collect())
}

/// Every table matches the declarations of its keys, and every key is in a chapter.
pub fn assert_tables_are_current() {
    let reference = Reference::new();
    let mut shown: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for page in book::pages() {
        // From the last table up, so that the positions before it stay right.
        let mut text = page.text.clone();
        for (at, _) in page.text.rmatch_indices(MARK) {
            let line = page.text[at + MARK.len()..].split(" -->").next();
            let (mapping, keys) = parse(line.expect("the end of the mark"));
            let (mapping, _) = reference.0.get_key_value(mapping).expect(mapping);
            let own = keys.iter().map(|(key, _)| (*key).to_owned());
            shown.entry(mapping).or_default().extend(own);
            let start = at + page.text[at..].find("-->\n").expect("a line") + "-->\n".len();
            let rest = &page.text[start..];
            let end = start + rest.find("\n\n").map_or(rest.len(), |end| end + 1);
            let table = reference.table(mapping, &keys);
            if page.text[start..end] != table {
                wrong.push(format!("{}: the keys of {mapping}\n{table}", page.name));
                text.replace_range(start..end, &table);
            }
        }
        if text != page.text && std::env::var_os("BOOK_UPDATE").is_some() {
            fs::write(book::directory().join(&page.name), text).expect("written");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let pages = book::pages();
    let of_language = |page: &&book::Page| {
        page.name.starts_with("language/") || page.name.starts_with("contract/")
    };
    let chapters = pages.iter().filter(of_language);
    let text: String = chapters.map(|page| page.text.as_str()).collect();
    // The types of results are those of JSON Schema.
    let own = reference
        .0
        .iter()
        .filter(|(mapping, _)| !mapping.contains("schema"));
    let missing = own.flat_map(|(mapping, keys)| {
        let shown = |key: &str| {
            let forms = [format!("`{key}`"), format!("`{key}: ")];
            let table = shown.get(mapping.as_str());
            table.is_some_and(|keys| keys.contains(key)) || forms.iter().any(|it| text.contains(it))
        };
        let missing = keys.keys().filter(move |key| !shown(key));
        missing.map(move |key| format!("{mapping}: {key}"))
    });
    let missing: Vec<String> = missing.collect();
    assert!(missing.is_empty(), "not in any chapter: {missing:?}");
}
