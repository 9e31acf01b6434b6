//! A command line that is still being typed.

use std::ffi::OsStr;

use super::layers::{Layer, Variables};
use super::scan::End;
use super::{Line, files, layers};
use crate::model::{Arg, Program};

impl Line {
    /// Returns whether the next tokens belong to another program.
    pub(crate) fn is_external(&self) -> bool {
        self.external.is_some()
    }

    /// Returns whether a subcommand was given that doesn't exist.
    pub(crate) fn has_unknown_command(&self) -> bool {
        matches!(self.end, Some(End::UnknownCommand(_)))
    }

    /// Returns whether `help` was given the name of a topic, after which nothing can follow.
    pub(crate) fn is_topic(&self) -> bool {
        matches!(self.end, Some(End::Topic(_)))
    }

    /// Returns the positional argument that takes the next token, if there is one.
    pub(crate) fn next_argument(&self) -> Option<&Arg> {
        let arg = self.argument_at(self.words.len())?;
        let most = arg.bounds.and_then(|(_, most)| most);
        match most {
            Some(most) if self.words_of(arg).len() >= most => None,
            _ => Some(arg),
        }
    }

    /// Returns the values of a positional argument.
    fn words_of(&self, arg: &Arg) -> &[std::ffi::OsString] {
        let before = self
            .called
            .positionals()
            .take_while(|other| other.id != arg.id);
        let start = before.count().min(self.words.len());
        let end = match arg.takes_one_word() {
            true => (start + 1).min(self.words.len()),
            false => self.words.len(),
        };
        &self.words[start..end]
    }

    /// Returns the values of an option or argument, or its defaults if it is not given.
    pub(crate) fn values_of(&self, id: &str) -> Vec<&OsStr> {
        let Some(arg) = self.called.arg(id) else {
            return Vec::new();
        };
        let given: Vec<&OsStr> = match arg.positional {
            true => self.words_of(arg).iter().map(AsRef::as_ref).collect(),
            false => {
                let given = self.given.iter().filter(|given| self.arg(given).id == id);
                let values = given
                    .filter(|given| !given.off)
                    .flat_map(|given| &given.values);
                values.map(AsRef::as_ref).collect()
            }
        };
        match given.is_empty() {
            true => arg.defaults.iter().map(AsRef::as_ref).collect(),
            false => given,
        }
    }

    /// Adds values from environment variables and configuration files. What is wrong in them is ignored:
    /// users find that out when they run the command.
    pub(crate) fn add_layers(&mut self, program: &Program) {
        let files = files::load_for(program, self).unwrap_or_default();
        let files = files.layers.iter().map(|file| file as &dyn Layer);
        let all: Vec<&dyn Layer> = std::iter::once(&Variables as &dyn Layer)
            .chain(files)
            .collect();
        // What can't be added is left out.
        let _ = layers::add(self, &all);
    }
}
