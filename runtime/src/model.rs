//! A program as plain data: its commands, their arguments and options, and the rules between them.
//!
//! The generator builds it from a spec, and generated code builds the same again when the program runs,
//! by one small call for each fact. Whatever needs to know a command takes it from here: the scanner that
//! reads a command line, clap, help, messages, configuration files. A command is built when it is needed,
//! so that a program of a thousand commands builds those that are called.
//!
//! Texts live as long as the program. What stands in them is plain text, in which `` ` `` marks code; the
//! form of longer ones is described in [`text`](crate::help::text).

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
pub(crate) use kind::is_on;
pub use kind::{Custom, Exists, Kind, PathKind, limits_of};
pub use rules::{Choice, Complete, Condition, Role, Rule};

/// What is known of a program before any of its commands is built.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// What users type to call it.
    pub name: &'static str,
    /// What `--version` prints after the name. Without it, there is no `--version`.
    pub version: Option<&'static str>,
    /// Builds the command that has all others below it.
    pub root: Definition,
    /// If an option is given twice, the last one counts, in all commands.
    pub override_self: bool,
    /// How it ends after an error, if its spec has exit codes.
    pub contract: Option<Contract>,
    /// Where settings are kept.
    pub files: Option<Files>,
}

/// The exit codes of a program that mean something to every command, by name and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// After a wrong command line.
    pub usage: (&'static str, u8),
    /// After an error in a configuration file.
    pub failure: (&'static str, u8),
}

impl Contract {
    /// The exit codes of a program whose spec has none.
    pub(crate) const USUAL: Self = Self {
        usage: ("usage", 2),
        failure: ("failure", 1),
    };
}

/// The configuration files of a program, each by its path below the directory in which such files lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// In the current directory or the nearest one above that has it.
    pub project: Option<&'static str>,
    /// In the directory of the user's settings.
    pub user: Option<&'static str>,
    /// In the directory of the system's settings.
    pub system: Option<&'static str>,
}

/// What builds a command.
#[derive(Clone, Copy, Debug)]
pub enum Definition {
    /// A function that adds all facts but those that its parent knows.
    Function(fn(&mut Command)),
    /// A command that is built already, for programs that are no Rust code.
    Built(&'static Command),
}

/// A command. One that has commands below it is a group, and does nothing by itself unless it is
/// `runnable`.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// The names from the program to this command.
    pub path: Vec<&'static str>,
    /// What it does, in one line.
    pub about: &'static str,
    /// What there is to know about it. It may be empty.
    pub description: &'static str,
    /// Why it goes away, as a sentence, and what is said to who calls it.
    pub deprecated: Option<Deprecated>,
    /// The release that brought it.
    pub since: Option<&'static str>,
    /// What it does to the world.
    pub effect: Option<Effect>,
    /// Its arguments and options. Those of a group are taken by all commands below it.
    pub args: Vec<Arg>,
    /// Groups of options of which something must be given.
    pub groups: Vec<Group>,
    /// Options without which it can't be called, its own or inherited ones.
    pub needs: Vec<&'static str>,
    /// `(a, b)`: `a` requires `b`, where they come from different sets.
    pub requires: Vec<(&'static str, &'static str)>,
    /// `(a, b)`: `a` and `b` can't be given together, where no option says so itself.
    pub conflicts: Vec<(&'static str, &'static str)>,
    /// As `conflicts`, but it follows from other rules, so no document says it.
    pub implied: Vec<(&'static str, &'static str)>,
    /// The commands below it.
    pub commands: Vec<Below>,
    /// The command below it that is meant when none is named.
    pub default_command: Option<&'static str>,
    /// Words that name no command below it are commands that the program finds by itself.
    pub external: bool,
    /// A group that does something by itself, too.
    pub runnable: bool,
    /// What it prints for programs. It may be empty.
    pub output: &'static str,
    /// Command lines to learn from.
    pub examples: Vec<Example>,
    /// Its exit codes, with what each means.
    pub exit_codes: Vec<(u8, &'static str)>,
    /// Longer texts, which `help` shows. Only the program itself has any.
    pub topics: Vec<Topic>,
    /// In help, what an option does stands on a line of its own, below its name.
    pub next_line_help: bool,
    /// The heading of the options that are added next.
    pub heading: Option<&'static str>,
}

/// What a group knows of a command below it.
#[derive(Clone, Debug)]
pub struct Below {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Builds the rest of it.
    pub definition: Definition,
    /// Other names; no help shows the hidden ones.
    pub aliases: Vec<Alias<&'static str>>,
    /// The heading below which help lists it.
    pub heading: Option<&'static str>,
    /// It works, but no list shows it.
    pub hidden: bool,
    /// It will go away.
    pub deprecated: bool,
    /// It may destroy something, so a misspelled word does not lead to it.
    pub destructive: bool,
}

/// Another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alias<T> {
    /// The name.
    pub name: T,
    /// No help shows it.
    pub hidden: bool,
}

/// What a command does to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It looks and changes nothing.
    Read,
    /// It makes or changes things.
    Write,
    /// It may destroy what can't be restored.
    Destructive,
}

/// Something that goes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecated {
    /// Since when, why, and what to use instead: the end of a sentence that begins with the name and
    /// "is deprecated". It may be empty.
    pub way_out: &'static str,
    /// The release that will not have it.
    pub removal: Option<&'static str>,
}

/// Options or arguments of which something must be given.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name. clap has one list of names for groups and options, so this one has a space in it.
    pub name: &'static str,
    /// The names of its members.
    pub members: Vec<&'static str>,
    /// Only one of them may be given, which rules between them say too.
    pub one: bool,
}

/// A command line to learn from.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// What it does.
    pub about: &'static str,
    /// The command line.
    pub run: &'static str,
    /// The exit status, if it isn't 0.
    pub status: Option<u8>,
}

/// A longer text, which `help` shows under its name.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// Its name.
    pub name: &'static str,
    /// What it is about, in one line.
    pub title: &'static str,
    /// The text.
    pub text: &'static str,
}

impl Program {
    /// The exit codes that mean something to every command.
    pub(crate) fn exits(&self) -> Contract {
        self.contract.unwrap_or(Contract::USUAL)
    }

    /// Builds the command that has all others below it.
    pub fn root(&self) -> Command {
        self.root.build(vec![self.name], "")
    }
}

impl Definition {
    fn build(self, path: Vec<&'static str>, about: &'static str) -> Command {
        let function = match self {
            Self::Function(function) => function,
            Self::Built(command) => return command.clone(),
        };
        let mut command = Command {
            path,
            about,
            ..Command::default()
        };
        function(&mut command);
        command
    }
}

impl Command {
    /// What is typed to call it.
    pub fn title(&self) -> String {
        self.path.join(" ")
    }

    /// The last of its names.
    pub fn name(&self) -> &'static str {
        self.path.last().copied().unwrap_or_default()
    }

    /// Whether it has commands below it.
    pub fn is_group(&self) -> bool {
        !self.commands.is_empty()
    }

    /// Builds a command below it.
    pub fn build(&self, below: &Below) -> Command {
        let path = [&self.path[..], &[below.name]].concat();
        below.definition.build(path, below.about)
    }

    /// The command below it that has this name, or it as another name.
    pub fn below(&self, name: &str) -> Option<&Below> {
        self.commands.iter().find(|below| below.is_called(name))
    }
}

impl Below {
    fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias.name == name)
    }
}
