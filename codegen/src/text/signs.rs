//! Characters that Markdown removes from a string although they were probably meant to be shown.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Sources, Span, Spanned};

/// The maximum number of warnings about one text. The place of each is searched for in the whole text.
const MOST_WARNINGS: usize = 10;

/// Warns about characters that readers won't see.
pub(super) fn check(
    text: &Spanned<String>,
    events: &[(Event<'_>, Range<usize>)],
    sources: &Sources,
    problems: &mut Diagnostics,
) {
    let mut last = 0..0;
    let mut warnings = 0;
    for (at, removed) in removed(text, events) {
        if warnings == MOST_WARNINGS {
            break;
        }
        let word = match removed.sign.starts_with('&') {
            true => at..at + removed.sign.len(),
            false => word(text, at),
        };
        // Each word gets at most one warning.
        if word.is_empty() || word == last {
            continue;
        }
        warn(text, word.clone(), &removed, sources, problems);
        warnings += 1;
        last = word;
    }
}

/// Characters that Markdown removes.
struct Removed {
    sign: String,
    /// Whether they may have been meant as Markdown.
    meant: bool,
}

/// Returns the characters that Markdown removes, with their places in the text.
fn removed(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<(usize, Removed)> {
    let mut found = Vec::new();
    let mut in_code = false;
    let mut end = 0;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(shown) if !in_code => {
                let written = &text[range.clone()];
                let start = range.start;
                if written.starts_with('&') && *written != **shown {
                    let sign = written.to_owned();
                    found.push((start, Removed { sign, meant: true }));
                } else if end < start && text[..start].ends_with('\\') {
                    let at = start - 1;
                    if !is_escape(&text[..at], &text[start..]) {
                        let sign = "\\".to_owned();
                        found.push((at, Removed { sign, meant: false }));
                    }
                }
                end = range.end;
            }
            Event::Code(_) => end = range.end,
            Event::Start(Tag::Emphasis | Tag::Strong) => {
                found.extend(emphasis(text, range).map(|removed| (range.start, removed)));
            }
            _ => {}
        }
    }
    found
}

/// Whether a backslash between these strings escapes the character after it.
fn is_escape(before: &str, after: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let line = line.trim_start_matches([' ', '>', '-', '+', '*']);
    let starts_word = before.is_empty() || before.ends_with(char::is_whitespace);
    let mut after = after.chars();
    match after.next() {
        // These characters begin an item of a list or a heading, or follow the number of an item.
        Some('-' | '+' | '=') => line.is_empty(),
        Some('.' | ')') => !line.is_empty() && line.chars().all(|c| c.is_ascii_digit()),
        Some('|') => line.is_empty(),
        Some('(') => before.ends_with(']'),
        // `\\server`, `\\?\C:`
        Some('\\') => {
            let rest = after.as_str();
            let is_device = rest.starts_with(".\\") || rest.starts_with("?\\");
            !starts_word || !(is_device || rest.starts_with(char::is_alphanumeric))
        }
        // `C:\*.txt`, `%HOME%\_x`
        Some('`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '!' | '~') => {
            // A literal backslash earlier in the word means that it is a path.
            let word = before
                .rsplit(char::is_whitespace)
                .next()
                .unwrap_or_default();
            let letter_after = |at: usize| word[at + 1..].starts_with(char::is_alphanumeric);
            let is_path = word.match_indices('\\').any(|(at, _)| letter_after(at));
            !is_path && !before.ends_with([':', '%'])
        }
        _ => false,
    }
}

/// Recognizes emphasis that was probably not intended: inside a word, as in `2*3*4`; around punctuation,
/// as in `*.c,*.h`; or in a name such as `__init__`.
fn emphasis(text: &str, range: &Range<usize>) -> Option<Removed> {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let whole = &text[range.clone()];
    let mark = whole.chars().next()?;
    let inner = whole.trim_matches(mark);
    // In scripts that are written without spaces, emphasis can't be outside a word.
    let letter = |c: char| c.is_alphanumeric() && c < '\u{2e80}' || c == '/';
    let inside = before.ends_with(letter) || after.starts_with(letter);
    let sign = |c: char| c.is_ascii_punctuation() && !"`'\"([{<)]}>.!?\\*_".contains(c);
    let only_signs = !inner.contains(char::is_alphanumeric);
    let signs = inner.starts_with(|c| sign(c) || c == '.') || inner.ends_with(sign) || only_signs;
    let name = whole.starts_with("__") && !whole.contains(char::is_whitespace);
    if !(inside || signs || name) {
        return None;
    }
    let double = whole.starts_with("**") || name;
    let sign = mark.to_string().repeat(if double { 2 } else { 1 });
    // An author may mean to emphasize a part of a word.
    let letters = inner.chars().all(char::is_alphabetic);
    let meant = name || double || letters && !only_signs;
    Some(Removed { sign, meant })
}

/// Returns the word at a place, without the punctuation of the sentence.
fn word(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind(char::is_whitespace);
    let start = start.map_or(0, |space| {
        space + text[space..].chars().next().map_or(1, char::len_utf8)
    });
    let end = text[at..].find(char::is_whitespace);
    let end = end.map_or(text.len(), |space| at + space);
    let word = text[start..end].trim_end_matches([',', '.', ';', ':', '?', '!']);
    let end_of_word = start + word.len();
    // The word includes at least the character at this place and the next one.
    let least = text[at..end]
        .chars()
        .take(2)
        .map(char::len_utf8)
        .sum::<usize>();
    start..end_of_word.max(at + least)
}

/// Whether a part of a string becomes code if it is put in backquotes. Other backquotes nearby may prevent
/// that.
pub(super) fn can_be_code(text: &str, part: Range<usize>) -> bool {
    let (before, after) = (&text[..part.start], &text[part.end..]);
    let even = |text: &str| text.matches('`').count() % 2 == 0;
    let around = |separator: &str| {
        let before = before.rsplit(separator).next().unwrap_or_default();
        even(before) && even(after.split(separator).next().unwrap_or_default())
    };
    let touched = before.ends_with('`') || after.starts_with('`');
    !text[part].contains('`') && !touched && around("\n") && around("\n\n")
}

fn warn(
    text: &Spanned<String>,
    word: Range<usize>,
    Removed { sign, meant }: &Removed,
    sources: &Sources,
    problems: &mut Diagnostics,
) {
    let written = sources.text(text.span);
    let name = &text[word.clone()];
    // In the file, the text may be indented and quoted, but its words are in the same order.
    let earlier = text[..word.start].matches(name).count();
    let same = text.matches(name).count() == written.matches(name).count();
    let place = written.match_indices(name).nth(earlier);
    let place = place.map(|(at, _)| at).filter(|_| same);
    let span = place.map_or(text.span, |at| {
        let start = text.span.range().start + at;
        Span::new(text.span.file, start..start + name.len())
    });
    let message = match sign.starts_with('&') {
        true => format!("Markdown replaces `{sign}` in this text"),
        false => format!("Markdown removes `{sign}` from `{name}`"),
    };
    let warning = problems.warning(Code::SignRemoved, span, message);
    // A YAML string that begins with a backquote needs quotes.
    if place.is_none_or(|at| at == 0) || !can_be_code(text, word) {
        warning
            .help("put the word in backquotes; a string that begins with one needs quotes: '`…`'");
        return;
    }
    let help = "put the word in backquotes to show it as written";
    warning.suggest(help, span, format!("`{name}`")).in_text();
    // If the word contains quotes or the marks of emphasis or a link, these would be shown too.
    let others = match sign.as_str() {
        "\\" => "\\./:%-",
        _ => "*./+-=",
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
    if *meant || !name.chars().all(plain) {
        warning.uncertain();
    }
}
