//! Tables that fit the width of the terminal.

use std::io::{self, IsTerminal};

use rustix::termios::tcgetwinsize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::error::plain;

/// The width of a terminal that doesn't report its width.
const WIDTH: usize = 80;
/// The smallest width. A narrower terminal is treated as if it had this width.
const NARROWEST: usize = 40;
/// The number of columns between two cells.
const GAP: usize = 2;
/// The steps in which locations and names are shortened, before any other cells, and to which width.
const STEPS: [(Part, usize); 4] = [
    (Part::Location, 20),
    (Part::Name, 16),
    (Part::Location, 10),
    (Part::Name, 8),
];
/// The smallest width of other cells.
const OTHER: usize = 1;
/// The smallest width of the most important cells.
const KEPT: usize = 10;

/// The cells that are shortened first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The last cell of each row.
    Location,
    /// The cell with the name.
    Name,
}

/// Returns the width of the terminal, if standard output is one. In a pipe or a file, nothing is
/// shortened, so the width is unlimited.
pub fn width() -> usize {
    let stdout = io::stdout();
    if !stdout.is_terminal() {
        return usize::MAX;
    }
    let size = tcgetwinsize(&stdout).map_or(0, |size| usize::from(size.ws_col));
    match size {
        0 => WIDTH,
        columns => columns.max(NARROWEST),
    }
}

/// A table with a header row.
#[derive(Clone, Debug)]
pub struct Table {
    /// The rows. The first is the header. All have the same number of cells.
    rows: Vec<Vec<String>>,
    /// The column with the names.
    names: usize,
    /// The column with the most important cells, which is shortened last.
    kept: usize,
}

impl Table {
    /// Returns a table with only a header. Column `names` has the names, and column `kept` the most
    /// important cells.
    pub fn new<const N: usize>(head: [&str; N], names: usize, kept: usize) -> Self {
        let rows = vec![head.map(str::to_owned).to_vec()];
        Self { rows, names, kept }
    }

    /// Adds a row, which has as many cells as the header. Control characters are shown in an escaped
    /// form.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        debug_assert_eq!(self.rows[0].len(), N);
        self.rows.push(cells.map(|cell| plain(&cell)).to_vec());
    }

    /// Returns the table in at most `width` columns, without a line break at its end. Cells that are too
    /// long are shortened in the middle, first the last cells of rows and the names.
    pub fn fit(&self, width: usize) -> String {
        let widths = self.widths(width);
        let lines: Vec<String> = self.rows.iter().map(|row| line(row, &widths)).collect();
        lines.join("\n")
    }

    /// Returns the width of each column.
    fn widths(&self, width: usize) -> Vec<usize> {
        let count = self.rows[0].len();
        let widest = |at: usize| self.rows.iter().map(|row| row[at].width()).max();
        let mut widths: Vec<usize> = (0..count).map(|at| widest(at).unwrap_or(0)).collect();
        let room = width.saturating_sub(GAP * count.saturating_sub(1));
        let Some(last) = count.checked_sub(1) else {
            return widths;
        };
        let over = |widths: &[usize]| widths.iter().sum::<usize>().saturating_sub(room);
        for (part, to) in STEPS {
            let at = match part {
                Part::Location => last,
                Part::Name => self.names,
            };
            let spare = widths[at].saturating_sub(to);
            widths[at] -= over(&widths).min(spare);
        }
        // If that is not enough, always shorten the column with the most room.
        while over(&widths) > 0 {
            let least = |at: usize| if at == self.kept { KEPT } else { OTHER };
            let spare = |&at: &usize| widths[at].saturating_sub(least(at));
            match (0..count).max_by_key(spare) {
                Some(at) if widths[at] > least(at) => widths[at] -= 1,
                _ => break,
            }
        }
        widths
    }
}

/// Wraps a paragraph to `width` columns, and indents all lines but the first. A word that is longer gets
/// its own line.
pub fn wrap(text: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        match used {
            0 => {}
            _ if used + 1 + word.width() <= width => {
                lines.push(' ');
                used += 1;
            }
            _ => {
                lines.push_str("\n  ");
                used = 2;
            }
        }
        lines.push_str(word);
        used += word.width();
    }
    lines
}

/// Formats a row in columns of these widths. The last cell is not padded.
fn line(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, &width) in row.iter().zip(widths) {
        let cell = shorten(cell, width);
        line.push_str(&cell);
        let fill = width.saturating_sub(cell.width()) + GAP;
        line.extend(std::iter::repeat_n(' ', fill));
    }
    line.truncate(line.trim_end().len());
    line
}

/// Shortens a string to at most `width` columns: its start and its end, with `…` between them.
fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    let mut start = take(text.chars(), room / 2);
    // A sequence such as `*` and U+FE0F is wider than its characters.
    while start.width() > room / 2 {
        start.pop();
    }
    let left = room - start.width();
    let end = take(text.chars().rev(), left);
    let end: String = end.chars().rev().collect();
    let mut end = end.as_str();
    while end.width() > left || end.starts_with(|c: char| c.width() == Some(0)) {
        end = &end[end.chars().next().map_or(0, char::len_utf8)..];
    }
    format!("{start}…{end}")
}

/// Takes characters whose widths are at most `width` columns together.
fn take(chars: impl Iterator<Item = char>, width: usize) -> String {
    let mut taken = String::new();
    let mut used = 0;
    for char in chars {
        used += char.width().unwrap_or(0);
        if used > width {
            break;
        }
        taken.push(char);
    }
    taken
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::{NARROWEST, Table, shorten, wrap};

    #[test]
    fn paragraphs_are_wrapped() {
        for (text, width, wrapped) in [
            ("one two three", 80, "one two three"),
            ("one two three", 7, "one two\n  three"),
            ("one two three", 3, "one\n  two\n  three"),
            ("日本語 日本語", 9, "日本語\n  日本語"),
            ("", 9, ""),
        ] {
            assert_eq!(wrap(text, width), wrapped);
        }
    }

    #[test]
    fn long_strings_keep_both_ends() {
        for (text, width, short) in [
            ("credentials.toml", 16, "credentials.toml"),
            ("credentials.toml", 9, "cred…toml"),
            ("日本語の名前", 12, "日本語の名前"),
            ("日本語の名前", 8, "日…名前"),
            ("ab", 1, "…"),
            ("*\u{fe0f}*\u{fe0f}*\u{fe0f}*\u{fe0f}", 4, "*…*\u{fe0f}"),
        ] {
            assert_eq!(shorten(text, width), short);
        }
    }

    /// Any characters, control characters, and parts of sequences whose width is not that of their parts.
    const CELL: &str = "\\PC{0,60}|[\u{0}-\u{9f}]{0,9}|[*#1\u{fe0f}\u{20e3}\u{200d}\u{1f468}\u{1f3fd}\u{1f1e9}]{0,60}";

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        /// For any cells, no line is longer than allowed, and each row is one line.
        #[test]
        fn no_line_is_too_long(
            rows in prop::collection::vec(prop::array::uniform5(CELL), 0..6),
            width in NARROWEST..200,
        ) {
            let mut table = Table::new(["SYSTEM", "ACCOUNT", "SINCE", "UNTIL (UTC)", "PLACE"], 1, 2);
            let count = rows.len() + 1;
            rows.into_iter().for_each(|row| table.row(row));
            let text = table.fit(width);
            prop_assert_eq!(text.split('\n').count(), count);
            for line in text.lines() {
                prop_assert!(line.width() <= width, "{}: {line}", line.width());
            }
        }
    }
}
