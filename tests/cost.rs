//! Programs don't depend on parts of the runtime that they don't use.

use std::collections::BTreeSet;
use std::fs;

use clapspec::Part;

use crate::support::{cargo, root, specs};

/// The normal dependencies of a package of the workspace, including itself.
fn packages(package: &str, features: &[&str]) -> BTreeSet<String> {
    let mut command = cargo();
    command
        .args(["tree", "--offline", "--edges=normal", "--prefix=none"])
        .args(["--format={p}", "--package", package])
        .args(features)
        .current_dir(root());
    let output = command.output().expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).expect("text");
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    text.lines().map(name).filter(|n| !n.is_empty()).collect()
}

/// Without features, the runtime depends only on clap, on `terminal_size`, and on `unicode-width`.
#[test]
fn the_bare_runtime_has_few_dependencies() {
    let mut known = packages("clap", &[]);
    known.extend(packages("terminal_size", &[]));
    let bare = packages("clapspec-runtime", &["--no-default-features"]);
    let more: Vec<&String> = bare.difference(&known).collect();
    assert_eq!(more, ["clapspec-runtime", "unicode-width"]);
    // With features there are more, so the comparison above can fail.
    let all = packages("clapspec-runtime", &["--all-features"]);
    assert!(all.len() > bare.len() + 2, "{all:?}");
}

/// The code of a spec without exit codes, settings, deprecations and secrets uses only the basic parts
/// of the runtime.
#[test]
fn plain_specs_use_only_the_basic_runtime() {
    let keys = ["exit-codes:", "config:", "deprecated:", "secret:"];
    let mut plain = 0;
    for (name, path) in specs() {
        let text = match path.is_dir() {
            true => continue,
            false => fs::read_to_string(&path).expect("a spec"),
        };
        if keys.iter().any(|key| text.contains(key)) {
            continue;
        }
        plain += 1;
        let outputs = clapspec::generate(&path, &[Part::Rust]).expect("a right spec");
        let code = outputs[0].text();
        let uses = code.lines().filter(|line| line.starts_with("use "));
        for line in uses {
            let known = [
                "Choice", "Command", "Exists", "PathKind", "Program", "Setup", "Values",
            ];
            let names = line.split(|c: char| !c.is_alphanumeric());
            let mut names = names.filter(|name| name.starts_with(char::is_uppercase));
            assert!(names.all(|it| known.contains(&it)), "{name}: {line}");
        }
        for word in ["Console", "Contract", "ExitCode", "fn handle<"] {
            let calls = code.lines().filter(|line| !line.trim().starts_with("//"));
            let mut calls = calls.filter(|line| line.contains(word));
            assert_eq!(calls.next(), None, "{name}");
        }
    }
    assert!(plain > 5, "only {plain} plain specs");
}
