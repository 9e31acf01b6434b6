//! Realistic programs, each defined twice: as a spec, and by hand with clap. Both get the same command
//! lines, and must produce the same values, errors and statuses.
//!
//! A program is two files in `tests/programs/`: `NAME.yaml`, and `NAME.rs` with `command()`, `called()`
//! and a `Recorder`. Command lines on which the two once differed are in `NAME.lines`.
//!
//! `LINES=1000000 cargo test --test all programs::` tries more command lines.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use clapspec::Part;

use crate::support::comparison::Program;
use crate::support::{comparison, root};

fn names() -> BTreeSet<String> {
    let files = fs::read_dir(root().join("tests/programs")).expect("tests/programs");
    let paths = files.map(|file| file.expect("an entry").path());
    let specs = paths.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    let name = |path: PathBuf| {
        path.file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned()
    };
    specs.map(name).collect()
}

/// Builds all programs once.
fn program() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let programs: Vec<Program> = names().into_iter().map(compared).collect();
        let runtime = root().join("runtime");
        let dependencies = format!(
            "clapspec-runtime = {{ path = {runtime:?}, features = [\"completions\"] }}\n\
             clap = {{ version = \"4\", default-features = false }}\n"
        );
        comparison::build("programs", &dependencies, &programs)
    })
}

/// The two definitions of a program.
fn compared(name: String) -> Program {
    let here = root().join("tests/programs").join(&name);
    let outputs = clapspec::generate(&here.with_extension("yaml"), &[Part::Rust])
        .unwrap_or_else(|errors| panic!("{errors}"));
    let comparable = "#[derive(Clone, Debug, PartialEq)]";
    let code = outputs[0]
        .text()
        .replace("#[derive(Clone, Debug)]", comparable);
    let hand = fs::read_to_string(here.with_extension("rs"));
    let mut hand = hand.expect("the handwritten program");
    if !hand.contains("pub fn command_line(") {
        hand += "\n/// The command line, unchanged.\npub fn command_line(words: Vec<std::ffi::OsString>) -> Vec<std::ffi::OsString> {\n    words\n}\n";
    }
    Program {
        name,
        files: vec![("cli.rs", code), ("hand.rs", hand)],
    }
}

#[test]
fn specs_parse_like_handwritten_clap() {
    assert!(names().len() >= 10, "only {} programs", names().len());
    let programs = names().into_iter();
    comparison::compare(program(), programs.map(|name| (name, comparison::lines())));
}

/// Command lines that once were parsed differently are now parsed in the same way. clap treats options
/// before and after a command's name as two command lines, so for lines with both, the line for clap,
/// with all options after the name, follows after `=>`.
#[test]
fn earlier_differences_stay_fixed() {
    for name in names() {
        let path = root().join(format!("tests/programs/{name}.lines"));
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for line in text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            // As in a shell, variables come first.
            let words = line.split(' ').map(|word| word.trim_matches('\''));
            let mut words = words.peekable();
            let mut variables = Vec::new();
            while let Some(pair) = words.peek().and_then(|word| word.split_once('=')) {
                variables.push(pair);
                words.next();
            }
            let output = Command::new(program())
                .env_clear()
                .envs(variables)
                .arg(&name)
                .args(words)
                .output()
                .expect("it runs");
            let printed = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{line}\n{printed}");
        }
    }
}
