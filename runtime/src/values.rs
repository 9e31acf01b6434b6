//! Taking typed values out of what clap parsed.

use std::any::Any;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;
use clap::parser::ValueSource;

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
    /// The words behind it.
    pub args: Vec<OsString>,
}

/// What clap parsed for one command. Each method takes a value out and leaves none behind.
///
/// # Panics
///
/// All methods panic when `id` is not an argument of the command or has another type, and those
/// that promise a value when there is none. Generated code asks for what it defined; a panic here
/// is a mistake in clapspec.
#[derive(Debug)]
pub struct Values(ArgMatches, Option<OsString>);

impl Values {
    /// The values of one command.
    pub fn new(matches: ArgMatches) -> Self {
        Self(matches, None)
    }

    /// Whether a switch was given.
    pub fn switch(&mut self, id: &str) -> bool {
        self.0.get_flag(id)
    }

    /// Whether a switch is there and on. Unlike other methods, this asks of any identifier.
    pub(crate) fn is_on(&self, id: &str) -> bool {
        matches!(self.0.try_get_one::<bool>(id), Ok(Some(true)))
    }

    /// Where the value of an option comes from. It may be none of the command's.
    #[cfg(feature = "config")]
    pub(crate) fn source(&self, id: &str) -> Option<ValueSource> {
        match self.0.try_contains_id(id) {
            Ok(_) => self.0.value_source(id),
            Err(_) => None,
        }
    }

    /// The words that were given for an option. It may be none of the command's.
    #[cfg(feature = "config")]
    pub(crate) fn raw(&self, id: &str) -> Vec<String> {
        let words = self.0.try_get_raw(id).ok().flatten();
        let words = words.into_iter().flatten();
        words
            .map(|word| word.to_string_lossy().into_owned())
            .collect()
    }

    /// The word that was chosen, where there are choices.
    pub(crate) fn word(&self, id: &str) -> Option<&str> {
        let word = self.0.try_get_one::<String>(id).ok().flatten();
        word.map(String::as_str)
    }

    /// Whether the command line or a variable has it.
    pub(crate) fn is_given(&self, id: &str) -> bool {
        let source = self.0.value_source(id);
        matches!(
            source,
            Some(ValueSource::CommandLine | ValueSource::EnvVariable)
        )
    }

    /// How often an option was given, `max` at most.
    pub fn count(&mut self, id: &str, max: u8) -> u8 {
        self.0.get_count(id).min(max)
    }

    /// A text that may be missing.
    pub fn string(&mut self, id: &str) -> Option<String> {
        self.0.remove_one(id)
    }

    /// A path that may be missing.
    pub fn path(&mut self, id: &str) -> Option<PathBuf> {
        self.0.remove_one(id)
    }

    /// A whole number that may be missing.
    pub fn integer(&mut self, id: &str) -> Option<i64> {
        self.0.remove_one(id)
    }

    /// A choice that may be missing.
    pub fn choice<T: Choice>(&mut self, id: &str) -> Option<T> {
        self.string(id).map(|name| known_choice(id, &name))
    }

    /// All texts given.
    pub fn strings(&mut self, id: &str) -> Vec<String> {
        self.0
            .remove_many(id)
            .map_or_else(Vec::new, Iterator::collect)
    }

    /// All paths given.
    pub fn paths(&mut self, id: &str) -> Vec<PathBuf> {
        self.0
            .remove_many(id)
            .map_or_else(Vec::new, Iterator::collect)
    }

    /// All whole numbers given.
    pub fn integers(&mut self, id: &str) -> Vec<i64> {
        self.0
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
        self.0.remove_one(id)
    }

    /// All values of any other type.
    pub fn many<T: Any + Clone + Send + Sync>(&mut self, id: &str) -> Vec<T> {
        self.0
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

    /// Whether a switch was given or taken back by `negation`; nothing when neither was.
    pub fn negatable(&mut self, id: &str, negation: &str) -> Option<bool> {
        let on_line = |id| self.0.value_source(id) == Some(ValueSource::CommandLine);
        match (on_line(id), on_line(negation)) {
            // The last of both counts.
            (true, true) => {
                let last = |id| self.0.indices_of(id).and_then(Iterator::last);
                Some(last(id) > last(negation))
            }
            (true, false) => Some(true),
            (false, true) => Some(false),
            (false, false) => {
                let from_variable = self.0.value_source(id) == Some(ValueSource::EnvVariable);
                let known = from_variable || is_in_file(id);
                known.then(|| self.0.get_flag(id))
            }
        }
    }

    /// Whether a switch is on that `negation` takes back, and that is so by default.
    pub fn negatable_or(&mut self, id: &str, negation: &str, default: bool) -> bool {
        self.negatable(id, negation).unwrap_or(default)
    }

    /// The command below this one that was called, and its values; nothing when none was. A command
    /// that the spec does not know has no name here, and [`external`](Self::external) says which it is:
    /// behind `--`, it may be called as one that the spec knows.
    pub fn optional_subcommand(&mut self) -> Option<(String, Values)> {
        let (name, matches) = self.0.remove_subcommand()?;
        // Only there, clap keeps the words under this name.
        if let Ok(true) = matches.try_contains_id("") {
            return Some((String::new(), Values(matches, Some(name.into()))));
        }
        Some((name, Values::new(matches)))
    }

    /// The command below this one that was called, and its values.
    pub fn subcommand(&mut self) -> (String, Values) {
        self.optional_subcommand()
            .unwrap_or_else(|| unknown_command(""))
    }

    /// The name of a command that the spec does not know, and the words behind it.
    pub fn external(mut self) -> External {
        External {
            args: self.many(""),
            name: self.1.unwrap_or_default(),
        }
    }
}

/// Whether a configuration file has a value for an option.
#[cfg(feature = "config")]
fn is_in_file(id: &str) -> bool {
    crate::config::word_of(id).is_some()
}

#[cfg(not(feature = "config"))]
fn is_in_file(_: &str) -> bool {
    false
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
/// Always. Both are made from one spec, so that this is a mistake in clapspec.
#[cold]
pub fn unknown_command(name: &str) -> ! {
    panic!("clapspec: clap accepted the command `{name}`, which is not in the spec")
}
