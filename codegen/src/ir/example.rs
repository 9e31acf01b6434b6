//! Examples, and what is expected when they are run.

use super::{Command, Name, USAGE, exits};
use crate::text::{Inlines, expand_tabs};

/// An example: a command line and its description.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) about: Inlines,
    pub(crate) run: Name,
    /// The name of the exit code, if the example fails.
    pub(crate) fails: Option<Name>,
    /// What is expected when it is run. Only examples with an expected output or a picture are run.
    pub(crate) expected: Option<Expected>,
}

impl Example {
    /// What documentation shows as its output, which may be empty. Tabs become spaces, since they would be
    /// aligned differently after an indentation.
    pub(crate) fn shown_output(&self) -> String {
        let output = self.expected.as_ref().and_then(|it| it.output.as_ref());
        let output = output.map_or("", |output| output.trim_end());
        let lines = output.lines().map(expand_tabs);
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The files with which an example is run, and what it must print and leave.
#[derive(Debug)]
pub(crate) struct Expected {
    /// What it must print. Without it, the example is only run for its picture.
    pub(crate) output: Option<Name>,
    /// The files before the run, by their paths.
    pub(crate) files: Vec<(Name, Name)>,
    /// Files after the run, by their paths.
    pub(crate) files_after: Vec<(Name, Name)>,
    /// Files that don't exist after the run.
    pub(crate) files_removed: Vec<Name>,
    /// The name of its picture.
    pub(crate) picture: Option<Name>,
}

impl Command {
    /// The exit status of an example that fails, or `None` for other examples.
    pub(crate) fn status_of(&self, example: &Example) -> Option<u8> {
        let name = example.fails.as_ref()?;
        let exit = self.exit_codes.iter().find(|exit| *exit.name == **name);
        let status = exit.map(|exit| exit.code.value);
        let failure = self.exit_codes.iter();
        let mut failure = failure.filter(|exit| *exit.name == exits::FAILURE);
        status.or_else(|| {
            (**name == *exits::USAGE).then(|| failure.next().map_or(USAGE, |exit| exit.code.value))
        })
    }
}
