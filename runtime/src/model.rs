//! A program as plain data: its commands, their arguments and options, and the rules between them.
//!
//! The generator builds this model from a spec, and generated code builds the same model at run time,
//! with one small call for each property. Everything that has to know a command uses the model: the
//! scanner that reads a command line, clap, help, messages and configuration files. A command is built
//! only when it is needed, so a program with a thousand commands builds only the ones that are called.
//!
//! Strings are `'static`. They are plain text in which `` ` `` marks code; the format of longer texts is
//! described in [`text`](crate::help::text).

use std::borrow::Cow;

mod arg;
mod called;
mod calls;
mod define;
mod facts;
mod kind;
mod rules;
mod tree;
mod values;

pub use arg::Arg;
pub use called::Called;
pub(crate) use called::Place;
pub use calls::{Argument, Call};
pub use facts::{Fact, Relations, command_facts, facts};
pub use kind::{Custom, Exists, Kind, PathKind, limits_of};
pub(crate) use kind::{Parsed, is_on};
pub use rules::{Choice, Complete, Condition, Placement, Role, Rule};

/// A program, before any of its commands is built.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// The name that users type to run the program.
    pub name: &'static str,
    /// The version that `--version` prints after the name. If it is `None`, there is no `--version`.
    pub version: Option<&'static str>,
    /// The definition of the root command.
    pub root: Definition,
    /// Whether the last occurrence of an option counts if it is given twice, in all commands.
    pub override_self: bool,
    /// The exit codes of errors, if the spec defines exit codes.
    pub contract: Option<Contract>,
    /// The configuration files, if there are any.
    pub files: Option<Files>,
}

/// The exit codes that all commands of a program share, each with its name and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// The exit code for an invalid command line.
    pub usage: (&'static str, u8),
    /// The exit code for an error in a configuration file.
    pub failure: (&'static str, u8),
}

impl Contract {
    /// The exit codes of a program whose spec defines none.
    pub(crate) const DEFAULT: Self = Self {
        usage: ("usage", 2),
        failure: ("failure", 1),
    };
}

/// The configuration files of a program, each with its path relative to the directory of its level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// The project's file, in the current directory or the nearest parent directory that has it.
    pub project: Option<&'static str>,
    /// The user's file, in the user's configuration directory.
    pub user: Option<&'static str>,
    /// The system's file, in the system's configuration directory.
    pub system: Option<&'static str>,
}

/// The definition of a command, from which it is built.
#[derive(Clone, Copy, Debug)]
pub enum Definition {
    /// A function that adds all properties except those that the parent command already stores.
    Function(fn(&mut Command)),
    /// A command that is already built, for programs that are not Rust code.
    Built(&'static Command),
}

/// A command. A command that has subcommands is a command group. It does nothing by itself unless it is
/// `runnable`.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// The names from the program to this command.
    pub path: Vec<&'static str>,
    /// A summary, in one line.
    pub about: &'static str,
    /// The description, which may be empty.
    pub description: &'static str,
    /// The deprecation, if the command is deprecated.
    pub deprecated: Option<Deprecated>,
    /// The release that added it.
    pub since: Option<&'static str>,
    /// Whether it reads, changes or destroys data.
    pub effect: Option<Effect>,
    /// Whether running it again has no further effect.
    pub idempotent: bool,
    /// Whether it uses the network, if that is known.
    pub network: Option<bool>,
    /// Second names elsewhere in the program, written in full.
    pub also: Vec<&'static str>,
    /// Its arguments and options. Subcommands inherit the options of a command group.
    pub args: Vec<Arg>,
    /// The option groups with a required member or a description, and those that an option requires.
    pub groups: Vec<Group>,
    /// Inherited options that it describes differently.
    pub inherited: Vec<Inherited>,
    /// The options that this command requires, its own or inherited ones.
    pub needs: Vec<&'static str>,
    /// `(a, b)`: `a` requires `b`, where the two come from different sets.
    pub requires: Vec<(&'static str, &'static str)>,
    /// `(a, b)`: `a` and `b` conflict, where neither option has that rule itself.
    pub conflicts: Vec<(&'static str, &'static str)>,
    /// As `conflicts`, but implied by other rules and therefore not shown in documentation.
    pub implied: Vec<(&'static str, &'static str)>,
    /// Its subcommands.
    pub commands: Vec<Below>,
    /// The subcommand that is run if none is given.
    pub default_command: Option<&'static str>,
    /// Whether unknown subcommands are passed to the program.
    pub external: bool,
    /// Whether a command group can be called without a subcommand.
    pub runnable: bool,
    /// The description of its JSON output, which may be empty.
    pub output: &'static str,
    /// Example command lines.
    pub examples: Vec<Example>,
    /// Its exit codes, each with its meaning.
    pub exit_codes: Vec<(u8, &'static str)>,
    /// The topics that `help` can show. Only the program itself has topics.
    pub topics: Vec<Topic>,
    /// Whether help shows the description of each option on the line after its name.
    pub next_line_help: bool,
    /// The heading of the options that are added next.
    pub heading: Option<&'static str>,
}

/// A subcommand, as its command group stores it.
#[derive(Clone, Debug)]
pub struct Below {
    /// Its name.
    pub name: &'static str,
    /// A summary, in one line.
    pub about: &'static str,
    /// Builds the rest of it.
    pub definition: Definition,
    /// Other names. Help does not show the hidden ones.
    pub aliases: Vec<Alias<&'static str>>,
    /// The names from the program to the command, without the program's own, if this is its second name. It
    /// is empty otherwise.
    pub target: Vec<&'static str>,
    /// The heading under which help lists it.
    pub heading: Option<&'static str>,
    /// Whether help and documentation leave it out. It can still be called.
    pub hidden: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether it may destroy data. If so, it is suggested only for a name that is almost right.
    pub destructive: bool,
}

/// Another description of an inherited option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inherited {
    /// The identifier of the option.
    pub id: &'static str,
    /// A summary, in one line.
    pub help: &'static str,
    /// The description, which may be empty.
    pub description: &'static str,
    /// Whether help and documentation leave out the option.
    pub hidden: bool,
}

