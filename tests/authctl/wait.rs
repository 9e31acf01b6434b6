//! Logouts that wait for a lock, and many logouts at once.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, Signal, kill_process};

use super::case::World;
use super::run::shows_secret;
use super::system::{ABLY, CARGO, SYSTEMS, System};

/// How many logouts of different accounts run at once.
const MANY: usize = 200;

/// Starts a program that Ctrl-C ends, even if the tests were started so that they ignore it, as in the
/// background of a script. Only GNU's `env` can do that.
const CTRL_C: &[&str] = match cfg!(target_os = "linux") {
    true => &["env", "--default-signal=INT"],
    false => &[],
};

/// The message of authctl when it waits for a lock.
const WAITS: &str = "waiting: another program has locked";
/// The message of cargo when it waits for a lock.
const CARGO_WAITS: &str = "Blocking waiting for file lock";

/// The time after which a program is killed.
const LIMIT: Duration = Duration::from_secs(60);

/// Kills a program that runs too long, so that its test fails instead of waiting forever. The limit ends
/// when the returned value is dropped.
fn limited(child: &Child) -> Sender<()> {
    let pid = Pid::from_child(child);
    let (done, is_done) = channel();
    thread::spawn(move || {
        if is_done.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout) {
            let _ = kill_process(pid, Signal::KILL);
        }
    });
    done
}

/// A program that waits for a lock.
struct Waiting {
    /// The program.
    child: Child,
    /// Limits how long it may run.
    _limit: Sender<()>,
    /// The rest of its messages.
    stderr: BufReader<ChildStderr>,
    /// Its messages so far.
    said: String,
    /// The message that it waits.
    says: &'static str,
}

impl Waiting {
    /// Starts a logout, and returns when it reports that it waits.
    fn start(system: &System, world: &World) -> Self {
        Self::until(system.logout_with(world, CTRL_C), WAITS)
    }

    /// Starts a command, and returns when it reports that it waits.
    fn until(mut command: Command, says: &'static str) -> Self {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut waiting = Self {
            _limit: limited(&child),
            child,
            stderr,
            said: String::new(),
            says,
        };
        while !waiting.said.contains(says) {
            let read = waiting.stderr.read_line(&mut waiting.said).expect("a line");
            assert!(read > 0, "{}", waiting.said);
        }
        waiting
    }

    /// Checks that it is still waiting after a while.
    fn stays(&mut self) {
        sleep(Duration::from_millis(300));
        assert!(
            self.child.try_wait().expect("a child").is_none(),
            "{}",
            self.said
        );
    }

    /// Sends the signal of Ctrl-C, which must end it.
    fn interrupt(mut self) {
        kill_process(Pid::from_child(&self.child), Signal::INT).expect("a signal");
        let status = self.child.wait().expect("an end");
        assert_eq!(status.signal(), Some(Signal::INT.as_raw()), "{status}");
    }

    /// Waits until it fails, and returns its messages.
    fn fail(mut self) -> String {
        self.stderr
            .read_to_string(&mut self.said)
            .expect("the rest");
        let status = self.child.wait().expect("an end");
        assert_eq!(status.code(), Some(1), "{}", self.said);
        self.said
    }

    /// Waits until it succeeds.
    fn finish(mut self) {
        self.stderr
            .read_to_string(&mut self.said)
            .expect("the rest");
        let status = self.child.wait().expect("an end");
        assert!(status.success(), "{}", self.said);
        assert!(!shows_secret(&self.said), "{}", self.said);
        let times = self.said.matches(self.says).count();
        assert_eq!(times, 1, "{}", self.said);
    }
}

/// Opens the file of a system, and locks it.
fn lock(system: &System, world: &World, operation: FlockOperation) -> File {
    let file = File::options()
        .write(true)
        .open(system.path(world))
        .expect("the file");
    flock(&file, operation).expect("the lock");
    file
}

