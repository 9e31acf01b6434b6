//! Back-ends: pure functions from the program to files.
//!
//! A new one is a module and a line in [`Part`].

mod help;
mod man;
mod rust;
mod schema;

use crate::ir::Program;
use crate::output::Output;

/// A kind of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// `cli.rs`: typed structs, clap definitions, handlers and dispatch.
    Rust,
    /// `help/NAME.txt`: what each command prints for `--help`.
    Help,
    /// `man/NAME.1`: a page for each command that is not hidden.
    Man,
    /// `schema/NAME.json`: what each command with `output` prints, and what all of them say when there
    /// is no result.
    Schema,
}

impl Part {
    /// Every part that is compiled in.
    pub const ALL: &'static [Self] = &[Self::Rust, Self::Help, Self::Man, Self::Schema];

    /// Whether a file at this path below the output folder is its own.
    pub(crate) fn owns(self, path: &str) -> bool {
        match self {
            Self::Rust => path == "cli.rs",
            Self::Help => path.starts_with("help/"),
            Self::Man => path.starts_with("man/"),
            Self::Schema => path.starts_with("schema/"),
        }
    }

    pub(crate) fn generate(self, program: &Program) -> Vec<Output> {
        match self {
            Self::Rust => rust::generate(program),
            Self::Help => help::generate(program),
            Self::Man => man::generate(program),
            Self::Schema => schema::generate(program),
        }
    }
}
