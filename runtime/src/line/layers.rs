//! What stands in for the command line: variables, then files, the nearest first.
//!
//! What is weaker gives way, in rules as in values: an option that the command line has is not looked for
//! anywhere else, and neither is one that something nearer excludes. What is used counts as given, so that
//! every rule holds for it.

use std::env;
use std::ffi::OsString;

use super::{Given, Line, takes::split};
use crate::model::{Arg, Called, Kind, Place, Role, Rule, is_on};
use crate::origin::Origin;

/// Places that may have values, all of the same strength.
pub(crate) trait Layer {
    /// What it says of an option; nothing if it says nothing.
    fn look(&self, arg: &Arg) -> Option<Said>;
}

/// What a layer says of an option.
pub(crate) struct Said {
    /// The words that would mean the same on the command line; for a switch and a count, one word. Or
    /// what is wrong with them.
    pub(crate) words: Result<Vec<OsString>, String>,
    pub(crate) origin: Origin,
    /// The place as messages name it.
    pub(crate) place: String,
}

/// What is wrong in a layer, with its place, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The variable, or the place in a file, as messages name it.
    pub(crate) place: String,
    /// What is wrong.
    pub(crate) why: String,
    pub(crate) origin: Origin,
}

impl Problem {
    pub(crate) fn message(&self) -> String {
        format!("{}: {}", self.place, self.why)
    }
}

/// The environment variables.
pub(crate) struct Variables;

impl Layer for Variables {
    fn look(&self, arg: &Arg) -> Option<Said> {
        let mut found = arg.env.iter().map(|name| Some((name, env::var_os(name)?)));
        let (name, value) = found.find_map(|found| found)?;
        Some(Said {
            words: words(arg, value),
            origin: Origin::Variable((*name).to_owned()),
            place: format!("`{name}` (for `{}`)", arg.written()),
        })
    }
}

/// The words that the value of a variable stands for.
pub(crate) fn words(arg: &Arg, value: OsString) -> Result<Vec<OsString>, String> {
    let text = match (value.to_str(), arg.kind.is_unicode()) {
        (None, true) => return Err("expected Unicode text".to_owned()),
        (text, _) => text,
    };
    if let (Kind::Switch, Some(text)) = (arg.kind, text) {
        return Ok(vec![is_on(text).to_string().into()]);
    }
    let mut words = Vec::new();
    split(&value, arg.delimiter, &mut words);
    for word in &words {
        match word.to_str() {
            Some(word) => arg.check(word)?,
            None => drop(arg.kind.look(word.into())?),
        }
    }
    Ok(words)
}

/// Adds what the layers say, the strongest first.
pub(super) fn add(line: &mut Line, layers: &[&dyn Layer]) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    for layer in layers {
        let found = found(line, *layer);
        let (used, rivals) = settle(&line.called, found, line);
        problems.extend(rivals);
        for (place, said) in used {
            let arg = line.called.at(place);
            match said.words {
                Ok(words) => line.given.extend(given(arg, place, words, &said.origin)),
                Err(why) => problems.push(Problem {
                    place: said.place,
                    why,
                    origin: said.origin,
                }),
            }
        }
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(problems),
    }
}

/// Adds what the layers say of the options that say how messages are written. What is wrong is left out.
pub(super) fn add_for_messages(line: &mut Line, layers: &[&dyn Layer]) {
    for role in [Role::Json, Role::PrettyJson, Role::Color] {
        for layer in layers {
            let mut places = line.called.places();
            let Some((place, arg)) = places.find(|(_, arg)| arg.role == Some(role)) else {
                break;
            };
            if line.last(arg.id).is_some() {
                break;
            }
            if let Some(Said {
                words: Ok(words),
                origin,
                ..
            }) = layer.look(arg)
            {
                line.given.extend(given(arg, place, words, &origin));
            }
        }
    }
}

/// What a layer says of options that nothing nearer has.
fn found(line: &Line, layer: &dyn Layer) -> Vec<(Place, Said)> {
    let places = line.called.places();
    let open = places.filter(|(_, arg)| !arg.env.is_empty() || arg.config.is_some());
    let open = open.filter(|(_, arg)| match arg.positional {
        true => !line.has_words_for(arg),
        false => line.last(arg.id).is_none(),
    });
    open.filter_map(|(place, arg)| Some((place, layer.look(arg)?)))
        .collect()
}

