//! What `config set` writes: whole files, with nothing lost and nothing left.

use std::fs;

use crate::moments::kill_at_moments;
use crate::program::{self, Place};

/// The settings of a program with two hundred of them.
const MANY: usize = 200;

/// Two hundred `config set` of different keys at once: none loses what another wrote, and nothing is left beside
/// the file.
#[test]
fn two_hundred_writers_lose_nothing() {
    let place = Place::new();
    let children: Vec<_> = (0..MANY)
        .map(|at| {
            place.start(
                program::many(MANY),
                &["config", "set", &format!("a.o{at}"), "yes"],
            )
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("an end").success());
    }
    let text = place.read("user/many/config.toml");
    let lines = text
        .lines()
        .filter(|line| line.ends_with("= \"yes\""))
        .count();
    assert_eq!(lines, MANY, "{text}");
    let names = fs::read_dir(place.path("user/many"))
        .expect("a directory")
        .count();
    assert_eq!(names, 1);
}

/// What killed runs left goes with the next one that writes, and other files of such names stay.
#[test]
fn what_killed_runs_left_is_removed() {
    let place = Place::new();
    place.user("term.color = \"never\"\n");
    for name in [
        ".config.toml.17.0",
        ".config.toml.x.0",
        ".config.toml.17",
        "config.toml.17.0",
    ] {
        place.write(&format!("user/conf/{name}"), "left");
    }
    place
        .run(&["config", "set", "--user", "term.color", "always"])
        .success();
    let entries = fs::read_dir(place.path("user/conf")).expect("a directory");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            ".config.toml.17",
            ".config.toml.x.0",
            "config.toml",
            "config.toml.17.0"
        ]
    );
}

/// A setting that rules forbid beside another one in the file is refused: no command would run.
#[test]
fn rivals_are_not_set() {
    let place = Place::new();
    place.user("term.verbose = 1\n");
    let said = place.run(&["config", "set", "--user", "term.quiet", "true"]);
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(
        said.err.contains("can't be set together with"),
        "{}",
        said.err
    );
    assert_eq!(place.read("user/conf/config.toml"), "term.verbose = 1\n");
    place
        .run(&["config", "set", "--user", "term.quiet", "false"])
        .success();
}

/// The comments of a file that has nothing else stay where they are.
#[test]
fn comments_alone_stay_above() {
    for (before, after) in [
        ("# mine\n", "# mine\n[term]\ncolor = \"never\"\n"),
        ("# mine", "# mine\n[term]\ncolor = \"never\"\n"),
        ("\n# one\r\n", "\n# one\r\n[term]\ncolor = \"never\"\n"),
        ("", "[term]\ncolor = \"never\"\n"),
    ] {
        let place = Place::new();
        place.user(before);
        place
            .run(&["config", "set", "--user", "term.color", "never"])
            .success();
        let text = place.read("user/conf/config.toml");
        assert_eq!(text, after);
    }
}

/// Killed at any moment, `config set` leaves the old text or the new one, and the next run removes the rest.
#[test]
fn a_kill_leaves_a_whole_file() {
    let place = Place::new();
    let many: String = (0..500).map(|n| format!("# line {n}\n")).collect();
    let old = format!("{many}term.color = \"never\"\n");
    place.user(&old);
    let set = ["config", "set", "--user", "term.color", "always"];
    place.run(&set).success();
    let new = place.read("user/conf/config.toml");
    assert!(new != old && new.contains("always"));
    let ended = kill_at_moments(
        || {
            place.user(&old);
            place.program(&set)
        },
        |moment| {
            let text = place.read("user/conf/config.toml");
            assert!(text == old || text == new, "moment {moment}");
            place.run(&set).success();
            assert_eq!(place.read("user/conf/config.toml"), new, "moment {moment}");
            let entries = fs::read_dir(place.path("user/conf")).expect("a directory");
            assert_eq!(entries.count(), 1, "moment {moment}");
        },
    );
    println!("{ended} runs ended before they were killed");
}

/// On a disk without room, for which a limit of the size of files stands, the old file stays, and nothing else.
#[test]
fn without_room_nothing_changes() {
    let place = Place::new();
    let many: String = (0..500).map(|n| format!("# line {n}\n")).collect();
    let old = format!("{many}term.color = \"never\"\n");
    place.user(&old);
    let set = ["config", "set", "--user", "term.color", "always"];
    let call = place.program(&set);
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$@\"", "sh"]);
    limited.arg(call.get_program()).args(call.get_args());
    limited
        .current_dir(place.path("project"))
        .env("XDG_CONFIG_HOME", place.path("user"));
    let said = place.finish(&mut limited, "");
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(
        said.err.contains("config.toml can't be written"),
        "{}",
        said.err
    );
    assert_eq!(place.read("user/conf/config.toml"), old);
    let entries = fs::read_dir(place.path("user/conf")).expect("a directory");
    assert_eq!(entries.count(), 1);
    place.run(&set).success();
}
