//! What a program decides when it runs, which its spec can't say.

use std::ffi::OsString;

use clap::builder::Styles;

/// What a program decides when it runs: the text of `--version`, colors, defaults that are computed, the
/// command line itself. All that the spec promises holds all the same: settings, JSON, exit codes,
/// questions.
///
/// ```
/// use clapspec_runtime::Setup;
///
/// let setup = Setup::new()
///     .version("1.4.0 (3f2c1ab)")
///     .default("jobs", "8");
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Setup {
    pub(super) version: Option<String>,
    pub(super) styles: Option<Styles>,
    pub(super) defaults: Vec<(&'static str, String)>,
    pub(super) words: Option<Vec<OsString>>,
    pub(super) isolated: bool,
}

impl Setup {
    /// Nothing is different from what the spec says.
    pub fn new() -> Self {
        <Self as Default>::default()
    }

    /// What `--version` prints after the program's name. A program whose spec has no `version` has no
    /// `--version`.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// The colors of help and messages.
    pub fn styles(mut self, styles: Styles) -> Self {
        self.styles = Some(styles);
        self
    }

    /// The default of the options that the spec calls `id`, in place of the one in the spec. Where nothing
    /// else gives a value, it is read as if it were typed; what the option doesn't accept is an error
    /// then. The option must have a default in the spec, or its value may be missing: the type of its field
    /// stays the same.
    pub fn default(mut self, id: &'static str, value: impl Into<String>) -> Self {
        self.defaults.push((id, value.into()));
        self
    }

    /// Only the command line counts: no variable and no configuration file is looked at, and a path need
    /// not exist. For tests, and for examples in documentation.
    pub fn isolated(mut self) -> Self {
        self.isolated = true;
        self
    }

    /// The command line, in place of that of the process. The first word is the program's name.
    pub fn words<T: Into<OsString>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.words = Some(words.into_iter().map(Into::into).collect());
        self
    }
}
