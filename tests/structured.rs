//! Random specs of every shape. The Rust that is generated from the valid ones compiles without clippy
//! warnings, and doesn't panic on the command lines that belong to the specs.
//!
//! `SPECS=100 cargo test --test all structured::` tries more specs.

#[path = "../codegen/src/structured/mod.rs"]
mod specs;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use clapspec::Part;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use specs::Case;

use crate::support::{cargo, harness, target};

/// Valid specs, the same in every run, and the code that is generated from each.
fn accepted(count: usize) -> Vec<(Case, String)> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, rng);
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    let mut found = Vec::new();
    while found.len() < count {
        let case = specs::case()
            .new_tree(&mut runner)
            .expect("a spec")
            .current();
        fs::write(&path, &case.spec).expect("written");
        if let Ok(outputs) = clapspec::generate(&path, &[Part::Rust]) {
            found.push((case, outputs[0].text().to_owned()));
        }
    }
    found
}

fn run(directory: &Path, words: &[&str]) -> Output {
    let (first, rest) = words.split_first().expect("a command");
    let mut command = cargo();
    command.args([first, "--offline", "--quiet", "--target-dir"]);
    command.arg(target().join("harness")).args(rest);
    command.current_dir(directory).output().expect("cargo runs")
}

#[test]
fn accepted_specs_compile() {
    let count = std::env::var("SPECS")
        .ok()
        .and_then(|text| text.parse().ok());
    let cases = accepted(count.unwrap_or(12));
    let name = |at: usize| format!("spec{at}");
    let programs = cases.iter().enumerate();
    let programs: Vec<(String, String)> = programs
        .map(|(at, (_, code))| (name(at), code.clone()))
        .collect();
    let directory = target().join("tmp/structured");
    let _ = fs::remove_dir_all(directory.join("src"));
    harness::write_programs(&directory, "structured", "{args:#?}", &programs);

    let lints = ["clippy", "--", "--deny", "warnings", "--allow", "dead_code"];
    let output = run(&directory, &lints);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let output = run(&directory, &["build"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let program = target().join("harness/debug/structured");
    let mut valid = 0;
    for (at, (case, _)) in cases.iter().enumerate() {
        // A real argument can't contain NUL.
        let real = |line: &&Vec<String>| line.iter().all(|word| !word.contains('\0'));
        for line in case.lines.iter().filter(real) {
            let variables = case.variables.iter().map(|(name, value)| (name, value));
            let mut command = Command::new(&program);
            let output = command
                .arg(name(at))
                .args(line)
                .env_clear()
                .envs(variables)
                .output();
            let output = output.expect("it runs");
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.code() != Some(101),
                "{line:?}\n{errors}\n{}",
                case.spec
            );
            valid += usize::from(output.status.success());
        }
    }
    println!("{} specs, {valid} valid command lines", cases.len());
    assert!(valid > 0, "no command line is valid");
}
