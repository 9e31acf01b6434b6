//! A command with the commands above it, from which it inherits options.

use super::{Arg, Below, Command, Program, Rule};

/// A command that is called, built with those above it.
#[derive(Clone, Debug)]
pub struct Called {
    /// From the program to the command.
    chain: Vec<Command>,
}

/// Where an argument is defined: how far down in the chain of commands, and at which place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    level: usize,
    at: usize,
}

impl Called {
    /// The program itself.
    pub fn root(program: &Program) -> Self {
        Self {
            chain: vec![program.root()],
        }
    }

    /// Goes on to a command below.
    pub fn enter(&mut self, name: &str) -> bool {
        let command = self.command();
        let built = command.below(name).map(|below| command.build(below));
        let found = built.is_some();
        self.chain.extend(built);
        found
    }

    /// The same, at a command that is known to be below.
    pub(crate) fn push(&mut self, below: &Below) {
        let built = self.command().build(below);
        self.chain.push(built);
    }

    /// Replaces the default of an argument or option. It need not be given any more.
    pub(crate) fn set_default(&mut self, id: &str, value: &str) {
        for command in &mut self.chain {
            for arg in command.args.iter_mut().filter(|arg| arg.id == id) {
                // The model keeps only what lives as long as the program.
                arg.defaults = vec![Box::leak(value.into())];
                arg.rules.retain(|rule| *rule != Rule::Required);
            }
            command.needs.retain(|needed| *needed != id);
        }
    }

    /// How many names call it, with that of the program.
    pub(crate) fn depth(&self) -> usize {
        self.chain.len()
    }

    /// The command that the first so many names call.
    pub(crate) fn down_to(&self, depth: usize) -> Self {
        let chain = self.chain[..depth.clamp(1, self.chain.len())].to_vec();
        Self { chain }
    }

    /// The command itself.
    pub fn command(&self) -> &Command {
        // The program itself is always there.
        &self.chain[self.chain.len() - 1]
    }

    /// The program, which has all other commands below it.
    pub fn program(&self) -> &Command {
        &self.chain[0]
    }

    /// Whether this is the program itself, which has `--version`.
    pub fn is_program(&self) -> bool {
        self.chain.len() == 1
    }

    /// The command and those above it, the nearest first.
    pub fn upwards(&self) -> impl Iterator<Item = &Command> {
        self.chain.iter().rev()
    }

    /// All arguments and options that it takes: its own first, then those of the nearest above.
    pub fn args(&self) -> impl Iterator<Item = &Arg> {
        self.upwards().flat_map(|command| &command.args)
    }

    /// Its argument or option of this name.
    pub fn arg(&self, id: &str) -> Option<&Arg> {
        self.args().find(|arg| arg.id == id)
    }

    /// The arguments that are known by their places.
    pub fn positionals(&self) -> impl Iterator<Item = &Arg> {
        self.command().args.iter().filter(|arg| arg.positional)
    }

    /// Its arguments and options with their places, in the order of [`Called::args`].
    pub(crate) fn places(&self) -> impl Iterator<Item = (Place, &Arg)> {
        let levels = self.chain.iter().enumerate().rev();
        levels.flat_map(|(level, command)| {
            let args = command.args.iter().enumerate();
            args.map(move |(at, arg)| (Place { level, at }, arg))
        })
    }

    /// The argument at a place.
    pub(crate) fn at(&self, place: Place) -> &Arg {
        &self.chain[place.level].args[place.at]
    }

    /// The option that has this short name.
    pub fn with_letter(&self, letter: char) -> Option<&Arg> {
        let found = self.places().find(|(_, arg)| arg.has_letter(letter));
        found.map(|(_, arg)| arg)
    }
}

impl Arg {
    /// Whether this is one of its short names.
    pub fn has_letter(&self, letter: char) -> bool {
        self.short == Some(letter) || self.letters.iter().any(|alias| alias.name == letter)
    }

    /// Whether this is one of its long names.
    pub fn has_long(&self, long: &str) -> bool {
        self.long == Some(long) || self.aliases.iter().any(|alias| alias.name == long)
    }
}
