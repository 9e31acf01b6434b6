//! Taking typed values out of what clap parsed.

use clap::ArgMatches;
use std::path::PathBuf;

/// A type with one value for each choice that a spec lists.
pub trait Choice: Copy {
    /// The value that the command line calls `name`.
    fn from_name(name: &str) -> Option<Self>;
}

/// What clap parsed for one command. Each method takes a value out and leaves none behind.
///
/// # Panics
///
/// All methods panic when `id` is not an argument of the command or has another type, and those
/// that promise a value when there is none. Generated code asks for what it defined; a panic here
/// is a mistake in clapspec.
#[derive(Debug)]
pub struct Values(ArgMatches);

impl Values {
    /// The values of one command.
    pub fn new(matches: ArgMatches) -> Self {
        Self(matches)
    }

    /// Whether a switch was given.
    pub fn switch(&mut self, id: &str) -> bool {
        self.0.get_flag(id)
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

    /// The command below this one that was called, and its values.
    pub fn subcommand(&mut self) -> (String, Values) {
        match self.0.remove_subcommand() {
            Some((name, matches)) => (name, Values(matches)),
            None => unknown_command(""),
        }
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
/// Always. Both are made from one spec, so that this is a mistake in clapspec.
#[cold]
pub fn unknown_command(name: &str) -> ! {
    panic!("clapspec: clap accepted the command `{name}`, which is not in the spec")
}
