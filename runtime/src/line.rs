//! A command line, with the values that environment variables and configuration files supply.
//!
//! 1. `scan` reads each token once. It finds the command and determines what each token is.
//! 2. `layers` adds values from variables and files for options that the command line does not have.
//! 3. `plain` finds the values of most command lines. For the others, `flat` converts the command with its
//!    inherited options to one clap command, and the command line to a new one in which options come first
//!    and positional arguments last. clap checks values and rules. `matches` has the values of both.
//! 4. `parse` runs these steps, `report` and `stop` report errors, and `values` returns typed values.

mod conditions;
mod end;
mod files;
mod flat;
mod layers;
mod matches;
mod parse;
#[cfg(feature = "completions")]
mod partial;
mod plain;
mod report;
mod scan;
mod setup;
mod stop;
mod takes;
mod values;

use std::borrow::Cow;
use std::ffi::OsString;

use crate::model::{Arg, Called, Deprecated, Place, Role};
use crate::origin::Origin;
use layers::Variables;

pub use setup::Setup;
pub use stop::{Found, Stop, UsageError};
pub use values::{Choice, External, Values, chosen, unknown_command};

#[cfg(feature = "config")]
pub(crate) use layers::{Layer, LayerValue, Problem, words as variable_words};
#[cfg(feature = "completions")]
pub(crate) use scan::{Cursor, scan_to_cursor};

/// A command line after scanning.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) called: Called,
    /// The given options, in their order.
    pub(crate) given: Vec<Given>,
    /// The positional arguments, in their order.
    words: Vec<OsString>,
    /// The number of positional arguments before `--`, or `None` if there is no `--`.
    before: Option<usize>,
    /// An unknown subcommand, which is passed to the program.
    external: Option<External>,
    /// The reason why the scanner stopped, if no handler is to be called.
    end: Option<end::End>,
    /// The number of options that were given when the scanner stopped.
    given_at_end: usize,
    /// The depth of the command when the scanner stopped.
    depth: usize,
    /// The defaults that the program computed, by the identifiers of options. `called` already has them.
    pub(crate) defaults: Vec<(&'static str, String)>,
    pub(crate) variables: Variables,
    /// Warnings about configuration files.
    pub(crate) warnings: Vec<String>,
}

/// One occurrence of an option.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) place: Place,
    /// Whether it was negated.
    pub(crate) off: bool,
    /// Its values, split at its delimiter.
    pub(crate) values: Vec<OsString>,
    /// Whether it has a value although it takes none: `--switch=value`.
    extra: bool,
    /// The earlier name by which it was given, with its deprecation.
    earlier: Option<(String, Deprecated)>,
    /// Whether its values are the next tokens, so that there could be more of them.
    open: bool,
    pub(crate) origin: Origin,
}

impl Line {
    /// Returns the command that a message is about: the one at which the scanner stopped, if it did.
    fn reported_command(&self) -> Cow<'_, Called> {
        match self.end {
            Some(_) if self.depth < self.called.depth() => {
                Cow::Owned(self.called.down_to(self.depth))
            }
            _ => Cow::Borrowed(&self.called),
        }
    }

    pub(crate) fn arg(&self, given: &Given) -> &Arg {
        self.called.at(given.place)
    }

    /// Returns whether values come only from the command line, and from variables that the program sets.
    pub(crate) fn is_isolated(&self) -> bool {
        self.variables.isolated
    }

    /// Returns the last occurrence of an option or its negation.
    pub(crate) fn last(&self, id: &str) -> Option<&Given> {
        let mut given = self.given.iter().rev();
        given.find(|given| self.arg(given).id == id)
    }

    /// Returns whether an occurrence counts, because no later option overrides it.
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

    /// Returns the last occurrence of an option, if it counts.
    pub(crate) fn counting(&self, id: &str) -> Option<&Given> {
        let mut given = self.given.iter().enumerate().rev();
        let (at, last) = given.find(|(_, given)| self.arg(given).id == id)?;
        self.counts(at).then_some(last)
    }

    /// Returns the option with a role, if the command has one.
    pub(crate) fn with_role(&self, role: Role) -> Option<&Arg> {
        self.called.args().find(|arg| arg.role == Some(role))
    }

    /// Returns whether the switch with a role is on.
    pub(crate) fn is_on(&self, role: Role) -> bool {
        let arg = self.with_role(role);
        let given = arg.and_then(|arg| self.counting(arg.id));
        match (given, arg) {
            (Some(given), _) => !given.off,
            (None, Some(arg)) => arg.defaults.first() == Some(&"true"),
            (None, None) => false,
        }
    }

    /// Returns the value of the option with a role.
    pub(crate) fn word(&self, role: Role) -> Option<&str> {
        let arg = self.with_role(role)?;
        let given = self.counting(arg.id);
        let given = given.and_then(|given| given.values.last());
        let word = given.and_then(|word| word.to_str());
        word.or_else(|| arg.defaults.first().copied())
    }
}

impl Given {
    /// Returns whether a variable or a file leaves the option off.
    pub(crate) fn is_unset(&self) -> bool {
        !matches!(self.origin, Origin::Argument(_)) && self.off
    }
}

/// Returns whether files can determine how messages are written: one of the options for that has a
/// setting and is not given.
#[cfg(feature = "config")]
pub(crate) fn messages_depend_on_files(line: &Line) -> bool {
    let roles = [Role::Json, Role::PrettyJson, Role::Color];
    let open = |role| {
        let arg = line.with_role(role);
        arg.is_some_and(|arg| arg.config.is_some() && line.last(arg.id).is_none())
    };
    roles.into_iter().any(open)
}
