//! `clapspec check`: how it tells what it found, what makes it fail, and what `--fix` writes. Its
//! cases are in `tests/check/`.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use support::{clapspec, root};

fn case(name: &str) -> String {
    format!("tests/check/{name}.yaml")
}

fn check(path: &str, arguments: &[&str]) -> Output {
    let mut command = clapspec();
    command.args(["check", path]).args(arguments);
    command.output().expect("clapspec runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The report of a case in a format that is for programs.
fn document(name: &str, format: &str) -> String {
    let output = check(&case(name), &["--format", format]);
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
    stdout(&output)
}

fn json(name: &str) -> Value {
    serde_json::from_str(&document(name, "json")).expect("JSON")
}

fn list<'a>(document: &'a Value, key: &str) -> &'a Vec<Value> {
    document[key].as_array().expect(key)
}

/// A copy of a case, in a directory of its own.
fn copy(name: &str) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    fs::copy(root().join(case(name)), &path).expect("a copy");
    (directory, path)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

/// One run finds thirty errors of thirty kinds, in the order of their places.
#[test]
fn thirty_at_once() {
    let report = clapspec::check(&root().join(case("thirty")));
    let codes: BTreeSet<_> = report.codes().collect();
    assert_eq!((report.errors(), codes.len()), (30, 30), "{report}");
    let json = json("thirty");
    let places = list(&json, "diagnostics").iter();
    let places: Vec<(u64, u64)> = places
        .map(|entry| {
            let number = |key: &str| entry["start"][key].as_u64().expect("a number");
            (number("line"), number("column"))
        })
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

/// What people read in each format, with what no terminal and no format must obey.
#[test]
fn formats() {
    for format in ["text", "json", "sarif", "github"] {
        let output = check(&case("formats"), &["--format", format]);
        assert_eq!(output.status.code(), Some(1));
        let (shown, empty) = match format {
            "text" => (stderr(&output), stdout(&output)),
            _ => (stdout(&output), stderr(&output)),
        };
        assert_eq!(empty, "");
        assert!(
            !shown.contains(|c: char| c.is_control() && c != '\n'),
            "{shown:?}"
        );
        let shown = shown.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::with_settings!({ snapshot_path => "snapshots/check", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format, shown);
        });
    }
}

/// A format for programs is whole where there is nothing to tell, and where there is no place.
#[test]
fn formats_without_places() {
    let whole = |path: &str, format: &str| {
        let output = check(path, &["--format", format]);
        assert!(output.stderr.is_empty(), "{}", stderr(&output));
        stdout(&output)
    };
    let parsed = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let right = parsed(&whole("spec", "json"));
    assert_eq!(
        (&right["version"], &right["errors"]),
        (&1.into(), &0.into())
    );
    assert!(list(&right, "diagnostics").is_empty());
    assert_eq!(whole("spec", "github"), "");
    let nowhere = parsed(&whole("nowhere", "json"));
    let first = &nowhere["diagnostics"][0];
    assert_eq!(first["path"], "nowhere");
    assert!(first["start"].is_null());
    assert!(whole("nowhere", "github").starts_with("::error file=nowhere,title=unreadable::"));
    let sarif = parsed(&whole("nowhere", "sarif"));
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "nowhere");
    assert!(place["region"].is_null());
}

