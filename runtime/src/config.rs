//! Settings: values of options that are kept in files.
//!
//! A value comes from the command line, then from its environment variable, then from the project's
//! file, the user's, the system's, and last from its default. Generated code holds the facts, a
//! [`Config`]; this module does the rest:
//!
//! - `files` knows where the files lie, and reads them.
//! - `load` looks at every key of every file, and collects all mistakes.
//! - `kind` says which values a setting may have.
//! - `layers` is what was found, and decides which value counts.
//! - `parse` has clap parse the command line with what was found as defaults.
//! - `command` is the command `config`; `show` and `edit` do its work, `write` saves a file.

mod command;
mod edit;
mod files;
mod json;
mod kind;
mod layers;
mod load;
mod origin;
mod parse;
mod show;
mod write;

pub use command::run;
pub use kind::{Kind, Word, custom};
pub use origin::{Configured, Origin};
pub use parse::parse;

pub(crate) use parse::{injected, is_configured, word_of};

/// The settings of a program and where they are kept.
#[derive(Debug)]
pub struct Config {
    /// The file in the current folder or the nearest above it, by its relative path.
    pub project: Option<&'static str>,
    /// The file below the folder of the user's settings.
    pub user: Option<&'static str>,
    /// The file below the folder of the system's settings.
    pub system: Option<&'static str>,
    /// All settings, in the order in which they are listed.
    pub settings: &'static [Setting],
    /// Name and number of the exit code after a mistake in a file.
    pub failure: (&'static str, u8),
}

/// An option whose value may be kept in a file.
#[derive(Debug)]
pub struct Setting {
    /// Its name in files: `term.color`.
    pub key: &'static str,
    /// The option's name in clap.
    pub id: &'static str,
    /// The option as users type it: `--color`.
    pub option: &'static str,
    /// What it is for, in one line.
    pub help: &'static str,
    /// The environment variable that is asked before any file.
    pub env: Option<&'static str>,
    /// The option that switches it off.
    pub negation: Option<&'static str>,
    /// The value when there is no other.
    pub default: &'static [&'static str],
    /// Which values are accepted.
    pub kind: Kind,
    /// There may be several values.
    pub repeat: bool,
    /// The value is never shown.
    pub secret: bool,
    /// The commands that define the option, by what is typed behind the program's name. Those below
    /// them take it too.
    pub commands: &'static [&'static str],
    /// The names in clap of options that can't be given with it, or take its place.
    pub rivals: &'static [&'static str],
}

impl Config {
    /// The setting of this name.
    pub(crate) fn setting(&self, key: &str) -> Option<&'static Setting> {
        self.settings.iter().find(|setting| setting.key == key)
    }

    /// The setting whose name is nearest to one that is none.
    pub(crate) fn nearest(&self, key: &str) -> Option<&'static str> {
        let keys = self.settings.iter().map(|setting| setting.key);
        nearest(key, keys)
    }

    /// Whether there are settings inside the table of this name.
    pub(crate) fn has_table(&self, name: &str) -> bool {
        let mut settings = self.settings.iter();
        settings.any(|setting| is_inside(setting.key, name))
    }
}

impl Setting {
    /// Whether a command takes the option; it is given by its names.
    pub(crate) fn is_taken_by(&self, names: &[String]) -> bool {
        let names = names.join(" ");
        let mut commands = self.commands.iter();
        commands.any(|above| match names.strip_prefix(above) {
            Some(rest) => above.is_empty() || rest.is_empty() || rest.starts_with(' '),
            None => false,
        })
    }

    /// Whether both can't be on at once.
    pub(crate) fn excludes(&self, other: &Self) -> bool {
        self.rivals.contains(&other.id) || other.rivals.contains(&self.id)
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
    let most = best.chars().count().max(3) / 3;
    (distance(best) <= most).then_some(best)
}

#[cfg(test)]
mod tests;
