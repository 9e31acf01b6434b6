//! Line and column numbers of positions in a string.

use std::ops::Range;

/// A string with the positions at which its lines begin, so that lookups are fast.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The position at which each line begins, 0 for the first.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: [0].into_iter().chain(after).collect(),
        }
    }

    /// Returns the line and the column of a position. Both start at 1; columns are counted in
    /// characters.
    pub(super) fn position(&self, span: Option<Range<usize>>) -> (usize, usize) {
        let at = span.map_or(0, |span| span.start).min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= at);
        let start = self.starts[line - 1];
        let before = self.text.get(start..at).unwrap_or_default();
        (line, 1 + before.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn positions_have_a_line_and_a_column() {
        let lines = Lines::new("a\n\nb\u{e9}c\n");
        let at = |at| lines.position(Some(at..at));
        assert_eq!(
            [at(0), at(1), at(2), at(3), at(6)],
            [(1, 1), (1, 2), (2, 1), (3, 1), (3, 3)]
        );
        assert_eq!([at(8), at(99)], [(4, 1), (4, 1)]);
        assert_eq!(Lines::new("").position(None), (1, 1));
    }
}
