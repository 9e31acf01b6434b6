//! The names of options on a command line.

use std::ffi::OsStr;

use clap_lex::ShortFlags;

use super::{Meaning, Scanner};
use crate::model::Place;

impl Scanner<'_> {
    pub(super) fn meaning_of_long(&self, name: &str) -> Option<Meaning> {
        for (place, arg) in self.line.called.accepted_places() {
            if arg.positional {
                continue;
            }
            if arg.has_long(name) {
                return Some(Meaning::Option(place, false));
            }
            if arg.negation == Some(name) {
                return Some(Meaning::Option(place, true));
            }
        }
        match name {
            "help" => Some(Meaning::Help),
            "version" if self.takes_version() => Some(Meaning::Version),
            _ => None,
        }
    }

    pub(super) fn meaning_of_letter(&self, letter: char) -> Option<Meaning> {
        let mut places = self.line.called.accepted_places();
        if let Some((place, _)) = places.find(|(_, arg)| !arg.positional && arg.has_letter(letter))
        {
            return Some(Meaning::Option(place, false));
        }
        match letter {
            'h' => Some(Meaning::Help),
            'V' if self.takes_version() => Some(Meaning::Version),
            _ => None,
        }
    }

    pub(super) fn takes_version(&self) -> bool {
        self.has_version && self.line.called.is_program()
    }

    /// Records that the last option was given by an earlier name, if it was.
    pub(super) fn note_earlier(&mut self, place: Place, name: &str, dashes: &str) {
        let deprecated = self.line.called.at(place).earlier_name(name);
        if let (Some(deprecated), Some(given)) = (deprecated, self.line.given.last_mut()) {
            given.earlier = Some((format!("{dashes}{name}"), deprecated));
        }
    }

    pub(super) fn note_earlier_letter(&mut self, place: Place, letter: Result<char, &OsStr>) {
        if let Ok(letter) = letter {
            self.note_earlier(place, letter.encode_utf8(&mut [0; 4]), "-");
        }
    }

    /// Returns whether the command has all of these short options, up to one that takes a value.
    pub(super) fn knows(&self, mut letters: ShortFlags<'_>) -> bool {
        while let Some(letter) = letters.next_flag() {
            match letter
                .ok()
                .and_then(|letter| self.meaning_of_letter(letter))
            {
                None => return false,
                Some(Meaning::Option(place, _)) if self.line.called.at(place).takes_value() => {
                    return true;
                }
                Some(_) => {}
            }
        }
        true
    }
}
