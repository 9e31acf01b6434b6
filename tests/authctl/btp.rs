//! btp: the age of sessions, changes while a question is open, and sessions that can't be removed.

use std::fs::{self, File};
use std::os::unix::fs::{chown, lchown, symlink};
use std::os::unix::process::CommandExt;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::case::World;
use super::pty::Session;
use super::run::run;
use super::user::{USER, give, root_runs_this};

/// The configuration.
const CONFIG: &str = "user/.config/.btp/config.json";

/// The text of the configuration.
const TEXT: &str = "{\"ServerURL\":\"https://cli.example\",\"UserName\":\"ann@example.com\"}";

/// The text of the configuration after a logout.
const BLANK: &str = "{\"ServerURL\":\"https://cli.example\",\"UserName\":\"\"}";

/// A world in which a user is signed in.
fn world() -> World {
    let world = World::new();
    world.write(CONFIG, TEXT.as_bytes());
    world.write(&world.session(CONFIG), b"SECRET-session");
    world
}

/// The current text of the configuration.
fn now(world: &World) -> String {
    fs::read_to_string(world.path(CONFIG)).expect("the configuration")
}

/// According to SAP's documentation, a session ends 24 hours after it was written. The file doesn't
/// confirm that, so an older session is still shown, and the status says why it is uncertain.
#[test]
fn a_session_ends_after_a_day() {
    let hour = Duration::from_secs(3600);
    let ages = [(0, false), (23, false), (25, true)];
    for (hours, is_over) in ages {
        let world = world();
        let written = SystemTime::now() - hour * hours;
        File::options()
            .write(true)
            .open(world.path(&world.session(CONFIG)))
            .and_then(|file| file.set_modified(written))
            .expect("a time");
        for args in [&["status"][..], &["btp", "status"]] {
            let said = run(world.authctl(args)).said;
            assert!(said.contains("signed in  20"), "{said}");
            assert!(said.contains("only the server knows"), "{said}");
            assert_eq!(said.contains("it ended 24 hours"), is_over, "{said}");
            assert_eq!(said.contains("it ends 24 hours"), !is_over, "{said}");
        }
        let result = run(world.authctl(&["btp", "status", "--json"])).stdout;
        let result: Value = serde_json::from_str(&result).expect("JSON");
        let session = &result["sessions"][0];
        assert_eq!(session["state"], "signed-in");
        let time = |key: &str| {
            let text = session[key].as_str().expect("a time");
            let time: jiff::Timestamp = text.parse().expect("a time");
            SystemTime::from(time)
        };
        let life = time("until").duration_since(time("since"));
        assert_eq!(life.expect("later"), hour * 24);
        let rounded = written.duration_since(time("since"));
        assert!(rounded.expect("earlier") < Duration::from_secs(1));
    }
    println!("ages of sessions in hours, and whether they have ended: {ages:?}");
}

/// The logout reads the file again after the question: another user stays signed in, and it is not an
/// error if the user has already signed out.
#[test]
fn another_user_stays_signed_in() {
    let other = TEXT.replace("ann", "bob");
    let changed = TEXT.replace("{", "{\"Other\": [1.50], ");
    let kept = BLANK.replace("{", "{\"Other\": [1.50], ");
    let cases = [
        (
            &["btp", "logout"][..],
            &*other,
            &*other,
            1,
            "another user has signed in since this command started",
        ),
        (
            &["logout", "btp"],
            &other,
            &other,
            3,
            "another user has signed in since this command started",
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
    ];
    for (args, meanwhile, after, status, said) in cases {
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
    println!("{} changes while a question was open", cases.len());
}

/// A session that can't be removed is reported in the result and by the exit code.
#[test]
fn a_session_that_is_left_is_reported() {
    if !root_runs_this("own a directory for another user") {
        return;
    }
    let commands = [
        ["btp", "logout", "--force", "--json"],
        ["logout", "btp", "--force", "--json"],
    ];
    for args in commands {
        let world = world();
        give(&world);
        let file = world.path(&world.session(CONFIG));
        for path in [&*file, file.parent().expect("a directory")] {
            chown(path, Some(0), Some(0)).expect("an owner");
        }
        let mut command = world.authctl(&args);
        command.uid(USER).gid(USER);
        let run = run(command);
        assert_eq!(run.code, Some(3), "{}", run.said);
        let result: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let left = &result["left"][0];
        assert_eq!(left["state"], "signed-in", "{result}");
        assert_eq!(left["place"], file.to_str().expect("a path"), "{result}");
        let problem = [&result["problem"], &result["problems"]]
            .map(Value::to_string)
            .concat();
        assert!(problem.contains("can't remove"), "{result}");
        assert_eq!(now(&world), BLANK);
        assert!(file.exists());
    }
    println!("a session in a directory of root is reported by {commands:?}");
}

/// If the session file is a link, it is removed with its target. If it is a directory, nothing changes.
#[test]
fn a_session_may_be_a_link() {
    let world = world();
    let session = world.path(&world.session(CONFIG));
    let target = world.path("project/session");
    fs::rename(&session, &target).expect("a move");
    symlink(&target, &session).expect("a link");
    let out = run(world.authctl(&["btp", "logout", "--force"]));
    assert_eq!(
        (out.code, now(&world)),
        (Some(0), BLANK.to_owned()),
        "{}",
        out.said
    );
    assert!(!target.exists() && session.symlink_metadata().is_err());
    assert!(!session.parent().expect("a directory").exists());

    let world = self::world();
    let session = world.path(&world.session(CONFIG));
    fs::remove_file(&session).expect("a removal");
    fs::create_dir(&session).expect("a directory");
    let out = run(world.authctl(&["btp", "logout", "--force"]));
    assert_eq!(
        (out.code, now(&world)),
        (Some(1), TEXT.to_owned()),
        "{}",
        out.said
    );
    assert!(out.said.contains("is not a file"), "{}", out.said);
    println!("a session that is a link was removed, one that is a directory was kept");
}

/// A link of another user may lead to a file that they want to be removed, so it is reported and kept.
#[test]
fn a_link_of_another_user_is_not_followed() {
    if !root_runs_this("own a link for another user") {
        return;
    }
    let world = world();
    let session = world.path(&world.session(CONFIG));
    let target = world.path("project/precious");
    fs::rename(&session, &target).expect("a move");
    symlink(&target, &session).expect("a link");
    lchown(&session, Some(USER), Some(USER)).expect("an owner");
    let out = run(world.authctl(&["btp", "logout", "--force"]));
    assert_eq!((out.code, now(&world)), (Some(3), BLANK.to_owned()));
    assert!(out.said.contains("belongs to another user"), "{}", out.said);
    assert!(target.exists() && session.symlink_metadata().is_ok());
    println!("a session that is a link of the user {USER} was not followed");
}
