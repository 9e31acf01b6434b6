//! The description of a program: everything that a spec defines, resolved, as data for other tools.
//!
//! [`Description`] is what `clapspec describe` prints as JSON. Keys of the spec have the same names here. What
//! is usual, such as an option that isn't hidden, is left out.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The version of the format. It changes only if a member is removed or gets another meaning. Readers have to
/// accept members that they don't know.
pub const FORMAT: u32 = 1;

/// Defines a struct. The members after `;` are left out if they have the usual value.
macro_rules! described {
    (
        $(#[$about:meta])* $name:ident {
            $($(#[$always_about:meta])* $always:ident: $Always:ty,)*
            ;
            $($(#[$member_about:meta])* $member:ident: $Member:ty,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$always_about])* pub $always: $Always,)*
            $(
                $(#[$member_about])*
                #[serde(default, skip_serializing_if = "is_usual")]
                pub $member: $Member,
            )*
        }
    };
}

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

mod arg;

pub use arg::{Arg, Bounds, Choice, Complete, Condition, DefaultWhen, Opposite, Takes, Value};

described! {
    /// A program.
    Description {
        /// The version of the format, which is 1.
        format: u32,
        /// The name of the program.
        name: String,
        /// The program itself, with all of its commands.
        command: Command,
        ;
        /// The version that `--version` prints, unless it is that of the crate.
        version: Option<String>,
        /// `--version` prints the version of the crate that the program is compiled from.
        version_of_crate: bool,
        /// The date of the man pages: `YYYY-MM-DD`.
        date: Option<String>,
        /// The authors.
        authors: Vec<String>,
        /// An option may be given again. Its last value is used.
        args_override_self: bool,
        /// The program completes its command lines in shells.
        completions: bool,
        /// The program prints its description when it is called with `--clapspec-describe`.
        describe: bool,
        /// The configuration files in which options may be set.
        config: Option<ConfigFiles>,
        /// The topics that the command `help` shows.
        topics: Vec<Topic>,
    }
}

described! {
    /// The configuration files, each by its path in the directory of its kind.
    ConfigFiles {
        ;
        /// The file in a project.
        project: Option<String>,
        /// The file of a user.
        user: Option<String>,
        /// The file for all users of a system.
        system: Option<String>,
    }
}

described! {
    /// A topic of the command `help`.
    Topic {
        /// Its name.
        name: String,
        /// Its title.
        title: String,
        ;
        /// Its text, without formatting.
        text: String,
    }
}

described! {
    /// A command. The options `--help` and `--version`, and the command `help`, are not listed.
    Command {
        /// Its name, without the names of its parents.
        name: String,
        /// What it does, in one line.
        about: String,
        ;
        /// More about it, as plain text.
        description: String,
        /// It is called without naming one of its subcommands. A command without subcommands always is.
        runs: bool,
        /// clapspec implements it.
        built_in: bool,
        /// Other names.
        aliases: Vec<String>,
        /// Other names that are never shown.
        hidden_aliases: Vec<String>,
        /// Second names elsewhere in the program, in full: `tool create`.
        also: Vec<String>,
        /// It is not shown.
        hidden: bool,
        /// It is deprecated.
        deprecated: Option<Deprecation>,
        /// The release that added it.
        since: Option<String>,
        /// What it does to data: `read`, `write` or `destructive`.
        effect: Option<String>,
        /// Running it again has no further effect.
        idempotent: bool,
        /// Whether it uses the network, if the spec says so.
        network: Option<bool>,
        /// The question that it asks before it runs. Names of values are in angle brackets.
        confirm: Option<String>,
        /// The positional arguments, in order.
        arguments: Vec<Arg>,
        /// The options that it defines.
        options: Vec<Arg>,
        /// The options of its parents that it also has.
        inherited: Vec<Inherited>,
        /// The inherited options that it requires, by their keys.
        needs: Vec<String>,
        /// The option groups.
        groups: Vec<Group>,
        /// The JSON Schema of the result that it prints.
        output: Option<Json>,
        /// Its exit codes. Without them, they are those of its parent.
        exit_codes: Vec<ExitCode>,
        /// Environment variables, besides those of options.
        environment: Vec<Named>,
        /// The files that it uses.
        files: Vec<Named>,
        /// Examples.
        examples: Vec<Example>,
        /// More sections of its documentation.
        sections: Vec<Section>,
        /// Related commands, man pages and URLs.
        see_also: Vec<String>,
        /// The subcommands.
        commands: Vec<Command>,
        /// The headings of its list of subcommands, in order.
        headings: Vec<Heading>,
        /// The subcommand that runs if none is named.
        default_command: Option<String>,
        /// Unknown subcommands are passed to the program.
        external_commands: bool,
        /// The keys that begin with `x-`, without this beginning.
        extra: BTreeMap<String, String>,
    }
}

described! {
    /// An inherited option.
    Inherited {
        /// Its key.
        key: String,
        ;
        /// What it is for in this command, if the command describes it differently.
        help: Option<String>,
        /// It is not shown for this command.
        hidden: bool,
        /// It can only be given before the name of this command.
        only_before_name: bool,
        /// What can't be used together with it in this command, and can elsewhere.
        conflicts: Vec<String>,
    }
}

described! {
    /// An option group.
    Group {
        /// Its name.
        name: String,
        /// How many members may be given: `one-of`, `any-of`, `at-most-one` or `all-or-none`.
        kind: String,
        /// The keys of its members.
        members: Vec<String>,
        ;
        /// At least one member has to be given.
        required: bool,
        /// What the members are for.
        help: Option<String>,
    }
}

described! {
    /// A deprecation.
    Deprecation {
        ;
        /// The release since which it is deprecated.
        since: Option<String>,
        /// What to use instead, as users type it.
        instead: Option<String>,
        /// Why.
        reason: Option<String>,
        /// The release that removes it.
        removal: Option<String>,
    }
}

described! {
    /// An exit code.
    ExitCode {
        /// Its name.
        name: String,
        /// Its number.
        code: u8,
        /// What it means.
        help: String,
        ;
    }
}

described! {
    /// A name with its meaning.
    Named {
        /// The name.
        name: String,
        /// What it means.
        help: String,
        ;
    }
}

described! {
    /// An example.
    Example {
        /// What it does.
        about: String,
        /// The command line.
        run: String,
        ;
        /// The name of the exit code, if the example fails.
        fails: Option<String>,
        /// Its number.
        status: Option<u8>,
        /// What it prints. `...` is text that varies.
        output: Option<String>,
    }
}

described! {
    /// A section of the documentation.
    Section {
        /// The heading.
        heading: String,
        /// The text, without formatting.
        text: String,
        ;
    }
}

described! {
    /// A heading in a list of subcommands.
    Heading {
        /// The heading.
        heading: String,
        /// The names of the subcommands.
        commands: Vec<String>,
        ;
    }
}

/// Why a description can't be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// It is not JSON, or not a description.
    Json(serde_json::Error),
    /// It has a newer format.
    Format(u64),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "it is not a description of a program: {error}"),
            Self::Format(format) => write!(
                f,
                "it has format {format}, which only a newer release of clapspec can read; this one reads format {FORMAT}"
            ),
        }
    }
}

impl std::error::Error for Error {}

impl Description {
    /// Reads a description that is written as JSON.
    ///
    /// # Errors
    ///
    /// If it is not a description, or has a newer format.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        #[derive(Deserialize)]
        #[serde(expecting = "an object")]
        struct Head {
            format: u64,
        }
        // A newer format may have other members.
        let head: Head = serde_json::from_str(text).map_err(Error::Json)?;
        if head.format != u64::from(FORMAT) {
            return Err(Error::Format(head.format));
        }
        serde_json::from_str(text).map_err(Error::Json)
    }

    /// Writes it as JSON, with each member on a line of its own.
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("plain data is JSON");
        text + "\n"
    }

    /// The same JSON on one line, without a line break at its end.
    pub(crate) fn to_line(&self) -> String {
        serde_json::to_string(self).expect("plain data is JSON")
    }
}

impl Command {
    /// The command and all its subcommands, each with its path, and before its own subcommands.
    pub fn walk(&self) -> Vec<(String, &Self)> {
        let mut all = Vec::new();
        self.collect("", &mut all);
        all
    }

    fn collect<'a>(&'a self, parent: &str, all: &mut Vec<(String, &'a Self)>) {
        let path = match parent {
            "" => self.name.clone(),
            parent => format!("{parent} {}", self.name),
        };
        all.push((path.clone(), self));
        for command in &self.commands {
            command.collect(&path, all);
        }
    }
}
