//! Converts existing programs to specs.
//!
//! A program that uses clap describes itself: its `Command` has its options, rules and texts. [`command`]
//! converts it to a spec, and compares the program that is generated from this spec with the original one. Every
//! difference is in the report.
//!
//! ```
//! let program = clap::Command::new("notes")
//!     .about("Keep short notes")
//!     .arg(clap::Arg::new("file").long("file").help("File of the notes"));
//! let import = clapspec::import::command(&program).expect("a valid command");
//! assert!(import.report().is_ok());
//! assert!(import.losses().is_empty());
//! # let directory = std::env::temp_dir().join(format!("clapspec-import-{}", std::process::id()));
//! # let spec = directory.join("spec");
//! # std::fs::create_dir(&directory).unwrap();
//! import.write(&spec).expect("a directory that doesn't exist yet");
//! # std::fs::remove_dir_all(&directory).unwrap();
//! ```

mod clap;
mod compare;
mod confidence;
mod debug;
mod described;
mod facts;
#[cfg(feature = "cli")]
mod formats;
mod rebuilt;
#[cfg(test)]
mod tests;
mod text;
mod write;

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use clapspec_runtime::text::printable;

use crate::diagnostic::Diagnostics;
use crate::{GeneratedFile, Report, analyze_files, read, sync};
use compare::Comparison;
use described::Command;

pub use confidence::{Confidence, HelpLine};

#[cfg(feature = "cli")]
pub use formats::{Format, file};

/// Converts a clap command to a spec.
///
/// The command should be that of a debug build: in a release build, clap doesn't know the names of the types
/// that values are parsed to. Facts that clap doesn't reveal are not in the spec, and not in the report either:
/// `required_if_eq_all`, and what a custom parser accepts.
///
/// # Errors
///
/// clap rejects the command, in the checks that it makes in debug builds.
pub fn command(command: &::clap::Command) -> Result<Import, Error> {
    Ok(Import::of(&clap::read(command)?))
}

/// A spec that was converted from the description of an existing program.
#[derive(Debug)]
pub struct Import {
    name: String,
    files: Vec<GeneratedFile>,
    losses: Vec<Loss>,
    report: Report,
    facts: usize,
    lines: Vec<HelpLine>,
}

impl Import {
    fn of(original: &Command) -> Self {
        Self::with(original, Vec::new())
    }

    /// Converts a program of which these losses are known already.
    fn with(original: &Command, known: Vec<Loss>) -> Self {
        let mut written = write::write(original);
        written.losses.extend(known);
        let (report, rebuilt) = check(&written.files);
        let Comparison { losses, facts } =
            compare::compare(original, rebuilt.as_ref(), written.losses);
        let files = written.files.into_iter();
        Self {
            name: original.name.clone(),
            files: files
                .map(|(path, text)| GeneratedFile::new(path, text))
                .collect(),
            losses,
            report,
            facts,
            lines: Vec::new(),
        }
    }

    /// The files of the spec. Their paths are relative to its directory.
    pub fn files(&self) -> &[GeneratedFile] {
        &self.files
    }

    /// What the spec doesn't say, or says differently.
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The errors and warnings of the spec.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The number of facts about the original program that were compared with the program generated from the
    /// spec. It is 0 if the spec has errors.
    pub fn facts(&self) -> usize {
        self.facts
    }

    /// The lines of the help that was converted. There are none if the original is not help.
    pub fn lines(&self) -> &[HelpLine] {
        &self.lines
    }

    /// Writes the files of the spec.
    ///
    /// # Errors
    ///
    /// The directory exists, so that no file is ever overwritten; or it can't be written.
    pub fn write(&self, directory: impl AsRef<Path>) -> io::Result<()> {
        let directory = directory.as_ref();
        sync::create(directory, || {
            for file in &self.files {
                let path = directory.join(file.path());
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::File::create_new(path)?.write_all(file.text().as_bytes())?;
            }
            Ok(())
        })?
    }
}

/// The report: the confidence in the lines of help, how much came over, what was lost, and the errors and warnings of
/// the spec.
impl fmt::Display for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&confidence::report(&self.name, &self.lines))?;
        let lost = self.losses.iter().filter(|loss| loss.is_lost()).count();
        if self.facts > 0 {
            writeln!(
                f,
                "`{}`: {} fact{}, {} of them the same in the program generated from the spec",
                printable(&self.name),
                self.facts,
                if self.facts == 1 { "" } else { "s" },
                self.facts.saturating_sub(lost),
            )?;
        }
        for loss in &self.losses {
            writeln!(f, "{loss}")?;
        }
        match self.report.summary() {
            summary if summary.is_empty() => Ok(()),
            summary => {
                writeln!(f, "\nThe spec has {summary}:\n")?;
                f.write_str(&self.report.render(false, crate::diagnostic::DEFAULT_WIDTH))
            }
        }
    }
}

/// Something that the spec doesn't say, or says differently.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// The command, option or argument: `notes add`, `notes add --file`.
    pub place: String,
    /// What was lost, by the name of clap's method.
    pub fact: String,
    /// The original value. Empty if there was none.
    pub before: String,
    /// The value in the program that is generated from the spec. Empty if there is none.
    pub after: String,
    /// Why, and what to do. Empty if it follows from another loss.
    pub reason: String,
}

impl Loss {
    fn new(place: &str, fact: &str, reason: String) -> Self {
        Self {
            place: place.to_owned(),
            fact: fact.to_owned(),
            before: String::new(),
            after: String::new(),
            reason,
        }
    }

    /// Whether the original fact is missing or different. A fact may also have been added.
    fn is_lost(&self) -> bool {
        !self.before.is_empty() && self.before != self.after
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}`", printable(&self.place), printable(&self.fact))?;
        let short = |text: &str| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let short = text
                .char_indices()
                .nth(60)
                .map(|(end, _)| format!("{}…", &text[..end]));
            printable(&short.unwrap_or(text))
        };
        match (self.before.as_str(), self.after.as_str()) {
            (before, after) if before == after => {}
            // The reason says enough about what was added.
            ("", _) if !self.reason.is_empty() => {}
            (before, "") => write!(f, " was `{}`", short(before))?,
            ("", after) => write!(f, " is now `{}`", short(after))?,
            (before, after) => {
                write!(f, " was `{}`, and is now `{}`", short(before), short(after))?
            }
        }
        match self.reason.as_str() {
            "" => Ok(()),
            reason => write!(f, ": {}", printable(reason)),
        }
    }
}

/// Why a program can't be converted.
#[derive(Debug)]
pub struct Error(String);

impl Error {
    fn invalid(message: &str) -> Self {
        Self(format!("clap rejects the command: {message}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.0))
    }
}

impl std::error::Error for Error {}

/// Checks a spec, and reads the program that is generated from it.
fn check(files: &[(String, String)]) -> (Report, Option<Command>) {
    let mut problems = Diagnostics::default();
    let spec = read::Spec::of("spec", files, &mut problems);
    let (program, diagnostics) = analyze_files(&spec, problems);
    let report = Report {
        sources: spec.sources,
        diagnostics,
    };
    let rebuilt = program.and_then(|program| rebuilt::read(&program).ok());
    (report, rebuilt)
}
