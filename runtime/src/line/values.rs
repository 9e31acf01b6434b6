//! Taking typed values out of a parsed command line.

use std::any::Any;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use super::Line;
use super::matches::Matches;
use crate::console::Console;
use crate::model::{Called, Deprecated, Program};
use crate::origin::Origin;

/// A type with one value for each choice in the spec.
pub trait Choice: Copy + 'static {
    /// The values, in the order of the choices.
    const ALL: &'static [Self];
}

/// A subcommand that is not in the spec, which the program looks up itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// Its name.
    pub name: OsString,
    /// The arguments after it.
    pub args: Vec<OsString>,
}

/// The values of a parsed command line. The function `dispatch` of generated code calls the handler with
/// them, and the method `take` of a command's arguments takes them out:
///
/// ```text
/// let mut values = Setup::new().isolated().words(["tool", "hello", "Ann"]).parse(&cli::PROGRAM)?;
/// let args = cli::HelloArgs::take(&mut values);
/// ```
///
/// Each value can be taken only once. `take` panics if the values belong to another command.
#[derive(Debug)]
pub struct Values {
    matches: Matches,
    pub(crate) line: Line,
    /// The number of names of the command that [`subcommand`](Self::subcommand) has returned.
    level: usize,
}

impl Values {
    pub(super) fn new(matches: Matches, line: Line) -> Self {
        let level = 0;
        Self {
            matches,
            line,
            level,
        }
    }

    /// Returns whether the command line was parsed without clap.
    #[doc(hidden)]
    pub fn is_plain(&self) -> bool {
        matches!(self.matches, Matches::Plain(_))
    }

    /// Returns the called command.
    #[doc(hidden)]
    pub fn called(&self) -> &Called {
        &self.line.called
    }

    /// Returns the name of the next subcommand on the path of the called command, or an empty string at
    /// its end.
    #[doc(hidden)]
    pub fn subcommand(&mut self) -> &'static str {
        self.level += 1;
        let path = &self.line.called.command().path;
        path.get(self.level).copied().unwrap_or_default()
    }

    /// Returns whether the called subcommand is not in the spec.
    #[doc(hidden)]
    pub fn is_external(&self) -> bool {
        self.line.external.is_some()
    }

    /// Returns the subcommand that is not in the spec.
    ///
    /// # Panics
    ///
    /// Panics if there is none; see [`is_external`](Self::is_external).
    #[doc(hidden)]
    pub fn external(&mut self) -> External {
        present("", self.line.external.take())
    }

    /// Returns the console for the command, as the options with a role define it.
    pub fn console(&self, program: &Program) -> Console {
        Console::of(&self.line, program.exits().usage)
    }

    /// Prints warnings about deprecated options and about configuration files.
    ///
    /// # Errors
    ///
    /// Returns the exit code if something was used that this release was meant to remove.
    pub(super) fn warn(&self, program: &Program) -> Result<(), ExitCode> {
        let mut warnings = self.line.warnings.clone();
        for one in self.line.given.iter().filter(|given| !given.off) {
            if let Origin::Variable(old) = &one.origin {
                let new = self.line.arg(one).env.first().filter(|new| *new != old);
                let text = |new| format!("the variable `{old}` is deprecated: use `{new}` instead");
                // One variable can give an option that counts several times.
                let text = new.map(text).filter(|text| !warnings.contains(text));
                warnings.extend(text);
            }
        }
        let given = self.deprecated();
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
        console.removed().map_or(Ok(()), Err)
    }

    /// Returns what was used although it is deprecated, each once, as users type it: the command, its options
    /// and arguments.
    #[doc(hidden)]
    pub fn deprecated(&self) -> Vec<(String, Deprecated)> {
        let command = self.line.called.command();
        let own = command.deprecated.map(|old| (command.title(), old));
        let mut given: Vec<(String, Deprecated)> = own.into_iter().collect();
        for one in &self.line.given {
            let arg = self.line.arg(one);
            if arg.deprecated.is_none() && one.earlier.is_none() {
                continue;
            }
            let name = match (one.off, arg.negation, &one.origin) {
                (true, Some(negation), Origin::Argument(_)) => format!("--{negation}"),
                (true, ..) => continue,
                _ => arg.written(),
            };
            let own = arg.deprecated.map(|old| (name, old));
            for (name, old) in own.into_iter().chain(one.earlier.clone()) {
                if given.iter().all(|(known, _)| *known != name) {
                    given.push((name, old));
                }
            }
        }
        for arg in self.line.called.positionals() {
            let old = arg.deprecated.filter(|_| self.is_given(arg.id));
            given.extend(old.map(|old| (arg.written(), old)));
        }
        given
    }
}

/// Methods that generated code calls.
#[doc(hidden)]
impl Values {
    /// Returns whether an argument or option was given: a value that isn't its default.
    pub fn is_given(&self, id: &str) -> bool {
        self.matches.is_given(id)
    }

    /// Returns whether a switch was given.
    pub fn switch(&mut self, id: &str) -> bool {
        self.matches.is_on(id)
    }

    /// Returns the origin of the value of an option.
    pub fn origin(&self, id: &str) -> Origin {
        let last = self.line.last(id);
        let counts = self.is_given(id) || last.is_some_and(|given| given.off);
        let origin = last.filter(|_| counts).map(|given| given.origin.clone());
        origin.unwrap_or(Origin::Default)
    }

    /// Returns how often an option was given, at most `max`.
    pub fn count(&mut self, id: &str, max: u8) -> u8 {
        self.matches.count(id).min(max)
    }

    /// Takes an optional string.
    pub fn string(&mut self, id: &str) -> Option<String> {
        self.matches.take(id)
    }

