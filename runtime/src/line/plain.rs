//! Plain command lines: those for which it is certain that clap would accept them, and with which values.
//!
//! Most command lines are plain. Building a command for clap and parsing with it takes longer than everything else,
//! so it is only done for the others. Whatever is not certain is left to clap: each function here returns `None` as
//! soon as it meets something unusual, and never decides that a command line is wrong.

use std::ffi::OsStr;

use super::matches::{Entry, Matches};
use super::{Given, Line};
use crate::model::{Arg, Kind, Parsed, Rule};

/// Returns the values of a command line, if it is plain.
pub(super) fn matches(line: &Line, isolated: bool) -> Option<Matches> {
    let plain = Plain { line, isolated };
    line.given.iter().try_for_each(|given| plain.given(given))?;
    plain.positionals()?;
    let entries = plain.entries()?;
    let rules = Rules {
        line,
        entries: &entries,
    };
    rules.hold()?;
    Some(Matches::Plain(entries))
}

struct Plain<'a> {
    line: &'a Line,
    isolated: bool,
}

impl Plain<'_> {
    /// Checks one occurrence of an option.
    fn given(&self, given: &Given) -> Option<()> {
        let arg = self.line.arg(given);
        let is_usual = match arg.kind {
            _ if given.extra || arg.positional => false,
            Kind::Switch => {
                // A variable that leaves off a switch with a negation may answer which of them is meant.
                !given.is_unset() || arg.negation.is_none()
            }
            Kind::Count(_) => !given.off,
            _ => {
                let one = given.values.len() == 1 || arg.repeat && !given.values.is_empty();
                let split = arg.equals && arg.long.is_none();
                one && !given.off && !split && !arg.takes_several()
            }
        };
        is_usual.then_some(())
    }

    /// Checks that the positional arguments take their values in order: each takes one, and only the last one may take
    /// several.
    fn positionals(&self) -> Option<()> {
        let mut left = self.line.words.len();
        let mut previous: Option<&Arg> = None;
        for arg in self.line.called.positionals() {
            let splits = arg.delimiter.is_some() && !arg.repeat;
            let unusual = arg.last || arg.bounds.is_some() || arg.terminator.is_some() || splits;
            let after_open = previous.is_some_and(|previous| {
                !previous.takes_one_word() || arg.is_required() && !previous.is_required()
            });
            if unusual || after_open {
                return None;
            }
            left = match arg.takes_one_word() {
                true => left.saturating_sub(1),
                false => 0,
            };
            previous = Some(arg);
        }
        (left == 0).then_some(())
    }

    /// Returns the values of all arguments and options.
    fn entries(&self) -> Option<Vec<Entry>> {
        let mut entries = Vec::new();
        for arg in self.line.called.args() {
            let given = self.line.given.iter();
            let given = given.filter(|given| self.line.arg(given).id == arg.id);
            let (mut on, mut off) = (0, 0);
            for given in given.filter(|given| !given.is_unset()) {
                match given.off {
                    true => off += 1,
                    false => on += 1,
                }
            }
            if on + off > 1 && !is_repeatable(arg) {
                return None;
            }
            let values = match arg.takes_value() {
                true => self.values(arg)?,
                false => Vec::new(),
            };
            if arg.positional && !values.is_empty() {
                on = self.line.plain_words_of(arg).len();
            }
            if on == 0 && !arg.defaults_when.is_empty() {
                return None;
            }
            entries.push(Entry {
                id: arg.id,
                count: on,
                values,
            });
            if let Some(negation) = arg.negation {
                entries.push(Entry {
                    id: negation,
                    count: off,
                    values: Vec::new(),
                });
            }
        }
        Some(entries)
    }

    /// Parses the values of an argument or option.
    fn values(&self, arg: &Arg) -> Option<Vec<Parsed>> {
        let words = self.line.plain_words(arg);
        let values = words.into_iter().map(|word| match word.is_empty() {
            true => None,
            false => arg.parse(word, self.isolated),
        });
        values.collect()
    }
}

/// Returns whether each occurrence counts.
fn is_repeatable(arg: &Arg) -> bool {
    let adds = arg.repeat || matches!(arg.kind, Kind::Count(_));
    adds && !arg.rules.contains(&Rule::Overrides(arg.id))
}

