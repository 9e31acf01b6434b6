//! The language as it is written: one type for each mapping that a spec may hold.
//!
//! Everything is optional here. What must be given, and what goes together, is found by
//! [`lower`](crate::lower), which can say it better than a missing field. The doc comments are the
//! reference of the language: the JSON Schema and the tables of the book are made from them.

mod contract;
#[cfg(feature = "cli")]
pub(crate) mod forms;
mod output;
mod parts;
mod shapes;

use serde::Deserialize;

use crate::source::Spanned;
pub(crate) use contract::{ConfigFiles, Role, Scope, Setting};
pub(crate) use output::{Schema, Type};
pub(crate) use parts::{
    After, Choice, Complete, DefaultWhen, Deprecated, Effect, Example, ExitCode, Group, Hidden,
    Section,
};
pub(crate) use shapes::{Allow, Choices, Map, Maps, OneOrMany, TextOr};

/// A text and where it is written.
pub(crate) type Text = Spanned<String>;

/// The program. Its file, `cli.yaml`, also holds the keys of a command, for the program itself; all but
/// `aliases`, `hidden-aliases` and `hidden`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "program", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["name"])))]
pub(crate) struct Program {
    /// What users type to call it.
    pub(crate) name: Option<Text>,
    /// What `--version` prints. `cargo` is the version of the crate that compiles the code. Without
    /// the key there is no `--version`.
    pub(crate) version: Option<Text>,
    /// The day of the last change that readers should know of. Man pages show it.
    #[cfg_attr(feature = "cli", schemars(with = "forms::Date"))]
    pub(crate) date: Option<Text>,
    /// Who wrote it. Man pages show it.
    pub(crate) authors: OneOrMany<Text>,
    /// Options that commands share, by the names under which commands `use` them.
    pub(crate) sets: Map<Set>,
    /// Where settings of options are kept. With it, the program has a command `config`.
    pub(crate) config_files: Option<Spanned<ConfigFiles>>,
    /// Longer texts, by the name under which `help` shows them. Each begins with a line `# Title`.
    pub(crate) topics: Map<Text>,
    /// Of an option that is given twice the last counts, in all commands. Otherwise that is refused.
    pub(crate) args_override_self: bool,
    /// In help, what an option does stands on a line of its own, below its name.
    pub(crate) next_line_help: bool,
}

/// Options that commands share.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "set", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["options"])))]
pub(crate) struct Set {
    /// The heading of these options in help and documents.
    pub(crate) heading: Option<Text>,
    /// The options.
    pub(crate) options: Map<Opt>,
    /// Options that belong together: one of them must be given, or all, or none.
    pub(crate) groups: Map<Group>,
    /// Warnings that are meant to be, each by its code with the reason.
    pub(crate) allow: Allow,
}

