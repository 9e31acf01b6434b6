//! Errors and warnings in specs. Each case is a file or directory in `tests/invalid/`, and its snapshot
//! is the report that the user reads.

use std::collections::BTreeSet;

use crate::support;

#[test]
fn reports_match_their_snapshots() {
    let root = support::root();
    let mut cases: Vec<_> = std::fs::read_dir(root.join("tests/invalid"))
        .expect("tests/invalid")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    let mut names = BTreeSet::new();
    for case in cases {
        let name = case
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        // A relative path, as a user would give it. Cargo runs tests in this directory.
        let path = case.strip_prefix(root).expect("below the root");
        let report = clapspec::check(path);
        assert!(
            report.errors() + report.warnings() > 0,
            "{name} is accepted"
        );
        let shown = report.to_string();
        insta::with_settings!({ snapshot_path => "snapshots/invalid", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.as_str(), shown);
        });
        names.insert(name);
    }
    support::no_stale_snapshots("invalid", &names);
}

/// Specs in `tests/valid/` only look wrong: there is nothing to report, even as a warning.
#[test]
fn valid_specs_have_no_reports() {
    let cases = std::fs::read_dir(support::root().join("tests/valid")).expect("tests/valid");
    let mut count = 0;
    for case in cases {
        let case = case.expect("an entry").path();
        let report = clapspec::check(&case);
        assert_eq!(report.errors() + report.warnings(), 0, "{report}");
        count += 1;
    }
    assert!(count >= 10, "only {count} cases");
}

/// Each of these cases has exactly one error, of this kind and, if given, at this line and column.
#[test]
fn each_case_has_exactly_one_error() {
    let cases = [
        ("requires-names-nothing", "dangling-reference", "6:15"),
        ("requires-and-conflicts", "contradiction", "4:18"),
        ("default-not-a-choice", "default-not-a-choice", ""),
        ("duplicate-command", "duplicate-key", ""),
        ("directory-command-in-two-files", "described-twice", ""),
        ("example-unknown-option", "example-does-not-parse", "7:15"),
        ("exit-code-number-twice", "exit-code-twice", ""),
        ("replacement-gone", "replacement-gone", "4:37"),
        ("set-uses-itself", "unknown-key", "6:5"),
    ];
    for (name, code, position) in cases {
        let file = support::root().join(format!("tests/invalid/{name}.yaml"));
        let directory = support::root().join(format!("tests/invalid/{name}"));
        let report = clapspec::check(if file.exists() { &file } else { &directory });
        let codes: Vec<String> = report.codes().map(|code| code.to_string()).collect();
        assert_eq!(codes, [code], "{name}: {report}");
        assert!(report.to_string().contains(position), "{name}: {report}");
    }
}

/// One run reports five errors, and suggests fixes for most of them.
#[test]
fn five_errors_are_reported_in_one_run() {
    let path = support::root().join("tests/invalid/five-at-once.yaml");
    let report = clapspec::check(&path);
    assert_eq!(report.errors(), 5, "{report}");
    let suggestions = report.to_string().matches("a similar name exists").count();
    assert!(suggestions >= 3, "{report}");
}
