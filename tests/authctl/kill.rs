//! Kills at random moments: the file is the old one or the new one, or cargo's can be taken back, and the
//! next run sets all right.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use crate::case::World;
use crate::system::{ABLY, BTP, CARGO, System};

/// How many runs of each system are killed at random moments.
const RANDOM: u32 = 200;
/// How many are killed soon after another file appears beside the file: around the write itself.
const AIMED: u32 = 40;
/// The number of other accounts in the file, which has several pages then.
const MANY: usize = 100;

/// What is in the file of a session.
const SESSION: &[u8] = b"SECRET-session";

/// How the killed runs ended.
#[derive(Debug, Default)]
struct Count {
    old: u32,
    new: u32,
    torn: u32,
    with_another_file: u32,
    after_the_end: u32,
}

/// Random numbers, always the same for a seed.
struct Random(u64);

impl Random {
    /// With the seed in `AUTHCTL_TEST_SEED`, or else one of its own.
    fn new() -> Self {
        let seed = env::var("AUTHCTL_TEST_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        let now = SystemTime::UNIX_EPOCH.elapsed().expect("a time").as_nanos();
        Self(seed.unwrap_or(now as u64).max(1))
    }

    /// A number from 0 to below 1 (xorshift64).
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The quiet logout of a system.
fn logout(system: &System, world: &World) -> Command {
    let mut command = system.logout(world);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Starts a logout of `old`, kills it when `wait` is over, checks what is there, and lets another
/// run set it right.
fn kill(
    system: &System,
    world: &World,
    (old, new): (&str, &str),
    count: &mut Count,
    wait: impl Fn(&mut Child),
) {
    // Newlines at the end mean nothing to cargo: its file is cut to length last.
    let same = |text: &str| match system.in_place {
        true => text.trim_end_matches('\n') == new.trim_end_matches('\n'),
        false => text == new,
    };
    system.write(world, old.as_bytes());
    let session = system.session(world);
    if let Some(session) = &session {
        fs::create_dir_all(session.parent().expect("a folder")).expect("a folder");
        fs::write(session, SESSION).expect("a session");
    }
    let mut child = logout(system, world).spawn().expect("the program starts");
    wait(&mut child);
    count.after_the_end += u32::from(child.try_wait().expect("a child").is_some());
    child.kill().expect("a kill");
    child.wait().expect("a child");

    let text = system.read(world);
    let beside = beside(system, world);
    count.with_another_file += u32::from(beside.is_some());
    if text == old {
        count.old += 1;
    } else if same(&text) {
        count.new += 1;
    } else {
        assert!(system.in_place, "{}: neither old nor new", system.name);
        let backup = fs::read_to_string(world.path(system.folder).join(beside.expect("a backup")));
        assert!(
            backup.expect("a text").contains(old),
            "the backup holds the old text"
        );
        count.torn += 1;
    }
    for name in system.names(world) {
        let found = fs::metadata(world.path(system.folder).join(&name)).expect("a file");
        assert_eq!(found.permissions().mode() & 0o7777, 0o600, "{name}");
    }
    if let Some(left) = session.as_ref().and_then(|path| fs::read(path).ok()) {
        assert_eq!(left, SESSION, "the session is whole or gone");
    }
    // The next run takes back what is torn, signs out, and leaves nothing beside.
    let code = logout(system, world).status().expect("a run").code();
    let codes = [Some(0), Some(system.nothing)];
    assert!(codes.contains(&code), "{}: {code:?}", system.name);
    assert!(same(&system.read(world)), "{}", system.name);
    assert_eq!(system.names(world), [system.file], "{}", system.name);
    assert!(
        !session.is_some_and(|path| path.exists()),
        "{}",
        system.name
    );
}

/// The name of a file beside the file.
fn beside(system: &System, world: &World) -> Option<String> {
    let mut names = system.names(world).into_iter();
    names.find(|name| name != system.file)
}

/// How long a whole run takes.
fn time(system: &System, world: &World, old: &str) -> Duration {
    system.write(world, old.as_bytes());
    let start = Instant::now();
    assert!(logout(system, world).status().expect("a run").success());
    start.elapsed()
}

/// Kills runs of a system: at random moments, and around the write.
fn kill_many(system: &System) {
    let mut random = Random::new();
    println!("{}: AUTHCTL_TEST_SEED={}", system.name, random.0);
    let old = (system.text)(MANY);
    let new = system.after(&old);
    let world = system.world(&old);
    let mut times: Vec<Duration> = (0..5).map(|_| time(system, &world, &old)).collect();
    times.sort();
    let whole = times[2];
    let (mut spread, mut aimed) = (Count::default(), Count::default());
    for _ in 0..RANDOM {
        let wait = whole.mul_f64(random.next() * 1.1);
        kill(system, &world, (&old, &new), &mut spread, |_| sleep(wait));
    }
    for at in 0..AIMED {
        // Every other time when a backup is whole: that is right before the write in place.
        let (longest, part_counts) = match at % 2 {
            0 => (Duration::from_micros(200), false),
            _ => (whole / 4, true),
        };
        let wait = longest.mul_f64(random.next());
        let awaited = |name: String| part_counts || !name.ends_with(".part");
        kill(system, &world, (&old, &new), &mut aimed, |child| {
            let running = |child: &mut Child| child.try_wait().expect("a child").is_none();
            while !beside(system, &world).is_some_and(awaited) && running(child) {}
            let start = Instant::now();
            while start.elapsed() < wait {}
        });
    }
    println!("{}: {RANDOM} kills in {whole:?}: {spread:?}", system.name);
    println!("{}: {AIMED} kills around the write: {aimed:?}", system.name);
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
