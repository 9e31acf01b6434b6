//! `authctl`, run as a user runs it.
//!
//! A case is a file in `tests/authctl/cases/*/`; dropping one there adds it to the snapshots, to the
//! search for tokens in messages, to the comparison of results with their schemas, and, when it says
//! `cargo: same` or `cargo: differs`, to the comparison with the real cargo. Everything that no message
//! may show has `SECRET` in it.

#[path = "authctl/ably.rs"]
mod ably;
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
#[path = "authctl/faults.rs"]
mod faults;
#[path = "authctl/full.rs"]
mod full;
#[path = "authctl/https.rs"]
mod https;
#[path = "authctl/judges.rs"]
mod judges;
#[path = "authctl/kill.rs"]
mod kill;
#[path = "authctl/lock.rs"]
mod lock;
#[path = "authctl/meanwhile.rs"]
mod meanwhile;
#[path = "authctl/memory.rs"]
mod memory;
#[path = "authctl/pty.rs"]
mod pty;
#[path = "authctl/registry.rs"]
mod registry;
#[path = "authctl/server.rs"]
mod server;
#[path = "authctl/system.rs"]
mod system;
#[path = "authctl/terminal.rs"]
mod terminal;
#[path = "authctl/wait.rs"]
mod wait;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::process::Stdio;

use case::{Case, World};

/// Runs every case and compares all that can be seen afterwards with the snapshot.
#[test]
fn cases() {
    insta::glob!("authctl/cases/*/*.yaml", |path| {
        let case = Case::read(path);
        let world = case.build();
        let output = world.run(&case, &[]);
        insta::with_settings!({ description => case.about.clone(), omit_expression => true }, {
            insta::assert_snapshot!(world.describe(&case, &output));
        });
    });
}

/// No token reaches standard output or standard error, however much is asked for.
#[test]
fn no_token_is_shown() {
    let mut seen = 0;
    for case in Case::all() {
        let quiet = case.args.iter().any(|arg| arg == "-q" || arg == "--quiet");
        for extra in [&[][..], &["-vv"][..]] {
            if quiet && !extra.is_empty() {
                continue;
            }
            let world = case.build();
            let output = world.run(&case, extra);
            for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
                let text = String::from_utf8_lossy(bytes);
                assert!(!text.contains("SECRET"), "{}: {name}: {text}", case.name);
            }
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen} runs");
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
    for (stdout, status, said) in [
        (gone(), 0, ""),
        (full(), 1, "the result can't be written to standard output"),
    ] {
        let world = World::new();
        world.write(
            "home/credentials.toml",
            b"[registry]\ntoken = \"SECRET-a\"\n",
        );
        let output = world
            .command(env!("CARGO_BIN_EXE_authctl"), &BTreeMap::new())
            .args(["cargo", "logout", "--force", "--json"])
            .stdin(Stdio::null())
            .stdout(stdout)
            .stderr(Stdio::piped())
            .spawn()
            .and_then(|child| child.wait_with_output())
            .expect("a run");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{stderr}");
        assert!(
            stderr.contains(said) && !stderr.contains("panicked"),
            "{stderr}"
        );
        assert_eq!(stderr.is_empty(), said.is_empty(), "{stderr}");
        let text = fs::read_to_string(world.path("home/credentials.toml")).expect("the file");
        assert_eq!(text, "[registry]\n");
    }
}
