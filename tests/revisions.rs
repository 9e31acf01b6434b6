//! The two versions that `clapspec diff` compares: specs, descriptions, and revisions of git.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{self, root};

/// What a program runs in a directory, with its exit status.
fn run(directory: &Path, program: &mut Command) -> (Option<i32>, String, String) {
    let output = program.current_dir(directory).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn clapspec(directory: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    run(directory, support::clapspec().args(args))
}

/// Runs git without the settings of the user.
fn git(directory: &Path, args: &[&str]) {
    let mut git = Command::new("git");
    git.args([
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.org",
        "-c",
        "protocol.file.allow=always",
    ]);
    git.args(args);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    let (status, _, error) = run(directory, &mut git);
    assert_eq!(status, Some(0), "git {args:?}: {error}");
}

/// A repository with two revisions of a spec: in the tagged one, there is an option `--quiet`.
fn repository() -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    let at = directory.path();
    let write = |path: &str, text: &str| {
        let path = at.join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("created");
        fs::write(path, text).expect("written");
    };
    write(
        "tool/spec/cli.yaml",
        "name: tool\nabout: Work\nsets-from: ../../shared\n",
    );
    write(
        "tool/spec/commands/add.yaml",
        "about: Add files\nuse: output\noptions: { quiet: { help: Print nothing } }\n",
    );
    write(
        "shared/output.yaml",
        "options: { json: { help: Print JSON } }\n",
    );
    write("wrong/spec/cli.yaml", "name: tool\nabuot: Work\n");
    git(at, &["init", "--quiet"]);
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "--message", "first"]);
    git(at, &["tag", "v1"]);
    write(
        "tool/spec/commands/add.yaml",
        "about: Add files\nuse: output\n",
    );
    fs::remove_dir_all(at.join("wrong/spec")).expect("removed");
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "--message", "second"]);
    directory
}

#[test]
fn revisions_of_git_are_compared() {
    let repository = repository();
    let at = repository.path();
    let found = "breaking: tool add: `--quiet` was removed\n    option-removed: Command lines with this option are rejected.\n\n1 breaking: a major release\n";
    for (directory, args) in [
        (at.to_owned(), ["diff", "v1:tool/spec", "tool/spec"]),
        (at.join("tool"), ["diff", "v1:./spec", "spec"]),
        (at.join("tool/spec"), ["diff", "v1:.", "."]),
        (at.join("tool"), ["diff", "v1:tool/spec", "HEAD:tool/spec"]),
        (
            at.join("tool"),
            ["diff", "HEAD~1:./../tool/spec", "HEAD:./spec/"],
        ),
    ] {
        let (status, stdout, stderr) = clapspec(&directory, &args);
        assert_eq!(
            (status, &*stdout, &*stderr),
            (Some(3), found, ""),
            "{args:?}"
        );
    }
    let (status, stdout, _) = clapspec(at, &["diff", "HEAD:tool/spec", "tool/spec"]);
    assert_eq!((status, &*stdout), (Some(0), "nothing changed\n"));
}

#[test]
fn versions_that_cannot_be_read_are_errors() {
    let repository = repository();
    let at = repository.path();
    let outside = tempfile::tempdir().expect("a directory");
    let module = tempfile::tempdir().expect("a directory");
    git(
        module.path(),
        &["clone", "--quiet", at.to_str().expect("Unicode"), "."],
    );
    git(
        module.path(),
        &[
            "submodule",
            "--quiet",
            "add",
            at.to_str().expect("Unicode"),
            "vendor/tool",
        ],
    );
    git(module.path(), &["commit", "--quiet", "--message", "third"]);
    let shallow = tempfile::tempdir().expect("a directory");
    let url = format!("file://{}", at.display());
    git(
        shallow.path(),
        &["clone", "--quiet", "--depth", "1", "--no-tags", &url, "."],
    );
    fs::write(at.join("newer.json"), r#"{ "format": 2, "name": "tool" }"#).expect("written");
    fs::write(at.join("other.json"), r#"{ "format": 1, "name": "tool" }"#).expect("written");
    fs::write(at.join("deep.json"), "[".repeat(100_000)).expect("written");
    let new = "tool/spec";
    for (directory, old, message) in [
        (
            at,
            "v2:tool/spec",
            "error: `v2` is not a revision of this repository\nhelp: `git log",
        ),
        (at, "--all:tool/spec", "error: `--all` is not a revision"),
        (
            at,
            "v1:tool/spce",
            "error: the revision `v1` has no `tool/spce`\nhelp: the path begins at the top",
        ),
        (
            at,
            "v1:../outside",
            "error: `../outside` is not a path in the repository",
        ),
        (
            at,
            "v1:/etc/passwd",
            "error: `/etc/passwd` is not a path in the repository",
        ),
        (
            at,
            "v1:wrong/spec",
            "error[unknown-key]: a program has no key `abuot`",
        ),
        (at, "v1:wrong/spec", "--> v1:wrong/spec/cli.yaml:2:1"),
        (
            at,
            "nowhere",
            "error[unreadable]: can't read the spec `nowhere`",
        ),
        (
            at,
            "nowhere.json",
            "error: can't read `nowhere.json`: No such file",
        ),
        (
            at,
            "newer.json",
            "error: can't read `newer.json`: it has format 2, which only a newer release of clapspec can read; this one reads format 1",
        ),
        (
            at,
            "other.json",
            "error: can't read `other.json`: it is not a description of a program: missing field `command`",
        ),
        (
            at,
            "deep.json",
            "error: can't read `deep.json`: it is not a description of a program: ",
        ),
        (
            outside.path(),
            "v1:tool/spec",
            "error: `v1:…` names a revision, but this directory isn't in a git repository\nhelp: ",
        ),
        (
            shallow.path(),
            "v1:tool/spec",
            "error: `v1` is not a revision of this repository\nhelp: the clone is shallow: ",
        ),
        (
            module.path(),
            "HEAD:vendor/tool/tool/spec",
            "error: the revision `HEAD` has no `vendor/tool/tool/spec`\nhelp: `vendor/tool` is a submodule",
        ),
    ] {
        let new = if directory == outside.path() {
            root().join("spec").display().to_string()
        } else {
            new.to_owned()
        };
        let (status, stdout, stderr) = clapspec(directory, &["diff", "--", old, &new]);
        assert_eq!((status, &*stdout), (Some(1), ""), "{old}: {stderr}");
        assert!(stderr.contains(message), "{old}: {stderr}");
        assert!(!stderr.contains("/.tmp"), "{old}: {stderr}");
    }
}
