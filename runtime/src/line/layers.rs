//! The layers after the command line: environment variables, then files, in the order of precedence.
//!
//! A layer is overridden by those before it, in rules as well as in values: an option is looked up only
//! if no earlier layer has it, and if nothing in an earlier layer excludes it. A value that is used
//! counts as given, so that all rules apply to it.

use std::collections::HashSet;
use std::env;
use std::ffi::OsString;

use super::files::Loaded;
use super::{Given, Line, takes::split};
use crate::model::{Arg, Called, Kind, Place, Role, is_on};
use crate::origin::Origin;

/// A source of values with the same precedence.
pub(crate) trait Layer {
    /// Looks up the value of an option.
    fn look(&self, arg: &Arg) -> Option<LayerValue>;
}

/// The value of an option in a layer.
pub(crate) struct LayerValue {
    /// The values as they would be on the command line, or what is wrong with them. For a switch and a
    /// count, there is exactly one.
    pub(crate) words: Result<Vec<OsString>, String>,
    pub(crate) origin: Origin,
    /// The position, as messages show it.
    pub(crate) place: String,
}

/// An error in a variable or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The kind of error, for JSON.
    pub(crate) kind: &'static str,
    /// The option that it is about, if there is one.
    pub(crate) option: Option<String>,
    /// The variable, or the position in a file, as messages show it.
    pub(crate) place: String,
    /// The error.
    pub(crate) why: String,
    /// The variable, the file, or the file and the line.
    pub(crate) source: String,
    /// Whether it is in a file.
    pub(crate) in_file: bool,
}

impl Problem {
    /// Creates a problem with the value of an option.
    pub(crate) fn of_value(arg: &Arg, value: &LayerValue, why: String) -> Self {
        Self {
            kind: "invalid-value",
            option: Some(arg.written()),
            place: value.place.clone(),
            why,
            source: value.origin.to_string(),
            in_file: matches!(value.origin, Origin::File { .. }),
        }
    }

    pub(crate) fn message(&self) -> String {
        format!("{}: {}", self.place, self.why)
    }
}

/// The environment variables of a command line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Variables {
    /// Those that the program sets for it.
    pub(super) set: Vec<(String, OsString)>,
    /// Whether those of the process are ignored.
    pub(super) isolated: bool,
}

impl Variables {
    /// Returns the value of a variable.
    pub(crate) fn get(&self, name: &str) -> Option<OsString> {
        let mut set = self.set.iter().rev();
        match set.find(|(known, _)| known == name) {
            Some((_, value)) => Some(value.clone()),
            None if self.isolated => None,
            None => env::var_os(name),
        }
    }
}

impl Layer for Variables {
    fn look(&self, arg: &Arg) -> Option<LayerValue> {
        let mut found = arg.env.iter().map(|name| Some((name, self.get(name)?)));
        let (name, value) = found.find_map(|found| found)?;
        Some(LayerValue {
            words: words(arg, value, self.isolated),
            origin: Origin::Variable((*name).to_owned()),
            place: format!("`{name}` (for `{}`)", arg.written()),
        })
    }
}

/// Returns the layers in the order of precedence: the variables, then the files.
fn all<'a>(variables: &'a Variables, files: &'a Loaded) -> Vec<&'a dyn Layer> {
    let files = files.layers.iter().map(|file| file as &dyn Layer);
    std::iter::once(variables as &dyn Layer)
        .chain(files)
        .collect()
}

