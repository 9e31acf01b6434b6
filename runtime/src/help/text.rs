//! The format of longer texts: descriptions, outputs and topics.
//!
//! A string is plain text in lines, separated by `\n`:
//!
//! - An empty line is a blank line.
//! - Any other line is a paragraph, which is wrapped. The spaces at its start are its indentation, which
//!   also applies to its continuation lines.
//! - If the indentation is followed by `- `, or by a number with a period and a space such as `12. `,
//!   the paragraph is a list item: its continuation lines are aligned with the text after that marker.
//! - If the indentation is followed by a tab, the line is preformatted: the tab is shown as four spaces,
//!   and the rest is never wrapped.
//!
//! Other characters have no special meaning: `{n}`, `*` and `` ` `` are shown unchanged. In this
//! example, `␉` is a tab:
//!
//! ```text
//! A paragraph of any length, all in one line.
//!
//! 1. An item of a list, all in one line.
//!    - An item of a list in that item.
//!
//!    Another paragraph of the first item.
//! 2. Another item.
//!
//! ␉some --command
//! ```

use super::wrap::{Paragraph, indent};

/// The spaces that replace the tab of a preformatted line.
const TAB: &str = "    ";

/// Adds a string with a line break at its end. Each line is indented by `base` spaces.
pub(super) fn write(out: &mut String, text: &str, base: usize, width: usize) {
    for line in text.split('\n') {
        let content = line.trim_start_matches(' ');
        let start = base + line.len() - content.len();
        if let Some(code) = content.strip_prefix('\t') {
            preformatted(out, code, start);
        } else if content.is_empty() {
            out.push('\n');
        } else {
            indent(out, start);
            let hang = start + mark(content);
            let mut paragraph = Paragraph::at(out, start, hang, width);
            paragraph.words(content);
            paragraph.end();
        }
    }
}

fn preformatted(out: &mut String, code: &str, start: usize) {
    let code = code.trim_end();
    if !code.is_empty() {
        indent(out, start);
        out.push_str(TAB);
        out.push_str(code);
    }
    out.push('\n');
}

/// Returns the width of the marker of a list item, or 0 if the line is not a list item.
fn mark(line: &str) -> usize {
    if line.starts_with("- ") {
        return 2;
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    match digits > 0 && rest.starts_with(". ") {
        true => digits + 2,
        false => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::write;

    fn written(text: &str, base: usize, width: usize) -> String {
        let mut out = String::new();
        write(&mut out, text, base, width);
        out
    }

    #[test]
    fn paragraphs_keep_their_indentation() {
        assert_eq!(written("one two three", 0, 8), "one two\nthree\n");
        assert_eq!(written("  one two three", 0, 9), "  one two\n  three\n");
        assert_eq!(
            written("one two\n\n  three", 4, 9),
            "    one\n    two\n\n      three\n"
        );
        assert_eq!(written("a {n} b\n   \nc", 0, 40), "a {n} b\n\nc\n");
    }

    #[test]
    fn list_items_have_a_hanging_indent() {
        assert_eq!(written("- one two three", 0, 9), "- one two\n  three\n");
        assert_eq!(
            written("  12. one two", 2, 11),
            "    12. one\n        two\n"
        );
        assert_eq!(written("12 one two", 0, 7), "12 one\ntwo\n");
        assert_eq!(written("1.5 one two", 0, 8), "1.5 one\ntwo\n");
        assert_eq!(written("-one two", 0, 5), "-one\ntwo\n");
        let nested = "1. one twoo\n   - three four\n\n   five six";
        let expected = "1. one\n   twoo\n   - three\n     four\n\n   five\n   six\n";
        assert_eq!(written(nested, 0, 10), expected);
    }

    #[test]
    fn preformatted_lines_are_not_wrapped() {
        assert_eq!(written("\ta  b | c d", 2, 5), "      a  b | c d\n");
        assert_eq!(
            written("  \t  - a b\n\t\n\tc \n", 0, 5),
            "        - a b\n\n    c\n\n"
        );
    }
}
