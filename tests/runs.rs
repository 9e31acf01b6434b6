//! `clapspec test` runs the examples of specs. Each case is a spec in `tests/runs/`, whose examples run the
//! program `tests/runs/tool`. A snapshot has what is reported, how the files change with `--update`, and what
//! is reported afterwards.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use clapspec::Part;
use clapspec::examples::Examples;

use crate::support::{clapspec, no_stale_snapshots, root};

/// A command that runs the examples in `cli.yaml` of a directory with this program.
fn test(directory: &Path, program: &Path) -> Command {
    let mut command = clapspec();
    command
        .current_dir(directory)
        .args(["test", "cli.yaml", "--program"])
        .arg(program);
    command
}

/// The program of the cases.
fn tool() -> PathBuf {
    root().join("tests/runs/tool")
}

/// Runs the examples in a directory, and returns the exit status and the messages.
fn run(directory: &Path, options: &[&str]) -> String {
    let mut command = test(directory, &tool());
    command.args(["--timeout", "1s"]).args(options);
    let output = command.output().expect("clapspec runs");
    assert!(output.stdout.is_empty());
    let status = output.status.code().expect("an exit status");
    let messages = String::from_utf8(output.stderr).expect("UTF-8");
    format!("status {status}\n{messages}")
}

/// Returns a copy of a case.
fn copy(name: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    let case = root().join("tests/runs").join(name).with_extension("yaml");
    fs::copy(case, directory.path().join("cli.yaml")).expect("copied");
    directory
}

#[test]
fn cases() {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(root().join("tests/runs")).expect("cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let name = path.file_stem().expect("a name").to_str().expect("UTF-8");
        let directory = copy(name);
        let spec = directory.path().join("cli.yaml");
        let before = fs::read_to_string(&spec).expect("a spec");
        let found = run(directory.path(), &[]);
        assert_eq!(fs::read_to_string(&spec).expect("a spec"), before, "{name}");
        let updated = run(directory.path(), &["--update"]);
        let after = fs::read_to_string(&spec).expect("a spec");
        let diff = similar::TextDiff::from_lines(&before, &after);
        let diff = diff.unified_diff().context_radius(1).to_string();
        let again = run(directory.path(), &["--update"]);
        assert_eq!(fs::read_to_string(&spec).expect("a spec"), after, "{name}");
        names.insert(name.to_owned());
        insta::with_settings!({ snapshot_path => "snapshots/runs", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, format!("{found}\n--- updated: {updated}\n{diff}\n--- again: {again}"));
        });
    }
    no_stale_snapshots("runs", &names);
}

/// The output in a spec is what all documentation shows, so it follows when the spec is updated.
#[test]
fn documentation_follows_an_update() {
    let directory = copy("differences");
    let spec = directory.path().join("cli.yaml");
    let parts = [
        Part::Help,
        Part::Man,
        Part::Markdown,
        Part::Html,
        Part::Rust,
    ];
    let with = |line: &str| -> Vec<bool> {
        let parts = parts.iter().map(|part| {
            let files = clapspec::generate(&spec, &[*part]).expect("a valid spec");
            files.iter().any(|file| file.text().contains(line))
        });
        parts.collect()
    };
    assert_eq!(with("careful"), [true; 5]);
    assert_eq!(with("tenth"), [true; 5]);
    run(directory.path(), &["--update"]);
    assert_eq!(with("tenth"), [false; 5]);
}

/// authctl prints what its documentation and the pictures in the book show.
#[test]
fn examples_of_authctl() {
    Examples::new(root().join("spec"), env!("CARGO_BIN_EXE_authctl"))
        .pictures(root().join("docs/src/authctl/pictures"))
        .assert();
}

/// The line breaks of a file stay as they are.
#[test]
fn line_breaks_are_kept() {
    let directory = copy("dots");
    let spec = directory.path().join("cli.yaml");
    let text = fs::read_to_string(&spec).expect("a spec");
    fs::write(&spec, text.replace('\n', "\r\n")).expect("written");
    let messages = run(directory.path(), &["--update"]);
    assert!(messages.starts_with("status 0"), "{messages}");
    let text = fs::read_to_string(&spec).expect("a spec");
    assert_eq!(
        text.matches('\n').count(),
        text.matches("\r\n").count(),
        "{text}"
    );
    assert!(run(directory.path(), &[]).starts_with("status 0"));
}

