//! The language as it is written: one type for each mapping that a spec may hold.
//!
//! Everything is optional here. What must be given, and what goes together, is found by
//! [`lower`](crate::lower), which can say it better than a missing field. The doc comments are the
//! reference of the language: the JSON Schema and the tables of the book are made from them.

mod shapes;

use serde::Deserialize;

use crate::source::Spanned;
pub(crate) use shapes::{Allow, Choices, Map, Maps, OneOrMany, TextOr};

/// A text and where it is written.
pub(crate) type Text = Spanned<String>;

/// `cli.yaml`: the program. Its file also holds the keys of [`Command`], for the program itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "program", rename_all = "kebab-case")]
pub(crate) struct Program {
    /// The name that is typed.
    pub(crate) name: Option<Text>,
    /// What `--version` prints; `cargo` is the version of the crate that compiles it.
    pub(crate) version: Option<Text>,
    /// The day of the last change that readers should know of, as `2026-11-20`. Man pages show it.
    pub(crate) date: Option<Text>,
    /// Who wrote it. Man pages show it.
    pub(crate) authors: OneOrMany<Text>,
    /// Options that commands share, by the name under which they `use` them.
    pub(crate) sets: Map<Set>,
    /// Longer texts, by the name under which `help` shows them. Each begins with a line `# Title`.
    pub(crate) topics: Map<Text>,
    /// Of an option that is given twice, the last counts, in all commands.
    pub(crate) args_override_self: bool,
    /// Help begins a new line behind each name.
    pub(crate) next_line_help: bool,
}

/// Options that commands share.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "set", rename_all = "kebab-case")]
pub(crate) struct Set {
    /// The heading of these options in help and documents.
    pub(crate) heading: Option<Text>,
    /// The options.
    pub(crate) options: Map<Opt>,
    /// Options of which one, or all, or none must be given.
    pub(crate) groups: Map<Group>,
    /// Warnings that are meant to be, by their codes, with the reason.
    pub(crate) allow: Allow,
}

/// A command, or the program itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "command", rename_all = "kebab-case")]
pub(crate) struct Command {
    /// What it does, in one line.
    pub(crate) about: Option<Text>,
    /// What there is to know about it, in Markdown.
    pub(crate) description: Option<Text>,
    /// Other names.
    pub(crate) aliases: OneOrMany<Text>,
    /// Other names that no help or document shows.
    pub(crate) hidden_aliases: OneOrMany<Text>,
    /// It works, but no list or document shows it.
    pub(crate) hidden: Option<Spanned<bool>>,
    /// It goes away.
    pub(crate) deprecated: Option<Spanned<Deprecated>>,
    /// The release that brought it.
    pub(crate) since: Option<Text>,
    /// What it does to the world.
    pub(crate) effect: Option<Spanned<Effect>>,
    /// The sets of options that it takes.
    #[serde(rename = "use")]
    pub(crate) uses: OneOrMany<Text>,
    /// Values known by their place, in that order.
    pub(crate) arguments: Map<Argument>,
    /// Options, by their long name; one of a single letter is a short option. Those of a command
    /// that has commands are taken by all of them.
    pub(crate) options: Map<Opt>,
    /// Options and arguments of which one, or all, or none must be given.
    pub(crate) groups: Map<Group>,
    /// Options without which the command can't be called.
    pub(crate) requires: OneOrMany<Text>,
    /// How it may end.
    pub(crate) exit_codes: Map<ExitCode>,
    /// Environment variables that it reads, besides those of options.
    pub(crate) environment: Map<Text>,
    /// Files that it reads or writes.
    pub(crate) files: Map<Text>,
    /// Command lines to learn from.
    pub(crate) examples: Vec<Spanned<Example>>,
    /// What else there is to know, in Markdown.
    pub(crate) notes: Option<Text>,
    /// What is known to be wrong, in Markdown.
    pub(crate) bugs: Option<Text>,
    /// How it came to be, in Markdown.
    pub(crate) history: Option<Text>,
    /// Sections of the man page, by their headings.
    pub(crate) sections: Map<TextOr<Section>>,
    /// Commands, man pages such as `cargo(1)`, and web addresses.
    pub(crate) see_also: OneOrMany<Text>,
    /// Commands below this one.
    pub(crate) commands: Map<Command>,
    /// Headings for the list of commands, each with the commands below it.
    pub(crate) headings: Map<OneOrMany<Text>>,
    /// It has commands, but also does something by itself.
    pub(crate) runnable: Option<Spanned<bool>>,
    /// The command below this one that is meant when none is named.
    pub(crate) default_command: Option<Text>,
    /// Other words are commands too, which the program finds by itself.
    pub(crate) external: Option<Spanned<bool>>,
    /// Warnings that are meant to be, by their codes, with the reason.
    pub(crate) allow: Allow,
}

