//! What scripts rely on: how a command asks, answers and ends.

use serde::Deserialize;

use super::Text;
use crate::source::Spanned;

/// What an option does for the way in which a command asks and answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "role", rename_all = "kebab-case")]
pub(crate) enum Role {
    // A word that is misspelt is read as the first one, of which least follows.
    /// A switch: the question of `confirm` is answered with yes.
    #[default]
    Yes,
    /// A switch: the result is printed as one line of JSON.
    Json,
    /// A switch: the result is printed as indented JSON.
    PrettyJson,
    /// A switch: nothing is changed.
    DryRun,
    /// The choices `auto`, `always` and `never`: when messages of errors are coloured.
    Color,
}

/// The setting of an option.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "setting", rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", schemars(extend("required" = ["key"])))]
pub(crate) struct Setting {
    /// Its name in configuration files, such as `term.color`.
    pub(crate) key: Option<Text>,
    /// Whose files may have it.
    pub(crate) scope: Option<Spanned<Scope>>,
}

/// Whose configuration files may have a setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename = "scope", rename_all = "kebab-case")]
pub(crate) enum Scope {
    /// All files.
    #[default]
    Project,
    /// The user's and the system's, but not a project's.
    User,
}

/// Where settings are kept. At least one of the files must be named.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, rename = "configuration files", rename_all = "kebab-case")]
pub(crate) struct ConfigFiles {
    /// In the current folder, or the nearest above it that has such a file.
    pub(crate) project: Option<Text>,
    /// Below the folder in which users keep settings: `XDG_CONFIG_HOME` or `~/.config`.
    pub(crate) user: Option<Text>,
    /// Below the folder in which the system keeps settings: `XDG_CONFIG_DIRS` or `/etc/xdg`.
    pub(crate) system: Option<Text>,
}