/// A command. All but `about` may be left out.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "command", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["about"])))]
pub(crate) struct Command {
    /// What it does, in one line.
    pub(crate) about: Option<Text>,
    /// What there is to know about it, in Markdown.
    pub(crate) description: Option<Text>,
    /// Other names, which help and documents show.
    pub(crate) aliases: OneOrMany<Text>,
    /// Other names that no help or document shows.
    pub(crate) hidden_aliases: OneOrMany<Text>,
    /// It works, but no list or document shows it and the commands below it.
    pub(crate) hidden: Option<Spanned<bool>>,
    /// It will go away. What to use instead, or why.
    pub(crate) deprecated: Option<Spanned<Deprecated>>,
    /// The release that brought it.
    pub(crate) since: Option<Text>,
    /// What it does to the world.
    pub(crate) effect: Option<Spanned<Effect>>,
    /// What it asks before it does anything. `{name}` stands for the value of that argument or option.
    pub(crate) confirm: Option<Text>,
    /// The sets of options that it takes.
    #[serde(rename = "use")]
    pub(crate) uses: OneOrMany<Text>,
    /// Values known by their place, in the order in which they are given.
    pub(crate) arguments: Map<Argument>,
    /// Options, by their long names. A name of one letter or digit is a short option. The options of
    /// a command that has commands are taken by all of those.
    pub(crate) options: Map<Opt>,
    /// Options and arguments that belong together: one of them must be given, or all, or none.
    pub(crate) groups: Map<Group>,
    /// Options and arguments without which it can't be called.
    pub(crate) requires: OneOrMany<Text>,
    /// What it prints for programs, as a JSON Schema.
    pub(crate) output: Option<Spanned<Schema>>,
    /// The ways in which it may end, by names such as `failure`. Commands below have them too.
    pub(crate) exit_codes: Map<ExitCode>,
    /// Environment variables that it reads, besides those of options, each with what it does.
    pub(crate) environment: Map<Text>,
    /// Files that it reads or writes, each with what it is.
    pub(crate) files: Map<Text>,
    /// Command lines to learn from.
    pub(crate) examples: Vec<Spanned<Example>>,
    /// What else there is to know, in Markdown.
    pub(crate) notes: Option<Text>,
    /// What is known to be wrong, in Markdown.
    pub(crate) bugs: Option<Text>,
    /// How it came to be, in Markdown.
    pub(crate) history: Option<Text>,
    /// More sections of the man page, by their headings.
    pub(crate) sections: Map<TextOr<Section>>,
    /// Where to read on: commands with all their words, man pages such as `cargo(1)`, and addresses.
    pub(crate) see_also: OneOrMany<Text>,
    /// The commands below it, by their names.
    pub(crate) commands: Map<Command>,
    /// Headings in the list of commands, each with the commands that stand below it.
    pub(crate) headings: Map<OneOrMany<Text>>,
    /// It has commands, but also does something by itself.
    pub(crate) runnable: Option<Spanned<bool>>,
    /// The command below it that is meant when none is named.
    pub(crate) default_command: Option<Text>,
    /// Words that name no command are commands too, which the program itself looks for.
    pub(crate) external: Option<Spanned<bool>>,
    /// Warnings that are meant to be, each by its code with the reason.
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
            /// What kind of value it takes; any text if left out.
            #[cfg_attr(feature = "cli", schemars(with = "forms::TypeName"))]
            #[serde(rename = "type")]
            kind: Option<Text>,
            /// For a path: `true` if something must be there, `false` if nothing may be.
            exists: Option<Spanned<bool>>,
            /// For a number: the smallest that is accepted.
            #[cfg_attr(feature = "cli", schemars(with = "forms::Number"))]
            min: Option<Text>,
            /// For a number: the largest that is accepted.
            #[cfg_attr(feature = "cli", schemars(with = "forms::Number"))]
            max: Option<Text>,
            /// The values that are accepted, alone or each with what it means.
            choices: Option<Spanned<Choices>>,
            /// Capitals make no difference to the choices.
            ignore_case: Option<Spanned<bool>>,
            /// The value when none is given, or several where several are taken.
            default: OneOrMany<Text>,
            /// The value when none is given and another option has a certain value.
            default_when: Maps<DefaultWhen>,
            /// The environment variable that is read when the command line does not have it. In a list, all but
            /// the first are deprecated.
            env: OneOrMany<Text>,
            /// A value may begin with a dash.
            hyphen_values: Option<Spanned<bool>>,
            /// The word that ends the values, where there may be several.
            terminator: Option<Text>,
            /// What a shell offers for it.
            complete: Option<Spanned<Complete>>,
            /// It works, but no help or document shows it. With `short`, only `-h` leaves it out.
            hidden: Option<Spanned<Hidden>>,
            /// It will go away. What to use instead, or why.
            deprecated: Option<Spanned<Deprecated>>,
            /// The release that brought it.
            since: Option<Text>,
            /// It must be given.
            required: Option<Spanned<bool>>,
            /// It must be given unless one of these options and arguments is.
            required_unless: OneOrMany<Text>,
            /// It must be given unless all of these options and arguments are.
            required_unless_all: OneOrMany<Text>,
            /// It must be given when all of these options have these values, such as `format: json`. With a
            /// list, when one entry holds.
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
            /// Warnings that are meant to be, each by its code with the reason.
            allow: Allow,
        }
    };
    (@both $(#[$attribute:meta])* $name:ident { $($(#[$own_attribute:meta])* $own:ident: $own_type:ty,)* }
        $($(#[$common_attribute:meta])* $common:ident: $common_type:ty,)*) => {
        #[derive(Debug, Default, Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
    pub(crate) env: OneOrMany<Text>,
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
    #[cfg_attr(feature = "cli", schemars(extend("required" = ["help"])))]
    Argument {
        /// What stands for it in help; its name in capitals if left out.
        value: Option<Text>,
        /// It takes all values that are left, or so many: `2`, `2..`, `..3`, `2..3`.
        #[cfg_attr(feature = "cli", schemars(with = "forms::Repeat"))]
        repeat: Option<Text>,
        /// It is only taken behind `--`.
        last: Option<Spanned<bool>>,
        /// It takes all words that are left, options too.
        trailing: Option<Spanned<bool>>,
    }
}

with_common_keys! {
    /// An option. It is a switch unless it has a `value` or a `count`.
    #[serde(default, rename = "option", rename_all = "kebab-case")]
    #[cfg_attr(feature = "cli", schemars(extend("required" = ["help"])))]
    Opt {
        /// The letter or digit after one dash.
        short: Option<Text>,
        /// The name after two dashes, when it is not the key.
        long: Option<Text>,
        /// Other names, which help and documents show. Those of one letter are short ones.
        aliases: OneOrMany<Text>,
        /// Other names that no help or document shows.
        hidden_aliases: OneOrMany<Text>,
        /// It takes a value, and this stands for it in help. With a list of names it takes so many at once.
        value: OneOrMany<Text>,
        /// It counts how often it is given; this is how often that is of use.
        #[cfg_attr(feature = "cli", schemars(range(min = 1)))]
        count: Option<Spanned<u8>>,
        /// `--no-NAME` switches it off again.
        negatable: Option<Spanned<bool>>,
        /// It may be given several times.
        repeat: Option<Spanned<bool>>,
        /// How many values it takes at once: `2`, `2..`, `..3`, `2..3`.
        #[cfg_attr(feature = "cli", schemars(with = "forms::Range"))]
        num_args: Option<Text>,
        /// The punctuation mark between values that are given at once: `,` for `a,b`.
        delimiter: Option<Text>,
        /// What its value is when it is given without one. Without the key it must have one.
        bare: Option<Text>,
        /// The value stands behind an equals sign, not in the next word.
        equals: Option<Spanned<bool>>,
        /// The heading under which help and documents list it, in place of that of its set.
        heading: Option<Text>,
        /// Its name in configuration files, such as `term.color`, or what else there is to say about its setting.
        config: Option<Spanned<TextOr<Setting>>>,
        /// Its value is never shown.
        secret: Option<Spanned<bool>>,
        /// What it does for the way in which the command asks and answers.
        role: Option<Spanned<Role>>,
    }
}
