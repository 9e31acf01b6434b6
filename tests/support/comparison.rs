//! A package that compares two definitions of each program on the same command lines. `compare.rs` is its main
//! program.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{cargo, root, target};

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
    let _ = fs::remove_dir_all(&source);
    for program in programs {
        let module = source.join(&program.name);
        fs::create_dir_all(&module).expect("a directory");
        for (name, text) in &program.files {
            fs::write(module.join(name), text).expect("written");
        }
    }
    let support = root().join("tests/support");
    let compare = fs::read_to_string(support.join("compare.rs")).expect("a file");
    let names: Vec<&str> = programs.iter().map(|program| &*program.name).collect();
    let main = format!("{compare}\nmain! {{ {} }}\n", names.join(" "));
    fs::write(source.join("main.rs"), main).expect("written");
    for module in ["fields.rs", "lines.rs", "values.rs"] {
        fs::copy(support.join(module), source.join(module)).expect("copied");
    }
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"1.2.3\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{dependencies}\
         proptest = {{ version = \"1\", default-features = false, features = [\"std\"] }}\n\n\
         [profile.dev]\nopt-level = 1\ndebug = false\n\n[workspace]\n"
    );
    fs::write(directory.join("Cargo.toml"), manifest).expect("written");
    run_cargo("build", &directory);
    target().join("programs/debug").join(package)
}

/// Runs a cargo command on a package, without network access.
pub fn run_cargo(command: &str, directory: &Path) {
    fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("copied");
    let output = cargo()
        .args([command, "--offline", "--quiet", "--target-dir"])
        .arg(target().join("programs"))
        .current_dir(directory)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}
