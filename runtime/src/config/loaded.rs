//! The contents of the configuration files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::files::Level;
use crate::line::{Layer, LayerValue, Problem};
use crate::model::Arg;
use crate::origin::Origin;
use crate::text::printable;

/// The contents of all files.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    /// The files, in the order of their precedence.
    pub(crate) layers: Vec<LoadedFile>,
    /// Errors that are not about the value of a setting, such as unreadable files and syntax errors.
    pub(crate) errors: Vec<Problem>,
    /// Warnings, each with its position.
    pub(crate) warnings: Vec<String>,
    /// The number of unknown settings without a warning of their own.
    pub(crate) more: usize,
}

/// The contents of one file.
#[derive(Debug)]
pub(crate) struct LoadedFile {
    pub(crate) level: Level,
    pub(crate) path: PathBuf,
    /// Whether the file exists.
    pub(crate) exists: bool,
    /// The reason why the file is not used, as `config explain` shows it.
    pub(crate) problem: Option<&'static str>,
    /// The values by the keys of settings.
    pub(crate) values: BTreeMap<&'static str, Entry>,
}

/// A value in a file.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The key under which the file has it, which may be an earlier one.
    pub(crate) name: String,
    /// The values as strings, as they would be on the command line, or what is wrong with the value.
    pub(crate) words: Result<Vec<String>, String>,
    pub(crate) line: usize,
    /// The position as `file:line:column`, for messages about the value.
    pub(crate) place: String,
}

impl LoadedFile {
    /// Creates a file that is not loaded yet.
    pub(crate) fn new(level: Level, path: PathBuf) -> Self {
        Self {
            level,
            path,
            exists: false,
            problem: None,
            values: BTreeMap::new(),
        }
    }

    fn invalid_values(&self) -> impl Iterator<Item = Problem> {
        self.values.values().filter_map(|entry| {
            let why = entry.words.as_ref().err()?;
            Some(Problem {
                kind: "invalid-value",
                option: None,
                place: entry.shown(),
                why: why.clone(),
                source: self.origin(entry.line).to_string(),
                in_file: true,
            })
        })
    }

    /// Creates a problem that is not about the value of a setting. Its line is known if the file could
    /// be read.
    pub(super) fn file_problem(&self, place: &str, line: Option<usize>, why: String) -> Problem {
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

impl Entry {
    /// Returns its position and its key, for messages.
    fn shown(&self) -> String {
        format!("{}: `{}`", self.place, self.name)
    }
}

impl Layer for LoadedFile {
    fn look(&self, arg: &Arg) -> Option<LayerValue> {
        let key = arg.config?;
        let entry = self.values.get(key)?;
        let words = entry.words.clone().and_then(|words| {
            let path = |word: &String| arg.kind.look(word.into()).map(drop);
            let invalid = words
                .iter()
                .find_map(|word| Some((word, path(word).err()?)));
            match invalid {
                Some((word, why)) => Err(format!("{why}, found `{}`", printable(word))),
                None => Ok(words.into_iter().map(Into::into).collect()),
            }
        });
        Some(LayerValue {
            words,
            origin: self.origin(entry.line),
            place: entry.shown(),
        })
    }
}

impl Loaded {
    /// Returns all errors.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let invalid: Vec<Problem> = self.invalid_values().collect();
        self.errors.into_iter().chain(invalid).collect()
    }

    /// Returns the errors of all invalid values, whether the values are used or not.
    pub(crate) fn invalid_values(&self) -> impl Iterator<Item = Problem> {
        self.layers.iter().flat_map(LoadedFile::invalid_values)
    }
}