/// A logout that waits for a lock reads the file again, whether it was written or replaced meanwhile. If
/// the lock is exclusive, even the first read waits; if it is shared, only the write does.
#[test]
fn every_system_waits_and_reads_again() {
    let mut waited = 0;
    for system in &SYSTEMS {
        let meanwhile = (system.text)(2);
        let after = system.after(&meanwhile);
        let half = &meanwhile[..meanwhile.len() / 2];
        let whole = (system.text)(0);
        for (operation, before, replaced) in [
            (FlockOperation::LockExclusive, half, false),
            (FlockOperation::LockExclusive, half, true),
            (FlockOperation::LockExclusive, &whole, true),
            (FlockOperation::LockShared, &whole, false),
            (FlockOperation::LockShared, &whole, true),
        ] {
            let world = system.world(before);
            let mut file = lock(system, &world, operation);
            let mut waiting = Waiting::start(system, &world);
            waiting.stays();
            if replaced {
                let other = world.path("other");
                fs::write(&other, &meanwhile).expect("a file");
                fs::rename(other, system.path(&world)).expect("a name");
            } else {
                file.write_all(meanwhile.as_bytes()).expect("a write");
            }
            flock(&file, FlockOperation::Unlock).expect("the lock is released");
            waiting.finish();
            system.check(&world, &after, "after the lock");
            waited += 1;
        }
    }
    println!("{waited} logouts waited for a lock, and read the changed file");
}

/// The real cargo waits for the same lock, and leaves the same file as authctl.
#[test]
fn cargo_waits_for_the_same_lock() {
    // Without comments, because cargo removes some of them.
    let meanwhile = "[registry]\ntoken = \"SECRET-mine\"\n\n[registries.c]\ntoken = \"SECRET-c\"\n";
    let after = CARGO.after(meanwhile);
    let world = CARGO.world(&(CARGO.text)(0));
    let mut file = lock(&CARGO, &world, FlockOperation::LockExclusive);
    let mut command = cargo(&world);
    command.arg("logout");
    let mut waiting = Waiting::until(command, CARGO_WAITS);
    waiting.stays();
    file.write_all(meanwhile.as_bytes()).expect("a write");
    flock(&file, FlockOperation::Unlock).expect("the lock is released");
    waiting.finish();
    assert_eq!(CARGO.read(&world), after);
    println!("cargo waited for the lock, and left the same file as authctl");
}

/// A new token that is written to Ably's file while a logout waits is kept.
#[test]
fn a_token_written_meanwhile_stays() {
    let old = (ABLY.text)(0);
    let new = old.replace("SECRET-mine", "SECRET-newer");
    assert_ne!(old, new);
    let world = ABLY.world(&old);
    let file = lock(&ABLY, &world, FlockOperation::LockShared);
    let waiting = Waiting::start(&ABLY, &world);
    fs::write(ABLY.path(&world), &new).expect("a file");
    flock(&file, FlockOperation::Unlock).expect("the lock is released");
    let said = waiting.fail();
    assert!(
        said.contains("was signed in again since this command started"),
        "{said}"
    );
    assert_eq!(ABLY.read(&world), new);
}

/// A logout that waits for a lock that is never released reports that, and can be interrupted without
/// any change.
#[test]
fn waiting_for_a_lock_can_be_interrupted() {
    for system in &SYSTEMS {
        let old = (system.text)(0);
        let world = system.world(&old);
        let _file = lock(system, &world, FlockOperation::LockExclusive);
        let mut waiting = Waiting::start(system, &world);
        waiting.stays();
        waiting.interrupt();
        system.check(&world, &old, "interrupted");
    }
    println!(
        "{} logouts ended while they waited for a lock",
        SYSTEMS.len()
    );
}

/// A stopped cargo process, which is killed on drop.
struct Stopped(Child);