/// If clapspec is ended, its example is ended too, and its directories are removed.
#[test]
fn an_ended_run_leaves_nothing() {
    let directory = copy("limits");
    let temporary = directory.path().join("temporary");
    fs::create_dir(&temporary).expect("created");
    let mut command = test(directory.path(), &tool());
    let mut process = command
        .env("TMPDIR", &temporary)
        .spawn()
        .expect("clapspec runs");
    let count = || fs::read_dir(&temporary).expect("a directory").count();
    let wait = |is_done: &dyn Fn() -> bool| {
        let start = Instant::now();
        while !is_done() {
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "{} directories",
                count()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    wait(&|| {
        let runs = fs::read_dir(&temporary).expect("a directory").flatten();
        runs.into_iter()
            .any(|run| run.path().join("output").exists())
    });
    std::thread::sleep(Duration::from_millis(200));
    process.kill().expect("killed");
    process.wait().expect("ended");
    wait(&|| count() == 0);
}

/// In a test, differences are the message of the panic.
#[test]
#[should_panic(expected = "    - two\n    + 2")]
fn a_test_fails_with_the_difference() {
    Examples::new(root().join("tests/runs/differences.yaml"), tool()).assert();
}

#[test]
#[should_panic(expected = "no example of the spec is run")]
fn a_test_without_examples_fails() {
    Examples::new(root().join("tests/runs/not-run.yaml"), tool()).assert();
}

/// A program that can't be run is reported.
#[test]
fn programs_that_do_not_run() {
    let directory = copy("files");
    let not_executable = directory.path().join("tool");
    fs::write(&not_executable, "#!/bin/sh\n").expect("written");
    fs::set_permissions(&not_executable, fs::Permissions::from_mode(0o644)).expect("changed");
    let run = |program: &Path| {
        let output = test(directory.path(), program).output();
        let output = output.expect("clapspec runs");
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert_eq!(
        run(Path::new("nowhere")),
        "error: `nowhere`: No such file or directory (os error 2)\n"
    );
    assert_eq!(run(Path::new(".")), "error: `.`: not a file\n");
    assert_eq!(run(Path::new("tool")), "error: `tool`: not executable\n");
}

/// A run leaves no processes, and no files in the directory for temporary files.
#[test]
fn nothing_is_left() {
    let directory = copy("limits");
    let temporary = directory.path().join("temporary");
    fs::create_dir(&temporary).expect("created");
    let mut command = test(directory.path(), &tool());
    command.env("TMPDIR", &temporary).args(["--timeout", "1s"]);
    let start = Instant::now();
    command.output().expect("clapspec runs");
    assert!(
        start.elapsed() < Duration::from_secs(300),
        "processes were waited for"
    );
    assert_eq!(fs::read_dir(&temporary).expect("a directory").count(), 0);
    for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let current = fs::read_link(process.path().join("cwd")).unwrap_or_default();
        assert!(
            !current.starts_with(&temporary),
            "{current:?} is still in use"
        );
    }
}

/// A picture is drawn, compared, and removed when no example has it any more.
#[test]
fn pictures() {
    let directory = copy("pictures");
    let spec = directory.path().join("cli.yaml");
    let drawn = directory.path().join("drawn");
    let run = |options: &[&str]| {
        let messages = run(
            directory.path(),
            &[&["--pictures", "drawn"], options].concat(),
        );
        assert_eq!(
            messages.contains("status 0"),
            !messages.contains("error"),
            "{messages}"
        );
        messages
    };
    let read = |name: &str| fs::read_to_string(drawn.join(name)).unwrap_or_default();
    assert!(run(&[]).contains("the picture `drawn/colors.svg` doesn't exist"));
    assert!(!drawn.exists());
    run(&["--update"]);
    run(&[]);
    for name in ["colors", "dots", "hostile"] {
        insta::with_settings!({ snapshot_path => "snapshots/runs-pictures", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, read(&format!("{name}.svg")));
        });
    }
    // The new output of an example is drawn, too.
    let text = fs::read_to_string(&spec).expect("a spec");
    fs::write(&spec, text.replace("red", "green")).expect("written");
    assert!(run(&[]).contains("the picture `drawn/colors.svg` is out of date"));
    run(&["--update"]);
    assert!(read("colors.svg").contains("green"));
    // With and without colors, the text must be the same.
    let other = text
        .replace("'red line", "'other")
        .replace(" red line", " other");
    fs::write(&spec, other).expect("written");
    assert!(run(&[]).contains("it prints different text when it prints colors"));
    fs::write(&spec, &text).expect("written");
    run(&["--update"]);
    // Only our own files are replaced and removed.
    fs::write(drawn.join("own.svg"), "<svg/>").expect("written");
    fs::rename(drawn.join("colors.svg"), drawn.join("other.svg")).expect("renamed");
    fs::write(drawn.join("colors.svg"), "<svg/>").expect("written");
    let messages = run(&["--update"]);
    assert!(
        messages.contains("`drawn/colors.svg` was not generated by clapspec"),
        "{messages}"
    );
    assert_eq!(read("own.svg") + &read("colors.svg"), "<svg/><svg/>");
    assert!(!drawn.join("other.svg").exists());
}
