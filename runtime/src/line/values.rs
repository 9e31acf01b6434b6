//! Taking typed values out of a command line that was parsed.

use std::any::Any;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::Line;
use crate::console::Console;
use crate::model::{Called, Deprecated, Program};
use crate::origin::Origin;

/// A type with one value for each choice that a spec lists.
pub trait Choice: Copy {
    /// The value that the command line calls `name`.
    fn from_name(name: &str) -> Option<Self>;
}

/// A command that the spec does not know, for the program to find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// Its name.
    pub name: OsString,
    /// The words after it.
    pub args: Vec<OsString>,
}

/// The values of a command line that was parsed. The function `dispatch` of generated code calls the handler
/// with them, and `take` of a command's arguments takes them out:
///
/// ```text
/// let mut values = Setup::new().isolated().words(["tool", "hello", "Ann"]).parse(&cli::PROGRAM)?;
/// let args = cli::HelloArgs::take(&mut values);
/// ```
///
/// A value can be taken once. `take` panics when the values are those of another command.
#[derive(Debug)]
pub struct Values {
    matches: ArgMatches,
    pub(crate) line: Line,
    /// How many of the command's names were taken out.
    level: usize,
}

impl Values {
    pub(super) fn new(matches: ArgMatches, line: Line) -> Self {
        let level = 0;
        Self {
            matches,
            line,
            level,
        }
    }

    /// The command that is called.
    #[doc(hidden)]
    pub fn called(&self) -> &Called {
        &self.line.called
    }

    /// The name of the next command on the way to the one that is called; empty at the end of it.
    #[doc(hidden)]
    pub fn subcommand(&mut self) -> &'static str {
        self.level += 1;
        let path = &self.line.called.command().path;
        path.get(self.level).copied().unwrap_or_default()
    }

    /// Whether a command is called that the spec does not know.
    #[doc(hidden)]
    pub fn is_external(&self) -> bool {
        self.line.external.is_some()
    }

    /// The command that the spec does not know.
    ///
    /// # Panics
    ///
    /// When there is none; see [`is_external`](Self::is_external).
    #[doc(hidden)]
    pub fn external(&mut self) -> External {
        present("", self.line.external.take())
    }

    /// Where the command writes, by the options of its command line that have a role.
    pub fn console(&self, program: &Program) -> Console {
        Console::of(&self.line, program.exits().usage)
    }

    /// Warns of what is deprecated on the command line, and of what is odd in files.
    ///
    /// # Errors
    ///
    /// The exit code, where this release was not to have it any more.
    pub(super) fn warn(&self, program: &Program) -> Result<(), ExitCode> {
        let command = self.line.called.command();
        let own = command.deprecated.map(|old| (command.title(), old));
        let mut warnings = self.line.warnings.clone();
        let mut given: Vec<(String, Deprecated)> = own.into_iter().collect();
        for one in &self.line.given {
            let arg = self.line.arg(one);
            let name = match (one.off, arg.negation, &one.origin) {
                (true, Some(negation), Origin::Argument(_)) => format!("--{negation}"),
                (true, ..) => continue,
                _ => arg.written(),
            };
            if given.iter().all(|(known, _)| *known != name) {
                given.extend(arg.deprecated.map(|old| (name, old)));
            }
            if let Origin::Variable(old) = &one.origin {
                let new = arg.env.first().filter(|new| *new != old);
                let text = |new| format!("the variable `{old}` is deprecated: use `{new}` instead");
                // A count is given several times by one variable.
                let text = new.map(text).filter(|text| !warnings.contains(text));
                warnings.extend(text);
            }
        }
        for arg in self.line.called.positionals() {
            let old = arg.deprecated.filter(|_| self.is_given(arg.id));
            given.extend(old.map(|old| (arg.written(), old)));
        }
        if given.is_empty() && warnings.is_empty() {
            return Ok(());
        }
        let mut console = self.console(program);
        for warning in &warnings {
            console.warning(warning);
        }
        for (name, old) in given {
            let text = format!("`{name}` is deprecated{}", old.way_out);
            console.deprecated(&text, old.removal, program.version);
        }
        console.refused().map_or(Ok(()), Err)
    }

    fn is_given(&self, id: &str) -> bool {
        self.matches.value_source(id) == Some(ValueSource::CommandLine)
    }
}

/// What generated code calls.
#[doc(hidden)]
impl Values {
    /// Whether a switch was given.
    pub fn switch(&mut self, id: &str) -> bool {
        self.matches.get_flag(id)
    }

    /// Where the value of an option comes from.
    pub fn origin(&self, id: &str) -> Origin {
        let last = self.line.last(id);
        let counts = self.is_given(id) || last.is_some_and(|given| given.off);
        let origin = last.filter(|_| counts).map(|given| given.origin.clone());
        origin.unwrap_or(Origin::Default)
    }

    /// How often an option was given, `max` at most.
    pub fn count(&mut self, id: &str, max: u8) -> u8 {
        self.matches.get_count(id).min(max)
    }

