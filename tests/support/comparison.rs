//! A package that compares two definitions of each program on the same command lines. `compare.rs` is its main
//! program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{self, root, target};

/// A program that is defined twice.
pub struct Program {
    pub name: String,
    /// The files of its module, by their names: `cli.rs` is generated from a spec, and `hand.rs` has the other
    /// definition.
    pub files: Vec<(&'static str, String)>,
}

/// Builds the package, and returns its program.
pub fn build(package: &str, dependencies: &str, programs: &[Program]) -> PathBuf {
    let directory = target().join("tmp").join(package);
    let source = directory.join("src");
    for program in programs {
        let module = source.join(&program.name);
        for (name, text) in &program.files {
            support::write(&module.join(name), text);
        }
    }
    let read = |name: &str| {
        let path = root().join("tests/support").join(name);
        fs::read_to_string(path).expect("a file")
    };
    let compare = read("compare.rs");
    let names: Vec<&str> = programs.iter().map(|program| &*program.name).collect();
    let main = format!("{compare}\nmain! {{ {} }}\n", names.join(" "));
    support::write(&source.join("main.rs"), &main);
    for module in ["fields.rs", "lines.rs", "values.rs"] {
        support::write(&source.join(module), &read(module));
    }
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"1.2.3\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{dependencies}\
         proptest = {{ version = \"1\", default-features = false, features = [\"std\"] }}\n\n\
         [profile.dev]\nopt-level = 1\ndebug = false\n\n[workspace]\n"
    );
    support::write(&directory.join("Cargo.toml"), &manifest);
    support::run_cargo("build", &directory);
    target().join("harness/debug").join(package)
}

/// Compares the two definitions of programs, each on a number of command lines. All run at the same time.
///
/// # Panics
///
/// Panics if they differ, with what the programs printed.
pub fn compare(package: &Path, programs: impl IntoIterator<Item = (String, u32)>) {
    let start = |(name, lines): (String, u32)| {
        let mut command = Command::new(package);
        command.env_clear().args([name.clone(), lines.to_string()]);
        let running = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        (name, running.spawn().expect("it runs"))
    };
    let running: Vec<_> = programs.into_iter().map(start).collect();
    let mut wrong = Vec::new();
    for (name, program) in running {
        let output = program.wait_with_output().expect("it runs");
        let printed = String::from_utf8_lossy(&output.stdout);
        if output.status.success() {
            println!("{name}: {}", printed.trim());
            continue;
        }
        // Handlers print errors; a panic is at the end.
        let errors = String::from_utf8_lossy(&output.stderr);
        let errors: Vec<&str> = errors.lines().collect();
        let last = errors[errors.len().saturating_sub(20)..].join("\n");
        wrong.push(format!("{name}: {printed}\n{last}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// How many command lines are tried on a program, unless the variable `LINES` says it.
pub fn lines() -> u32 {
    let lines = std::env::var("LINES").ok();
    lines.and_then(|lines| lines.parse().ok()).unwrap_or(2_000)
}
