//! Command-line programs from a YAML spec.
//!
//! A spec describes each command once: options, arguments, rules, environment, exit codes, examples.
//! This crate makes the rest of it: typed clap definitions in Rust, help texts and man pages.
//! Errors in a spec are found when the program is built, each with its place and how to fix it.
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
//! 5. [`backend`]s make files of it, as values ([`GeneratedFile`]); those for readers go through [`page`].
//! 6. [`sync`] writes the files, or compares them with what is on disk.
//!
//! From the third step on nothing knows how the spec was written. Errors are collected
//! ([`diagnostic`]) and reported together.
#![deny(missing_docs)]
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
mod generated;
mod ir;
mod lower;
mod model;
mod page;
mod read;
pub mod report;
#[cfg(feature = "cli")]
pub mod schema;
mod source;
mod spec;
#[cfg(test)]
mod structured;
pub mod sync;
#[cfg(test)]
mod tests;
mod text;
mod yaml;

use std::path::Path;

pub use backend::Part;
pub use build::{Builder, Error};
pub use diagnostic::{Code, NoSuchCode, Severity};
pub use generated::GeneratedFile;
pub use report::{Finding, Report, Suggestion};

use diagnostic::{Diagnostic, Diagnostics};

/// Checks a spec: a directory with `cli.yaml` in it, or one file.
///
/// The report has all errors and warnings, in the order of their places. A spec that can't be read is an
/// error of the report, too.
pub fn check(spec: &Path) -> Report {
    Checked::read(spec).into_report()
}

/// Generates the files of some parts from a spec. Nothing is written.
///
/// The same spec gives the same files, to the byte, on every machine.
///
/// # Errors
///
/// The report of [`check()`], if there are errors in it. Warnings prevent nothing and are dropped here;
/// [`Checked`] has both the files and the warnings.
pub fn generate(spec: &Path, parts: &[Part]) -> Result<Vec<GeneratedFile>, Report> {
    let checked = Checked::read(spec);
    checked.generate(parts).ok_or(checked.report)
}

/// A spec that was read and checked.
#[derive(Debug)]
pub struct Checked {
    report: Report,
    program: Option<ir::Program>,
}

impl Checked {
    /// Reads and checks a spec: a directory with `cli.yaml` in it, or one file.
    pub fn read(spec: &Path) -> Self {
        let mut problems = Diagnostics::default();
        let files = read::read(spec, &mut problems);
        let (program, diagnostics) = analyze_files(&files, problems);
        let report = Report {
            sources: files.sources,
            diagnostics,
        };
        Self { report, program }
    }

    /// What was found in the spec.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The same, without the rest.
    pub fn into_report(self) -> Report {
        self.report
    }

    /// Generates the files of these parts; `None` if the spec has errors.
    pub fn generate(&self, parts: &[Part]) -> Option<Vec<GeneratedFile>> {
        let program = self.program.as_ref()?;
        let files = parts.iter().flat_map(|part| part.generate(program));
        Some(files.collect())
    }
}

/// Checks a spec whose files were read, with these errors.
fn analyze_files(
    spec: &read::Spec,
    mut problems: Diagnostics,
) -> (Option<ir::Program>, Vec<Diagnostic>) {
    let files = lower::read_files(spec, &mut problems);
    let program = files.map(|files| {
        let provenance = ir::Provenance {
            spec: spec.name.clone(),
            digest: spec.digest(),
        };
        let program = lower::lower(files, &spec.sources, provenance, &mut problems);
        check::check(&program, &mut problems);
        program
    });
    let program = program.filter(|_| !problems.has_errors());
    (program, problems.finish(&spec.sources))
}
