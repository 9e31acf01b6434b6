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

/// An error in a variable or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The kind of error, for programs that read it.
    pub(crate) kind: &'static str,
    /// The option that it is about, if it is about one.
    pub(crate) option: Option<String>,
    /// The variable, or the place in a file, as messages name it.
    pub(crate) place: String,
    /// What is wrong.
    pub(crate) why: String,
    /// The variable, the file, or the file and the line.
    pub(crate) source: String,
    /// Whether it is in a file.
    pub(crate) in_file: bool,
}

impl Problem {
    /// What is wrong with the value of an option.
    pub(crate) fn of_value(arg: &Arg, said: &Said, why: String) -> Self {
        Self {
            kind: "invalid-value",
            option: Some(arg.written()),
            place: said.place.clone(),
            why,
            source: said.origin.to_string(),
            in_file: matches!(said.origin, Origin::File { .. }),
        }
    }

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
            Some(word) => arg.check_there(word)?,
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
                Err(ref why) => problems.push(Problem::of_value(arg, &said, why.clone())),
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
            let said = layer
                .look(arg)
                .filter(|said| !says_yes(arg, said) || !gives_way(line, arg));
            if let Some(Said {
                words: Ok(words),
                origin,
                ..
            }) = said
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
/// Two that exclude each other in one layer are an error.
fn settle(called: &Called, mut found: Used, line: &Line) -> (Used, Vec<Problem>) {
    if found.is_empty() {
        return (found, Vec::new());
    }
    let says_yes = |place: &Place, said: &Said| says_yes(called.at(*place), said);
    found.retain(|(place, said)| !says_yes(place, said) || !gives_way(line, called.at(*place)));
    let yes = found.iter().filter(|(place, said)| says_yes(place, said));
    let yes: Vec<&(Place, Said)> = yes.collect();
    let mut given_way = Vec::new();
    for (a, b) in pairs(&yes) {
        let (first, second) = (called.at(a.0), called.at(b.0));
        match (first.replaces(second), second.replaces(first)) {
            (true, false) => given_way.push(b.0),
            (false, true) => given_way.push(a.0),
            _ if first.is_exclusive() => given_way.push(a.0),
            _ if second.is_exclusive() => given_way.push(b.0),
            _ => {}
        }
    }
    let stays = |(place, _): &&&(Place, Said)| !given_way.contains(place);
    let yes: Vec<&(Place, Said)> = yes.iter().filter(stays).copied().collect();
    let rivals = pairs(&yes).into_iter();
    let rivals = rivals.filter(|(a, b)| excludes(called, called.at(a.0), called.at(b.0).id));
    let problems = rivals.map(|((_, said), (place, other))| {
        let why = format!("it can't be set together with {}", said.place);
        Problem::of_value(called.at(*place), other, why)
    });
    let problems = problems.collect();
    found.retain(|(place, _)| !given_way.contains(place));
    (found, problems)
}

/// Each two of a list.
fn pairs<'a, T>(list: &[&'a T]) -> Vec<(&'a T, &'a T)> {
    let firsts = list.iter().enumerate();
    let pairs = firsts.flat_map(|(at, a)| list[at + 1..].iter().map(move |b| (*a, *b)));
    pairs.collect()
}

/// Whether an option gives way to what is given already.
fn gives_way(line: &Line, arg: &Arg) -> bool {
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
        || on.any(|other| excludes(called, arg, other))
}

/// Whether it says more than that an option is not given. A wrong value does.
fn says_yes(arg: &Arg, said: &Said) -> bool {
    !matches!(&said.words, Ok(words) if arg.is_off(words))
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
    /// The name in rules of an option that is given: that of its opposite, if that is given.
    fn name(&self, given: &Given) -> Option<&'static str> {
        let arg = self.arg(given);
        match given.off {
            true => arg.negation,
            false => Some(arg.id),
        }
    }
}