/// What SARIF 2.1.0 demands of a log, for all errors of which there are cases.
#[test]
fn sarif_is_sarif() {
    let mut cases = vec![case("thirty"), case("fixable"), case("warning")];
    let invalid = fs::read_dir(root().join("tests/invalid")).expect("cases");
    cases.extend(invalid.map(|entry| {
        let name = entry.expect("an entry").file_name();
        format!("tests/invalid/{}", name.to_string_lossy())
    }));
    let mut uncertain = 0;
    for path in cases {
        let report = clapspec::check(&root().join(&path));
        let log: Value = serde_json::from_str(&clapspec::format::sarif(&report)).expect("JSON");
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = list(&run["tool"]["driver"], "rules");
        // Tools make these changes unasked, so they are those that `--fix` makes.
        for (finding, result) in report.findings().iter().zip(list(run, "results")) {
            let certain = finding.suggestion.as_ref().is_some_and(|it| it.certain);
            assert_eq!(result.get("fixes").is_some(), certain, "{path}: {finding}");
            uncertain += usize::from(finding.suggestion.is_some() && !certain);
        }
        assert_eq!(list(run, "results").len(), report.codes().count(), "{path}");
        for result in list(run, "results") {
            let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(matches!(
                result["level"].as_str(),
                Some("error" | "warning")
            ));
            assert!(!result["message"]["text"].as_str().expect("text").is_empty());
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
            assert!(uri.starts_with("file:///") && !uri.contains(' '), "{uri}");
            if let Some(region) = place.get("region") {
                let number = |key: &str| region[key].as_u64().expect("a number");
                let start = (number("startLine"), number("startColumn"));
                assert!(start >= (1, 1), "{region}");
                assert!(
                    (number("endLine"), number("endColumn")) >= start,
                    "{region}"
                );
            }
        }
    }
    assert!(uncertain > 5, "only {uncertain} uncertain suggestions");
}

/// Columns are characters, whatever stands before them, in all formats alike.
#[test]
fn columns() {
    let json = json("columns");
    let text = stderr(&check(&case("columns"), &[]));
    let source = read(&root().join(case("columns")));
    let github = document("columns", "github");
    let mut found = Vec::new();
    for (entry, annotation) in list(&json, "diagnostics").iter().zip(github.lines()) {
        let number = |key: &str| entry["start"][key].as_u64().expect("a number") as usize;
        let (line, column) = (number("line"), number("column"));
        // By another way to count.
        let before = &source[..number("byte")];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        assert_eq!(line, before.lines().count());
        assert_eq!(column, 1 + before[start..].chars().count());
        assert!(
            text.contains(&format!("columns.yaml:{line}:{column}\n")),
            "{text}"
        );
        assert!(annotation.contains(&format!(",line={line},col={column},")));
        found.push((line, column));
    }
    assert_eq!(found, [(4, 21), (5, 26), (6, 42), (6, 58)]);
}

/// Warnings fail only when they are denied, and then nothing is made.
#[test]
fn denied_warnings() {
    let path = case("warning");
    let output = check(&path, &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("warning[unused-allow]"));
    assert!(stderr(&output).contains("\n1 warning\n"));
    let denied = check(&path, &["--deny", "warnings"]);
    assert_eq!(denied.status.code(), Some(1));
    assert_eq!(
        check("spec", &["--deny", "warnings"]).status.code(),
        Some(0)
    );
    assert_eq!(check(&path, &["--deny", "errors"]).status.code(), Some(2));

    let directory = tempfile::tempdir().expect("a directory");
    let out = directory.path().join("generated");
    let generate = |arguments: &[&str]| {
        let mut command = clapspec();
        command
            .args(["generate", &path, "--out"])
            .arg(&out)
            .args(arguments);
        command.output().expect("clapspec runs").status.code()
    };
    assert_eq!(generate(&["--deny", "warnings"]), Some(1));
    assert!(!out.exists());
    assert_eq!(generate(&[]), Some(0));
    assert!(out.join("cli.rs").exists());
}

