//! What happens on a terminal: the question, and the token that is not shown.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::process::Child;

use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::case::World;

const CREDENTIALS: &str = "[registry]\ntoken = \"SECRET-old\"\n";

/// A program on a terminal of its own.
struct Session {
    terminal: File,
    child: Child,
    /// What the terminal has shown so far.
    shown: String,
}

impl Session {
    fn start(world: &World, args: &[&str]) -> Self {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)
            .expect("a terminal");
        grantpt(&terminal).expect("a terminal");
        unlockpt(&terminal).expect("a terminal");
        let name = ptsname(&terminal, Vec::new()).expect("a terminal");
        let other = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(OFlags::NOCTTY.bits() as i32)
            .open(OsStr::from_bytes(name.to_bytes()))
            .expect("the other end");
        let copy = || other.try_clone().expect("a copy");
        let child = world
            .command(env!("CARGO_BIN_EXE_authctl"), &BTreeMap::new())
            .args(args)
            .stdin(copy())
            .stdout(copy())
            .stderr(copy())
            .spawn()
            .expect("the program starts");
        Self {
            terminal: File::from(terminal),
            child,
            shown: String::new(),
        }
    }

    /// Reads until the terminal shows `what`.
    fn wait_for(&mut self, what: &str) {
        while !self.shown.contains(what) {
            assert!(self.read(), "no `{what}` in: {}", self.shown);
        }
    }

    fn type_in(&mut self, text: &str) {
        self.terminal
            .write_all(text.as_bytes())
            .expect("a terminal");
    }

    /// Reads to the end and gives back the status.
    fn end(&mut self) -> i32 {
        while self.read() {}
        let status = self.child.wait().expect("the program ends");
        status.code().expect("no signal")
    }

    /// Closes the terminal and waits for the program, which must end by itself.
    fn hang_up(mut self) {
        drop(self.terminal);
        let status = self.child.wait().expect("the program ends");
        assert_eq!(status.code(), Some(0));
    }

    fn read(&mut self) -> bool {
        let mut bytes = [0; 1024];
        match self.terminal.read(&mut bytes) {
            Ok(0) => false,
            Ok(count) => {
                self.shown += &String::from_utf8_lossy(&bytes[..count]);
                true
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => true,
            // The other end is closed: the program has ended.
            Err(_) => false,
        }
    }
}

fn world() -> World {
    let world = World::new();
    world.write("home/credentials.toml", CREDENTIALS.as_bytes());
    world
}

fn credentials(world: &World) -> String {
    fs::read_to_string(world.path("home/credentials.toml")).expect("the file")
}

/// Answers the question and checks what is in the file afterwards.
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
    // The message is on a line of its own, also when the answer ended without Enter.
    assert!(
        session.shown.contains(&format!("\n{said}")),
        "{}",
        session.shown
    );
}

#[test]
fn yes_removes() {
    for typed in ["y\n", "YES\n", " Yes \n"] {
        answer(typed, true);
    }
}

#[test]
fn anything_else_does_not() {
    // Ctrl-C, and Ctrl-D, which is the end of input; also behind a yes that was not sent.
    for typed in ["n\n", "\n", "yess\n", "no y\n", "\u{3}", "y\u{3}", "\u{4}"] {
        answer(typed, false);
    }
}

/// With JSON, nobody is asked on a terminal either.
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

/// A terminal that is closed while the question stands there is no yes.
#[test]
fn a_terminal_that_goes_away_changes_nothing() {
    for typed in ["", "y"] {
        let world = world();
        let mut session = Session::start(&world, &["cargo", "logout"]);
        session.wait_for("[y/N] ");
        session.type_in(typed);
        session.hang_up();
        assert_eq!(credentials(&world), CREDENTIALS, "{typed:?}");
    }
}

/// The token that is there when the answer comes counts, and nobody waits for the answer.
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

#[test]
fn a_typed_token_is_not_shown() {
    let world = world();
    let mut session = Session::start(&world, &["cargo", "login"]);
    session.wait_for("Token for `crates-io`: ");
    session.type_in("SECRET-typed\n");
    assert_eq!(session.end(), 0, "{}", session.shown);
    assert!(!session.shown.contains("SECRET"), "{}", session.shown);
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
