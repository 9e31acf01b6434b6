//! The generator as an action of another build system.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clapspec::Part;

use crate::support::{clapspec, has, root, skip};

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
    let found = files(&here.join("gen one")).into_keys();
    let found = found.map(|path| here.join("gen one").join(path)).collect();
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

/// Creates a root directory that has only the generator, the libraries of the system and the project, and runs the
/// generator there. The network and the processes of the machine are out of reach.
const ISOLATED: &str = r#"
set -eu
root=$1 program=$2 project=$3
shift 3
mount -t tmpfs none "$root"
for directory in /lib /lib64 /usr/lib; do
    [ -d "$directory" ] || continue
    mkdir -p "$root$directory"
    mount --rbind -o ro "$directory" "$root$directory"
done
cp "$program" "$root/program"
cp -R "$project"/* "$root"
mount --bind "$project/result" "$root/result"
exec env -i "$(command -v chroot)" "$root" /program "$@"
"#;

/// Without the rest of the machine, the generator writes the same bytes.
#[test]
fn an_isolated_run_gives_the_same_bytes() {
    let unshare = || {
        let mut unshare = Command::new("unshare");
        unshare.args(["--map-root-user", "--mount", "--net", "--pid", "--fork"]);
        unshare
    };
    // Containers often forbid namespaces, and nothing can be installed against that.
    if !unshare()
        .arg("true")
        .output()
        .is_ok_and(|it| it.status.success())
    {
        println!("SKIPPED: this machine doesn't allow namespaces");
        return;
    }
    let directory = tempfile::tempdir().expect("a directory");
    let (isolated_root, here) = (directory.path().join("root"), directory.path().join("here"));
    for directory in [&isolated_root, &here, &here.join("result")] {
        fs::create_dir(directory).expect("created");
    }
    let mut copy = Command::new("cp");
    let copied = run(&here, copy.arg("-R").arg(root().join("spec")).arg("spec"));
    assert!(copied.status.success(), "{}", stderr(&copied));
    let mut isolated = unshare();
    isolated
        .args(["sh", "-c", ISOLATED, "sh"])
        .args([&isolated_root, Path::new(clapspec().get_program()), &here])
        .args(["generate", "spec", "--out", "result/gen"]);
    let mut usual = clapspec();
    usual.args(["generate", "spec", "--out", "gen"]);
    for command in [&mut isolated, &mut usual] {
        let output = run(&here, command);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let (inside, outside) = (files(&here.join("result/gen")), files(&here.join("gen")));
    assert!(inside.len() > 50, "only {} files", inside.len());
    assert!(inside == outside);
}

/// The rule for Bazel works in its sandbox, runs the generator again if the spec changes, and else not.
#[test]
#[ignore = "it needs Bazel, which needs Java"]
fn bazel_runs_it_when_needed() {
    let directory = tempfile::tempdir().expect("a directory");
    let (here, cache) = (
        directory.path().join("notes"),
        directory.path().join("cache"),
    );
    let mut copy = Command::new("cp");
    let copied = run(
        directory.path(),
        copy.arg("-R")
            .arg(root().join("examples/bazel"))
            .arg("notes"),
    );
    assert!(copied.status.success(), "{}", stderr(&copied));
    fs::create_dir(here.join("bin")).expect("created");
    fs::copy(clapspec().get_program(), here.join("bin/clapspec")).expect("copied");
    let build = || {
        let output_root = format!("--output_user_root={}", cache.display());
        let mut bazel = Command::new("bazel");
        bazel.args(["--batch", &output_root, "build", "--subcommands", "//..."]);
        let output = run(&here, &mut bazel);
        assert!(output.status.success(), "{}", stderr(&output));
        stderr(&output).contains("action 'Generating ")
    };
    assert!(build());
    let files = files(&here.join("bazel-bin/notes"));
    let expected = clapspec::generate(&here.join("spec"), &[Part::Rust, Part::Man]);
    for file in expected.expect("a valid spec") {
        assert_eq!(
            files.get(Path::new(file.path())).map(String::as_str),
            Some(file.text())
        );
    }
    let copied = fs::read_to_string(here.join("bazel-bin/cli.rs")).expect("a file");
    assert_eq!(files.get(Path::new("cli.rs")), Some(&copied));
    assert!(!build());
    fs::write(here.join("spec/commands/list.yaml"), "about: List notes\n").expect("written");
    assert!(build());
    assert!(here.join("bazel-bin/notes/help/notes-list.txt").exists());
    // Bazel protects what it wrote.
    run(
        directory.path(),
        Command::new("chmod").args(["-R", "u+w", "."]),
    );
}

/// The files of a directory, with their contents.
fn files(top: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![top.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("text");
            files.insert(path.strip_prefix(top).expect("below it").to_owned(), text);
        }
    }
    files
}
