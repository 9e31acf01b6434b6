//! The lock on the credentials file, shared with cargo.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, Command, Stdio};

use rustix::fs::{FlockOperation, flock};

use crate::case::World;

const BEFORE: &str = "[registry]\ntoken = \"SECRET-a\"\n\n[registries.b]\ntoken = \"SECRET-b\"\n";
const MEANWHILE: &str =
    "[registry]\ntoken = \"SECRET-a\"\n\n[registries.c]\ntoken = \"SECRET-c\"\n";
const AFTER: &str = "[registry]\n\n[registries.c]\ntoken = \"SECRET-c\"\n";

/// Starts a program while the test holds the lock, and waits until it says that it waits.
fn start_waiting(command: &mut Command, waiting: &str) -> (Child, BufReader<ChildStderr>) {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut line = String::new();
    stderr.read_line(&mut line).expect("a line");
    assert!(line.contains(waiting), "{line}");
    (child, stderr)
}

/// Starts a program while the test holds the lock, waits until it says that it waits, changes the
/// file, lets go, and gives back what the file is in the end.
fn waits(world: &World, mut command: Command, waiting: &str) -> String {
    world.write("home/credentials.toml", BEFORE.as_bytes());
    let path = world.path("home/credentials.toml");
    let mut file = File::options().write(true).open(&path).expect("the file");
    flock(&file, FlockOperation::LockExclusive).expect("the lock");
    let (mut child, mut stderr) = start_waiting(&mut command, waiting);
    assert!(
        child.try_wait().expect("a child").is_none(),
        "it did not wait"
    );

    file.write_all(MEANWHILE.as_bytes()).expect("a write");
    file.set_len(MEANWHILE.len() as u64).expect("a length");
    flock(&file, FlockOperation::Unlock).expect("the lock goes");
    let mut rest = String::new();
    stderr.read_to_string(&mut rest).expect("the rest");
    assert!(child.wait().expect("a child").success(), "{rest}");
    assert!(!rest.contains(waiting), "said twice: {rest}");
    fs::read_to_string(path).expect("the file")
}

#[test]
fn authctl_waits_and_reads_again() {
    let world = World::new();
    let mut command = world.command(env!("CARGO_BIN_EXE_authctl"), &BTreeMap::new());
    command.args(["cargo", "logout", "--force"]);
    assert_eq!(waits(&world, command, "waiting: "), AFTER);
}

/// Not even the first look is taken at a file that somebody is writing.
#[test]
fn authctl_reads_under_the_lock() {
    let world = World::new();
    world.write("home/credentials.toml", b"[registry");
    let path = world.path("home/credentials.toml");
    let mut file = File::options().write(true).open(&path).expect("the file");
    flock(&file, FlockOperation::LockExclusive).expect("the lock");
    let mut command = world.command(env!("CARGO_BIN_EXE_authctl"), &BTreeMap::new());
    command.args(["cargo", "logout", "--force"]);
    let (mut child, mut stderr) = start_waiting(&mut command, "waiting: ");

    file.write_all(BEFORE.as_bytes()).expect("a write");
    flock(&file, FlockOperation::Unlock).expect("the lock goes");
    let mut rest = String::new();
    stderr.read_to_string(&mut rest).expect("the rest");
    assert!(child.wait().expect("a child").success(), "{rest}");
    let left = fs::read_to_string(path).expect("the file");
    assert_eq!(left, "[registry]\n\n[registries.b]\ntoken = \"SECRET-b\"\n");
}

/// The same with the real cargo: this is the lock that cargo takes.
#[test]
fn cargo_waits_for_the_same_lock() {
    let world = World::new();
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = world.command(&cargo, &BTreeMap::new());
    command.arg("logout");
    assert_eq!(
        waits(&world, command, "Blocking waiting for file lock"),
        AFTER
    );
}

/// Many programs at once, ours and cargo: each takes out its own token and no other.
#[test]
fn nothing_is_lost_among_many() {
    let world = World::new();
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut config = String::new();
    let mut credentials = String::new();
    for at in 0..16 {
        config += &format!("[registries.r{at}]\nindex = \"https://r{at}.example/\"\n");
        credentials += &format!("[registries.r{at}]\ntoken = \"SECRET-{at}\"\n");
    }
    world.write("home/config.toml", config.as_bytes());
    world.write("home/credentials.toml", credentials.as_bytes());
    let children: Vec<_> = (0..15)
        .map(|at| {
            let registry = format!("--registry=r{at}");
            let mut command = if at % 5 == 4 {
                let mut command = world.command(&cargo, &BTreeMap::new());
                command.args(["logout", &registry]);
                command
            } else {
                let mut command = world.command(env!("CARGO_BIN_EXE_authctl"), &BTreeMap::new());
                command.args(["cargo", "logout", "--force", &registry]);
                command
            };
            command.stdin(Stdio::null()).stderr(Stdio::null());
            command.spawn().expect("the program starts")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("a child").success());
    }
    let text = fs::read_to_string(world.path("home/credentials.toml")).expect("the file");
    let left: Vec<&str> = text.lines().filter(|line| line.contains("token")).collect();
    assert_eq!(left, ["token = \"SECRET-15\""]);
}
