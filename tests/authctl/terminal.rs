//! Input on a terminal: answers to questions, and tokens, which are not shown.

use std::fs::{self, File};

use super::case::World;
use super::pty::Session;
use super::run::shows_secret;

/// Credentials with a token.
const CREDENTIALS: &str = "[registry]\ntoken = \"SECRET-old\"\n";

/// A world with a token for cargo.
fn world() -> World {
    let world = World::new();
    world.write("home/credentials.toml", CREDENTIALS.as_bytes());
    world
}

/// The current content of the credentials file.
fn credentials(world: &World) -> String {
    fs::read_to_string(world.path("home/credentials.toml")).expect("the file")
}

/// Answers the question, and checks the file afterwards.
fn answer(typed: &str, removed: bool) {
    let world = world();
    let mut session = Session::start(&world, &["cargo", "logout"]);
    session.wait_for("[y/N] ");
    assert!(
        session
            .shown
            .starts_with("Remove the token of `crates-io`? [y/N] ")
    );
    session.type_in(typed);
    assert_eq!(session.end(), 0, "{}", session.shown);
    let (text, said) = match removed {
        true => ("[registry]\n", "removed the token"),
        false => (CREDENTIALS, "nothing changed"),
    };
    assert_eq!(credentials(&world), text, "{typed:?}");
    // The message is on its own line, even if the answer ended without Enter.
    assert!(
        session.shown.contains(&format!("\n{said}")),
        "{}",
        session.shown
    );
}

#[test]
fn a_confirmed_logout_removes_the_token() {
    for typed in ["y\n", "YES\n", " Yes \n"] {
        answer(typed, true);
    }
}

#[test]
fn a_declined_logout_changes_nothing() {
    // \u{3} is Ctrl-C, and \u{4} is Ctrl-D, the end of input. Some follow an answer without Enter.
    for typed in [
        "n\n", "\n", "yess\n", "no y\n", "\u{3}", "y\u{3}", "\u{4}", "y\u{4}", "yes\u{4}",
    ] {
        answer(typed, false);
    }
}

/// With JSON, no question is asked on a terminal either.
#[test]
fn json_without_force_is_refused() {
    for format in ["--json", "--pretty-json"] {
        let world = world();
        let mut session = Session::start(&world, &["cargo", "logout", format]);
        assert_eq!(session.end(), 2, "{}", session.shown);
        assert!(
            session
                .shown
                .starts_with("{\"error\":{\"exit\":\"usage\",\"code\":2,")
        );
        assert_eq!(credentials(&world), CREDENTIALS);
    }
}

/// Closing the terminal while the question is open does not confirm it.
#[test]
fn a_closed_terminal_changes_nothing() {
    let typed = ["", "y"];
    for typed in typed {
        let world = world();
        let mut session = Session::start(&world, &["cargo", "logout"]);
        session.wait_for("[y/N] ");
        session.type_in(typed);
        session.hang_up();
        assert_eq!(credentials(&world), CREDENTIALS, "{typed:?}");
    }
    println!("terminals closed after {typed:?} was typed");
}

/// The file is read again after the answer. It is not locked while the question is open.
#[test]
fn the_file_is_read_again_after_the_question() {
    let world = world();
    let mut session = Session::start(&world, &["cargo", "logout"]);
    session.wait_for("[y/N] ");
    let file = File::open(world.path("home/credentials.toml")).expect("the file");
    let lock = rustix::fs::FlockOperation::NonBlockingLockExclusive;
    rustix::fs::flock(&file, lock).expect("the lock is free");
    drop(file);
    let text = "# mine\n[registry]\ntoken = \"SECRET-new\"\nx = 1\n";
    world.write("home/credentials.toml", text.as_bytes());
    session.type_in("y\n");
    assert_eq!(session.end(), 0);
    assert_eq!(credentials(&world), "# mine\n[registry]\nx = 1\n");
}

#[test]
fn no_question_without_a_token_or_with_force() {
    let world = World::new();
    let mut session = Session::start(&world, &["cargo", "logout"]);
    assert_eq!(session.end(), 0);
    assert!(!session.shown.contains("[y/N]"));
    let world = self::world();
    let mut session = Session::start(&world, &["cargo", "logout", "--force"]);
    assert_eq!(session.end(), 0);
    assert!(!session.shown.contains("[y/N]"));
    assert_eq!(credentials(&world), "[registry]\n");
}

/// An alias with newlines, escape sequences and bidirectional overrides can't forge a question.
#[test]
fn an_alias_stays_inside_the_question() {
    const ALIAS: &str = "a\\n\\u202e\\u001b[2K";
    for args in [&["logout", "ably"][..], &["ably", "accounts", "logout"]] {
        let world = World::new();
        let text = "[current]\naccount = \"A\"\n[accounts.\"A\"]\naccessToken = \"SECRET\"\n";
        let text = text.replace('A', ALIAS);
        world.write("user/.ably/config", text.as_bytes());
        let mut session = Session::start(&world, args);
        session.wait_for("[y/N] ");
        let shown = session.shown.clone();
        assert!(!shown.contains(['\n', '\u{202e}', '\u{1b}']), "{shown:?}");
        session.type_in("n\n");
        session.end();
    }
}

