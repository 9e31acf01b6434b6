//! Checks the man pages with mandoc, groff and man-db.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clapspec::Part;

use crate::support;

/// Writes the man pages of every spec, each to its own directory, and returns the paths.
fn pages(directory: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for (name, spec) in support::specs() {
        for output in clapspec::generate(&spec, &[Part::Man]).expect("the spec is right") {
            let file = Path::new(output.path())
                .file_name()
                .expect("a name")
                .to_owned();
            let path = directory.join(&name).join(file);
            fs::create_dir_all(path.parent().expect("a directory")).expect("created");
            fs::write(&path, output.text()).expect("written");
            pages.push(path);
        }
    }
    assert!(pages.len() > 20, "only {} pages", pages.len());
    pages
}

/// Asserts that a checker accepts every page and reports nothing.
fn assert_accepts(program: &str, args: &[&str]) {
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
        let errors = String::from_utf8_lossy(&output.stderr);
        // mandoc writes its findings to standard output.
        let found = if program == "mandoc" {
            String::from_utf8_lossy(&output.stdout)
        } else {
            "".into()
        };
        assert!(
            output.status.success(),
            "{program} {}: {errors}{found}",
            page.display()
        );
        assert!(
            errors.is_empty() && found.is_empty(),
            "{program} {}: {errors}{found}",
            page.display()
        );
    }
}

#[test]
fn mandoc_reports_nothing() {
    assert_accepts("mandoc", &["-Tlint"]);
}

#[test]
fn groff_reports_nothing() {
    assert_accepts("groff", &["-man", "-Tutf8", "-ww", "-z"]);
}

#[test]
fn man_db_reports_nothing() {
    assert_accepts("man", &["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"]);
}

#[test]
fn lexgrog_reports_nothing() {
    assert_accepts("lexgrog", &[]);
}

/// The pages of the programs in this repository can be printed, since they are ASCII.
#[test]
fn groff_can_format_pages_for_paper() {
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
            let errors = output.expect("groff runs").stderr;
            assert!(
                errors.is_empty(),
                "{}: {}",
                page.display(),
                String::from_utf8_lossy(&errors)
            );
        }
    }
}
