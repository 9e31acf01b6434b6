//! Every fact of the three documents that authctl is based on is in its spec.
//!
//! A page of the book lists the facts of each document. Each row has a place in the spec and a
//! quotation, which these tests look up there. To find facts that the tables lack, they compare the
//! tables with an outline of each document: every unit of the outline must be covered by a row. The
//! outlines are derived from the source documents. These are not in the repository, but you can compare
//! the outlines with copies of your own: set `CLAPSPEC_SEEDS` to their directory.

mod document;
mod outline;
mod table;
mod terms;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use outline::Unit;
use table::{ADDITION, Row};

use crate::support::{self, book};

/// The environment variable with the directory of the source documents.
const DOCUMENTS_IN: &str = "CLAPSPEC_SEEDS";
/// The environment variable that asks for the outlines to be written.
const UPDATE: &str = "CLAPSPEC_SEEDS_UPDATE";

/// One of the three documents.
struct Document {
    /// The file of the document.
    file: &'static str,
    /// The page of the book with its facts, under `docs/src/`.
    page: &'static str,
    /// The file of its outline, under `tests/facts/`.
    outline: &'static str,
    /// Headings down to this level begin a section. A heading below that is a block of its section.
    level: usize,
    /// The headings, if the document is a single line, which doesn't show where a heading ends.
    folded: Option<&'static [&'static str]>,
}

/// The three documents.
const DOCUMENTS: &[Document] = &[
    Document {
        file: "cargo-logout.md",
        page: "authctl/cargo.md",
        outline: "cargo.txt",
        level: 3,
        folded: None,
    },
    Document {
        file: "ably-accounts-logout.md",
        page: "authctl/ably.md",
        outline: "ably.txt",
        level: 2,
        folded: Some(&[
            "Accounts logout",
            "Synopsis",
            "Shell",
            "Arguments",
            "Options",
            "Examples",
            "See also",
            "Related Topics",
            "Documentation Index",
        ]),
    },
    Document {
        file: "btp-logout.md",
        page: "authctl/btp.md",
        outline: "btp.txt",
        level: 2,
        folded: None,
    },
];

impl Document {
    /// The committed outline.
    fn outline(&self) -> Vec<Unit> {
        let text = fs::read_to_string(self.outline_path()).expect("an outline");
        outline::read(&text)
    }

    fn outline_path(&self) -> PathBuf {
        support::root().join("tests/facts").join(self.outline)
    }

    /// The document, read from a directory.
    fn read(&self, directory: &Path) -> String {
        let path = directory.join(self.file);
        let text = fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("can't read `{}`: {error}", path.display()));
        match self.folded {
            Some(headings) => document::unfold(&text, headings),
            None => text,
        }
    }

    /// The comment at the top of the outline's file.
    fn comment(&self) -> String {
        format!(
            "The outline of {}: the id, the digest and the terms of each unit.\n\
             Rows in docs/src/{} name the units by their ids; tests/facts.rs compares both.\n\
             To write it again, replace DIRECTORY by the directory of the document, and run:\n\
             {DOCUMENTS_IN}=DIRECTORY {UPDATE}=1 cargo test --test all facts::the_outlines",
            self.file, self.page
        )
    }
}