/// The arguments of each command that asks a question, and its question.
const QUESTIONS: [(&[&str], &str); 4] = [
    (&["cargo", "logout"], "Remove the token of `crates-io`?"),
    (
        &["ably", "accounts", "logout"],
        "Sign out of the Ably account `work` and remove its tokens and app keys?",
    ),
    (
        &["btp", "logout"],
        "Sign out of SAP BTP and remove the user data from [TMP]/user/.config/.btp/config.json?",
    ),
    (
        &["logout", "--all"],
        "Sign out of cargo (crates-io), ably (work), btp (ann@example.com)?",
    ),
];

/// The files of all three systems, by their paths.
const FILES: [(&str, &str); 3] = [
    ("home/credentials.toml", CREDENTIALS),
    (
        "user/.ably/config",
        "[current]\naccount = \"work\"\n\n[accounts.work]\naccessToken = \"SECRET-a\"\n",
    ),
    (
        "user/.config/.btp/config.json",
        "{\"UserName\":\"ann@example.com\",\"RefreshToken\":\"SECRET-b\"}",
    ),
];

/// How many of the files are unchanged.
fn unchanged(world: &World) -> usize {
    let same = |(path, text): &(&str, &str)| {
        fs::read_to_string(world.path(path)).is_ok_and(|now| now == *text)
    };
    FILES.into_iter().filter(same).count()
}

/// Every command that removes something asks first. If the user declines, no file is changed. If the
/// user confirms, only the files of the systems in the question are changed.
#[test]
fn every_logout_asks() {
    let mut asked = 0;
    for (args, question) in QUESTIONS {
        for (typed, status) in [("n\n", 0), ("\u{3}", 0), ("\u{4}", 0), ("y\n", 0)] {
            let world = World::new();
            for (path, text) in FILES {
                world.write(path, text.as_bytes());
            }
            let mut session = Session::start(&world, args);
            let directory = world.directory.path().to_string_lossy();
            session.wait_for(&format!("{} [y/N] ", question.replace("[TMP]", &directory)));
            session.type_in(typed);
            assert_eq!(session.end(), status, "{args:?}: {}", session.shown);
            let left = match (typed, args[0]) {
                ("y\n", "logout") => 0,
                ("y\n", _) => 2,
                _ => 3,
            };
            assert_eq!(
                unchanged(&world),
                left,
                "{args:?} {typed:?}: {}",
                session.shown
            );
            assert!(!shows_secret(&session.shown), "{}", session.shown);
            asked += 1;
        }
    }
    println!("{asked} questions answered");
}

/// A confirmation is only about the sessions in the question: those that were added since then stay.
#[test]
fn sessions_that_are_not_in_the_question_stay() {
    let world = World::new();
    for (path, text) in FILES {
        world.write(path, text.as_bytes());
    }
    let mut session = Session::start(&world, &["logout", "cargo", "ably"]);
    session.wait_for("Sign out of cargo (crates-io), ably (work)? [y/N] ");
    let registry = "[registries.new]\ntoken = \"SECRET-n\"\n";
    let account = "[accounts.new]\naccessToken = \"SECRET-n\"\n";
    for ((path, text), more) in FILES.into_iter().zip([registry, account]) {
        world.write(path, format!("{text}\n{more}").as_bytes());
    }
    session.type_in("y\n");
    assert_eq!(session.end(), 3, "{}", session.shown);
    for ((path, _), more) in FILES.into_iter().zip([registry, account]) {
        let left = fs::read_to_string(world.path(path)).expect("the file");
        let secrets = left.matches("SECRET").count();
        assert!(left.ends_with(more) && secrets == 1, "{left}");
    }
    let said = "`new` was signed in since this command started; run it again";
    assert_eq!(session.shown.matches(said).count(), 2, "{}", session.shown);
    println!("a registry and an account, added while a question was open, both stay");
}

#[test]
fn a_typed_token_is_not_shown() {
    let world = world();
    let mut session = Session::start(&world, &["cargo", "login"]);
    session.wait_for("Token for `crates-io`: ");
    session.type_in("SECRET-typed\n");
    assert_eq!(session.end(), 0, "{}", session.shown);
    assert!(!shows_secret(&session.shown), "{}", session.shown);
    assert_eq!(
        credentials(&world),
        "[registry]\ntoken = \"SECRET-typed\"\n"
    );
}

#[test]
fn ctrl_c_at_the_token_changes_nothing() {
    let world = world();
    let mut session = Session::start(&world, &["cargo", "login"]);
    session.wait_for("Token for `crates-io`: ");
    session.type_in("SECRET-ty\u{3}");
    assert_eq!(session.end(), 130, "{}", session.shown);
    assert!(
        session
            .shown
            .ends_with("\nerror: interrupted; nothing changed\r\n")
    );
    assert_eq!(credentials(&world), CREDENTIALS);
}
