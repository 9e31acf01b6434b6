//! One program with the generated code of every spec, to test that the code compiles and what it does.
//! `harness SPEC ARGUMENT…` parses the arguments as the program of that spec, and prints what the
//! handler gets.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use clapspec::Part;

use crate::support::{self, cargo, root, specs, target};

/// Writes the harness's package.
pub fn write(directory: &Path) {
    let code = |(name, spec): (String, PathBuf)| {
        let outputs =
            clapspec::generate(&spec, &[Part::Rust]).unwrap_or_else(|errors| panic!("{errors}"));
        (name, outputs[0].text().to_owned())
    };
    let programs: Vec<(String, String)> = specs().into_iter().map(code).collect();
    write_programs(directory, "harness", "{args:#?}", &programs);
}

/// Writes a package whose handlers print their arguments. Each program is given as its name and code.
pub fn write_programs(directory: &Path, package: &str, print: &str, programs: &[(String, String)]) {
    let mut main = String::from(
        "//! Prints how generated code parses a command line.\n\n\
         use std::process::ExitCode;\n\n",
    );
    let mut arms = String::new();
    for (name, code) in programs {
        let module = name.replace('-', "_") + "_cli";
        support::write(&directory.join("src").join(format!("{module}.rs")), code);
        let plain = code.contains("    type Output;\n");
        write!(
            main,
            "mod {module};\n\nimpl {module}::Handlers for Printer {{\n{}{}}}\n\n",
            if plain { "    type Output = ();\n" } else { "" },
            methods(&module, code, print)
        )
        .expect("written to a string");
        if code.contains("pub trait Completers {") {
            write!(
                main,
                "impl {module}::Completers for Printer {{\n{}}}\n\n",
                completers(code)
            )
            .expect("written to a string");
        }
        let run = format!("{module}::run_with(&mut Printer, &setup)");
        let run = match plain {
            true => format!("{{ {run}; ExitCode::SUCCESS }}"),
            false => run,
        };
        writeln!(arms, "        \"{name}\" => {run},").expect("written to a string");
    }
    write!(
        main,
        "struct Printer;\n\nfn main() -> ExitCode {{\n    let mut words = std::env::args_os().skip(1);\n    \
         let spec = words.next().unwrap_or_default();\n    let setup = clapspec_runtime::Setup::new().words(words);\n    \
         match spec.to_str().unwrap_or_default() {{\n{arms}        _ => ExitCode::FAILURE,\n    }}\n}}\n"
    )
    .expect("written to a string");
    support::write(&directory.join("src/main.rs"), &main);
    let runtime = root().join("runtime");
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"7.8.9\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nclapspec-runtime = {{ path = {runtime:?}, features = [\"completions\", \"config\", \"confirm\", \"output\"] }}\n\n[workspace]\n"
    );
    support::write(&directory.join("Cargo.toml"), &manifest);
    fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("copied");
}

/// A handler for each method of the generated trait.
pub fn methods(module: &str, code: &str, print: &str) -> String {
    let mut methods = String::new();
    let after = code
        .split("pub trait Handlers {")
        .nth(1)
        .and_then(|after| after.split("\n}\n").next())
        .unwrap_or_default();
    for piece in after.split_inclusive(";\n") {
        let Some((_, head)) = piece.trim_end_matches(['\n', ';']).rsplit_once("fn ") else {
            continue;
        };
        // A long signature spans several lines.
        let head = head.split_whitespace().collect::<Vec<_>>().join(" ");
        let (head, end) = head.rsplit_once(" -> ").expect("a result");
        let head = head.replace("args: ", &format!("args: {module}::"));
        let head = head.replace("question: ", &format!("_: {module}::"));
        let other = head.contains("command: ").then(|| {
            let print = print.replace("args", "command");
            format!("\n        println!(\"{print}\");")
        });
        let (end, value) = ended(module, end);
        writeln!(
            methods,
            "    fn {head} -> {end} {{\n        println!(\"{print}\");{}\n{value}    }}",
            other.unwrap_or_default()
        )
        .expect("written to a string");
    }
    methods
}

/// A method that offers nothing for each method of the generated trait.
pub fn completers(code: &str) -> String {
    let after = code
        .split("pub trait Completers {")
        .nth(1)
        .unwrap_or_default();
    let body = after.split("\n}\n").next().unwrap_or_default();
    let names = body
        .split("fn complete_")
        .skip(1)
        .filter_map(|rest| rest.split('(').next());
    let method = |name: &str| {
        format!(
            "    fn complete_{name}(&mut self, _: &clapspec_runtime::Typed<'_>) -> Vec<clapspec_runtime::Candidate> {{\n        \
             Vec::new()\n    }}\n"
        )
    };
    names.map(method).collect()
}

/// The return type of a handler, with full paths, and an expression of it: a success, or a failure if
/// success requires an output.
fn ended(module: &str, end: &str) -> (String, String) {
    let Some(names) = end.strip_prefix("Ended<") else {
        return (end.to_owned(), String::new());
    };
    let names: Vec<&str> = names.trim_end_matches('>').split(", ").collect();
    let exit = names[0];
    let value = match names.len() {
        1 => format!("Ok({module}::{exit}::Success.into())"),
        _ => {
            format!("Err(clapspec_runtime::Failure::new({module}::{exit}::Failure, \"no result\"))")
        }
    };
    let names = names.iter().map(|name| format!("{module}::{name}"));
    let names = names.collect::<Vec<_>>().join(", ");
    let end = format!("clapspec_runtime::Ended<{names}>");
    (end, format!("        {value}\n"))
}

/// The directory of the harness's package, written once.
pub fn directory() -> PathBuf {
    static WRITTEN: OnceLock<PathBuf> = OnceLock::new();
    let write = || {
        let directory = target().join("tmp/harness");
        let _ = fs::remove_dir_all(directory.join("src"));
        write(&directory);
        directory
    };
    WRITTEN.get_or_init(write).clone()
}

/// Runs a cargo command on the harness, without network access.
pub fn on_harness(subcommand: &str, arguments: &[&str]) -> Output {
    let mut command = cargo();
    command.args([subcommand, "--offline", "--quiet", "--target-dir"]);
    command
        .arg(target().join("harness"))
        .args(arguments)
        .current_dir(directory());
    command.output().expect("cargo runs")
}

/// A command that runs the harness, built once.
pub fn program() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let program = BUILT.get_or_init(|| {
        let output = on_harness("build", &[]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "generated code does not compile:\n{errors}"
        );
        target().join("harness/debug/harness")
    });
    let mut command = Command::new(program);
    command.env_clear();
    command
}
