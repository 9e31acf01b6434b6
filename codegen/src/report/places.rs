//! Conversion of byte offsets to lines and columns.

use super::{Place, Position};
use crate::source::{Sources, Span};

/// Bytes between two marks of an [`Index`].
const STEP: usize = 1024;

/// Finds lines and columns, in a time that doesn't depend on the length of lines.
pub(crate) struct Places<'a> {
    sources: &'a Sources,
    indices: Vec<Index>,
}

struct Index {
    /// The offset of each line.
    lines: Vec<usize>,
    /// The number of characters before every [`STEP`]th byte.
    marks: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(sources: &'a Sources) -> Self {
        let texts = sources.ids().map(|id| sources.file(id).text.as_str());
        let indices = texts.map(Index::new).collect();
        Self { sources, indices }
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        let range = self.sources.range(span);
        Place {
            path: self.sources.file(span.file).path.clone(),
            start: self.position(span, range.start),
            end: self.position(span, range.end),
        }
    }

    fn position(&self, span: Span, byte: usize) -> Position {
        let text = &self.sources.file(span.file).text;
        let index = &self.indices[span.file.0 as usize];
        let line = index.lines.partition_point(|start| *start <= byte);
        let start = index.lines[line - 1];
        let mark = usize::from(line == 1 && byte > 0 && text.starts_with('\u{feff}'));
        let before = index.characters(text, byte) - index.characters(text, start);
        Position {
            line,
            column: 1 + before - mark,
            byte,
        }
    }
}

impl Index {
    fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        let mut marks = Vec::new();
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(count);
            count += characters(chunk);
        }
        marks.push(count);
        Self { lines, marks }
    }

    /// Returns the number of characters before a byte.
    fn characters(&self, text: &str, byte: usize) -> usize {
        let mark = byte / STEP;
        self.marks[mark] + characters(&text.as_bytes()[mark * STEP..byte])
    }
}

/// Returns the number of characters that begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, byte: usize) -> (usize, usize) {
        let mut sources = Sources::default();
        let file = sources.add("spec.yaml".as_ref(), text.to_owned());
        let start = Places::new(&sources)
            .place(Span::new(file, byte..byte))
            .start;
        assert_eq!(start.byte, byte);
        (start.line, start.column)
    }

    #[test]
    fn characters_are_counted() {
        assert_eq!(position("", 0), (1, 1));
        assert_eq!(position("ab\ncd", 2), (1, 3));
        assert_eq!(position("ab\ncd", 3), (2, 1));
        assert_eq!(position("ab\ncd", 5), (2, 3));
        assert_eq!(position("日本: x", 8), (1, 5));
        assert_eq!(position("\t\u{1f600}x", 5), (1, 3));
        assert_eq!(position("\u{feff}ab", 0), (1, 1));
        assert_eq!(position("\u{feff}ab", 3), (1, 1));
        assert_eq!(position("\u{feff}ab", 4), (1, 2));
    }

    /// A mark may be at any byte, even inside a character.
    #[test]
    fn long_lines() {
        let text = "é".repeat(3000);
        for at in [0, 511, 512, 513, 1500, 3000] {
            assert_eq!(position(&text, at * 2), (1, at + 1));
        }
        assert_eq!(position(&"x".repeat(STEP), STEP), (1, STEP + 1));
    }
}
