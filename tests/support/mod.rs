//! Functions that the test drivers share.

pub mod book;
pub mod comparison;
pub mod harness;
pub mod lsp;
pub mod moments;
pub mod mutation;
#[cfg(unix)]
pub mod pty;
pub mod schema;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The root directory of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The cargo that runs the tests. What it builds for them has no debug information, which takes less time.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    command
}

/// A command that runs `clapspec`, built once.
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
            // It is the one that is built with the tests.
            .env_remove("CARGO_PROFILE_DEV_DEBUG")
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
    // The executable of this test is `…/target/debug/deps/test-…`.
    let here = std::env::current_exe().expect("the path of the test");
    let mut directories = here.ancestors();
    directories.nth(3).expect("target/debug/deps").to_owned()
}

/// Whether an external program is installed. If not, reports that the test is skipped; with `CI=true`,
/// fails instead.
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

/// Reports that a test is skipped, and why. With `CI=true`, fails instead.
pub fn skip(reason: &str) {
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "can't be skipped in CI: {reason}"
    );
    // Not `eprintln!`, whose output is hidden if the test passes.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {reason}");
}

/// The directory of the npm packages that `.ci/run` installs.
pub fn node_modules() -> PathBuf {
    target().join("checkers/node_modules")
}

/// A command that runs node for one of these packages. It uses the node that `.ci/run` installs with
/// them if that of the system is too old. `None` if the package is not installed.
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

/// Asserts that every snapshot in a directory has one of these cases.
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
            "remove `{}`: it has no case",
            directory.join(&name).display()
        );
    }
}

/// The names and paths of the specs on which every back-end is tested: those in `tests/render/`, and
/// those of authctl and clapspec.
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

/// Writes a file of a package that a test builds. A file that has this text already isn't written, so that cargo
/// builds nothing again.
pub fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    let directory = path.parent().expect("a parent");
    std::fs::create_dir_all(directory).expect("a directory");
    std::fs::write(path, text).expect("written");
}

/// Runs a cargo command on a package that a test writes, without network access.
pub fn run_cargo(command: &str, directory: &Path) {
    std::fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("copied");
    let output = cargo()
        .args([command, "--offline", "--quiet", "--target-dir"])
        .arg(target().join("harness"))
        .current_dir(directory)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

/// The specs of [`specs`] and of real programs.
pub fn specs_and_examples() -> Vec<(String, PathBuf)> {
    let examples = std::fs::read_dir(root().join("examples")).expect("a directory");
    let examples = examples.map(|entry| entry.expect("an entry").path());
    let examples = examples.filter(|path| path.join("cli.yaml").exists());
    let named = |path: PathBuf| (format!("examples/{}", path.display()), path);
    specs().into_iter().chain(examples.map(named)).collect()
}

/// Replaces `%20` and the like.
pub fn decoded(url: &str) -> String {
    let mut parts = url.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match u8::from_str_radix(part.get(..2).unwrap_or_default(), 16) {
            Ok(byte) => {
                bytes.push(byte);
                bytes.extend(part[2..].bytes());
            }
            Err(_) => bytes.extend(format!("%{part}").bytes()),
        }
    }
    String::from_utf8(bytes).expect("text")
}

/// The name of a file, if this line is a comment that consists of it: in YAML or TOML, Rust, CSS, or a template.
pub fn named(line: &str) -> Option<&str> {
    let comments = [("# ", ""), ("// ", ""), ("/* ", " */"), ("{# ", " -#}")];
    let mut names = comments
        .iter()
        .filter_map(|(start, end)| line.strip_prefix(start)?.strip_suffix(end));
    names.find(|name| name.contains('.') && !name.contains(' '))
}

/// The code blocks of a Markdown text that begin with a file name in a comment: the name, and the block.
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
        if let Some(name) = named(first) {
            blocks.push((name.to_owned(), body.join("\n") + "\n"));
        }
    }
    blocks
}