/// Converts the value of a variable to values as they would be on the command line. If `isolated`, paths don't
/// have to exist.
pub(crate) fn words(arg: &Arg, value: OsString, isolated: bool) -> Result<Vec<OsString>, String> {
    let text = match (value.to_str(), arg.kind.is_unicode()) {
        (None, true) => return Err("expected Unicode text".to_owned()),
        (text, _) => text,
    };
    if let (Kind::Switch, Some(text)) = (arg.kind, text) {
        return Ok(vec![is_on(text).to_string().into()]);
    }
    let mut words = Vec::new();
    // A list needs a way to say that it is empty.
    if arg.repeat && arg.delimiter.is_some() && value.is_empty() {
        return Ok(words);
    }
    split(&value, arg.delimiter, &mut words);
    for word in &words {
        match word.to_str() {
            Some(word) if isolated => arg.check(word)?,
            Some(word) => arg.check_there(word)?,
            None if isolated => {}
            None => drop(arg.kind.look(word.into())?),
        }
    }
    Ok(words)
}

/// Adds values from environment variables and files.
pub(super) fn add(line: &mut Line, files: &Loaded) -> Result<(), Vec<Problem>> {
    let variables = line.variables.clone();
    let mut problems = Vec::new();
    for layer in all(&variables, files) {
        let found = found(line, layer);
        let (used, conflicts) = resolve(&line.called, found, line);
        problems.extend(conflicts);
        for (place, value) in used {
            let arg = line.called.at(place);
            match value.words {
                Ok(words) => line.given.extend(given(arg, place, words, &value.origin)),
                Err(ref why) => problems.push(Problem::of_value(arg, &value, why.clone())),
            }
        }
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(problems),
    }
}

/// Adds the values of the options that determine how messages are written. Invalid values are ignored.
pub(super) fn add_for_messages(line: &mut Line, files: &Loaded) {
    let variables = line.variables.clone();
    let layers = all(&variables, files);
    for role in [Role::Json, Role::PrettyJson, Role::Color] {
        for layer in &layers {
            let mut places = line.called.places();
            let Some((place, arg)) = places.find(|(_, arg)| arg.role == Some(role)) else {
                break;
            };
            if line.last(arg.id).is_some() {
                break;
            }
            let is_used = |value: &LayerValue| {
                !is_set(arg, value) || !is_excluded(line, arg, &excluding(&line.called))
            };
            let value = layer.look(arg).filter(is_used);
            if let Some(LayerValue {
                words: Ok(words),
                origin,
                ..
            }) = value
            {
                line.given.extend(given(arg, place, words, &origin));
            }
        }
    }
}

/// Looks up the options that no earlier layer has.
fn found(line: &Line, layer: &dyn Layer) -> Vec<(Place, LayerValue)> {
    let places = line.called.places();
    let open = places.filter(|(_, arg)| !arg.env.is_empty() || arg.config.is_some());
    let open = open.filter(|(_, arg)| match arg.positional {
        true => !line.has_words_for(arg),
        false => line.last(arg.id).is_none(),
    });
    open.filter_map(|(place, arg)| Some((place, layer.look(arg)?)))
        .collect()
}

type Used = Vec<(Place, LayerValue)>;

/// Removes values that are excluded by an earlier layer, or overridden by another value of the same
/// layer. Two values of one layer that exclude each other are an error.
fn resolve(called: &Called, mut found: Used, line: &Line) -> (Used, Vec<Problem>) {
    if found.is_empty() {
        return (found, Vec::new());
    }
    let excluding = excluding(called);
    let is_set = |place: &Place, value: &LayerValue| is_set(called.at(*place), value);
    found.retain(|(place, value)| {
        !is_set(place, value) || !is_excluded(line, called.at(*place), &excluding)
    });
    let set = found.iter().filter(|(place, value)| is_set(place, value));
    let mut set: Vec<&(Place, LayerValue)> = set.collect();
    if !set
        .iter()
        .any(|(place, _)| called.at(*place).is_exclusive())
    {
        // Compare only values that are in rules: there may be many values, but few rules.
        set.retain(|(place, _)| excluding.contains(called.at(*place).id));
    }
    let mut dropped = Vec::new();
    for (a, b) in pairs(&set) {
        let (first, second) = (called.at(a.0), called.at(b.0));
        match (first.replaces(second), second.replaces(first)) {
            (true, false) => dropped.push(b.0),
            (false, true) => dropped.push(a.0),
            _ if first.is_exclusive() => dropped.push(a.0),
            _ if second.is_exclusive() => dropped.push(b.0),
            _ => {}
        }
    }
    let stays = |(place, _): &&&(Place, LayerValue)| !dropped.contains(place);
    let set: Vec<&(Place, LayerValue)> = set.iter().filter(stays).copied().collect();
    let conflicts = pairs(&set).into_iter();
    let conflicts = conflicts.filter(|(a, b)| excludes(called, called.at(a.0), called.at(b.0).id));
    let problems = conflicts.map(|((_, value), (place, other))| {
        let why = format!("can't be set together with {}", value.place);
        Problem::of_value(called.at(*place), other, why)
    });
    let problems = problems.collect();
    found.retain(|(place, _)| !dropped.contains(place));
    (found, problems)
}

