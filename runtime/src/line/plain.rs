//! Plain command lines: those for which it is certain that clap would accept them, and with which values.
//!
//! Most command lines are plain. Building a command for clap and parsing with it takes longer than everything else,
//! so it is only done for the others. Whatever is not certain is left to clap: each function here returns `None` as
//! soon as it meets something unusual, and never decides that a command line is wrong.

use std::ffi::{OsStr, OsString};

use super::matches::{Entry, Matches};
use super::{Given, Line};
use crate::model::{Arg, Condition, Kind, Rule};

/// Returns the values of a command line, if it is plain.
pub(super) fn matches(line: &Line, isolated: bool) -> Option<Matches> {
    let mut given = line.given.iter();
    certain(given.all(|given| is_usual(line.arg(given), given)))?;
    positionals(line)?;
    let mut entries = Vec::new();
    let mut found = Vec::new();
    for arg in line.called.args() {
        let words = line.plain_words(arg);
        found.push((entries.len(), arg, words));
        entries.push(entry(line, arg, found.last()?.2.len())?);
        entries.extend(negation(line, arg)?);
    }
    for (at, arg, words) in &mut found {
        if !entries[*at].is_given {
            (entries[*at].count, *words) = default(line, arg, &entries)?;
        }
    }
    let rules = Rules {
        line,
        entries: &entries,
    };
    rules.hold()?;
    // The program's own types come last: reading one may have an effect, such as on standard input, and must not be
    // repeated by clap.
    for is_custom in [false, true] {
        let is_kind = |arg: &Arg| matches!(arg.kind, Kind::Custom(_)) == is_custom;
        for (at, arg, words) in found.iter().filter(|(_, arg, _)| is_kind(arg)) {
            let values = words.iter().map(|word| arg.parse(word, isolated));
            entries[*at].values = values.collect::<Option<_>>()?;
        }
    }
    Some(Matches::Plain(entries))
}

/// Returns `None` if it isn't certain that clap would accept the command line.
fn certain(is_certain: bool) -> Option<()> {
    is_certain.then_some(())
}

/// Returns whether an option is given in a usual way, with as many values as it takes.
fn is_usual(arg: &Arg, given: &Given) -> bool {
    // clap gets this character as the end of several values.
    let mut words = given.values.iter();
    if given.extra || arg.positional || words.any(|word| word == "\0") {
        return false;
    }
    let count = given.values.len();
    match arg.kind {
        // A variable that leaves off a switch with a negation may answer which of them is meant.
        Kind::Switch => !given.is_unset() || arg.negation.is_none(),
        Kind::Count(_) => !given.off,
        _ if given.off || arg.equals && arg.long.is_none() => false,
        _ if arg.takes_several() => {
            let (least, most) = match arg.bounds {
                Some((least, most)) => (least.max(1), most.unwrap_or(usize::MAX)),
                None => (arg.names.len(), arg.names.len()),
            };
            // clap may take a value that begins with a hyphen for something else.
            let mut values = given.values.iter();
            let is_dashed = values.any(|value| value.as_encoded_bytes().starts_with(b"-"));
            (least..=most).contains(&count) && !is_dashed && !arg.equals && arg.bare.is_none()
        }
        _ => count == 1 || count > 1 && arg.repeat || count == 0 && arg.bare.is_some(),
    }
}

/// Checks that the positional arguments take their values in order: each takes one, and only the last one may take
/// several.
fn positionals(line: &Line) -> Option<()> {
    let (front, back) = line.front_and_back();
    let (mut left, mut left_back) = (front.len(), back.len());
    let mut previous: Option<&Arg> = None;
    for arg in line.called.positionals() {
        let splits = arg.delimiter.is_some() && !arg.repeat;
        certain(arg.bounds.is_none() && arg.terminator.is_none() && !splits)?;
        let left = match arg.last {
            true => &mut left_back,
            false => &mut left,
        };
        if !arg.last {
            let follows = |previous: &Arg| {
                previous.takes_one_word() && (previous.is_required() || !arg.is_required())
            };
            certain(previous.is_none_or(follows))?;
            previous = Some(arg);
        }
        *left = match arg.takes_one_word() {
            true => left.saturating_sub(1),
            false => 0,
        };
    }
    certain(left == 0 && left_back == 0)
}

