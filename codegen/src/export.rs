//! Programs in other formats: derive code for clap alone, and descriptions for other tools.
//!
//! An export is made once, by hand, so it is not a [`Part`](crate::Part). What the other format can't say is reported
//! as a list of [`Loss`]es.

mod derive;
mod losses;

use crate::Checked;

pub use losses::Loss;

/// A format to which programs are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Rust code with clap's derive macros, which doesn't need clapspec.
    Clap,
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
    })
}