type Used = Vec<(Place, Said)>;

/// Takes away what gives way to something nearer, or to something of the same layer that takes its place.
/// Two that exclude each other in one layer are a mistake.
fn settle(called: &Called, mut found: Used, line: &Line) -> (Used, Vec<Problem>) {
    if found.is_empty() {
        return (found, Vec::new());
    }
    let on: Vec<&str> = line
        .given
        .iter()
        .filter_map(|given| line.name(given))
        .collect();
    let exclusive = |arg: &Arg| arg.is_exclusive();
    let alone = line
        .given
        .iter()
        .any(|given| !given.off && exclusive(line.arg(given)));
    let arguments = !line.words.is_empty();
    found.retain(|(place, said)| {
        let arg = called.at(*place);
        if !says_yes(said) {
            return true;
        }
        let stands_alone = arg.is_exclusive() && (arguments || !on.is_empty());
        !(alone || stands_alone || on.iter().any(|other| excludes(called, arg, other)))
    });
    let mut given_way = Vec::new();
    let mut problems = Vec::new();
    for (at, (place, said)) in found.iter().enumerate() {
        for (other_place, other) in &found[at + 1..] {
            let (a, b) = (called.at(*place), called.at(*other_place));
            if !says_yes(said) || !says_yes(other) {
                continue;
            }
            let overrides = |a: &Arg, b: &Arg| a.rules.contains(&Rule::Overrides(b.id));
            match (overrides(a, b), overrides(b, a)) {
                (true, false) => given_way.push(*other_place),
                (false, true) => given_way.push(*place),
                _ if a.is_exclusive() => given_way.push(*place),
                _ if b.is_exclusive() => given_way.push(*other_place),
                _ if excludes(called, a, b.id) => problems.push(Problem {
                    place: other.place.clone(),
                    why: format!("it can't be set together with {}", said.place),
                    origin: other.origin.clone(),
                }),
                _ => {}
            }
        }
    }
    found.retain(|(place, _)| !given_way.contains(place));
    (found, problems)
}

/// Whether it says more than that an option is not given.
fn says_yes(said: &Said) -> bool {
    match said.words.as_deref() {
        Ok([]) => false,
        Ok([word]) => word != "false" && word != "0",
        _ => true,
    }
}

/// Whether an argument can't be given together with another one.
pub(crate) fn excludes(called: &Called, arg: &Arg, other: &str) -> bool {
    let says = |arg: &Arg, other: &str| {
        arg.rules.iter().any(|rule| match rule {
            Rule::Conflicts(id) | Rule::Overrides(id) => *id == other,
            _ => false,
        })
    };
    let pairs = called.upwards().flat_map(|command| {
        let pairs = command.conflicts.iter().chain(&command.implied);
        pairs.copied()
    });
    let mut pairs = pairs.filter(|(a, b)| (*a == arg.id) != (*b == arg.id));
    arg.id != other
        && (says(arg, other)
            || called.arg(other).is_some_and(|other| says(other, arg.id))
            || pairs.any(|(a, b)| a == other || b == other))
}

/// The option as if it were given by these words.
fn given(arg: &Arg, place: Place, words: Vec<OsString>, origin: &Origin) -> Vec<Given> {
    let one = |off, values| Given {
        place,
        off,
        values,
        extra: false,
        open: false,
        origin: origin.clone(),
    };
    let first = words.first().and_then(|word| word.to_str());
    match arg.kind {
        Kind::Switch => vec![one(first != Some("true"), Vec::new())],
        Kind::Count(_) => match first.and_then(|word| word.parse::<u8>().ok()) {
            Some(count @ 1..) => (0..count).map(|_| one(false, Vec::new())).collect(),
            _ => vec![one(true, Vec::new())],
        },
        _ if words.is_empty() => vec![one(true, Vec::new())],
        _ => vec![one(false, words)],
    }
}

impl Line {
    /// The name in rules of an option that is given: that of its opposite, if that is given.
    fn name(&self, given: &Given) -> Option<&'static str> {
        let arg = self.arg(given);
        match given.off {
            true => arg.negation,
            false => Some(arg.id),
        }
    }
}
