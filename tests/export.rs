//! Programs in other formats.
//!
//! The code for clap alone is compiled and gets the same command lines as the code generated from the spec; both must
//! produce the same values and errors. `LINES=1000000 cargo test --test export` tries more command lines.

#[path = "support/harness.rs"]
mod harness;
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clapspec::export::{self, Export, Format};
use clapspec::{Checked, Part};
use support::{cargo, root, target};

fn export(spec: &Path, format: Format) -> Export {
    let checked = Checked::read(spec);
    export::export(&checked, format).unwrap_or_else(|| panic!("{}", checked.report()))
}

/// The programs: a name, the spec, and the fields whose types differ, as the losses say.
fn programs() -> Vec<(&'static str, PathBuf, &'static [&'static str])> {
    let program = |name: &str| {
        root()
            .join("tests/programs")
            .join(name)
            .with_extension("yaml")
    };
    vec![
        (
            "authctl",
            without_questions(),
            &["what", "all", "system", "token"],
        ),
        ("services", program("services"), &[]),
        ("fd", program("fd"), &[]),
        ("pkg", program("pkg"), &[]),
        ("cargo", program("cargo"), &[]),
        ("git", program("git"), &[]),
        ("kubectl", program("kubectl"), &[]),
        ("compose", program("compose"), &[]),
        ("curl", program("curl"), &[]),
        ("rg", program("rg"), &[]),
        ("tar", program("tar"), &[]),
        ("shrink", program("shrink"), &[]),
    ]
}

/// authctl's spec without questions, in which handlers would not be called.
fn without_questions() -> PathBuf {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a directory");
        for entry in fs::read_dir(from).expect("a directory") {
            let path = entry.expect("an entry").path();
            let target = to.join(path.file_name().expect("a name"));
            if path.is_dir() {
                copy(&path, &target);
            } else {
                let text = fs::read_to_string(&path).expect("a file");
                let lines = text
                    .split_inclusive('\n')
                    .filter(|line| !line.starts_with("confirm: "));
                fs::write(target, lines.collect::<String>()).expect("written");
            }
        }
    }
    let directory = target().join("tmp/authctl-without-questions");
    let _ = fs::remove_dir_all(&directory);
    copy(&root().join("spec"), &directory);
    directory
}

/// The module with which the comparison calls the exported code.
fn hand(code: &str, plain_code: &str, root: &str, different: &[&str]) -> String {
    let printed = "println!(\"{args:?}\");";
    let recorded = "self.0 = Some(Called::of(&args));";
    let methods = harness::methods("cli", code, "{args:?}").replace(printed, recorded);
    let plain = code.contains("    type Output;\n");
    let output = if plain { "    type Output = ();\n" } else { "" };
    let completers = match code.contains("pub trait Completers {") {
        true => format!(
            "impl cli::Completers for Recorder {{\n{}}}\n",
            harness::completers(code)
        ),
        false => String::new(),
    };
    let heads = plain_code.lines().filter_map(|line| {
        let line = line.trim().strip_prefix("fn ")?;
        line.strip_suffix(" -> Self::Output;")
    });
    let list: Vec<String> = heads
        .map(|head| {
            let head = head.replace("args: ", "args: plain::");
            let value = if head.contains("words: ") {
                "words"
            } else {
                "args"
            };
            format!("    fn {head} -> Called {{\n        Called::of(&{value})\n    }}\n")
        })
        .collect();
    format!(
        "use clapspec_runtime::clap::{{ArgMatches, Command, CommandFactory, FromArgMatches}};\n\n\
         use super::cli;\n#[path = \"plain.rs\"]\nmod plain;\n\n\
         /// The arguments of a handler, without the fields that differ.\n\
         #[derive(Debug, PartialEq)]\npub struct Called(String);\n\n\
         impl Called {{\n    fn of(args: &dyn std::fmt::Debug) -> Self {{\n        Self(crate::fields::same(&format!(\"{{args:#?}}\"), &{different:?}))\n    }}\n}}\n\n\
         #[derive(Default)]\npub struct Recorder(pub Option<Called>);\n\n\
         impl cli::Handlers for Recorder {{\n{output}{methods}}}\n\n{completers}\n\
         struct Plain;\n\nimpl plain::Handlers for Plain {{\n    type Output = Called;\n\n{}}}\n\n\
         pub fn command() -> Command {{\n    plain::{root}::command()\n}}\n\n\
         pub fn called(matches: &ArgMatches) -> Called {{\n    plain::{root}::from_arg_matches(matches).expect(\"valid\").handle(&mut Plain)\n}}\n\n\
         pub fn command_line(words: Vec<std::ffi::OsString>) -> Vec<std::ffi::OsString> {{\n    words\n}}\n",
        list.join("\n")
    )
}

/// Writes a package with all programs, and builds it.
fn built() -> PathBuf {
    let directory = target().join("tmp/exports");
    let source = directory.join("src");
    let _ = fs::remove_dir_all(&source);
    let mut names = Vec::new();
    for (name, spec, different) in programs() {
        let module = source.join(name);
        fs::create_dir_all(&module).expect("a directory");
        let outputs =
            clapspec::generate(&spec, &[Part::Rust]).unwrap_or_else(|errors| panic!("{errors}"));
        let code = outputs[0].text();
        let plain = export(&spec, Format::Clap).text;
        let root = plain
            .split("#[derive(Parser")
            .nth(1)
            .and_then(|after| after.split("pub struct ").nth(1));
        let root = root
            .and_then(|after| after.split(' ').next())
            .expect("a struct");
        fs::write(module.join("hand.rs"), hand(code, &plain, root, different)).expect("written");
        fs::write(module.join("cli.rs"), code).expect("written");
        // Both use the same clap.
        let plain = plain.replace(
            "use clap::",
            "use clapspec_runtime::clap;\nuse clapspec_runtime::clap::",
        );
        fs::write(module.join("plain.rs"), plain).expect("written");
        names.push(name);
    }
    let compare = fs::read_to_string(root().join("tests/support/compare.rs")).expect("a file");
    let main = compare.replace("mod lines;", "mod fields;\nmod lines;");
    fs::write(
        source.join("main.rs"),
        format!("{main}\nmain! {{ {} }}\n", names.join(" ")),
    )
    .expect("written");
    for module in ["fields.rs", "lines.rs", "values.rs"] {
        fs::copy(
            root().join("tests/support").join(module),
            source.join(module),
        )
        .expect("copied");
    }
    let manifest = format!(
        "[package]\nname = \"exports\"\nversion = \"1.2.3\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nclapspec-runtime = {{ path = {:?}, features = [\"completions\", \"config\", \"confirm\", \"output\"] }}\n\
         clap = {{ version = \"4\", features = [\"derive\", \"env\"] }}\n\
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
    target().join("programs/debug/exports")
}

#[test]
fn code_for_clap_parses_like_generated_code() {
    let program = built();
    let lines = std::env::var("LINES").unwrap_or_else(|_| "10000".into());
    for (name, ..) in programs() {
        let output = Command::new(&program)
            .env_clear()
            .args([name, &lines])
            .output()
            .expect("it runs");
        let printed = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {printed}{errors}");
        println!("{name}: {}", printed.trim());
    }
}
