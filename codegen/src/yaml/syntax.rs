//! What is probably wrong where a text is not YAML. The parser says what it expected; this looks at the line for
//! what people write.

/// The line around a place.
pub(super) fn line_of(text: &str, at: usize) -> &str {
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default()
}

/// How to fix a syntax error, from the line that has it and the character at its place.
pub(super) fn help(line: &str, at: Option<char>) -> String {
    let line = line.trim_end();
    if line.trim_start_matches(' ').starts_with('\t') || at == Some('\t') {
        return "indent with spaces; YAML takes no tabs there".to_owned();
    }
    if line.contains('\u{a0}') {
        return "a no-break space (U+00A0) is in this line; write an ordinary one".to_owned();
    }
    if let Some(help) = space_after_colon(line).or_else(|| values(line).find_map(value)) {
        return help;
    }
    let special = |value: &&str| value.starts_with(['*', '&', '!', '-', '?', '>', '|']);
    let count = |sign: char| line.matches(sign).count();
    let help = if line.contains(" #") && line.contains('{') {
        "a `#` after a space begins a comment; a text that has one needs quotes: '…'"
    } else if count('{') != count('}') || count('[') != count(']') {
        "is the closing bracket missing? A text that begins with a bracket needs quotes: '…'"
    } else if let Some(c) = values(line)
        .find(special)
        .and_then(|value| value.chars().next())
    {
        return begins_with(c);
    } else if values(line).any(|value| value.contains(": ") && !line.contains('{')) {
        "a value with `: ` in it needs quotes: '…'"
    } else {
        "is a colon, a quote or a bracket missing here or above, or a line indented unlike its neighbors?"
    };
    help.to_owned()
}

/// `help:How many`
fn space_after_colon(line: &str) -> Option<String> {
    let line = line.trim_start().trim_start_matches("- ");
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let is_text = value.starts_with(|c: char| c.is_alphabetic());
    (is_key && is_text).then(|| format!("a space belongs after the colon: `{key}: …`"))
}

/// The rest of the line from each place where a value begins: after `: ` or `- `, and within brackets after a
/// comma or the bracket. In a plain text outside of brackets, a comma is one.
fn values(line: &str) -> impl Iterator<Item = &str> {
    let start = line.len() - line.trim_start().len();
    let mut open = false;
    let mut places = Vec::new();
    if line[start..].starts_with("- ") {
        places.push(start + 2);
    }
    for (at, c) in line.char_indices() {
        let after = &line[at + c.len_utf8()..];
        let begins = match c {
            '{' | '[' => {
                open = true;
                true
            }
            ',' => open,
            ':' => after.starts_with(' '),
            _ => false,
        };
        if begins {
            places.push(line.len() - after.trim_start().len());
        }
    }
    places.into_iter().map(|at| &line[at..])
}

/// What is wrong with the value that a line has from here on.
fn value(rest: &str) -> Option<String> {
    let first = rest.chars().next()?;
    let needs_quotes = match first {
        '`' | '@' | '%' => true,
        // Such as the link [`--force`], or `{name}` before other words.
        '[' => rest[1..].starts_with('`') || text_follows(rest, '[', ']'),
        '{' => text_follows(rest, '{', '}'),
        // An alias or an anchor has a name, and nothing else of a text.
        '*' => !rest[1..].starts_with(|c: char| c.is_alphanumeric()) || rest[1..].contains('*'),
        _ => false,
    };
    if needs_quotes {
        return Some(begins_with(first));
    }
    if !matches!(first, '"' | '\'') {
        return None;
    }
    let Some(end) = closing(rest, first) else {
        return Some(format!("the quote that opens here is not closed: {first}"));
    };
    let (inner, after) = (&rest[1..end], &rest[end + 1..]);
    if first == '"' && has_unknown_escape(inner) {
        return Some("in \"…\", write `\\` as `\\\\`, or use '…'".to_owned());
    }
    if first == '\'' && after.starts_with(char::is_alphanumeric) {
        return Some("within '…', an apostrophe is written twice: ''".to_owned());
    }
    (!ends_value(after))
        .then(|| "text follows the closing quote: put all of it into quotes".to_owned())
}

fn begins_with(c: char) -> String {
    match c {
        '`' => "a text that begins with `` ` `` needs quotes: '…'".to_owned(),
        c => format!("a text that begins with `{c}` needs quotes: '…'"),
    }
}

/// Whether the bracket at the beginning is closed, and words follow.
fn text_follows(rest: &str, open: char, close: char) -> bool {
    let mut depth = 0;
    let end = rest.char_indices().find(|(_, c)| {
        depth += i32::from(*c == open) - i32::from(*c == close);
        depth == 0
    });
    end.is_some_and(|(at, _)| !ends_value(&rest[at + 1..]))
}

/// Whether nothing of a value is in what follows it.
fn ends_value(after: &str) -> bool {
    let after = after.trim_start();
    after.is_empty() || after.starts_with([',', ':', ']', '}', '#'])
}

/// Where the quote is that closes the one at the beginning.
fn closing(rest: &str, quote: char) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            // Within '…', two are an apostrophe.
            if quote == '"' || chars.next_if(|(_, next)| *next == quote).is_none() {
                return Some(at);
            }
        }
    }
    None
}

/// Whether a backslash is followed by what YAML has no escape for (YAML 1.2.2, section 5.7).
fn has_unknown_escape(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let known = |c: char| "0abtnvfre \"/\\N_LPxuU\t".contains(c);
        if c == '\\' && !chars.next().is_some_and(known) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::help;

    #[test]
    fn the_line_tells_what_is_wrong() {
        for (line, expected) in [
            ("help:How many", "a space belongs"),
            ("  a: { help: `--x` is, b: c }", "begins with `` ` ``"),
            ("a: { b: *All* files }", "begins with `*`"),
            ("a: &common { help: Foo, value: [X }", "closing bracket"),
            ("help: Use a, @b: c", "with `: ` in it"),
            ("It's, 'tis: nobody", "is a colon"),
            ("a: { help: \"Do it }", "not closed: \""),
            ("a: { help: \"a \\\" b\" x }", "text follows"),
            ("a: { help: 'It''s' x }", "text follows"),
            ("a: { help: 'It's done' }", "written twice"),
            ("a: { help: \"Matches \\d+\" }", "write `\\`"),
            ("a: { help: Close #5, b: c }", "begins a comment"),
            ("a: [`--x`] and", "begins with `[`"),
            ("- @x", "begins with `@`"),
            ("a:\tb", "is a colon"),
            ("\ta: b", "indent with spaces"),
            ("ä: { é: 'ü", "not closed: '"),
            ("", "is a colon"),
            (":", "is a colon"),
            ("{", "closing bracket"),
            ("a: *all", "begins with `*`"),
            ("a: {name} is it", "begins with `{`"),
        ] {
            let said = help(line, None);
            assert!(said.contains(expected), "{line}: {said}");
        }
    }
}
