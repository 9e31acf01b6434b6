//! Tests `clapspec check --fix` on files that are linked or have another owner, and on leftovers of
//! killed runs.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown, symlink};
use std::path::Path;

use crate::support::{self, clapspec};

const PROGRAM: &str = "name: tool\nabout: A tool\n";
/// A command with an error that can be fixed.
const WRONG: &str = "abuot: Run it\n";
const RIGHT: &str = "about: Run it\n";

/// Writes a spec with these files to a temporary directory.
fn spec(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    for (path, text) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        fs::write(path, text).expect("written");
    }
    directory
}

/// Fixes a spec, and returns the messages.
fn fix(spec: &Path) -> String {
    let output = clapspec().args(["check", "--fix"]).arg(spec).output();
    let output = output.expect("clapspec runs");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A file that links turn into two or three commands is written once.
#[test]
fn a_file_with_several_names_is_fixed_once() {
    for links in [&["walk.yaml"][..], &["walk.yaml", "crawl.yaml"]] {
        let spec = spec(&[("cli.yaml", PROGRAM), ("commands/run.yaml", WRONG)]);
        for link in links {
            symlink("run.yaml", spec.path().join("commands").join(link)).expect("a link");
        }
        let report = fix(spec.path());
        assert!(
            report.contains(" in 1 file\n") && !report.contains("in the meantime"),
            "{report}"
        );
        let text = fs::read_to_string(spec.path().join("commands/run.yaml")).expect("text");
        assert_eq!(text, RIGHT);
        let link = fs::symlink_metadata(spec.path().join("commands/walk.yaml"));
        assert!(link.expect("a link").is_symlink());
        assert_eq!(
            fs::read_dir(spec.path().join("commands"))
                .expect("a directory")
                .count(),
            1 + links.len()
        );
    }
}

/// A file that is two commands can have a different fix for each. One that holds for both remains.
#[test]
fn a_file_with_several_names_is_fixed_for_all() {
    let option = |name| format!("options:\n  {name}: {{ help: Set {name} }}\n");
    let run = |other| format!("{RIGHT}options:\n  more: {{ help: Do more, conflicts: {other} }}\n");
    let spec = spec(&[
        ("cli.yaml", &format!("{PROGRAM}{}", option("forked"))),
        (
            "commands/all.yaml",
            &format!("about: All\n{}", option("forces")),
        ),
        ("commands/run.yaml", &run("forceds")),
        ("commands/all/walk.yaml", RIGHT),
    ]);
    symlink("../run.yaml", spec.path().join("commands/all/run.yaml")).expect("a link");
    let report = fix(spec.path());
    assert_eq!(report, "fixed 2 errors in 1 file\n");
    let text = fs::read_to_string(spec.path().join("commands/run.yaml"));
    assert_eq!(text.expect("text"), run("forked"));
}

/// Hard links are fixed separately: replacing one of them makes them different files.
#[test]
fn hard_links_are_fixed_separately() {
    let spec = spec(&[("cli.yaml", PROGRAM), ("commands/run.yaml", WRONG)]);
    let (run, walk) = (
        spec.path().join("commands/run.yaml"),
        spec.path().join("commands/walk.yaml"),
    );
    fs::hard_link(&run, &walk).expect("a link");
    let report = fix(spec.path());
    assert!(report.contains(" in 2 files\n"), "{report}");
    for file in [run, walk] {
        assert_eq!(fs::read_to_string(file).expect("text"), RIGHT);
    }
}

/// A file keeps its owner and group if root fixes it.
#[test]
fn fix_keeps_the_owner() {
    if !rustix::process::geteuid().is_root() {
        return support::skip("only root can give a file to another user");
    }
    let spec = spec(&[("cli.yaml", PROGRAM), ("commands/run.yaml", WRONG)]);
    let file = spec.path().join("commands/run.yaml");
    chown(&file, Some(4321), Some(1234)).expect("changed");
    fix(spec.path());
    let found = fs::metadata(&file).expect("metadata");
    assert_eq!((found.uid(), found.gid()), (4321, 1234));
    assert_eq!(fs::read_to_string(&file).expect("text"), RIGHT);
}

/// Leftovers of killed runs are removed from all directories of the spec. Files with other names are
/// kept, and so is a file that a running process has locked.
#[test]
fn leftovers_of_killed_runs_are_removed() {
    let spec = spec(&[
        ("cli.yaml", PROGRAM),
        ("commands/run.yaml", RIGHT),
        (".clapspec-17-0", "left"),
        ("commands/.clapspec-17-3", "left"),
        ("commands/.clapspec-18-0", "locked"),
        ("commands/.clapspec-notes", "mine"),
        ("commands/.clapspec-17", "mine"),
    ]);
    let locked = fs::File::open(spec.path().join("commands/.clapspec-18-0")).expect("a file");
    rustix::fs::flock(&locked, rustix::fs::FlockOperation::LockExclusive).expect("a lock");
    fix(spec.path());
    let names = |directory: &Path| {
        let entries = fs::read_dir(directory).expect("a directory");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(spec.path()), ["cli.yaml", "commands"]);
    let commands = [
        ".clapspec-17",
        ".clapspec-18-0",
        ".clapspec-notes",
        "run.yaml",
    ];
    assert_eq!(names(&spec.path().join("commands")), commands);
}
