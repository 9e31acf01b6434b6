//! What configuration files say, for a command line. Without the feature `config` there are none.

use super::Line;
use super::layers::Problem;
use super::stop::What;

#[cfg(feature = "config")]
pub(super) use crate::config::{Loaded, load_for_messages};

#[cfg(not(feature = "config"))]
pub(super) use none::{Loaded, load_for, load_for_messages, with_unused};

/// What the files of a program say.
///
/// # Errors
///
/// Files that can't be read.
#[cfg(feature = "config")]
pub(super) fn load_for(program: &crate::Program, line: &mut Line) -> Result<Loaded, What> {
    crate::config::load_for(program, line).map_err(What::Problems)
}

/// Values that are wrong and not used: with others that are used, they are errors too, so that all are seen
/// at once; alone, they stop nothing.
#[cfg(feature = "config")]
pub(super) fn with_unused(
    line: &mut Line,
    loaded: &Loaded,
    added: Result<(), Vec<Problem>>,
) -> Result<(), What> {
    let Err(mut problems) = added else {
        let wrong = loaded.wrong().map(|problem| problem.message());
        line.warnings.extend(wrong);
        return Ok(());
    };
    for problem in loaded.wrong() {
        if problems.iter().all(|known| known.place != problem.place) {
            problems.push(problem);
        }
    }
    Err(What::Problems(problems))
}

#[cfg(not(feature = "config"))]
mod none {
    use super::super::layers::Variables;
    use super::{Line, Problem, What};
    use crate::Program;

    /// No files.
    #[derive(Default)]
    pub(crate) struct Loaded {
        pub(crate) layers: [Variables; 0],
    }

    pub(crate) fn load_for(_: &Program, _: &mut Line) -> Result<Loaded, What> {
        Ok(Loaded::default())
    }

    pub(crate) fn load_for_messages(_: &Program, _: &Line) -> Loaded {
        Loaded::default()
    }

    pub(crate) fn with_unused(
        _: &mut Line,
        _: &Loaded,
        added: Result<(), Vec<Problem>>,
    ) -> Result<(), What> {
        added.map_err(What::Problems)
    }
}
