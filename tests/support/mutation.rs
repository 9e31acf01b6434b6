//! Mutated specs, from those of the tests.

use std::fs;
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::root;

/// The single-file specs in some directories.
fn specs_in(directories: &[&str]) -> Vec<String> {
    let mut texts = Vec::new();
    for directory in directories {
        let entries = fs::read_dir(root().join(directory)).expect("cases");
        let mut paths: Vec<_> = entries
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
            .collect();
        paths.sort();
        let read = |path| fs::read_to_string(path).ok();
        texts.extend(paths.iter().filter_map(read));
    }
    texts
}

/// The valid and the invalid specs of the tests.
fn corpus() -> &'static [Vec<String>; 2] {
    static READ: OnceLock<[Vec<String>; 2]> = OnceLock::new();
    READ.get_or_init(|| {
        [
            specs_in(&["tests/render", "tests/programs"]),
            specs_in(&["tests/invalid", "tests/check"]),
        ]
    })
}

#[derive(Clone, Debug)]
enum Mutation {
    DeleteLine(Index),
    DuplicateLine(Index),
    SwapLines(Index, Index),
    Indent(Index, usize),
    InsertFrom(Index, Index, Index),
    ReplaceWord(Index, Index),
    InsertChar(Index, char),
    Truncate(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    use Mutation::*;
    let index = any::<Index>;
    prop_oneof![
        index().prop_map(DeleteLine),
        index().prop_map(DuplicateLine),
        (index(), index()).prop_map(|(a, b)| SwapLines(a, b)),
        (index(), 0..6usize).prop_map(|(a, n)| Indent(a, n)),
        (index(), index(), index()).prop_map(|(a, b, c)| InsertFrom(a, b, c)),
        (index(), index()).prop_map(|(a, b)| ReplaceWord(a, b)),
        (index(), any::<char>()).prop_map(|(a, c)| InsertChar(a, c)),
        index().prop_map(Truncate),
    ]
}

const WORDS: &[&str] = &[
    "", "~", "true", "0", "-1", "[]", "{}", "[a, b]", "{a: b}", "|", ">-", "&a", "*a", "!!str",
    "'", "\"", "#", ":", "- ", "json", "help", "tool", "{n}", "`x`", "[`--x`]", "<a>", "../..",
    "\u{0}", "\u{feff}", "\u{202e}", "ß", "日本", "🦀",
];

fn mutate(text: &str, mutation: &Mutation, corpus: &[String]) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let count = lines.len();
    let indented;
    match mutation {
        Mutation::DeleteLine(at) => {
            lines.remove(at.index(count));
        }
        Mutation::DuplicateLine(at) => lines.insert(at.index(count), lines[at.index(count)]),
        Mutation::SwapLines(a, b) => lines.swap(a.index(count), b.index(count)),
        Mutation::Indent(at, by) => {
            let at = at.index(count);
            indented = format!("{}{}", " ".repeat(*by), lines[at].trim_start());
            lines[at] = &indented;
        }
        Mutation::InsertFrom(at, file, line) => {
            let other: Vec<&str> = corpus[file.index(corpus.len())]
                .split_inclusive('\n')
                .collect();
            if !other.is_empty() {
                lines.insert(at.index(count), other[line.index(other.len())]);
            }
        }
        Mutation::ReplaceWord(at, word) => {
            let words: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
            let at = at.index(words.len());
            let word = WORDS[word.index(WORDS.len())];
            return [&words[..at].concat(), word, &words[at + 1..].concat()].concat();
        }
        Mutation::InsertChar(at, c) => {
            let mut chars: Vec<char> = text.chars().collect();
            chars.insert(at.index(chars.len()), *c);
            return chars.into_iter().collect();
        }
        Mutation::Truncate(at) => {
            return text.chars().take(at.index(text.chars().count())).collect();
        }
    }
    lines.concat()
}

/// A spec of the tests, with one to three mutations.
pub fn mutant() -> impl Strategy<Value = String> {
    let mutations = prop::collection::vec(mutation(), 1..4);
    (any::<bool>(), any::<Index>(), mutations).prop_map(|(valid, file, mutations)| {
        let corpus = &corpus()[usize::from(!valid)];
        let text = corpus[file.index(corpus.len())].clone();
        let apply = |text: String, mutation| mutate(&text, mutation, corpus);
        mutations.iter().fold(text, apply)
    })
}
