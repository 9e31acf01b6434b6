//! Mutated specs: each is rejected with a report in every format, or everything is generated from it.
//! `--fix` adds no errors. All of this is fast and without a panic.
//!
//! `MUTANTS=100000 cargo test --release --test all mutants:: -- --show-output` tries that many, from a random
//! seed, and prints the time of the slowest one and the memory used.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use clapspec::{Part, fix, format};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::support::mutation;

/// How many mutants are tried by default. They are the same in every run.
const DEFAULT: u32 = 400;

/// The time limit for each mutant, in an optimized build.
const LIMIT: Duration = Duration::from_secs(2);

/// Does everything that clapspec can do with a spec. Returns whether the spec is valid.
fn exercise(path: &Path, text: &str) -> bool {
    fs::write(path, text).expect("written");
    let checked = clapspec::Checked::read(path);
    let outputs = checked.generate(Part::ALL);
    let report = checked.into_report();
    assert_eq!(outputs.is_some(), report.is_ok(), "{report}");
    report.render(true, 100);
    report.render(false, 40);
    format::json(&report);
    format::sarif(&report);
    format::github(&report);
    let fixed = fix::fix(path).unwrap_or_else(|error| panic!("{error}"));
    assert!(fixed.report.is_ok() || !report.is_ok(), "{}", fixed.report);
    if fixed.files > 0 {
        // There is nothing left to fix.
        let again = fix::fix(path).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(again.files, 0, "{}", again.report);
    }
    outputs.is_some()
}

#[test]
fn mutants_are_accepted_or_rejected() {
    let many = std::env::var("MUTANTS")
        .ok()
        .and_then(|many| many.parse().ok());
    let config = Config {
        cases: many.unwrap_or(DEFAULT),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = match many {
        Some(_) => TestRunner::new(config),
        None => {
            let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
            TestRunner::new_with_rng(config, rng)
        }
    };
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    let slowest = std::cell::Cell::new(Duration::ZERO);
    let accepted = std::cell::Cell::new(0);
    let result = runner.run(&mutation::mutant(), |text| {
        let start = Instant::now();
        accepted.set(accepted.get() + u32::from(exercise(&path, &text)));
        let time = start.elapsed();
        slowest.set(slowest.get().max(time));
        assert!(cfg!(debug_assertions) || time < LIMIT, "{time:?}");
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find(|line| line.starts_with("VmHWM"));
    println!(
        "{} accepted, the slowest took {:?}, {}",
        accepted.get(),
        slowest.get(),
        memory.unwrap_or_default()
    );
    assert!(accepted.get() > 0);
}
