//! Option groups as types: a handler can't be given two members, and a new member breaks each `match` that
//! doesn't handle it.

use std::fs;
use std::path::Path;

use clapspec::Part;

use crate::support::{self, cargo, root, target};

/// A handler that matches on the group `target`.
const MAIN: &str = r#"
mod cli;

struct Program;

impl cli::Handlers for Program {
    type Output = String;

    fn export(&mut self, args: cli::ExportArgs) -> String {
        match args.target {
            cli::ExportTarget::Json => "JSON".to_owned(),
            cli::ExportTarget::Csv(path) => format!("CSV {}", path.display()),
        }
    }
}

fn main() {
    print!("{}", cli::run(&mut Program));
}
"#;

fn spec(members: &str) -> String {
    format!(
        "name: export\nabout: Write entries\noptions:\n  json: {{ help: Write JSON }}\n  \
         csv: {{ value: FILE, type: path, help: Write CSV to this file }}\n  \
         yaml: {{ help: Write YAML }}\ngroups:\n  target: {{ one-of: [{members}] }}\n"
    )
}

/// Writes the program for a spec, and runs cargo there. Returns whether it succeeds, and its errors.
fn built(directory: &Path, spec: &str) -> Result<(), String> {
    let source = directory.join("src");
    let path = directory.join("cli.yaml");
    support::write(&path, spec);
    let outputs =
        clapspec::generate(&path, &[Part::Rust]).unwrap_or_else(|errors| panic!("{errors}"));
    support::write(&source.join("cli.rs"), outputs[0].text());
    support::write(&source.join("main.rs"), MAIN);
    let manifest = format!(
        "[package]\nname = \"export\"\nversion = \"1.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nclapspec-runtime = {{ path = {:?} }}\n\n[workspace]\n",
        root().join("runtime")
    );
    support::write(&directory.join("Cargo.toml"), &manifest);
    fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("copied");
    let mut cargo = cargo();
    cargo.args(["build", "--offline", "--quiet", "--target-dir"]);
    cargo.arg(target().join("harness")).current_dir(directory);
    let output = cargo.output().expect("cargo runs");
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

#[test]
fn a_match_over_a_group_is_exhaustive() {
    let directory = tempfile::tempdir().expect("a directory");
    let directory = directory.path();
    // Two members are two variants, so there is no value with both.
    built(directory, &spec("json, csv")).unwrap_or_else(|errors| panic!("{errors}"));
    let program = target().join("harness/debug/export");
    let run = |words: &[&str]| {
        let output = std::process::Command::new(&program).args(words).output();
        let output = output.expect("it runs");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    };
    assert_eq!(run(&["--json"]), (Some(0), "JSON".into()));
    assert_eq!(run(&["--csv", "x.csv"]), (Some(0), "CSV x.csv".into()));
    assert_eq!(run(&["--json", "--csv", "x"]).0, Some(2));
    // A third member breaks the `match`.
    let errors = built(directory, &spec("json, csv, yaml")).expect_err("it doesn't compile");
    assert!(
        errors.contains("error[E0004]: non-exhaustive patterns"),
        "{errors}"
    );
    assert!(errors.contains("ExportTarget::Yaml"), "{errors}");
}