/// Defines a struct with these keys and those that arguments and options have in common.
macro_rules! with_common_keys {
    ($(#[$attribute:meta])* $name:ident { $($(#[$own_attribute:meta])* $own:ident: $own_type:ty,)* }) => {
        with_common_keys! {
            @both $(#[$attribute])* $name { $($(#[$own_attribute])* $own: $own_type,)* }
            /// What it is or does, in one line.
            help: Option<Text>,
            /// What there is to know about it, in Markdown.
            description: Option<Text>,
            /// What kind of value it is.
            #[serde(rename = "type")]
            kind: Option<Text>,
            /// For a path: whether something must be there, or must not.
            exists: Option<Spanned<bool>>,
            /// For a number: the smallest that is accepted.
            min: Option<Text>,
            /// For a number: the largest that is accepted.
            max: Option<Text>,
            /// The values that are accepted: a list, or a mapping from each to what it means.
            choices: Option<Spanned<Choices>>,
            /// Capitals make no difference to the choices.
            ignore_case: Option<Spanned<bool>>,
            /// The value, or values, when none is given.
            default: OneOrMany<Text>,
            /// The value when none is given and another option has a certain value.
            default_when: Maps<DefaultWhen>,
            /// The environment variable that gives its value when the command line does not.
            env: Option<Text>,
            /// A value may begin with a dash.
            hyphen_values: Option<Spanned<bool>>,
            /// The word that ends the values, where there may be several.
            terminator: Option<Text>,
            /// What a shell offers for it.
            complete: Option<Spanned<Complete>>,
            /// It works, but no help or document shows it; `short`: only `-h` leaves it out.
            hidden: Option<Spanned<Hidden>>,
            /// It goes away.
            deprecated: Option<Spanned<Deprecated>>,
            /// The release that brought it.
            since: Option<Text>,
            /// It must be given.
            required: Option<Spanned<bool>>,
            /// It must be given unless one of these is.
            required_unless: OneOrMany<Text>,
            /// It must be given unless all of these are.
            required_unless_all: OneOrMany<Text>,
            /// It must be given when other options have these values; with a list, when one entry holds.
            required_when: Maps<Map<Text>>,
            /// Options and arguments with which it must be given.
            required_with: OneOrMany<Text>,
            /// Options and arguments that can't be given with it.
            conflicts: OneOrMany<Text>,
            /// Options and arguments without which it can't be given.
            requires: OneOrMany<Text>,
            /// Options that are forgotten if they were given before it. It may name itself.
            overrides: OneOrMany<Text>,
            /// Nothing else may be given with it.
            exclusive: Option<Spanned<bool>>,
            /// Warnings that are meant to be, by their codes, with the reason.
            allow: Allow,
        }
    };
    (@both $(#[$attribute:meta])* $name:ident { $($(#[$own_attribute:meta])* $own:ident: $own_type:ty,)* }
        $($(#[$common_attribute:meta])* $common:ident: $common_type:ty,)*) => {
        #[derive(Debug, Default, Deserialize)]
        $(#[$attribute])*
        pub(crate) struct $name {
            $($(#[$own_attribute])* pub(crate) $own: $own_type,)*
            $($(#[$common_attribute])* pub(crate) $common: $common_type,)*
        }

        impl From<&mut $name> for Common {
            /// Takes out what arguments and options have in common.
            fn from(keys: &mut $name) -> Self {
                Self { $($common: std::mem::take(&mut keys.$common),)* }
            }
        }
    };
}

/// What arguments and options have in common.
#[derive(Debug, Default)]
pub(crate) struct Common {
    pub(crate) help: Option<Text>,
    pub(crate) description: Option<Text>,
    pub(crate) kind: Option<Text>,
    pub(crate) exists: Option<Spanned<bool>>,
    pub(crate) min: Option<Text>,
    pub(crate) max: Option<Text>,
    pub(crate) choices: Option<Spanned<Choices>>,
    pub(crate) ignore_case: Option<Spanned<bool>>,
    pub(crate) default: OneOrMany<Text>,
    pub(crate) default_when: Maps<DefaultWhen>,
    pub(crate) env: Option<Text>,
    pub(crate) hyphen_values: Option<Spanned<bool>>,
    pub(crate) terminator: Option<Text>,
    pub(crate) complete: Option<Spanned<Complete>>,
    pub(crate) hidden: Option<Spanned<Hidden>>,
    pub(crate) deprecated: Option<Spanned<Deprecated>>,
    pub(crate) since: Option<Text>,
    pub(crate) required: Option<Spanned<bool>>,
    pub(crate) required_unless: OneOrMany<Text>,
    pub(crate) required_unless_all: OneOrMany<Text>,
    pub(crate) required_when: Maps<Map<Text>>,
    pub(crate) required_with: OneOrMany<Text>,
    pub(crate) conflicts: OneOrMany<Text>,
    pub(crate) requires: OneOrMany<Text>,
    pub(crate) overrides: OneOrMany<Text>,
    pub(crate) exclusive: Option<Spanned<bool>>,
    pub(crate) allow: Allow,
}

with_common_keys! {
    /// A value known by its place.
    #[serde(default, rename = "argument", rename_all = "kebab-case")]
    Argument {
        /// The name that stands for it in help; its own, in capitals, if left out.
        value: Option<Text>,
        /// It takes all values that are left; or so many: `2`, `2..`, `..3`, `2..3`.
        repeat: Option<Text>,
        /// It stands behind `--` alone.
        last: Option<Spanned<bool>>,
        /// It takes all words that are left, options too.
        trailing: Option<Spanned<bool>>,
    }
}

with_common_keys! {
    /// An option: a switch, unless it has a `value` or a `count`.
    #[serde(default, rename = "option", rename_all = "kebab-case")]
    Opt {
        /// The letter after one dash.
        short: Option<Text>,
        /// The name after two dashes when it is not the option's own.
        long: Option<Text>,
        /// Other names; those of one letter are short ones.
        aliases: OneOrMany<Text>,
        /// Other names that no help or document shows.
        hidden_aliases: OneOrMany<Text>,
        /// It takes a value, which help calls so; or several at once, with a list of names.
        value: OneOrMany<Text>,
        /// It takes no value, but counts: how often it may usefully be given.
        count: Option<Spanned<u8>>,
        /// A switch that `--no-NAME` switches off again.
        negatable: Option<Spanned<bool>>,
        /// It may be given several times.
        repeat: Option<Spanned<bool>>,
        /// How many values it takes at once: `2`, `2..`, `..3`, `2..3`.
        num_args: Option<Text>,
        /// The character between values that are given at once: `,` for `a,b`.
        delimiter: Option<Text>,
        /// The value may be left out, and is this then.
        bare: Option<Text>,
        /// The value stands behind an equals sign, not in the next word.
        equals: Option<Spanned<bool>>,
        /// The heading under which help and documents list it.
        heading: Option<Text>,
    }
}

/// Kinds of values. Other types are named by their Rust path.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("string", "Any text."),
    ("path", "The path of a file or folder."),
    ("file", "The path of a file."),
    ("folder", "The path of a folder."),
    ("integer", "A whole number of 64 bits."),
    ("float", "A number."),
    ("boolean", "`true` or `false`."),
    ("url", "An address, such as `https://example.org/`."),
    ("duration", "A span of time: `500ms`, `90s`, `1h30m`."),
    ("size", "A number of bytes: `512`, `10K`, `4kB`."),
    ("key-value", "`KEY=VALUE`."),
];

/// What a shell offers for a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Complete {
    /// Nothing.
    #[default]
    None,
    /// Files and folders.
    Path,
    /// Files.
    File,
    /// Folders.
    Folder,
    /// Programs.
    Program,
    /// A program, and then what belongs to its command line.
    CommandLine,
    /// Names of users.
    User,
    /// Names of hosts.
    Host,
    /// Addresses.
    Url,
    /// Addresses of mail.
    Email,
}

/// Who sees an option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum Hidden {
    /// Everybody.
    #[default]
    #[serde(rename = "false")]
    No,
    /// Nobody.
    #[serde(rename = "true")]
    Yes,
    /// Those who ask for `--help` or read a document, not those who ask for `-h`.
    #[serde(rename = "short")]
    Short,
}

/// What a command does to the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Effect {
    /// It looks and changes nothing.
    #[default]
    Read,
    /// It makes or changes things.
    Write,
    /// It may destroy what can't be brought back.
    Destructive,
}

/// Options and arguments that belong together. One of the keys is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "group", rename_all = "kebab-case")]
pub(crate) struct Group {
    /// Exactly one of them must be given.
    pub(crate) one_of: OneOrMany<Text>,
    /// One of them must be given, or several.
    pub(crate) any_of: OneOrMany<Text>,
    /// One of them may be given.
    pub(crate) at_most_one: OneOrMany<Text>,
    /// All of them must be given, or none.
    pub(crate) all_or_none: OneOrMany<Text>,
}

/// What to use instead of something that goes away. One of `replacement` and `reason` is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "deprecation", rename_all = "kebab-case")]
pub(crate) struct Deprecated {
    /// The release since which it is deprecated.
    pub(crate) since: Option<Text>,
    /// What to use instead: an option or argument by its key, a command with all its words.
    pub(crate) replacement: Option<Text>,
    /// Why, and what to do.
    pub(crate) reason: Option<Text>,
    /// The release that will not have it.
    pub(crate) removal: Option<Text>,
}

/// A default that depends on another option.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "conditional default", rename_all = "kebab-case")]
pub(crate) struct DefaultWhen {
    /// The other option and its value; `true` for a switch.
    pub(crate) when: Map<Text>,
    /// The default then.
    pub(crate) value: Option<Text>,
}

/// One of the values that are accepted.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "choice", rename_all = "kebab-case")]
pub(crate) struct Choice {
    /// What it means.
    pub(crate) help: Option<Text>,
    /// Other words for it, which no help shows.
    pub(crate) aliases: OneOrMany<Text>,
    /// It is accepted, but not shown.
    pub(crate) hidden: bool,
}

/// A section of the man page.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "section", rename_all = "kebab-case")]
pub(crate) struct Section {
    /// What stands in it, in Markdown.
    pub(crate) text: Option<Text>,
    /// The section before it.
    pub(crate) after: After,
}

/// Sections behind which others may stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum After {
    /// DESCRIPTION.
    Description,
    /// OPTIONS.
    #[default]
    Options,
    /// ENVIRONMENT.
    Environment,
    /// FILES.
    Files,
    /// EXIT STATUS.
    ExitStatus,
    /// EXAMPLES.
    Examples,
}

/// One way to end.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "exit code", rename_all = "kebab-case")]
pub(crate) struct ExitCode {
    /// The number that the shell sees.
    pub(crate) code: Option<Spanned<u8>>,
    /// What it means.
    pub(crate) help: Option<Text>,
}

/// A command line to learn from.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename = "example", rename_all = "kebab-case")]
pub(crate) struct Example {
    /// What it does.
    pub(crate) about: Option<Text>,
    /// The command line.
    pub(crate) run: Option<Text>,
    /// It is refused: the exit code with which it ends.
    pub(crate) fails: Option<Text>,
}
