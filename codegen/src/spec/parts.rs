//! What stands within commands, options and arguments.

use serde::Deserialize;

use super::{Map, OneOrMany, Text};
use crate::source::Spanned;

/// What a shell offers for a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "complete", rename_all = "kebab-case")]
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
    /// Addresses of the web.
    Url,
    /// Addresses of mail.
    Email,
}

/// Who sees an option or argument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "hidden")]
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
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "effect", rename_all = "kebab-case")]
pub(crate) enum Effect {
    /// It looks and changes nothing.
    #[default]
    Read,
    /// It makes or changes things.
    Write,
    /// It may destroy what can't be brought back.
    Destructive,
}

/// Options and arguments that belong together. A group has one of these keys.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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

/// What to use instead of something that will go away. `replacement` or `reason` must be given, or both.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "deprecation", rename_all = "kebab-case")]
pub(crate) struct Deprecated {
    /// The release that first says so.
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
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "conditional default", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["when", "value"])))]
pub(crate) struct DefaultWhen {
    /// The other option and its value, such as `format: json`; `true` for a switch.
    pub(crate) when: Map<Text>,
    /// The default then.
    pub(crate) value: Option<Text>,
}

/// One of the values that are accepted.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "section", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["text"])))]
pub(crate) struct Section {
    /// What stands in it, in Markdown.
    pub(crate) text: Option<Text>,
    /// The section behind which it stands; `options` if left out.
    pub(crate) after: After,
}

/// Sections behind which others may stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "after", rename_all = "kebab-case")]
pub(crate) enum After {
    /// Behind DESCRIPTION.
    Description,
    /// Behind OPTIONS.
    #[default]
    Options,
    /// Behind ENVIRONMENT.
    Environment,
    /// Behind FILES.
    Files,
    /// Behind EXIT STATUS.
    ExitStatus,
    /// Behind EXAMPLES.
    Examples,
}

/// One way to end.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "exit code", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["help"])))]
pub(crate) struct ExitCode {
    /// The number that the shell sees. It may be left out where a command above has the same name.
    pub(crate) code: Option<Spanned<u8>>,
    /// What it means.
    pub(crate) help: Option<Text>,
}

/// A command line to learn from.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "example", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["run"])))]
pub(crate) struct Example {
    /// What it does.
    pub(crate) about: Option<Text>,
    /// The command line.
    pub(crate) run: Option<Text>,
    /// The exit code with which it ends: `usage` for a line that is refused, or another name.
    pub(crate) fails: Option<Text>,
}
