//! One word for one thing: the terms that the project does not use, in all of its texts.
//!
//! `TERMS` has each term with what to write instead. `ALLOWED` lists the places where one is right.
//! Spelling is checked by `typos`, which `.ci/run` installs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex_lite::Regex;

use crate::support::{self, root};

/// What is not written: a part of it that is quick to look for, the pattern, and what is written instead.
const TERMS: &[(&str, &str, &str)] = &[
    ("mend", r"\bmend(s|ed|ing)?\b", "fix"),
    ("mistake", r"\bmistakes?\b", "error, problem"),
    ("folder", r"folders?", "directory"),
    ("pelt", r"\b(misspelt|spelt)\b", "misspelled, spelled"),
    (" none", r"[^e] (is|are) none\b", "doesn't exist, is not a"),
    (
        "stand",
        r"\bstand(s|ing)? (in|at|behind|before|below|above|beside|on|there|alone)\b",
        "is, is in, means",
    ),
    (
        "behind",
        r"([^ft]|^) behind\b|\bbehind (it|an?|the|this|`)",
        "after, following",
    ),
    ("front of", r"\bin front of\b", "before"),
    (
        " told",
        r"\b(is|are|was|were|be) told\b",
        "is reported, sees",
    ),
    (
        " away",
        r"\b(go|goes|went|gone|going) away\b",
        "is deprecated, is removed",
    ),
    ("parted", r"\bparted\b", "split, separated"),
    ("alike", r"\balike\b", "the same, similar"),
    ("made ", r"\bmade (of|from)\b", "generated from"),
    ("nobody", r"\bnobody\b", "no one; or say it in the positive"),
    (
        "the documents",
        r"\bthe documents\b",
        "the documentation, man pages",
    ),
    ("judge", r"\bjudges?\b", "checker, validator"),
    ("a text", r"(^|[^'\w])a text\b", "a string; text"),
    ("a yes", r"\ba yes\b", "confirmed"),
    ("a no", r"\ba no\b", "declined"),
];

/// The files in which a term is right, and why. An empty term stands for all terms.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("tests/words.rs", "", "it names the terms"),
    (
        "codegen/src/diagnostic/code.rs",
        "alike",
        "a former name of a code",
    ),
    (
        "codegen/src/lower/kinds.rs",
        "folder",
        "what other tools call a directory",
    ),
    (
        "codegen/src/export/fig.rs",
        "folders",
        "what Fig calls directories",
    ),
    (
        "codegen/src/import/formats/fig.rs",
        "folders",
        "what Fig calls directories",
    ),
    (
        "tests/import/formats/fig.json",
        "folders",
        "what Fig calls directories",
    ),
    (
        "codegen/src/yaml/hints.rs",
        "folder",
        "what other tools call a directory",
    ),
    ("tests/diagnostics.rs", "alike", "a former name of a code"),
    ("CHANGELOG.md", "alike", "a former name of a code"),
];

/// Directories and files that hold texts.
const TEXTS: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "bench",
    "build.rs",
    "codegen",
    "docs",
    "generated",
    "runtime",
    "spec",
    "src",
    "tests",
];

/// The files of a directory, at any depth.
fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    // Snapshots are printed by what is checked here.
    if path.is_symlink() || path.ends_with("tests/snapshots") {
        return;
    }
    if !path.is_dir() {
        files.push(path.to_owned());
        return;
    }
    let entries = fs::read_dir(path).expect("a directory");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        collect(&path, files);
    }
}

#[test]
fn one_word_for_one_thing() {
    let root = root();
    let mut files = Vec::new();
    for text in TEXTS {
        collect(&root.join(text), &mut files);
    }
    let terms = TERMS.iter().map(|(quick, pattern, better)| {
        let pattern = Regex::new(&format!("(?i){pattern}")).expect("a pattern");
        (*quick, pattern, *better)
    });
    let terms: Vec<_> = terms.collect();
    let (mut read, mut wrong) = (0, Vec::new());
    for file in files {
        let name = file.strip_prefix(root).expect("below the root");
        let name = name.to_string_lossy();
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        read += 1;
        for (number, line) in text.lines().enumerate() {
            let lower = line.to_lowercase();
            for (_, pattern, better) in terms.iter().filter(|(quick, ..)| lower.contains(quick)) {
                let Some(found) = pattern.find(line) else {
                    continue;
                };
                let found = found.as_str();
                let mut allowed = ALLOWED.iter();
                let is_this = |(path, term, _): &(&str, &str, &str)| {
                    name == *path && (term.is_empty() || found.eq_ignore_ascii_case(term))
                };
                if !allowed.any(is_this) {
                    let number = number + 1;
                    wrong.push(format!("{name}:{number}: `{found}`; write: {better}"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} places\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(read > 500, "only {read} files");
}

#[test]
fn spelling() {
    if !support::has("typos") {
        return;
    }
    let output = Command::new("typos")
        .args(["--format", "brief", "--color", "never"])
        .current_dir(root())
        .output()
        .expect("typos runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
}
