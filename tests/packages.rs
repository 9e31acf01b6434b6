//! Tests the crates as users get them: packed, unpacked elsewhere, and used as dependencies.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{blocks, cargo, root, target};

const CRATES: [&str; 2] = ["clapspec-runtime", "clapspec"];

/// Packs the crates as for crates.io, and unpacks them to a directory.
fn unpack(into: &Path) {
    let packed = target().join("package");
    let _ = fs::remove_dir_all(&packed);
    let mut pack = cargo();
    pack.args(["package", "--no-verify", "--allow-dirty"]);
    for name in CRATES {
        pack.args(["--package", name]);
    }
    pack.current_dir(root());
    // Reuse the target directory of these tests.
    pack.env("CARGO_TARGET_DIR", target());
    succeed(&mut pack);
    for name in CRATES {
        let file = packed.join(format!("{name}-{}.crate", env!("CARGO_PKG_VERSION")));
        let mut tar = Command::new("tar");
        tar.arg("-xzf").arg(&file).current_dir(into);
        succeed(&mut tar);
    }
}

fn succeed(command: &mut Command) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the program runs");
    let errors = String::from_utf8_lossy(&stderr);
    assert!(status.success(), "{command:?}: {errors}");
    assert!(!errors.contains("warning: "), "{command:?}: {errors}");
    String::from_utf8(stdout).expect("text")
}

/// The program in the README of `clapspec`, in a package that depends on the unpacked crates.
fn program(place: &Path, features: &str) -> PathBuf {
    let package = place.join("program");
    let readme = place.join(format!("clapspec-{}/README.md", env!("CARGO_PKG_VERSION")));
    let readme = fs::read_to_string(readme).expect("a package has its README");
    let mut files = 0;
    for (name, text) in blocks(&readme) {
        let path = package.join(&name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("created");
        let text = match &*name {
            "Cargo.toml" => manifest(&text, features),
            _ => text,
        };
        fs::write(path, text).expect("written");
        files += 1;
    }
    assert_eq!(files, 5);
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("copied");
    package
}

fn manifest(dependencies: &str, features: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let dependencies = dependencies.replace(
        "clapspec-runtime = \"0.1\"",
        &format!("clapspec-runtime = {{ version = \"0.1\", features = [{features}] }}"),
    );
    let patches = CRATES.map(|name| format!("{name} = {{ path = \"../{name}-{version}\" }}\n"));
    format!(
        "[package]\nname = \"tool\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n{dependencies}\n\n\
         [workspace]\n\n[patch.crates-io]\n{}",
        patches.concat()
    )
}

#[test]
#[ignore = "slow: packs the crates and rebuilds everything; `.ci/run` runs it"]
fn the_readme_program_builds_from_the_packages() {
    let outside = tempfile::tempdir().expect("a directory");
    // A path that must be quoted.
    let place = outside.path().join("packed 'crates' é");
    fs::create_dir_all(&place).expect("created");
    unpack(&place);
    let within = |directory: &Path, words: &[&str]| {
        let mut cargo = cargo();
        cargo.args(words).current_dir(directory);
        cargo.env("RUSTDOCFLAGS", "--deny warnings");
        cargo.env("CARGO_TARGET_DIR", target().join("packages"));
        succeed(&mut cargo)
    };
    for features in ["", "\"config\", \"confirm\", \"output\""] {
        let package = program(&place, features);
        let printed = within(&package, &["run", "--quiet", "--", "hello", "Ann", "-l"]);
        assert_eq!(printed, "Hello Ann!!!\n");
        assert!(within(&package, &["run", "--quiet", "--", "--version"]).starts_with("tool 1.0.0"));
    }
    let test = "#[test]\nfn loud() {\n    let words = [\"tool\", \"hello\", \"Ann\", \"-l\"];\n    \
                let setup = clapspec_runtime::Setup::new().isolated().words(words);\n    \
                let mut values = setup.parse(&cli::PROGRAM).expect(\"a right command line\");\n    \
                assert!(cli::HelloArgs::take(&mut values).loud);\n}\n";
    let main = place.join("program/src/main.rs");
    let text = fs::read_to_string(&main).expect("the program");
    fs::write(&main, text + "\n" + test).expect("written");
    let printed = within(&place.join("program"), &["test", "--quiet"]);
    assert!(printed.contains("1 passed"), "{printed}");

    let generator = place.join(format!("clapspec-{}", env!("CARGO_PKG_VERSION")));
    let patch = place.join(format!("clapspec-runtime-{}", env!("CARGO_PKG_VERSION")));
    let patch = format!("patch.crates-io.clapspec-runtime.path={patch:?}");
    fs::copy(root().join("Cargo.lock"), generator.join("Cargo.lock")).expect("copied");
    let with_patch = |words: &[&str]| within(&generator, &[words, &["--config", &patch]].concat());
    with_patch(&["build", "--quiet", "--features", "cli"]);
    with_patch(&["doc", "--quiet", "--no-deps", "--all-features"]);
    let mut clapspec = Command::new(target().join("packages/debug/clapspec"));
    assert!(succeed(clapspec.args(["explain", "unknown-key"])).contains("unknown-key"));
    for name in CRATES {
        let directory = place.join(format!("{name}-{}", env!("CARGO_PKG_VERSION")));
        for file in ["LICENSE-MIT", "LICENSE-APACHE", "README.md"] {
            assert!(directory.join(file).is_file(), "{name} has no {file}");
        }
    }
}
