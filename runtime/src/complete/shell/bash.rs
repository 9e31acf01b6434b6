//! bash: the line is split here, since bash splits it at `=` and `:` and keeps its quotes.
//!
//! bash replaces only the part of the token after its last word break, such as `:`, and says which part
//! that is. A candidate is that part, unchanged, with the rest of the token added and quoted. So nothing
//! that the user typed is changed, and each character is quoted by its place. Only if the part contains
//! something that bash would expand, such as `$`, it is quoted too: a candidate begins with that text.

mod split;

use split::{Quote, Split};

use std::ffi::OsString;

use super::super::Shell;
use super::super::offers::{Offer, Offers};
use super::{Request, columns};

/// The answer that leaves a path to bash, because bash would expand a part of it.
pub(super) const BY_BASH: &str = "clapspec 1 default\n";

/// What only bash sends.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The typed text at the start of each candidate, with its quotes.
    kept: String,
    /// The byte of the token at which the text begins that is quoted and added to that.
    from: usize,
    /// The kind of completion, `COMP_TYPE`.
    kind: Kind,
    /// Whether this bash has `compopt`, which bash 4 introduced.
    has_compopt: bool,
    /// The quotes around the cursor.
    quote: Quote,
    /// Whether bash replaces the whole token, which has no quotes.
    is_whole: bool,
    /// Whether bash would expand the token, so that only bash knows which path it is.
    pub(super) is_expanded: bool,
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

/// Reads the line up to the cursor, the part of it that bash replaces, `COMP_TYPE` and the version.
pub(super) fn read(columns: usize, words: &[OsString]) -> Option<Request> {
    let words: Option<Vec<&str>> = words.iter().map(|word| word.to_str()).collect();
    let words = words?;
    let [line, replaced, kind, version] = words[..] else {
        return None;
    };
    let mut split = Split::new(line);
    let kind = match kind {
        "63" | "33" | "64" => Kind::List,
        "37" | "42" => Kind::InsertEach,
        _ => Kind::Insert,
    };
    // Assignments before the program's name are not part of the command.
    let is_assignment =
        |word: &&String| word.split_once('=').is_some_and(|(name, _)| is_name(name));
    let skipped = split.words.iter().take_while(is_assignment).count();
    let words = split.words.split_off(skipped.min(split.words.len()));
    let token = split.token;
    let part = Split::unquoted(replaced, split.quote);
    let (kept, from) = match split.is_active && token.ends_with(&part) {
        true => (String::new(), token.len() - part.len()),
        false => (replaced.to_owned(), token.len()),
    };
    let has_compopt = version.parse::<u32>().is_ok_and(|version| version >= 4);
    Some(Request {
        shell: Shell::Bash,
        words: words.into_iter().skip(1).map(Into::into).collect(),
        is_redirection: split.is_redirection,
        columns,
        bash: State {
            kept,
            from,
            kind,
            has_compopt,
            quote: split.quote,
            is_whole: token == replaced,
            is_expanded: split.is_active && token.contains(['$', '`']) && has_compopt,
        },
        token,
    })
}

fn is_name(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.chars().all(is_letter) && !text.is_empty()
}

/// Returns the header, then one line for each element of `COMPREPLY`.
pub(super) fn answer(request: &Request, offers: &Offers) -> String {
    let state = &request.bash;
    let list = &offers.list;
    // A path may also be the last value of a list.
    let is_path = |offer: &Offer| {
        let path = offer.token.trim_end_matches('/');
        offer.is_file() && offer.before == path.rfind('/').map_or(0, |at| at + 1)
    };
    let only_files = !list.is_empty() && list.iter().all(is_path);
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
        .map(|offer| &offer.token[state.from..])
        .collect();
    if let ([offer], [rest]) = (&list[..], &rests[..]) {
        let quoted = state.quoted(rest);
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
        Kind::InsertEach => rests.iter().map(|rest| state.quoted(rest)).collect(),
        Kind::Insert | Kind::List => several(request, offers, &rests),
    };
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    format!("clapspec 1\n{lines}")
}

impl State {
    /// Returns the text that replaces what is typed.
    fn quoted(&self, rest: &str) -> String {
        let text = format!("{}{}", self.kept, self.quote.quoted(rest));
        match self.quote.closing() {
            // bash drops a quote at the start, because it has one already.
            Some(quote) if text.starts_with(quote) => format!("{quote}{text}"),
            _ => text,
        }
    }
}

/// Returns several candidates, of which bash inserts only the beginning that they have in common. Only
/// that is quoted: an escape that begins like another must not be inserted in half. The rest is only
/// listed.
fn several(request: &Request, offers: &Offers, rests: &[&str]) -> Vec<String> {
    let state = &request.bash;
    let common = common_start(rests);
    let start = state.quoted(common);
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
