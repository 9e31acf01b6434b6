//! Candidates for the value of an option or argument.

use super::offers::{Ask, Candidate, Heading, Offer, Offers};
use crate::model::{Arg, Choice, Complete, Kind, PathKind};

/// A value at the cursor.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) arg: &'a Arg,
    /// The token at the cursor.
    pub(super) token: &'a str,
    /// The byte of the token at which the value begins.
    pub(super) start: usize,
    /// Whether a value may begin with a hyphen here.
    pub(super) hyphens: bool,
}

impl<'a> At<'a> {
    /// Creates the last value in a token, in which values begin at `start`.
    pub(super) fn new(arg: &'a Arg, token: &'a str, start: usize, rest: bool) -> Self {
        let hyphens = rest || start > 0 || arg.hyphen_values;
        let last = arg.delimiter.and_then(|delimiter| {
            let at = token[start..].rfind(delimiter)?;
            Some(at + delimiter.len_utf8())
        });
        let start = start + last.unwrap_or_default();
        Self {
            arg,
            token,
            start,
            hyphens,
        }
    }

    /// Returns the value as far as it is typed.
    pub(super) fn value(self) -> &'a str {
        &self.token[self.start..]
    }

    /// Returns the number of values in the token before this one.
    pub(super) fn earlier(self) -> usize {
        let before = &self.token[..self.start];
        self.arg
            .delimiter
            .map_or(0, |delimiter| before.matches(delimiter).count())
    }

    /// Returns whether the value can be offered: it would be read as a value, and isn't an earlier one in
    /// the same token.
    fn can_be(self, value: &str) -> bool {
        let is_number = self.arg.kind.is_number_with_dash(value.as_ref(), None);
        let is_option = value.starts_with('-') && value != "-" && !self.hyphens && !is_number;
        !value.is_empty() && !is_option && !self.is_used(value)
    }

    /// Returns whether an earlier value in the token is this one.
    fn is_used(self, value: &str) -> bool {
        let before = &self.token[..self.start];
        let Some(delimiter) = self.arg.delimiter else {
            return false;
        };
        let values = before.split(delimiter).enumerate();
        values.into_iter().any(|(at, used)| match at {
            // The first part may begin with the name of the option.
            0 => used.strip_suffix(value).is_some_and(|name| {
                name.is_empty() || name.ends_with('=') || name.starts_with('-') && name.len() == 2
            }),
            _ => used == value,
        })
    }

    fn offer(self, value: &str, help: &str) -> Offer {
        let token = format!("{}{value}", &self.token[..self.start]);
        Offer {
            before: self.start,
            delimiter: self.arg.delimiter,
            ..Offer::new(token, help, Heading::Values)
        }
    }
}

/// Offers the values that the spec lists, and what the shell completes itself.
pub(super) fn values(offers: &mut Offers, at: At<'_>) {
    let At { arg, token, .. } = at;
    let choices = arg.choices.iter().filter(|choice| at.can_be(choice.name));
    let choices = choices.map(|choice| (choice.hidden, offer_of_choice(at, choice)));
    let mut choices: Vec<(bool, Offer)> = choices.collect();
    if let [(_, last)] = &mut choices[..] {
        // No other value is left that could follow.
        last.delimiter = None;
    }
    offers.add_visible(token, choices);
    for (value, help) in arg.suggestions.iter().filter(|(value, _)| at.can_be(value)) {
        offers.add(token, at.offer(value, help));
    }
    if let Kind::Boolean = arg.kind {
        for value in ["true", "false"] {
            offers.add(token, at.offer(value, ""));
        }
    }
    let by_shell = match arg.complete {
        Some(Complete::None) => None,
        Some(Complete::Values(name)) => {
            offers.ask = Some(Ask {
                name,
                arg: arg.clone(),
                start: at.start,
                rest: at.hyphens,
            });
            by_kind(arg.kind)
        }
        None => by_kind(arg.kind),
        Some(complete) => Some(complete),
    };
    offers.shell = offers
        .shell
        .or(by_shell.map(|complete| (complete, at.start)));
    if offers.is_empty() && at.value().is_empty() {
        offers.expected = Some(expected(arg));
    }
}

/// Adds the values that the program knows, before the others.
pub(super) fn add_known(offers: &mut Offers, at: At<'_>, candidates: &[Candidate]) {
    let others = offers.take_list();
    let known = candidates.iter().filter(|it| at.can_be(&it.value));
    let known = known.map(|it| at.offer(&it.value, &it.help));
    for offer in known.chain(others) {
        offers.add(at.token, offer);
    }
}

/// Returns a choice. If case is ignored, the beginning stays as it is typed.
fn offer_of_choice(at: At<'_>, choice: &Choice) -> Offer {
    let mut name = choice.name.to_owned();
    if let Kind::Choice { ignore_case: true } = at.arg.kind {
        let value = at.value();
        let head = name.get(..value.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(value)) {
            name.replace_range(..value.len(), value);
        }
    }
    at.offer(&name, choice.help)
}

fn by_kind(kind: Kind) -> Option<Complete> {
    match kind {
        Kind::Path(PathKind::Any, _) => Some(Complete::Path),
        Kind::Path(PathKind::File, _) => Some(Complete::File),
        Kind::Path(PathKind::Directory, _) => Some(Complete::Directory),
        _ => None,
    }
}

/// Describes the value where none can be listed: `PORT: a number from 1 to 65535`.
fn expected(arg: &Arg) -> String {
    let name = arg.names.first().copied().unwrap_or(arg.id);
    match arg.kind {
        Kind::Text | Kind::Secret | Kind::Custom(_) => format!("{name}: {}", arg.help),
        kind => format!("{name}: {}", kind.wanted()),
    }
}
