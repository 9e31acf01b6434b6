//! Every fact of the three documents that authctl began with is in its spec.
//!
//! Pages of the book list the facts, with the place in the spec and words that stand there. These are
//! looked up, so that the lists stay true when texts are changed.

#[path = "support/book.rs"]
mod book;
mod support;

use std::fs;

use serde_yaml::Value;

/// A page of facts, and what its document has.
struct Document {
    /// The page, below `docs/src/`.
    page: &'static str,
    /// The parts of the document, in its order.
    parts: &'static [&'static str],
    /// What must be named: options, arguments, keys and values of the document.
    names: &'static [&'static str],
    /// How many facts there are at least.
    facts: usize,
}

/// The three documents.
const DOCUMENTS: &[Document] = &[
    Document {
        page: "authctl/cargo.md",
        parts: &[
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "Logout Options",
            "Display Options",
            "Common Options",
            "ENVIRONMENT",
            "EXIT STATUS",
            "EXAMPLES",
            "SEE ALSO",
        ],
        names: &[
            "`$CARGO_HOME/credentials.toml`",
            "`--registry`",
            "`registry.default`",
            "`crates-io`",
            "`-v`",
            "`--verbose`",
            "`term.verbose`",
            "`-q`",
            "`--quiet`",
            "`term.quiet`",
            "`--color`",
            "`auto`",
            "`always`",
            "`never`",
            "`term.color`",
            "`+toolchain`",
            "`--config`",
            "`-C`",
            "`-h`",
            "`--help`",
            "`-Z`",
            "0:",
            "101:",
            "cargo(1)",
            "cargo-login(1)",
        ],
        facts: 55,
    },
    Document {
        page: "authctl/ably.md",
        parts: &[
            "Accounts logout",
            "Synopsis",
            "Arguments",
            "Options",
            "Examples",
            "See also",
            "Related Topics",
            "Documentation Index",
        ],
        names: &[
            "`account-alias-or-id`",
            "`--force`",
            "`-f`",
            "`--json`",
            "`--pretty-json`",
            "`--verbose`",
            "`-v`",
            "`current`",
            "`list`",
            "`login`",
            "`switch`",
        ],
        facts: 41,
    },
    Document {
        page: "authctl/btp.md",
        parts: &["Log out", "Context", "Procedure", "Related Information"],
        names: &[
            "`btp logout`",
            "24 hours",
            "subdomain",
            "user",
            "Get Help",
            "View Version and Current Context",
            "Log in",
            "Enable Command Autocompletion",
            "Set the Default Command Context",
            "Change the Output Format to JSON",
            "Specify the Location of the Configuration File",
        ],
        facts: 24,
    },
];

/// A row of a page.
struct Row {
    /// Its number, from 1.
    number: String,
    /// The part of the document.
    part: String,
    /// What that says.
    fact: String,
    /// The file and the keys in it.
    place: Vec<String>,
    /// What stands there, if the fact is not left out.
    words: Option<String>,
    /// Why it is left out, or what else there is to say.
    remark: String,
}

/// The rows of the first table of a page.
fn rows(page: &str) -> Vec<Row> {
    let path = book::folder().join(page);
    let text = fs::read_to_string(&path).expect("a page");
    let lines = text.lines().skip_while(|line| !line.starts_with("| No."));
    let lines = lines.skip(2).take_while(|line| line.starts_with('|'));
    lines.map(|line| row(page, line)).collect()
}

/// A row, taken apart.
fn row(page: &str, line: &str) -> Row {
    // A bar that is meant as such has a backslash before it.
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
        part: part.clone(),
        fact: fact.clone(),
        place: place.collect(),
        words: quoted.map(str::to_owned),
        remark: remark.clone(),
    }
}

/// The text at a place: all of a file, or what is below some keys of a YAML file.
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

/// A value as text: keys with a colon, and what they hold, in the order of the file.
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

/// A text with one space between words.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is wrong with a row.
fn mistake(row: &Row) -> Option<String> {
    let Some(quoted) = &row.words else {
        let left_out = row.remark.starts_with("Left out: ") && row.place == ["—"];
        return (!left_out).then(|| "has no words, and is not left out with a reason".to_owned());
    };
    let Some(text) = text_at(&row.place) else {
        return Some(format!("names a place that is not there: {:?}", row.place));
    };
    let found = words(&text).contains(&words(quoted));
    (!found).then(|| format!("quotes what does not stand there: {quoted}"))
}

/// The words of each fact stand in the spec, and none is without them or a reason.
#[test]
fn every_fact_is_in_the_spec() {
    let (mut wrong, mut looked_up) = (Vec::new(), 0);
    for document in DOCUMENTS {
        for (at, row) in rows(document.page).iter().enumerate() {
            let page = document.page;
            if row.number != (at + 1).to_string() {
                wrong.push(format!("{page}: row {} is number {}", row.number, at + 1));
            }
            let mistake = mistake(row);
            wrong.extend(mistake.map(|what| format!("{page}: row {} {what}", row.number)));
            looked_up += usize::from(row.words.is_some());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{looked_up} quotations looked up");
}

/// The tables have every part of the documents, and every name in them.
#[test]
fn nothing_of_the_documents_is_missing() {
    for document in DOCUMENTS {
        let Document { page, facts, .. } = document;
        let rows = rows(page);
        assert!(rows.len() >= *facts, "{page} has {} facts", rows.len());
        for part in document.parts {
            let found = rows.iter().any(|row| row.part == *part);
            assert!(found, "{page} has nothing of {part}");
        }
        for name in document.names {
            let found = rows.iter().any(|row| row.fact.contains(name));
            assert!(found, "{page} does not name {name}");
        }
        println!(
            "{page}: {} facts, {} parts, {} names",
            rows.len(),
            document.parts.len(),
            document.names.len()
        );
    }
}
