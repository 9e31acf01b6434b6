//! A user other than root, for tests that run as root.

use std::fs;
use std::os::unix::fs::chown;
use std::path::Path;
use std::process::Command;

use rustix::process::getuid;

use super::case::World;
use crate::support;

/// A user who owns only what a test gives them.
pub const USER: u32 = 54_321;

/// Whether root runs the tests. If not, reports that a test is skipped.
pub fn root_runs_this(what: &str) -> bool {
    let is_root = getuid().is_root();
    if !is_root {
        support::skip(&format!("only root can {what}"));
    }
    is_root
}

/// Gives a world to [`USER`], with its own copy of `authctl`: the original may be in a directory that
/// this user can't read.
pub fn give(world: &World) {
    give_all(world.directory.path());
    let (from, to) = (world.program(), world.path(World::PROGRAM));
    if fs::hard_link(&from, &to).is_err() {
        // Another process makes the copy. If this one did, a program that another thread starts
        // meanwhile could inherit the file, open for writing, and such a file can't be run.
        let copied = Command::new("cp").arg(from).arg(to).status();
        assert!(copied.expect("cp").success());
    }
}

/// Gives a directory and everything in it to [`USER`].
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