/// Returns an argument or option with this number of values, as far as it was given.
fn entry(line: &Line, arg: &Arg, values: usize) -> Option<Entry> {
    let count = match arg.positional {
        true => values,
        false => line.occurrences(arg, false),
    };
    certain(arg.positional || count < 2 || is_repeatable(arg))?;
    Some(Entry {
        id: arg.id,
        is_given: count > 0,
        count,
        values: Vec::new(),
    })
}

/// Returns the negation of a switch, if it has one.
fn negation(line: &Line, arg: &Arg) -> Option<Option<Entry>> {
    let Some(id) = arg.negation else {
        return Some(None);
    };
    let count = line.occurrences(arg, true);
    certain(count + line.occurrences(arg, false) < 2)?;
    Some(Some(Entry {
        id,
        is_given: count > 0,
        count,
        values: Vec::new(),
    }))
}

/// Returns whether each occurrence counts.
fn is_repeatable(arg: &Arg) -> bool {
    let adds = arg.repeat || matches!(arg.kind, Kind::Count(_));
    adds && !arg.rules.contains(&Rule::Overrides(arg.id))
}

/// Returns how often an argument or option is on by default, and its default values.
fn default<'a>(line: &Line, arg: &'a Arg, entries: &[Entry]) -> Option<(usize, Vec<&'a OsStr>)> {
    let chosen = chosen_default(line, arg, entries)?;
    Some(match (arg.kind, chosen) {
        (Kind::Switch, Some("true")) => (1, Vec::new()),
        (Kind::Switch, None | Some("false")) | (Kind::Count(_), None) => (0, Vec::new()),
        (Kind::Switch | Kind::Count(_), Some(_)) => return None,
        (_, Some(word)) => (0, vec![OsStr::new(word)]),
        (_, None) => (0, arg.defaults.iter().map(OsStr::new).collect()),
    })
}

/// Returns the default whose condition holds, if there is one.
fn chosen_default(line: &Line, arg: &Arg, entries: &[Entry]) -> Option<Option<&'static str>> {
    let is_given = |id: &str| entries.iter().any(|entry| entry.id == id && entry.is_given);
    // This is rare.
    certain(arg.defaults_when.is_empty() || !arg.negation.is_some_and(is_given))?;
    for (when, value) in &arg.defaults_when {
        let other = line.called.arg(when.arg)?;
        if holds(line, when, other, is_given(other.id))? {
            return Some(Some(value));
        }
    }
    Some(None)
}

/// Returns whether clap would find that an argument or option has a certain value.
fn holds(line: &Line, when: &Condition, other: &Arg, is_given: bool) -> Option<bool> {
    let is = when.meant(&line.called);
    match (is_given, other.kind) {
        (_, Kind::Count(_)) => None,
        (true, Kind::Switch) => Some(is == "true"),
        (true, _) => {
            // clap compares what was typed, and an option's alias of a choice has been replaced before.
            certain(!other.positional || other.choices.is_empty())?;
            let mut words = line
                .plain_words(other)
                .into_iter()
                .filter_map(OsStr::to_str);
            Some(words.any(|word| other.meaning(word).map_or(word, |choice| choice.name) == is))
        }
        // clap may have set the other's default before. That of a switch is `false`.
        (false, Kind::Switch) => (is == "true" && other.defaults_when.is_empty()).then_some(false),
        (false, _) => {
            let is_default = other.defaults.contains(&is);
            (!is_default && other.defaults_when.is_empty()).then_some(false)
        }
    }
}

