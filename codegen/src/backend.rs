//! Back-ends: pure functions from the program to files.
//!
//! A new one is a module and a line in [`Part`].

mod freshness;
mod help;
mod man;
mod rust;
mod schema;

use crate::ir::Program;

use crate::generated::GeneratedFile;
/// The file of [`Part::Rust`].
pub(crate) const RUST_FILE: &str = "cli.rs";

/// A kind of generated file.
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
    /// `freshness.rs`: a module for build scripts that have no generator, which sees whether `cli.rs` was
    /// generated from the spec as it is now.
    Freshness,
}

impl Part {
    /// Every part that is compiled in.
    pub const ALL: &'static [Self] = &[
        Self::Rust,
        Self::Help,
        Self::Man,
        Self::Schema,
        Self::Freshness,
    ];

    /// Whether a file at this path below the output directory is its own.
    pub(crate) fn owns(self, path: &str) -> bool {
        match self {
            Self::Rust => path == RUST_FILE,
            Self::Help => path.starts_with("help/"),
            Self::Man => path.starts_with("man/"),
            Self::Schema => path.starts_with("schema/"),
            Self::Freshness => path == freshness::FILE,
        }
    }

    pub(crate) fn generate(self, program: &Program) -> Vec<GeneratedFile> {
        match self {
            Self::Rust => rust::generate(program),
            Self::Help => help::generate(program),
            Self::Man => man::generate(program),
            Self::Schema => schema::generate(program),
            Self::Freshness => freshness::generate(),
        }
    }
}
