//! Builds packages that use clapspec, with a build script or with committed generated code.

mod builders;
mod contract;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::{self, book, cargo, root, target};

const HANDLERS: &str = "\
use std::process::ExitCode;

struct Tool;

impl cli::Handlers for Tool {
    type Output = ExitCode;

    fn first(&mut self, args: cli::FirstArgs) -> ExitCode {
        println!(\"first: {}\", args.name);
        ExitCode::SUCCESS
    }
}

fn main() -> ExitCode {
    cli::run(&mut Tool)
}
";

const HELLO: &str = "
impl Tool {
    fn greet(&self) -> ExitCode {
        println!(\"hello\");
        ExitCode::from(7)
    }
}
";

/// A package in a temporary directory.
struct Package(TempDir);

impl Package {
    fn new() -> Self {
        let package = Self(tempfile::tempdir().expect("a directory"));
        package.write(
            "spec/cli.yaml",
            "name: tool\nversion: cargo\nabout: A tool\ndate: 2026-01-31\n",
        );
        package.write(
            "spec/commands/first.yaml",
            "about: The first command\narguments: { name: { required: true, help: A name } }\n",
        );
        fs::copy(root().join("Cargo.lock"), package.path().join("Cargo.lock")).expect("copied");
        package
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().expect("a directory")).expect("created");
        fs::write(path, text).expect("written");
    }

    fn manifest(&self, build: &str) {
        let runtime = root().join("runtime");
        self.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"tool\"\nversion = \"3.2.1\"\nedition = \"2024\"\n\n[workspace]\n\n\
                 [dependencies]\nclapspec-runtime = {{ path = {runtime:?} }}\n{build}"
            ),
        );
    }

    /// A package with the `build.rs` from the README.
    fn with_build_script() -> Self {
        let package = Self::new();
        let codegen = root().join("codegen");
        package.manifest(&format!(
            "\n[build-dependencies]\nclapspec = {{ path = {codegen:?} }}\n"
        ));
        package.write(
            "build.rs",
            "fn main() {\n    clapspec::Builder::new(\"spec\").build();\n}\n",
        );
        package.main(HANDLERS);
        package
    }

    fn main(&self, handlers: &str) {
        let include = "mod cli {\n    include!(concat!(env!(\"OUT_DIR\"), \"/cli.rs\"));\n}\n\n";
        self.write("src/main.rs", &format!("{include}{handlers}"));
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut command = cargo();
        command
            .args(arguments)
            .args(["--offline", "--color", "never"])
            .current_dir(self.path());
        command.env("CARGO_TARGET_DIR", target().join("harness"));
        command.output().expect("cargo runs")
    }

    fn tool(&self, arguments: &[&str]) -> Output {
        let program = target().join("harness/debug/tool");
        Command::new(program)
            .args(arguments)
            .output()
            .expect("the tool runs")
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The checks run in one test, since the packages share a name and a target directory.
#[test]
fn packages_build_and_run() {
    a_new_command_needs_a_handler();
    contract::the_compiler_enforces_the_contract();
    spec_errors_look_like_rustc_errors();
    a_description_needs_a_feature();
    builders::builders_must_write_different_files();
    builders::build_scripts_can_inspect_findings();
    builders::an_unread_option_is_a_warning();
    builders::committed_code_is_checked();
    committed_code_needs_no_generator();
    the_readme_program_builds_and_runs();
    tutorial_and_guide_programs_build_and_run();
    contract_chapters_build_and_run();
}

/// After a command file is added, the build fails and names the missing handler. With that handler, the
/// program builds and runs.
fn a_new_command_needs_a_handler() {
    let package = Package::with_build_script();
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));
    assert_eq!(stdout(&package.tool(&["first", "x"])), "first: x\n");
    assert_eq!(stdout(&package.tool(&["--version"])), "tool 3.2.1\n");

    package.write("spec/commands/hello.yaml", "about: Say hello\n");
    let built = package.cargo(&["build"]);
    let errors = stderr(&built);
    assert!(!built.status.success());
    assert!(
        errors.contains("not all trait items implemented, missing: `hello`"),
        "{errors}"
    );

    let method = "    fn hello(&mut self, _: cli::HelloArgs) -> ExitCode {\n        self.greet()\n    }\n\n    fn first";
    package.main(&(HANDLERS.replacen("    fn first", method, 1) + HELLO));
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));
    let run = package.tool(&["hello"]);
    assert_eq!(
        (stdout(&run), run.status.code()),
        ("hello\n".to_owned(), Some(7))
    );
    assert!(stdout(&package.tool(&["hello", "--help"])).starts_with("Say hello\n"));
}

/// An error in the spec fails the build. The message has its position, and no panic or backtrace.
fn spec_errors_look_like_rustc_errors() {
    let package = Package::with_build_script();
    package.write("spec/commands/first.yaml", "abuot: The first command\n");
    let built = package.cargo(&["build"]);
    let errors = stderr(&built);
    assert!(!built.status.success());
    assert!(
        errors.contains("error[unknown-key]: a command has no key `abuot`"),
        "{errors}"
    );
    assert!(
        errors.contains("--> spec/commands/first.yaml:1:1"),
        "{errors}"
    );
    assert!(
        !errors.contains("panicked") && !errors.contains("RUST_BACKTRACE"),
        "{errors}"
    );
}

