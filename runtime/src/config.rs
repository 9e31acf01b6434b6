//! Settings: values of options that are kept in files.
//!
//! A value comes from the command line, then from its environment variable, then from the project's
//! file, the user's, the system's, and last from its default. Generated code holds the facts, a
//! [`Config`]; this module does the rest:
//!
//! - `files` knows where the files lie, and reads them; `owner` says whose are not read.
//! - `load` looks at every key of every file, and collects all mistakes.
//! - `setting` is one setting; `kind` says which values it may have, and `value` how they stand in
//!   files.
//! - `layers` is what was found, and decides which value counts.
//! - `parse` has clap parse the command line with what was found as defaults.
//! - `command` is the command `config`; `show` and `edit` do its work, `write` saves a file.

mod command;
mod edit;
mod files;
mod json;
mod kind;
mod layers;
mod lines;
mod load;
mod lock;
mod origin;
mod owner;
mod parse;
mod setting;
mod show;
mod value;
mod write;

pub use command::run;
pub use origin::{Configured, Origin};
pub use parse::parse;
pub use setting::Setting;

pub(crate) use parse::{injected, is_configured, word_of};

/// The settings of a program and where they are kept.
///
/// Methods add facts; generated code calls them.
#[derive(Debug)]
pub struct Config {
    pub(crate) project: Option<&'static str>,
    pub(crate) user: Option<&'static str>,
    pub(crate) system: Option<&'static str>,
    pub(crate) settings: Vec<Setting>,
    pub(crate) failure: (&'static str, u8),
}

impl Config {
    /// No settings yet. `failure` is name and number of the exit code after a mistake in a file.
    pub fn new(failure: (&'static str, u8)) -> Self {
        Self {
            project: None,
            user: None,
            system: None,
            settings: Vec::new(),
            failure,
        }
    }

    /// The file in the current folder or the nearest above it, by its relative path.
    pub fn project(&mut self, file: &'static str) {
        self.project = Some(file);
    }

    /// The file below the folder of the user's settings.
    pub fn user(&mut self, file: &'static str) {
        self.user = Some(file);
    }

    /// The file below the folder of the system's settings.
    pub fn system(&mut self, file: &'static str) {
        self.system = Some(file);
    }

    /// A setting: its name in files, the option's name in clap, the option as users type it, and what
    /// it is for.
    pub fn setting(
        &mut self,
        key: &'static str,
        id: &'static str,
        option: &'static str,
        help: &'static str,
    ) -> &mut Setting {
        self.settings.push(Setting::new(key, id, option, help));
        let last = self.settings.len() - 1;
        &mut self.settings[last]
    }

    /// The setting of this name.
    pub(crate) fn find(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.key == key)
    }

    /// The setting whose name is nearest to one that is none, with or without its table.
    pub(crate) fn nearest(&self, key: &str) -> Option<&'static str> {
        let mut keys = self.settings.iter().map(|setting| setting.key);
        let last = |key: &&'static str| key.rsplit('.').next().unwrap_or(key);
        nearest(key, keys.clone()).or_else(|| {
            let short = nearest(key, keys.clone().map(|key| last(&key)))?;
            keys.find(|key| last(key) == short)
        })
    }

    /// Whether there are settings inside the table of this name.
    pub(crate) fn has_table(&self, name: &str) -> bool {
        let mut settings = self.settings.iter();
        settings.any(|setting| is_inside(setting.key, name))
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
