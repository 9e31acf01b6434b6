//! What the drivers share.

#![allow(dead_code)] // Each driver uses a part of it.

pub mod lsp;
pub mod schema;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The directory of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The cargo that runs the tests.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The program `clapspec`, built once.
pub fn clapspec() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let program = BUILT.get_or_init(|| {
        let status = cargo()
            .args([
                "build",
                "--quiet",
                "--package",
                "clapspec",
                "--features",
                "cli",
            ])
            .current_dir(root())
            .status()
            .expect("cargo runs");
        assert!(status.success(), "clapspec does not build");
        target().join("debug").join("clapspec")
    });
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The directory in which cargo builds.
pub fn target() -> PathBuf {
    // …/target/debug/deps/test-… : this test's own program tells where cargo builds.
    let here = std::env::current_exe().expect("a test is a program");
    let mut directories = here.ancestors();
    directories.nth(3).expect("target/debug/deps").to_owned()
}

/// Whether an outside checker is there. Where it is not, says that its tests are skipped; with
/// `CI=true` they fail instead.
pub fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok()
        || Command::new("which")
            .arg(program)
            .output()
            .is_ok_and(|out| out.status.success());
    if !found {
        skip(&format!("`{program}` is not installed"));
    }
    found
}

/// Says that a test is skipped and why, for a test that ends then. With `CI=true` it fails instead.
pub fn skip(reason: &str) {
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "CI must not skip this: {reason}"
    );
    // Not by `eprintln!`, which a passing test keeps to itself.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {reason}");
}

/// The directory of the packages for node that `.ci/run` installs.
pub fn node_modules() -> PathBuf {
    target().join("checkers/node_modules")
}

/// The node that runs one of these packages: that which `.ci/run` installed with them, where that of the
/// system is too old. `None` where the package is not installed.
pub fn node(package: &str) -> Option<Command> {
    let modules = node_modules();
    if !modules.join(package).exists() {
        skip(&format!("`{package}` is not installed"));
        return None;
    }
    let installed = modules.join(".bin/node");
    let program = match installed.exists() {
        true => installed,
        false => "node".into(),
    };
    Some(Command::new(program))
}

/// Asserts that every snapshot in a directory is of one of these cases.
pub fn no_stale_snapshots(directory: &str, cases: &BTreeSet<String>) {
    let directory = root().join("tests/snapshots").join(directory);
    for entry in std::fs::read_dir(&directory).expect("snapshots") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        let case = name.strip_suffix(".snap").unwrap_or(&name);
        assert!(
            cases.contains(case),
            "remove {}: it has no case",
            directory.join(&name).display()
        );
    }
}

/// The specs that every back-end is tried on: files and directories of `tests/render/`, and the two
/// real ones.
pub fn specs() -> Vec<(String, PathBuf)> {
    let mut specs = vec![
        ("authctl".to_owned(), root().join("spec")),
        ("clapspec".to_owned(), root().join("codegen/spec")),
    ];
    let directory = std::fs::read_dir(root().join("tests/render")).expect("tests/render");
    for entry in directory {
        let path = entry.expect("an entry").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        specs.push((name, path));
    }
    specs.sort();
    specs
}

/// The code blocks of a Markdown text that begin with the name of a file in a comment: that name,
/// and the block.
pub fn blocks(markdown: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let fence = line.trim_start();
        if !fence.starts_with("```") || fence == "```" {
            continue;
        }
        let indent = line.len() - fence.len();
        let body = lines.by_ref().take_while(|line| line.trim_start() != "```");
        let body: Vec<&str> = body
            .map(|line| line.get(indent..).unwrap_or_default())
            .collect();
        let first = body.first().copied().unwrap_or_default();
        let name = first.strip_prefix("# ").or(first.strip_prefix("// "));
        if let Some(name) = name.filter(|name| name.contains('.') && !name.contains(' ')) {
            blocks.push((name.to_owned(), body.join("\n") + "\n"));
        }
    }
    blocks
}
