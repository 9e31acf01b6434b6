//! Runs `authctl` as a user would.
//!
//! Each file in `tests/authctl/cases/*/` is a case. Its outcome is compared with a snapshot, its
//! messages are searched for tokens, its result is validated with its schema, and with `cargo: same` or
//! `cargo: differs`, it is compared with the real cargo. Text that no message may show contains
//! `SECRET`.

mod ably;
mod advice;
mod agree;
mod btp;
mod case;
mod checkers;
mod config;
mod content;
mod contract;
mod differential;
mod display;
mod faults;
mod full;
mod https;
mod kill;
mod meanwhile;
mod memory;
mod places;
mod pty;
mod registry;
mod run;
mod server;
mod system;
mod terminal;
mod user;
mod wait;

use std::fs::{self, File};
use std::process::{Output, Stdio};

use case::{Case, World};

use crate::support;

/// Runs every case, and compares its output and files with the snapshot. No token is written to standard
/// output or standard error.
#[test]
fn cases() {
    insta::glob!("authctl/cases/*/*.yaml", |path| {
        let case = Case::read(path);
        let world = case.build();
        let output = world.run(&case, &[]);
        assert_no_token(&case, &output);
        insta::with_settings!({ description => case.about.clone(), omit_expression => true }, {
            insta::assert_snapshot!(world.describe(&case, &output));
        });
    });
}

/// Every snapshot has a case, and every case has a snapshot.
#[test]
fn every_snapshot_has_a_case() {
    let snapshots = fs::read_dir(support::root().join("tests/snapshots")).expect("snapshots");
    let names = snapshots.map(|entry| entry.expect("an entry").file_name());
    let names = names.filter_map(|name| name.into_string().ok());
    let of_cases = names.filter(|name| name.starts_with("all__authctl__cases@"));
    assert_eq!(of_cases.count(), Case::all().len());
}

/// Asserts that the output of a run contains no token, and returns its length.
fn assert_no_token(case: &Case, output: &Output) -> usize {
    let mut bytes = 0;
    for (name, written) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let text = String::from_utf8_lossy(written);
        assert!(!run::shows_secret(&text), "{}: {name}: {text}", case.name);
        bytes += written.len();
    }
    bytes
}

/// No token is written to standard output or standard error with `-vv` either.
#[test]
fn no_token_is_printed() {
    let mut bytes = 0;
    let cases = Case::all();
    for mut case in cases.clone() {
        let amount = ["-q", "--quiet", "-v", "--verbose", "-vv"];
        case.args.retain(|arg| !amount.contains(&arg.as_str()));
        case.args.push("-vv".to_owned());
        bytes += assert_no_token(&case, &case.build().run(&case, &[]));
    }
    println!("{} cases at -vv: no token in {bytes} bytes", cases.len());
}

/// If standard output is full, the token is still removed, and the program fails with a message and
/// without a panic. If standard output has no reader, that is not an error.
#[test]
fn failures_of_standard_output_are_handled() {
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
        (&full, 1, "can't write the result to standard output"),
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
        for (stdout, status, message) in gone_or_full {
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
            assert!(stderr.contains(message) && !panicked, "{stderr}");
            assert_eq!(stderr.is_empty(), message.is_empty(), "{stderr}");
            let text = fs::read_to_string(world.path("home/credentials.toml"));
            assert_eq!(text.expect("the file"), after);
            tried += 1;
        }
    }
    println!("{tried} runs with a standard output without a reader, or one that is full");
}
