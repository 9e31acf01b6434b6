//! Kills logouts at random moments: the file is the old one or the new one, or cargo's file has a
//! backup, and the next run completes the logout.

use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use super::case::World;
use super::system::{ABLY, BTP, CARGO, SYSTEMS, System};

/// How many runs of each system are killed at random moments.
const RANDOM: u32 = 100;
/// How many runs that sign out of all systems are killed at random moments.
const ALL: u32 = 50;
/// How many runs are killed soon after another file appears in the directory: around the write itself.
const AIMED: u32 = 40;
/// The number of other accounts in the file: enough for several pages.
const MANY: usize = 100;
/// The number of other accounts if a run signs out of all systems.
const FEW: usize = 30;

/// The content of a session file.
const SESSION: &[u8] = b"SECRET-session";

/// How the killed runs ended.
#[derive(Debug, Default)]
struct Count {
    /// The file had the old text.
    old: u32,
    /// The file had the new text.
    new: u32,
    /// The file had a mixture of both, and there was a backup.
    torn: u32,
    /// There was a backup, or a part of the new file.
    with_another_file: u32,
    /// The run had ended before it was killed.
    after_the_end: u32,
}

/// Random numbers that depend only on a seed.
struct Random(u64);

impl Random {
    /// Takes the seed from `AUTHCTL_TEST_SEED`, or from the current time.
    fn new() -> Self {
        let seed = env::var("AUTHCTL_TEST_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        let now = SystemTime::UNIX_EPOCH.elapsed().expect("a time").as_nanos();
        Self(seed.unwrap_or(now as u64).max(1))
    }

    /// Returns a number from 0 to below 1 (xorshift64).
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A command without input and output.
fn quiet(mut command: Command) -> Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// The text of a file before and after a logout.
struct Texts {
    /// The text before the logout.
    old: String,
    /// The mode of the file then.
    mode: u32,
    /// The text after it.
    new: String,
}

impl Texts {
    /// Writes the old text, and a session file if the system has one.
    fn put(&self, system: &System, world: &World) {
        system.write(world, self.old.as_bytes());
        let mode = Permissions::from_mode(self.mode);
        fs::set_permissions(system.path(world), mode).expect("a mode");
        if let Some(session) = system.session(world) {
            fs::create_dir_all(session.parent().expect("a directory")).expect("a directory");
            fs::write(&session, SESSION).expect("a session");
            fs::set_permissions(session, Permissions::from_mode(0o600)).expect("a mode");
        }
    }

    /// Whether this is the new text. A file that is changed in place is truncated last, so it may still
    /// have newlines at its end, which cargo ignores.
    fn is_new(&self, system: &System, text: &str) -> bool {
        match system.in_place {
            true => text.trim_end_matches('\n') == self.new.trim_end_matches('\n'),
            false => text == self.new,
        }
    }

    /// Checks what a killed run left: the old or the new file, or, with cargo, a mixture and a backup.
    /// Only the owner can read them, unless it is the old file and others could read that before.
    fn killed(&self, system: &System, world: &World, count: &mut Count) {
        let text = system.read(world);
        let another_file = another_file(system, world);
        count.with_another_file += u32::from(another_file.is_some());
        let mut modes = vec![0o600];
        if text == self.old {
            count.old += 1;
            modes.push(self.mode);
        } else if self.is_new(system, &text) {
            count.new += 1;
        } else {
            assert!(system.in_place, "{}: neither old nor new", system.name);
            let backup = world
                .path(system.directory)
                .join(another_file.expect("a backup"));
            let backup = fs::read_to_string(backup).expect("a string");
            assert!(backup.contains(&self.old), "the backup holds the old text");
            count.torn += 1;
        }
        assert!(modes.contains(&mode(&system.path(world))), "{modes:?}");
        for name in system.names(world) {
            let others = name != system.file;
            let path = world.path(system.directory).join(&name);
            assert!(!others || mode(&path) == 0o600, "{name}");
        }
        let session = system.session(world);
        if let Some(left) = session.and_then(|path| fs::read(path).ok()) {
            assert_eq!(left, SESSION, "the session is whole or gone");
        }
    }

    /// Checks that the logout is complete, and that no other file is left.
    fn done(&self, system: &System, world: &World) {
        let name = system.name;
        assert!(self.is_new(system, &system.read(world)), "{name}");
        assert_eq!(mode(&system.path(world)), 0o600, "{name}");
        assert_eq!(system.names(world), [system.file], "{name}");
        let session = system.session(world);
        assert!(!session.is_some_and(|path| path.exists()), "{name}");
    }
}

/// The mode of a file.
fn mode(path: &Path) -> u32 {
    let found = fs::metadata(path).expect("a file");
    found.permissions().mode() & 0o7777
}

/// Starts a run, and kills it when `wait` returns.
fn start_and_kill(command: Command, count: &mut Count, wait: impl Fn(&mut Child)) {
    let mut child = quiet(command).spawn().expect("the program starts");
    wait(&mut child);
    count.after_the_end += u32::from(child.try_wait().expect("a child").is_some());
    child.kill().expect("a kill");
    child.wait().expect("a child");
}

/// Kills a logout when `wait` returns, checks what it left, and completes it with another run.
fn kill(
    system: &System,
    world: &World,
    texts: &Texts,
    count: &mut Count,
    wait: impl Fn(&mut Child),
) {
    texts.put(system, world);
    start_and_kill(system.logout(world), count, wait);
    texts.killed(system, world, count);
    // The next run restores a torn file from its backup, signs out, and leaves no other file.
    let code = quiet(system.logout(world)).status().expect("a run").code();
    let codes = [Some(0), Some(system.nothing)];
    assert!(codes.contains(&code), "{}: {code:?}", system.name);
    texts.done(system, world);
}

/// The name of another file in the directory.
fn another_file(system: &System, world: &World) -> Option<String> {
    let mut names = system.names(world).into_iter();
    names.find(|name| name != system.file)
}

/// How long a complete run takes now.
fn time(command: Command) -> Duration {
    let start = Instant::now();
    let status = quiet(command).status().expect("a run");
    assert!(status.success(), "{status}");
    start.elapsed()
}

/// Kills runs of a system: at random moments, and around the write.
fn kill_many(system: &System) {
    let mut random = Random::new();
    println!("{}: AUTHCTL_TEST_SEED={}", system.name, random.0);
    let old = (system.text)(MANY);
    let new = system.after(&old);
    let mut texts = Texts { old, new, mode: 0 };
    let world = system.world(&texts.old);
    let (mut spread, mut aimed) = (Count::default(), Count::default());
    let mut whole = Duration::ZERO;
    for at in 0..RANDOM {
        texts.mode = if at % 2 == 0 { 0o600 } else { 0o644 };
        if at % 10 == 0 {
            // The time depends on which other tests are running.
            texts.put(system, &world);
            whole = time(system.logout(&world));
        }
        let wait = whole.mul_f64(random.next() * 1.1);
        kill(system, &world, &texts, &mut spread, |_| sleep(wait));
    }
    for at in 0..AIMED {
        // Every other run is killed when the backup is complete, right before the write in place.
        let (longest, part_counts) = match at % 2 {
            0 => (Duration::from_micros(200), false),
            _ => (whole / 4, true),
        };
        let wait = longest.mul_f64(random.next());
        let awaited = |name: String| part_counts || !name.ends_with(".part");
        kill(system, &world, &texts, &mut aimed, |child| {
            let running = |child: &mut Child| child.try_wait().expect("a child").is_none();
            while !another_file(system, &world).is_some_and(awaited) && running(child) {}
            let start = Instant::now();
            while start.elapsed() < wait {}
        });
    }
    println!("{}: {RANDOM} kills in {whole:?}: {spread:?}", system.name);
    println!("{}: {AIMED} kills around the write: {aimed:?}", system.name);
    assert!(spread.old > 0 && spread.new > 0, "{spread:?}");
}

/// Kills runs that sign out of all systems, one system after the other.
#[test]
fn a_kill_leaves_whole_files_of_all_systems() {
    let mut random = Random::new();
    println!("all: AUTHCTL_TEST_SEED={}", random.0);
    let world = World::new();
    let logout = || world.authctl(&["logout", "--all", "--force", "-vv"]);
    let mut texts = SYSTEMS.map(|system| Texts {
        old: (system.text)(FEW),
        mode: 0o644,
        new: String::new(),
    });
    let put = |texts: &[Texts]| {
        for (system, texts) in SYSTEMS.iter().zip(texts) {
            texts.put(system, &world);
        }
    };
    put(&texts);
    let mut whole = time(logout());
    for (system, texts) in SYSTEMS.iter().zip(&mut texts) {
        texts.new = system.read(&world);
        assert!(!texts.new.contains("SECRET"), "{}", system.name);
        texts.done(system, &world);
    }
    let mut counts = SYSTEMS.map(|_| Count::default());
    let mut after_the_end = Count::default();
    for at in 0..ALL {
        if at % 10 == 0 {
            put(&texts);
            whole = time(logout());
        }
        put(&texts);
        let wait = whole.mul_f64(random.next() * 1.1);
        start_and_kill(logout(), &mut after_the_end, |_| sleep(wait));
        for ((system, texts), count) in SYSTEMS.iter().zip(&texts).zip(&mut counts) {
            texts.killed(system, &world, count);
        }
        let status = quiet(logout()).status().expect("a run");
        assert_eq!(status.code(), Some(0));
        for (system, texts) in SYSTEMS.iter().zip(&texts) {
            texts.done(system, &world);
        }
    }
    println!(
        "all: {ALL} kills in {whole:?}, {} after the end",
        after_the_end.after_the_end
    );
    for (system, count) in SYSTEMS.iter().zip(counts) {
        println!("{}: {count:?}", system.name);
        assert!(count.old > 0 && count.new > 0, "{count:?}");
    }
}

#[test]
fn a_kill_leaves_a_whole_file_of_cargo() {
    kill_many(&CARGO);
}

#[test]
fn a_kill_leaves_a_whole_file_of_ably() {
    kill_many(&ABLY);
}

#[test]
fn a_kill_leaves_a_whole_file_of_btp() {
    kill_many(&BTP);
}