/// The quotation of each row is in the spec. Only rows whose fact is left out, with a reason, have none.
#[test]
fn every_fact_is_in_the_spec() {
    let (mut wrong, mut looked_up) = (Vec::new(), 0);
    for document in DOCUMENTS {
        for (at, row) in table::rows(document.page).iter().enumerate() {
            let page = document.page;
            if row.number != (at + 1).to_string() {
                wrong.push(format!("{page}: row {} is number {}", row.number, at + 1));
            }
            let problem = table::problem(row);
            wrong.extend(problem.map(|what| format!("{page}: row {} {what}", row.number)));
            looked_up += usize::from(row.words.is_some());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{looked_up} quotations looked up");
}

/// The tables cover every unit of the outlines, name its terms, and name no unit that doesn't exist.
#[test]
fn every_unit_is_in_a_table() {
    let mut wrong = Vec::new();
    for document in DOCUMENTS {
        let (units, rows) = (document.outline(), table::rows(document.page));
        let mut problems = table::missing(&units, &rows);
        problems.extend(table::unknown(&units, &rows));
        let page = document.page;
        wrong.extend(problems.iter().map(|problem| format!("{page}: {problem}")));
        println!("{page}: {} units in {} rows", units.len(), rows.len());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The test above notices the removal of any row, unless the row is marked as an addition, which covers
/// nothing by itself. This proves that the test can fail.
#[test]
fn removing_any_row_is_noticed() {
    let mut wrong = Vec::new();
    for document in DOCUMENTS {
        let (units, rows) = (document.outline(), table::rows(document.page));
        let before = table::missing(&units, &rows);
        for (at, row) in rows.iter().enumerate() {
            let mut others: Vec<Row> = rows.clone();
            others.remove(at);
            let noticed = table::missing(&units, &others) != before;
            let addition = row.remark.contains(ADDITION);
            let (page, number) = (document.page, &row.number);
            match (noticed, addition) {
                (false, false) => {
                    wrong.push(format!("{page}: removing row {number} is not noticed"))
                }
                (true, true) => wrong.push(format!(
                    "{page}: row {number} is marked as an addition, and is not one"
                )),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No two units have the same id, so a row can't cover one of them by accident.
#[test]
fn ids_are_unique() {
    for document in DOCUMENTS {
        let mut seen = BTreeSet::new();
        for unit in document.outline() {
            assert!(
                seen.insert(unit.to_string()),
                "{}: `{unit}` is defined twice",
                document.outline
            );
        }
    }
}

/// The committed outlines match the source documents, which this test needs. If `CLAPSPEC_SEEDS_UPDATE`
/// is set, it writes the outlines.
#[test]
fn the_outlines_match_the_source_documents() {
    let Some(directory) = std::env::var_os(DOCUMENTS_IN) else {
        // Not `support::skip`, which fails in CI: the source documents are not in the repository, so CI
        // can't have them. And not `eprintln!`, whose output is hidden if the test passes.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: set {DOCUMENTS_IN} to the directory of the source documents to compare outlines"
        );
        return;
    };
    for document in DOCUMENTS {
        let text = document.read(Path::new(&directory));
        assert_whole(&text, document.level);
        let outline = outline::outline(&text, document.level);
        let path = document.outline_path();
        if std::env::var_os(UPDATE).is_some() {
            let text = outline::write(&outline, &document.comment());
            fs::write(&path, text).expect("an outline that can be written");
        }
        let file = fs::read_to_string(&path).expect("an outline");
        assert!(
            file == outline::write(&outline, &document.comment()),
            "{} is not the outline of {}; to write it, set {UPDATE} to 1",
            path.display(),
            document.file
        );
    }
}

/// Asserts that the units have all of a document's text, except for the tags around option entries.
fn assert_whole(text: &str, level: usize) {
    let pieces = outline::pieces(text, level);
    let read: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let squeeze = |text: &str| -> String {
        let text = text.replace("<dl>", "").replace("</dl>", "");
        text.split_whitespace().collect()
    };
    assert_eq!(squeeze(text), squeeze(&read.join(" ")));
}

/// A document with each kind of block, clause and term.
const SAMPLE: &str = r##"<!-- a1b2 -->

# sample(1)

## USE

Files are in `$HOME/a`, which is 1 of 2 directories. See
[the page](../page.html#top) and <https://example.org/>.

1. Print it:

       sample --all

2. Stop.

   With --now, it stops.

### `--all | -a`

```
sample [NAME]
```

## Options
<dl>
<dt id="x"><a href="#x"></a><code>-c</code> <em>when</em></dt>
<dd>Use colors. See <a href="c.html">this</a>:</p>
<ul>
<li><code>on</code> (default)</li>
</ul>
<p>Or not.</dd>
</dl>

**Links**

[Log in and out](log-in.md "How to log in. Or out, by --out.")
"##;

/// The reader finds the units and terms of a document, and skips none of its text.
#[test]
fn a_document_is_read_as_units() {
    assert_whole(SAMPLE, 2);
    let units = outline::outline(SAMPLE, 2);
    let shown = units
        .iter()
        .map(|unit| format!("{unit}: {}", unit.terms.join(" + ")));
    let expected = [
        "Front matter 1: a1b2",
        "sample(1): sample(1)",
        "USE: USE",
        "USE 1.1a: $HOME/a",
        "USE 1.1b: 1 + 2",
        "USE 1.2a: page.html#top",
        "USE 1.2b: https://example.org/",
        "USE 2.1: ",
        "USE 3: sample --all",
        "USE 4.1: ",
        "USE 5.1a: --now",
        "USE 5.1b: ",
        "USE 6: --all + -a",
        "USE 7: sample [NAME]",
        "Options: Options",
        "Options 1.1: -c + when",
        "Options 1.2: ",
        "Options 1.3: c.html",
        "Options 1.4a: on",
        "Options 1.4b: ",
        "Options 1.5: ",
        "Links: Links",
        "Links 1.1a: Log in and out + log-in.md",
        "Links 1.1b: ",
        "Links 1.2a: ",
        "Links 1.2b: --out",
    ];
    assert_eq!(shown.collect::<Vec<_>>(), expected);
    assert_eq!(outline::read(&outline::write(&units, "A comment.")), units);
}

/// A changed word in a document changes the digest of its unit, and no other digest.
#[test]
fn a_change_is_noticed() {
    let (before, after) = (SAMPLE, SAMPLE.replace("it stops", "it waits"));
    let (before, after) = (outline::outline(before, 2), outline::outline(&after, 2));
    let changed = before.iter().zip(&after).filter(|(a, b)| a != b);
    let changed: Vec<String> = changed.map(|(unit, _)| unit.to_string()).collect();
    assert_eq!(changed, ["USE 5.1b"]);
}

/// A document has the same outline after its line breaks are removed.
#[test]
fn a_single_line_is_unfolded() {
    let lines = "# Big title\n\nDo it. Now:\n\n## `--all`\n\n```\nsample\n```\n\n\
                 * [One](1.md): first.\n* Two.\n";
    let words: Vec<&str> = lines.split_whitespace().collect();
    let unfolded = document::unfold(&words.join(" "), &["Big title"]);
    assert_eq!(outline::outline(&unfolded, 2), outline::outline(lines, 2));
}
