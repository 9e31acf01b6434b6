//! What a preview shows of a spec.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};

use crate::backend;
use crate::ir::Program;
use crate::model::Models;
use crate::{Checked, Part};

/// The documentation of a spec.
#[derive(Default)]
pub(super) struct Rendered {
    /// The errors and warnings as text.
    pub(super) report: String,
    /// The number of errors and warnings, in words.
    pub(super) summary: String,
    /// The site and the man pages, by their paths. Empty if the spec has errors.
    files: HashMap<String, Arc<[u8]>>,
    /// What help is rendered from.
    program: Option<Arc<Help>>,
}

/// A program, and its models, which are only made when help is shown. Their memory is never freed.
struct Help {
    program: Program,
    models: OnceLock<Models>,
}

impl Rendered {
    pub(super) fn of(spec: &Path) -> Self {
        let mut checked = Checked::read(spec);
        let files = checked
            .generate(&[Part::Html, Part::Man])
            .unwrap_or_default();
        let files = files
            .into_iter()
            .map(|file| (file.path().to_owned(), file.text().as_bytes().into()));
        Self {
            report: checked.report().render(false, 100),
            summary: checked.report().summary(),
            files: files.collect(),
            program: checked.program.take().map(|program| {
                let models = OnceLock::new();
                Arc::new(Help { program, models })
            }),
        }
    }

    /// Whether there is a site, because the spec has no errors.
    pub(super) fn is_complete(&self) -> bool {
        self.program.is_some()
    }

    /// Takes the documentation from an earlier state.
    pub(super) fn keep_from(&mut self, earlier: &Self) {
        self.files = earlier.files.clone();
        self.program = earlier.program.clone();
    }

    /// Returns a file of the site.
    pub(super) fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        self.files.get(&format!("html/{path}")).cloned()
    }

    /// Returns what `--help` prints for a page of the site, in a terminal of this width.
    pub(super) fn help(&self, page: &str, width: usize) -> Option<String> {
        let help = self.program.as_ref()?;
        let models = help.models.get_or_init(|| Models::of(&help.program));
        backend::help_of_page(&help.program, models, page, width)
    }

    /// Returns the man page of a page of the site, as `man` shows it in a terminal of this width. Without a
    /// program that formats it, returns its source.
    pub(super) fn man(&self, page: &str, width: usize) -> Option<String> {
        let mut sections = ["1", "7"].into_iter();
        let source = sections.find_map(|it| self.files.get(&format!("man/{page}.{it}")))?;
        let formatted = formatted(source, width);
        Some(formatted.unwrap_or_else(|| {
            let source = String::from_utf8_lossy(source);
            format!("To see the man page here, install mandoc or man-db.\n\n{source}")
        }))
    }
}

/// Formats a man page with mandoc, or with man of man-db.
fn formatted(source: &[u8], width: usize) -> Option<String> {
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(source).ok()?;
    let mut mandoc = Command::new("mandoc");
    mandoc.args(["-T", "utf8", "-O", &format!("width={width}")]);
    let mut man = Command::new("man");
    man.arg("-l")
        .env("MANWIDTH", width.to_string())
        .env("MANPAGER", "cat");
    [mandoc, man].into_iter().find_map(|mut program| {
        let output = program
            .arg(file.path())
            .stdin(Stdio::null())
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        (!text.is_empty()).then(|| without_overstrikes(&text))
    })
}

/// Removes what printers of the past print twice at the same place, to make it bold or underlined.
fn without_overstrikes(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\u{8}' => drop(out.pop()),
            c => out.push(c),
        }
    }
    out
}
