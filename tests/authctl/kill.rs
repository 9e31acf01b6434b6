//! Kills at spread moments: the file is the old one, the new one, or can be taken back.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::case::World;

/// How many runs are killed at moments spread over a whole run, for each of the two texts.
const SPREAD: u32 = 20;
/// How many are killed soon after the backup appears, that is around the write itself.
const AIMED: u32 = 30;

/// How the killed runs ended.
#[derive(Debug, Default)]
struct Count {
    old: u32,
    new: u32,
    torn: u32,
    with_backup: u32,
    after_the_end: u32,
}

/// Files of several pages, with the token at the start and at the end: the change of the first
/// runs across pages and is backed up, the change of the second does not.
fn texts() -> [(String, String); 2] {
    let mut filler = String::new();
    for at in 0..300 {
        filler += &format!("[registries.r{at}]\n# comment {at}\ntoken = \"SECRET-{at}\"\n");
    }
    let token = "[registry]\ntoken = \"SECRET-mine\"\n";
    let empty = "[registry]\n";
    [
        (format!("{token}{filler}"), format!("{empty}{filler}")),
        (format!("{filler}{token}"), format!("{filler}{empty}")),
    ]
}

fn logout(world: &World) -> Command {
    let mut command = world.command(env!("CARGO_BIN_EXE_authctl"), &BTreeMap::new());
    command.args(["cargo", "logout", "--force", "-q"]);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn has_backup(world: &World) -> bool {
    world.path("home/credentials.toml.authctl-backup").exists()
}

/// Starts a logout of `old`, kills it when `wait` is over, checks what is there, and lets another
/// run set it right.
fn kill(world: &World, old: &str, new: &str, count: &mut Count, wait: impl Fn(&mut Child)) {
    let same = |text: &str, other: &str| text.trim_end_matches('\n') == other.trim_end();
    let read = || fs::read_to_string(world.path("home/credentials.toml")).expect("text");
    world.write("home/credentials.toml", old.as_bytes());
    let mut child = logout(world).spawn().expect("the program starts");
    wait(&mut child);
    count.after_the_end += u32::from(child.try_wait().expect("a child").is_some());
    child.kill().expect("a kill");
    child.wait().expect("a child");

    let text = read();
    count.with_backup += u32::from(has_backup(world));
    if text == old {
        count.old += 1;
    } else if same(&text, new) {
        count.new += 1;
    } else {
        let backup = world.path("home/credentials.toml.authctl-backup");
        let backup = fs::read_to_string(backup).expect("a torn file has a backup");
        assert!(backup.contains(old), "the backup holds the old text");
        count.torn += 1;
    }
    // The next run takes back what is torn, removes the token, and leaves no backup.
    assert!(logout(world).status().expect("a run").success());
    assert!(same(&read(), new));
    let left = fs::read_dir(world.path("home")).expect("a folder").count();
    assert_eq!(left, 1, "a backup or a part of one is left");
}

#[test]
fn a_kill_leaves_a_whole_file() {
    let mut count = Count::default();
    let world = World::new();
    let texts = texts();
    for (old, new) in &texts {
        world.write("home/credentials.toml", old.as_bytes());
        let start = Instant::now();
        assert!(logout(&world).status().expect("a run").success());
        let whole = start.elapsed();
        for at in 0..SPREAD {
            let wait = whole * at / (SPREAD - 4);
            kill(&world, old, new, &mut count, |_| sleep(wait));
        }
    }
    let (old, new) = &texts[0];
    for at in 0..AIMED {
        kill(&world, old, new, &mut count, |child| {
            while !has_backup(&world) && child.try_wait().expect("a child").is_none() {}
            let start = Instant::now();
            while start.elapsed() < Duration::from_micros(u64::from(at) * 5) {}
        });
    }
    println!("{} kills: {count:?}", 2 * SPREAD + AIMED);
}
