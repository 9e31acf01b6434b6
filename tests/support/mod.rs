//! What the drivers share.

#![allow(dead_code)] // Each driver uses a part of it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder of the workspace.
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

/// The folder in which cargo builds.
pub fn target() -> PathBuf {
    // …/target/debug/deps/test-… : this test's own program tells where cargo builds.
    let here = std::env::current_exe().expect("a test is a program");
    let mut folders = here.ancestors();
    folders.nth(3).expect("target/debug/deps").to_owned()
}

/// Whether an outside judge is there. Where it is not, says that its tests are skipped; with
/// `CI=true` they fail instead.
pub fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok()
        || Command::new("which")
            .arg(program)
            .output()
            .is_ok_and(|out| out.status.success());
    if !found {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "`{program}` is missing, and CI must have it"
        );
        eprintln!("SKIPPED: `{program}` is not installed");
    }
    found
}

/// The specs that every back-end is tried on: files and folders of `tests/render/`, and the two
/// real ones.
pub fn specs() -> Vec<(String, PathBuf)> {
    let mut specs = vec![
        ("authctl".to_owned(), root().join("spec")),
        ("clapspec".to_owned(), root().join("codegen/spec")),
    ];
    let folder = std::fs::read_dir(root().join("tests/render")).expect("tests/render");
    for entry in folder {
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