    /// Takes an optional path.
    pub fn path(&mut self, id: &str) -> Option<PathBuf> {
        self.matches.take(id)
    }

    /// Takes an optional integer.
    pub fn integer(&mut self, id: &str) -> Option<i64> {
        self.matches.take(id)
    }

    /// Takes an optional choice.
    pub fn choice<T: Choice>(&mut self, id: &str) -> Option<T> {
        self.index(id).map(choice_at)
    }

    /// Takes all strings.
    pub fn strings(&mut self, id: &str) -> Vec<String> {
        self.many(id)
    }

    /// Takes all paths.
    pub fn paths(&mut self, id: &str) -> Vec<PathBuf> {
        self.many(id)
    }

    /// Takes all integers.
    pub fn integers(&mut self, id: &str) -> Vec<i64> {
        self.many(id)
    }

    /// Takes all choices.
    pub fn choices<T: Choice>(&mut self, id: &str) -> Vec<T> {
        let indexes = self.indexes(id).into_iter();
        indexes.map(choice_at).collect()
    }

    /// Takes a string that is required or has a default.
    pub fn required_string(&mut self, id: &str) -> String {
        present(id, self.string(id))
    }

    /// Takes a path that is required or has a default.
    pub fn required_path(&mut self, id: &str) -> PathBuf {
        present(id, self.path(id))
    }

    /// Takes an integer that is required or has a default.
    pub fn required_integer(&mut self, id: &str) -> i64 {
        present(id, self.integer(id))
    }

    /// Takes a choice that is required or has a default.
    pub fn required_choice<T: Choice>(&mut self, id: &str) -> T {
        choice_at(self.required_index(id))
    }

    /// Takes an optional value of any other type.
    pub fn one<T: Any + Clone + Send + Sync>(&mut self, id: &str) -> Option<T> {
        self.matches.take(id)
    }

    /// Takes all values of any other type.
    pub fn many<T: Any + Clone + Send + Sync>(&mut self, id: &str) -> Vec<T> {
        self.matches.take_all(id)
    }

    /// Takes a value of any other type that is required or has a default.
    pub fn required<T: Any + Clone + Send + Sync>(&mut self, id: &str) -> T {
        present(id, self.one(id))
    }

    /// Takes the optional values of an option that takes `N` values at once.
    pub fn array<T: Any + Clone + Send + Sync, const N: usize>(
        &mut self,
        id: &str,
    ) -> Option<[T; N]> {
        self.arrays(id).pop()
    }

    /// Takes the values of an option that takes `N` values at once, and that is required or has a
    /// default.
    pub fn required_array<T: Any + Clone + Send + Sync, const N: usize>(
        &mut self,
        id: &str,
    ) -> [T; N] {
        present(id, self.array(id))
    }

    /// Takes the values of all occurrences of an option that takes `N` values at once.
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
                Err(_) => panic!("clapspec: `{id}` was accepted without all of its values"),
            }
        }
        arrays
    }

    /// Returns `true` if a switch was given, `false` if it was negated, and `None` if neither.
    pub fn negatable(&mut self, id: &str) -> Option<bool> {
        let is_on = self.matches.is_on(id);
        let Some(last) = self.line.last(id) else {
            // Another option may imply it.
            return is_on.then_some(true);
        };
        let negation = self.line.arg(last).negation;
        let off = negation.is_some_and(|name| self.matches.is_on(name));
        match last.off {
            true => (off || last.is_unset()).then_some(false),
            false => is_on.then_some(true),
        }
    }

    /// Returns whether a switch that can be negated is on. `default` applies if it was neither given nor
    /// negated.
    pub fn negatable_or(&mut self, id: &str, default: bool) -> bool {
        self.negatable(id).unwrap_or(default)
    }
}

/// Choices as indexes, which are the same code for all types of choices.
impl Values {
    fn index(&mut self, id: &str) -> Option<usize> {
        let name = self.string(id)?;
        Some(self.index_of(id, &name))
    }

    fn required_index(&mut self, id: &str) -> usize {
        present(id, self.index(id))
    }

    fn indexes(&mut self, id: &str) -> Vec<usize> {
        let names = self.strings(id).into_iter();
        names.map(|name| self.index_of(id, &name)).collect()
    }

    fn index_of(&self, id: &str, name: &str) -> usize {
        let choices = self.line.called.arg(id).map(|arg| &arg.choices);
        let index = choices.and_then(|all| all.iter().position(|choice| choice.name == name));
        match index {
            Some(index) => index,
            None => {
                panic!("clapspec: `{name}` was accepted for `{id}`, and is not one of its choices")
            }
        }
    }
}

/// Returns the member of an option group of which one is always given.
///
/// # Panics
///
/// Panics if none is given, which is a bug in clapspec.
pub fn chosen<T>(name: &str, member: Option<T>) -> T {
    present(name, member)
}

fn present<T>(id: &str, value: Option<T>) -> T {
    match value {
        Some(value) => value,
        None => panic!("clapspec: a command line was accepted without a value of `{id}`"),
    }
}

/// Returns a choice. This is compiled for each type of choices, so it contains almost nothing.
fn choice_at<T: Choice>(index: usize) -> T {
    match T::ALL.get(index) {
        Some(choice) => *choice,
        None => unknown_choice(index),
    }
}

#[cold]
fn unknown_choice(index: usize) -> ! {
    panic!("clapspec: the type of an option has no choice with the index {index}")
}

/// Panics because a command was accepted that generated code doesn't handle.
///
/// # Panics
///
/// Always panics. The model and the code that calls handlers are generated from the same spec, so this
/// is a bug in clapspec.
#[cold]
pub fn unknown_command(name: &str) -> ! {
    panic!("clapspec: the command `{name}` was accepted, and is not in the spec")
}
