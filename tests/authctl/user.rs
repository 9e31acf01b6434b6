//! Another user than root, for tests that root runs.

use std::fs;
use std::os::unix::fs::chown;
use std::path::Path;
use std::process::Command;

use rustix::process::getuid;

use crate::case::World;
use crate::support;

/// A user who owns nothing but what a test gives them.
pub const USER: u32 = 54_321;

/// Whether root runs the tests; says that a test is skipped where not.
pub fn root_runs_this(what: &str) -> bool {
    let is_root = getuid().is_root();
    if !is_root {
        support::skip(&format!("only root can {what}"));
    }
    is_root
}

/// Gives a world to [`USER`], with a program of its own: that of the tests may be in a directory that others
/// can't look into.
pub fn give(world: &World) {
    give_all(world.directory.path());
    let (from, to) = (world.program(), world.path(World::PROGRAM));
    if fs::hard_link(&from, &to).is_err() {
        // Not by this process: whatever another thread starts meanwhile would hold the file open for
        // writing, and such a file can't be run.
        let copied = Command::new("cp").arg(from).arg(to).status();
        assert!(copied.expect("cp").success());
    }
}

/// Gives the user all that is in a directory.
fn give_all(directory: &Path) {
    chown(directory, Some(USER), Some(USER)).expect("an owner");
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        match path.symlink_metadata().expect("metadata").is_dir() {
            true => give_all(&path),
            false => chown(&path, Some(USER), Some(USER)).expect("an owner"),
        }
    }
}
