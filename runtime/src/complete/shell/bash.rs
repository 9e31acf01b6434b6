//! bash: the line is split here, since bash splits it at `=` and `:` and keeps its quotes.
//!
//! bash replaces only the part of the token after its last word break, such as `:`, and says which part
//! that is. A candidate is that part, unchanged, with the rest of the token added and quoted. So nothing
//! that the user typed is changed, and each character is quoted by its place.

use super::super::Shell;
use super::super::offers::{Offer, Offers};
use super::{Request, columns};

/// What only bash sends.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The part of the line that bash replaces.
    replaced: String,
    /// The kind of completion, `COMP_TYPE`.
    kind: Kind,
    /// Whether this bash has `compopt`, which bash 4 introduced.
    has_compopt: bool,
    /// The quotes around the cursor.
    quote: Quote,
    /// Whether the replaced part is the whole token, without quotes.
    is_whole: bool,
}

/// The kind of completion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    /// Inserts what all candidates have in common, and lists nothing.
    #[default]
    Insert,
    /// Lists the candidates.
    List,
    /// Inserts one candidate after the other, or all of them.
    InsertEach,
}

/// The quotes around a place in a command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Quote {
    #[default]
    None,
    Single,
    Double,
    /// `$'…'`
    Escaped,
}

/// Reads the line up to the cursor, the part of it that bash replaces, `COMP_TYPE` and the version.
pub(super) fn read(columns: usize, words: &[&str]) -> Option<Request> {
    let [line, replaced, kind, version] = words else {
        return None;
    };
    let mut split = Split::default();
    split.run(line);
    let kind = match *kind {
        "63" | "33" | "64" => Kind::List,
        "37" | "42" => Kind::InsertEach,
        _ => Kind::Insert,
    };
    // Assignments before the program's name are not part of the command.
    let is_assignment =
        |word: &&String| word.split_once('=').is_some_and(|(name, _)| is_name(name));
    let skipped = split.words.iter().take_while(is_assignment).count();
    let words = split.words.split_off(skipped.min(split.words.len()));
    Some(Request {
        shell: Shell::Bash,
        words: words.into_iter().skip(1).map(Into::into).collect(),
        is_redirection: split.is_redirection,
        columns,
        bash: State {
            replaced: (*replaced).to_owned(),
            kind,
            has_compopt: version.parse::<u32>().is_ok_and(|version| version >= 4),
            quote: split.quote,
            is_whole: split.token == *replaced,
        },
        token: split.token,
    })
}

fn is_name(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.chars().all(is_letter) && !text.is_empty()
}

/// Splits a line into words as bash does (bash(1), QUOTING), but expands nothing.
#[derive(Default)]
struct Split {
    words: Vec<String>,
    /// The word at the end, without its quotes.
    token: String,
    /// The quotes in which the line ends.
    quote: Quote,
    /// Whether the word at the end has begun, perhaps with an empty string in quotes.
    has_begun: bool,
    is_redirection: bool,
}

impl Split {
    fn run(&mut self, line: &str) {
        let mut chars = line.chars().peekable();
        // The number of open `$(`, or of backquotes, within which spaces don't separate words.
        let mut substitutions = 0;
        let mut in_backquotes = false;
        while let Some(c) = chars.next() {
            match (self.quote, c) {
                (Quote::Single | Quote::Escaped, '\'') | (Quote::Double, '"') => {
                    self.quote = Quote::None;
                }
                (Quote::Escaped, '\\') => self.token.extend(chars.next()),
                (Quote::Double, '\\') => match chars.next() {
                    Some(next) if "\"\\$`".contains(next) => self.token.push(next),
                    next => self.token.extend(['\\'].into_iter().chain(next)),
                },
                (Quote::Single | Quote::Double | Quote::Escaped, c) => self.token.push(c),
                (Quote::None, '\'' | '"') => {
                    self.has_begun = true;
                    self.quote = if c == '"' {
                        Quote::Double
                    } else {
                        Quote::Single
                    };
                }
                (Quote::None, '$') if chars.peek() == Some(&'\'') => {
                    chars.next();
                    self.has_begun = true;
                    self.quote = Quote::Escaped;
                }
                (Quote::None, '\\') => {
                    self.has_begun = true;
                    self.token.extend(chars.next());
                }
                (Quote::None, ' ' | '\t' | '\n') if substitutions == 0 && !in_backquotes => {
                    self.end()
                }
                (Quote::None, '<' | '>') if substitutions == 0 && !in_backquotes => {
                    self.redirection(c);
                }
                (Quote::None, c) => {
                    match c {
                        '(' if self.token.ends_with('$') || substitutions > 0 => substitutions += 1,
                        ')' if substitutions > 0 => substitutions -= 1,
                        '`' => in_backquotes = !in_backquotes,
                        _ => {}
                    }
                    self.has_begun = true;
                    self.token.push(c);
                }
            }
        }
    }

