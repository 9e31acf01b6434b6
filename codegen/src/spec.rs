//! The language as it is written: one type for each mapping that a spec may have.
//!
//! A key is declared here and nowhere else: the reader, the list of known keys, the JSON Schema and the
//! tables of the book follow from its field, and its doc comment is its description in the last two.
//!
//! Every key is optional here. [`lower`](crate::lower) checks what is required and what goes together,
//! because it can explain the problem better than an error about a missing field.

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
    After, Choice, DefaultWhen, Deprecated, Effect, Example, ExitCode, Group, Hidden, Inherited,
    Opposite, Placement, Section,
};
#[cfg(feature = "cli")]
pub(crate) use shapes::OrMap;
pub(crate) use shapes::{Allow, BoolOr, Choices, Map, Maps, OneOrMany, TextOr};

/// A string, and its position in the file.
pub(crate) type Text = Spanned<String>;

/// The program. Its file, `cli.yaml`, may also have the keys of a command, which then describe the program
/// itself, except `aliases`, `hidden-aliases` and `hidden`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "program", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["name"])))]
pub(crate) struct Program {
    /// The name that users type.
    pub(crate) name: Option<Text>,
    /// The version that `--version` prints. `cargo` means the version of the crate that compiles the
    /// generated code; man pages then have no version. Without this key, there is no `--version`.
    pub(crate) version: Option<Text>,
    /// The date of the last change that matters to readers, shown in man pages.
    #[cfg_attr(feature = "cli", schemars(with = "forms::Date"))]
    pub(crate) date: Option<Text>,
    /// The authors, shown in man pages.
    pub(crate) authors: OneOrMany<Text>,
    /// Sets of options that several commands share. A command takes them with `use`.
    pub(crate) sets: Map<Set>,
    /// A directory with sets that several programs share, relative to the program's file, such as
    /// `../shared/sets`. The key must be at the beginning of a line.
    pub(crate) sets_from: Option<Text>,
    /// Where settings are stored. With this key, the program gets a `config` command.
    pub(crate) config_files: Option<Spanned<ConfigFiles>>,
    /// Shells complete the program's command lines. If the program has subcommands, it also gets a
    /// `completions` command.
    pub(crate) completions: Option<Spanned<bool>>,
    /// Additional help topics: `PROGRAM help NAME` shows the text. Each begins with a line `# Title`.
    pub(crate) topics: Map<Text>,
    /// The beginning of the names of environment variables, such as `TOOL`, for options with `env: true`:
    /// `--dry-run` has the variable `TOOL_DRY_RUN`.
    pub(crate) env_prefix: Option<Text>,
    /// If an option is given more than once, the last one counts, in all commands. Without this key, that
    /// is an error.
    pub(crate) args_override_self: bool,
    /// Help shows the description of each option on the line after its name.
    pub(crate) next_line_help: bool,
    /// How Markdown is generated.
    pub(crate) markdown: Markdown,
}

/// How Markdown is generated.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "markdown", rename_all = "kebab-case")]
pub(crate) struct Markdown {
    /// Each page begins with its title and description in YAML, for programs that make sites.
    pub(crate) front_matter: bool,
    /// What the links between pages end in. Without this key, `.md`.
    pub(crate) links: PageLinks,
    /// There is a single page with all commands and topics.
    pub(crate) single_page: bool,
}

/// What the links between pages end in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "page links", rename_all = "kebab-case")]
pub(crate) enum PageLinks {
    /// The links end in `.md`, as GitHub, mdBook and Docusaurus need it.
    #[default]
    Md,
    /// The links end in `.html`.
    Html,
    /// The links have no ending.
    None,
}

/// A set of options that several commands share.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "set", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["options"])))]
pub(crate) struct Set {
    /// The heading for these options in help and man pages.
    pub(crate) heading: Option<Text>,
    /// The struct of the set is optional in Rust: it is `None` unless one of the options is given. Required
    /// options are required only then.
    pub(crate) optional: Option<Spanned<bool>>,
    /// The options, by their names.
    pub(crate) options: Map<Opt>,
    /// Option groups: for example, exactly one of these options must be given.
    pub(crate) groups: Map<Group>,
    /// Warnings to suppress: each code with the reason.
    pub(crate) allow: Allow,
}

