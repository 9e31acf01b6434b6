//! The API for build scripts.

use std::collections::BTreeSet;
use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::backend::RUST_FILE;
use crate::source::display;
use crate::{Checked, GeneratedFile, Part, Report, sync};

/// A builder that generates code in a build script.
///
/// ```no_run
/// clapspec::Builder::new("spec").build();
/// ```
///
/// A build script can use several builders, one for each program in the package. Each of them needs its
/// own [`file_name`](Self::file_name) or [`out_dir`](Self::out_dir):
///
/// ```no_run
/// clapspec::Builder::new("spec/server").file_name("server.rs").build();
/// clapspec::Builder::new("spec/client").file_name("client.rs").build();
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder generates nothing until `build` or `try_build` is called"]
pub struct Builder {
    spec: PathBuf,
    parts: Vec<Part>,
    out_dir: Option<PathBuf>,
    file_name: String,
    warnings: bool,
}

impl Builder {
    /// Creates a builder for a spec, which is a directory or a file. A relative path is relative to the
    /// package.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            parts: vec![Part::Rust],
            out_dir: None,
            file_name: RUST_FILE.to_owned(),
            warnings: false,
        }
    }

    /// Sets the parts to generate. The default is [`Part::Rust`].
    pub fn parts(mut self, parts: &[Part]) -> Self {
        self.parts = parts.to_vec();
        self
    }

    /// Sets the output directory, instead of `OUT_DIR`. The directory is created if it doesn't exist.
    ///
    /// Cargo asks build scripts to write to `OUT_DIR` only. To keep generated code in the repository, use
    /// `clapspec generate`.
    pub fn out_dir(mut self, directory: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(directory.into());
        self
    }

    /// Sets the name of the Rust file, instead of `cli.rs`.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = name.into();
        self
    }

    /// Sets whether the build shows the spec's warnings, one line each. Cargo shows them only for
    /// packages of the workspace, and repeats them in every build. By default, only `clapspec check`
    /// shows warnings.
    pub fn warnings(mut self, shown: bool) -> Self {
        self.warnings = shown;
        self
    }

    /// Writes the files, and tells cargo to rerun the build script when the spec changes.
    ///
    /// On an error, this prints a message and exits the process with status 1, so that cargo shows the
    /// message without the backtrace of a panic. [`try_build`](Self::try_build) returns the error
    /// instead.
    pub fn build(&self) {
        if let Err(error) = self.try_build() {
            eprintln!("error: {}", error.to_string().trim_end());
            std::process::exit(1);
        }
    }

    /// Like [`build`](Self::build), but returns the report, which may contain warnings.
    ///
    /// # Errors
    ///
    /// If the spec has errors, if a file can't be written or was written by another builder of this
    /// build script, or if no output directory is set.
    pub fn try_build(&self) -> Result<Report, Error> {
        println!("cargo::rerun-if-changed={}", display(&self.spec));
        let out_dir = match &self.out_dir {
            Some(directory) => directory.clone(),
            None => env::var_os("OUT_DIR").map_or(Err(Error::NoDirectory), |it| Ok(it.into()))?,
        };
        sync::check_apart(&self.spec, &out_dir).map_err(Error::Write)?;
        let checked = Checked::read(&self.spec);
        if let Some(directory) = checked.shared_sets() {
            println!("cargo::rerun-if-changed={}", display(directory));
        }
        let Some(files) = checked.generate(&self.parts) else {
            return Err(Error::Spec(checked.into_report()));
        };
        for file in files {
            let file = self.named(file);
            claim(&out_dir.join(file.path()))?;
            sync::write_file(&out_dir, &file).map_err(Error::Write)?;
        }
        let report = checked.into_report();
        if self.warnings {
            for finding in report.findings() {
                println!("cargo::warning={finding}");
            }
        }
        Ok(report)
    }

    /// Renames the Rust file to the configured name.
    fn named(&self, file: GeneratedFile) -> GeneratedFile {
        match file.path() == RUST_FILE {
            true => file.at(&*self.file_name),
            false => file,
        }
    }
}

/// Reserves a path for one builder.
fn claim(path: &Path) -> Result<(), Error> {
    static WRITTEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    match written.insert(path.to_owned()) {
        true => Ok(()),
        false => Err(Error::WrittenTwice(path.to_owned())),
    }
}

/// Why a [`Builder`] did not generate code.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The spec has errors.
    Spec(Report),
    /// Neither `OUT_DIR` nor the builder's output directory is set.
    NoDirectory,
    /// Another builder of this build script has already written this file.
    WrittenTwice(PathBuf),
    /// A file can't be written.
    Write(sync::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(report) => write!(f, "the command-line spec has errors\n\n{report}"),
            Self::NoDirectory => f.write_str(
                "`OUT_DIR` is not set; call this from a build script, or set `Builder::out_dir`",
            ),
            Self::WrittenTwice(path) => write!(
                f,
                "two builders of this build script write `{}`; set another `Builder::file_name` \
                 or `Builder::out_dir` for one of them",
                display(path)
            ),
            Self::Write(error) => write!(f, "can't write the generated code: {error}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Spec(report) => Some(report),
            Self::Write(error) => Some(error),
            Self::NoDirectory | Self::WrittenTwice(_) => None,
        }
    }
}
