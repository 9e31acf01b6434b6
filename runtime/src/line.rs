//! A command line: what stands on it, and what comes from variables and files in its place.
//!
//! 1. `scan` reads the words once. It finds the command, and knows of every word what it is.
//! 2. `layers` adds what variables and files say, where the command line says nothing.
//! 3. `flat` makes one clap command of the command and what it inherits, and one line for it, in which
//!    options come first and arguments last; clap looks at values and rules.
//! 4. `parse` puts these together, `report` and `stop` say what is wrong, and `values` gives out typed values.

mod files;
mod flat;
mod layers;
mod parse;
mod report;
mod scan;
mod setup;
mod stop;
mod takes;
mod values;

use std::ffi::OsString;

use crate::model::{Arg, Called, Place, Role};
use crate::origin::Origin;

pub use setup::Setup;
pub use stop::{Found, Stop, UsageError};
pub use values::{Choice, External, Values, unknown_command};

#[cfg(feature = "config")]
pub(crate) use layers::{Layer, Problem, Said, excludes, words as variable_words};

/// A command line that was read.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) called: Called,
    /// The options that are given, in their order.
    pub(crate) given: Vec<Given>,
    /// The words that are arguments, in their order.
    words: Vec<OsString>,
    /// How many of them stand before `--`; nothing if there is no `--`.
    before: Option<usize>,
    /// A command that the program finds by itself.
    external: Option<External>,
    /// What comes before any handler is called.
    end: Option<scan::End>,
    /// How many options were given up to there, and how far down the command is.
    sound: usize,
    depth: usize,
    /// Defaults that the program computed, by the keys of options. `called` has them already.
    pub(crate) defaults: Vec<(&'static str, String)>,
    /// What is probably not meant in configuration files.
    pub(crate) warnings: Vec<String>,
}

/// An option that is given, once.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) place: Place,
    /// By the name that switches it off.
    pub(crate) off: bool,
    /// Its values, parted at its delimiter.
    pub(crate) values: Vec<OsString>,
    /// A value stands where there can be none: `--switch=value`.
    extra: bool,
    /// Its values are the words after it, of which there might be more.
    open: bool,
    pub(crate) origin: Origin,
}

impl Line {
    /// The command that a message is about: where reading ended, if it did.
    fn asked(&self) -> Called {
        match self.end {
            Some(_) => self.called.down_to(self.depth),
            None => self.called.clone(),
        }
    }

    pub(crate) fn arg(&self, given: &Given) -> &Arg {
        self.called.at(given.place)
    }

    /// The last time that an option was given, by itself or its opposite.
    pub(crate) fn last(&self, id: &str) -> Option<&Given> {
        let mut given = self.given.iter().rev();
        given.find(|given| self.arg(given).id == id)
    }

    /// Whether an option that is given counts: nothing that is given later takes its place.
    pub(crate) fn counts(&self, at: usize) -> bool {
        let arg = self.arg(&self.given[at]);
        let later = self.given[at + 1..]
            .iter()
            .map(|given| (given, self.arg(given)));
        let mut later = later.filter(|(_, other)| other.id != arg.id || arg.negation.is_some());
        !later.any(|(given, other)| {
            other.id == arg.id || !given.off && (arg.replaces(other) || other.replaces(arg))
        })
    }

    /// The last time that an option was given, if that counts.
    fn counting(&self, id: &str) -> Option<&Given> {
        let mut given = self.given.iter().enumerate().rev();
        let (at, last) = given.find(|(_, given)| self.arg(given).id == id)?;
        self.counts(at).then_some(last)
    }

    /// The option that has a role, if the command takes one.
    pub(crate) fn with_role(&self, role: Role) -> Option<&Arg> {
        self.called.args().find(|arg| arg.role == Some(role))
    }

    /// Whether the switch that has a role is on.
    pub(crate) fn is_on(&self, role: Role) -> bool {
        let arg = self.with_role(role);
        let given = arg.and_then(|arg| self.counting(arg.id));
        match (given, arg) {
            (Some(given), _) => !given.off,
            (None, Some(arg)) => arg.defaults.first() == Some(&"true"),
            (None, None) => false,
        }
    }

    /// The word that the option of a role has.
    pub(crate) fn word(&self, role: Role) -> Option<&str> {
        let arg = self.with_role(role)?;
        let given = self.counting(arg.id);
        let given = given.and_then(|given| given.values.last());
        let word = given.and_then(|word| word.to_str());
        word.or_else(|| arg.defaults.first().copied())
    }
}

impl Given {
    /// A variable or a file says that the option is not given.
    pub(crate) fn says_no(&self) -> bool {
        !matches!(self.origin, Origin::Argument(_)) && self.off
    }
}

/// Whether how messages are written may depend on files: an option that says so has a setting and is not
/// given.
#[cfg(feature = "config")]
pub(crate) fn asks_files(line: &Line) -> bool {
    let roles = [Role::Json, Role::PrettyJson, Role::Color];
    let open = |role| {
        let arg = line.with_role(role);
        arg.is_some_and(|arg| arg.config.is_some() && line.last(arg.id).is_none())
    };
    roles.into_iter().any(open)
}
