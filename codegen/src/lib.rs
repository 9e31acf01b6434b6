//! Command-line programs from a YAML spec.
//!
//! A spec describes each command once: options, arguments, rules, environment, exit codes, examples.
//! This crate makes the rest of it: typed clap definitions in Rust, help texts and man pages.
//! Mistakes in a spec are found when the program is built, each with its place and how to mend it.
//!
//! In a `build.rs`:
//!
//! ```no_run
//! clapspec::Builder::new("spec").build();
//! ```
//!
//! and in the program:
//!
//! ```text
//! mod cli {
//!     include!(concat!(env!("OUT_DIR"), "/cli.rs"));
//! }
//! ```
//!
//! # How data flows
//!
//! 1. [`source`] reads the files of a spec.
//! 2. [`yaml`] makes a tree of each, in which every node knows its place, and reads [`spec`]'s types
//!    from it: the language as it is written.
//! 3. [`lower`] puts the files together, applies sets and parses texts: [`ir`], the program as it is.
//! 4. [`mod@check`] looks at the program with rules.
//! 5. [`backend`]s make files of it, as values ([`Output`]); those for readers go through [`page`].
//! 6. [`sync`] writes the files, or compares them with what is on disk.
//!
//! From the third step on nothing knows how the spec was written. Mistakes are collected
//! ([`diagnostic`]) and reported together.
#![allow(rustdoc::private_intra_doc_links)]

mod backend;
mod build;
mod check;
mod diagnostic;
mod ir;
mod lower;
mod output;
mod page;
mod source;
mod spec;
pub mod sync;
mod text;
mod yaml;

use std::fmt;
use std::path::Path;

pub use backend::Part;
pub use build::Builder;
pub use output::Output;
pub use source::display;

pub use diagnostic::{Code, Severity};

use diagnostic::Diagnostics;
use source::Sources;

/// The mistakes found in a spec, each with its place.
#[derive(Debug)]
pub struct Mistakes {
    sources: Sources,
    diagnostics: Diagnostics,
}

impl Mistakes {
    /// How many there are: at least one.
    pub fn count(&self) -> usize {
        self.diagnostics.len()
    }

    /// All of them as text of several lines, with escape sequences for colours if `color`.
    pub fn render(&self, color: bool) -> String {
        self.diagnostics.render(&self.sources, color)
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Mistakes {}

/// Checks a spec: a folder with `cli.yaml` in it, or one file.
///
/// # Errors
///
/// All mistakes in it, in the order of their places. That the spec can't be read is one.
pub fn check(spec: &Path) -> Result<(), Mistakes> {
    analyze(spec).map(|_| ())
}

/// Makes the files of some parts from a spec. Nothing is written.
///
/// The same spec gives the same files, to the byte, on every machine.
///
/// # Errors
///
/// As [`check()`].
pub fn generate(spec: &Path, parts: &[Part]) -> Result<Vec<Output>, Mistakes> {
    let program = analyze(spec)?;
    Ok(parts
        .iter()
        .flat_map(|part| part.generate(&program))
        .collect())
}

/// Reads and checks a spec.
fn analyze(path: &Path) -> Result<ir::Program, Mistakes> {
    let mut problems = Diagnostics::default();
    let spec = source::read(path, &mut problems);
    let files = lower::read_files(&spec, &mut problems);
    let program = files.map(|files| {
        let program = lower::lower(files, &spec.sources, &mut problems);
        check::check(&program, &mut problems);
        program
    });
    match program {
        Some(program) if problems.is_empty() => Ok(program),
        _ => Err(Mistakes {
            diagnostics: problems.finish(&spec.sources),
            sources: spec.sources,
        }),
    }
}
