//! A table of texts that fits a number of columns.

use std::env;
use std::io::{self, IsTerminal};

use rustix::termios::tcgetwinsize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::error::plain;

/// How wide a table is where there is neither a terminal to fit nor `COLUMNS`.
const WIDTH: usize = 80;
/// No terminal is taken to be narrower.
const NARROWEST: usize = 40;
/// The columns between two cells.
const GAP: usize = 2;
/// To how many columns places and names are shortened, step by step, before anything else is.
const STEPS: [(Part, usize); 4] = [
    (Part::Place, 20),
    (Part::Name, 16),
    (Part::Place, 10),
    (Part::Name, 8),
];
/// To how many columns other cells are shortened.
const OTHER: usize = 1;

/// What may be shortened first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The last cells of rows.
    Place,
    /// The cells with the names.
    Name,
}

/// The columns that standard output has. Where that is no terminal, `COLUMNS` says how many.
pub fn width() -> usize {
    let stdout = io::stdout();
    let columns = match stdout.is_terminal() {
        true => tcgetwinsize(&stdout)
            .ok()
            .map(|size| usize::from(size.ws_col)),
        false => env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok()),
    };
    match columns {
        None | Some(0) => WIDTH,
        Some(columns) => columns.max(NARROWEST),
    }
}

/// Rows of cells below a head.
#[derive(Clone, Debug)]
pub struct Table {
    /// All rows; the first is the head. All have as many cells.
    rows: Vec<Vec<String>>,
    /// The column with the names.
    names: usize,
}

impl Table {
    /// A table with nothing but its head, of which column `names` has the names.
    pub fn new<const N: usize>(head: [&str; N], names: usize) -> Self {
        let rows = vec![head.map(str::to_owned).to_vec()];
        Self { rows, names }
    }

    /// Adds a row, which has as many cells as the head. Characters that a terminal would obey are shown
    /// as such.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        debug_assert_eq!(self.rows[0].len(), N);
        self.rows.push(cells.map(|cell| plain(&cell)).to_vec());
    }

    /// The table in so many columns, without a line break at its end. What is too long is shortened in
    /// its middle: the last cells of rows and the names first.
    pub fn fit(&self, width: usize) -> String {
        let widths = self.widths(width);
        let lines: Vec<String> = self.rows.iter().map(|row| line(row, &widths)).collect();
        lines.join("\n")
    }

    /// How wide each column becomes.
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
                Part::Place => last,
                Part::Name => self.names,
            };
            let spare = widths[at].saturating_sub(to);
            widths[at] -= over(&widths).min(spare);
        }
        // Then the widest of the others, again and again.
        while over(&widths) > 0 {
            let widest = (0..count).max_by_key(|&at| widths[at]);
            match widest {
                Some(at) if widths[at] > OTHER => widths[at] -= 1,
                _ => break,
            }
        }
        widths
    }
}

/// A row in columns of these widths. The last cell is not filled up.
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

/// A text in at most so many columns: its start and its end, with `…` between them.
fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    let start = take(text.chars(), room / 2);
    let end = take(text.chars().rev(), room - start.width());
    let end: String = end.chars().rev().collect();
    format!("{start}…{end}")
}

/// As many characters as go into so many columns.
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

    use super::{NARROWEST, Table, shorten};

    #[test]
    fn long_texts_keep_their_ends() {
        for (text, width, short) in [
            ("credentials.toml", 16, "credentials.toml"),
            ("credentials.toml", 9, "cred…toml"),
            ("日本語の名前", 12, "日本語の名前"),
            ("日本語の名前", 8, "日…名前"),
            ("ab", 1, "…"),
        ] {
            assert_eq!(shorten(text, width), short);
        }
    }

    proptest! {
        /// Whatever is in the cells, no line is longer than allowed, and each row is one line.
        #[test]
        fn no_line_is_too_long(
            rows in prop::collection::vec(prop::array::uniform5("\\PC{0,60}|[\u{0}-\u{9f}]{0,9}"), 0..6),
            width in NARROWEST..200,
        ) {
            let mut table = Table::new(["SYSTEM", "ACCOUNT", "SINCE", "UNTIL (UTC)", "PLACE"], 1);
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
