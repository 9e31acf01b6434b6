//! What depends on the value of another argument.
//!
//! clap compares the word that was typed, or that a variable holds, letter by letter. A choice may be
//! typed by an alias too, and in capitals where they make no difference; a variable switches on with `1`
//! as well as `true`. So clap gets each spelling: of capitals, those that the command line or the variable
//! has.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::sync::Mutex;

use clap::builder::{FalseyValueParser, PossibleValue, TypedValueParser};
use clap::{Arg, Command, Id};

use super::configured::word_of;

thread_local! {
    /// The words of the command line for which a command is being defined.
    static LINE: RefCell<Vec<OsString>> = const { RefCell::new(Vec::new()) };
}

/// Does something for which commands are defined, for this command line.
pub(crate) fn with_line<T>(words: Vec<OsString>, act: impl FnOnce() -> T) -> T {
    let before = LINE.replace(words);
    let result = act();
    LINE.set(before);
    result
}

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
        let holds = word_of(self.other).is_some_and(|word| {
            let choice = other.and_then(|other| self.choice(other));
            let any_case = other.is_some_and(Arg::is_ignore_case_set);
            choice.is_some_and(|choice| choice.matches(&word, any_case))
                || words.contains(&word.as_str())
        });
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

    /// The choice of the other argument that this value is.
    fn choice(&self, other: &Arg) -> Option<PossibleValue> {
        let mut choices = other.get_possible_values().into_iter();
        choices.find(|choice| choice.matches(self.is, other.is_ignore_case_set()))
    }

    /// The words that mean this value.
    fn words(&self, other: &Arg) -> Vec<&'static str> {
        if !other.get_action().takes_values() {
            return std::iter::once(self.is).chain(switched_on(other)).collect();
        }
        let Some(choice) = self.choice(other) else {
            return vec![self.is];
        };
        let names = choice.get_name_and_aliases();
        // What is required, clap finds by itself in capitals too.
        if other.is_ignore_case_set() && self.value.is_some() {
            names.flat_map(|name| spellings(name, other)).collect()
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

/// A name, and the ways in which the command line and the argument's variable have it in other
/// capitals.
fn spellings(name: &str, other: &Arg) -> BTreeSet<&'static str> {
    let variable = other.get_env().and_then(std::env::var_os);
    let variable = variable.as_deref().map(OsStr::to_string_lossy);
    let mut found = BTreeSet::from([keep(name)]);
    LINE.with_borrow(|line| {
        let line = line.iter().map(|word| word.to_string_lossy());
        for text in line.chain(variable) {
            found.extend(occurrences(name, &text).map(keep));
        }
    });
    found
}

/// Where a name is in a text, in whatever capitals. It may follow `-f` or `--format=`, or be one of
/// several values.
fn occurrences<'t>(name: &str, text: &'t str) -> impl Iterator<Item = &'t str> {
    let starts = text.char_indices().map(|(start, _)| start);
    let parts = starts.filter_map(|start| text.get(start..start + name.len()));
    parts.filter(move |part| part.eq_ignore_ascii_case(name))
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