/// A spec with `describe: true` needs a feature of the generator, and the error says how to add it.
fn a_description_needs_a_feature() {
    let package = Package::with_build_script();
    let spec = fs::read_to_string(package.path().join("spec/cli.yaml")).expect("a spec");
    package.write("spec/cli.yaml", &(spec + "describe: true\n"));
    let built = package.cargo(&["build"]);
    let errors = stderr(&built);
    assert!(!built.status.success());
    let message = "`describe` needs the feature `describe` of the crate `clapspec`";
    assert!(errors.contains(message), "{errors}");
    assert!(errors.contains("--> spec/cli.yaml:5:"), "{errors}");

    let manifest = fs::read_to_string(package.path().join("Cargo.toml")).expect("a manifest");
    let codegen = format!("{:?} }}", root().join("codegen"));
    let with_feature = codegen.replace(" }", ", features = [\"describe\"] }");
    package.write("Cargo.toml", &manifest.replace(&codegen, &with_feature));
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));
    let described = package.tool(&["--clapspec-describe"]);
    let described = clapspec::description::Description::from_json(&stdout(&described));
    let version = described.expect("a description").version;
    assert_eq!(version.as_deref(), Some("3.2.1"));
}

/// Committed generated code builds with only clap and the runtime.
fn committed_code_needs_no_generator() {
    let package = Package::new();
    package.manifest("");
    let status = support::clapspec()
        .args(["generate", "spec", "--out", "generated"])
        .current_dir(package.path())
        .status();
    assert!(status.expect("clapspec runs").success());
    package.write(
        "src/main.rs",
        &format!("#[path = \"../generated/cli.rs\"]\nmod cli;\n\n{HANDLERS}"),
    );
    let built = package.cargo(&["build"]);
    assert!(built.status.success(), "{}", stderr(&built));
    assert_eq!(stdout(&package.tool(&["first", "y"])), "first: y\n");

    let tree = stdout(&package.cargo(&["tree", "--prefix", "none", "--edges", "all"]));
    for heavy in ["clapspec ", "serde", "syn ", "quote", "granit"] {
        assert!(!tree.contains(heavy), "{heavy} is built:\n{tree}");
    }
    if support::has("rustfmt") {
        let check = Command::new("rustfmt")
            .args(["--check", "--edition", "2024", "src/main.rs"])
            .current_dir(package.path())
            .output()
            .expect("rustfmt runs");
        assert!(check.status.success(), "{}", stdout(&check));
    }
}

/// `clapspec new` creates the files that the README shows. They build, their test passes, and the program prints
/// what is expected. The program without a generator in its build does the same.
fn the_readme_program_builds_and_runs() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let steps = readme
        .split("## Use it in a program of your own")
        .nth(1)
        .expect("the section");
    let shown = support::blocks(steps);
    assert_eq!(shown.len(), 6);
    for committed in [false, true] {
        let directory = tempfile::tempdir().expect("a directory");
        let package = directory.path().join("tool");
        let mut new = support::clapspec();
        new.args(["new", "tool", "--clapspec"])
            .arg(root())
            .args(committed.then_some("--committed"));
        let output = new
            .current_dir(directory.path())
            .output()
            .expect("clapspec runs");
        assert!(output.status.success(), "{}", stderr(&output));
        for (name, text) in shown.iter().filter(|_| !committed) {
            let file = fs::read_to_string(package.join(name)).expect("the file");
            let file = match name.as_str() {
                "Cargo.toml" => with_shown_paths(&file),
                _ => file,
            };
            // The first line is a comment with the file's name.
            let (_, text) = text.split_once('\n').expect("a line");
            assert!(file.ends_with(text), "{name}:\n{file}\nand\n{text}");
        }
        fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("copied");
        let cargo = |arguments: &[&str]| {
            let mut command = cargo();
            command.args(arguments).current_dir(&package);
            command.env("CARGO_NET_OFFLINE", "true");
            command.env("CARGO_TARGET_DIR", target().join("harness"));
            let output = command.output().expect("cargo runs");
            assert!(
                output.status.success(),
                "{}{}",
                stdout(&output),
                stderr(&output)
            );
            stdout(&output)
        };
        if !committed {
            assert!(cargo(&["test"]).contains("1 passed"));
        }
        assert_eq!(
            cargo(&["run", "--", "hello", "Ann", "-l"]),
            "Hello Ann!!!\n"
        );
        assert_eq!(cargo(&["run", "--", "--version"]), "tool 0.1.0\n");
        if support::has("cargo-fmt") {
            cargo(&["fmt", "--check"]);
        }
        if !committed && support::has("cargo-clippy") {
            cargo(&["clippy", "--all-targets", "--", "--deny", "warnings"]);
        }
    }
}

