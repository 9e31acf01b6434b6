//! The way of a new user: the script is installed, authctl completes, and the script is removed.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clapspec_runtime::complete::Shell;

use super::shells::Home;
use super::support::target;
use super::terminal::PATIENT;
use super::{build_from, in_parallel, installed};

const AUTHCTL: &str = env!("CARGO_BIN_EXE_authctl");

/// Runs authctl with the home directory of a shell.
fn authctl(home: &Home, arguments: &[&str]) -> Output {
    Command::new(AUTHCTL)
        .args(arguments)
        .env_clear()
        .env("HOME", home.directory.path())
        .envs(home.variables.iter().map(|(name, value)| (name, value)))
        .current_dir(home.path("work"))
        .output()
        .expect("authctl runs")
}

fn message(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files below a directory.
fn files(directory: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(directory).expect("a directory").flatten() {
        let path = entry.path();
        match entry.file_type().expect("a type").is_dir() {
            true => found.extend(files(&path)),
            false => drop(found.insert(path)),
        }
    }
    found
}

/// What a shell offers after `--install` and the printed advice, and what is left after `--uninstall`.
fn new_user(shell: Shell) -> Result<(), String> {
    let mut home = Home::new(shell);
    home.quiet = PATIENT;
    home.add_program("authctl", AUTHCTL.as_ref());
    let before = files(home.directory.path());
    let output = authctl(&home, &["completions", shell.name(), "--install"]);
    let said = message(&output);
    if !output.status.success() {
        return Err(said);
    }
    // The line to add is indented.
    let line = said.lines().find_map(|line| line.strip_prefix("    "));
    let added = files(home.directory.path());
    if added.difference(&before).count() != 1 {
        return Err(format!("not one file was added: {added:?}"));
    }
    home.lines = line.map_or_else(String::new, |line| format!("{line}\n"));
    let mut terminal = home.start();
    terminal.type_keys("authctl cargo logo");
    terminal.tab();
    terminal.settle();
    terminal.close_menu();
    if terminal.line().trim_end() != "authctl cargo logout" {
        return Err(format!("{said}\n{}", terminal.screen()));
    }
    drop(terminal);
    let again = authctl(&home, &["completions", shell.name(), "--install"]);
    if !message(&again).contains("up to date") {
        return Err(message(&again));
    }
    let output = authctl(&home, &["completions", shell.name(), "--uninstall"]);
    let left = files(home.directory.path());
    // Only what the shell and the test wrote may be left.
    let left: Vec<_> = left
        .iter()
        .filter(|path| path.to_string_lossy().contains("authctl"))
        .collect();
    let program = home.path("bin/authctl");
    match output.status.success() && left == [&program] {
        true => Ok(()),
        false => Err(format!("{left:?}\n{}", message(&output))),
    }
}

#[test]
fn authctl_completes_after_its_own_advice() {
    let problems = in_parallel(installed(), |&shell| {
        let result = new_user(shell).err();
        result
            .map(|why| format!("{}: {why}", shell.name()))
            .into_iter()
            .collect()
    });
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn a_file_of_others_is_kept() {
    for shell in Shell::ALL {
        let home = Home::new(shell);
        authctl(&home, &["completions", shell.name(), "--install"]);
        let file = files(home.directory.path()).pop_first().expect("a file");
        fs::write(&file, "mine").expect("written");
        for option in ["--install", "--uninstall"] {
            let output = authctl(&home, &["completions", shell.name(), option]);
            assert_eq!(output.status.code(), Some(1), "{}", message(&output));
            assert!(message(&output).contains("was not made by this command"));
            assert_eq!(fs::read_to_string(&file).expect("a file"), "mine");
        }
    }
}

#[test]
fn a_link_stays_a_link() {
    let home = Home::new(Shell::Fish);
    let target = home.path("dotfiles");
    fs::write(
        &target,
        "# made by clapspec for `authctl`, in another version",
    )
    .expect("written");
    home.write(".config/fish/completions/other", "");
    let link = home.path(".config/fish/completions/authctl.fish");
    symlink(&target, &link).expect("linked");
    let output = authctl(&home, &["completions", "fish", "--install"]);
    assert!(output.status.success(), "{}", message(&output));
    assert!(link.is_symlink());
    assert!(
        fs::read_to_string(&target)
            .expect("a file")
            .contains("complete -c authctl")
    );
}

#[test]
fn without_a_usable_home_nothing_is_written() {
    for value in ["", "relative"] {
        let mut home = Home::new(Shell::Fish);
        home.variables.push(("HOME".to_owned(), value.into()));
        let output = authctl(&home, &["completions", "fish", "--install"]);
        assert_eq!(output.status.code(), Some(1), "{}", message(&output));
        assert_eq!(files(&home.path("work")).len(), 0);
    }
}

#[test]
fn a_name_is_not_code() {
    for name in [
        "a b",
        "$(touch hit)",
        "-x",
        "",
        "a;b",
        "../x",
        ".",
        "..",
        "é",
    ] {
        let home = Home::new(Shell::Bash);
        for option in [&["--install"][..], &[]] {
            let name = format!("--name={name}");
            let arguments = [&["completions", "bash", &name], option].concat();
            let output = authctl(&home, &arguments);
            assert_eq!(
                output.status.code(),
                Some(1),
                "{name}: {}",
                message(&output)
            );
            assert!(output.stdout.is_empty() && files(home.directory.path()).is_empty());
        }
    }
}

/// A path with spaces, quotes and signs in the advice is still one path.
#[test]
fn advice_works_for_any_home() {
    let shells = installed().iter();
    let shells: Vec<_> = shells
        .filter(|shell| matches!(shell, Shell::Bash | Shell::Zsh))
        .collect();
    let problems = in_parallel(&shells, |&shell| {
        let mut home = Home::new(*shell);
        let data = home.path("it's $HOME; `here`");
        home.quiet = PATIENT;
        home.add_program("authctl", AUTHCTL.as_ref());
        home.variables
            .push(("XDG_DATA_HOME".to_owned(), data.into()));
        let output = authctl(&home, &["completions", shell.name(), "--install"]);
        let said = message(&output);
        let line = said.lines().find_map(|line| line.strip_prefix("    "));
        home.lines = format!("{}\n", line.expect("a line"));
        let mut terminal = home.start();
        terminal.type_keys("authctl cargo logo");
        terminal.tab();
        match terminal.line().trim_end() {
            "authctl cargo logout" => Vec::new(),
            _ => vec![format!("{said}\n{}", terminal.screen())],
        }
    });
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// Scripts are small, whatever the program is, and contain nothing of its spec but its name.
#[test]
fn scripts_are_small_and_without_texts() {
    for shell in Shell::ALL {
        let script = shell.script("demo", "demo");
        assert!(
            script.len() < 4000,
            "{}: {} bytes",
            shell.name(),
            script.len()
        );
        assert_eq!(
            script.replace("demo", "other"),
            shell.script("other", "other")
        );
        println!("{}: {} bytes", shell.name(), script.len());
        // Names that differ in one sign have different functions.
        let functions = |name: &str| {
            let script = shell.script("demo", name);
            let lines = script.lines().filter(|line| line.contains("_clapspec_"));
            lines.map(str::to_owned).collect::<BTreeSet<_>>()
        };
        assert!(functions("x-y").is_disjoint(&functions("x_y")));
    }
}

/// A script of another program is not replaced, even if it has the same name.
#[test]
fn a_script_of_another_program_is_kept() {
    let home = Home::new(Shell::Fish);
    let file = home.path(".config/fish/completions/authctl.fish");
    let script = Shell::Fish.script("demo", "authctl");
    home.write(".config/fish/completions/authctl.fish", &script);
    for option in ["--install", "--uninstall"] {
        let output = authctl(&home, &["completions", "fish", option]);
        assert_eq!(output.status.code(), Some(1), "{}", message(&output));
        assert_eq!(fs::read_to_string(&file).expect("a file"), script);
    }
}

/// Runs `completions` in a home directory that has nothing else. Returns what it says, and the number of files
/// and directories there.
fn run(program: &Path, home: &Path, arguments: &[&str]) -> (String, usize) {
    let mut command = Command::new(program);
    command.arg("completions").args(arguments);
    let output = command.env_clear().env("HOME", home).output();
    let output = output.expect("the program runs");
    assert!(output.status.success(), "{}", message(&output));
    let said = message(&output).replace(home.to_str().expect("a path"), "[HOME]");
    (said, fs::read_dir(home).expect("a directory").count())
}

/// Neither files nor directories are left, where there were none before. The user sees what happened.
#[test]
fn uninstall_leaves_nothing() {
    let mut all = String::new();
    for shell in Shell::ALL {
        let home = tempfile::tempdir().expect("a directory");
        for (option, left) in [
            ("--uninstall", false),
            ("--install", true),
            ("--install", true),
            ("--uninstall", false),
        ] {
            let (said, count) = run(AUTHCTL.as_ref(), home.path(), &[shell.name(), option]);
            all += &format!("$ authctl completions {} {option}\n{said}\n", shell.name());
            assert_eq!(count > 0, left, "{}", shell.name());
        }
    }
    insta::assert_snapshot!("completions_messages", all);
}

/// With `--dry-run`, nothing changes, and the user sees what would.
#[test]
fn a_dry_run_changes_nothing() {
    let spec = "name: dry\nversion: 1.0.0\nabout: A program that can try\ncompletions: true\n\
        exit-codes:\n  success: { code: 0, help: Done }\n  failure: { code: 1, help: Failed }\n\
        options:\n  dry-run: { role: dry-run, help: Only say what would be done }\n\
        commands:\n  clean: { about: Remove files }\n";
    let main = "mod cli;\n\nuse clapspec_runtime::{Done, Ended};\n\nstruct Dry;\n\n\
        impl cli::Handlers for Dry {\n    \
        fn clean(&mut self, _: cli::CleanArgs) -> Ended<cli::DryExit> {\n        \
        Ok(Done::from(cli::DryExit::Success))\n    }\n}\n\n\
        fn main() -> std::process::ExitCode {\n    let mut setup = clapspec_runtime::Setup::new();\n    \
        if std::env::var_os(\"ISOLATED\").is_some() {\n        setup = setup.isolated();\n    }\n    \
        cli::run_with(&mut Dry, &setup)\n}\n";
    let program = build_from("dry", spec, main, &target().join("tmp/completions-dry"));
    let home = tempfile::tempdir().expect("a directory");
    let mut all = String::new();
    for (arguments, left) in [
        (&["zsh", "--install", "--dry-run"][..], false),
        (&["zsh", "--uninstall", "--dry-run"], false),
        (&["zsh", "--install"], true),
        (&["zsh", "--install", "--dry-run"], true),
        (&["zsh", "--uninstall", "--dry-run"], true),
        (&["zsh", "--uninstall"], false),
    ] {
        let (said, count) = run(&program, home.path(), arguments);
        all += &format!("$ dry completions {}\n{said}\n", arguments.join(" "));
        assert_eq!(count > 0, left, "{arguments:?}");
    }
    insta::assert_snapshot!("completions_dry_run", all);
    // An isolated program doesn't look for a home directory.
    let mut isolated = Command::new(&program);
    isolated
        .args(["completions", "zsh", "--install"])
        .env_clear();
    isolated.env("HOME", home.path()).env("ISOLATED", "1");
    let output = isolated.output().expect("the program runs");
    assert_eq!(message(&output), "error: there is no home directory\n");
    assert_eq!(fs::read_dir(home.path()).expect("a directory").count(), 0);
}