/// What is certain is fixed, and no other byte changes.
#[test]
fn fix_fixes_what_is_certain() {
    let (_directory, path) = copy("fixable");
    let before = read(&path);
    let output = check(path.to_str().expect("Unicode"), &["--fix"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "fixed 10 errors in 1 file\n");
    let after = read(&path);
    let lines = before.lines().zip(after.lines());
    let changed: Vec<_> = lines.filter(|(old, new)| old != new).collect();
    assert_eq!(changed.len(), 10);
    assert!(changed.iter().all(|(old, _)| old.contains("# ")));
    insta::with_settings!({ snapshot_path => "snapshots/check", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("fixed", after);
    });

    // The same with a byte order mark and the lines of Windows.
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    fs::write(&path, windows(&before)).expect("written");
    let output = check(path.to_str().expect("Unicode"), &["--fix"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(read(&path), windows(&after));
}

/// Where something else may be meant, nothing is written.
#[test]
fn fix_leaves_the_rest() {
    let (_directory, path) = copy("left");
    let before = read(&path);
    let output = check(path.to_str().expect("Unicode"), &["--fix"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("\n4 errors\n"),
        "{}",
        stderr(&output)
    );
    assert_eq!(read(&path), before);
}

/// Every wrong spec is left in a state that is read, and no worse than it was.
#[test]
fn fix_makes_nothing_worse() {
    let mut fixed = 0;
    for entry in fs::read_dir(root().join("tests/invalid")).expect("cases") {
        let case = entry.expect("an entry").path();
        if case.is_dir() {
            continue;
        }
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("cli.yaml");
        fs::copy(&case, &path).expect("a copy");
        let before = clapspec::check(&path);
        let result = clapspec::fix::fix(&path).expect("written");
        let after = clapspec::check(&path);
        assert!(
            after.errors() <= before.errors(),
            "{}\n{after}",
            case.display()
        );
        assert_eq!(after.to_string(), result.report.to_string());
        assert_eq!(result.errors > 0, result.files == 1, "{}", case.display());
        assert_eq!(fs::read_dir(directory.path()).expect("there").count(), 1);
        fixed += result.errors;
    }
    assert!(fixed >= 40, "only {fixed}");
}

/// A link stays a link, and a file keeps its permissions; what its owner protects is not written.
#[cfg(unix)]
#[test]
fn fix_keeps_links_and_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let (directory, path) = copy("fixable");
    let spec = directory.path().join("spec");
    fs::create_dir(&spec).expect("a directory");
    symlink("../cli.yaml", spec.join("cli.yaml")).expect("a link");
    let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode));
    mode(0o440).expect("set");
    let before = read(&path);
    let output = check(spec.to_str().expect("Unicode"), &["--fix"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("read-only"), "{}", stderr(&output));
    assert_eq!(read(&path), before);

    mode(0o640).expect("set");
    let output = check(spec.to_str().expect("Unicode"), &["--fix"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(read(&path) != before);
    let metadata = fs::metadata(&path).expect("there");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    let link = fs::symlink_metadata(spec.join("cli.yaml")).expect("there");
    assert!(link.is_symlink());
    assert_eq!(fs::read_dir(directory.path()).expect("there").count(), 2);
}

/// Several files are fixed in one run.
#[test]
fn fix_of_a_directory() {
    let directory = tempfile::tempdir().expect("a directory");
    let write = |path: &str, text: &str| {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("made");
        fs::write(path, text).expect("written");
    };
    write("cli.yaml", "name: tool\nabuot: Copy files\n");
    write(
        "sets/output.yaml",
        "options: { json: { help: Print JSON } }\n",
    );
    write("commands/run.yaml", "about: Run\nuse: outptu\n");
    let path = directory.path().to_str().expect("Unicode");
    let output = check(path, &["--fix", "--format", "json"]);
    assert_eq!(stderr(&output), "fixed 2 errors in 2 files\n");
    assert!(stdout(&output).contains("\"errors\": 0"));
    assert_eq!(output.status.code(), Some(0));
}

/// Long lines are cut to the width that is asked for.
#[test]
fn width() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    let long = "word ".repeat(60);
    fs::write(
        &path,
        format!("name: tool\nabout: X\nx-a: {{ a: {long} }}\nfoo: {{ b: {long} }}\n"),
    )
    .expect("written");
    let report = clapspec::check(&path);
    let longest = |width| {
        let text = report.render(false, width);
        let lines = text.lines().filter(|line| line.contains("word"));
        lines
            .map(|line| line.chars().count())
            .max()
            .expect("a line")
    };
    assert!(longest(60) <= 64 && longest(140) > 100);
}

/// Whoever is in the directory of a spec is told how to name it.
#[test]
fn the_spec_of_this_directory() {
    let (directory, _) = copy("warning");
    let check = |words: &[&str]| {
        let mut command = clapspec();
        command.arg("check").args(words).current_dir(&directory);
        command.output().expect("clapspec runs")
    };
    let output = check(&[]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("give `.` as its path"), "{said}");
    assert_eq!(check(&["."]).status.code(), Some(0));
}
