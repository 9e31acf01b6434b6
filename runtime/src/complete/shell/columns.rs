//! Lists of candidates with their descriptions, in columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The widest column of candidates. Longer ones are followed by their description.
const WIDEST: usize = 40;

/// Aligns descriptions: `value  -- description`. Each line fits into the columns, so that no line
/// wraps. A candidate itself is never shortened.
pub(super) fn described<'a>(
    entries: impl Iterator<Item = (&'a str, String)> + Clone,
    columns: usize,
) -> Vec<String> {
    let widths = entries.clone().map(|(value, _)| value.width());
    let width = widths
        .filter(|&width| width <= WIDEST)
        .max()
        .unwrap_or_default();
    let line = |(value, help): (&str, String)| {
        let pad = width.saturating_sub(value.width());
        let room = columns.saturating_sub(value.width() + pad + 4 + 1);
        if help.is_empty() || room < 8 {
            return value.to_owned();
        }
        format!("{value}{:pad$}  -- {}", "", shortened(&help, room))
    };
    entries.map(line).collect()
}

/// Shortens text to a width, with `…` at its end.
fn shortened(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut width = 1;
    let fits = |c: &char| {
        width += c.width().unwrap_or_default();
        width <= room
    };
    let short: String = text.chars().take_while(fits).collect();
    format!("{}…", short.trim_end())
}