/// A command. Only `about` is required.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "command", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["about"])))]
pub(crate) struct Command {
    /// What it does, in one line.
    pub(crate) about: Option<Text>,
    /// A full description, in Markdown.
    pub(crate) description: Option<Text>,
    /// Other names, shown in help and man pages.
    pub(crate) aliases: OneOrMany<Text>,
    /// Other names, not shown anywhere.
    pub(crate) hidden_aliases: OneOrMany<Text>,
    /// Second names elsewhere in the program, written in full: `tool create` for `tool apps create`. Help lists
    /// them.
    pub(crate) also: OneOrMany<Text>,
    /// The command works, but help doesn't list it. It and its subcommands have no help file and no man page.
    pub(crate) hidden: Option<Spanned<bool>>,
    /// Marks it as deprecated, with what to use instead or the reason.
    pub(crate) deprecated: Option<Spanned<Deprecated>>,
    /// The release that added it.
    pub(crate) since: Option<Text>,
    /// Whether it only reads, changes something, or can't be undone.
    pub(crate) effect: Option<Spanned<Effect>>,
    /// Whether running it again has no further effect.
    pub(crate) idempotent: Option<Spanned<bool>>,
    /// Whether it uses the network.
    pub(crate) network: Option<Spanned<bool>>,
    /// The confirmation prompt that it shows before it does anything. `{name}` is replaced by the value of that argument or option.
    pub(crate) confirm: Option<Text>,
    /// The option sets that it takes.
    #[serde(rename = "use")]
    pub(crate) uses: OneOrMany<Text>,
    /// Positional arguments, in the order in which they are given. A command group must be `runnable` to have
    /// any, and takes them only if no subcommand is named.
    pub(crate) arguments: Map<Argument>,
    /// Options, by their long names. A name of one letter or digit is a short option. Subcommands inherit
    /// the options of their command group.
    pub(crate) options: Map<Opt>,
    /// Inherited options that help and man pages describe differently for this command and its
    /// subcommands.
    pub(crate) inherit: Map<Inherited>,
    /// Option groups: for example, exactly one of these options and arguments must be given.
    pub(crate) groups: Map<Group>,
    /// Options and arguments that must be given to this command. They may be inherited.
    pub(crate) requires: OneOrMany<Text>,
    /// A JSON Schema of the result that it prints for other programs.
    pub(crate) output: Option<Spanned<Schema>>,
    /// Exit codes, by names such as `failure`. Subcommands inherit them.
    pub(crate) exit_codes: Map<ExitCode>,
    /// Environment variables that it reads, except those of options, each with a description.
    pub(crate) environment: Map<Text>,
    /// Files that it reads or writes, each with a description.
    pub(crate) files: Map<Text>,
    /// Example command lines.
    pub(crate) examples: Vec<Spanned<Example>>,
    /// The NOTES section of the man page, in Markdown.
    pub(crate) notes: Option<Text>,
    /// The BUGS section of the man page, in Markdown.
    pub(crate) bugs: Option<Text>,
    /// The HISTORY section of the man page, in Markdown.
    pub(crate) history: Option<Text>,
    /// Additional sections of the man page, by their headings.
    pub(crate) sections: Map<TextOr<Section>>,
    /// Related commands (in full, such as `cargo login`), man pages such as `cargo(1)`, and URLs.
    pub(crate) see_also: OneOrMany<Text>,
    /// Its subcommands, by their names. They make it a command group.
    pub(crate) commands: Map<Command>,
    /// Headings for the list of subcommands, each with the subcommands listed under it.
    pub(crate) headings: Map<OneOrMany<Text>>,
    /// The command group can also be run without a subcommand.
    pub(crate) runnable: Option<Spanned<bool>>,
    /// The subcommand that runs when no subcommand is given.
    pub(crate) default_command: Option<Text>,
    /// Unknown subcommands are passed to the program, which may run another program.
    pub(crate) external: Option<Spanned<bool>>,
    /// Warnings to suppress: each code with the reason.
    pub(crate) allow: Allow,
}

/// The schema of mappings that have `help`, unless they are hidden.
#[cfg(feature = "cli")]
fn help_or_hidden() -> serde_json::Value {
    serde_json::json!([
        { "required": ["help"] },
        { "required": ["hidden"], "properties": { "hidden": { "const": true } } },
    ])
}

