//! Tests the output formats of `clapspec check`, its exit codes, and `--fix`. The cases are in
//! `tests/check/`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::support::{clapspec, root};

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

/// The report of a case in a machine-readable format, from standard output.
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

/// Copies a case to a temporary directory.
fn copy(name: &str) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    fs::copy(root().join(case(name)), &path).expect("a copy");
    (directory, path)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

/// One run reports thirty errors of thirty kinds, ordered by position.
#[test]
fn thirty_errors_are_reported_in_one_run() {
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

/// Each format matches its snapshot. The control characters in the case are never printed.
#[test]
fn each_format_matches_its_snapshot() {
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

/// A machine-readable report is also complete if there is nothing to report, or if an error has no
/// position.
#[test]
fn reports_without_findings_or_positions_are_complete() {
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
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "nowhere");
    assert!(location["region"].is_null());
}

/// The logs for all test cases meet the requirements of SARIF 2.1.0.
#[test]
fn sarif_logs_are_valid() {
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
        // Tools apply `fixes` without asking, so these must be the changes that `--fix` makes.
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
            let location = &result["locations"][0]["physicalLocation"];
            let uri = location["artifactLocation"]["uri"].as_str().expect("a URI");
            assert!(uri.starts_with("file:///") && !uri.contains(' '), "{uri}");
            if let Some(region) = location.get("region") {
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
    assert!(
        uncertain > 5,
        "only {uncertain} uncertain suggestions were tested"
    );
}

/// All formats report the same column, counted in characters, whatever characters come before it.
#[test]
fn columns_count_characters() {
    let json = json("columns");
    let text = stderr(&check(&case("columns"), &[]));
    let source = read(&root().join(case("columns")));
    let github = document("columns", "github");
    let mut found = Vec::new();
    for (entry, annotation) in list(&json, "diagnostics").iter().zip(github.lines()) {
        let number = |key: &str| entry["start"][key].as_u64().expect("a number") as usize;
        let (line, column) = (number("line"), number("column"));
        // Count from the byte offset instead.
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

/// Warnings are failures only with `--deny warnings`. Then `generate` writes nothing.
#[test]
fn denied_warnings_are_failures() {
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

/// `--fix` applies all certain suggestions, and changes no other line.
#[test]
fn fix_applies_certain_suggestions() {
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

    // The same with a byte order mark and Windows line endings.
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    fs::write(&path, windows(&before)).expect("written");
    let output = check(path.to_str().expect("Unicode"), &["--fix"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(read(&path), windows(&after));
}

/// `--fix` doesn't apply a suggestion if something else may be meant.
#[test]
fn fix_skips_uncertain_suggestions() {
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

/// Hundreds of warnings don't take the place of an error that comes after them.
#[test]
fn errors_are_shown_before_warnings() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    let options: String = (0..300)
        .map(|number| format!("  o{number}: {{ help: Number {number}. }}\n"))
        .collect();
    let spec = format!(
        "name: tool\nabout: Try it\noptions:\n{options}  last: {{ aliases: 'a:', help: It }}\n"
    );
    fs::write(&path, spec).expect("written");
    let report = clapspec::check(&path).to_string();
    assert_eq!(report.matches("warning[full-stop]").count(), 199);
    assert!(report.contains("error[not-a-name]"), "{report}");
    assert!(report.contains("… and 1"), "{report}");
}

/// After `--fix`, an invalid spec has no more errors than before, and no other file is left.
#[test]
fn fix_adds_no_errors() {
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
        assert_eq!(
            fs::read_dir(directory.path()).expect("a directory").count(),
            1
        );
        fixed += result.errors;
    }
    assert!(fixed >= 40, "only {fixed} errors were fixed");
}

/// Links stay links, files keep their permissions, and a read-only file is not changed.
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
    let metadata = fs::metadata(&path).expect("metadata");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    let link = fs::symlink_metadata(spec.join("cli.yaml")).expect("metadata");
    assert!(link.is_symlink());
    assert_eq!(
        fs::read_dir(directory.path()).expect("a directory").count(),
        2
    );
}

/// `--fix` fixes several files of a spec in one run.
#[test]
fn fix_changes_several_files() {
    let directory = tempfile::tempdir().expect("a directory");
    let write = |path: &str, text: &str| {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("created");
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

/// Long lines of the spec are cut to the given width.
#[test]
fn long_lines_are_cut_to_the_width() {
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

/// Without a path, in the directory of a spec, the error suggests the path `.`.
#[test]
fn inside_a_spec_its_path_is_suggested() {
    let (directory, _) = copy("warning");
    let check = |words: &[&str]| {
        let mut command = clapspec();
        command.arg("check").args(words).current_dir(&directory);
        command.output().expect("clapspec runs")
    };
    let output = check(&[]);
    assert_eq!(output.status.code(), Some(1));
    let errors = stderr(&output);
    assert!(errors.contains("use `.` as the path"), "{errors}");
    assert_eq!(check(&["."]).status.code(), Some(0));
}
