//! Generates command-line programs from a YAML spec.
//!
//! A spec describes each command once: options, arguments, rules, environment, exit codes, examples.
//! This crate generates typed Rust code, help texts and man pages from it. Errors in a spec are reported
//! when the program is built, each with its place and how to fix it.
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
//! 2. [`yaml`] parses each file into a tree in which every node has its place, and deserializes it to
//!    the types of [`spec`], which represent the spec as written.
//! 3. [`lower`] combines the files, applies sets and parses texts. The result is the program as [`ir`].
//! 4. [`mod@check`] checks the rules for the whole program.
//! 5. [`backend`]s generate files as values ([`GeneratedFile`]). Man pages are generated from a
//!    [`page`].
//! 6. [`sync`] writes the files, or compares them with those on disk.
//!
//! The steps after the third don't depend on how the spec was written. Errors are collected
//! ([`diagnostic`]) and reported together.
#![deny(missing_docs)]
#![allow(rustdoc::private_intra_doc_links)]

mod backend;
mod build;
mod check;
#[cfg(feature = "describe")]
pub mod description;
mod diagnostic;
#[cfg(feature = "cli")]
pub mod diff;
#[cfg(feature = "examples")]
pub mod examples;
#[cfg(feature = "cli")]
pub mod explain;
#[cfg(feature = "cli")]
pub mod export;
#[cfg(feature = "cli")]
pub mod fix;
#[cfg(feature = "cli")]
pub mod format;
mod generated;
#[cfg(feature = "cli")]
pub mod graph;
#[cfg(feature = "import")]
pub mod import;
mod ir;
mod lower;
mod model;
#[cfg(feature = "cli")]
pub mod new;
mod page;
mod parallel;
#[cfg(feature = "cli")]
pub mod preview;
mod read;
#[cfg(feature = "examples")]
mod replace;
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

use std::path::{Path, PathBuf};

pub use backend::Part;
pub use build::{Builder, Error};
pub use diagnostic::{Code, NoSuchCode, Severity};
pub use generated::GeneratedFile;
pub use report::{Finding, Report, Suggestion};

use diagnostic::{Diagnostic, Diagnostics};

/// Checks a spec: a directory that contains `cli.yaml`, or a single file.
///
/// The report contains all errors and warnings, sorted by place. If the spec can't be read, that is an
/// error in the report, too.
pub fn check(spec: &Path) -> Report {
    Checked::read(spec).into_report()
}

/// Generates the files of these parts from a spec, without writing them to disk.
///
/// The same spec gives byte-identical files on every machine.
///
/// # Errors
///
/// The report of [`check()`], if it contains errors. Warnings are not reported here; use [`Checked`] to
/// get both the files and the warnings.
pub fn generate(spec: &Path, parts: &[Part]) -> Result<Vec<GeneratedFile>, Report> {
    let checked = Checked::read(spec);
    checked.generate(parts).ok_or(checked.report)
}

/// A spec that has been read and checked.
#[derive(Debug)]
pub struct Checked {
    report: Report,
    program: Option<ir::Program>,
    shared_sets: Option<PathBuf>,
    /// The path of the spec.
    #[cfg(feature = "cli")]
    spec: PathBuf,
}

impl Checked {
    /// Reads and checks a spec: a directory that contains `cli.yaml`, or a single file.
    pub fn read(spec: &Path) -> Self {
        let mut problems = Diagnostics::default();
        let mut files = read::read(spec, &mut problems);
        let (program, diagnostics) = analyze_files(&files, problems);
        if diagnostics.is_empty() {
            // Only messages show the texts.
            files.sources.forget_texts();
        }
        let report = Report {
            sources: files.sources,
            diagnostics,
        };
        let shared_sets = files.shared_sets;
        Self {
            report,
            program,
            shared_sets,
            #[cfg(feature = "cli")]
            spec: spec.to_owned(),
        }
    }

    /// The errors and warnings of the spec.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The directory of sets that several programs share, if the spec names one. Build scripts have to run
    /// again when it changes.
    pub fn shared_sets(&self) -> Option<&Path> {
        self.shared_sets.as_deref()
    }

    /// Converts this to the errors and warnings of the spec.
    pub fn into_report(self) -> Report {
        self.report
    }

    /// The parts to generate if none are chosen: all of them, except the description. The site is only
    /// generated if the spec has the key `html`.
    pub fn usual_parts(&self) -> Vec<Part> {
        let parts = Part::ALL.iter().copied();
        #[cfg(feature = "describe")]
        let parts = parts.filter(|part| *part != Part::Description);
        #[cfg(feature = "html")]
        let parts = {
            let with_site = self.program.as_ref().is_some_and(|it| it.site.is_usual);
            parts.filter(move |part| with_site || *part != Part::Html)
        };
        parts.collect()
    }

    /// Whether the program completes its command lines, so that there are scripts for shells.
    #[cfg(feature = "cli")]
    pub fn has_completions(&self) -> bool {
        self.program.as_ref().is_some_and(|it| it.completions)
    }

    /// Describes the program as data. Returns `None` if the spec has errors.
    #[cfg(feature = "describe")]
    pub fn describe(&self) -> Option<description::Description> {
        self.program.as_ref().map(backend::describe)
    }

    /// Generates the files of these parts. Returns `None` if the spec has errors.
    pub fn generate(&self, parts: &[Part]) -> Option<Vec<GeneratedFile>> {
        Some(self.generate_each(parts)?.flatten().collect())
    }

    /// Does the same as [`generate`](Self::generate), but one part after the other, so that the files of a part
    /// can be written before those of the next one take memory.
    pub fn generate_each(
        &self,
        parts: &[Part],
    ) -> Option<impl Iterator<Item = Vec<GeneratedFile>>> {
        let program = self.program.as_ref()?;
        let models = model::Models::of(program);
        Some(
            parts
                .iter()
                .map(move |part| part.generate(program, &models)),
        )
    }
}

/// Checks a spec whose files were read, and adds the errors to those found while reading.
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
        let mut program = lower::lower(files, &spec.sources, provenance, &mut problems);
        program.locate(|spans| spec.places(spans));
        check::check(&program, &mut problems);
        #[cfg(feature = "html")]
        if program.site.templates().next().is_some() && !problems.has_errors() {
            backend::check_templates(&program, &model::Models::of(&program), &mut problems);
        }
        program
    });
    let program = program.filter(|_| !problems.has_errors());
    (program, problems.finish(&spec.sources))
}
