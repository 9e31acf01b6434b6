//! Inline tables, which TOML writes in braces: where their members are, and how to remove some of them.

use std::ops::Range;

/// A member of an inline table.
struct Member {
    /// From the first byte of its key to the last byte of its value.
    body: Range<usize>,
    /// The comma after it.
    comma: Option<usize>,
}

/// What to cut from `text` to remove some members of the inline table at `table`, each with one comma.
/// They are the members whose keys are at the positions `keys`.
pub fn cuts(text: &str, table: &Range<usize>, keys: &[usize]) -> Vec<Range<usize>> {
    let members = members(text, table);
    let is_removed = |member: &Member| keys.iter().any(|key| member.body.contains(key));
    let mut cuts = Vec::new();
    // The start of the removed members at the end of the table. If the table has no comma after its last
    // member, the comma before these must be removed too.
    let tail = match members.last() {
        Some(last) if last.comma.is_none() => members
            .iter()
            .rposition(|member| !is_removed(member))
            .map_or(0, |at| at + 1),
        _ => members.len(),
    };
    for member in members[..tail].iter().filter(|member| is_removed(member)) {
        let mut end = member.body.end;
        if let Some(comma) = member.comma {
            if text[end..comma].trim().is_empty() {
                end = comma + 1;
            } else {
                // There is a comment in between, which is kept.
                cuts.push(comma..comma + 1);
            }
        }
        cuts.push(with_blanks(text, member.body.start, end));
    }
    cuts.extend(tail_cuts(text, &members, tail));
    cuts
}

/// What to cut to remove all members from `tail` on, with the comma before them.
fn tail_cuts(text: &str, members: &[Member], tail: usize) -> Vec<Range<usize>> {
    let (Some(first), Some(last)) = (members.get(tail), members.last()) else {
        return Vec::new();
    };
    let comma = tail.checked_sub(1).and_then(|kept| members[kept].comma);
    // One piece for each member and each comma. Comments between them are kept.
    let mut pieces: Vec<Range<usize>> = comma.map(|comma| comma..comma + 1).into_iter().collect();
    for member in &members[tail..] {
        pieces.push(member.body.clone());
        pieces.extend(member.comma.map(|comma| comma..comma + 1));
    }
    let blank = |pair: &[Range<usize>]| text[pair[0].end..pair[1].start].trim().is_empty();
    if pieces.windows(2).all(blank) {
        pieces = vec![match comma {
            Some(comma) => comma..last.body.end,
            // Nothing is left in the table, so one space between the braces is enough.
            None => with_blanks(text, first.body.start, last.body.end),
        }];
    }
    pieces
}

/// Extends a cut to the spaces after it, or to the whole line if nothing else is in it.
fn with_blanks(text: &str, start: usize, end: usize) -> Range<usize> {
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
    let end = end + blanks(&text[end..]);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let rest = &text[end..];
    let newline = ["\n", "\r\n"].into_iter().find(|n| rest.starts_with(n));
    match newline {
        Some(newline) if text[line_start..start].trim().is_empty() => {
            line_start..end + newline.len()
        }
        _ => start..end,
    }
}

/// Returns the members of an inline table. The text is known to be valid TOML, so only strings, comments
/// and nested brackets need attention.
fn members(text: &str, table: &Range<usize>) -> Vec<Member> {
    let bytes = text.as_bytes();
    let close = table.end - 1;
    let mut members = Vec::new();
    let mut body: Option<Range<usize>> = None;
    let mut depth = 0;
    let mut at = table.start + 1;
    while at < close {
        let end = match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            b'#' => {
                at = text[at..].find('\n').map_or(close, |newline| at + newline);
                continue;
            }
            b',' if depth == 0 => {
                let comma = Some(at);
                members.extend(body.take().map(|body| Member { body, comma }));
                at += 1;
                continue;
            }
            b'"' | b'\'' => string_end(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                at + 1
            }
            b'}' | b']' => {
                depth -= 1;
                at + 1
            }
            _ => at + 1,
        };
        let start = body.map_or(at, |body| body.start);
        body = Some(start..end);
        at = end;
    }
    members.extend(body.map(|body| Member { body, comma: None }));
    members
}

/// The position after the string that starts at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let triple = bytes[start..].starts_with(&[quote; 3]);
    let mut at = start + if triple { 3 } else { 1 };
    while at < bytes.len() {
        if bytes[at] == b'\\' && quote == b'"' {
            at += 2;
        } else if !triple && bytes[at] == quote {
            return at + 1;
        } else if triple && bytes[at..].starts_with(&[quote; 3]) {
            // There may be up to two quotes directly before the closing three.
            let run = bytes[at..].iter().take_while(|&&byte| byte == quote);
            return at + run.count().min(5);
        } else {
            at += 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::cuts;
    use crate::document::splice;

    /// Removes the members named `token` and `secret` from `text`.
    fn without(text: &str) -> String {
        let start = text.find('{').expect("a table");
        let end = text.rfind('}').expect("a table") + 1;
        let keys: Vec<usize> = text
            .match_indices("token")
            .chain(text.match_indices("secret"))
            .map(|(at, _)| at)
            .collect();
        let cuts = cuts(text, &(start..end), &keys);
        splice(
            text,
            cuts.into_iter().map(|cut| (cut, String::new())).collect(),
        )
    }

    #[test]
    fn each_member_is_removed_with_one_comma() {
        for (text, expected) in [
            ("x = { token = 't', a = 1 }", "x = { a = 1 }"),
            ("x = { a = 1, token = 't', b = 2 }", "x = { a = 1, b = 2 }"),
            ("x = { a = 1, token = 't' }", "x = { a = 1 }"),
            ("x = {token='t'}", "x = {}"),
            ("x = { token = 't', secret = 's' }", "x = { }"),
            (
                "x = { a = [1, 2], token = 't', secret = 's' }",
                "x = { a = [1, 2] }",
            ),
            (
                "x = { token = 't', a = { b = ',}' }, secret = 's' }",
                "x = { a = { b = ',}' } }",
            ),
            (
                "x = { a = 1, token = '''a'}'' ''''', b = 2 }",
                "x = { a = 1, b = 2 }",
            ),
            ("x = { a = 1, token = \"\\\"},{\", }", "x = { a = 1, }"),
            (
                "x = {\n  a = 1, # one\n  token = 't', # two\n  b = 2,\n}",
                "x = {\n  a = 1, # one\n  # two\n  b = 2,\n}",
            ),
            (
                "x = {\n a = 1, # one\n token = 't' # two\n}",
                "x = {\n a = 1 # one\n  # two\n}",
            ),
            (
                "x = {\n  a = 1,\n  token = 't',\n  b = 2\n}",
                "x = {\n  a = 1,\n  b = 2\n}",
            ),
        ] {
            assert_eq!(without(text), expected);
        }
    }
}
