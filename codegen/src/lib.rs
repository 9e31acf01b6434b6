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
#[cfg(feature = "cli")]
pub mod explain;
#[cfg(feature = "cli")]
pub mod fix;
#[cfg(feature = "cli")]
pub mod format;
mod ir;
mod lower;
mod model;
mod output;
mod page;
mod report;
#[cfg(feature = "cli")]
pub mod schema;
mod source;
mod spec;
#[cfg(test)]
#[path = "../../tests/support/structured/mod.rs"]
mod structured;
pub mod sync;
#[cfg(test)]
mod tests;
mod text;
mod yaml;

use std::path::Path;

pub use backend::Part;
pub use build::Builder;
pub use diagnostic::{Code, Severity};
pub use output::Output;
pub use report::Report;
pub use source::display;

use diagnostic::{Diagnostic, Diagnostics};

/// Checks a spec: a folder with `cli.yaml` in it, or one file.
///
/// The report has all mistakes in it, in the order of their places. That the spec can't be read is
/// one.
pub fn check(spec: &Path) -> Report {
    analyze(spec).1
}

/// Makes the files of some parts from a spec. Nothing is written.
///
/// The same spec gives the same files, to the byte, on every machine.
///
/// # Errors
///
/// The report of [`check()`], if there are errors in it. Warnings alone prevent nothing, and are not
/// told here; [`generate_with_report`] does.
pub fn generate(spec: &Path, parts: &[Part]) -> Result<Vec<Output>, Report> {
    let (outputs, report) = generate_with_report(spec, parts);
    outputs.ok_or(report)
}

/// As [`generate`], with the report in any case. Nothing is made if there are errors in it.
pub fn generate_with_report(spec: &Path, parts: &[Part]) -> (Option<Vec<Output>>, Report) {
    let (program, report) = analyze(spec);
    let make = |program| {
        parts
            .iter()
            .flat_map(|part| part.generate(program))
            .collect()
    };
    (program.as_ref().map(make), report)
}

/// Reads and checks a spec. There is no program if there are errors.
fn analyze(path: &Path) -> (Option<ir::Program>, Report) {
    let mut problems = Diagnostics::default();
    let spec = source::read(path, &mut problems);
    let (program, diagnostics) = analyze_files(&spec, problems);
    let report = Report {
        sources: spec.sources,
        diagnostics,
    };
    (program, report)
}

/// Checks a spec whose files were read, with these mistakes.
fn analyze_files(
    spec: &source::Spec,
    mut problems: Diagnostics,
) -> (Option<ir::Program>, Vec<Diagnostic>) {
    let files = lower::read_files(spec, &mut problems);
    let program = files.map(|files| {
        let program = lower::lower(files, &spec.sources, &mut problems);
        check::check(&program, &mut problems);
        program
    });
    let program = program.filter(|_| !problems.has_errors());
    (program, problems.finish(&spec.sources))
}
