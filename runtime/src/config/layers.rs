//! What was found in the files, and which of it counts.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::files::Level;
use super::{Config, Origin, Setting};

/// What was found in all files.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    /// The nearest first.
    pub(crate) layers: Vec<Layer>,
    /// Mistakes with which no command runs, each with its place.
    pub(crate) errors: Vec<String>,
    /// What is probably not meant, each with its place.
    pub(crate) warnings: Vec<String>,
    /// How many more warnings there would be.
    pub(crate) more: usize,
}

/// What was found in one file.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) level: Level,
    pub(crate) path: PathBuf,
    /// Whether there is such a file.
    pub(crate) there: bool,
    /// Why nothing of it counts, in the word that `config explain` has for it.
    pub(crate) problem: Option<&'static str>,
    /// Settings whose values are not accepted.
    pub(crate) wrong: Vec<&'static str>,
    /// By the names of settings.
    pub(crate) values: BTreeMap<&'static str, Entry>,
}

impl Layer {
    /// A file of which nothing is known yet.
    pub(crate) fn new(level: Level, path: PathBuf) -> Self {
        Self {
            level,
            path,
            there: false,
            problem: None,
            wrong: Vec::new(),
            values: BTreeMap::new(),
        }
    }
}

/// A value in a file.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The words that would mean the same on the command line.
    pub(crate) words: Vec<String>,
    pub(crate) line: usize,
}

impl Entry {
    /// Whether it says more than that an option is not given.
    pub(crate) fn says_yes(&self) -> bool {
        match &self.words[..] {
            [] => false,
            [word] => word != "false" && word != "0",
            _ => true,
        }
    }
}

/// A setting whose value comes from a file.
#[derive(Clone, Debug)]
pub(crate) struct Active {
    pub(crate) setting: &'static Setting,
    pub(crate) entry: Entry,
    pub(crate) path: PathBuf,
}

impl Active {
    pub(crate) fn origin(&self) -> Origin {
        Origin::File {
            path: self.path.clone(),
            line: self.entry.line,
        }
    }
}

impl Loaded {
    /// The nearest file's value of a setting, and how far away that file is.
    pub(crate) fn nearest(&self, setting: &Setting) -> Option<(usize, &Layer, &Entry)> {
        let mut layers = self.layers.iter().enumerate();
        layers.find_map(|(far, layer)| Some((far, layer, layer.values.get(setting.key)?)))
    }

    /// The settings whose values count. Those that were given otherwise do not, nor those in whose
    /// place something was given. Of two that exclude each other, the nearer counts.
    pub(crate) fn active(&self, config: &'static Config, given: &Given) -> Vec<Active> {
        let found = config.settings.iter().filter_map(|setting| {
            let (far, layer, entry) = self.nearest(setting)?;
            Some((far, setting, layer, entry))
        });
        let found: Vec<_> = found.collect();
        let counts = |far: usize, setting: &Setting, entry: &Entry| {
            let given = given.has(setting) || entry.says_yes() && given.has_rival(setting);
            let nearer = found.iter().any(|(other_far, other, _, entry)| {
                *other_far < far && entry.says_yes() && setting.excludes(other)
            });
            !(given || nearer && entry.says_yes())
        };
        found
            .iter()
            .filter(|(far, setting, _, entry)| counts(*far, setting, entry))
            .map(|(_, setting, layer, entry)| Active {
                setting,
                entry: (*entry).clone(),
                path: layer.path.clone(),
            })
            .collect()
    }
}

/// The options that were given on the command line or by a variable.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// All of them, by their names in clap.
    pub(crate) all: Vec<String>,
    /// Those that are on.
    pub(crate) on: Vec<String>,
}

impl Given {
    fn has(&self, setting: &Setting) -> bool {
        let mut names = std::iter::once(setting.id).chain(setting.negation);
        names.any(|name| self.all.iter().any(|given| given == name))
    }

    fn has_rival(&self, setting: &Setting) -> bool {
        let mut rivals = setting.rivals.iter();
        rivals.any(|rival| self.on.iter().any(|given| given == rival))
    }
}
