//! `clapspec` killed at 200 moments, and on a disk without room: no file of a spec is ever in pieces, a generated
//! directory is right after the next run, and nothing is left beside the files.

#[path = "support/moments.rs"]
mod moments;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use moments::kill_at_moments;
use support::root;

fn clapspec(words: &[&Path]) -> Command {
    let mut command = support::clapspec();
    command.args(words);
    command
}

/// The files below a directory, with their texts.
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
fn generate() {
    let place = tempfile::tempdir().expect("a directory");
    let out = place.path().join("out");
    let call = |spec: &str| {
        let spec = root().join("tests/render").join(spec);
        clapspec(&["generate".as_ref(), &spec, "--out".as_ref(), &out])
    };
    let finish = |spec: &str| {
        let output = call(spec).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        files(&out)
    };
    let whole = finish("ways.yaml");
    fs::remove_dir_all(&out).expect("removed");
    let mut torn = 0;
    let ended = kill_at_moments(
        || {
            // Files of another program, all of which go.
            let _ = fs::remove_dir_all(&out);
            finish("rules.yaml");
            call("ways.yaml")
        },
        |moment| {
            torn += u32::from(files(&out) != whole);
            assert!(finish("ways.yaml") == whole, "moment {moment}");
        },
    );
    println!("{torn} runs were not finished, {ended} ended before they were killed");
    assert!(torn > 0);
}

#[test]
fn fix() {
    let place = tempfile::tempdir().expect("a directory");
    let spec = place.path().join("cli.yaml");
    let mut old = fs::read_to_string(root().join("tests/check/fixable.yaml")).expect("a case");
    // A file of several pages takes several writes.
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
            let found = files(place.path());
            assert!([&old, &new].contains(&&found[&spec]), "moment {moment}");
            unfinished += u32::from(found.len() > 1);
            call().output().expect("it runs");
            let found = files(place.path());
            assert_eq!(found.len(), 1, "moment {moment}: {:?}", found.keys());
            assert!(found[&spec] == new, "moment {moment}");
        },
    );
    println!("{unfinished} runs left a file, {ended} ended before they were killed");
}

/// A limit for the size of files stands for a full disk: the write fails, or the program is killed in it.
#[test]
fn without_room() {
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
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            // Only the shell knows the signal.
            let killed = output.status.code().is_none();
            assert!(
                killed || output.status.code() == Some(1) && said.contains("error: "),
                "{said}"
            );
            (killed, said)
        };
        let place = tempfile::tempdir().expect("a directory");
        let (spec, out) = (place.path().join("cli.yaml"), place.path().join("out"));
        fs::copy(root().join("tests/render/ways.yaml"), &spec).expect("copied");
        let generate = || clapspec(&["generate".as_ref(), &spec, "--out".as_ref(), &out]);
        let (killed, said) = limited(&generate());
        assert!(killed || said.contains("out/cli.rs"), "{said}");
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
        let (killed, said) = limited(&fix());
        assert!(killed || said.contains("cli.yaml"), "{said}");
        assert!(fs::read_to_string(&spec).expect("text") == old);
        let names = || fs::read_dir(place.path()).expect("a directory").count();
        assert!(killed || names() == 2, "{said}");
        fix().output().expect("it runs");
        assert!(fs::read_to_string(&spec).expect("text") != old);
        assert_eq!(names(), 2);
    }
}
