//! One program with the generated code of every spec in it, to see that it compiles and what it
//! does. `harness SPEC WORD…` parses the words as that spec's program would and prints what the
//! handler got.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use clapspec::Part;

use crate::support::{cargo, root, specs, target};

/// Writes a package of its own, beside which `target` is shared with other runs.
pub fn write(folder: &Path) {
    let mut main = String::from(
        "//! Prints what generated code makes of a command line.\n\n\
         use std::process::ExitCode;\n\n",
    );
    let mut arms = String::new();
    fs::create_dir_all(folder.join("src")).expect("a folder");
    for (name, spec) in specs() {
        let module = name.replace('-', "_") + "_cli";
        let outputs = clapspec::generate(&spec, &[Part::Rust])
            .unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let code = outputs[0].body();
        fs::write(folder.join("src").join(format!("{module}.rs")), code).expect("written");
        write!(
            main,
            "mod {module};\n\nimpl {module}::Handlers for Printer {{\n    type Output = ();\n{}}}\n\n",
            methods(&module, code)
        )
        .expect("a string grows");
        writeln!(
            arms,
            "        \"{name}\" => clapspec_runtime::try_parse_from(&mut {module}::command(), words)\n            \
             .map(|matches| {module}::dispatch(&mut Printer, matches)),"
        )
        .expect("a string grows");
    }
    write!(
        main,
        "struct Printer;\n\nfn main() -> ExitCode {{\n    let mut words = std::env::args().skip(1);\n    \
         let spec = words.next().unwrap_or_default();\n    let result = match spec.as_str() {{\n{arms}        \
         _ => return ExitCode::FAILURE,\n    }};\n    match result {{\n        Ok(()) => ExitCode::SUCCESS,\n        \
         Err(error) => error.exit(),\n    }}\n}}\n"
    )
    .expect("a string grows");
    fs::write(folder.join("src/main.rs"), main).expect("written");
    let runtime = root().join("runtime");
    let manifest = format!(
        "[package]\nname = \"harness\"\nversion = \"7.8.9\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nclapspec-runtime = {{ path = {runtime:?} }}\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("written");
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("copied");
}

/// A handler for each method of the generated trait.
fn methods(module: &str, code: &str) -> String {
    const END: &str = "-> Self::Output;";
    let mut methods = String::new();
    let after = code
        .split("pub trait Handlers {")
        .nth(1)
        .unwrap_or_default();
    for piece in after.split_inclusive(END) {
        let Some(head) = piece
            .strip_suffix(END)
            .and_then(|piece| piece.rsplit_once("fn "))
        else {
            continue;
        };
        // A long head stands in several lines.
        let head = head.1.split_whitespace().collect::<Vec<_>>().join(" ");
        let head = head.replace("args: ", &format!("args: {module}::"));
        let other = head
            .contains("command: ")
            .then_some("\n        println!(\"{command:#?}\");");
        writeln!(
            methods,
            "    fn {head} {{\n        println!(\"{{args:#?}}\");{}\n    }}",
            other.unwrap_or_default()
        )
        .expect("a string grows");
    }
    methods
}

/// The folder of the harness's package.
pub fn folder() -> PathBuf {
    static WRITTEN: OnceLock<PathBuf> = OnceLock::new();
    let write = || {
        let folder = target().join("tmp/harness");
        let _ = fs::remove_dir_all(folder.join("src"));
        write(&folder);
        folder
    };
    WRITTEN.get_or_init(write).clone()
}

/// A cargo command on the harness, which never uses the network.
pub fn on_harness(subcommand: &str, arguments: &[&str]) -> Output {
    let mut command = cargo();
    command.args([subcommand, "--offline", "--quiet", "--target-dir"]);
    command
        .arg(target().join("harness"))
        .args(arguments)
        .current_dir(folder());
    command.output().expect("cargo runs")
}

/// The harness's program.
pub fn program() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let program = BUILT.get_or_init(|| {
        let output = on_harness("build", &[]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "generated code does not compile:\n{said}"
        );
        target().join("harness/debug/harness")
    });
    let mut command = Command::new(program);
    command.env_clear();
    command
}
