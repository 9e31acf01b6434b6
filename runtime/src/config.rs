//! Settings: values of options that are kept in files.
//!
//! A value comes from the command line, then from its environment variable, then from the project's
//! file, the user's, the system's, and last from its default. The model knows which options have a
//! setting; this module does the rest:
//!
//! - `files` knows where the files lie, and reads them; `owner` says whose are not read.
//! - `load` looks at every key of every file, and collects all errors.
//! - `loaded` is what was found: layers of values for the command line.
//! - `setting` is one setting, and `value` how its values stand in files and messages.
//! - `command` is the command `config`; `show` and `edit` do its work, `write` saves a file.

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

/// The settings of a program and where they are kept.
pub(crate) struct Config<'a> {
    program: &'a Program,
    pub(crate) files: Files,
    /// Those of the command that is called.
    own: Vec<Setting>,
    /// Those of all commands, when they are needed.
    all: OnceCell<Vec<Setting>>,
}

impl<'a> Config<'a> {
    /// The settings of a program; of a command line, those that its command takes are at hand.
    pub(crate) fn new(program: &'a Program, line: Option<&Line>) -> Self {
        let own = line.map(|line| Setting::of_called(&line.called));
        Self {
            program,
            files: program.files.unwrap_or_default(),
            own: own.unwrap_or_default(),
            all: OnceCell::new(),
        }
    }

    /// All settings, in the order of the commands.
    pub(crate) fn settings(&self) -> &[Setting] {
        self.all.get_or_init(|| Setting::of_program(self.program))
    }

    /// The setting of this name.
    pub(crate) fn find(&self, key: &str) -> Option<&Setting> {
        let is_meant = |setting: &&Setting| setting.key == key;
        let own = self.own.iter().find(is_meant);
        own.or_else(|| self.settings().iter().find(is_meant))
    }

    /// The setting whose name is nearest to one that doesn't exist, with or without its table.
    pub(crate) fn nearest(&self, key: &str) -> Option<&'static str> {
        let mut keys = self.settings().iter().map(|setting| setting.key);
        let last = |key: &&'static str| key.rsplit('.').next().unwrap_or(key);
        nearest(key, keys.clone()).or_else(|| {
            let short = nearest(key, keys.clone().map(|key| last(&key)))?;
            keys.find(|key| last(key) == short)
        })
    }

    /// Whether there are settings inside the table of this name.
    pub(crate) fn has_table(&self, name: &str) -> bool {
        let mut settings = self.own.iter().chain(self.settings());
        settings.any(|setting| is_inside(setting.key, name))
    }
}

/// What the files of a program say, for a command line. What is wrong in them is no obstacle to the
/// command `config`, which is there to find it.
///
/// # Errors
///
/// A file that can't be read.
pub(crate) fn load_for(program: &Program, line: &mut Line) -> Result<Loaded, Vec<Problem>> {
    let path = &line.called.command().path;
    if program.files.is_none() || path.get(1) == Some(&COMMAND) {
        return Ok(Loaded::default());
    }
    let loaded = load(&Config::new(program, Some(line)));
    line.warnings.extend(loaded.warnings.iter().cloned());
    match loaded.errors.is_empty() {
        true => Ok(loaded),
        false => Err(loaded.refused()),
    }
}

/// The same, to know how a message is to be written: whatever can be read.
pub(crate) fn load_for_messages(program: &Program, line: &Line) -> Loaded {
    match program.files.is_some() && crate::line::asks_files(line) {
        true => load(&Config::new(program, Some(line))),
        false => Loaded::default(),
    }
}

/// Whether a setting lies inside the table of this name.
fn is_inside(key: &str, table: &str) -> bool {
    let rest = key.strip_prefix(table);
    rest.is_some_and(|rest| rest.starts_with('.'))
}

/// The word that is nearest to another; nothing where none is near.
fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |known: &str| strsim::osa_distance(word, known);
    let best = known.min_by_key(|known| distance(known))?;
    // A third of the letters; of short words, none or one.
    let most = word.chars().count() / 3;
    (distance(best) <= most).then_some(best)
}

#[cfg(test)]
mod tests;