/// Returns all pairs of a list.
fn pairs<'a, T>(list: &[&'a T]) -> Vec<(&'a T, &'a T)> {
    let firsts = list.iter().enumerate();
    let pairs = firsts.flat_map(|(at, a)| list[at + 1..].iter().map(move |b| (*a, *b)));
    pairs.collect()
}

/// Returns the identifiers of all arguments and options that exclude another one, or are excluded by one.
fn excluding(called: &Called) -> HashSet<&'static str> {
    called.exclusions().flat_map(|(a, b)| [a, b]).collect()
}

/// Returns whether something that is already given excludes an option.
fn is_excluded(line: &Line, arg: &Arg, excluding: &HashSet<&str>) -> bool {
    let called = &line.called;
    let given = line.given.iter().enumerate();
    let given: Vec<&Given> = given
        .filter(|(at, _)| line.counts(*at))
        .map(|(_, it)| it)
        .collect();
    let on = given.iter().filter_map(|given| line.name(given));
    let words = called.positionals().filter(|arg| line.has_words_for(arg));
    let mut on = on.chain(words.map(|arg| arg.id)).peekable();
    let alone = given
        .iter()
        .any(|given| !given.off && line.arg(given).is_exclusive());
    alone
        || arg.is_exclusive() && on.peek().is_some()
        || excluding.contains(arg.id)
            && on.any(|other| excluding.contains(other) && excludes(called, arg, other))
}

/// Returns whether a value sets its option, instead of leaving it off. An invalid value does.
fn is_set(arg: &Arg, value: &LayerValue) -> bool {
    !matches!(&value.words, Ok(words) if arg.is_off(words))
}

/// Returns whether two arguments exclude each other: they conflict, or one overrides the other.
fn excludes(called: &Called, arg: &Arg, other: &str) -> bool {
    let other = called.arg(other).filter(|other| other.id != arg.id);
    other.is_some_and(|other| {
        called.conflict(arg, other) || arg.replaces(other) || other.replaces(arg)
    })
}

/// Creates the option as if it were given with these values.
fn given(arg: &Arg, place: Place, words: Vec<OsString>, origin: &Origin) -> Vec<Given> {
    let one = |off, values| Given {
        place,
        off,
        values,
        extra: false,
        open: false,
        earlier: None,
        origin: origin.clone(),
    };
    match arg.kind {
        _ if arg.is_off(&words) => vec![one(true, Vec::new())],
        Kind::Switch => vec![one(false, Vec::new())],
        Kind::Count(_) => {
            let count = words.first().and_then(|word| word.to_str()?.parse().ok());
            (0..count.unwrap_or(1))
                .map(|_: u8| one(false, Vec::new()))
                .collect()
        }
        _ => vec![one(false, words)],
    }
}

impl Line {
    /// Returns the identifier that rules use for a given option: that of its negation, if that is given.
    fn name(&self, given: &Given) -> Option<&'static str> {
        let arg = self.arg(given);
        match given.off {
            true => arg.negation,
            false => Some(arg.id),
        }
    }
}

#[cfg(test)]
mod tests;
