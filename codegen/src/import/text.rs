//! Converts plain text to Markdown that means the same.

use crate::check::MAX_LINE;

/// Splits the texts of an option or a command: a sentence for `help` or `about`, and the rest for `description`.
pub(super) fn split(short: &str, long: &str) -> (String, String) {
    let (first, rest) = summary(short);
    let sentence = one_line(first);
    let (sentence, too_much) = match first_sentence(&sentence) {
        Some((first, rest)) => (first.to_owned(), rest.to_owned()),
        None => (sentence, String::new()),
    };
    let more = [too_much.as_str(), rest.trim_matches('\n')];
    let long = match without(long, first) {
        Some(rest) => rest,
        None if long.is_empty() => "",
        None => long,
    };
    let rest = if long.trim().is_empty() {
        more.join("\n\n")
    } else {
        format!("{too_much}\n\n{long}")
    };
    (line(&sentence), block(&rest))
}

/// Why the text of an option or a command is shorter.
pub(super) const SPLIT: &str = "a line of help has one sentence: the rest is in `description`";

/// Whether only the beginning of the text becomes a line of help.
pub(super) fn is_split(text: &str) -> bool {
    let (first, rest) = summary(text.trim());
    !rest.trim().is_empty() || first_sentence(&one_line(first)).is_some()
}

/// Splits text after its first paragraph, or after its first line if that is a sentence.
fn summary(text: &str) -> (&str, &str) {
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let mut end = paragraph.len();
    if let Some((line, next)) = paragraph.split_once('\n') {
        let starts = next.trim_start().starts_with(char::is_uppercase);
        if starts || line.trim_end().ends_with(['.', ':']) {
            end = line.len();
        }
    }
    text.split_at(end)
}

/// Splits a line that is too long after its first sentence.
pub(super) fn first_sentence(line: &str) -> Option<(&str, &str)> {
    let (first, rest) = line
        .split_once(". ")
        .filter(|_| line.chars().count() > MAX_LINE)?;
    let is_short = first.chars().count() <= MAX_LINE;
    let is_end = !first.ends_with("e.g") && !first.ends_with("i.e") && !first.ends_with("etc");
    (is_short && is_end && rest.starts_with(char::is_uppercase)).then_some((first, rest))
}

/// The long text without the sentence at its beginning. `None` if it begins otherwise.
pub(super) fn without<'a>(long: &'a str, sentence: &str) -> Option<&'a str> {
    let mut rest = long.trim_start();
    for word in sentence.split_whitespace() {
        let start = rest.trim_start();
        let found = start.strip_prefix(word);
        rest = found.or_else(|| start.strip_prefix(word.strip_suffix('.')?))?;
    }
    if sentence.trim().is_empty() {
        return Some(rest);
    }
    // The long text may go on where the short one ends.
    let is_end = long[..long.len() - rest.len()].ends_with(['.', ':', '!', '?']);
    match rest.strip_prefix('.') {
        Some(rest) => Some(rest),
        None if rest.trim().is_empty() || rest.starts_with("\n\n") => Some(rest),
        None => Some(rest).filter(|rest| is_end && rest.starts_with(char::is_whitespace)),
    }
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    // In `the directory .`, it is no period.
    let is_end = |line: &str| !line.ends_with(['.', ' ']) && !line.ends_with("etc");
    match line.strip_suffix('.') {
        Some(sentence) if is_end(sentence) => sentence.to_owned(),
        _ => line,
    }
}

/// Writes text of one line as Markdown.
pub(super) fn line(text: &str) -> String {
    let escaped = escape(text);
    let mut chars = escaped.chars();
    let starts = match chars.next() {
        Some('#' | '>' | '+' | '-' | '=' | '~' | '|') => true,
        Some('*') => false,
        Some(first) if first.is_ascii_digit() => {
            let end = escaped.trim_start_matches(|it: char| it.is_ascii_digit());
            if end.starts_with(['.', ')']) && !end[1..].starts_with(|it: char| !it.is_whitespace())
            {
                let digits = escaped.len() - end.len();
                return format!("{}\\{end}", &escaped[..digits]);
            }
            false
        }
        _ => false,
    };
    if starts {
        format!("\\{escaped}")
    } else {
        escaped
    }
}

