//! Plain command lines: those for which it is certain that clap would accept them, and with which values.
//!
//! Most command lines are plain. Building a command for clap and parsing with it takes longer than everything else,
//! so it is only done for the others. Whatever is not certain is left to clap: each function here returns `None` as
//! soon as it meets something unusual, and never decides that a command line is wrong.

mod rules;

use std::ffi::OsStr;

use super::matches::{Entry, Matches};
use super::{Given, Line};
use crate::model::{Arg, Condition, Kind, Rule};

/// Returns the values of a command line, if it is plain.
pub(super) fn matches(line: &Line, override_self: bool) -> Option<Matches> {
    let mut given = line.given.iter();
    certain(given.all(|given| is_usual(line.arg(given), given)))?;
    positionals(line)?;
    let args: Vec<&Arg> = line.called.args().collect();
    let mut words: Vec<Vec<&OsStr>> = args.iter().map(|arg| line.plain_words(arg)).collect();
    // The entries of the negations follow those of all arguments, so that these have the same indexes.
    let mut entries = Vec::with_capacity(args.len());
    for (arg, words) in args.iter().zip(&words) {
        entries.push(entry(line, arg, words.len(), override_self)?);
    }
    for arg in &args {
        entries.extend(negation(line, arg)?);
    }
    for (at, arg) in args.iter().enumerate() {
        if !entries[at].is_given {
            (entries[at].count, words[at]) = default(line, arg, &entries)?;
        }
    }
    rules::hold(line, &entries)?;
    // The program's own types come last: reading one may have an effect, such as on standard input, and must not be
    // repeated by clap.
    for is_custom in [false, true] {
        for ((arg, words), entry) in args.iter().zip(&words).zip(&mut entries) {
            if matches!(arg.kind, Kind::Custom(_)) == is_custom {
                let values = words.iter().map(|word| arg.parse(word, line.is_isolated()));
                // clap reads each value, so that an invalid one is an error even if another one replaces it.
                entry.values = counting(arg, values.collect::<Option<_>>()?);
            }
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
            (least..=most).contains(&count) && !is_dashed
        }
        _ => count == 1 || count > 1 && arg.repeat || count == 0 && arg.bare.is_some(),
    }
}

/// Checks that the positional arguments take their values in order, as [`Line::words_of`] does: only the last one may
/// take several, and none is required after one that isn't.
fn positionals(line: &Line) -> Option<()> {
    let mut count = 0;
    let mut previous: Option<&Arg> = None;
    for arg in line.called.positionals() {
        // clap gets this word as the end of several values.
        certain(line.words_of(arg).iter().all(|word| word != "\0"))?;
        let words = line.words_of(arg).len();
        let splits = arg.delimiter.is_some() && !arg.repeat;
        let (least, most) = arg.bounds.unwrap_or((0, None));
        let fits = least <= words && most.is_none_or(|most| words <= most);
        certain(words == 0 || fits && arg.terminator.is_none() && !splits)?;
        count += words;
        if !arg.last {
            let follows = |previous: &Arg| {
                previous.takes_one_word() && (previous.is_required() || !arg.is_required())
            };
            certain(previous.is_none_or(follows))?;
            previous = Some(arg);
        }
    }
    certain(count == line.words.len())
}

/// Returns an argument or option with this number of values, as far as it was given.
fn entry(line: &Line, arg: &Arg, values: usize, override_self: bool) -> Option<Entry> {
    let count = if arg.positional {
        values
    } else {
        match line.occurrences(arg, false) {
            count if count < 2 || is_repeatable(arg) => count,
            _ => {
                certain(replaces_itself(arg) && (override_self || arg.replaces(arg)))?;
                1
            }
        }
    };
    Some(Entry {
        id: arg.id,
        is_given: count > 0,
        count,
        values: Vec::new(),
    })
}

/// Returns whether the last occurrence of an option is the only one that can count.
fn replaces_itself(arg: &Arg) -> bool {
    let adds = arg.positional || arg.repeat || matches!(arg.kind, Kind::Count(_));
    !adds && !arg.takes_several()
}

/// Returns the values of an option or argument that count.
fn counting<T>(arg: &Arg, mut values: Vec<T>) -> Vec<T> {
    if values.len() > 1 && replaces_itself(arg) {
        values.drain(..values.len() - 1);
    }
    values
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
    // What a condition means for a negated switch is left to clap.
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
            let words = counting(other, line.plain_words(other));
            let mut words = words.into_iter().filter_map(OsStr::to_str);
            Some(words.any(|word| other.meaning(word).map_or(word, |choice| choice.name) == is))
        }
        // clap may have set the other's default before. That of a switch is `false`.
        (false, kind) => {
            let is_default = match kind {
                Kind::Switch => is == "false",
                _ => other.defaults.contains(&is),
            };
            (!is_default && other.defaults_when.is_empty()).then_some(false)
        }
    }
}

impl Line {
    /// Returns how often a switch was given, or negated.
    fn occurrences(&self, arg: &Arg, off: bool) -> usize {
        let given = self.given.iter();
        let given = given.filter(|given| given.off == off && !given.is_unset());
        given.filter(|given| self.arg(given).id == arg.id).count()
    }

    /// Returns all values that were given for an argument or option.
    fn plain_words<'a>(&'a self, arg: &'a Arg) -> Vec<&'a OsStr> {
        if arg.positional {
            return self.words_of(arg).iter().map(|word| &**word).collect();
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

#[cfg(test)]
mod tests;
