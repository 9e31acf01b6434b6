//! The numbers from which decisions are made.

use std::collections::BTreeSet;

/// Returns numbers one after the other, and 0 when none are left.
pub(super) struct Source<'a> {
    numbers: std::slice::Iter<'a, u32>,
    /// Names that are already used, in the spelling that they have in Rust.
    taken: BTreeSet<String>,
    /// Whether the program has configuration files.
    pub(super) has_files: bool,
    /// Whether the program has exit codes for what needs them: files, roles, questions and outputs.
    pub(super) has_contract: bool,
    /// The number of scopes that were asked for.
    scopes: usize,
}

impl<'a> Source<'a> {
    pub(super) fn new(numbers: &'a [u32]) -> Self {
        Self {
            numbers: numbers.iter(),
            taken: BTreeSet::new(),
            has_files: false,
            has_contract: false,
            scopes: 0,
        }
    }

    fn next(&mut self) -> u32 {
        self.numbers.next().copied().unwrap_or_default()
    }

    /// Returns a number less than this one.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.next() as usize % end.max(1)
    }

    /// Returns `true` with this probability in percent.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.next() % 100 >= 100 - percent
    }

    /// Returns one of these items.
    pub(super) fn pick<'b, T>(&mut self, list: &'b [T]) -> &'b T {
        &list[self.below(list.len())]
    }

    /// Returns one of these items, if there are any.
    pub(super) fn any<'b, T>(&mut self, list: &'b [T]) -> Option<&'b T> {
        let at = self.below(list.len());
        list.get(at)
    }

    /// Returns the name of a new scope for names.
    pub(super) fn scope(&mut self) -> String {
        self.scopes += 1;
        format!("scope{}", self.scopes)
    }

    /// Reserves a name, and returns whether it was free. Names that differ only in punctuation and
    /// capitals are the same, as in Rust.
    pub(super) fn take(&mut self, scope: &str, name: &str) -> bool {
        let words: Vec<&str> = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        self.taken
            .insert(format!("{scope} {}", words.join("_").to_lowercase()))
    }
}
