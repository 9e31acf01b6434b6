//! Man pages before their checkers: mandoc, groff, man-db.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clapspec::Part;

/// Writes the pages of every spec into a directory of its own.
fn pages(directory: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for (name, spec) in support::specs() {
        for output in clapspec::generate(&spec, &[Part::Man]).expect("the spec is right") {
            let file = Path::new(output.path())
                .file_name()
                .expect("a name")
                .to_owned();
            let path = directory.join(&name).join(file);
            fs::create_dir_all(path.parent().expect("a directory")).expect("it is made");
            fs::write(&path, output.text()).expect("it is written");
            pages.push(path);
        }
    }
    assert!(pages.len() > 20, "only {} pages", pages.len());
    pages
}

/// Asserts that a checker says nothing about any page and ends well.
fn checker(program: &str, args: &[&str]) {
    if !support::has(program) {
        return;
    }
    let directory = tempfile::tempdir().expect("a directory");
    for page in pages(directory.path()) {
        let output = Command::new(program)
            .args(args)
            .arg(&page)
            .env("MANWIDTH", "120")
            .env("LC_ALL", "C.UTF-8")
            .output()
            .expect("the checker runs");
        let said = String::from_utf8_lossy(&output.stderr);
        // mandoc prints what it finds on standard output.
        let found = if program == "mandoc" {
            String::from_utf8_lossy(&output.stdout)
        } else {
            "".into()
        };
        assert!(
            output.status.success(),
            "{program} {}: {said}{found}",
            page.display()
        );
        assert!(
            said.is_empty() && found.is_empty(),
            "{program} {}: {said}{found}",
            page.display()
        );
    }
}

#[test]
fn mandoc() {
    checker("mandoc", &["-Tlint"]);
}

#[test]
fn groff() {
    checker("groff", &["-man", "-Tutf8", "-ww", "-z"]);
}

#[test]
fn man_db() {
    checker("man", &["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"]);
}

#[test]
fn lexgrog() {
    checker("lexgrog", &[]);
}

/// The pages of the shipped programs are ASCII, so the devices for paper take them too.
#[test]
fn groff_for_paper() {
    if !support::has("groff") {
        return;
    }
    for directory in ["generated/man", "codegen/generated/man"] {
        for entry in fs::read_dir(support::root().join(directory)).expect("pages") {
            let page = entry.expect("a page").path();
            let output = Command::new("groff")
                .args(["-man", "-ww", "-z"])
                .arg(&page)
                .output();
            let said = output.expect("groff runs").stderr;
            assert!(
                said.is_empty(),
                "{}: {}",
                page.display(),
                String::from_utf8_lossy(&said)
            );
        }
    }
}
