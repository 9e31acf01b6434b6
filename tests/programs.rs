//! Programs of real shape, each there twice: as a spec, and by hand in clap. Both get the same
//! command lines, and must make the same of them: values, errors, statuses.
//!
//! A program is two files in `tests/programs/`: `NAME.yaml`, and `NAME.rs` with `command()`,
//! `called()` and a `Recorder`. Lines on which the two once differed are in `NAME.lines`.
//!
//! `LINES=1000000 cargo test --test programs` looks longer.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use clapspec::Part;
use support::{cargo, root, target};

/// How many lines are tried on each program.
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

/// Writes a package that holds all programs, and builds it.
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
            let mut hand = fs::read_to_string(here.join(format!("{name}.rs"))).expect("by hand");
            if !hand.contains("pub fn command_line(") {
                hand += "\n/// The words as they are.\npub fn command_line(words: Vec<std::ffi::OsString>) -> Vec<std::ffi::OsString> {\n    words\n}\n";
            }
            fs::write(module.join("hand.rs"), hand).expect("written");
        }
        let compare = fs::read_to_string(root().join("tests/support/compare.rs")).expect("a file");
        let list: Vec<String> = names().into_iter().collect();
        let main = format!("{compare}\nmain! {{ {} }}\n", list.join(" "));
        fs::write(source.join("main.rs"), main).expect("written");
        let values = root().join("tests/support/values.rs");
        fs::copy(values, source.join("values.rs")).expect("copied");
        let manifest = format!(
            "[package]\nname = \"programs\"\nversion = \"1.2.3\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\nclapspec-runtime = {{ path = {:?} }}\nclap = {{ version = \"4\", default-features = false }}\n\
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
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        target().join("programs/debug/programs")
    })
}

#[test]
fn specs_parse_as_clap_by_hand() {
    let start = |name: String| {
        let mut command = Command::new(program());
        command.env_clear().args([&name, &lines()]);
        let running = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        (name, running.spawn().expect("it runs"))
    };
    // All at once.
    let running: Vec<_> = names().into_iter().map(start).collect();
    let mut wrong = Vec::new();
    for (name, program) in running {
        let output = program.wait_with_output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout);
        if output.status.success() {
            println!("{name}: {}", said.trim());
        } else {
            let why = String::from_utf8_lossy(&output.stderr);
            wrong.push(format!("{name}: {said}{why}"));
        }
    }
    assert!(names().len() >= 10, "only {} programs", names().len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What once was different stays the same. Where to clap options stand before a command's name that
/// to clapspec could stand behind it, `=>` parts the line from the one by hand.
#[test]
fn lines_that_once_differed() {
    for name in names() {
        let path = root().join(format!("tests/programs/{name}.lines"));
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for line in text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            // As in a shell, variables stand in front.
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
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{line}\n{said}");
        }
    }
}
