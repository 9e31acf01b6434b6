//! Settings: options whose values can be set in configuration files.
//!
//! A value comes from the command line, or else from the environment variable, the project's file, the
//! user's file, the system's file, or the default, in this order. The model defines which options have a
//! setting. This module does the rest:
//!
//! - `files` locates and reads the files; `owner` rejects files that other users control.
//! - `load` checks every key of every file, and collects all errors.
//! - `loaded` is the result: layers of values for the command line.
//! - `setting` describes one setting, and `value` converts its values for files and messages.
//! - `command` implements the command `config` with the help of `show` and `edit`; `write` saves a file.

mod command;
mod edit;
mod files;
mod json;
mod lines;
mod load;
mod loaded;
mod lock;
mod owner;
mod setting;
mod show;
mod value;
mod write;

use std::cell::OnceCell;

pub use command::run;

use crate::line::{Line, Problem};
use crate::model::{Files, Program};
use load::load;
pub(crate) use loaded::Loaded;
use setting::Setting;

/// The command that shows and changes settings.
const COMMAND: &str = "config";

/// The settings of a program and its configuration files.
pub(crate) struct Config<'a> {
    program: &'a Program,
    pub(crate) files: Files,
    /// The settings of the called command.
    own: Vec<Setting>,
    /// The settings of all commands, collected when they are needed.
    all: OnceCell<Vec<Setting>>,
}

impl<'a> Config<'a> {
    /// Creates the settings of a program, with the files that a command line uses.
    pub(crate) fn new(program: &'a Program, line: &Line) -> Self {
        Self {
            program,
            files: files_for(program, line).unwrap_or_default(),
            own: Vec::new(),
            all: OnceCell::new(),
        }
    }

    /// Collects the settings of the called command right away.
    fn with_own(self, line: &Line) -> Self {
        let own = Setting::of_called(&line.called);
        Self { own, ..self }
    }

    /// Returns all settings, in the order of the commands.
    pub(crate) fn settings(&self) -> &[Setting] {
        self.all.get_or_init(|| Setting::of_program(self.program))
    }

    /// Finds the setting with this key, which may be an earlier one.
    pub(crate) fn find(&self, key: &str) -> Option<&Setting> {
        let is_meant = |setting: &&Setting| setting.keys().any(|known| known == key);
        let own = self.own.iter().find(is_meant);
        own.or_else(|| self.settings().iter().find(is_meant))
    }

    /// Finds the setting whose key is most similar to an unknown one, with or without its table.
    pub(crate) fn nearest(&self, key: &str) -> Option<&'static str> {
        let mut keys = self.settings().iter().map(|setting| setting.key);
        let last = |key: &&'static str| key.rsplit('.').next().unwrap_or(key);
        nearest(key, keys.clone()).or_else(|| {
            let short = nearest(key, keys.clone().map(|key| last(&key)))?;
            keys.find(|key| last(key) == short)
        })
    }

    /// Returns whether there are settings in the table with this name.
    pub(crate) fn has_table(&self, name: &str) -> bool {
        let mut settings = self.own.iter().chain(self.settings());
        settings.any(|setting| setting.keys().any(|key| is_inside(key, name)))
    }
}

/// Returns the names of the configuration files that a command line uses.
fn files_for(program: &Program, line: &Line) -> Option<Files> {
    program.files.filter(|_| !line.is_isolated())
}

/// Loads the configuration files for a command line. The command `config` loads them itself, because it
/// also has to work if they contain errors.
///
/// # Errors
///
/// Returns all problems if a file can't be read or contains an error.
pub(crate) fn load_for(program: &Program, line: &mut Line) -> Result<Loaded, Vec<Problem>> {
    let path = &line.called.command().path;
    if files_for(program, line).is_none() || path.get(1) == Some(&COMMAND) {
        return Ok(Loaded::default());
    }
    let loaded = load(&Config::new(program, line).with_own(line));
    line.warnings.extend(loaded.warnings.iter().cloned());
    match loaded.errors.is_empty() {
        true => Ok(loaded),
        false => Err(loaded.into_problems()),
    }
}

/// Loads what can be read of the configuration files, to decide how a message is written.
pub(crate) fn load_for_messages(program: &Program, line: &Line) -> Loaded {
    match files_for(program, line).is_some() && crate::line::messages_depend_on_files(line) {
        true => load(&Config::new(program, line).with_own(line)),
        false => Loaded::default(),
    }
}

/// Returns the names of all settings of a program, each with its option.
#[cfg(feature = "completions")]
pub(crate) fn settings(program: &Program) -> Vec<(&'static str, crate::model::Arg)> {
    let settings = Setting::of_program(program).into_iter();
    settings.map(|setting| (setting.key, setting.arg)).collect()
}

/// Returns whether a setting is in the table with this name.
fn is_inside(key: &str, table: &str) -> bool {
    let rest = key.strip_prefix(table);
    rest.is_some_and(|rest| rest.starts_with('.'))
}

/// Finds the name that is most similar to a word, or `None` if no name is similar enough.
fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |known: &str| strsim::osa_distance(word, known);
    let best = known.min_by_key(|known| distance(known))?;
    // At most a third of the characters may differ.
    let most = word.chars().count() / 3;
    (distance(best) <= most).then_some(best)
}

#[cfg(test)]
mod tests;
