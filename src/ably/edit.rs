//! Edits Ably's configuration. The rest of the file stays the same byte for byte, with its comments, its
//! order and its line breaks.
//!
//! A table is removed with the comment lines directly above its header and directly below its last key.
//! The comment at the top of the file and comments after a blank line are kept. Every new text is parsed
//! again. Except for the intended change, its meaning must be the same as before.

use std::ops::Range;
use std::path::Path;

use toml_edit::{InlineTable, Item, Table, Value};

use super::accounts::parse;
use crate::document::{self, Tree, inline};
use crate::error::Error;

/// A path of keys.
pub type Keys<'k> = Vec<&'k str>;

/// The advice if an edit is not possible.
const ADVICE: &str = "use `ably accounts` for this, or change the file in an editor";

/// Removes the values at `paths` from the text.
pub fn remove(text: &str, file: &Path, paths: &[Keys<'_>]) -> Result<String, Error> {
    let origin = file.display().to_string();
    let document = parse(text, &origin)?;
    let mut pieces = Vec::new();
    for path in paths {
        find(document.as_table(), path, &mut pieces);
    }
    let new = document::splice(text, cuts(text, pieces));
    let mut meaning = meaning(text, &origin)?;
    for path in paths {
        meaning.remove(path);
    }
    checked(new, meaning, file)
}

/// Makes another account the current one. The current app, which old versions of the Ably CLI keep next
/// to it, belongs to the previous account and is removed.
pub fn select(text: &str, file: &Path, alias: &str) -> Result<String, Error> {
    let text = &remove(text, file, &[vec!["current", "app"]])?;
    let origin = file.display().to_string();
    let document = parse(text, &origin)?;
    let value = Value::from(alias).to_string();
    let edit = insertion(text, document.as_table(), &value);
    let new = document::splice(text, vec![edit]);
    let mut meaning = meaning(text, &origin)?;
    meaning.set(&["current", "account"], alias);
    checked(new, meaning, file)
}

/// Returns the new text, if it has the expected meaning.
fn checked(new: String, expected: Tree, file: &Path) -> Result<String, Error> {
    // A syntax error is not reported, because it would be about a string that the user can't see.
    let is_valid = meaning(&new, "").is_ok_and(|found| found.pruned() == expected.pruned());
    match is_valid {
        true => Ok(new),
        false => Err(Error::Edit {
            path: file.to_owned(),
            line: 1,
            advice: ADVICE,
        }),
    }
}

/// The meaning of a string.
fn meaning(text: &str, origin: &str) -> Result<Tree, Error> {
    Ok(Tree::of(&document::parse(text, origin)?))
}

/// A piece to remove.
#[derive(Debug)]
enum Piece {
    /// A table with a header.
    Section {
        /// The end of the value before it. Comments above the header can't begin before that.
        floor: usize,
        /// The range from the header to the end of its last value.
        body: Range<usize>,
    },
    /// A key and its value on their own lines.
    Lines(Range<usize>),
    /// A member of the inline table at the range, given by a position in its key.
    Member(Range<usize>, usize),
}

/// Finds the pieces that make up the value at `path`.
fn find(root: &Table, path: &[&str], pieces: &mut Vec<Piece>) {
    let mut braces = None;
    let mut table: &dyn toml_edit::TableLike = root;
    for (depth, name) in path.iter().enumerate() {
        let Some((key, item)) = table.get_key_value(name) else {
            return;
        };
        if depth + 1 == path.len() {
            let key = key.span().unwrap_or_default();
            return collect(key.start, item, braces.as_ref(), pieces);
        }
        match item {
            Item::Value(Value::InlineTable(inner)) if !inner.is_dotted() => braces = inner.span(),
            _ => {}
        }
        let Some(inner) = item.as_table_like() else {
            return;
        };
        table = inner;
    }
}

/// Collects the pieces of a value; `braces` is the inline table around it.
fn collect(key: usize, item: &Item, braces: Option<&Range<usize>>, pieces: &mut Vec<Piece>) {
    match item {
        Item::None => {}
        Item::Value(Value::InlineTable(table)) if table.is_dotted() => {
            collect_dotted(table, braces, pieces);
        }
        Item::Value(value) => pieces.push(match braces {
            Some(braces) => Piece::Member(braces.clone(), key),
            None => Piece::Lines(key..value.span().unwrap_or_default().end.max(key)),
        }),
        Item::Table(table) => collect_table(table, pieces),
        Item::ArrayOfTables(tables) => tables.iter().for_each(|table| collect_table(table, pieces)),
    }
}

/// Collects the members of an inline table whose dotted keys have the same beginning.
fn collect_dotted(table: &InlineTable, braces: Option<&Range<usize>>, pieces: &mut Vec<Piece>) {
    for (key, value) in table.get_values() {
        let key = key.last().and_then(|key| key.span()).unwrap_or_default();
        let item = Item::Value(value.clone());
        collect(key.start, &item, braces, pieces);
    }
}

/// Collects a table and all tables in it.
fn collect_table(table: &Table, pieces: &mut Vec<Piece>) {
    if !table.is_implicit() && !table.is_dotted() {
        let header = table.span().unwrap_or_default();
        let prefix = table.decor().prefix().and_then(|prefix| prefix.span());
        pieces.push(Piece::Section {
            floor: prefix.map_or(header.start, |prefix| prefix.start),
            body: header.start..last_value(table).max(header.end),
        });
    }
    for (name, item) in table {
        let key = table.key(name).and_then(|key| key.span());
        collect(key.unwrap_or_default().start, item, None, pieces);
    }
}

/// The end of the last value of a section.
fn last_value(table: &Table) -> usize {
    let end = |(_, item): (&str, &Item)| match item {
        Item::Value(value) => value.span().map_or(0, |span| span.end),
        Item::Table(table) if table.is_dotted() => last_value(table),
        _ => 0,
    };
    table.iter().map(end).max().unwrap_or(0)
}

/// The ranges to cut to remove all pieces.
fn cuts(text: &str, pieces: Vec<Piece>) -> Vec<(Range<usize>, String)> {
    let mut cuts = Vec::new();
    let mut sections = Vec::new();
    let mut members: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Section { floor, body } => sections.push(section(text, floor, &body)),
            Piece::Lines(lines) => cuts.push(whole_lines(text, &lines)),
            Piece::Member(braces, key) => {
                match members.iter_mut().find(|(range, _)| *range == braces) {
                    Some((_, keys)) => keys.push(key),
                    None => members.push((braces, vec![key])),
                }
            }
        }
    }
    for (braces, keys) in members {
        cuts.extend(inline::cuts(text, &braces, &keys));
    }
    cuts.extend(joined(text, sections));
    cuts.into_iter().map(|cut| (cut, String::new())).collect()
}

