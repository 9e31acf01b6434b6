//! The number of values that an option or argument takes, and the tokens that they come from.

use std::ffi::{OsStr, OsString};

use clap_lex::{ArgCursor, OsStrExt as _, RawArgs};

use super::Line;
use super::end::End;
use crate::model::{Arg, Kind};

/// Takes the tokens after an option that are its values. Returns whether there could be more values, but
/// no more tokens.
pub(super) fn next_values(
    arg: &Arg,
    raw: &RawArgs,
    cursor: &mut ArgCursor,
    values: &mut Vec<OsString>,
) -> bool {
    let most = arg.most_values();
    while values.len() < most {
        let Some(word) = raw.peek_os(cursor) else {
            return true;
        };
        if arg.terminator.is_some_and(|end| word == end) {
            raw.next_os(cursor);
            return false;
        }
        let dashed = word.starts_with("-") && word != "-";
        if dashed && !arg.hyphen_values && !arg.kind.is_number_with_dash(word, arg.delimiter) {
            return false;
        }
        raw.next_os(cursor);
        split(word, arg.delimiter, values);
    }
    false
}

/// Adds the values in a token, split at the delimiter.
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
    /// Returns whether a token that begins with a hyphen can only be a value, or several separated by
    /// delimiters.
    pub(crate) fn is_number_with_dash(self, word: &OsStr, delimiter: Option<char>) -> bool {
        let Some(word) = word.to_str() else {
            return matches!(self, Self::Secret);
        };
        match delimiter {
            Some(delimiter) => word
                .split(delimiter)
                .all(|part| self.takes_hyphenated(part)),
            None => self.takes_hyphenated(word),
        }
    }
}

impl Arg {
    /// Returns the maximum number of values that an option takes at once.
    pub(super) fn most_values(&self) -> usize {
        match (self.bounds, self.bare) {
            (Some((_, most)), _) => most.unwrap_or(usize::MAX),
            (None, Some(_)) => 1,
            (None, None) => self.names.len(),
        }
    }

    /// Returns whether a positional argument takes exactly one token.
    pub(super) fn takes_one_word(&self) -> bool {
        !self.repeat && self.bounds.is_none() && !self.trailing
    }
}

impl Line {
    /// Returns an error if an option has too many values, or if there are too many arguments after `--`.
    pub(super) fn too_many(&self) -> Option<End> {
        for given in &self.given {
            let arg = self.arg(given);
            if let (true, Some(value)) = (arg.takes_several(), given.values.get(arg.most_values()))
            {
                let value = value.to_string_lossy().into_owned();
                return Some(End::ExtraValue(arg.written(), value));
            }
        }
        let last = self.called.positionals().find(|arg| arg.last)?;
        let most = match (last.takes_one_word(), last.bounds) {
            (true, _) => 1,
            (false, bounds) => bounds?.1?,
        };
        let value = self.front_and_back().1.get(most)?;
        let value = value.to_string_lossy().into_owned();
        Some(match most {
            1 => End::UnknownOption(value),
            _ => End::ExtraValue(format!("[{}]...", last.shown()), value),
        })
    }

    /// Returns the positional arguments, and those that the argument which only follows `--` takes, if the
    /// command has one.
    pub(super) fn front_and_back(&self) -> (&[OsString], &[OsString]) {
        let has_last = self.called.positionals().any(|arg| arg.last);
        let before = self.before.filter(|_| has_last);
        self.words.split_at(before.unwrap_or(self.words.len()))
    }

    /// Returns the values of a positional argument. Each takes one, and one that may take several takes all that are
    /// left.
    pub(crate) fn words_of(&self, arg: &Arg) -> &[OsString] {
        let (front, back) = self.front_and_back();
        if arg.last {
            return back;
        }
        let before = self.called.positionals().filter(|other| !other.last);
        let before = before.take_while(|other| other.id != arg.id);
        let words = front.get(before.count()..).unwrap_or_default();
        match arg.takes_one_word() {
            true => &words[..words.len().min(1)],
            false => words,
        }
    }

    /// Returns whether a positional argument gets a value, after those before it have taken theirs.
    pub(crate) fn has_words_for(&self, arg: &Arg) -> bool {
        let (front, back) = self.front_and_back();
        if arg.last {
            return !back.is_empty();
        }
        let mut count = front.len();
        for known in self.called.positionals() {
            if known.id == arg.id {
                break;
            }
            count = match known.takes_one_word() {
                true => count.saturating_sub(1),
                // The last token is left for a required argument.
                false => usize::from(arg.is_required() && count > 1),
            };
        }
        count > 0
    }

    /// Returns the positional argument that takes the token at an index of `words`.
    pub(super) fn argument_at(&self, index: usize) -> Option<&Arg> {
        let mut count = index;
        let mut last = None;
        for arg in self.called.positionals() {
            last = Some(arg);
            match arg.takes_one_word() {
                true if count > 0 => count -= 1,
                _ => return Some(arg),
            }
        }
        last.filter(|arg| !arg.takes_one_word())
    }
}
