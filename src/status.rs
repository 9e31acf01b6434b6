//! `authctl status`: the sessions of all systems.

use clapspec_runtime::Ended;

use crate::cli::{StatusArgs, StatusExit, StatusOutput};

/// Shows all sessions.
pub fn status(_: &StatusArgs) -> Ended<StatusExit, StatusOutput> {
    todo!()
}
