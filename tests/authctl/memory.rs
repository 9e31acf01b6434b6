//! Tokens in memory stay private: no core is dumped, and no other process can read the memory.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitStatus, Stdio};

use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, Signal, kill_process};

use super::case::World;
use super::run::shows_secret;
use super::system::{SYSTEMS, System};
use super::user::{USER, give, root_runs_this};

/// Runs a command with core dumps of the largest size that this machine allows.
const ALLOW_CORES: &str = "ulimit -c \"$(ulimit -H -c)\"; exec \"$@\"";

/// Whether a program that doesn't prevent it dumps core on this machine.
fn dumps_core() -> bool {
    let directory = World::new();
    let status = Command::new("sh")
        .args(["-c", ALLOW_CORES, "sh", "sh", "-c", "kill -ABRT $$"])
        .current_dir(directory.path("project"))
        .status();
    status.expect("a run").core_dumped()
}

/// Starts a logout that waits for a lock after it has read a token, calls `look` with its process ID,
/// and aborts it.
fn abort(system: &System, user: Option<u32>, look: impl Fn(u32)) -> (World, ExitStatus) {
    let world = system.world(&(system.text)(0));
    let file = fs::File::open(system.path(&world)).expect("the file");
    // A shared lock allows the logout to read the file, so that it waits right before it writes.
    flock(&file, FlockOperation::LockShared).expect("the lock");
    if user.is_some() {
        give(&world);
    }
    let mut command = system.logout_with(&world, &["sh", "-c", ALLOW_CORES, "sh"]);
    if let Some(user) = user {
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
    assert!(!shows_secret(&said), "{said}");
    (world, status)
}

#[test]
fn no_core_is_dumped() {
    for system in &SYSTEMS {
        let (world, status) = abort(system, None, |process| {
            for name in ["cmdline", "environ"] {
                // These files exist only on Linux.
                let text = fs::read(format!("/proc/{process}/{name}")).unwrap_or_default();
                assert!(!String::from_utf8_lossy(&text).contains("SECRET"), "{name}");
            }
        });
        assert_eq!(status.signal(), Some(Signal::ABORT.as_raw()), "{status}");
        assert!(!status.core_dumped(), "{}: {status}", system.name);
        let left = fs::read_dir(world.path("project"))
            .expect("a directory")
            .count();
        assert_eq!(left, 0, "something was left in the current directory");
    }
    let control = dumps_core();
    println!(
        "{} logouts aborted with a token in memory: no core; other programs dump one here: {control}",
        SYSTEMS.len()
    );
}

/// On Linux, the files in `/proc` of a process that can't be dumped belong to root.
#[test]
#[cfg(target_os = "linux")]
fn other_processes_cannot_read_the_memory() {
    if !root_runs_this("be another user") {
        return;
    }
    for system in &SYSTEMS {
        let (_world, status) = abort(system, Some(USER), |process| {
            let memory = format!("/proc/{process}/mem");
            assert_eq!(fs::metadata(memory).expect("a process").uid(), 0);
        });
        assert!(!status.core_dumped(), "{}: {status}", system.name);
    }
    println!(
        "{} logouts of the user {USER}: their memory belongs to root",
        SYSTEMS.len()
    );
}
