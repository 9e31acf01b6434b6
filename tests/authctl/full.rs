//! Full disks: the file stays as it was, and no other file is left in its directory.

use std::path::Path;
use std::process::Command;

use super::run::run;
use super::system::{SYSTEMS, System};
use crate::support;

/// Enough accounts for a file of several pages.
const MANY: usize = 300;
/// Runs a command that gets an error when it writes files of more than 4 KiB, because it inherits the
/// ignored signal.
const WITH_ERROR: [&str; 4] = ["sh", "-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"];
/// The same, but the command is killed.
const KILLED: [&str; 4] = ["sh", "-c", "ulimit -f 8; exec \"$@\"", "sh"];
/// Runs a command while the directory `$1` is on a small, full disk, and then moves the files back. The
/// disk is visible only to the shell, and is removed with it.
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

/// A limit on the size of files acts like a full disk: the write fails, or the program is killed in it.
#[test]
fn a_limit_on_size_changes_nothing() {
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
                    assert!(out.said.contains("error: can't "), "{what}");
                    assert!(out.said.contains(system.file), "{what}");
                    system.check(&world, &old, "a limit on size");
                    refused += 1;
                }
                None => killed += 1,
            }
            // Without the limit, the next run signs out, and removes what a killed run left.
            let out = run(system.logout(&world));
            assert_eq!(out.code, Some(0), "{}: {}", system.name, out.said);
            system.check(&world, &after, "without the limit");
        }
    }
    println!("{refused} runs that got an error, {killed} that were killed");
    assert_eq!((refused, killed), (SYSTEMS.len(), SYSTEMS.len()));
}

/// Whether the tests can mount a disk on this machine.
fn can_mount_disks() -> bool {
    let script = "mount -t tmpfs -o size=64k tmpfs /mnt";
    let tried = Command::new("unshare")
        .args(["-m", "sh", "-c", script])
        .output();
    tried.is_ok_and(|output| output.status.success())
}

/// Logs out on a full disk. The file must have the text `after` then, or the logout must fail.
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
            system.check(&world, after, "a full disk");
        }
        None => {
            assert_eq!(out.code, Some(1), "{what}");
            assert!(out.said.contains("No space left on device"), "{what}");
            assert!(out.said.contains(system.file), "{what}");
            system.check(&world, old, "a full disk");
        }
    }
}

/// The disk is really full. A small change in place needs no space.
#[test]
fn a_full_disk_changes_nothing() {
    if !can_mount_disks() {
        support::skip("tests can't mount a disk on this machine");
        return;
    }
    for system in &SYSTEMS {
        let small = (system.text)(0);
        let after = system.after(&small);
        on_full_disk(system, &small, system.in_place.then_some(&after));
        on_full_disk(system, &(system.text)(MANY), None);
    }
    println!("{} logouts on a full disk", 2 * SYSTEMS.len());
}
