//! Escapes text for Markdown, as CommonMark, GitHub and MDX (which Docusaurus reads) define it.

use std::fmt::Write as _;

/// Escapes text, so that nothing in it is a mark. `is_first` is whether it begins a line.
pub(super) fn escaped(text: &str, is_first: bool) -> String {
    let mut out = String::new();
    let mut before = ' ';
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next().unwrap_or(' ');
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '{' | '}' | '~' | '$' => true,
            // Within a word, it has no meaning.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after == '#' || after.is_ascii_alphabetic(),
            // GitHub replaces `:name:` with a picture.
            ':' => is_picture(rest.as_str()),
            '|' | '#' | '+' | '-' | '=' => is_first && out.trim().is_empty(),
            '.' | ')' => is_first && !out.is_empty() && out.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(if c == '\t' { ' ' } else { c });
        before = c;
    }
    out
}

/// Whether the text after a colon would be the name of a picture.
fn is_picture(rest: &str) -> bool {
    let word = rest.split(':').next().unwrap_or_default();
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    rest.starts_with(':') || word.len() < rest.len() && !word.is_empty() && word.chars().all(good)
}

/// Protects a line that MDX would read as code: one that begins like an import or export of JavaScript.
pub(super) fn guarded(line: String) -> String {
    let is_code = ["import", "export"].iter().any(|word| {
        line.strip_prefix(word)
            .is_some_and(|rest| rest.starts_with(' '))
    });
    match is_code {
        true => format!("&#{};{}", u32::from(line.as_bytes()[0]), &line[1..]),
        false => line,
    }
}

/// Writes code, enclosed in more backquotes than it contains in a row.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let is_blank = text.trim_matches(' ').is_empty();
    let needs_space = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if needs_space && !is_blank { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Writes the value of an HTML attribute.
pub(super) fn attribute(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '{' | '}' | '`' | '\\' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Writes the destination of a link: characters that Markdown would interpret, and those that an address
/// can't contain, are percent-encoded (RFC 3986).
pub(super) fn in_url(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let is_good = c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c);
        match is_good {
            true => out.push(c),
            false => {
                for byte in c.to_string().bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
        }
    }
    // It could begin an entity.
    out.replace('&', "&amp;")
}
