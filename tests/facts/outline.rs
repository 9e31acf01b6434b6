//! The outline of a document: its parts, without its sentences.
//!
//! A document is split into units: each comment, heading and code block, and each clause of a sentence.
//! The outline has an id for each unit, by which rows of a table name it, a digest of its text, and
//! the terms in it. The outline is committed; the document is not.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::document::{Block, blocks};
use super::terms::terms;

/// Words before which a sentence is split, since another fact may begin there.
const CONJUNCTIONS: &[&str] = &["and", "or", "but", "so", "which", "where", "—", "---"];

/// A unit, as it is written in the document.
pub struct Piece {
    /// The section it is in.
    pub section: String,
    /// The numbers of its block and sentence, and the letter of its clause. Empty for the heading of
    /// the section.
    pub number: String,
    pub text: String,
    kind: Kind,
}

/// The kind of a unit, which decides what its terms are.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Comment,
    Heading,
    Code,
    Clause,
}

/// A unit of an outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    pub section: String,
    pub number: String,
    /// The first digits of the SHA-256 of its text. It shows when the document changes.
    pub digest: String,
    /// The names and numbers that the rows about it must repeat.
    pub terms: Vec<String>,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(format!("{} {}", self.section, self.number).trim_end())
    }
}

/// The outline of a document. Headings down to `level` begin sections; headings below that are blocks.
pub fn outline(document: &str, level: usize) -> Vec<Unit> {
    let unit = |piece: Piece| Unit {
        digest: digest(&piece.text),
        terms: piece.terms(),
        section: piece.section,
        number: piece.number,
    };
    pieces(document, level).into_iter().map(unit).collect()
}

/// The units of a document, in its order.
pub fn pieces(document: &str, level: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut section = "Front matter".to_owned();
    let mut number = 0;
    for block in blocks(document) {
        let text = block.text();
        let mut push = |section: &str, number: String, text: String, kind| {
            pieces.push(Piece {
                section: section.to_owned(),
                number,
                text,
                kind,
            });
        };
        if let Block::Heading(depth, _) = block {
            if depth <= level {
                section = plain(text);
                number = 0;
                push(&section, String::new(), text.to_owned(), Kind::Heading);
                continue;
            }
        }
        number += 1;
        let kind = match block {
            Block::Comment(_) => Kind::Comment,
            Block::Heading(..) => Kind::Heading,
            Block::Code(_) => Kind::Code,
            Block::Paragraph(_) | Block::Entry(_) => Kind::Clause,
        };
        if kind != Kind::Clause {
            push(&section, number.to_string(), text.to_owned(), kind);
            continue;
        }
        for (at, sentence) in sentences(text).iter().enumerate() {
            let clauses = clauses(sentence);
            let count = clauses.len();
            assert!(count <= 26, "a sentence with more clauses than letters");
            for (clause, letter) in clauses.into_iter().zip('a'..='z') {
                let mut number = format!("{number}.{}", at + 1);
                if count > 1 {
                    number.push(letter);
                }
                push(&section, number, clause, kind);
            }
        }
    }
    pieces
}

impl Piece {
    fn terms(&self) -> Vec<String> {
        match self.kind {
            Kind::Comment | Kind::Heading if !self.text.contains('`') => vec![plain(&self.text)],
            Kind::Code => {
                let lines = self.text.lines().map(str::trim);
                lines
                    .filter(|line| !line.is_empty() && !line.starts_with("```"))
                    .map(str::to_owned)
                    .collect()
            }
            _ => terms(&self.text),
        }
    }
}

/// A heading or a comment without the marks around it.
fn plain(text: &str) -> String {
    let is_mark = |c: char| c.is_whitespace() || "#*<>!-".contains(c);
    text.trim_matches(is_mark).to_owned()
}

/// The sentences of a block. Terms, definitions, items and paragraphs of HTML are sentences too.
fn sentences(text: &str) -> Vec<String> {
    let mut marked = text.to_owned();
    for tag in ["<dt", "<dd", "<li>", "<p>"] {
        marked = marked.replace(tag, &format!("\u{1}{tag}"));
    }
    let mut sentences = Vec::new();
    for part in marked.split('\u{1}') {
        let mut sentence: Vec<&str> = Vec::new();
        let mut words = part.split_whitespace().peekable();
        while let Some(word) = words.next() {
            sentence.push(word);
            // The dot after the number of a list item ends no sentence.
            let is_end = word.ends_with('.') && sentence.len() > 1;
            let begins =
                |next: &&str| next.starts_with(|c: char| c.is_uppercase() || "[<`".contains(c));
            if words.peek().is_none() || is_end && words.peek().is_some_and(begins) {
                sentences.push(sentence.join(" "));
                sentence.clear();
            }
        }
    }
    sentences
}

/// The clauses of a sentence. It is split after commas and colons, and before some conjunctions,
/// parentheses and titles of links.
fn clauses(sentence: &str) -> Vec<String> {
    let mut clauses: Vec<String> = Vec::new();
    let mut ended = true;
    for word in sentence.split(' ') {
        // The name of a link may contain “and”, but it is one term.
        let in_link = clauses.last().is_some_and(|clause| {
            let last = clause.rfind(['[', ']']);
            last.is_some_and(|at| clause[at..].starts_with('['))
        });
        let is_conjunction = CONJUNCTIONS.contains(&word) && !in_link;
        let begins = is_conjunction || word.starts_with(['(', '"']);
        match clauses.last_mut() {
            Some(clause) if !ended && !begins => {
                clause.push(' ');
                clause.push_str(word);
            }
            _ => clauses.push(word.to_owned()),
        }
        ended = word.ends_with([',', ';', ':']);
    }
    clauses
}

/// The first 12 digits of the SHA-256 of a string, with one space between words.
fn digest(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bytes = Sha256::digest(words.join(" ").as_bytes());
    let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
    digits.collect::<String>()[..12].to_owned()
}

/// An outline as a file: a comment, then a line for each unit, with tabs between id, digest and terms.
pub fn write(units: &[Unit], comment: &str) -> String {
    let mut text = String::new();
    for line in comment.lines() {
        text.push_str(&format!("# {line}\n"));
    }
    for unit in units {
        let mut line = format!("{unit}\t{}", unit.digest);
        for term in &unit.terms {
            line.push('\t');
            line.push_str(term);
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// An outline from its file.
pub fn read(text: &str) -> Vec<Unit> {
    let lines = text.lines().filter(|line| !line.starts_with("# "));
    lines
        .map(|line| {
            let mut fields = line.split('\t').map(str::to_owned);
            let (section, number) = split_id(&fields.next().expect("an id"));
            Unit {
                section,
                number,
                digest: fields.next().expect("a digest"),
                terms: fields.collect(),
            }
        })
        .collect()
}

/// The section and the number of an id. That of a section's heading has no number.
pub fn split_id(id: &str) -> (String, String) {
    match id.rsplit_once(' ') {
        Some((section, number)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            (section.to_owned(), number.to_owned())
        }
        _ => (id.to_owned(), String::new()),
    }
}
