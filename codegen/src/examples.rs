//! Runs the examples of a spec, and compares what they print and leave with the spec.
//!
//! Only examples that have an `output` or a `picture` are run. An example is a command line for a shell, and
//! runs as the user who started the test, in a directory of its own.

mod compare;
mod directory;
mod outcome;
mod picture;
mod run;
mod show;
mod update;

use std::fmt;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::diagnostic::Diagnostics;
use crate::ir;
pub use crate::replace::Error as WriteError;
use crate::report::Places;
use crate::source::display;
use crate::{Report, analyze_files, parallel, read};
pub use outcome::{Failure, Outcome, Problem};
use run::Runner;

/// How long an example may take if no other limit is set.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// The environment variable that lets [`Examples::assert`] update the spec.
const UPDATE: &str = "CLAPSPEC_UPDATE";

/// A run of the examples of a spec.
///
/// In a test of the program:
///
/// ```no_run
/// # let program = "target/debug/shrink"; // In a test: env!("CARGO_BIN_EXE_shrink")
/// clapspec::examples::Examples::new("spec", program).assert();
/// ```
#[derive(Clone, Debug)]
pub struct Examples {
    spec: PathBuf,
    program: PathBuf,
    pictures: Option<PathBuf>,
    update: bool,
    timeout: Duration,
}

impl Examples {
    /// The examples of a spec (a directory that contains `cli.yaml`, or a single file), which run this
    /// program.
    pub fn new(spec: impl Into<PathBuf>, program: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            program: program.into(),
            pictures: None,
            update: false,
            timeout: TIMEOUT,
        }
    }

    /// Sets the directory of the pictures: SVG files that show examples with the key `picture` in a terminal.
    pub fn pictures(self, directory: impl Into<PathBuf>) -> Self {
        Self {
            pictures: Some(directory.into()),
            ..self
        }
    }

    /// Sets whether the spec and the pictures are changed to what the examples print and leave. An example
    /// that ends with another exit status than expected changes nothing.
    pub fn update(self, update: bool) -> Self {
        Self { update, ..self }
    }

    /// Sets how long each example may take. Then it is killed.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Runs the examples, each in a fresh directory. They run at the same time, on all processors.
    ///
    /// # Errors
    ///
    /// If the spec has errors or can't be updated, or if the program doesn't exist. Examples that differ are
    /// not errors.
    pub fn run(&self) -> Result<Outcome, Error> {
        let mut problems = Diagnostics::default();
        let mut spec = read::read(&self.spec, &mut problems);
        let (program, diagnostics) = analyze_files(&spec, problems);
        let Some(program) = program else {
            let sources = spec.sources;
            return Err(Error::Spec(Report {
                sources,
                diagnostics,
            }));
        };
        let runner = Runner::new(&self.program, program.root.name(), self.timeout)
            .map_err(|error| Error::Program(self.program.clone(), error))?;
        let mut examples = tests(&program);
        if self.pictures.is_none() {
            examples.retain(|test| test.expected.output.is_some());
        }
        let results = parallel::map(&examples, examples.len() > 1, |test| {
            runner.run(test, self.pictures.as_deref())
        });
        let mut outcome = Outcome {
            run: examples.len(),
            updated: 0,
            failures: Vec::new(),
            unused: self.unused(&examples)?,
        };
        let mut accepted = Vec::new();
        let places = Places::new(&spec.sources);
        for (test, problems) in examples.iter().zip(results) {
            if problems.is_empty() {
                continue;
            }
            let failure = Failure {
                place: places.place(test.example.run.span),
                run: test.example.run.value.clone(),
                problems,
            };
            if self.update && failure.is_updatable() {
                accepted.extend(failure.problems.into_iter().map(|problem| (test, problem)));
                outcome.updated += 1;
            } else {
                outcome.failures.push(failure);
            }
        }
        if self.update {
            update::write(&mut spec, &program, &accepted)?;
            for path in std::mem::take(&mut outcome.unused) {
                fs::remove_file(&path).map_err(|error| Error::Picture(path, error))?;
            }
        }
        Ok(outcome)
    }

    /// Returns the pictures that no example has.
    fn unused(&self, examples: &[Test<'_>]) -> Result<Vec<PathBuf>, Error> {
        let Some(directory) = &self.pictures else {
            return Ok(Vec::new());
        };
        let names = examples.iter();
        let names: Vec<&str> = names
            .filter_map(|test| Some(test.expected.picture.as_ref()?.as_str()))
            .collect();
        picture::unused(directory, &names).map_err(|error| Error::Picture(directory.clone(), error))
    }

    /// Runs the examples in a test. If the environment variable `CLAPSPEC_UPDATE` is set to `1`, the spec is
    /// updated.
    ///
    /// # Panics
    ///
    /// If an example differs from the spec, with a message that shows the differences. Also if the spec has
    /// errors, or none of its examples is run.
    pub fn assert(self) {
        let update = std::env::var_os(UPDATE).is_some_and(|value| value == "1");
        match self.update(update).run() {
            Err(error) => panic!("{error}"),
            Ok(outcome) if outcome.run == 0 => panic!("no example of the spec is run"),
            Ok(outcome) => assert!(
                outcome.is_ok(),
                "{}\n{}\nto change the spec, set {UPDATE}=1",
                outcome.render(false),
                outcome.summary(),
            ),
        }
    }
}

/// An example that is run, with the exit status that is expected.
struct Test<'a> {
    example: &'a ir::Example,
    expected: &'a ir::Expected,
    status: u8,
}

/// Returns the examples to run, in the order of the spec.
fn tests(program: &ir::Program) -> Vec<Test<'_>> {
    let mut tests = Vec::new();
    for command in program.root.walk() {
        for example in &command.examples {
            tests.extend(example.expected.as_ref().map(|expected| Test {
                example,
                expected,
                status: command.status_of(example).unwrap_or(0),
            }));
        }
    }
    tests
}

/// Why examples can't be run, or the spec can't be updated.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The spec has errors.
    Spec(Report),
    /// The program can't be found, or no temporary directory can be created.
    Program(PathBuf, io::Error),
    /// An example prints a character that this file of the spec can't have.
    Unsafe(PathBuf, char),
    /// The place of an output can't be changed, for example because an alias uses it elsewhere.
    NotUpdatable,
    /// A file of the spec can't be written.
    Write(WriteError),
    /// A picture or the directory of the pictures can't be read or written.
    Picture(PathBuf, io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(report) => write!(f, "{}", report.render(false, 100).trim_end()),
            Self::Program(path, error) | Self::Picture(path, error) => {
                write!(f, "`{}`: {error}", display(path))
            }
            Self::Unsafe(path, c) => write!(
                f,
                "`{}` can't be updated, because an example prints the character U+{:04X}, which a spec can't have",
                display(path),
                u32::from(*c)
            ),
            Self::NotUpdatable => f.write_str(
                "the spec can't be updated automatically, for example because an alias uses the output \
                 elsewhere; change it by hand",
            ),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Program(_, error) | Self::Picture(_, error) => Some(error),
            Self::Write(error) => error.source(),
            Self::Spec(_) | Self::Unsafe(..) | Self::NotUpdatable => None,
        }
    }
}
