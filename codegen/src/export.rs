//! Programs in other formats: derive code for clap alone, and descriptions for other tools.
//!
//! An export is made once, by hand, so it is not a [`Part`](crate::Part). What the other format can't say is reported
//! as a list of [`Loss`]es.

mod carapace;
mod derive;
mod fig;
mod losses;
mod opencli;
mod usage;

use crate::Checked;

pub use losses::Loss;

/// A format to which programs are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Rust code with clap's derive macros, which doesn't need clapspec.
    Clap,
    /// The KDL of usage.
    Usage,
    /// JSON as defined by OpenCLI 0.1.
    OpenCli,
    /// The YAML of carapace-spec, for completions.
    Carapace,
    /// The TypeScript of Fig, for completions.
    Fig,
}

impl Format {
    /// All formats.
    pub const ALL: &[Self] = &[
        Self::Clap,
        Self::Usage,
        Self::OpenCli,
        Self::Carapace,
        Self::Fig,
    ];
}

/// A program in another format.
#[derive(Debug)]
#[non_exhaustive]
pub struct Export {
    /// The text of the file.
    pub text: String,
    /// What the format can't say.
    pub losses: Vec<Loss>,
}

/// Exports a program. Returns `None` if the spec has errors.
pub fn export(checked: &Checked, format: Format) -> Option<Export> {
    let program = checked.program.as_ref()?;
    let description = checked.describe()?;
    Some(match format {
        Format::Clap => derive::export(program, &description),
        Format::Usage => usage::export(&description),
        Format::OpenCli => opencli::export(&description),
        Format::Carapace => carapace::export(&description),
        Format::Fig => fig::export(&description),
    })
}