/// Another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alias<T> {
    /// The name.
    pub name: T,
    /// Whether help leaves it out.
    pub hidden: bool,
}

/// The effect of a command on data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It changes nothing.
    Read,
    /// It creates or changes data.
    Write,
    /// It may destroy data that can't be restored.
    Destructive,
}

/// A deprecation of a command, argument or option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecated {
    /// The release, the reason and the replacement: the end of a sentence that begins with the name and
    /// "is deprecated". It may be empty.
    pub way_out: &'static str,
    /// The release that removes it.
    pub removal: Option<&'static str>,
}

/// Options or arguments that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name. It contains a space so that no option has the same name: clap has one namespace for
    /// both.
    pub name: &'static str,
    /// The names of its members.
    pub members: Vec<&'static str>,
    /// Whether only one of them may be given. Rules between the members also enforce this.
    pub one: bool,
    /// Whether at least one of them is required in any case. Otherwise, an option may require it.
    pub required: bool,
    /// What they are for, in one line, which may be empty.
    pub help: &'static str,
}

/// An example command line.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// A summary of what it does.
    pub about: &'static str,
    /// The command line.
    pub run: &'static str,
    /// The exit status, if it isn't 0.
    pub status: Option<u8>,
    /// What a terminal shows, which may be empty.
    pub output: &'static str,
}

/// Returns a command line as people see it in a terminal: after a prompt, and with its output. A command
/// line without output has no prompt.
pub fn transcript(run: &str, output: &str) -> String {
    match output {
        "" => run.to_owned(),
        _ => ["$ ", &run.replace('\n', "\n  "), "\n", output].concat(),
    }
}

/// A topic: a longer text that `help` shows for its name.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// Its name.
    pub name: &'static str,
    /// Its title, in one line.
    pub title: &'static str,
    /// The text.
    pub text: &'static str,
}

#[cfg(test)]
impl Program {
    /// Creates a program of a test.
    pub(crate) fn of(define: fn(&mut Command)) -> Self {
        Self {
            name: "tool",
            version: None,
            root: Definition::Function(define),
            override_self: false,
            contract: None,
            files: None,
        }
    }
}

impl Program {
    /// Returns the exit codes that all commands share.
    pub(crate) fn exits(&self) -> Contract {
        self.contract.unwrap_or(Contract::DEFAULT)
    }

    /// Builds the root command.
    pub fn root(&self) -> Command {
        self.built_root().into_owned()
    }

    /// As [`root`](Self::root), without a copy if it is already built.
    pub(crate) fn built_root(&self) -> Cow<'static, Command> {
        self.root.build(|| vec![self.name], "")
    }
}

impl Definition {
    fn build(
        self,
        path: impl FnOnce() -> Vec<&'static str>,
        about: &'static str,
    ) -> Cow<'static, Command> {
        let function = match self {
            Self::Function(function) => function,
            Self::Built(command) => return Cow::Borrowed(command),
        };
        let mut command = Command {
            path: path(),
            about,
            ..Command::default()
        };
        function(&mut command);
        Cow::Owned(command)
    }
}

impl Command {
    /// Returns the command line that calls it: `tool add file`.
    pub fn title(&self) -> String {
        self.path.join(" ")
    }

    /// Returns its own name, without those of the commands above it.
    pub fn name(&self) -> &'static str {
        self.path.last().copied().unwrap_or_default()
    }

    /// Returns whether it has subcommands.
    pub fn is_group(&self) -> bool {
        !self.commands.is_empty()
    }

    /// Builds one of its subcommands.
    pub(crate) fn build(&self, below: &Below) -> Cow<'static, Command> {
        let path = || [&self.path[..], &[below.name]].concat();
        below.definition.build(path, below.about)
    }

    /// Finds the subcommand that has this name or alias.
    pub fn below(&self, name: &str) -> Option<&Below> {
        self.commands.iter().find(|below| below.is_called(name))
    }
}

impl Below {
    fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias.name == name)
    }
}
