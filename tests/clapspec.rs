//! Runs the program `clapspec` as a user would.

mod directory;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use clapspec::schema::{self, File};
use tempfile::TempDir;

use crate::support::{clapspec, root};

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

/// Copies a directory and its contents.
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

/// A directory with authctl's spec in `spec`, and the files generated from it in `generated`.
fn project() -> TempDir {
    let directory = temp();
    copy(&root().join("spec"), &directory.path().join("spec"));
    let output = run(&["generate", "--out", "generated"], directory.path());
    assert!(output.status.success(), "{}", stderr(&output));
    directory
}

const CHECK: &[&str] = &["generate", "--out", "generated", "--check"];

#[test]
fn exit_codes_are_correct() {
    let directory = project();
    let status = |arguments: &[&str]| run(arguments, directory.path()).status.code();
    assert_eq!(status(&["check"]), Some(0));
    assert_eq!(status(&["check", "spec"]), Some(0));
    assert_eq!(
        status(&["check", "spec/cli.yaml"]),
        Some(1),
        "a part of a spec is not a valid spec"
    );
    assert_eq!(status(&["check", "nowhere"]), Some(1));
    assert_eq!(status(&["check", "--bogus"]), Some(2));
    assert_eq!(status(&["generate"]), Some(2), "`--out` is required");
    assert_eq!(
        status(&["generate", "--out", "x", "--only", "rust,paper"]),
        Some(2)
    );
    assert_eq!(status(&[]), Some(2));
}

/// Errors are written to standard error, and without escape sequences if it is a pipe.
#[test]
fn errors_in_a_pipe_have_no_escapes() {
    let output = run(&["check", "tests/invalid/five-at-once.yaml"], root());
    let errors = stderr(&output);
    assert!(
        output.stdout.is_empty() && !errors.contains('\x1b'),
        "{errors}"
    );
    let end = "\n5 errors\nfor more information, run `clapspec explain dangling-link`\n";
    assert!(errors.ends_with(end), "{errors}");
    assert!(
        errors.contains("--> tests/invalid/five-at-once.yaml:"),
        "{errors}"
    );
}

#[test]
fn generated_files_are_current() {
    let directory = project();
    let output = run(CHECK, directory.path());
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        stderr(&output)
    );
    // The files are the same as the committed ones.
    let same = |path: &str| {
        let generated = fs::read(directory.path().join(path)).expect("a file");
        assert!(
            generated == fs::read(root().join(path)).expect("a committed file"),
            "{path}"
        );
    };
    same("generated/cli.rs");
    same("generated/help/authctl-cargo-logout.txt");
    same("generated/man/authctl-cargo-logout.1");
}

/// Paths of specs and outputs may contain spaces and quotes; in messages they are quoted for the shell.
#[test]
fn paths_may_have_spaces_and_quotes() {
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
        stderr(&output).contains(r"--out 'the '\''output'\'''`"),
        "{}",
        stderr(&output)
    );
}

/// `generate` replaces a link instead of writing to its target, rejects a link to a directory, and
/// leaves `.git` alone.
#[cfg(unix)]
#[test]
fn links_in_the_output_are_not_followed() {
    use std::os::unix::fs::symlink;

    let directory = project();
    let path = directory.path();
    let generated = path.join("generated");
    fs::write(path.join("precious"), "mine\n").expect("written");
    fs::remove_file(generated.join("cli.rs")).expect("removed");
    symlink("../precious", generated.join("cli.rs")).expect("a link");
    fs::create_dir(generated.join(".git")).expect("created");
    fs::write(generated.join(".git/HEAD"), "ref\n").expect("written");
    let output = run(&["generate", "--out", "generated"], path);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(
        fs::read_to_string(path.join("precious")).expect("a file"),
        "mine\n"
    );
    assert!(generated.join(".git/HEAD").exists());
    assert!(run(CHECK, path).status.success());

    fs::rename(generated.join("man"), path.join("pages")).expect("moved");
    symlink("../pages", generated.join("man")).expect("a link");
    let output = run(&["generate", "--out", "generated"], path);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("`generated/man` is a link"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn schema_prints_the_requested_file() {
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