    /// Ends a word, unless there is none.
    fn end(&mut self) {
        let word = std::mem::take(&mut self.token);
        if self.has_begun && !self.is_redirection {
            self.words.push(word);
        }
        // After an operator, the next word is the file, even if spaces are between them.
        self.is_redirection &= !self.has_begun;
        self.has_begun = false;
    }

    fn redirection(&mut self, c: char) {
        // A number before the operator is that of a file descriptor.
        let is_descriptor = self.token.chars().all(|c| c.is_ascii_digit() || c == '&');
        if self.has_begun && is_descriptor && c != '&' {
            self.token.clear();
            self.has_begun = false;
        }
        self.end();
        self.is_redirection = true;
    }
}

/// Returns the header, then one line for each element of `COMPREPLY`.
pub(super) fn answer(request: &Request, offers: &Offers) -> String {
    let state = &request.bash;
    let list = &offers.list;
    let only_files = !list.is_empty() && list.iter().all(Offer::is_file);
    // As files, bash lists them without their directory, and marks directories.
    if only_files && state.has_compopt && state.is_whole && state.kind != Kind::InsertEach {
        let lines: Vec<String> = list
            .iter()
            .map(|offer| without_slash(&offer.token))
            .collect();
        return format!("clapspec 1 files\n{}\n", lines.join("\n"));
    }
    let rests: Vec<&str> = list
        .iter()
        .map(|offer| &offer.token[request.token.len()..])
        .collect();
    if let ([offer], [rest]) = (&list[..], &rests[..]) {
        let quoted = format!("{}{}", state.replaced, state.quote.quoted(rest));
        return match (offer.is_open(), state.quote) {
            (false, Quote::None) => format!("clapspec 1\n{quoted} \n"),
            (false, quote) => {
                // bash adds the closing quote and the space, but no quote after one.
                let end = quote.closing().filter(|end| quoted.ends_with(*end));
                let end = end.map_or_else(String::new, String::from);
                let flags = if state.has_compopt { " space" } else { "" };
                format!("clapspec 1{flags}\n{quoted}{end}\n")
            }
            (true, _) => format!("clapspec 1\n{quoted}\n"),
        };
    }
    let lines = match state.kind {
        Kind::InsertEach => {
            let quoted = rests
                .iter()
                .map(|rest| format!("{}{}", state.replaced, state.quote.quoted(rest)));
            quoted.collect()
        }
        Kind::Insert | Kind::List => several(request, offers, &rests),
    };
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    format!("clapspec 1\n{lines}")
}

/// Returns several candidates, of which bash inserts only the beginning that they have in common. Only
/// that is quoted: an escape that begins like another must not be inserted in half. The rest is only
/// listed.
fn several(request: &Request, offers: &Offers, rests: &[&str]) -> Vec<String> {
    let state = &request.bash;
    let common = common_start(rests);
    let start = format!("{}{}", state.replaced, state.quote.quoted(common));
    let values = rests
        .iter()
        .map(|rest| format!("{start}{}", &rest[common.len()..]));
    let values: Vec<String> = values.collect();
    // After a candidate that the others begin with, bash would insert the space before its description.
    let is_safe = rests
        .iter()
        .all(|rest| !rest[common.len()..].starts_with(' '));
    if state.kind != Kind::List || !is_safe {
        return values;
    }
    let helps = offers.list.iter().map(Offer::description);
    columns::described(
        values.iter().map(String::as_str).zip(helps),
        request.columns,
    )
}

/// Returns the beginning that all texts have in common.
fn common_start<'a>(texts: &[&'a str]) -> &'a str {
    let Some((first, others)) = texts.split_first() else {
        return "";
    };
    let mut end = first.len();
    for other in others {
        let same = first.char_indices().zip(other.chars());
        let same = same.take_while(|((_, a), b)| a == b);
        let length = same.map(|((at, a), _)| at + a.len_utf8()).last();
        end = end.min(length.unwrap_or_default());
    }
    &first[..end]
}

fn without_slash(path: &str) -> String {
    path.strip_suffix('/').unwrap_or(path).to_owned()
}

impl Quote {
    /// Returns the character that ends these quotes.
    fn closing(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::Single | Self::Escaped => Some('\''),
            Self::Double => Some('"'),
        }
    }
    /// Quotes text that is added within these quotes.
    fn quoted(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match (self, c) {
                (Self::None, c) if c.is_alphanumeric() || "-_./=,:@%+".contains(c) => out.push(c),
                (Self::None, c) => out.extend(['\\', c]),
                (Self::Single, '\'') => out.push_str(r"'\''"),
                (Self::Double, '"' | '\\' | '$' | '`') => out.extend(['\\', c]),
                // Within double quotes, `!` can't be escaped.
                (Self::Double, '!') => out.push_str(r#""'!'""#),
                (Self::Escaped, '\'' | '\\') => out.extend(['\\', c]),
                (_, c) => out.push(c),
            }
        }
        out
    }
}
