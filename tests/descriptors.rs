//! Programs don't panic if standard input, output or error is closed, is full or has no reader.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{self, root};

/// The states of the descriptors, each with the redirection that creates it.
const STATES: [(&str, &str); 7] = [
    ("standard input is closed", "<&-"),
    ("standard output is closed", ">&-"),
    ("standard error is closed", "2>&-"),
    ("standard output is full", ">/dev/full"),
    ("standard error is full", "2>/dev/full"),
    ("both are full", ">/dev/full 2>&1"),
    ("standard output has no reader", NO_READER),
];

/// The redirection to a pipe without a reader.
const NO_READER: &str = "| true";

/// Runs a shell command line in which `$0` is the program.
fn shell(program: &Path, line: &str, directory: &Path) -> Output {
    let mut command = Command::new("sh");
    command
        .args(["-c", line])
        .arg(program)
        .current_dir(directory)
        .env("HOME", directory)
        .env("CARGO_HOME", directory);
    command.output().expect("a shell")
}

/// Runs each command line with each state of the descriptors.
fn try_all(program: &Path, lines: &[&str], directory: &Path) {
    for line in lines {
        for (what, redirection) in STATES {
            let line_of_shell = match redirection {
                // The shell returns the exit code of `true`, so store that of the program.
                NO_READER => {
                    format!("{{ \"$0\" {line}; echo $? >code; }} 2>&1 | true; exit $(cat code)")
                }
                _ => format!("\"$0\" {line} {redirection}"),
            };
            let output = shell(program, &line_of_shell, directory);
            let name = format!("{line}: {what}");
            let printed = [&output.stdout[..], &output.stderr].concat();
            let printed = String::from_utf8_lossy(&printed);
            assert!(!printed.contains("panicked"), "{name}: {printed}");
            let code = output.status.code().unwrap_or(-1);
            assert!((0..=7).contains(&code), "{name}: {code}: {printed}");
            let is_text = ["--help", "--version"]
                .iter()
                .any(|option| line.ends_with(option));
            if is_text && redirection.starts_with(">/dev/full") {
                assert_eq!(code, 1, "{name}: {printed}");
                let can_say_it = redirection == ">/dev/full";
                let says = printed.contains("error: can't write to standard output");
                assert_eq!(says, can_say_it, "{name}: {printed}");
            }
        }
    }
    println!(
        "{} command lines, each with {} states of descriptors",
        lines.len(),
        STATES.len()
    );
}

#[test]
fn clapspec_never_panics() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path();
    let mut many = String::from("name: many\nabout: Make many errors\noptions:\n");
    (0..60).for_each(|at| many += &format!("  o{at}: {{ help: Do it, confilcts: x }}\n"));
    fs::write(path.join("many.yaml"), many).expect("a file");
    fs::write(path.join("good.yaml"), "name: good\nabout: Do one thing\n").expect("a file");
    let lines = [
        "check many.yaml",
        "check many.yaml --format json",
        "check many.yaml --format sarif",
        "check many.yaml --format github",
        "check nothing.yaml",
        "check good.yaml",
        "check --fix good.yaml",
        "explain",
        "explain unknown-key",
        "explain nothing",
        "generate good.yaml --out made",
        "generate good.yaml --out empty --check",
        "generate many.yaml --out many",
        "generate good.yaml --out .",
        "schema",
        "schema --format markdown",
        "nothing",
        "check --nothing",
        "--version",
        "--help",
        "help generate",
        "generate --help",
    ];
    let program = support::clapspec();
    try_all(Path::new(program.get_program()), &lines, path);
}

#[test]
fn authctl_never_panics() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path();
    fs::create_dir(path.join(".ably")).expect("a directory");
    fs::write(path.join(".ably/config"), "[accounts.a]\n").expect("a file");
    let lines = [
        "status",
        "status --check",
        "status --json",
        "status -vv",
        "logout --all",
        "logout --all --json",
        "logout --all --force --json",
        "cargo status",
        "cargo login",
        "cargo logout --registry nothing",
        "ably accounts list",
        "ably accounts logout nothing",
        "ably accounts switch nothing --json",
        "btp status",
        "config list",
        "config list --json",
        "config explain term.color",
        "config set term.nothing 1",
        "nothing",
        "status --nothing --json",
        "--version",
        "--help",
        "help files",
        "logout --help",
    ];
    try_all(Path::new(env!("CARGO_BIN_EXE_authctl")), &lines, path);
}

/// Adds the source files in a directory and its subdirectories.
fn sources(directory: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => sources(&path, files),
            false if path.extension().is_some_and(|end| end == "rs") => files.push(path),
            false => {}
        }
    }
}

/// The printing macros panic if they can't write, so they are used only in tests and in code that runs
/// in build scripts.
#[test]
fn no_printing_macros_are_used() {
    let mut files = Vec::new();
    for directory in ["src", "codegen/src", "runtime/src"] {
        sources(&root().join(directory), &mut files);
    }
    let mut found = Vec::new();
    for file in &files {
        let name = file.strip_prefix(root()).expect("inside").to_owned();
        let not_shipped = [
            "codegen/src/read/freshness.rs",
            "codegen/src/build.rs",
            "codegen/src/tests.rs",
            "codegen/src/tests",
        ];
        if not_shipped.iter().any(|path| name.starts_with(path)) {
            continue;
        }
        let text = fs::read_to_string(file).expect("a file");
        // Test modules come last.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, line) in code.lines().enumerate() {
            let is_comment = line.trim_start().starts_with("//");
            let macros = ["print!(", "println!(", "dbg!("];
            if !is_comment && macros.iter().any(|name| line.contains(name)) {
                found.push(format!("{}:{}: {line}", name.display(), at + 1));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(files.len() > 100, "only {} files", files.len());
}
