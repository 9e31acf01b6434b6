//! `authctl`, run as a user runs it.
//!
//! A case is a file in `tests/authctl/cases/*/`; dropping one there adds it to the snapshots, to the
//! search for tokens in messages, to the comparison of results with their schemas, and, when it says
//! `cargo: same` or `cargo: differs`, to the comparison with the real cargo. Everything that no message
//! may show has `SECRET` in it.

#[path = "authctl/ably.rs"]
mod ably;
#[path = "authctl/advice.rs"]
mod advice;
#[path = "authctl/agree.rs"]
mod agree;
#[path = "authctl/btp.rs"]
mod btp;
#[path = "authctl/case.rs"]
mod case;
#[path = "authctl/config.rs"]
mod config;
#[path = "authctl/content.rs"]
mod content;
#[path = "authctl/contract.rs"]
mod contract;
#[path = "authctl/differential.rs"]
mod differential;
#[path = "authctl/display.rs"]
mod display;
#[path = "authctl/faults.rs"]
mod faults;
#[path = "authctl/full.rs"]
mod full;
#[path = "authctl/https.rs"]
mod https;
#[path = "authctl/checkers.rs"]
mod checkers;
#[path = "authctl/kill.rs"]
mod kill;
#[path = "authctl/meanwhile.rs"]
mod meanwhile;
#[path = "authctl/memory.rs"]
mod memory;
#[path = "authctl/places.rs"]
mod places;
#[path = "authctl/pty.rs"]
mod pty;
#[path = "authctl/registry.rs"]
mod registry;
#[path = "authctl/run.rs"]
mod run;
#[path = "authctl/server.rs"]
mod server;
mod support;
#[path = "authctl/system.rs"]
mod system;
#[path = "authctl/terminal.rs"]
mod terminal;
#[path = "authctl/user.rs"]
mod user;
#[path = "authctl/wait.rs"]
mod wait;

use std::fs::{self, File};
use std::process::{Output, Stdio};

use case::{Case, World};

/// Runs every case and compares all that can be seen afterwards with the snapshot. No token reaches
/// standard output or standard error.
#[test]
fn cases() {
    insta::glob!("authctl/cases/*/*.yaml", |path| {
        let case = Case::read(path);
        let world = case.build();
        let output = world.run(&case, &[]);
        searched(&case, &output);
        insta::with_settings!({ description => case.about.clone(), omit_expression => true }, {
            insta::assert_snapshot!(world.describe(&case, &output));
        });
    });
}

/// Every snapshot is of a case that is there, and every case has one.
#[test]
fn no_snapshot_is_stale() {
    let snapshots = fs::read_dir(support::root().join("tests/snapshots")).expect("snapshots");
    let names = snapshots.map(|entry| entry.expect("an entry").file_name());
    let names = names.filter_map(|name| name.into_string().ok());
    let of_cases = names.filter(|name| name.starts_with("authctl__cases@"));
    assert_eq!(of_cases.count(), Case::all().len());
}

/// How many bytes a run wrote; no token is in them.
fn searched(case: &Case, output: &Output) -> usize {
    let mut bytes = 0;
    for (name, written) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let text = String::from_utf8_lossy(written);
        assert!(!run::shows_secret(&text), "{}: {name}: {text}", case.name);
        bytes += written.len();
    }
    bytes
}

/// No token reaches standard output or standard error at `-vv` either, whatever a case asked for.
#[test]
fn no_token_is_shown() {
    let mut bytes = 0;
    let cases = Case::all();
    for mut case in cases.clone() {
        let amount = ["-q", "--quiet", "-v", "--verbose", "-vv"];
        case.args.retain(|arg| !amount.contains(&arg.as_str()));
        case.args.push("-vv".to_owned());
        bytes += searched(&case, &case.build().run(&case, &[]));
    }
    println!("{} cases at -vv: no token in {bytes} bytes", cases.len());
}

/// A standard output that takes nothing: the token goes, and the program neither panics nor keeps
/// it to itself. A reader that has gone away is no failure.
#[test]
fn standard_output_may_fail() {
    let gone = || {
        let (reader, writer) = rustix::pipe::pipe().expect("a pipe");
        drop(reader);
        Stdio::from(writer)
    };
    let full = || {
        Stdio::from(
            File::options()
                .write(true)
                .open("/dev/full")
                .expect("a device"),
        )
    };
    let gone_or_full: [(&dyn Fn() -> Stdio, i32, &str); 2] = [
        (&gone, 0, ""),
        (&full, 1, "the result can't be written to standard output"),
    ];
    let before = "[registry]\ntoken = \"SECRET-a\"\n";
    let mut tried = 0;
    for (args, after) in [
        (
            &["cargo", "logout", "--force", "--json"][..],
            "[registry]\n",
        ),
        (&["logout", "--all", "--force", "--json"], "[registry]\n"),
        (&["status"], before),
    ] {
        for (stdout, status, said) in gone_or_full {
            let world = World::new();
            world.write("home/credentials.toml", before.as_bytes());
            let output = world
                .authctl(args)
                .stdin(Stdio::null())
                .stdout(stdout())
                .stderr(Stdio::piped())
                .spawn()
                .and_then(|child| child.wait_with_output())
                .expect("a run");
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(status), "{args:?}: {stderr}");
            let panicked = stderr.contains("panicked");
            assert!(stderr.contains(said) && !panicked, "{stderr}");
            assert_eq!(stderr.is_empty(), said.is_empty(), "{stderr}");
            let text = fs::read_to_string(world.path("home/credentials.toml"));
            assert_eq!(text.expect("the file"), after);
            tried += 1;
        }
    }
    println!("{tried} runs with a standard output without a reader, or one that is full");
}
