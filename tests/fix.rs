//! What `clapspec check --fix` does with files that are linked, belong to somebody, or were left by others.

mod support;

use std::fs;
use std::os::unix::fs::{MetadataExt, chown, symlink};
use std::path::Path;

use support::clapspec;

const PROGRAM: &str = "name: tool\nabout: A tool\n";
/// With an error in it that can be fixed.
const WRONG: &str = "abuot: Run it\n";
const RIGHT: &str = "about: Run it\n";

/// A spec in a directory of its own, with these files.
fn spec(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    for (path, text) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    }
    directory
}

/// Fixes a spec, and returns what was reported.
fn fix(spec: &Path) -> String {
    let output = clapspec().args(["check", "--fix"]).arg(spec).output();
    let output = output.expect("clapspec runs");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Two commands that links make of one file, or three: it is written once.
#[test]
fn a_file_with_several_names_is_fixed_once() {
    for links in [&["walk.yaml"][..], &["walk.yaml", "crawl.yaml"]] {
        let spec = spec(&[("cli.yaml", PROGRAM), ("commands/run.yaml", WRONG)]);
        for link in links {
            symlink("run.yaml", spec.path().join("commands").join(link)).expect("a link");
        }
        let said = fix(spec.path());
        assert!(
            said.contains(" in 1 file\n") && !said.contains("meanwhile"),
            "{said}"
        );
        let text = fs::read_to_string(spec.path().join("commands/run.yaml")).expect("text");
        assert_eq!(text, RIGHT);
        let link = fs::symlink_metadata(spec.path().join("commands/walk.yaml"));
        assert!(link.expect("a link").is_symlink());
        assert_eq!(
            fs::read_dir(spec.path().join("commands"))
                .expect("there")
                .count(),
            1 + links.len()
        );
    }
}

/// A hard link is a second name too, and is another file once one of them is replaced.
#[test]
fn hard_links_are_fixed_each() {
    let spec = spec(&[("cli.yaml", PROGRAM), ("commands/run.yaml", WRONG)]);
    let (run, walk) = (
        spec.path().join("commands/run.yaml"),
        spec.path().join("commands/walk.yaml"),
    );
    fs::hard_link(&run, &walk).expect("a link");
    let said = fix(spec.path());
    assert!(said.contains(" in 2 files\n"), "{said}");
    for file in [run, walk] {
        assert_eq!(fs::read_to_string(file).expect("text"), RIGHT);
    }
}

/// Root fixes the spec of somebody else, to whom it still belongs.
#[test]
fn the_owner_stays() {
    if !rustix::process::geteuid().is_root() {
        return support::skip("only root can give a file to another user");
    }
    let spec = spec(&[("cli.yaml", PROGRAM), ("commands/run.yaml", WRONG)]);
    let file = spec.path().join("commands/run.yaml");
    chown(&file, Some(4321), Some(1234)).expect("changed");
    fix(spec.path());
    let found = fs::metadata(&file).expect("there");
    assert_eq!((found.uid(), found.gid()), (4321, 1234));
    assert_eq!(fs::read_to_string(&file).expect("text"), RIGHT);
}

/// What killed runs left is removed from all directories of the spec; files with other names, and what a
/// run that goes on has locked, stay.
#[test]
fn what_killed_runs_left_is_removed() {
    let spec = spec(&[
        ("cli.yaml", PROGRAM),
        ("commands/run.yaml", RIGHT),
        (".clapspec-17-0", "left"),
        ("commands/.clapspec-17-3", "left"),
        ("commands/.clapspec-18-0", "locked"),
        ("commands/.clapspec-notes", "mine"),
        ("commands/.clapspec-17", "mine"),
    ]);
    let locked = fs::File::open(spec.path().join("commands/.clapspec-18-0")).expect("there");
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