/// Defines `Common`, and structs that have its keys beside their own.
macro_rules! with_common_keys {
    (Common $common:tt $($(#[$attribute:meta])* $name:ident $own:tt)*) => {
        with_common_keys! { @common $common }
        $(with_common_keys! { @struct $(#[$attribute])* $name $own $common })*
    };
    (@common { $($(#[$attribute:meta])* $key:ident: $type:ty,)* }) => {
        /// The keys that arguments and options have in common.
        #[derive(Debug, Default)]
        pub(crate) struct Common {
            $(pub(crate) $key: $type,)*
        }
    };
    (@struct $(#[$attribute:meta])* $name:ident
        { $($(#[$own_attribute:meta])* $own:ident: $own_type:ty,)* }
        { $($(#[$common_attribute:meta])* $common:ident: $common_type:ty,)* }) => {
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

with_common_keys! {
    Common {
        /// What it is or does, in one line. Required unless `hidden` is `true`.
        help: Option<Text>,
        /// A full description, in Markdown.
        description: Option<Text>,
        /// The type of its value. Without this key, the value may be any string.
        #[cfg_attr(feature = "cli", schemars(with = "forms::TypeName"))]
        #[serde(rename = "type")]
        kind: Option<Text>,
        /// For a path: `true` if it must exist, `false` if it must not exist.
        exists: Option<Spanned<bool>>,
        /// For a number: the smallest value accepted.
        #[cfg_attr(feature = "cli", schemars(with = "forms::Number"))]
        min: Option<Text>,
        /// For a number: the largest value accepted.
        #[cfg_attr(feature = "cli", schemars(with = "forms::Number"))]
        max: Option<Text>,
        /// The values accepted: a list, or a mapping that describes each value.
        choices: Option<Spanned<Choices>>,
        /// The choices match regardless of case.
        ignore_case: Option<Spanned<bool>>,
        /// The value, or values, used when none is given.
        default: OneOrMany<Text>,
        /// The value used when none is given and another option has a certain value. A switch can be on: `true`.
        default_when: Maps<DefaultWhen>,
        /// The environment variable that provides the value when the command line doesn't. `true` means the
        /// option's own name, after the program's `env-prefix`. In a list, all variables but the first are
        /// deprecated.
        env: OneOrMany<Text>,
        /// The value may begin with a dash.
        hyphen_values: Option<Spanned<bool>>,
        /// The argument that ends a list of values.
        terminator: Option<Text>,
        /// What shells complete: a kind of value, or a name of values that the program itself offers.
        #[cfg_attr(feature = "cli", schemars(with = "forms::CompleteName"))]
        complete: Option<Text>,
        /// For a file: the file name extensions that shells complete, such as `json`. Others are accepted too.
        extensions: OneOrMany<Text>,
        /// Known values, which shells complete: a list, or a mapping that describes each value. Others are
        /// accepted too.
        suggest: Option<Spanned<Choices>>,
        /// The heading under which help and man pages list it, instead of the usual one or that of its set.
        heading: Option<Text>,
        /// It works, but help and man pages don't show it. With `hidden: short`, only `-h` hides it.
        hidden: Option<Spanned<Hidden>>,
        /// Marks it as deprecated, with what to use instead or the reason.
        deprecated: Option<Spanned<Deprecated>>,
        /// The release that added it.
        since: Option<Text>,
        /// It is required.
        required: Option<Spanned<bool>>,
        /// It is required unless one of these options and arguments is given.
        required_unless: OneOrMany<Text>,
        /// It is required unless all of these options and arguments are given.
        required_unless_all: OneOrMany<Text>,
        /// It is required when all of these options have these values, such as `format: json`. In a list, one
        /// matching entry is enough.
        required_when: Maps<Map<Text>>,
        /// It is required if one of these options and arguments is given.
        required_with: OneOrMany<Text>,
        /// Options and arguments that can't be used together with it.
        conflicts: OneOrMany<Text>,
        /// Options and arguments that must be given with it. Of an option group, one member is enough.
        requires: OneOrMany<Text>,
        /// It can't be used when all of these options have these values, such as `format: json`, in whatever way
        /// they get them. In a list, one matching entry is enough.
        conflicts_when: Maps<Map<Text>>,
        /// It can only be used when all of these options have these values, in whatever way they get them. In a
        /// list, one matching entry is enough.
        requires_when: Maps<Map<Text>>,
        /// Options that it replaces if they were given before it. It may name itself.
        overrides: OneOrMany<Text>,
        /// It can't be used together with anything else.
        exclusive: Option<Spanned<bool>>,
        /// Warnings to suppress: each code with the reason.
        allow: Allow,
    }

    /// A positional argument.
    #[serde(default, rename = "argument", rename_all = "kebab-case")]
    #[cfg_attr(feature = "cli", schemars(extend("anyOf" = help_or_hidden())))]
    Argument {
        /// Its placeholder in help. Without this key, its name in capitals.
        value: Option<Text>,
        /// It takes several values: `true` for any number, or a number or range such as `2`, `2..`, `..3`, `2..3`.
        #[cfg_attr(feature = "cli", schemars(with = "forms::Repeat"))]
        repeat: Option<Text>,
        /// Its value must come after `--`.
        last: Option<Spanned<bool>>,
        /// It takes the rest of the command line, including anything that looks like an option.
        trailing: Option<Spanned<bool>>,
    }

    /// An option. Without `value` or `count`, it is a switch.
    #[serde(default, rename = "option", rename_all = "kebab-case")]
    #[cfg_attr(feature = "cli", schemars(extend("anyOf" = help_or_hidden())))]
    Opt {
        /// Its short name: a letter, a digit, or one of the signs `%+,./:@^_`.
        short: Option<Text>,
        /// Its long name, if it differs from the key.
        long: Option<Text>,
        /// Other names, shown in help and man pages. A name of one letter is a short name.
        aliases: OneOrMany<Text>,
        /// Other names, not shown anywhere.
        hidden_aliases: OneOrMany<Text>,
        /// Earlier names, not shown anywhere, each with its deprecation. They are still accepted, with a warning.
        deprecated_aliases: Map<Spanned<Deprecated>>,
        /// The option takes a value, with this placeholder in help, such as `FILE` or `NAME[:GROUP]`. With a list of
        /// placeholders, it takes one value for each.
        value: OneOrMany<Text>,
        /// The option counts how many times it is given. The number is the highest count that makes a difference.
        #[cfg_attr(feature = "cli", schemars(range(min = 1)))]
        count: Option<Spanned<u8>>,
        /// `--no-NAME` turns the switch off again. A mapping describes this opposite, or gives it another name.
        negatable: Option<Spanned<BoolOr<Opposite>>>,
        /// It may be given more than once: `true` for any number of values, or a number or range, such as `2`,
        /// `2..`, `..3`, `2..3`.
        #[cfg_attr(feature = "cli", schemars(with = "forms::Repeat"))]
        repeat: Option<Text>,
        /// How many values it takes each time: `2`, `2..`, `..3`, `2..3`.
        #[cfg_attr(feature = "cli", schemars(with = "forms::Range"))]
        num_args: Option<Text>,
        /// The punctuation mark, other than `-`, that separates values: `,` for `a,b`. It needs `repeat` or
        /// `num-args`.
        delimiter: Option<Text>,
        /// The value used when the option is given without one. Without this key, a value is required.
        bare: Option<Text>,
        /// The value must follow an equals sign: `--name=VALUE`, not `--name VALUE`.
        equals: Option<Spanned<bool>>,
        /// The effect of the command when the option is given, if it is more than its usual effect.
        effect: Option<Spanned<Effect>>,
        /// The option of the program is a first argument with this sign before its value: with `+`,
        /// `tool +VALUE`. It has no other names.
        sigil: Option<Text>,
        /// For an option of a command group: whether it may be given before and after the name of a
        /// subcommand. Without this key, `anywhere`.
        placement: Option<Spanned<Placement>>,
        /// Its key in configuration files, such as `term.color`, or a mapping with more about the setting.
        config: Option<Spanned<TextOr<Setting>>>,
        /// Its value is never printed.
        secret: Option<Spanned<bool>>,
        /// Its effect on the program's confirmation prompts and output.
        role: Option<Spanned<Role>>,
    }
}
