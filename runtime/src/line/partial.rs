//! A command line that is still being typed.

use std::ffi::OsStr;

use super::end::End;
use super::{Line, Setup, files, layers};
use crate::model::{Arg, Placement, Program};

impl Line {
    /// Returns whether the next tokens belong to another program.
    pub(crate) fn is_external(&self) -> bool {
        self.external.is_some()
    }

    /// Returns whether the next token may be the name of a subcommand.
    pub(crate) fn may_have_subcommand(&self) -> bool {
        let mut given = self.given.iter().map(|given| self.arg(given));
        let is_alone = |arg: &Arg| arg.placement == Placement::WithoutSubcommand;
        self.called.command().is_group() && self.words.is_empty() && !given.any(is_alone)
    }

    /// Returns whether a subcommand was given that doesn't exist.
    pub(crate) fn has_unknown_command(&self) -> bool {
        matches!(self.end, Some(End::UnknownCommand(_)))
    }

    /// Returns whether `help` was given the name of a topic, after which nothing can follow.
    pub(crate) fn is_topic(&self) -> bool {
        matches!(self.end, Some(End::Topic(_)))
    }

    /// Returns the positional arguments that can take the next token: several, if the one whose turn it is
    /// can end here.
    pub(crate) fn next_arguments(&self) -> Vec<&Arg> {
        let last = self.called.positionals().find(|arg| arg.last);
        if let (Some(last), true) = (last, self.before.is_some()) {
            return Some(last)
                .filter(|arg| !self.is_full(arg))
                .into_iter()
                .collect();
        }
        let Some(first) = self.argument_at(self.words.len()) else {
            return Vec::new();
        };
        let has_enough = !first.takes_one_word() && !self.words_of(first).is_empty();
        let after = self
            .called
            .positionals()
            .skip_while(|arg| arg.id != first.id)
            .skip(1);
        let after = after
            .filter(|arg| !arg.last)
            .take_while(|_| has_enough && !first.trailing);
        let all = std::iter::once(first).chain(after);
        all.filter(|arg| !self.is_full(arg)).collect()
    }

    /// Returns whether a positional argument has as many values as it can have.
    fn is_full(&self, arg: &Arg) -> bool {
        let most = match arg.takes_one_word() {
            true => Some(1),
            false => arg.bounds.and_then(|(_, most)| most),
        };
        most.is_some_and(|most| self.words_of(arg).len() >= most)
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
}

impl Setup {
    /// Adds the values that a command line has from elsewhere. What is wrong in them is ignored: users find
    /// that out when they run the command.
    pub(crate) fn add_layers(&self, program: &Program, line: &mut Line) {
        self.apply(line);
        let files = files::load_for(program, line).unwrap_or_default();
        // What can't be added is left out.
        let _ = layers::add(line, &files);
    }
}
