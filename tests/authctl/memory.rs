//! What is in memory stays there: no core is dumped, and no other program looks in.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitStatus, Stdio};

use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, Signal, getuid, kill_process};

use crate::case::World;

/// A user that owns nothing else.
const USER: u32 = 54_321;

/// As many bytes of core as this machine allows.
const ALLOW_CORES: &str = "ulimit -c \"$(ulimit -H -c)\"; exec \"$@\"";

/// Whether a program that does nothing about it dumps core here.
fn dumps_core() -> bool {
    let folder = World::new();
    let status = Command::new("sh")
        .args(["-c", ALLOW_CORES, "sh", "sh", "-c", "kill -ABRT $$"])
        .current_dir(folder.path("project"))
        .status();
    status.expect("a run").core_dumped()
}

/// Starts a logout, has it wait for a lock when it has read a token, looks with `look` at its process,
/// and aborts it.
fn abort(user: Option<u32>, look: impl Fn(u32)) -> (World, ExitStatus) {
    let world = World::new();
    world.write(
        "home/credentials.toml",
        b"[registry]\ntoken = \"SECRET-a\"\n",
    );
    let path = world.path("home/credentials.toml");
    let file = fs::File::open(&path).expect("the file");
    // Those who only read get a lock too: it waits when it is about to write.
    flock(&file, FlockOperation::LockShared).expect("the lock");
    let mut command = world.command("sh", &BTreeMap::new());
    command.args(["-c", ALLOW_CORES, "sh", env!("CARGO_BIN_EXE_authctl")]);
    command.args(["cargo", "logout", "--force", "-vv"]);
    if let Some(user) = user {
        for path in ["", "home", "project", "user", "home/credentials.toml"] {
            chown(world.path(path), Some(user), Some(user)).expect("an owner");
        }
        command.uid(user).gid(user);
    }
    let mut child = command
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("a run");
    let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut said = String::new();
    while !said.contains("waiting: ") {
        assert!(stderr.read_line(&mut said).expect("a line") > 0, "{said}");
    }
    look(child.id());
    let pid = Pid::from_child(&child);
    kill_process(pid, Signal::ABORT).expect("a signal");
    let status = child.wait().expect("an end");
    assert!(!said.contains("SECRET"), "{said}");
    (world, status)
}

#[test]
fn no_core_is_dumped() {
    let (world, status) = abort(None, |process| {
        for name in ["cmdline", "environ"] {
            // Other systems than Linux have no such files.
            let text = fs::read(format!("/proc/{process}/{name}")).unwrap_or_default();
            assert!(!String::from_utf8_lossy(&text).contains("SECRET"), "{name}");
        }
    });
    assert!(status.signal().is_some(), "{status}");
    assert!(!status.core_dumped(), "{status}");
    let left = fs::read_dir(world.path("project"))
        .expect("a folder")
        .count();
    assert_eq!(left, 0, "something was left in the current folder");
    let control = dumps_core();
    println!("aborted with a token in memory: no core; other programs dump one here: {control}");
}

/// Linux gives the files of a process that is not to be looked into to root.
#[test]
#[cfg(target_os = "linux")]
fn nobody_looks_in() {
    if !getuid().is_root() {
        println!("SKIPPED: only root can be another user");
        return;
    }
    let (_world, status) = abort(Some(USER), |process| {
        let memory = format!("/proc/{process}/mem");
        assert_eq!(fs::metadata(memory).expect("a process").uid(), 0);
    });
    assert!(!status.core_dumped(), "{status}");
    println!("run as the user {USER}: its memory belongs to root");
}