impl Stopped {
    /// Continues it, and waits until it succeeds.
    fn finish(mut self) {
        kill_process(Pid::from_child(&self.0), Signal::CONT).expect("a signal");
        assert!(self.0.wait().expect("an end").success());
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

/// The real cargo.
fn cargo(world: &World) -> Command {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    world.command(cargo, &BTreeMap::new())
}

/// Starts the real cargo on a large file, and stops it while it holds the lock. Returns `None` if cargo
/// ended before that.
fn stop_cargo(world: &World) -> Option<Stopped> {
    let file = File::open(CARGO.path(world)).expect("the file");
    let mut command = cargo(world);
    command
        .args(["logout", "--registry", "r0"])
        .stderr(Stdio::null());
    let mut child = command.spawn().expect("cargo starts");
    let pid = Pid::from_child(&child);
    while child.try_wait().expect("a child").is_none() {
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok() {
            flock(&file, FlockOperation::Unlock).expect("the lock is released");
            continue;
        }
        kill_process(pid, Signal::STOP).expect("a signal");
        // It may have released the lock before the signal.
        sleep(Duration::from_millis(20));
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
            return Some(Stopped(child));
        }
        flock(&file, FlockOperation::Unlock).expect("the lock is released");
        kill_process(pid, Signal::CONT).expect("a signal");
    }
    None
}

/// A logout waits for a lock that the real cargo holds, until it is interrupted or cargo releases the
/// lock.
#[test]
fn the_real_cargo_holds_the_lock() {
    let text = (CARGO.text)(3000);
    let world = CARGO.world(&text);
    let index = "[registries.r0]\nindex = \"https://r0.example/\"\n";
    world.write("home/config.toml", index.as_bytes());
    let mut tries = 1;
    let cargo = loop {
        if let Some(cargo) = stop_cargo(&world) {
            break cargo;
        }
        assert!(
            tries < 50,
            "cargo could never be stopped while it held the lock"
        );
        CARGO.write(&world, text.as_bytes());
        tries += 1;
    };
    let before = CARGO.read(&world);
    let mut waiting = Waiting::start(&CARGO, &world);
    waiting.stays();
    waiting.interrupt();
    assert!(CARGO.read(&world) == before, "the file changed");

    let mut waiting = Waiting::start(&CARGO, &world);
    waiting.stays();
    cargo.finish();
    waiting.finish();
    let after = CARGO.read(&world);
    let left = after.matches("SECRET-").count();
    assert_eq!(left, 2999, "cargo and authctl removed one token each");
    assert!(!after.contains("SECRET-mine") && !after.contains("SECRET-0\""));
    println!(
        "try {tries} stopped cargo while it held the lock: one logout was interrupted, one waited"
    );
}

/// Writes a configuration of cargo with all registries of [`CARGO`].
fn configure(world: &World, registries: usize) {
    let mut config = String::new();
    for at in 0..registries {
        config += &format!("[registries.r{at}]\nindex = \"https://r{at}.example/\"\n");
    }
    world.write("project/.cargo/config.toml", config.as_bytes());
}

/// Runs two hundred logouts that all wait for the same lock, each from its own account. Only `left` must
/// be left of each account.
fn log_out_of_many(system: &System, account: fn(usize) -> Vec<String>, left: fn(usize) -> String) {
    let world = system.world(&(system.text)(MANY));
    configure(&world, MANY);
    let file = lock(system, &world, FlockOperation::LockExclusive);
    let start = |at| {
        let mut command = system.logout(&world);
        command.args(account(at)).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the program starts")
    };
    let children: Vec<Child> = (0..MANY).map(start).collect();
    let time = Instant::now();
    flock(&file, FlockOperation::Unlock).expect("the lock is released");
    for mut child in children {
        let _limit = limited(&child);
        let status = child.wait().expect("an end");
        assert_eq!(status.code(), Some(0), "{}", system.name);
    }
    let rest: String = (0..MANY).map(left).collect();
    let expected = (system.text)(0) + &rest;
    assert_eq!(system.read(&world), expected, "{}", system.name);
    system.check(&world, &expected, "after many");
    println!(
        "{}: {MANY} logouts at once in {:?}",
        system.name,
        time.elapsed()
    );
}

#[test]
fn two_hundred_logouts_lose_nothing() {
    log_out_of_many(
        &CARGO,
        |at| vec!["--registry".to_owned(), format!("r{at}")],
        |at| format!("\n[registries.r{at}]\n# {at}\n"),
    );
    log_out_of_many(&ABLY, |at| vec![format!("a{at}")], |_| String::new());
}

/// authctl and cargo run at the same time: each run removes its own token and no other.
#[test]
fn cargo_and_authctl_at_once_lose_nothing() {
    let count = 15;
    let world = CARGO.world(&(CARGO.text)(count));
    configure(&world, count);
    let start = |at| {
        let registry = format!("--registry=r{at}");
        let mut command = match at % 5 {
            4 => cargo(&world),
            _ => world.authctl(&["cargo"]),
        };
        command.args(["logout", &registry]);
        if at % 5 != 4 {
            command.arg("--force");
        }
        command.stdin(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the program starts")
    };
    let children: Vec<Child> = (0..count).map(start).collect();
    for mut child in children {
        assert!(child.wait().expect("a child").success());
    }
    let text = CARGO.read(&world);
    let left: Vec<&str> = text.lines().filter(|line| line.contains("token")).collect();
    assert_eq!(left, ["token = \"SECRET-mine\""], "{text}");
    println!("{count} logouts at once, {} of them by cargo", count / 5);
}