    /// A text that may be missing.
    pub fn string(&mut self, id: &str) -> Option<String> {
        self.matches.remove_one(id)
    }

    /// A path that may be missing.
    pub fn path(&mut self, id: &str) -> Option<PathBuf> {
        self.matches.remove_one(id)
    }

    /// A whole number that may be missing.
    pub fn integer(&mut self, id: &str) -> Option<i64> {
        self.matches.remove_one(id)
    }

    /// A choice that may be missing.
    pub fn choice<T: Choice>(&mut self, id: &str) -> Option<T> {
        self.string(id).map(|name| known_choice(id, &name))
    }

    /// All texts given.
    pub fn strings(&mut self, id: &str) -> Vec<String> {
        self.matches
            .remove_many(id)
            .map_or_else(Vec::new, Iterator::collect)
    }

    /// All paths given.
    pub fn paths(&mut self, id: &str) -> Vec<PathBuf> {
        self.matches
            .remove_many(id)
            .map_or_else(Vec::new, Iterator::collect)
    }

    /// All whole numbers given.
    pub fn integers(&mut self, id: &str) -> Vec<i64> {
        self.matches
            .remove_many(id)
            .map_or_else(Vec::new, Iterator::collect)
    }

    /// All choices given.
    pub fn choices<T: Choice>(&mut self, id: &str) -> Vec<T> {
        let names = self.strings(id);
        names.iter().map(|name| known_choice(id, name)).collect()
    }

    /// A text that is required or has a default.
    pub fn required_string(&mut self, id: &str) -> String {
        present(id, self.string(id))
    }

    /// A path that is required or has a default.
    pub fn required_path(&mut self, id: &str) -> PathBuf {
        present(id, self.path(id))
    }

    /// A whole number that is required or has a default.
    pub fn required_integer(&mut self, id: &str) -> i64 {
        present(id, self.integer(id))
    }

    /// A choice that is required or has a default.
    pub fn required_choice<T: Choice>(&mut self, id: &str) -> T {
        present(id, self.choice(id))
    }

    /// A value of any other type, which may be missing.
    pub fn one<T: Any + Clone + Send + Sync>(&mut self, id: &str) -> Option<T> {
        self.matches.remove_one(id)
    }

    /// All values of any other type.
    pub fn many<T: Any + Clone + Send + Sync>(&mut self, id: &str) -> Vec<T> {
        self.matches
            .remove_many(id)
            .map_or_else(Vec::new, Iterator::collect)
    }

    /// A value of any other type that is required or has a default.
    pub fn required<T: Any + Clone + Send + Sync>(&mut self, id: &str) -> T {
        present(id, self.one(id))
    }

    /// The values of an option that takes `N` at once; they may be missing.
    pub fn array<T: Any + Clone + Send + Sync, const N: usize>(
        &mut self,
        id: &str,
    ) -> Option<[T; N]> {
        self.arrays(id).pop()
    }

    /// The values of an option that takes `N` at once, and is required or has defaults.
    pub fn required_array<T: Any + Clone + Send + Sync, const N: usize>(
        &mut self,
        id: &str,
    ) -> [T; N] {
        present(id, self.array(id))
    }

    /// The values of an option that takes `N` at once, each time that it was given.
    pub fn arrays<T: Any + Clone + Send + Sync, const N: usize>(
        &mut self,
        id: &str,
    ) -> Vec<[T; N]> {
        let mut values = self.many(id).into_iter();
        let mut arrays = Vec::new();
        while values.len() > 0 {
            let next: Vec<T> = values.by_ref().take(N).collect();
            match next.try_into() {
                Ok(array) => arrays.push(array),
                Err(_) => panic!("clapspec: clap accepted `{id}` without all of its values"),
            }
        }
        arrays
    }

    /// Whether a switch was given or switched off by its opposite; nothing when neither was.
    pub fn negatable(&mut self, id: &str) -> Option<bool> {
        let last = self.line.last(id)?;
        let negation = self.line.arg(last).negation;
        if self.matches.get_flag(id) {
            return Some(true);
        }
        let off = negation.is_some_and(|name| self.matches.get_flag(name));
        (off || last.says_no()).then_some(false)
    }

    /// Whether a switch is on that can be switched off, and that is so by default.
    pub fn negatable_or(&mut self, id: &str, default: bool) -> bool {
        self.negatable(id).unwrap_or(default)
    }
}

fn present<T>(id: &str, value: Option<T>) -> T {
    match value {
        Some(value) => value,
        None => panic!("clapspec: clap accepted a command line without a value of `{id}`"),
    }
}

fn known_choice<T: Choice>(id: &str, name: &str) -> T {
    match T::from_name(name) {
        Some(choice) => choice,
        None => panic!("clapspec: clap accepted `{name}` for `{id}`, which is no choice of it"),
    }
}

/// Ends a program whose clap definition and dispatch disagree.
///
/// # Panics
///
/// Always. Both are made from one spec, so that this is an error in clapspec.
#[cold]
pub fn unknown_command(name: &str) -> ! {
    panic!("clapspec: clap accepted the command `{name}`, which is not in the spec")
}
