//! The values of a command line, as `plain` or clap found them.

use std::any::Any;

use clap::ArgMatches;
use clap::parser::ValueSource;

use crate::model::Parsed;

/// The values of the arguments and options, by their identifiers. Each value can be taken once.
#[derive(Debug)]
pub(super) enum Matches {
    Plain(Vec<Entry>),
    Clap(ArgMatches),
}

/// An argument, an option, or the negation of a switch on a plain command line.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: &'static str,
    pub(super) is_given: bool,
    /// How often it was given. A switch that a condition turns on has one occurrence, too.
    pub(super) count: usize,
    /// Its values, or the defaults if it was not given.
    pub(super) values: Vec<Parsed>,
}

impl Matches {
    /// Returns whether an argument or option was given: a value that isn't its default.
    pub(super) fn is_given(&self, id: &str) -> bool {
        match self {
            Self::Plain(entries) => entry(entries, id).is_given,
            Self::Clap(matches) => matches.value_source(id) == Some(ValueSource::CommandLine),
        }
    }

    /// Returns whether a switch was given.
    pub(super) fn is_on(&self, id: &str) -> bool {
        match self {
            Self::Plain(entries) => entry(entries, id).count > 0,
            Self::Clap(matches) => matches.get_flag(id),
        }
    }

    /// Returns how often an option was given, at most 255 times.
    pub(super) fn count(&self, id: &str) -> u8 {
        match self {
            Self::Plain(entries) => {
                let count = entry(entries, id).count;
                count.try_into().unwrap_or(u8::MAX)
            }
            Self::Clap(matches) => matches.get_count(id),
        }
    }

    /// Takes the value.
    pub(super) fn take<T: Any + Clone + Send + Sync>(&mut self, id: &str) -> Option<T> {
        match self {
            Self::Plain(entries) => {
                let first = taken(entries, id).next()?;
                Some(typed(id, first))
            }
            Self::Clap(matches) => matches.remove_one(id),
        }
    }

    /// Takes all values.
    pub(super) fn take_all<T: Any + Clone + Send + Sync>(&mut self, id: &str) -> Vec<T> {
        match self {
            Self::Plain(entries) => taken(entries, id).map(|value| typed(id, value)).collect(),
            Self::Clap(matches) => {
                let values = matches.remove_many(id);
                values.map_or_else(Vec::new, Iterator::collect)
            }
        }
    }

    /// Returns the number of values.
    pub(super) fn len(&self, id: &str) -> usize {
        match self {
            Self::Plain(entries) => entry(entries, id).values.len(),
            Self::Clap(matches) => matches.get_raw(id).map_or(0, Iterator::count),
        }
    }
}

fn entry<'a>(entries: &'a [Entry], id: &str) -> &'a Entry {
    let entry = entries.iter().find(|entry| entry.id == id);
    entry.unwrap_or_else(|| unknown(id))
}

/// Takes the values out. As in clap, the argument is then no longer given.
fn taken(entries: &mut [Entry], id: &str) -> impl Iterator<Item = Parsed> + use<> {
    let entry = entries.iter_mut().find(|entry| entry.id == id);
    let entry = entry.unwrap_or_else(|| unknown(id));
    entry.is_given = false;
    std::mem::take(&mut entry.values).into_iter()
}

#[cold]
fn unknown(id: &str) -> ! {
    panic!("clapspec: the values belong to a command that has no `{id}`")
}

fn typed<T: Any>(id: &str, value: Parsed) -> T {
    match value.downcast() {
        Ok(value) => *value,
        Err(_) => panic!("clapspec: the value of `{id}` has another type"),
    }
}
