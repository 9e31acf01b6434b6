//! Disks without room: the file stays as it was, and nothing is left beside it.

use std::path::Path;
use std::process::Command;

use crate::run::run;
use crate::support;
use crate::system::{SYSTEMS, System};

/// The number of accounts that makes a file of several pages.
const MANY: usize = 300;
/// Runs a command that may write files of 4 KiB at most, and gets an error beyond; a signal that is
/// ignored stays so in the program that is started.
const WITH_ERROR: [&str; 4] = ["sh", "-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"];
/// The same, and it is killed beyond.
const KILLED: [&str; 4] = ["sh", "-c", "ulimit -f 8; exec \"$@\"", "sh"];
/// Runs a command while the directory `$1` is on a small disk without room, and puts what is in it
/// afterwards back. Nobody else sees that disk, and it goes with the shell.
const ON_FULL_DISK: &str = r#"
    directory=$1; shift
    mkdir "$directory.keep" && mount -t tmpfs -o size=256k tmpfs "$directory.keep" || exit 90
    cp -p "$directory"/* "$directory.keep"/ || exit 91
    mount --move "$directory.keep" "$directory" && rmdir "$directory.keep" || exit 92
    dd if=/dev/zero of="$directory/.filler" bs=4096 2>/dev/null && exit 93
    "$@"; code=$?
    rm "$directory/.filler"
    mkdir "$directory.after" && cp -p "$directory"/* "$directory.after"/ || exit 94
    umount "$directory" && rm "$directory"/* && mv "$directory.after"/* "$directory"/ && rmdir "$directory.after"
    exit $code
"#;

/// A file size limit stands for a disk that is full: the write fails, or the program is killed in it.
#[test]
fn a_limit_of_size_changes_nothing() {
    let (mut refused, mut killed) = (0, 0);
    for system in &SYSTEMS {
        let old = (system.text)(MANY);
        let after = system.after(&old);
        for wrapper in [&WITH_ERROR, &KILLED] {
            let world = system.world(&old);
            let out = run(system.logout_with(&world, wrapper));
            let what = format!("{}: {}", system.name, out.said);
            assert!(system.read(&world) == old, "{what}");
            match out.code {
                Some(code) => {
                    assert_eq!(code, 1, "{what}");
                    assert!(out.said.contains("error: cannot "), "{what}");
                    assert!(out.said.contains(system.file), "{what}");
                    system.check(&world, &old, "no room");
                    refused += 1;
                }
                None => killed += 1,
            }
            // With room, the next run does it all, and removes what a killed one left.
            let out = run(system.logout(&world));
            assert_eq!(out.code, Some(0), "{}: {}", system.name, out.said);
            system.check(&world, &after, "with room again");
        }
    }
    println!("{refused} runs that got an error, {killed} that were killed");
    assert_eq!((refused, killed), (SYSTEMS.len(), SYSTEMS.len()));
}

/// Whether this machine lets the tests have a disk of their own.
fn has_disks() -> bool {
    let script = "mount -t tmpfs -o size=64k tmpfs /mnt";
    let tried = Command::new("unshare")
        .args(["-m", "sh", "-c", script])
        .output();
    tried.is_ok_and(|output| output.status.success())
}

/// A logout on a disk without room.
fn on_full_disk(system: &System, old: &str, after: Option<&str>) {
    let world = system.world(old);
    let directory = world.path(system.directory);
    let directory = Path::new(&directory).to_string_lossy();
    let wrapper = ["unshare", "-m", "sh", "-c", ON_FULL_DISK, "sh", &*directory];
    let out = run(system.logout_with(&world, &wrapper));
    let what = format!("{}: {}", system.name, out.said);
    match after {
        Some(after) => {
            assert_eq!(out.code, Some(0), "{what}");
            system.check(&world, after, "no room is needed");
        }
        None => {
            assert_eq!(out.code, Some(1), "{what}");
            assert!(out.said.contains("No space left on device"), "{what}");
            assert!(out.said.contains(system.file), "{what}");
            system.check(&world, old, "no room");
        }
    }
}

/// A disk that is really full. A small change in place needs no room.
#[test]
fn a_full_disk_changes_nothing() {
    if !has_disks() {
        support::skip("this machine does not let tests have a disk of their own");
        return;
    }
    for system in &SYSTEMS {
        let small = (system.text)(0);
        let after = system.after(&small);
        on_full_disk(system, &small, system.in_place.then_some(&after));
        on_full_disk(system, &(system.text)(MANY), None);
    }
    println!("{} logouts on a disk without room", 2 * SYSTEMS.len());
}
