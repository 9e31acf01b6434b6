//! The tour of authctl, in the book and in the README, shows what authctl prints.

use std::path::Path;

use crate::support::book;
use crate::support::book::{Block, Shell};

/// The pages, relative to `docs/src/`.
const PAGES: &[&str] = &["authctl/README.md", "../../README.md"];

/// The programs whose commands are run. Other commands are only for readers.
const PROGRAMS: &[&str] = &["authctl", "cat", "chmod", "echo", "mkdir", "touch"];

/// Variables that are unset, since they change which files and hosts authctl uses.
const VARIABLES: &[&str] = &[
    "ABLY_ACCESS_TOKEN",
    "ABLY_API_KEY",
    "ABLY_CLI_CONFIG_DIR",
    "ABLY_OAUTH_HOST",
    "ABLY_TOKEN",
    "AUTHCTL_COLOR",
    "BTP_CLIENTCONFIG",
    "CARGO_HOME",
    "CARGO_REGISTRY_DEFAULT",
    "CARGO_REGISTRY_TOKEN",
    "CLICOLOR_FORCE",
    "SAPCP_CLIENTCONFIG",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_DIRS",
    "XDG_CONFIG_HOME",
];

/// A shell with an empty home directory, in which authctl uses only files in that directory.
fn shell() -> Shell {
    let mut shell = Shell::new();
    let mut words: String = VARIABLES.iter().map(|name| format!("-u {name} ")).collect();
    words.push_str(env!("CARGO_BIN_EXE_authctl"));
    shell.program("authctl", Path::new("/usr/bin/env"), &words);
    let home = shell.path().to_owned();
    shell.variable("HOME", home);
    shell
}

/// Each command prints what the page shows after it.
#[test]
fn commands_print_what_is_shown() {
    let mut wrong = Vec::new();
    for page in PAGES {
        let text = std::fs::read_to_string(book::directory().join(page)).expect("a page");
        let (mut shell, mut typed) = (shell(), 0);
        for block in book::blocks(&text) {
            match block {
                Block::File(name, text) if name == ".ably/config" => shell.write(&name, &text),
                Block::File(..) => {}
                Block::Console(lines) => {
                    for line in lines {
                        if PROGRAMS.contains(&line.program()) {
                            typed += 1;
                            wrong.extend(shell.try_line(page, &line));
                        }
                    }
                }
            }
        }
        println!("{page}: {typed} commands");
        assert!(typed > 0, "{page} shows no commands");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
