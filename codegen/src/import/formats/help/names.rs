//! The left column of an option: its names and values, such as `-f, --file <FILE>`.

use super::super::super::confidence::Confidence;

/// What the left column shows.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The names, with their dashes.
    pub(super) names: Vec<String>,
    pub(super) values: Vec<Value>,
    /// `--[no-]name`
    pub(super) negatable: bool,
    /// `...` after a name that has no value
    pub(super) counts: bool,
    /// How certain all of this is, and why.
    pub(super) doubts: Vec<(Confidence, String)>,
    /// The text in the other column.
    pub(super) help: String,
}

/// A value as help shows it.
#[derive(Clone, Debug, Default)]
pub(super) struct Value {
    /// What is in the brackets, if there are any.
    pub(super) text: String,
    /// It is in one of `<[{(`. Without brackets, this is `None`.
    pub(super) bracket: Option<char>,
    /// It may be left out.
    pub(super) optional: bool,
    /// It may be left out, and otherwise follows an equals sign.
    pub(super) equals: bool,
    /// There may be several.
    pub(super) repeats: bool,
}

/// Reads a line that begins with an option. Returns `None` if it doesn't.
pub(super) fn read(line: &str) -> Option<Names> {
    let mut names = Names::default();
    let mut rest = name(line, &mut names)?;
    loop {
        rest = values(rest, &mut names);
        let next = separator(rest);
        match next.and_then(|next| name(next, &mut names)) {
            Some(next) => rest = next,
            None => break,
        }
    }
    // What is left of the column is not understood.
    let text = rest.trim_start();
    let gap = rest.len() - text.len();
    if gap == 1 && !text.is_empty() {
        let reason = "one space is between the option and its description".to_owned();
        names.doubts.push((Confidence::Likely, reason));
        text.clone_into(&mut names.help);
    } else if gap == 0 && !text.is_empty() {
        let end = text.find("  ").unwrap_or(text.len());
        let reason = format!("`{}` is not understood", &text[..end]);
        names.doubts.push((Confidence::Guess, reason));
        text[end..].trim().clone_into(&mut names.help);
    } else {
        text.clone_into(&mut names.help);
    }
    Some(names)
}

/// Reads a name with its dashes. Returns the rest.
fn name<'a>(line: &'a str, names: &mut Names) -> Option<&'a str> {
    let after = line.trim_start_matches('-');
    let dashes = &line[..line.len() - after.len()];
    let (opposite, after) = match after.strip_prefix("[no-]") {
        Some(after) => (true, after),
        None => (false, after),
    };
    let is_end = |it: char| it.is_whitespace() || ",=[]<>{}()|/\"'`".contains(it);
    let mut end = after.find(is_end).unwrap_or(after.len());
    // A short name can be any character: `-/`.
    if end == 0 && dashes == "-" && after.starts_with(is_end) && !after.starts_with(' ') {
        end = after.chars().next().map_or(0, char::len_utf8);
    }
    let ellipsis = after[..end].ends_with("...");
    let name = match after[..end].trim_end_matches(['.', ':', ';']) {
        "" => &after[..end],
        name => name,
    };
    let is_name = match dashes {
        "-" => name.chars().count() == 1 || name.starts_with(char::is_alphanumeric),
        "--" => {
            let starts = name.starts_with(|it: char| it.is_alphanumeric() || it == '_');
            starts && !name.ends_with('-')
        }
        _ => false,
    };
    if !is_name {
        return None;
    }
    names.counts |= ellipsis;
    names.negatable |= opposite;
    if dashes == "-" && name.chars().count() > 1 {
        let reason = format!("`-{name}` becomes `--{name}`: only one letter can follow one dash");
        names.doubts.push((Confidence::Guess, reason));
    }
    let dashes = if name.chars().count() > 1 {
        "--"
    } else {
        dashes
    };
    let name = format!("{dashes}{name}");
    if !names.names.contains(&name) {
        names.names.push(name);
    }
    Some(&after[end..])
}

/// How many values an option may take at once.
const MAX_VALUES: usize = 9;

/// Reads the values after a name. Returns the rest.
fn values<'a>(mut rest: &'a str, names: &mut Names) -> &'a str {
    let mut found = Vec::new();
    let mut is_first = true;
    while found.len() < MAX_VALUES {
        let Some((value, next)) = value(rest, is_first, &mut names.doubts) else {
            break;
        };
        found.push(value);
        rest = next;
        is_first = false;
    }
    for end in ["...", " ...", "[,...]", "[...]"] {
        if let Some(next) = rest.strip_prefix(end) {
            rest = next;
            match found.last_mut() {
                Some(last) => last.repeats = true,
                None => names.counts = true,
            }
        }
    }
    // argparse writes `KEY [KEY ...]`.
    if let [one, more] = found.as_slice() {
        if more.bracket == Some('[') && more.text == format!("{} ...", one.text) {
            found.pop();
            found[0].repeats = true;
        }
    }
    // The values may be repeated after each name.
    if names.values.len() < found.len() {
        names.values = found;
    }
    rest
}