impl Line {
    /// Returns the positional arguments, and those that only follow `--`.
    fn front_and_back(&self) -> (&[OsString], &[OsString]) {
        let has_last = self.called.positionals().any(|arg| arg.last);
        let before = self.before.filter(|_| has_last);
        self.words.split_at(before.unwrap_or(self.words.len()))
    }

    /// Returns how often a switch was given, or negated.
    fn occurrences(&self, arg: &Arg, off: bool) -> usize {
        let given = self.given.iter();
        let given = given.filter(|given| given.off == off && !given.is_unset());
        given.filter(|given| self.arg(given).id == arg.id).count()
    }

    /// Returns the values of an argument or option that were given.
    fn plain_words<'a>(&'a self, arg: &'a Arg) -> Vec<&'a OsStr> {
        if arg.positional {
            let (front, back) = self.front_and_back();
            let others = self.called.positionals().take_while(|it| it.id != arg.id);
            let (words, before) = match arg.last {
                true => (back, 0),
                false => (front, others.filter(|it| !it.last).count()),
            };
            let most = match arg.takes_one_word() {
                true => 1,
                false => usize::MAX,
            };
            let words = words.iter().skip(before).take(most);
            return words.map(|word| &**word).collect();
        }
        let mut words = Vec::new();
        for given in self
            .given
            .iter()
            .filter(|given| self.arg(given).id == arg.id)
        {
            match (given.values.as_slice(), arg.bare) {
                ([], Some(bare)) => words.push(OsStr::new(bare)),
                (values, _) => words.extend(values.iter().map(|word| &**word)),
            }
        }
        words
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
                Rule::Exclusive => self.entries.iter().filter(|it| it.is_given).count() == 1,
                Rule::ConflictsWhen(_)
                | Rule::ConflictsWhenAll(_)
                | Rule::RequiresWhen(_)
                | Rule::RequiresWhenAll(_) => false,
                Rule::Required
                | Rule::RequiredWith(_)
                | Rule::RequiredUnless(_)
                | Rule::RequiredUnlessAll(_)
                | Rule::RequiredWhen(_)
                | Rule::RequiredWhenAll(_) => true,
            })?;
        }
        Some(())
    }

    /// Checks the rules of an argument that was not given.
    fn missing(&self, arg: &Arg) -> Option<()> {
        // Of each list, whether what it waits for was given.
        let (mut unless, mut unless_all, mut when_all) = (Vec::new(), Vec::new(), Vec::new());
        for rule in &arg.rules {
            match *rule {
                Rule::Required => return None,
                Rule::RequiredUnless(other) => unless.push(self.is_given(other)?),
                Rule::RequiredUnlessAll(other) => unless_all.push(self.is_given(other)?),
                // clap compares no defaults here, so the condition holds only if the other was given.
                Rule::RequiredWhen(when) => certain(!self.is_given(when.arg)?)?,
                Rule::RequiredWhenAll(when) => when_all.push(self.is_given(when.arg)?),
                Rule::Conflicts(_)
                | Rule::Overrides(_)
                | Rule::Requires(_)
                | Rule::RequiredWith(_)
                | Rule::Exclusive
                | Rule::ConflictsWhen(_)
                | Rule::ConflictsWhenAll(_)
                | Rule::RequiresWhen(_)
                | Rule::RequiresWhenAll(_) => {}
            }
        }
        let all = |list: &[bool]| !list.is_empty() && list.iter().all(|is_given| *is_given);
        let is_free = unless.is_empty() && unless_all.is_empty();
        certain(is_free || unless.contains(&true) || all(&unless_all))?;
        certain(!all(&when_all))
    }

    /// Returns whether an argument, an option or a negation was given. Returns `None` for anything else.
    fn is_given(&self, id: &str) -> Option<bool> {
        let entry = self.entries.iter().find(|entry| entry.id == id);
        entry.map(|entry| entry.is_given)
    }

    fn any(&self, ids: &[&'static str]) -> Option<bool> {
        let mut any = false;
        for id in ids {
            any |= self.is_given(id)?;
        }
        Some(any)
    }
}

#[cfg(test)]
mod tests;
