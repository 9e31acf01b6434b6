//! What depends on the value of another argument.
//!
//! clap compares the word that was typed, or that a variable holds. A choice may be typed by its aliases
//! too, and where capitals make no difference in many ways; a variable switches on with `1` as well as
//! `true`. So clap is told of all of them.

use std::collections::BTreeSet;
use std::sync::Mutex;

use clap::builder::{FalseyValueParser, TypedValueParser};
use clap::{Arg, Command, Id};

use super::configured::word_of;

/// Longer choices are known in capitals, in small letters and as they are; shorter ones in every
/// mixture of them.
const MIXED: usize = 8;

/// What is so when an argument has some value.
#[derive(Debug)]
pub(super) struct Condition {
    /// The argument that this is about.
    pub(super) id: Id,
    pub(super) other: &'static str,
    pub(super) is: &'static str,
    /// Its default then; without one, it is required.
    pub(super) value: Option<&'static str>,
}

impl Condition {
    /// Tells clap, now that all arguments are known.
    pub(super) fn apply(self, command: Command) -> Command {
        let is_other = |arg: &&Arg| arg.get_id() == self.other;
        let other = command.get_arguments().find(is_other);
        let words = other.map_or_else(Vec::new, |other| self.words(other));
        // clap does not look at defaults here, of which a file's value is one.
        let holds = word_of(self.other).is_some_and(|word| words.contains(&word.as_str()));
        command.mut_args(|arg| match self.value {
            _ if *arg.get_id() != self.id => arg,
            Some(value) if holds => arg.default_value(value),
            None if holds => arg.required(true),
            Some(value) => {
                let words = words.iter().map(|word| (self.other, *word, value));
                arg.default_value_ifs(words)
            }
            None => arg.required_if_eq_any(words.iter().map(|word| (self.other, *word))),
        })
    }

    /// The words that mean this value.
    fn words(&self, other: &Arg) -> Vec<&'static str> {
        if !other.get_action().takes_values() {
            return std::iter::once(self.is).chain(switched_on(other)).collect();
        }
        let any_case = other.is_ignore_case_set();
        let choices = other.get_possible_values();
        let meant = choices
            .iter()
            .find(|choice| choice.matches(self.is, any_case));
        let Some(choice) = meant else {
            return vec![self.is];
        };
        let names = choice.get_name_and_aliases();
        // What is required, clap finds by itself in capitals too.
        if any_case && self.value.is_some() {
            names.flat_map(mixed).map(|word| keep(&word)).collect()
        } else {
            names.map(keep).collect()
        }
    }
}

/// What the variable of a switch holds, if it switches it on.
fn switched_on(switch: &Arg) -> Option<&'static str> {
    let value = std::env::var_os(switch.get_env()?)?;
    let parsed = FalseyValueParser::new().parse_ref(&Command::default(), None, &value);
    let value = value.to_str().filter(|_| parsed.is_ok_and(|on| on))?;
    Some(keep(value))
}

/// A word with capitals and without.
fn mixed(word: &str) -> Vec<String> {
    if word.len() > MIXED {
        return vec![word.to_owned(), word.to_lowercase(), word.to_uppercase()];
    }
    let mut words = vec![String::new()];
    for letter in word.chars() {
        let (small, large) = (letter.to_lowercase(), letter.to_uppercase());
        let both = |word: &String| [format!("{word}{small}"), format!("{word}{large}")];
        words = words.iter().flat_map(both).collect();
        words.dedup();
    }
    words
}

/// The word, for as long as the program runs: clap wants it so. Each is kept once.
pub(super) fn keep(word: &str) -> &'static str {
    static KEPT: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(|broken| broken.into_inner());
    if let Some(known) = kept.get(word) {
        return known;
    }
    let word: &str = Box::leak(word.into());
    kept.insert(word);
    word
}

#[cfg(test)]
mod tests {
    use super::mixed;

    #[test]
    fn capitals() {
        assert_eq!(mixed("a1b"), ["a1b", "a1B", "A1b", "A1B"]);
        assert_eq!(mixed("webp").len(), 16);
        assert_eq!(mixed("custom-columns").len(), 3);
    }
}