/// Reads a value. The first one may follow the name without a space.
fn value<'a>(
    rest: &'a str,
    is_first: bool,
    doubts: &mut Vec<(Confidence, String)>,
) -> Option<(Value, &'a str)> {
    if is_first {
        if let Some(word) = rest.strip_prefix('=') {
            return word_or_brackets(word);
        }
        if let Some(inner) = rest.strip_prefix('[').and_then(|_| brackets(rest)) {
            let text = inner.trim().trim_start_matches('=');
            if text.starts_with("...") || text.starts_with(',') {
                return None;
            }
            let (mut value, _) = word_or_brackets(text)?;
            value.optional = true;
            value.equals = inner.starts_with('=');
            return Some((value, &rest[inner.len() + 2..]));
        }
        if rest.starts_with(['<', '{', '(']) {
            return word_or_brackets(rest);
        }
    }
    let word = rest.strip_prefix(' ')?;
    if word.starts_with(['<', '{', '(', '[']) {
        let (mut value, next) = word_or_brackets(word)?;
        // A group in brackets with several words is a part of the description.
        let is_list = value.text.ends_with(" ...");
        if value.bracket != Some('<') && value.text.contains(' ') && !is_list {
            return None;
        }
        value.optional = value.bracket == Some('[') && !value.text.contains('|');
        return Some((value, next));
    }
    bare_word(word, doubts)
}

/// Reads a value without brackets, which has to be followed by the other column or by another name.
fn bare_word<'a>(
    word: &'a str,
    doubts: &mut Vec<(Confidence, String)>,
) -> Option<(Value, &'a str)> {
    let end = word.find([' ', ',']).unwrap_or(word.len());
    let (text, next) = word.split_at(end);
    let text = text.trim_end_matches("...");
    let is_word = text.starts_with(char::is_alphanumeric)
        && text
            .chars()
            .all(|it| it.is_alphanumeric() || "_-|:.=/<>[]".contains(it));
    let starts_next = |text: &str| text.starts_with('-') || text.starts_with("or -");
    let is_end = next.is_empty()
        || next.starts_with("  ")
        || next.starts_with(',')
        || next.starts_with(" ...")
        || next.starts_with(&format!(" [{text}"))
        || next.trim_start_matches([' ', '|']).starts_with('-')
        || next.strip_prefix(' ').is_some_and(starts_next)
        // Several values.
        || is_upper(text) && next.strip_prefix(' ').is_some_and(|next| {
            next.split([' ', ',']).next().is_some_and(is_upper)
        });
    if !is_word || !is_end || ["or", "and"].contains(&text) {
        return None;
    }
    if !is_upper(text) {
        let reason = format!("`{text}` is read as a value, not as a description");
        doubts.push((Confidence::Likely, reason));
    }
    let value = Value {
        text: text.to_owned(),
        repeats: word[..end].ends_with("..."),
        ..Value::default()
    };
    Some((value, next))
}

/// Whether a word is a placeholder because of its case: `FILE`, `FILEs`.
pub(super) fn is_upper(word: &str) -> bool {
    let word = word.trim_end_matches('s');
    word.contains(char::is_uppercase) && !word.contains(char::is_lowercase)
}

/// Reads one value that is in brackets, or else a word.
fn word_or_brackets(text: &str) -> Option<(Value, &str)> {
    if let Some(inner) = brackets(text) {
        let value = Value {
            text: inner.trim().to_owned(),
            bracket: text.chars().next(),
            ..Value::default()
        };
        let rest = &text[inner.len() + 2..];
        // `<DEP>[@<VERSION>]` is one value.
        let more = rest.find([' ', ',']).unwrap_or(rest.len());
        let more = match rest[..more].find("...").or_else(|| rest[..more].find("[,")) {
            Some(end) => end,
            None => more,
        };
        if more > 0 && text.starts_with('<') {
            let all = format!("<{inner}>{}", &rest[..more]);
            return Some((Value { text: all, ..value }, &rest[more..]));
        }
        return Some((value, rest));
    }
    let end = text.find([' ', ',']).unwrap_or(text.len());
    let end = text[..end].find("[,").unwrap_or(end);
    let word = text[..end].trim_end_matches("...");
    let value = Value {
        text: word.to_owned(),
        repeats: word.len() < end,
        ..Value::default()
    };
    (end > 0).then_some((value, &text[end..]))
}

/// How many bytes there may be between two brackets.
const MAX_BRACKETS: usize = 1_000;

/// What is between a bracket and the one that closes it.
pub(super) fn brackets(text: &str) -> Option<&str> {
    let open = text.chars().next()?;
    let close = match open {
        '<' => '>',
        '[' => ']',
        '{' => '}',
        '(' => ')',
        _ => return None,
    };
    let mut depth = 0_usize;
    for (at, char) in text.char_indices().take_while(|(at, _)| *at < MAX_BRACKETS) {
        if char == open {
            depth += 1;
        } else if char == close {
            depth -= 1;
            if depth == 0 {
                return Some(&text[1..at]);
            }
        }
    }
    None
}

/// The text of the next name, after what separates names.
fn separator(rest: &str) -> Option<&str> {
    let next = rest.trim_start();
    let next = ["or ", ",", "|", "/"]
        .iter()
        .find_map(|sign| next.strip_prefix(sign))
        .unwrap_or(next)
        .trim_start();
    // Another name follows at once, or a description that begins with a dash.
    let gap = rest.len() - rest.trim_start().len();
    (next.starts_with('-') && gap < 2).then_some(next)
}
