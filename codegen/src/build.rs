//! The front door for `build.rs`.

use std::env;
use std::path::{Path, PathBuf};

use crate::Part;
use crate::{generate, source, sync};

/// Generates code in a build script.
///
/// ```no_run
/// clapspec::Builder::new("spec").build();
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    spec: PathBuf,
    parts: Vec<Part>,
}

impl Builder {
    /// A build from this spec, a folder or a file. A relative path begins at the package.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            parts: vec![Part::Rust],
        }
    }

    /// What to make; [`Part::Rust`] alone if this is not called.
    pub fn parts(mut self, parts: &[Part]) -> Self {
        self.parts = parts.to_vec();
        self
    }

    /// Writes the files into `OUT_DIR` and tells cargo to build again when the spec changes.
    ///
    /// When the spec has mistakes, or a file can't be written, it prints what is wrong and ends the
    /// process with status 1, so that cargo shows the message and no trace of a panic. Warnings are
    /// not shown: cargo would repeat them in every build of whoever depends on the program.
    /// `clapspec check` shows them.
    pub fn build(&self) {
        println!("cargo::rerun-if-changed={}", source::display(&self.spec));
        let Some(out) = env::var_os("OUT_DIR") else {
            fail("OUT_DIR is not set: this is to be called by a build script");
        };
        let outputs = match generate(&self.spec, &self.parts) {
            Ok(outputs) => outputs,
            Err(report) => fail(&format!("the command-line spec has mistakes\n\n{report}")),
        };
        for output in &outputs {
            if let Err(error) = sync::write_file(Path::new(&out), output) {
                fail(&error.to_string());
            }
        }
    }
}

fn fail(message: &str) -> ! {
    eprintln!("{}", message.trim_end());
    std::process::exit(1)
}
