//! btp: what depends on the time, on others, and on folders that can't be changed.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use rustix::process::getuid;
use serde_json::Value;

use crate::case::{World, output};
use crate::pty::Session;
use crate::system::{Run, end};

/// The configuration.
const CONFIG: &str = "user/.config/.btp/config.json";

/// What it says.
const TEXT: &str = "{\"ServerURL\":\"https://cli.example\",\"UserName\":\"ann@example.com\"}";

/// The same after a logout.
const BLANK: &str = "{\"ServerURL\":\"https://cli.example\",\"UserName\":\"\"}";

/// A world in which somebody is signed in.
fn world() -> World {
    let world = World::new();
    world.write(CONFIG, TEXT.as_bytes());
    world.write(&world.session(CONFIG), b"SECRET-session");
    world
}

/// Runs `authctl` to its end.
fn run(world: &World, args: &[&str]) -> Run {
    let mut command = world.command(env!("CARGO_BIN_EXE_authctl"), &BTreeMap::new());
    command.args(args).stdin(Stdio::null());
    end(&output(command, ""))
}

/// The configuration now.
fn now(world: &World) -> String {
    fs::read_to_string(world.path(CONFIG)).expect("the configuration")
}

/// A session ends 24 hours after it was written, and is no longer one when that is past.
#[test]
fn a_session_ends_after_a_day() {
    let hour = Duration::from_secs(3600);
    for (hours, expired) in [(0, false), (23, false), (25, true)] {
        let world = world();
        let written = SystemTime::now() - hour * hours;
        File::options()
            .write(true)
            .open(world.path(&world.session(CONFIG)))
            .and_then(|file| file.set_modified(written))
            .expect("a time");
        let said = run(&world, &["btp", "status"]).said;
        assert_eq!(said.contains("the session has expired"), expired, "{said}");
        assert_eq!(said.contains(" at the latest"), !expired, "{said}");
        let said = run(&world, &["status"]).said;
        assert_eq!(said.contains("expired"), expired, "{said}");
        let result: Value =
            serde_json::from_str(&run(&world, &["btp", "status", "--json"]).said).expect("JSON");
        let time = |key: &str| {
            let text = result[key].as_str().expect("a time");
            let time: jiff::Timestamp = text.parse().expect("a time");
            SystemTime::from(time)
        };
        let life = time("until").duration_since(time("since"));
        assert_eq!(life.expect("later"), hour * 24);
        let rounded = written.duration_since(time("since"));
        assert!(rounded.expect("earlier") < Duration::from_secs(1));
    }
}

/// What is there after the question is what counts: another user stays signed in, and a user who is
/// gone is no mistake.
#[test]
fn another_user_stays_signed_in() {
    let other = TEXT.replace("ann", "bob");
    let changed = TEXT.replace("{", "{\"Other\": [1.50], ");
    let kept = BLANK.replace("{", "{\"Other\": [1.50], ");
    for (args, meanwhile, after, status, said) in [
        (
            &["btp", "logout"][..],
            &*other,
            &*other,
            1,
            "another user was signed in meanwhile",
        ),
        (
            &["logout", "btp"],
            &other,
            &other,
            3,
            "another user was signed in meanwhile",
        ),
        (&["btp", "logout"], BLANK, BLANK, 0, "removed the session"),
        (
            &["btp", "logout"],
            &changed,
            &kept,
            0,
            "removed the user data",
        ),
        (&["btp", "logout"], "{", "{", 1, "not valid JSON"),
    ] {
        let world = world();
        let mut session = Session::start(&world, args);
        session.wait_for("[y/N] ");
        world.write(CONFIG, meanwhile.as_bytes());
        session.type_in("y\n");
        assert_eq!(session.end(), status, "{}", session.shown);
        assert!(session.shown.contains(said), "{}", session.shown);
        assert_eq!(now(&world), after);
        let left = world.path(&world.session(CONFIG)).exists();
        assert_eq!(left, status != 0, "{}", session.shown);
    }
}

/// A session that can't be removed is named, and so says the exit code.
#[test]
fn a_session_that_is_left_is_named() {
    if !getuid().is_root() {
        println!("SKIPPED: only root can own a folder for another user");
        return;
    }
    for (args, member) in [
        (["btp", "logout", "--force", "--json"], "left"),
        (["logout", "btp", "--force", "--json"], "left"),
    ] {
        let world = world();
        let file = world.path(&world.session(CONFIG));
        let user = 54_321;
        let config = world.path(CONFIG);
        for path in [
            world.folder.path(),
            config.parent().expect("a folder"),
            &config,
        ] {
            chown(path, Some(user), Some(user)).expect("an owner");
        }
        for path in ["user", "user/.cache", "user/.config", "project", "home"] {
            let mode = Permissions::from_mode(0o755);
            fs::set_permissions(world.path(path), mode).expect("a mode");
        }
        let mut command = world.command(env!("CARGO_BIN_EXE_authctl"), &BTreeMap::new());
        command.args(args).uid(user).gid(user);
        let run = end(&output(command, ""));
        assert_eq!(run.code, Some(3), "{}", run.said);
        let line = run.said.lines().next().expect("a result");
        let result: Value = serde_json::from_str(line).expect("JSON");
        let left = result[member].to_string();
        assert!(left.contains("the session is left"), "{left}");
        assert!(left.contains(&*file.to_string_lossy()), "{left}");
        assert_eq!(now(&world), BLANK);
        assert!(file.exists());
    }
}

/// What is in the place of the session file: a folder changes nothing, a link goes with what it leads to.
#[test]
fn a_session_may_be_a_link() {
    let world = world();
    let session = world.path(&world.session(CONFIG));
    let target = world.path("project/session");
    fs::rename(&session, &target).expect("a move");
    symlink(&target, &session).expect("a link");
    let run = self::run(&world, &["btp", "logout", "--force"]);
    assert_eq!(
        (run.code, now(&world)),
        (Some(0), BLANK.to_owned()),
        "{}",
        run.said
    );
    assert!(!target.exists() && session.symlink_metadata().is_err());
    assert!(!session.parent().expect("a folder").exists());

    let world = self::world();
    let session = world.path(&world.session(CONFIG));
    fs::remove_file(&session).expect("a removal");
    fs::create_dir(&session).expect("a folder");
    let run = self::run(&world, &["btp", "logout", "--force"]);
    assert_eq!(
        (run.code, now(&world)),
        (Some(1), TEXT.to_owned()),
        "{}",
        run.said
    );
    assert!(run.said.contains("is not a file"), "{}", run.said);
}
