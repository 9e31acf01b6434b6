//! Numbers, as answers to questions.

use std::collections::BTreeSet;

/// Gives numbers out one after the other, and 0 when there are none left.
pub(super) struct Source<'a> {
    numbers: std::slice::Iter<'a, u32>,
    /// Names that are taken, in the one spelling that Rust makes of them.
    taken: BTreeSet<String>,
}

impl<'a> Source<'a> {
    pub(super) fn new(numbers: &'a [u32]) -> Self {
        Self {
            numbers: numbers.iter(),
            taken: BTreeSet::new(),
        }
    }

    fn next(&mut self) -> u32 {
        self.numbers.next().copied().unwrap_or_default()
    }

    /// A number below this one.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.next() as usize % end.max(1)
    }

    /// Yes, so often in a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.next() % 100 >= 100 - percent
    }

    /// One of these.
    pub(super) fn pick<'b, T>(&mut self, list: &'b [T]) -> &'b T {
        &list[self.below(list.len())]
    }

    /// One of these, if there is any.
    pub(super) fn any<'b, T>(&mut self, list: &'b [T]) -> Option<&'b T> {
        let at = self.below(list.len());
        list.get(at)
    }

    /// Takes a name for its own; not so if it is taken. In Rust, all signs and capitals are alike.
    pub(super) fn take(&mut self, scope: &str, name: &str) -> bool {
        let words: Vec<&str> = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        self.taken
            .insert(format!("{scope} {}", words.join("_").to_lowercase()))
    }
}