/// Writes paragraphs as Markdown. Lists stay lists, indented lines become blocks of code, and other line breaks
/// are kept.
pub(super) fn block(text: &str) -> String {
    let text = text.replace('\t', "    ");
    let mut blocks = Vec::new();
    for paragraph in text.trim_matches('\n').split("\n\n") {
        let lines: Vec<&str> = paragraph.lines().map(str::trim_end).collect();
        let lines = trimmed(&lines);
        if lines.is_empty() {
            continue;
        }
        let is_list = item(lines[0]).is_some();
        let is_code = !is_list && lines.iter().any(|line| line.starts_with("  "));
        blocks.push(if is_code {
            lines
                .iter()
                .map(|line| format!("    {line}"))
                .collect::<Vec<_>>()
                .join("\n")
        } else if is_list {
            list(lines)
        } else {
            let lines: Vec<String> = lines.iter().map(|text| line(text.trim())).collect();
            lines.join("\\\n")
        });
    }
    blocks.join("\n\n")
}

fn trimmed<'a, 'b>(mut lines: &'b [&'a str]) -> &'b [&'a str] {
    while let [first, rest @ ..] = lines {
        if !first.trim().is_empty() {
            break;
        }
        lines = rest;
    }
    lines
}

/// The items of a list, each in one line.
fn list(lines: &[&str]) -> String {
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        match (item(line), items.last_mut()) {
            (Some(text), _) => {
                // A list in a list stays one.
                let indent = " ".repeat(line.len() - line.trim_start().len());
                items.push(format!("{indent}- {}", self::line(text)));
            }
            (None, Some(last)) => {
                last.push(' ');
                last.push_str(&escape(line.trim()));
            }
            (None, None) => {}
        }
    }
    items.join("\n")
}

/// The text of an item of a list.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let text = line
        .strip_prefix("- ")
        .or_else(|| line.strip_prefix("* "))?;
    Some(text.trim())
}

/// Escapes what Markdown would interpret. Code in backquotes stays code.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if next == '`' {
            let code = rest[1..]
                .find('`')
                .filter(|end| *end > 0 && !rest[1..].starts_with(' '));
            match code {
                Some(end) => {
                    escaped.push_str(&rest[..end + 2]);
                    rest = &rest[end + 2..];
                    continue;
                }
                None => escaped.push('\\'),
            }
        }
        let before = text[..text.len() - rest.len()].chars().next_back();
        if next != '`' && is_markup(next, before, &rest[next.len_utf8()..]) {
            escaped.push('\\');
        }
        escaped.push(next);
        rest = &rest[next.len_utf8()..];
    }
    escaped
}

/// Whether Markdown might not show a character as it is.
fn is_markup(char: char, before: Option<char>, after: &str) -> bool {
    let next = after.chars().next();
    let is_space = |char: Option<char>| char.is_none_or(char::is_whitespace);
    let is_letter = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    match char {
        '*' => !is_space(before) || !is_space(next),
        '_' => !is_letter(before) || !is_letter(next),
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
        '[' => next == Some('`') || ["](", "][", "]:"].iter().any(|end| after.contains(end)),
        '&' => is_letter(next) || next == Some('#'),
        '<' => {
            let is_link = ["https://", "http://", "mailto:"]
                .iter()
                .any(|it| after.starts_with(it));
            !is_link && next.is_some_and(|next| next.is_alphabetic() || "/!?".contains(next))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{block, split};

    #[test]
    fn sentences_are_split_from_the_rest() {
        let split = |short, long| split(short, long);
        let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        assert_eq!(split("Add it", ""), pair("Add it", ""));
        assert_eq!(
            split("Add it.", "Add it.\n\nMore."),
            pair("Add it", "More.")
        );
        assert_eq!(split("Add it", "Add it.\n\nMore."), pair("Add it", "More."));
        assert_eq!(
            split("Add it", "Adds\nthem all"),
            pair("Add it", "Adds\\\nthem all")
        );
        assert_eq!(split("Add it\n\nMore", ""), pair("Add it", "More"));
        assert_eq!(split("Add", "Adder"), pair("Add", "Adder"));
        assert_eq!(
            split("Add", "Add it.\n\nMore"),
            pair("Add", "Add it.\n\nMore")
        );
        assert_eq!(split("And so on...", ""), pair("And so on...", ""));
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(
            block("a *b* <c> [d] `*e*` f_g"),
            "a \\*b\\* \\<c> [d] `*e*` f_g"
        );
        assert_eq!(block("# a\n1. b"), "\\# a\\\n1\\. b");
        assert_eq!(block("- a\n  b\n* c"), "- a b\n- c");
        assert_eq!(block("Usage:\n  a <b>"), "    Usage:\n      a <b>");
        assert_eq!(
            block("See <https://example.org>"),
            "See <https://example.org>"
        );
    }
}
