//! The part of a program's definition that is decided at run time.

use std::ffi::OsString;

use clap::builder::Styles;

/// Run-time configuration of a program: the text of `--version`, colors, computed defaults, and the
/// command line itself. Everything else works as the spec defines it: settings, JSON, exit codes and
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
    pub(super) variables: Vec<(String, OsString)>,
    pub(super) words: Option<Vec<OsString>>,
    pub(super) isolated: bool,
    pub(super) only_clap: bool,
}

impl Setup {
    /// Creates a setup that changes nothing.
    pub fn new() -> Self {
        <Self as Default>::default()
    }

    /// Sets the version that `--version` prints after the program's name. If the spec has no `version`,
    /// there is no `--version`, and this has no effect.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// Sets the colors of help and messages.
    pub fn styles(mut self, styles: Styles) -> Self {
        self.styles = Some(styles);
        self
    }

    /// Replaces the default of all options with the key `id` in the spec. If nothing else sets a value,
    /// the default is parsed like a value on the command line, and an invalid default is an error. The
    /// option must be optional or have a default in the spec, because the type of its field stays the
    /// same.
    pub fn default(mut self, id: &'static str, value: impl Into<String>) -> Self {
        self.defaults.push((id, value.into()));
        self
    }

    /// Sets the value that options have from an environment variable, whatever that variable is in the
    /// process. Tests can set variables without changing those of the process.
    ///
    /// ```
    /// use clapspec_runtime::Setup;
    ///
    /// let setup = Setup::new()
    ///     .isolated()
    ///     .variable("TOOL_JOBS", "8")
    ///     .words(["tool", "build"]);
    /// ```
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<OsString>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Ignores environment variables, except those that [`variable`](Self::variable) sets, and configuration
    /// files, and accepts paths that don't exist. The command `config` finds no files and changes none, and
    /// `completions` finds no home directory. For tests, and for examples in documentation.
    pub fn isolated(mut self) -> Self {
        self.isolated = true;
        self
    }

    /// Parses all command lines with clap. Usually, that is done only for those that need it, which takes less
    /// time. The values and messages are the same.
    pub fn only_clap(mut self) -> Self {
        self.only_clap = true;
        self
    }

    /// Sets the command line, instead of that of the process. The first element is the program's name.
    pub fn words<T: Into<OsString>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.words = Some(words.into_iter().map(Into::into).collect());
        self
    }

    /// Returns the arguments after `mark`, if that is the first argument.
    pub(crate) fn request(&self, mark: &str) -> Option<Vec<OsString>> {
        let mut words: Box<dyn Iterator<Item = OsString>> = match &self.words {
            Some(words) => Box::new(words.iter().cloned()),
            None => Box::new(std::env::args_os()),
        };
        (words.nth(1)? == mark).then(|| words.collect())
    }
}
