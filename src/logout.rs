//! `authctl logout`: sign out of several systems at once.

use clapspec_runtime::Ended;

use crate::cli::{LogoutArgs, LogoutExit, LogoutOutput, LogoutQuestion};

/// Signs out of the systems that are named.
pub fn logout(_: &LogoutArgs, _: LogoutQuestion) -> Ended<LogoutExit, LogoutOutput> {
    todo!()
}
