//! Generated Rust compiles, has no clippy warnings, is formatted, and parses as the spec defines. The
//! specs are in `tests/render/`, and the command lines to parse in `tests/parse/`.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use clapspec::description::Description;
use clapspec::{Checked, Part};
use serde::Deserialize;

use crate::support::{self, harness};

/// rustc and clippy have no warnings. `dead_code` is allowed because the handlers only print the fields
/// with `Debug`, which rustc doesn't count as reading them.
#[test]
fn clippy_reports_nothing() {
    if !support::has("cargo-clippy") {
        return;
    }
    let output = harness::on_harness(
        "clippy",
        &["--", "--deny", "warnings", "--allow", "dead_code"],
    );
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

/// rustfmt would not change the generated files.
#[test]
fn rustfmt_changes_nothing() {
    if !support::has("rustfmt") {
        return;
    }
    for entry in std::fs::read_dir(harness::directory().join("src")).expect("sources") {
        let path = entry.expect("an entry").path();
        if path.ends_with("main.rs") {
            continue; // Written by the test.
        }
        let output = std::process::Command::new("rustfmt")
            .args(["--check", "--edition", "2024"])
            .arg(&path)
            .output()
            .expect("rustfmt runs");
        let differences = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success(),
            "{}:\n{differences}",
            path.display()
        );
    }
}

/// The files in `help/` have exactly the bytes that the program prints.
#[test]
fn help_files_are_what_is_printed() {
    let mut compared = 0;
    for (name, spec) in support::specs() {
        for output in clapspec::generate(&spec, &[Part::Help]).expect("the spec is right") {
            // The file name can't be split into the names of commands, since these may contain dashes.
            let words = words_of(&spec, &name, output.path());
            let printed = harness::program().arg(&name).args(&words).output();
            let printed = printed.expect("the harness runs");
            assert_eq!(
                String::from_utf8_lossy(&printed.stdout),
                output.text(),
                "{name} {words:?}"
            );
            assert!(
                printed.status.success() && printed.stderr.is_empty(),
                "{name} {words:?}"
            );
            compared += 1;
        }
    }
    assert!(compared > 20, "only {compared} help texts");
}

/// Programs with `describe: true` print what `clapspec describe` prints, with the version of their crate.
/// Others don't know the argument.
#[test]
fn programs_describe_themselves() {
    let mut printing = 0;
    for (name, spec) in support::specs() {
        let mut expected = Checked::read(&spec).describe().expect("a valid spec");
        let run = |words: &[&str]| {
            let output = harness::program().arg(&name).args(words).output();
            output.expect("the harness runs")
        };
        let words = [expected.name.as_str(), "--clapspec-describe"];
        let output = run(&words);
        let printed = Description::from_json(&text_of(&output.stdout)).ok();
        if !expected.describe {
            assert!(printed.is_none(), "{name}");
            continue;
        }
        if expected.version_of_crate {
            // As in the manifest of the harness.
            expected.version = Some("7.8.9".to_owned());
        }
        assert_eq!(printed, Some(expected.clone()), "{name}");
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{name}"
        );
        // It's an option of no command.
        let more = run(&[&words[..], &["x"]].concat());
        assert!(!text_of(&more.stdout).contains("\"format\""), "{name}");
        let full = harness::program()
            .arg(&name)
            .args(words)
            .stdout(
                File::options()
                    .write(true)
                    .open("/dev/full")
                    .expect("a device"),
            )
            .output()
            .expect("the harness runs");
        assert!(!full.status.success(), "{name}");
        let message = "error: can't write the description to standard output: ";
        assert!(text_of(&full.stderr).starts_with(message), "{name}");
        printing += 1;
    }
    assert!(printing >= 2, "only {printing} programs");
}

/// The command line that prints this help, from the synopsis of its man page. Topics have pages in
/// another section.
fn words_of(spec: &Path, name: &str, help: &str) -> Vec<String> {
    let page = help.replace("help/", "man/").replace(".txt", ".");
    let pages = clapspec::generate(spec, &[Part::Man]).unwrap_or_else(|errors| panic!("{errors}"));
    let page = pages
        .iter()
        .find(|output| output.path().trim_end_matches(['1', '7']) == page)
        .unwrap_or_else(|| panic!("{name} has no page {page}"));
    if page.path().ends_with(".7") {
        // The page of the program itself has the shortest name.
        let names = pages
            .iter()
            .filter_map(|page| page.path().strip_suffix(".1")?.strip_prefix("man/"));
        let program = names.min_by_key(|name| name.len()).expect("a program");
        let program = program.to_owned();
        let topic = page
            .path()
            .trim_start_matches("man/")
            .trim_end_matches(".7");
        let topic = topic.trim_start_matches(&program).trim_start_matches('-');
        return vec![program, "help".into(), topic.into()];
    }
    let synopsis = page
        .text()
        .split(".SH SYNOPSIS\n")
        .nth(1)
        .expect("a synopsis");
    let title = synopsis
        .trim_start_matches("\\fB")
        .split("\\fR")
        .next()
        .expect("a title");
    title
        .replace("\\-", "-")
        .split_whitespace()
        .map(str::to_owned)
        .chain(["--help".into()])
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The spec, by the name of its file in `tests/render/`.
    spec: String,
    /// Command lines with the program's name, optionally after assignments of variables.
    lines: Vec<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
}

/// Each command line has the expected result: the values for the handler or an error, and a status.
#[test]
fn command_lines() {
    insta::glob!("parse/*.yaml", |path| {
        let text = std::fs::read_to_string(path).expect("a case");
        let case: Case = serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        let mut seen = String::new();
        for line in &case.lines {
            let mut program = harness::program();
            let mut words = line.split(' ').filter(|word| !word.is_empty()).peekable();
            program.arg(&case.spec).envs(&case.env);
            // As in a shell, variables come first.
            let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
            while let Some((name, value)) = words
                .peek()
                .and_then(|word| word.split_once('='))
                .filter(|(name, _)| is_name(name))
            {
                program.env(name, value);
                words.next();
            }
            let output = program.args(words).output();
            let output = output.expect("the harness runs");
            let status = output.status.code();
            let status = status.map_or("a signal".to_owned(), |code| code.to_string());
            let (out, err) = (&output.stdout, &output.stderr);
            let line = clapspec_runtime::text::printable(line);
            seen += &format!("$ {line}\n{}{}[{status}]\n\n", text_of(out), text_of(err));
        }
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(seen) });
    });
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
