//! Tables for people, which fit the terminal.

use std::env;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::error::plain;

/// The width where none is known, as in a pipe.
const WIDTH: usize = 80;

/// What stands between two columns.
const GAP: &str = "  ";

/// The width that the last column is left before others give way too.
const LAST: usize = 16;

/// Rows under a heading. Every cell is plain text; what a terminal would obey is shown as an escape.
#[derive(Clone, Debug)]
pub struct Table {
    /// The heading and the rows, all of the same length.
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings and no rows.
    pub fn new(headings: &[&str]) -> Self {
        Self {
            rows: vec![headings.iter().map(|&text| plain(text)).collect()],
        }
    }

    /// Adds a row. Cells that are missing are empty.
    pub fn row(&mut self, cells: Vec<String>) {
        let mut row: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        row.resize(self.rows[0].len(), String::new());
        self.rows.push(row);
    }

    /// The same, so that no line is wider than `width`. The last column, which is a place, is shortened
    /// first, then the widest of the others.
    #[must_use]
    pub fn fit(mut self, width: usize) -> Self {
        let mut widths = self.widths();
        let gaps = GAP.len() * widths.len().saturating_sub(1);
        let over = |widths: &[usize]| (gaps + widths.iter().sum::<usize>()).saturating_sub(width);
        if let Some(last) = widths.last().copied() {
            let at = widths.len() - 1;
            widths[at] = last.saturating_sub(over(&widths)).max(LAST.min(last));
        }
        while over(&widths) > 0 {
            match widths.iter_mut().max() {
                Some(widest) if *widest > 1 => *widest -= 1,
                // There is room for nothing.
                _ => break,
            }
        }
        for row in &mut self.rows {
            for (cell, &width) in row.iter_mut().zip(&widths) {
                *cell = shorten(cell, width);
            }
        }
        self
    }

    /// The same, as wide as standard output at most: the terminal, or 80 columns.
    #[must_use]
    pub fn fit_output(self) -> Self {
        let terminal = rustix::termios::tcgetwinsize(io::stdout());
        self.fit(match terminal {
            Ok(size) if size.ws_col > 0 => size.ws_col.into(),
            _ => WIDTH,
        })
    }

    /// The width of each column.
    fn widths(&self) -> Vec<usize> {
        let widest = |column: usize| {
            let cells = self.rows.iter().map(|row| row[column].width());
            cells.max().unwrap_or(0)
        };
        (0..self.rows[0].len()).map(widest).collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line += cell;
                line += &" ".repeat(width - cell.width());
                line += GAP;
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A path as a table shows it: with `~` for the home folder.
pub fn path(path: &Path) -> String {
    let home = env::var_os("HOME").filter(|home| !home.is_empty());
    let below = home.and_then(|home| path.strip_prefix(PathBuf::from(home)).ok());
    match below {
        Some(below) => Path::new("~").join(below).display().to_string(),
        None => path.display().to_string(),
    }
}

/// A text of this width at most, with `…` for what its middle has too much.
fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    // Some characters are wider together than each by itself, so the result is measured.
    let shorter = (0..width).rev().map(|rest| {
        let end: String = start(text.chars().rev(), rest / 2).chars().rev().collect();
        start(text.chars(), rest - rest / 2) + "…" + &end
    });
    let mut fitting = shorter.filter(|text| text.width() <= width);
    fitting.next().unwrap_or_default()
}

/// As many of the first characters as there is room for.
fn start(chars: impl Iterator<Item = char>, width: usize) -> String {
    let mut left = width;
    let fits = |c: &char| {
        let room = left.checked_sub(c.width().unwrap_or(0));
        left = room.unwrap_or(0);
        room.is_some()
    };
    chars.take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::{Table, shorten};

    #[test]
    fn the_middle_goes() {
        for (text, width, short) in [
            ("credentials", 11, "credentials"),
            ("credentials", 10, "crede…ials"),
            ("credentials", 2, "c…"),
            ("credentials", 1, "…"),
            ("credentials", 0, ""),
            ("名前名前", 7, "名…前"),
            ("👩‍👩‍👧‍👦", 2, "👩‍👩‍👧‍👦"),
        ] {
            assert_eq!(shorten(text, width), short, "{text}, {width}");
        }
    }

    #[test]
    fn a_place_is_shortened_before_a_name() {
        let mut table = Table::new(&["NAME", "PLACE"]);
        table.row(vec![
            "a-name".into(),
            "a/long/path/to/some/file.toml".into(),
        ]);
        table.row(vec!["tab\tand\u{1b}[1m".into()]);
        assert_eq!(
            table.fit(40).to_string(),
            "NAME               PLACE\n\
             a-name             a/long/pat…/file.toml\n\
             tab\\tand\\u{1b}[1m\n"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the cells hold, each row is one line that fits.
        #[test]
        fn no_line_is_wider(
            cells in prop::collection::vec(prop::collection::vec("\\PC{0,40}|.{0,60}|[👩‍❤️#\u{301}名\u{202e}]{0,50}", 0..6), 0..6),
            width in 20_usize..200,
        ) {
            let mut table = Table::new(&["", "SYSTEM", "ACCOUNT", "SINCE", "UNTIL", "PLACE"]);
            let rows = cells.len();
            for row in cells {
                table.row(row);
            }
            let text = table.fit(width).to_string();
            prop_assert_eq!(text.lines().count(), rows + 1);
            for line in text.lines() {
                prop_assert!(line.width() <= width, "{} > {width}: {line}", line.width());
            }
        }
    }
}
