//! The program `clapspec`, and the ways to build with it, as their users meet them.

#[path = "clapspec/directory.rs"]
mod directory;
mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use clapspec::schema::{self, File};
use support::{clapspec, root};
use tempfile::TempDir;

fn temp() -> TempDir {
    tempfile::tempdir().expect("a directory")
}

fn command(arguments: &[&str], directory: &Path) -> Command {
    let mut command = clapspec();
    command.args(arguments).current_dir(directory);
    command
}

fn run(arguments: &[&str], directory: &Path) -> Output {
    command(arguments, directory)
        .output()
        .expect("clapspec runs")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Copies a directory with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory");
    for entry in fs::read_dir(from).expect("a directory") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// A directory with authctl's spec in `spec`, and what it makes in `generated`.
fn project() -> TempDir {
    let directory = temp();
    copy(&root().join("spec"), &directory.path().join("spec"));
    let made = run(&["generate", "--out", "generated"], directory.path());
    assert!(made.status.success(), "{}", stderr(&made));
    directory
}

const CHECK: &[&str] = &["generate", "--out", "generated", "--check"];

#[test]
fn statuses() {
    let directory = project();
    let status = |arguments: &[&str]| run(arguments, directory.path()).status.code();
    assert_eq!(status(&["check"]), Some(0));
    assert_eq!(status(&["check", "spec"]), Some(0));
    assert_eq!(
        status(&["check", "spec/cli.yaml"]),
        Some(1),
        "a part of a spec is none"
    );
    assert_eq!(status(&["check", "nowhere"]), Some(1));
    assert_eq!(status(&["check", "--bogus"]), Some(2));
    assert_eq!(
        status(&["generate"]),
        Some(2),
        "there is no default for --out"
    );
    assert_eq!(
        status(&["generate", "--out", "x", "--only", "rust,paper"]),
        Some(2)
    );
    assert_eq!(status(&[]), Some(2));
}

/// A pipe gets no escape sequences, and standard output stays empty.
#[test]
fn errors_in_a_pipe() {
    let output = run(&["check", "tests/invalid/five-at-once.yaml"], root());
    let said = stderr(&output);
    assert!(output.stdout.is_empty() && !said.contains('\x1b'), "{said}");
    let end = "\n5 errors\nfor more: clapspec explain dangling-link\n";
    assert!(said.ends_with(end), "{said}");
    assert!(
        said.contains("--> tests/invalid/five-at-once.yaml:"),
        "{said}"
    );
}

#[test]
fn what_is_made_is_current() {
    let directory = project();
    let output = run(CHECK, directory.path());
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        stderr(&output)
    );
    // It is what is checked in here.
    let same = |path: &str| {
        let made = fs::read(directory.path().join(path)).expect("made");
        assert!(
            made == fs::read(root().join(path)).expect("checked in"),
            "{path}"
        );
    };
    same("generated/cli.rs");
    same("generated/help/authctl-cargo-logout.txt");
    same("generated/man/authctl-cargo-logout.1");
}

/// The places in which a spec may lie.
#[test]
fn paths_with_spaces_and_quotes() {
    let directory = temp();
    let spec = directory.path().join("it's a \"spec\"");
    copy(&root().join("spec"), &spec);
    let name = spec.to_str().expect("Unicode");
    let output = run(
        &["generate", name, "--out", "the 'output'"],
        directory.path(),
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let file = directory.path().join("the 'output'/man/authctl.1");
    fs::write(&file, "").expect("written");
    let output = run(
        &["generate", name, "--out", "the 'output'", "--check"],
        directory.path(),
    );
    assert!(
        stderr(&output).contains(r"--out 'the '\''output'\''')"),
        "{}",
        stderr(&output)
    );
}

/// Links in the directory are not followed: what they lead to is somebody else's. Nor is git's own
/// directory touched.
#[cfg(unix)]
#[test]
fn what_is_elsewhere_is_left_alone() {
    use std::os::unix::fs::symlink;

    let directory = project();
    let path = directory.path();
    let generated = path.join("generated");
    fs::write(path.join("precious"), "mine\n").expect("written");
    fs::remove_file(generated.join("cli.rs")).expect("removed");
    symlink("../precious", generated.join("cli.rs")).expect("a link");
    fs::create_dir(generated.join(".git")).expect("made");
    fs::write(generated.join(".git/HEAD"), "ref\n").expect("written");
    let made = run(&["generate", "--out", "generated"], path);
    assert!(made.status.success(), "{}", stderr(&made));
    assert_eq!(
        fs::read_to_string(path.join("precious")).expect("there"),
        "mine\n"
    );
    assert!(generated.join(".git/HEAD").exists());
    assert!(run(CHECK, path).status.success());

    fs::rename(generated.join("man"), path.join("pages")).expect("moved");
    symlink("../pages", generated.join("man")).expect("a link");
    let made = run(&["generate", "--out", "generated"], path);
    assert_eq!(made.status.code(), Some(1));
    assert!(
        stderr(&made).contains("`generated/man` is a link"),
        "{}",
        stderr(&made)
    );
}

#[test]
fn schema_prints_what_is_asked_for() {
    let directory = temp();
    let text = |arguments: &[&str]| {
        let output = run(&[&["schema"], arguments].concat(), directory.path());
        assert!(output.status.success(), "{}", stderr(&output));
        String::from_utf8(output.stdout).expect("text")
    };
    assert_eq!(text(&[]), schema::json(File::Program));
    assert_eq!(text(&["--file", "command"]), schema::json(File::Command));
    assert_eq!(text(&["--file", "set"]), schema::json(File::Set));
    let tables = text(&["--format", "markdown", "--file", "set"]);
    assert_eq!(tables, schema::markdown(File::Set));
    assert!(tables.contains("## Option") && !tables.contains("## Command"));
    let unknown = run(&["schema", "--file", "cli"], directory.path());
    assert_eq!(unknown.status.code(), Some(2));
}
