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
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '{' | '}' | '~' | '$' | '^' => true,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::{code, escaped, guarded, in_url};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

        /// A parser with all extensions reads text as itself, at the beginning of a line and after other text.
        #[test]
        fn text_stays_text(text in "\\PC{0,12}|([ -~]|:a:|[|*_~#>+=-]{1,3}|1\\. |import |https://|&amp;|<b>){0,8}") {
            let text = text.trim();
            for before in ["", "é "] {
                if text.is_empty() {
                    continue;
                }
                let line = guarded(format!("{before}{}", escaped(text, before.is_empty())));
                let mut read = String::new();
                for event in Parser::new_ext(&line, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
                    match event {
                        Event::Text(text) => read.push_str(&text),
                        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                        event => prop_assert!(false, "{event:?} in {line:?}"),
                    }
                }
                prop_assert_eq!(read, format!("{before}{text}"), "{:?}", line);
            }
        }

        #[test]
        fn code_stays_code(text in "[ -~é]{1,12}|[` ]{1,6}[a-z]") {
            let line = format!("x {}", code(&text));
            let events: Vec<Event<'_>> = Parser::new_ext(&line, Options::all()).collect();
            // CommonMark has no code that consists of spaces with a space on each side.
            let is_code = events.iter().any(|event| matches!(event, Event::Code(read) if **read == text));
            prop_assert!(is_code || text.trim().is_empty(), "{:?} {:?}", line, events);
        }

        #[test]
        fn links_keep_their_destination(path in "[ -$&-~é]{0,12}") {
            let line = format!("[x]({})", in_url(&path));
            let mut events = Parser::new(&line);
            let found = events.find_map(|event| match event {
                Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
                _ => None,
            });
            let found = found.unwrap_or_else(|| panic!("no link: {line}"));
            let mut parts = found.split('%');
            let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
            for part in parts {
                bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
                bytes.extend(part[2..].bytes());
            }
            prop_assert_eq!(String::from_utf8(bytes), Ok(path));
        }
    }
}
