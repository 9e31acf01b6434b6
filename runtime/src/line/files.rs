//! Configuration files for a command line. Without the feature `config`, there are none.

use super::Line;
use super::layers::Problem;
use super::stop::Reason;

#[cfg(feature = "config")]
pub(super) use crate::config::{Loaded, load_for_messages};

#[cfg(not(feature = "config"))]
pub(super) use none::{Loaded, load_for, load_for_messages, with_unused};

/// Loads the configuration files of a program.
///
/// # Errors
///
/// Returns all problems if a file can't be read or contains an error.
#[cfg(feature = "config")]
pub(super) fn load_for(program: &crate::Program, line: &mut Line) -> Result<Loaded, Reason> {
    crate::config::load_for(program, line).map_err(Reason::Problems)
}

/// Handles invalid values that are not used. If there are other errors, they are reported with these, so
/// that users see all errors at once. Otherwise they are only warnings.
#[cfg(feature = "config")]
pub(super) fn with_unused(
    line: &mut Line,
    loaded: &Loaded,
    added: Result<(), Vec<Problem>>,
) -> Result<(), Reason> {
    let Err(mut problems) = added else {
        let messages = loaded.invalid_values().map(|problem| problem.message());
        line.warnings.extend(messages);
        return Ok(());
    };
    for problem in loaded.invalid_values() {
        if problems.iter().all(|known| known.place != problem.place) {
            problems.push(problem);
        }
    }
    Err(Reason::Problems(problems))
}

#[cfg(not(feature = "config"))]
mod none {
    use super::super::layers::Variables;
    use super::{Line, Problem, Reason};
    use crate::Program;

    /// The configuration files, of which there are none.
    #[derive(Default)]
    pub(crate) struct Loaded {
        pub(crate) layers: [Variables; 0],
    }

    pub(crate) fn load_for(_: &Program, _: &mut Line) -> Result<Loaded, Reason> {
        Ok(Loaded::default())
    }

    pub(crate) fn load_for_messages(_: &Program, _: &Line) -> Loaded {
        Loaded::default()
    }

    pub(crate) fn with_unused(
        _: &mut Line,
        _: &Loaded,
        added: Result<(), Vec<Problem>>,
    ) -> Result<(), Reason> {
        added.map_err(Reason::Problems)
    }
}