impl Line {
    /// Returns the values of an argument or option on a plain command line, or its defaults.
    pub(super) fn plain_words<'a>(&'a self, arg: &'a Arg) -> Vec<&'a OsStr> {
        let words = self.plain_words_of(arg);
        match words.is_empty() {
            true => arg.defaults.iter().map(OsStr::new).collect(),
            false => words,
        }
    }

    /// Returns the values that were given.
    fn plain_words_of(&self, arg: &Arg) -> Vec<&OsStr> {
        if arg.positional {
            let before = self.called.positionals().take_while(|it| it.id != arg.id);
            let words = self.words.iter().skip(before.count());
            let most = match arg.takes_one_word() {
                true => 1,
                false => usize::MAX,
            };
            return words.take(most).map(|word| &**word).collect();
        }
        let given = self.given.iter();
        let given = given.filter(|given| self.arg(given).id == arg.id);
        given
            .flat_map(|given| &given.values)
            .map(|word| &**word)
            .collect()
    }
}

/// The rules between the arguments and options of a plain command line.
struct Rules<'a> {
    line: &'a Line,
    entries: &'a [Entry],
}

impl Rules<'_> {
    fn hold(&self) -> Option<()> {
        let called = &self.line.called;
        for arg in called.args() {
            match self.is_given(arg.id)? {
                true => self.given(arg)?,
                false => self.missing(arg)?,
            }
        }
        for command in called.upwards() {
            for (a, b) in &command.requires {
                certain(!self.is_given(a)? || self.is_given(b)?)?;
            }
            for (a, b) in command.conflicts.iter().chain(&command.implied) {
                certain(!self.is_given(a)? || !self.is_given(b)?)?;
            }
        }
        for id in &called.command().needs {
            certain(self.is_given(id)?)?;
        }
        for group in called.groups().filter(|group| group.required) {
            certain(self.any(&group.members)?)?;
        }
        Some(())
    }

    /// Checks the rules of an argument that was given.
    fn given(&self, arg: &Arg) -> Option<()> {
        for rule in &arg.rules {
            certain(match *rule {
                Rule::Conflicts(other) => !self.is_given(other)?,
                Rule::Overrides(other) => other == arg.id || !self.is_given(other)?,
                Rule::Requires(other) => self.is_given(other)?,
                Rule::Exclusive => self.entries.iter().filter(|it| it.count > 0).count() == 1,
                // Conditions of values are checked for all command lines, after this.
                _ => true,
            })?;
        }
        Some(())
    }

    /// Checks the rules of an argument that was not given.
    fn missing(&self, arg: &Arg) -> Option<()> {
        let (mut unless, mut unless_all, mut when_all) = (None, None, None);
        for rule in &arg.rules {
            match *rule {
                Rule::Required => return None,
                Rule::RequiredUnless(other) => {
                    unless = Some(unless.unwrap_or(false) | self.is_given(other)?);
                }
                Rule::RequiredUnlessAll(other) => {
                    unless_all = Some(unless_all.unwrap_or(true) & self.is_given(other)?);
                }
                // A condition about an option that was not given does not hold.
                Rule::RequiredWhen(when) => certain(!self.is_given(when.arg)?)?,
                Rule::RequiredWhenAll(when) => {
                    when_all = Some(when_all.unwrap_or(true) & self.is_given(when.arg)?);
                }
                _ => {}
            }
        }
        let is_needed = unless.is_some() || unless_all.is_some();
        certain(!is_needed || unless == Some(true) || unless_all == Some(true))?;
        certain(when_all != Some(true))
    }

    /// Returns whether an argument, an option or a negation was given. Returns `None` for anything else.
    fn is_given(&self, id: &str) -> Option<bool> {
        let entry = self.entries.iter().find(|entry| entry.id == id);
        entry.map(|entry| entry.count > 0)
    }

    fn any(&self, ids: &[&'static str]) -> Option<bool> {
        let mut any = false;
        for id in ids {
            any |= self.is_given(id)?;
        }
        Some(any)
    }
}

/// Returns `None` if it isn't certain that clap would accept the command line.
fn certain(is_certain: bool) -> Option<()> {
    is_certain.then_some(())
}
