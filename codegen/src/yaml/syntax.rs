//! Finds the probable cause of a YAML syntax error. The parser only reports what it expected; this
//! module looks for common errors in the line.

/// Returns the line that contains a position.
pub(super) fn line_of(text: &str, at: usize) -> &str {
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default()
}

/// Returns how to fix a syntax error, given its line and the character at its position.
pub(super) fn help(line: &str, at: Option<char>) -> String {
    let line = line.trim_end();
    if line.trim_start_matches(' ').starts_with('\t') || at == Some('\t') {
        return "use spaces; YAML doesn't allow a tab here".to_owned();
    }
    if line.contains('\u{a0}') {
        return "replace the no-break space (U+00A0) in this line with an ordinary space"
            .to_owned();
    }
    if let Some(help) = space_after_colon(line).or_else(|| values(line).find_map(value)) {
        return help;
    }
    let special = |value: &&str| value.starts_with(['*', '&', '!', '-', '?', '>', '|']);
    let count = |sign: char| line.matches(sign).count();
    let help = if line.contains(" #") && line.contains('{') {
        "quote a value with ` #` in it: '…'; otherwise, it begins a comment"
    } else if count('{') != count('}') || count('[') != count(']') {
        "add the closing bracket, or quote a value that begins with a bracket: '…'"
    } else if let Some(c) = values(line)
        .find(special)
        .and_then(|value| value.chars().next())
    {
        return begins_with(c);
    } else if values(line).any(|value| value.contains(": ") && !line.contains('{')) {
        "quote a value with `: ` in it: '…'"
    } else {
        "check for a missing colon, quote or bracket here or above, and for wrong indentation"
    };
    help.to_owned()
}

/// Returns the help for a missing space, as in `help:How many`.
fn space_after_colon(line: &str) -> Option<String> {
    let line = line.trim_start().trim_start_matches("- ");
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let is_text = value.starts_with(|c: char| c.is_alphabetic());
    (is_key && is_text).then(|| format!("add a space after the colon: `{key}: …`"))
}

/// Returns the rest of the line from each position where a value begins: after `: ` or `- `, and in
/// brackets after a comma or the opening bracket. Outside brackets, a comma is part of the value.
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

/// Returns the help for an invalid value at the beginning of `rest`.
fn value(rest: &str) -> Option<String> {
    let first = rest.chars().next()?;
    let needs_quotes = match first {
        '`' | '@' | '%' => true,
        // Text that begins with a link such as [`--force`], or with `{name}`.
        '[' => rest[1..].starts_with('`') || text_follows(rest, '[', ']'),
        '{' => text_follows(rest, '{', '}'),
        // An alias consists of a name only.
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
        return Some(format!("add the closing quote: {first}"));
    };
    let (inner, after) = (&rest[1..end], &rest[end + 1..]);
    if first == '"' && has_unknown_escape(inner) {
        return Some("write `\\` as `\\\\` in \"…\", or use '…'".to_owned());
    }
    if first == '\'' && after.starts_with(char::is_alphanumeric) {
        return Some("write an apostrophe twice in '…': ''".to_owned());
    }
    (!ends_value(after))
        .then(|| "quote the whole value, including the text after the closing quote".to_owned())
}

fn begins_with(c: char) -> String {
    match c {
        '`' => "quote a value that begins with `` ` ``: '…'".to_owned(),
        c => format!("quote a value that begins with `{c}`: '…'"),
    }
}

/// Whether text follows the bracket that closes the one at the beginning.
fn text_follows(rest: &str, open: char, close: char) -> bool {
    let mut depth = 0;
    let end = rest.char_indices().find(|(_, c)| {
        depth += i32::from(*c == open) - i32::from(*c == close);
        depth == 0
    });
    end.is_some_and(|(at, _)| !ends_value(&rest[at + 1..]))
}

/// Whether a value can end before `after`.
fn ends_value(after: &str) -> bool {
    let after = after.trim_start();
    after.is_empty() || after.starts_with([',', ':', ']', '}', '#'])
}

/// Returns the position of the quote that closes the one at the beginning.
fn closing(rest: &str, quote: char) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            // In '…', two quotes mean an apostrophe.
            if quote == '"' || chars.next_if(|(_, next)| *next == quote).is_none() {
                return Some(at);
            }
        }
    }
    None
}

/// Whether a string has an escape that YAML doesn't define (YAML 1.2.2, section 5.7).
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
    fn help_for_common_errors() {
        for (line, expected) in [
            ("help:How many", "add a space"),
            ("  a: { help: `--x` is, b: c }", "begins with `` ` ``"),
            ("a: { b: *All* files }", "begins with `*`"),
            ("a: &common { help: Foo, value: [X }", "closing bracket"),
            ("help: Use a, @b: c", "with `: ` in it"),
            ("It's, 'tis: done", "missing colon"),
            ("a: { help: \"Do it }", "add the closing quote: \""),
            ("a: { help: \"a \\\" b\" x }", "quote the whole value"),
            ("a: { help: 'It''s' x }", "quote the whole value"),
            ("a: { help: 'It's done' }", "apostrophe twice"),
            ("a: { help: \"Matches \\d+\" }", "write `\\`"),
            ("a: { help: Close #5, b: c }", "begins a comment"),
            ("a: [`--x`] and", "begins with `[`"),
            ("- @x", "begins with `@`"),
            ("a:\tb", "missing colon"),
            ("\ta: b", "use spaces"),
            ("ä: { é: 'ü", "add the closing quote: '"),
            ("", "missing colon"),
            (":", "missing colon"),
            ("{", "closing bracket"),
            ("a: *all", "begins with `*`"),
            ("a: {name} is it", "begins with `{`"),
        ] {
            let said = help(line, None);
            assert!(said.contains(expected), "{line}: {said}");
        }
    }
}
