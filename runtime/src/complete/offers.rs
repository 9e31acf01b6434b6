//! The result of a completion: candidates for the token at the cursor, and what the shell adds itself.

use std::collections::HashSet;

use crate::model::{Arg, Complete};
use crate::text::is_unsafe;

/// A value that a program offers for an option or argument.
///
/// ```
/// use clapspec_runtime::Candidate;
///
/// let candidates = [Candidate::new("main").help("The usual branch"), Candidate::new("next")];
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Candidate {
    pub(super) value: String,
    pub(super) help: String,
}

impl Candidate {
    /// Creates a candidate. Values with control characters are never offered, because no shell can
    /// insert them safely.
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            help: String::new(),
        }
    }

    /// Adds a description, in one line, for shells that display it.
    pub fn help(self, help: impl Into<String>) -> Self {
        let help = help.into();
        Self { help, ..self }
    }
}

/// The heading under which candidates are listed, in shells that have headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Commands,
    Files,
    Options,
    Topics,
    Values,
}

/// One candidate for the token at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// The whole token that it completes.
    pub(super) token: String,
    /// The number of bytes at its start that lists don't show, such as the name of the option.
    pub(super) before: usize,
    pub(super) help: String,
    pub(super) heading: Heading,
    /// The character after which another value may follow.
    pub(super) delimiter: Option<char>,
}

impl Offer {
    pub(super) fn new(token: impl Into<String>, help: &str, heading: Heading) -> Self {
        Self {
            token: token.into(),
            before: 0,
            help: help.to_owned(),
            heading,
            delimiter: None,
        }
    }

    /// Returns whether the token may continue, so that no space follows it.
    pub(super) fn is_open(&self) -> bool {
        let end = if self.is_file() { '/' } else { '=' };
        self.delimiter.is_some() || self.token.ends_with(end) && self.heading != Heading::Values
    }

    /// Returns whether it is a file or a directory.
    pub(super) fn is_file(&self) -> bool {
        self.heading == Heading::Files
    }

    /// Returns what lists show.
    pub(super) fn shown(&self) -> &str {
        &self.token[self.before..]
    }

    /// Returns the description in one line, without characters that could control a terminal.
    pub(super) fn description(&self) -> String {
        let words = self.help.split(|c: char| c.is_whitespace() || is_unsafe(c));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }
}

/// Values that only the program knows.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// Their name in the spec.
    pub(super) name: &'static str,
    /// The option or argument that takes one.
    pub(super) arg: Arg,
    /// The byte of the token at which values begin.
    pub(super) start: usize,
    /// Whether no more options can follow.
    pub(super) rest: bool,
}

/// Everything that may be at the cursor.
#[derive(Clone, Debug, Default)]
pub(super) struct Offers {
    /// The candidates, in the order in which they are displayed.
    pub(super) list: Vec<Offer>,
    /// The tokens in the list, since each is offered once.
    pub(super) known: HashSet<String>,
    /// What the shell completes itself, and the byte of the token at which that begins.
    pub(super) shell: Option<(Complete, usize)>,
    /// The values that only the program knows.
    pub(super) ask: Option<Ask>,
    /// What is expected where nothing can be listed.
    pub(super) expected: Option<String>,
    /// Whether the shell selects the matching candidates itself, by the user's own rules.
    pub(super) shell_matches: bool,
}

impl Offers {
    /// Takes out all candidates, so that others can be added before them.
    pub(super) fn take_list(&mut self) -> Vec<Offer> {
        self.known.clear();
        std::mem::take(&mut self.list)
    }

    /// Adds a candidate if it can be inserted.
    pub(super) fn add(&mut self, token: &str, offer: Offer) {
        let matches = self.shell_matches || offer.token.starts_with(token);
        let is_usable = matches && !offer.token.contains(is_unsafe);
        if is_usable && self.known.insert(offer.token.clone()) {
            self.list.push(offer);
        }
    }

    /// Adds the visible candidates. The hidden ones are added only if the token has begun, and nothing
    /// that is visible begins like it.
    pub(super) fn add_visible(&mut self, token: &str, offers: Vec<(bool, Offer)>) {
        let begins = |offer: &Offer| offer.token.starts_with(token);
        let (hidden, visible): (Vec<_>, Vec<_>) =
            offers.into_iter().partition(|(hidden, _)| *hidden);
        let has_begun = hidden.iter().any(|(_, offer)| token.len() > offer.before);
        let reveals = has_begun
            && !token.chars().all(|c| c == '-')
            && !visible.iter().any(|(_, offer)| begins(offer));
        for (_, offer) in visible {
            self.add(token, offer);
        }
        for (_, offer) in hidden
            .into_iter()
            .filter(|(_, offer)| reveals && begins(offer))
        {
            self.add(token, offer);
        }
    }

    /// Returns whether there is nothing to offer.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.shell.is_none() && self.ask.is_none()
    }
}
