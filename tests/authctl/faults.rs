//! Unusual files and directories: if the logout fails, the file stays as it was, no other file is left
//! in its directory, and the error names the file.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::process::Command;

use rustix::process::getuid;

use super::case::World;
use super::run::run;
use super::system::{SYSTEMS, System};
use super::user::{USER, give, root_runs_this};

/// The owner of other users' files.
const OTHER: u32 = 12_345;

/// The expected outcome of a logout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It succeeds.
    Done,
    /// It succeeds with a warning that contains this; the mode stays.
    Warned(&'static str),
    /// There is nothing to do.
    Nothing,
    /// It exits with code 1 and an error that contains this, and changes nothing.
    Refused(&'static str),
}

use Outcome::{Done, Nothing, Refused, Warned};

/// An unusual file or directory.
struct Fault {
    /// What is unusual.
    name: &'static str,
    /// Sets it up.
    make: fn(&System, &World),
    /// The outcome if the system's file is changed in place.
    in_place: Outcome,
    /// The outcome if the system's file is replaced.
    whole: Outcome,
}

/// Sets the mode of a path.
fn mode(path: &std::path::Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("a mode");
}

/// Renames the file, and puts a link to this path in its place.
fn link(system: &System, world: &World, target: &str) {
    let path = system.path(world);
    fs::rename(&path, world.path("moved")).expect("a move");
    symlink(target, path).expect("a link");
}

/// The faults that need no other user.
const FAULTS: [Fault; 9] = [
    Fault {
        name: "the file is a directory",
        make: |system, world| {
            fs::remove_file(system.path(world)).expect("a file");
            fs::create_dir(system.path(world)).expect("a directory");
        },
        in_place: Refused("is not a file"),
        whole: Refused("is not a file"),
    },
    Fault {
        name: "the file is a pipe",
        make: |system, world| {
            fs::remove_file(system.path(world)).expect("a file");
            let made = Command::new("mkfifo").arg(system.path(world)).status();
            assert!(made.expect("mkfifo").success());
        },
        in_place: Refused("is not a file"),
        whole: Refused("is not a file"),
    },
    Fault {
        name: "a link to an endless device",
        make: |system, world| link(system, world, "/dev/zero"),
        in_place: Refused("is not a file"),
        whole: Refused("is not a file"),
    },
    Fault {
        name: "a dangling link",
        make: |system, world| link(system, world, "nowhere"),
        in_place: Nothing,
        whole: Nothing,
    },
    Fault {
        name: "a link to itself",
        make: |system, world| link(system, world, system.file),
        in_place: Refused("can't read"),
        whole: Refused("can't read"),
    },
    Fault {
        name: "a link to a file in another directory",
        make: |system, world| {
            let target = world.path("moved");
            link(system, world, &target.to_string_lossy());
        },
        in_place: Done,
        whole: Done,
    },
    Fault {
        name: "a directory that is not writable",
        make: |system, world| mode(&world.path(system.directory), 0o555),
        in_place: Done,
        whole: Refused("can't replace"),
    },
    Fault {
        name: "a file that is not writable",
        make: |system, world| mode(&system.path(world), 0o400),
        in_place: Refused("Permission denied"),
        whole: Done,
    },
    Fault {
        name: "a file that is not readable",
        make: |system, world| mode(&system.path(world), 0o000),
        in_place: Refused("can't read"),
        whole: Refused("can't read"),
    },
];

/// The faults that need another user or group to own the file.
const FOREIGN: [Fault; 4] = [
    Fault {
        name: "a file of another user, not readable",
        make: |system, world| owner(system, world, 0o600),
        in_place: Refused("can't read"),
        whole: Refused("can't read"),
    },
    Fault {
        name: "a file of another user, readable",
        make: |system, world| owner(system, world, 0o644),
        in_place: Refused("can't open"),
        whole: Refused("belongs to another user"),
    },
    Fault {
        name: "a file of another user, writable",
        make: |system, world| owner(system, world, 0o666),
        in_place: Warned("its mode can't be changed"),
        whole: Refused("belongs to another user"),
    },
    Fault {
        name: "a file of a group that its owner is not in",
        make: |system, world| {
            chown(system.path(world), None, Some(OTHER)).expect("a group");
        },
        in_place: Done,
        whole: Done,
    },
];

/// Gives the file to another user.
fn owner(system: &System, world: &World, bits: u32) {
    let path = system.path(world);
    chown(&path, Some(OTHER), Some(OTHER)).expect("an owner");
    mode(&path, bits);
}

/// Tries a fault as a user other than root, and checks the outcome.
fn try_one(fault: &Fault, system: &System) {
    let what = format!("{}: {}", system.name, fault.name);
    let old = (system.text)(0);
    let after = system.after(&old);
    let world = system.world(&old);
    let is_root = getuid().is_root();
    if is_root {
        give(&world);
    }
    let mut command = system.logout(&world);
    if is_root {
        command.uid(USER).gid(USER);
    }
    (fault.make)(system, &world);
    let names = system.names(&world);
    let (before, is_link) = state(system, &world);
    let run = run(command);
    let (now, still_link) = state(system, &world);
    assert_eq!(is_link, still_link, "{what}");
    let expected = match system.in_place {
        true => fault.in_place,
        false => fault.whole,
    };
    match expected {
        Done => {
            assert_eq!(run.code, Some(0), "{what}: {}", run.said);
            assert_eq!(now, Some(after), "{what}");
            let bits = fs::metadata(system.path(&world)).expect("the file").mode();
            assert_eq!(bits & 0o7777, 0o600, "{what}");
        }
        Warned(message) => {
            assert_eq!(run.code, Some(0), "{what}: {}", run.said);
            assert_eq!(now, Some(after), "{what}");
            let warnings = run
                .said
                .lines()
                .filter(|line| line.starts_with("warning: "));
            assert_eq!(
                warnings.filter(|line| line.contains(message)).count(),
                1,
                "{what}"
            );
        }
        Nothing => {
            assert_eq!(run.code, Some(system.nothing), "{what}: {}", run.said);
            assert_eq!(now, before, "{what}");
        }
        Refused(message) => {
            assert_eq!(run.code, Some(1), "{what}: {}", run.said);
            let error = run.said.lines().find(|line| line.starts_with("error: "));
            let error = error.unwrap_or_else(|| panic!("{what}: {}", run.said));
            assert!(error.contains(message), "{what}: {error}");
            assert!(error.contains(system.file), "{what}: {error}");
            assert_eq!(now, before, "{what}");
        }
    }
    mode(&world.path(system.directory), 0o755);
    assert_eq!(system.names(&world), names, "{what}");
}

/// The text of the file, if it is a regular one, and whether its path is a link.
fn state(system: &System, world: &World) -> (Option<String>, bool) {
    let path = system.path(world);
    let is_file = fs::metadata(&path).is_ok_and(|found| found.is_file());
    let is_link = path
        .symlink_metadata()
        .is_ok_and(|found| found.is_symlink());
    let text = is_file.then(|| fs::read(&path).ok()).flatten();
    (
        text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        is_link,
    )
}

#[test]
fn unusual_files_and_directories() {
    let mut tried = Vec::new();
    for fault in &FAULTS {
        SYSTEMS.iter().for_each(|system| try_one(fault, system));
        tried.push(fault.name);
    }
    println!("tried for {} systems: {}", SYSTEMS.len(), tried.join("; "));
}

#[test]
fn files_of_another_user() {
    if !root_runs_this("be another user") {
        return;
    }
    let mut tried = Vec::new();
    for fault in &FOREIGN {
        SYSTEMS.iter().for_each(|system| try_one(fault, system));
        tried.push(fault.name);
    }
    println!("tried for {} systems: {}", SYSTEMS.len(), tried.join("; "));
}

/// If a file with another hard link is replaced, the other link still leads to the tokens, and a warning
/// says so.
#[test]
fn another_hard_link_is_reported() {
    for system in &SYSTEMS {
        let old = (system.text)(0);
        let after = system.after(&old);
        let world = system.world(&old);
        let other = world.path("other");
        fs::hard_link(system.path(&world), &other).expect("a link");
        let run = run(system.logout(&world));
        assert_eq!(run.code, Some(0), "{}: {}", system.name, run.said);
        system.check(&world, &after, "two hard links");
        let left = fs::read_to_string(other).expect("the other link");
        assert_eq!(left == old, !system.in_place, "{}", system.name);
        let warned = run.said.contains("had another hard link");
        assert_eq!(warned, !system.in_place, "{}: {}", system.name, run.said);
    }
    println!("{} files with two hard links", SYSTEMS.len());
}

/// If root signs out another user, that user still owns the file, and only they can read it.
#[test]
fn root_keeps_the_owner() {
    if !root_runs_this("change the file of another user") {
        return;
    }
    for system in &SYSTEMS {
        let old = (system.text)(0);
        let after = system.after(&old);
        let world = system.world(&old);
        owner(system, &world, 0o644);
        let run = run(system.logout(&world));
        assert_eq!(run.code, Some(0), "{}: {}", system.name, run.said);
        system.check(&world, &after, "another owner");
        let found = fs::metadata(system.path(&world)).expect("the file");
        assert_eq!(
            (found.uid(), found.gid()),
            (OTHER, OTHER),
            "{}",
            system.name
        );
    }
    println!("root signed out of {} files of another user", SYSTEMS.len());
}
