//! The generator as an action of another build system.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::{clapspec, has, skip};

fn run(directory: &Path, command: &mut Command) -> Output {
    command.current_dir(directory).output().expect("it runs")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A spec with two files and a shared set, in a directory with a name that needs escapes in a makefile.
fn project() -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().expect("a directory");
    let here = directory.path().join("a b$c#d");
    for (path, text) in [
        (
            "spec one/cli.yaml",
            "name: tool\nabout: Work\nsets-from: ../shared\n",
        ),
        (
            "spec one/commands/add.yaml",
            "about: Add files\nuse: output\n",
        ),
        (
            "shared/output.yaml",
            "options: { json: { help: Print JSON } }\n",
        ),
    ] {
        let path = here.join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("created");
        fs::write(path, text).expect("written");
    }
    (directory, here)
}

const GENERATE: [&str; 8] = [
    "generate",
    "spec one",
    "--out",
    "gen one",
    "--outputs",
    "gen one.txt",
    "--depfile",
    "gen one.d",
];

#[test]
fn inputs_and_outputs_are_listed() {
    let (_directory, here) = project();
    let output = run(&here, clapspec().args(GENERATE));
    assert!(output.status.success(), "{}", stderr(&output));
    let depfile = fs::read_to_string(here.join("gen one.d")).expect("a depfile");
    let expected = "gen\\ one.txt: \\\n  spec\\ one \\\n  spec\\ one/../shared \\\n  spec\\ one/../shared/output.yaml \\\n  spec\\ one/cli.yaml \\\n  spec\\ one/commands \\\n  spec\\ one/commands/add.yaml\n";
    assert_eq!(depfile, expected);
    let listed = fs::read_to_string(here.join("gen one.txt")).expect("a list");
    let listed: BTreeSet<PathBuf> = listed.lines().map(|line| here.join(line)).collect();
    let mut found = BTreeSet::new();
    let mut open = vec![here.join("gen one")];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => open.push(path),
                false => drop(found.insert(path)),
            }
        }
    }
    assert_eq!(listed, found);
}

/// make runs the generator again if a file of the spec changes, or if there is a new one, and not otherwise.
#[test]
fn make_runs_it_when_needed() {
    if !has("make") {
        return skip("make is not installed");
    }
    let (_directory, here) = project();
    let clapspec = clapspec();
    let program = clapspec.get_program().to_str().expect("Unicode");
    let words = GENERATE.map(|word| format!("'{word}'")).join(" ");
    let makefile = format!("gen\\ one.txt:\n\t{program} {words}\n-include gen\\ one.d\n");
    fs::write(here.join("Makefile"), makefile).expect("written");
    let make = || {
        let output = run(&here, Command::new("make").arg("gen one.txt"));
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{printed}{}", stderr(&output));
        !printed.contains("is up to date")
    };
    // Times of files may have a resolution of some milliseconds.
    let wait = || std::thread::sleep(std::time::Duration::from_millis(50));
    let write = |path: &str, text: &str| {
        wait();
        fs::write(here.join(path), text).expect("written");
    };
    assert!(make());
    assert!(!make());
    write(
        "spec one/commands/add.yaml",
        "about: Add all files\nuse: output\n",
    );
    assert!(make());
    assert!(!make());
    write("spec one/commands/list.yaml", "about: List files\n");
    assert!(make());
    assert!(here.join("gen one/help/tool-list.txt").exists());
    assert!(!make());
    write(
        "shared/output.yaml",
        "options: { json: { help: Print the result as JSON } }\n",
    );
    assert!(make());
    // A comment changes no generated file, and is seen nevertheless.
    write(
        "spec one/cli.yaml",
        "name: tool\nabout: Work # hard\nsets-from: ../shared\n",
    );
    assert!(make());
    assert!(!make());
}

#[test]
fn no_other_file_is_replaced() {
    let (_directory, here) = project();
    fs::write(here.join("mine.txt"), "my notes\n").expect("written");
    for (outputs, depfile, message) in [
        (
            "mine.txt",
            "x.d",
            "error: `mine.txt` was not written by clapspec; choose another file\n",
        ),
        (
            "x.txt",
            "mine.txt",
            "error: `mine.txt` was not written by clapspec; choose another file\n",
        ),
        (
            "x.txt",
            "spec one/cli.yaml",
            "error: `spec one/cli.yaml` was not written by clapspec",
        ),
        (
            "gen one/x.txt",
            "x.d",
            "error: `gen one/x.txt` is in the output directory, which is only for generated files\n",
        ),
        (
            "nowhere/x.txt",
            "x.d",
            "error: can't write `nowhere/x.txt`: No such file",
        ),
    ] {
        let args = [
            "generate",
            "spec one",
            "--out",
            "gen one",
            "--outputs",
            outputs,
            "--depfile",
            depfile,
        ];
        let output = run(&here, clapspec().args(args));
        assert_eq!(output.status.code(), Some(1), "{outputs} {depfile}");
        assert!(stderr(&output).starts_with(message), "{}", stderr(&output));
    }
    assert_eq!(
        fs::read_to_string(here.join("mine.txt")).expect("a file"),
        "my notes\n"
    );
}

/// The generator reads only the spec and files of the system, opens no socket, and starts no program.
#[test]
fn a_run_is_hermetic() {
    if !has("strace") {
        return skip("strace is not installed");
    }
    let (_directory, here) = project();
    let trace = here.join("trace");
    let clapspec = clapspec();
    let mut command = Command::new("strace");
    command.args([
        "--follow-forks",
        "--trace=%file,%network,execve",
        "--output",
    ]);
    command
        .arg(&trace)
        .arg(clapspec.get_program())
        .args(GENERATE)
        .env_clear();
    let output = run(&here, &mut command);
    assert!(output.status.success(), "{}", stderr(&output));
    let trace = fs::read_to_string(&trace).expect("a trace");
    let allowed = [
        "spec one",
        "gen one",
        "/lib",
        "/usr/lib",
        "/etc/ld.so",
        "/proc/self/",
        "/sys/fs/cgroup",
    ];
    let mut calls = 0;
    for line in trace.lines().filter(|line| line.contains('(')) {
        let call = line.split_whitespace().nth(1).unwrap_or_default();
        assert!(
            !call.starts_with("socket(") && !call.starts_with("connect("),
            "{line}"
        );
        // The first program is the generator itself.
        if call.starts_with("execve(") {
            assert_eq!(calls, 0, "{line}");
        } else if let Some(path) = line.split('"').nth(1) {
            let path = path.trim_start_matches(&*format!("{}/", here.display()));
            let is_above = here.starts_with(path) || path == ".";
            let is_allowed = allowed.iter().any(|allowed| path.starts_with(allowed))
                || path.starts_with("shared");
            assert!(is_allowed || is_above || path == "/dev/null", "{line}");
        }
        calls += 1;
    }
    assert!(calls > 20, "only {calls} calls");
}
