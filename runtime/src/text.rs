//! Escaping text for display: the only module that knows which characters must not reach a terminal
//! unescaped.

use std::fmt::Write;

/// Returns whether a character could control a terminal or change the order of the text around it.
///
/// These are control characters (Unicode category Cc), line and paragraph separators, and the characters
/// for bidirectional text that Unicode Standard Annex 9 defines.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
        )
}

/// Escapes unsafe characters as in Rust: `\n`, `\u{1b}`.
///
/// ```
/// assert_eq!(clapspec_runtime::text::printable("a\u{1b}[1m\n"), "a\\u{1b}[1m\\n");
/// ```
pub fn printable(text: &str) -> String {
    escaped(text, |_| false)
}

/// Does the same as [`printable`], but keeps line breaks and tabs.
pub(crate) fn printable_lines(text: &str) -> String {
    escaped(text, |c| c == '\n' || c == '\t')
}

/// Escapes unsafe characters, except those that may stay.
fn escaped(text: &str, may_stay: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_unsafe(c) && !may_stay(c) {
            true => out.extend(c.escape_default()),
            false => out.push(c),
        }
    }
    out
}

/// Adds a string as a JSON string (RFC 8259, section 7). Unsafe characters are also escaped, which does
/// not change the meaning.
pub(crate) fn push_json(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_unsafe(c) => push_code(out, c),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Escapes unsafe characters in the strings of a JSON text.
#[cfg(feature = "output")]
pub(crate) fn safe_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match is_unsafe(c) && c != '\n' {
            true => push_code(&mut out, c),
            false => out.push(c),
        }
    }
    out
}

/// Adds a character as a JSON escape. The codes of all unsafe characters have at most four digits.
fn push_code(out: &mut String, c: char) {
    // Writing to a string can't fail.
    let _ = write!(out, "\\u{:04x}", u32::from(c));
}

#[cfg(test)]
mod tests {
    use super::{is_unsafe, printable, printable_lines, push_json};

    #[test]
    fn unsafe_characters_are_escaped() {
        assert_eq!(
            printable_lines("a\x1b[2J\u{9b}b\n"),
            "a\\u{1b}[2J\\u{9b}b\n"
        );
        assert_eq!(printable("\u{202e}\u{2028}\n"), "\\u{202e}\\u{2028}\\n");
        let mut json = String::new();
        push_json(&mut json, "a\"\\\n\t\x1b\u{9f}\u{2066}é");
        assert_eq!(json, r#""a\"\\\n\t\u001b\u009f\u2066é""#);
    }

    /// The code of every unsafe character fits into four digits, as JSON escapes require.
    #[test]
    fn codes_of_unsafe_characters_fit_into_four_digits() {
        let unsafe_ones = ('\0'..=char::MAX).filter(|&c| is_unsafe(c));
        assert!(unsafe_ones.clone().all(|c| u32::from(c) < 0x1_0000));
        assert_eq!(unsafe_ones.count(), 65 + 3 + 7 + 4);
    }
}