/// The lines of a section with the comments that belong to it.
fn section(text: &str, floor: usize, body: &Range<usize>) -> Range<usize> {
    let is_comment = |line: &str| line.trim_start().starts_with('#');
    let lines = whole_lines(text, body);
    let floor = floor.max(bom(text));
    let mut start = lines.start;
    for line in text[floor..start].split_inclusive('\n').rev() {
        if !is_comment(line) {
            break;
        }
        start -= line.len();
    }
    if start == bom(text) {
        // It is the comment at the top of the file, which is kept.
        start = lines.start;
    }
    let mut end = lines.end;
    for line in text[end..].split_inclusive('\n') {
        if is_comment(line) {
            end += line.len();
        } else if is_blank(line) {
            break;
        } else {
            // The comment is directly above the next header, and belongs to that.
            end = lines.end;
            break;
        }
    }
    start..end
}

/// Sorts the sections, and joins those that only blank lines separate. The blank lines after a section
/// are removed with it, or at the end of the file, the blank lines before it.
fn joined(text: &str, mut sections: Vec<Range<usize>>) -> Vec<Range<usize>> {
    sections.sort_by_key(|section| section.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for section in sections {
        match joined.last_mut() {
            Some(last) if is_blank(text.get(last.end..section.start).unwrap_or_default()) => {
                last.end = last.end.max(section.end);
            }
            _ => joined.push(section),
        }
    }
    for cut in &mut joined {
        let blank = |line: &&str| is_blank(line);
        let after = text[cut.end..].split_inclusive('\n').take_while(blank);
        cut.end += after.map(str::len).sum::<usize>();
        if cut.end == text.len() {
            let before = text[bom(text)..cut.start].split_inclusive('\n').rev();
            cut.start -= before.take_while(blank).map(str::len).sum::<usize>();
        }
    }
    joined
}

/// The lines around a range, with the last line break.
fn whole_lines(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[range.end..].split_inclusive('\n').next();
    start.max(bom(text))..range.end + line.map_or(0, str::len)
}

/// Whether a string is empty or has only white space.
fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The length of the byte order mark, if there is one.
fn bom(text: &str) -> usize {
    match text.starts_with('\u{feff}') {
        true => '\u{feff}'.len_utf8(),
        false => 0,
    }
}

/// The edit that sets `account = VALUE` in the table `current`.
fn insertion(text: &str, root: &Table, value: &str) -> (Range<usize>, String) {
    let newline = match text.contains("\r\n") {
        true => "\r\n",
        false => "\n",
    };
    let before = |at: usize| match at == bom(text) || text[..at].ends_with('\n') {
        true => "",
        false => newline,
    };
    let current = root.get("current");
    let old = current.and_then(|current| current.get("account"));
    if let Some(old) = old.and_then(Item::span) {
        return (old, value.to_owned());
    }
    match current {
        Some(Item::Value(Value::InlineTable(table))) => {
            let braces = table.span().unwrap_or_default();
            match table.is_empty() {
                true => (braces, format!("{{ account = {value} }}")),
                false => (
                    braces.start + 1..braces.start + 1,
                    format!(" account = {value},"),
                ),
            }
        }
        Some(Item::Table(table)) if table.is_dotted() => {
            let first = table.get_values().into_iter().next();
            let key = first.and_then(|(keys, _)| keys.last()?.span());
            let at = whole_lines(text, &key.unwrap_or_default()).start;
            (at..at, format!("current.account = {value}{newline}"))
        }
        Some(Item::Table(table)) if !table.is_implicit() => {
            let at = whole_lines(text, &table.span().unwrap_or_default()).end;
            (at..at, format!("{}account = {value}{newline}", before(at)))
        }
        _ => {
            let at = text.len();
            let blank = if at == bom(text) { "" } else { newline };
            let table = format!("[current]{newline}account = {value}{newline}");
            (at..at, format!("{}{blank}{table}", before(at)))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{remove, select};
    use crate::ably::accounts::Accounts;

    /// Ways to write an account `a` next to an account `b`. `V` is replaced by its token.
    const FORMS: [&str; 16] = [
        "[accounts.a]\naccessToken = V\n[accounts.b]\nx = 1\n",
        "# c\n[ accounts . \"a\" ] # c\n accessToken = V # c\n# c\n\n# c\n[accounts.b]\nx = 1",
        "[accounts.b]\nx = 1\n[accounts.a]\naccessToken = V",
        "[accounts.a.apps.one]\nx = V\n[accounts.b]\nx = 1\n[accounts.a]\naccessToken = V\n",
        "[accounts.a]\naccessToken = V\n[[accounts.a.list]]\n[accounts.a.list.x]\n[[accounts.a.list]]\n[accounts.b]\n",
        "[accounts]\na.accessToken = V\nb.x = 1\na.apps.one.x = V\n",
        "[accounts]\na.accessToken = V\n[accounts.a.apps]\nx = V\n[accounts.b]\n",
        "accounts.a.accessToken = V # c\naccounts.b.x = 1\n'accounts' . 'a'.apps.x = V",
        "accounts = { a = { accessToken = V }, b = { x = 1 } }\n",
        "accounts = { b = { x = 1 }, a = { accessToken = V, apps = { one = { x = V } } } } # c",
        "accounts = { a.accessToken = V, b.x = 1, a.apps.one.x = V, }\n",
        "accounts.a = { accessToken = V }\naccounts.b = {}\n",
        "[accounts]\na = { accessToken = V } # c\nb = {}\n",
        "[accounts]\nb = {}\na.accessToken = V\n\n\n",
        "accounts = {\n  a = { accessToken = V }, # c\n  # c\n  b = {},\n}\n",
        "[accounts.b]\ns = \"\"\"\n[accounts.a]\n# c\"\"\"\n[accounts.a]\naccessToken = V\n",
    ];

    const VALUES: [&str; 5] = [
        "\"SECRET\"",
        "'# } , SECRET'",
        "\"\"\"\nSECRET # } , \\\"\"\" \n[accounts.b]\n# c\"\"\"",
        "'''SECRET\n# c\n\n'''",
        "\"SECRET\\\\\\\" # , }\"",
    ];

    /// Ways to write which account is current.
    const CURRENT: [&str; 7] = [
        "",
        "current.account = 'a'\n",
        "current = { account = 'a' }\n",
        "current = { x = 1, account = 'a' }\n",
        "[current]\naccount = 'a'\napp = 'x'\n",
        "[current] # c\n\n",
        "[current.x]\n",
    ];

    /// Every form can be edited without the error that asks for a manual change, and the result can be
    /// edited again.
    #[test]
    fn every_form_can_be_edited() {
        let file = Path::new("config");
        let mut edits = 0;
        for form in FORMS {
            for (value, current) in VALUES.iter().flat_map(|v| CURRENT.map(|c| (v, c))) {
                let accounts = form.replace('V', value);
                // Keys without a header must come before all headers.
                let text = match current.starts_with('[') {
                    true => format!("{accounts}\n{current}"),
                    false => format!("{current}{accounts}"),
                };
                for text in [
                    text.clone(),
                    text.replace('\n', "\r\n"),
                    format!("\u{feff}{text}"),
                ] {
                    let failed = |error| -> String { panic!("{error}: {text}") };
                    let paths = [vec!["accounts", "a"], vec!["current", "account"]];
                    let without = remove(&text, file, &paths).unwrap_or_else(failed);
                    for text in [&text, &without] {
                        let chosen = select(text, file, "b").unwrap_or_else(failed);
                        let read = Accounts::read(&chosen, file).expect("accounts");
                        assert_eq!(read.current.as_deref(), Some("b"), "{chosen}");
                        let bare = chosen.replace("\r\n", "").contains('\n');
                        assert!(!(bare && text.contains("\r\n")), "{chosen}");
                    }
                    let left = Accounts::read(&without, file).expect("accounts");
                    assert_eq!((left.aliases(), left.current), (vec!["b".to_owned()], None));
                    edits += 3;
                }
            }
        }
        println!("{edits} edits");
    }
}
