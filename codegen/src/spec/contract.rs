//! What scripts rely on: questions, output and settings.

use serde::Deserialize;

use super::{OneOrMany, Text};
use crate::source::Spanned;

/// The effect of an option on the program's confirmation prompts and output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "role", rename_all = "kebab-case")]
pub(crate) enum Role {
    // An unknown name is read as the first variant, which causes the fewest follow-up errors.
    /// A switch that answers the question of `confirm` with yes.
    #[default]
    Yes,
    /// A switch that prints the result as one line of JSON.
    Json,
    /// A switch that prints the result as indented JSON.
    PrettyJson,
    /// A switch for a run that changes nothing.
    DryRun,
    /// An option with the choices `auto`, `always` and `never`: when error messages are colored.
    Color,
}

/// The setting that belongs to an option.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "setting", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["key"])))]
pub(crate) struct Setting {
    /// Its key in configuration files, such as `term.color`.
    pub(crate) key: Option<Text>,
    /// Its earlier keys. Files can still use them, with a warning.
    pub(crate) deprecated_keys: OneOrMany<Text>,
    /// Which configuration files may set it.
    pub(crate) scope: Option<Spanned<Scope>>,
}

/// Which configuration files may set an option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "scope", rename_all = "kebab-case")]
pub(crate) enum Scope {
    /// All configuration files.
    #[default]
    Project,
    /// Only the user's and the system's files, not a project's.
    User,
}

/// Where settings are stored. At least one of these files must be given.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "configuration files", rename_all = "kebab-case")]
pub(crate) struct ConfigFiles {
    /// A file in the current directory, or in the nearest parent directory that has it.
    pub(crate) project: Option<Text>,
    /// A file in the user's configuration directory: `XDG_CONFIG_HOME` or `~/.config`.
    pub(crate) user: Option<Text>,
    /// A file in the system's configuration directory: `XDG_CONFIG_DIRS` or `/etc/xdg`.
    pub(crate) system: Option<Text>,
}
