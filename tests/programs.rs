//! Realistic programs, each defined twice: as a spec, and by hand with clap. Both get the same command
//! lines, and must produce the same values, errors and statuses.
//!
//! A program is two files in `tests/programs/`: `NAME.yaml`, and `NAME.rs` with `command()`, `called()`
//! and a `Recorder`. Command lines on which the two once differed are in `NAME.lines`.
//!
//! `LINES=1000000 cargo test --test programs` tries more command lines.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use clapspec::Part;
use support::{cargo, root, target};

/// How many command lines are tried on each program.
fn lines() -> String {
    std::env::var("LINES").unwrap_or_else(|_| "10000".into())
}

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

/// Writes a package with all programs, and builds it once.
fn program() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let directory = target().join("tmp/programs");
        let source = directory.join("src");
        let _ = fs::remove_dir_all(&source);
        for name in names() {
            let here = root().join("tests/programs");
            let spec = here.join(format!("{name}.yaml"));
            let outputs = clapspec::generate(&spec, &[Part::Rust])
                .unwrap_or_else(|errors| panic!("{errors}"));
            let module = source.join(&name);
            fs::create_dir_all(&module).expect("a directory");
            let comparable = "#[derive(Clone, Debug, PartialEq)]";
            let code = outputs[0].text().replace("#[derive(Clone, Debug)]", comparable);
            fs::write(module.join("cli.rs"), code).expect("written");
            let mut hand = fs::read_to_string(here.join(format!("{name}.rs"))).expect("the handwritten program");
            if !hand.contains("pub fn command_line(") {
                hand += "\n/// The command line, unchanged.\npub fn command_line(words: Vec<std::ffi::OsString>) -> Vec<std::ffi::OsString> {\n    words\n}\n";
            }
            fs::write(module.join("hand.rs"), hand).expect("written");
        }
        let compare = fs::read_to_string(root().join("tests/support/compare.rs")).expect("a file");
        let list: Vec<String> = names().into_iter().collect();
        let main = format!("{compare}\nmain! {{ {} }}\n", list.join(" "));
        fs::write(source.join("main.rs"), main).expect("written");
        for module in ["lines.rs", "values.rs"] {
            let from = root().join("tests/support").join(module);
            fs::copy(from, source.join(module)).expect("copied");
        }
        let manifest = format!(
            "[package]\nname = \"programs\"\nversion = \"1.2.3\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\nclapspec-runtime = {{ path = {:?}, features = [\"completions\"] }}\nclap = {{ version = \"4\", default-features = false }}\n\
             proptest = {{ version = \"1\", default-features = false, features = [\"std\"] }}\n\n\
             [profile.dev]\nopt-level = 1\ndebug = false\n\n[workspace]\n",
            root().join("runtime")
        );
        fs::write(directory.join("Cargo.toml"), manifest).expect("written");
        fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("copied");
        let output = cargo()
            .args(["build", "--offline", "--quiet", "--target-dir"])
            .arg(target().join("programs"))
            .current_dir(&directory)
            .output()
            .expect("cargo runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        target().join("programs/debug/programs")
    })
}

#[test]
fn specs_parse_like_handwritten_clap() {
    let start = |name: String| {
        let mut command = Command::new(program());
        command.env_clear().args([&name, &lines()]);
        let running = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        (name, running.spawn().expect("it runs"))
    };
    // Run all programs at the same time.
    let running: Vec<_> = names().into_iter().map(start).collect();
    let mut wrong = Vec::new();
    for (name, program) in running {
        let output = program.wait_with_output().expect("it runs");
        let printed = String::from_utf8_lossy(&output.stdout);
        if output.status.success() {
            println!("{name}: {}", printed.trim());
        } else {
            let why = String::from_utf8_lossy(&output.stderr);
            wrong.push(format!("{name}: {printed}{why}"));
        }
    }
    assert!(names().len() >= 10, "only {} programs", names().len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
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
