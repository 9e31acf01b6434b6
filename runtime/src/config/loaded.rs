//! What was found in the files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::files::Level;
use crate::line::{Layer, Problem, Said};
use crate::model::Arg;
use crate::origin::Origin;
use crate::text::printable;

/// What was found in all files.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    /// The nearest first.
    pub(crate) layers: Vec<Found>,
    /// What is wrong with the form of files.
    pub(crate) errors: Vec<Problem>,
    /// What is probably not meant, each with its place.
    pub(crate) warnings: Vec<String>,
    /// How many more warnings there would be.
    pub(crate) more: usize,
}

/// What was found in one file.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) level: Level,
    pub(crate) path: PathBuf,
    /// Whether there is such a file.
    pub(crate) there: bool,
    /// Why nothing of it counts, in the word that `config explain` has for it.
    pub(crate) problem: Option<&'static str>,
    /// By the names of settings.
    pub(crate) values: BTreeMap<&'static str, Entry>,
}

/// A value in a file.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The words that would mean the same on the command line, or what is wrong with the value.
    pub(crate) words: Result<Vec<String>, String>,
    pub(crate) line: usize,
    /// Of a value that is wrong, its place: `file:line:column`.
    pub(crate) place: String,
}

impl Found {
    /// A file of which nothing is known yet.
    pub(crate) fn new(level: Level, path: PathBuf) -> Self {
        Self {
            level,
            path,
            there: false,
            problem: None,
            values: BTreeMap::new(),
        }
    }

    fn wrong(&self) -> impl Iterator<Item = Problem> {
        self.values.iter().filter_map(|(key, entry)| {
            let why = entry.words.as_ref().err()?;
            Some(Problem {
                kind: "invalid-value",
                option: None,
                place: format!("{}: `{key}`", entry.place),
                why: why.clone(),
                source: self.origin(entry.line).to_string(),
                in_file: true,
            })
        })
    }

    /// What is wrong with the form of the file, from a line of it if it could be read.
    pub(super) fn wrong_file(&self, place: &str, line: Option<usize>, why: String) -> Problem {
        Problem {
            kind: "invalid-file",
            option: None,
            place: place.to_owned(),
            why,
            source: match line {
                Some(line) => self.origin(line).to_string(),
                None => self.path.display().to_string(),
            },
            in_file: true,
        }
    }

    pub(super) fn origin(&self, line: usize) -> Origin {
        let path = self.path.clone();
        Origin::File { path, line }
    }
}

impl Layer for Found {
    fn look(&self, arg: &Arg) -> Option<Said> {
        let key = arg.config?;
        let entry = self.values.get(key)?;
        let words = entry.words.clone().and_then(|words| {
            let path = |word: &String| arg.kind.look(word.into()).map(drop);
            let wrong = words
                .iter()
                .find_map(|word| Some((word, path(word).err()?)));
            match wrong {
                Some((word, why)) => Err(format!("{why}, found `{}`", printable(word))),
                None => Ok(words.into_iter().map(Into::into).collect()),
            }
        });
        Some(Said {
            words,
            origin: self.origin(entry.line),
            place: format!("{}: `{key}`", entry.place),
        })
    }
}

impl Loaded {
    /// Everything that is wrong.
    pub(super) fn refused(self) -> Vec<Problem> {
        let wrong: Vec<Problem> = self.wrong().collect();
        self.errors.into_iter().chain(wrong).collect()
    }

    /// All values that are wrong, whether they are used or not.
    pub(crate) fn wrong(&self) -> impl Iterator<Item = Problem> {
        self.layers.iter().flat_map(Found::wrong)
    }
}
