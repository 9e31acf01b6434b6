//! Back-ends: pure functions from the program to files.
//!
//! To add one, write a module and add a variant to [`Part`].

mod completions;
#[cfg(feature = "describe")]
mod description;
mod freshness;
mod help;
#[cfg(feature = "html")]
mod html;
mod man;
mod markdown;
mod rust;
mod schema;

use crate::generated::GeneratedFile;
use crate::ir::Program;
use crate::model::Models;
#[cfg(feature = "describe")]
pub(crate) use description::of as describe;
#[cfg(feature = "cli")]
pub(crate) use help::of_page as help_of_page;
#[cfg(feature = "cli")]
pub(crate) use html::Templates;
#[cfg(feature = "html")]
pub(crate) use html::check_templates;
#[cfg(feature = "cli")]
pub(crate) use rust::{literal as rust_literal, spelled as rust_name};

/// The file that [`Part::Rust`] generates.
pub(crate) const RUST_FILE: &str = "cli.rs";

/// A kind of generated file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// `cli.rs`: typed structs, the definitions of commands, handlers and dispatch.
    Rust,
    /// `help/NAME.txt`: the output of `--help` for each command.
    Help,
    /// `man/NAME.1`: a man page for each command that is not hidden.
    Man,
    /// `markdown/NAME.md`: a page for each command and topic that is not hidden, and `markdown/README.md`,
    /// which lists them.
    Markdown,
    /// `html/`: a site, with a page for each command and topic that is not hidden. (Feature `html`.)
    #[cfg(feature = "html")]
    Html,
    /// `schema/NAME.json`: the JSON Schema of what each command with `output` prints, and of the
    /// messages that commands write to standard error.
    Schema,
    /// `completions/`: a script for each shell. The program needs `completions: true`.
    Completions,
    /// `freshness.rs`: a module for build scripts that don't run the generator. It checks that `cli.rs`
    /// is up to date with the spec.
    Freshness,
    /// `description.json`: everything that the spec defines, for other tools. (Feature `describe`.)
    #[cfg(feature = "describe")]
    Description,
}

impl Part {
    /// All parts.
    pub const ALL: &'static [Self] = &[
        Self::Rust,
        Self::Help,
        Self::Man,
        Self::Markdown,
        #[cfg(feature = "html")]
        Self::Html,
        Self::Schema,
        Self::Completions,
        Self::Freshness,
        #[cfg(feature = "describe")]
        Self::Description,
    ];

    /// Whether a file at this path in the output directory belongs to this part.
    pub(crate) fn owns(self, path: &str) -> bool {
        match self {
            Self::Rust => path == RUST_FILE,
            Self::Help => path.starts_with("help/"),
            Self::Man => path.starts_with("man/"),
            Self::Markdown => path.starts_with("markdown/"),
            #[cfg(feature = "html")]
            Self::Html => path.starts_with("html/"),
            Self::Schema => path.starts_with("schema/"),
            Self::Completions => path.starts_with("completions/"),
            Self::Freshness => path == freshness::FILE,
            #[cfg(feature = "describe")]
            Self::Description => path == description::FILE,
        }
    }

    pub(crate) fn generate(self, program: &Program, models: &Models) -> Vec<GeneratedFile> {
        match self {
            Self::Rust => rust::generate(program, models),
            Self::Help => help::generate(program, models),
            Self::Man => man::generate(program, models),
            Self::Markdown => markdown::generate(program, models),
            #[cfg(feature = "html")]
            Self::Html => html::generate(program, models),
            Self::Schema => schema::generate(program),
            Self::Completions => completions::generate(program),
            Self::Freshness => freshness::generate(),
            #[cfg(feature = "describe")]
            Self::Description => description::generate(program),
        }
    }
}
