//! Files and directories that are not as they should be, and disks without room: the file stays as it was,
//! nothing is left beside it, and the message names it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::process::Command;

use rustix::process::getuid;

use crate::case::World;
use crate::run::run;
use crate::system::{SYSTEMS, System};
use crate::user::{USER, give, root_runs_this};

/// The owner of files that are not the user's.
const OTHER: u32 = 12_345;

/// What a logout must come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// It works.
    Done,
    /// It works, and a warning has this in it; the mode stays.
    Warned(&'static str),
    /// There is nothing to do.
    Nothing,
    /// It ends with code 1 and a message that has this in it, and changes nothing.
    Refused(&'static str),
}

use End::{Done, Nothing, Refused, Warned};

/// A file or a directory that is not as it should be.
struct Fault {
    /// What is wrong.
    name: &'static str,
    /// Brings it about.
    make: fn(&System, &World),
    /// What it comes to where the file is changed in place.
    in_place: End,
    /// What it comes to where another file takes its place.
    whole: End,
}

/// Sets the mode of a path.
fn mode(path: &std::path::Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("a mode");
}

/// Moves the file away and puts a link to this path in its place.
fn link(system: &System, world: &World, target: &str) {
    let path = system.path(world);
    fs::rename(&path, world.path("moved")).expect("a move");
    symlink(target, path).expect("a link");
}

/// All faults that one user can meet without another one.
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
        name: "a link to a device without an end",
        make: |system, world| link(system, world, "/dev/zero"),
        in_place: Refused("is not a file"),
        whole: Refused("is not a file"),
    },
    Fault {
        name: "a link that leads nowhere",
        make: |system, world| link(system, world, "nowhere"),
        in_place: Nothing,
        whole: Nothing,
    },
    Fault {
        name: "a link to itself",
        make: |system, world| link(system, world, system.file),
        in_place: Refused("cannot read"),
        whole: Refused("cannot read"),
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
        whole: Refused("cannot replace"),
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
        in_place: Refused("cannot read"),
        whole: Refused("cannot read"),
    },
];

/// All faults that need another user or group, who owns the file.
const FOREIGN: [Fault; 4] = [
    Fault {
        name: "a file of another user, not readable",
        make: |system, world| owner(system, world, 0o600),
        in_place: Refused("cannot read"),
        whole: Refused("cannot read"),
    },
    Fault {
        name: "a file of another user, readable",
        make: |system, world| owner(system, world, 0o644),
        in_place: Refused("cannot open"),
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

/// Tries a fault, as a user who is not root, and checks what comes of it.
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

/// The text of the file, where it is one, and whether it is a link.
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
fn odd_files_and_directories_change_nothing() {
    let mut tried = Vec::new();
    for fault in &FAULTS {
        SYSTEMS.iter().for_each(|system| try_one(fault, system));
        tried.push(fault.name);
    }
    println!("tried for {} systems: {}", SYSTEMS.len(), tried.join("; "));
}

#[test]
fn files_of_another_user_change_nothing() {
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

/// A file with two names is one file, unless another one takes the place of the first: then the second
/// still has the tokens, and that is said.
#[test]
fn another_name_of_the_file_is_not_forgotten() {
    for system in &SYSTEMS {
        let old = (system.text)(0);
        let after = system.after(&old);
        let world = system.world(&old);
        let other = world.path("other");
        fs::hard_link(system.path(&world), &other).expect("a link");
        let run = run(system.logout(&world));
        assert_eq!(run.code, Some(0), "{}: {}", system.name, run.said);
        system.check(&world, &after, "two names");
        let left = fs::read_to_string(other).expect("the other name");
        assert_eq!(left == old, !system.in_place, "{}", system.name);
        let warned = run.said.contains("had another name, a hard link");
        assert_eq!(warned, !system.in_place, "{}: {}", system.name, run.said);
    }
    println!("{} files with two names", SYSTEMS.len());
}

/// Root signs out somebody else: the file still belongs to them, and they alone may read it.
#[test]
fn root_leaves_the_owner() {
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
