//! Which words an option or argument takes.

use std::ffi::{OsStr, OsString};

use clap_lex::{ArgCursor, OsStrExt as _, RawArgs};

use crate::model::{Arg, Kind};

/// Takes the words behind an option that are its values.
pub(super) fn next_values(
    arg: &Arg,
    raw: &RawArgs,
    cursor: &mut ArgCursor,
    values: &mut Vec<OsString>,
) {
    let most = arg.most_values();
    while values.len() < most {
        let Some(word) = raw.peek_os(cursor) else {
            return;
        };
        if arg.terminator.is_some_and(|end| word == end) {
            raw.next_os(cursor);
            return;
        }
        let dashed = word.starts_with("-") && word != "-";
        if dashed && !arg.hyphen_values && !arg.kind.is_number_with_dash(word, arg.delimiter) {
            return;
        }
        raw.next_os(cursor);
        split(word, arg.delimiter, values);
    }
}

/// Adds the values of a word, which are parted by a delimiter.
pub(super) fn split(word: &OsStr, delimiter: Option<char>, values: &mut Vec<OsString>) {
    match delimiter {
        None => values.push(word.to_owned()),
        Some(delimiter) => {
            let mut buffer = [0; 4];
            let parts = word.split(delimiter.encode_utf8(&mut buffer));
            values.extend(parts.map(OsStr::to_owned));
        }
    }
}

impl Kind {
    /// Whether a word that begins with a dash can be nothing but a value, or several with delimiters.
    pub(super) fn is_number_with_dash(self, word: &OsStr, delimiter: Option<char>) -> bool {
        let Some(word) = word.to_str() else {
            return matches!(self, Self::Secret);
        };
        match delimiter {
            Some(delimiter) => word.split(delimiter).all(|part| self.takes_dashed(part)),
            None => self.takes_dashed(word),
        }
    }
}

impl Arg {
    /// How many values an option takes at once, at most.
    pub(super) fn most_values(&self) -> usize {
        match (self.bounds, self.bare) {
            (Some((_, most)), _) => most.unwrap_or(usize::MAX),
            (None, Some(_)) => 1,
            (None, None) => self.names.len(),
        }
    }

    /// Whether an argument takes one word.
    pub(super) fn takes_one_word(&self) -> bool {
        !self.repeat && self.bounds.is_none() && !self.trailing
    }
}
