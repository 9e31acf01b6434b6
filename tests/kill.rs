//! Kills `clapspec` at 200 moments, and runs it on a full disk. The files of a spec are always complete,
//! and the next run completes a generated directory and removes temporary files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::moments::kill_at_moments;
use crate::support::{self, root};

fn clapspec(words: &[&Path]) -> Command {
    let mut command = support::clapspec();
    command.args(words);
    command
}

/// The files in a directory and its subdirectories, with their text.
fn files(directory: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(here) = directories.pop() {
        for entry in fs::read_dir(&here).expect("a directory") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => directories.push(path),
                false => {
                    let text = fs::read_to_string(&path).expect("text");
                    found.insert(path, text);
                }
            }
        }
    }
    found
}

#[test]
fn killed_runs_of_generate_can_be_repeated() {
    let directory = tempfile::tempdir().expect("a directory");
    let out = directory.path().join("out");
    let call = |spec: &str| {
        let spec = root().join("tests/render").join(spec);
        clapspec(&["generate".as_ref(), &spec, "--out".as_ref(), &out])
    };
    let finish = |spec: &str| {
        let output = call(spec).output().expect("it runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        files(&out)
    };
    let expected = finish("ways.yaml");
    fs::remove_dir_all(&out).expect("removed");
    let mut torn = 0;
    let ended = kill_at_moments(
        || {
            // Start with the files of another program, all of which are replaced or removed.
            let _ = fs::remove_dir_all(&out);
            finish("rules.yaml");
            call("ways.yaml")
        },
        |moment| {
            torn += u32::from(files(&out) != expected);
            assert!(finish("ways.yaml") == expected, "moment {moment}");
        },
    );
    println!("{torn} runs were interrupted, {ended} ended before they were killed");
    assert!(torn > 0);
}

#[test]
fn killed_runs_of_fix_leave_complete_files() {
    let directory = tempfile::tempdir().expect("a directory");
    let spec = directory.path().join("cli.yaml");
    let mut old = fs::read_to_string(root().join("tests/check/fixable.yaml")).expect("a case");
    // Writing a large file takes several writes.
    old += &format!("x-notes: |\n{}", "  a line of text\n".repeat(1_000));
    let call = || clapspec(&["check".as_ref(), "--fix".as_ref(), &spec]);
    fs::write(&spec, &old).expect("written");
    call().output().expect("it runs");
    let new = fs::read_to_string(&spec).expect("text");
    assert!(new != old);
    let mut unfinished = 0;
    let ended = kill_at_moments(
        || {
            fs::write(&spec, &old).expect("written");
            call()
        },
        |moment| {
            let found = files(directory.path());
            assert!([&old, &new].contains(&&found[&spec]), "moment {moment}");
            unfinished += u32::from(found.len() > 1);
            call().output().expect("it runs");
            let found = files(directory.path());
            assert_eq!(found.len(), 1, "moment {moment}: {:?}", found.keys());
            assert!(found[&spec] == new, "moment {moment}");
        },
    );
    println!("{unfinished} runs left a temporary file, {ended} ended before they were killed");
}

/// A limit of the file size simulates a full disk: the write fails, or the signal `SIGXFSZ` kills the
/// program.
#[test]
fn a_full_disk_leaves_complete_files() {
    const LIMITS: [&str; 2] = [
        "trap '' XFSZ; ulimit -f 8; exec \"$@\"",
        "ulimit -f 8; exec \"$@\"",
    ];
    for limit in LIMITS {
        let limited = |call: &Command| {
            let mut command = Command::new("sh");
            command
                .args(["-c", limit, "sh"])
                .arg(call.get_program())
                .args(call.get_args());
            let output = command.current_dir(root()).output().expect("it runs");
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            // A process that was killed by a signal has no exit code.
            let killed = output.status.code().is_none();
            assert!(
                killed || output.status.code() == Some(1) && errors.contains("error: "),
                "{errors}"
            );
            (killed, errors)
        };
        let directory = tempfile::tempdir().expect("a directory");
        let (spec, out) = (
            directory.path().join("cli.yaml"),
            directory.path().join("out"),
        );
        fs::copy(root().join("tests/render/ways.yaml"), &spec).expect("copied");
        let generate = || clapspec(&["generate".as_ref(), &spec, "--out".as_ref(), &out]);
        let (killed, errors) = limited(&generate());
        assert!(killed || errors.contains("out/cli.rs"), "{errors}");
        let done = generate().output().expect("it runs");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        let check = generate().arg("--check").output().expect("it runs");
        assert!(
            check.status.success(),
            "{}",
            String::from_utf8_lossy(&check.stderr)
        );

        let mut old = fs::read_to_string(root().join("tests/check/fixable.yaml")).expect("a case");
        old += &format!("x-notes: |\n{}", "  a line of text\n".repeat(1_000));
        fs::write(&spec, &old).expect("written");
        let fix = || clapspec(&["check".as_ref(), "--fix".as_ref(), &spec]);
        let (killed, errors) = limited(&fix());
        assert!(killed || errors.contains("cli.yaml"), "{errors}");
        assert!(fs::read_to_string(&spec).expect("text") == old);
        let names = || fs::read_dir(directory.path()).expect("a directory").count();
        assert!(killed || names() == 2, "{errors}");
        fix().output().expect("it runs");
        assert!(fs::read_to_string(&spec).expect("text") != old);
        assert_eq!(names(), 2);
    }
}
