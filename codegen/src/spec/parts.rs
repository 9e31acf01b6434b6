//! The mappings and enumerations inside commands, options and arguments.

use serde::Deserialize;

use super::{Map, OneOrMany, Text};
use crate::source::Spanned;

/// Whether an option or argument is hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "hidden")]
pub(crate) enum Hidden {
    /// Shown everywhere.
    #[default]
    #[serde(rename = "false")]
    No,
    /// Hidden from help and man pages.
    #[serde(rename = "true")]
    Yes,
    /// Hidden from `-h` only.
    #[serde(rename = "short")]
    Short,
}

/// The effect of a command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "effect", rename_all = "kebab-case")]
pub(crate) enum Effect {
    /// It only reads.
    #[default]
    Read,
    /// It creates or changes something.
    Write,
    /// It can't be undone.
    Destructive,
}

/// Where an option of a command group may be given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "placement", rename_all = "kebab-case")]
pub(crate) enum Placement {
    /// Before or after the name of a subcommand.
    #[default]
    Anywhere,
    /// Only before the name of a subcommand, which may use the same names for other options. Subcommands
    /// receive the value.
    BeforeSubcommand,
    /// Only if no subcommand is named. Subcommands don't have the option.
    WithoutSubcommand,
}

/// Another description of an inherited option.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "inherited option", rename_all = "kebab-case")]
pub(crate) struct Inherited {
    /// What it is or does for this command, in one line.
    pub(crate) help: Option<Text>,
    /// A full description, in Markdown. It replaces the original one, as `help` does.
    pub(crate) description: Option<Text>,
    /// Whether help and man pages leave it out.
    pub(crate) hidden: Option<Spanned<bool>>,
}

/// The opposite of a switch, which turns it off.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "opposite", rename_all = "kebab-case")]
pub(crate) struct Opposite {
    /// Its long name. Without this key, `no-` and the name of the option.
    pub(crate) name: Option<Text>,
    /// What it does, in one line.
    pub(crate) help: Option<Text>,
    /// It works, but help and man pages don't show it.
    pub(crate) hidden: bool,
}

/// A group of options and arguments. It has exactly one of the keys `one-of`, `any-of`, `at-most-one` and
/// `all-or-none`. Their members are options, arguments and other option groups.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "option group", rename_all = "kebab-case")]
pub(crate) struct Group {
    /// Exactly one of them must be given.
    pub(crate) one_of: OneOrMany<Text>,
    /// At least one of them must be given.
    pub(crate) any_of: OneOrMany<Text>,
    /// At most one of them may be given.
    pub(crate) at_most_one: OneOrMany<Text>,
    /// Either all of them must be given, or none.
    pub(crate) all_or_none: OneOrMany<Text>,
    /// What its members are for, in one line.
    pub(crate) help: Option<Text>,
}

/// A deprecation. It has a `replacement`, a `reason`, or both.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "deprecation", rename_all = "kebab-case")]
pub(crate) struct Deprecated {
    /// The release that deprecated it.
    pub(crate) since: Option<Text>,
    /// What to use instead: the key of an option or argument, or a command in full.
    pub(crate) replacement: Option<Text>,
    /// Why it is deprecated, and what to do.
    pub(crate) reason: Option<Text>,
    /// The release that removes it.
    pub(crate) removal: Option<Text>,
}

/// A default that depends on another option.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "conditional default", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["when", "value"])))]
pub(crate) struct DefaultWhen {
    /// The other option with its value, such as `format: json`, or `true` for a switch.
    pub(crate) when: Map<Text>,
    /// The default in that case.
    pub(crate) value: Option<Text>,
}

/// One of the accepted values.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "choice", rename_all = "kebab-case")]
pub(crate) struct Choice {
    /// What it means.
    pub(crate) help: Option<Text>,
    /// Other names for it, accepted but not shown.
    pub(crate) aliases: OneOrMany<Text>,
    /// The value is accepted, but not shown.
    pub(crate) hidden: bool,
    /// Its name in Rust, such as `CPlusPlus` for `c++`, if names that differ only in signs would be the same.
    pub(crate) rust: Option<Text>,
}

/// An additional section of the man page.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "section", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["text"])))]
pub(crate) struct Section {
    /// Its content, in Markdown.
    pub(crate) text: Option<Text>,
    /// The section that it follows. Without this key, `options`.
    pub(crate) after: After,
}

/// The sections that an additional section can follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "after", rename_all = "kebab-case")]
pub(crate) enum After {
    /// After DESCRIPTION.
    Description,
    /// After OPTIONS.
    #[default]
    Options,
    /// After ENVIRONMENT.
    Environment,
    /// After FILES.
    Files,
    /// After EXIT STATUS.
    ExitStatus,
    /// After EXAMPLES.
    Examples,
}

/// An exit code.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "exit code", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["help"])))]
pub(crate) struct ExitCode {
    /// The number. It may be left out if a parent command defines an exit code of the same name.
    pub(crate) code: Option<Spanned<u8>>,
    /// What it means.
    pub(crate) help: Option<Text>,
}

/// An example command line.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "example", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["run"])))]
pub(crate) struct Example {
    /// What it does.
    pub(crate) about: Option<Text>,
    /// The command line.
    pub(crate) run: Option<Text>,
    /// The name of the exit code it ends with. `usage` means that the command line is rejected.
    pub(crate) fails: Option<Text>,
    /// What it prints: the result and the messages. `clapspec test` runs the example and compares
    /// its output. `...` matches any text in a line, or any lines if it is a line of its own.
    pub(crate) output: Option<Text>,
    /// Files that exist when `clapspec test` runs the example, by their paths: `~/…`, or relative to the
    /// current directory.
    pub(crate) files: Map<Text>,
    /// Files as they must be after the example, by their paths.
    pub(crate) files_after: Map<Text>,
    /// Files that must not exist after the example.
    pub(crate) files_removed: OneOrMany<Text>,
    /// The name of a picture that shows the example in a terminal. `clapspec test --pictures` runs the example
    /// and draws it.
    pub(crate) picture: Option<Text>,
}