/// Replaces the paths of clapspec's packages by those that the README shows.
fn with_shown_paths(manifest: &str) -> String {
    let path = regex_lite::Regex::new(r#"path = "[^"]*/(codegen|runtime)""#).expect("a pattern");
    path.replace_all(manifest, "path = \"../clapspec/$1\"")
        .into_owned()
}

/// Replaces the relative paths of the clapspec packages by absolute ones, since the test packages are in
/// temporary directories.
fn with_real_paths(text: &str) -> String {
    let (codegen, runtime) = (root().join("codegen"), root().join("runtime"));
    text.replace("\"../clapspec/codegen\"", &format!("{codegen:?}"))
        .replace("\"../clapspec/runtime\"", &format!("{runtime:?}"))
}

/// The programs of the tutorial and the guides build, and each command prints what the page shows.
fn tutorial_and_guide_programs_build_and_run() {
    for page in book::pages() {
        if page.is_a_package() {
            program_of_page_builds_and_runs(&page);
        }
    }
}

fn program_of_page_builds_and_runs(page: &book::Page) {
    let mut shell = book_shell();
    symlink(target().join("harness"), shell.path().join("target")).expect("a link");
    let (mut files, mut lines, mut wrong) = (0, 0, Vec::new());
    for block in book::blocks(&page.text) {
        match block {
            book::Block::File(name, text) if name == "Cargo.toml" => {
                // The temporary directory may be inside another workspace.
                shell.write(&name, &(with_real_paths(&text) + "\n[workspace]\n"));
                files += 1;
            }
            book::Block::File(name, text) => {
                shell.write(&name, &text);
                files += 1;
            }
            book::Block::Console(typed) => {
                for typed in typed {
                    let skip = typed.line.starts_with("cargo install")
                        || typed.program() == "man" && !support::has("man");
                    if !skip {
                        lines += 1;
                        wrong.extend(shell.try_line(&page.name, &typed));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        files > 0 && lines > 0,
        "{}: {files} files, {lines} command lines",
        page.name
    );
}

/// Each chapter of the contract shows a spec and its handlers. They build, and each command prints what
/// the chapter shows.
fn contract_chapters_build_and_run() {
    let (mut lines, mut wrong) = (0, Vec::new());
    let pages = book::pages();
    for page in pages.iter().filter(|it| it.name.starts_with("contract/")) {
        let mut shell = book_shell();
        shell.variable("XDG_CONFIG_HOME", shell.path().join(".config"));
        shell.variable("XDG_CONFIG_DIRS", shell.path().join("none"));
        shell.write(
            "build.rs",
            "fn main() {\n    clapspec::Builder::new(\"cli.yaml\").build();\n}\n",
        );
        shell.write("Cargo.toml", &manifest(""));
        let blocks = book::blocks(&page.text);
        for block in &blocks {
            match block {
                book::Block::File(name, text) if name == "Cargo.toml" => {
                    shell.write(name, &manifest(text));
                }
                book::Block::File(name, text) => shell.write(name, text),
                book::Block::Console(_) => {}
            }
        }
        let printed = shell.type_line("cargo build --quiet");
        let built = shell.type_line("echo $?") == ["0"];
        assert!(built, "{}: {}", page.name, printed.join("\n"));
        let is_tests = |block: &book::Block| matches!(block, book::Block::File(name, _) if name == "src/tests.rs");
        if blocks.iter().any(is_tests) {
            let printed = shell.type_line("NOTES_JOBS=7 cargo test --quiet 2>&1");
            let passed = printed.iter().any(|line| line.contains("test result: ok"));
            assert!(passed, "{}: {}", page.name, printed.join("\n"));
        }
        shell.program("notes", &target().join("harness/debug/notes"), "");
        for block in &blocks {
            let book::Block::Console(typed) = block else {
                continue;
            };
            for typed in typed {
                lines += 1;
                wrong.extend(shell.try_line(&page.name, typed));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(lines > 20, "{lines} command lines");
}

/// The manifest of a chapter's program, with the dependencies that the chapter shows, or the usual one.
fn manifest(shown: &str) -> String {
    let dependencies = match shown {
        "" => "[dependencies]\nclapspec-runtime = { path = \"../clapspec/runtime\" }\n",
        shown => shown,
    };
    with_real_paths(&format!(
        "[package]\nname = \"notes\"\nversion = \"2.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         {dependencies}\n[build-dependencies]\nclapspec = {{ path = \"../clapspec/codegen\" }}\n"
    ))
}

/// A shell in which `clapspec` and cargo can be run.
fn book_shell() -> book::Shell {
    let mut shell = book::Shell::new();
    fs::copy(root().join("Cargo.lock"), shell.path().join("Cargo.lock")).expect("copied");
    shell.program("clapspec", Path::new(support::clapspec().get_program()), "");
    shell.variable("CARGO_TARGET_DIR", target().join("harness"));
    shell.variable("CARGO_PROFILE_DEV_DEBUG", "0");
    shell.variable("CARGO_NET_OFFLINE", "true");
    shell.variable("CARGO_TERM_COLOR", "never");
    shell
}
