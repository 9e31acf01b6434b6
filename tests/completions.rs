//! Completions in real shells: keys are typed on a terminal, Tab is pressed, and the command line and the
//! menu are read from its screen.
//!
//! A case is a file in `tests/completions/cases/`. `SHELLS=bash,zsh` tries only these shells, and
//! `CASES=words` only the cases whose name contains a word.

#![cfg(unix)]

mod case;
mod injection;
mod install;
mod shells;
mod terminal;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread;

use clapspec::Part;
use clapspec_runtime::complete::Shell;

use case::Case;
use shells::{SHELLS, is_installed};

use crate::support::{self, root, target, write};

/// Builds a program of `tests/completions/` and returns its path.
fn build(name: &str, directory: &Path) -> PathBuf {
    let here = root().join("tests/completions");
    // The spec, with texts that are commands of a shell, in a command of their own.
    let spec = fs::read_to_string(here.join(format!("{name}.yaml"))).expect("a file");
    let spec = format!("{spec}{}", injection::commands());
    let main = fs::read_to_string(here.join(format!("{name}.rs"))).expect("a file");
    build_from(name, &spec, &main, directory)
}

/// Builds a program from the text of its spec and its main file, and returns its path.
fn build_from(name: &str, spec: &str, main: &str, directory: &Path) -> PathBuf {
    let source = directory.join("src");
    let path = directory.join(format!("{name}.yaml"));
    write(&path, spec);
    let outputs =
        clapspec::generate(&path, &[Part::Rust]).unwrap_or_else(|errors| panic!("{errors}"));
    write(&source.join("cli.rs"), outputs[0].text());
    write(&source.join("main.rs"), main);
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nclapspec-runtime = {{ path = {:?}, features = [\"completions\"] }}\n\n\
         [workspace]\n",
        root().join("runtime")
    );
    write(&directory.join("Cargo.toml"), &manifest);
    support::run_cargo("build", directory);
    target().join("harness/debug").join(name)
}

/// The shells to try.
fn installed() -> &'static [Shell] {
    static FOUND: OnceLock<Vec<Shell>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let wanted = std::env::var("SHELLS").unwrap_or_default();
        let is_wanted =
            |shell: &Shell| wanted.is_empty() || wanted.split(',').any(|name| name == shell.name());
        let shells = SHELLS.into_iter().filter(is_wanted);
        shells.filter(|shell| is_installed(*shell)).collect()
    })
}

fn cases() -> BTreeMap<String, Case> {
    let wanted = std::env::var("CASES").unwrap_or_default();
    let files = fs::read_dir(root().join("tests/completions/cases")).expect("cases");
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("a file");
        let case = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, case)
    };
    files
        .map(read)
        .filter(|(name, _)| name.contains(&wanted))
        .collect()
}

/// Runs jobs on several threads, since most of the time a job waits for a terminal. Returns what they
/// report.
fn in_parallel<T: Sync>(jobs: &[T], run: impl Fn(&T) -> Vec<String> + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let problems = Mutex::new(Vec::new());
    let threads = thread::available_parallelism().map_or(32, |count| count.get() * 16);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = run(job);
                    problems.lock().expect("no panic").extend(found);
                }
            });
        }
    });
    problems.into_inner().expect("no panic")
}

#[test]
fn every_case_holds_in_its_shells() {
    let cases = cases();
    let mut jobs = Vec::new();
    for (name, case) in &cases {
        for shell in installed().iter().filter(|shell| case.is_for(**shell)) {
            let steps = case.steps.iter().enumerate();
            let steps = steps.filter(|(_, step)| step.is_for(*shell));
            jobs.extend(steps.map(|(at, step)| (name, case, at, step, *shell)));
        }
    }
    let problems = in_parallel(&jobs, |(name, case, at, step, shell)| {
        let problems = case.run(step, *shell).err().into_iter();
        let place = format!("{name}, step {}, {}", at + 1, shell.name());
        problems
            .map(|problem| format!("{place}: {problem}"))
            .collect()
    });
    println!(
        "{} situations in {} shells: {} tries",
        cases.len(),
        installed().len(),
        jobs.len()
    );
    assert!(
        problems.is_empty(),
        "{} of {}:\n{}",
        problems.len(),
        jobs.len(),
        problems.join("\n\n")
    );
}
