//! Unusual places: no home directory, no current directory, ten thousand sessions, and endless files.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::case::World;
use super::run::{Run, run};
use super::user::{USER, give, root_runs_this};

/// A command that runs `authctl status --json` without the variables `HOME` and `CARGO_HOME`.
fn without_home(world: &World) -> Command {
    let mut command = world.authctl(&["status", "--json"]);
    // Only commands that write nothing may run like this, because they use the real home directory.
    command.env_remove("HOME").env_remove("CARGO_HOME");
    command
}

/// Without `HOME`, the home directory is taken from the password database, as in cargo and Node.js.
#[test]
fn the_home_directory_may_come_from_the_password_database() {
    let shown = Command::new("sh")
        .args(["-c", "eval echo ~$(id -un)"])
        .output()
        .expect("sh");
    let home = String::from_utf8(shown.stdout).expect("a path");
    let world = World::new();
    let output = without_home(&world).output().expect("a run");
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let places = result["places"].as_array().expect("a list");
    for file in [
        ".cargo/credentials",
        ".ably/config",
        ".config/.btp/config.json",
    ] {
        let path = format!("{}/{file}", home.trim_end());
        let is_it = |place: &&Value| {
            place["place"]
                .as_str()
                .is_some_and(|place| place.starts_with(&path))
        };
        assert_eq!(places.iter().filter(is_it).count(), 1, "{path}: {result}");
    }
    println!("all places are in {}", home.trim_end());
}

/// A user without an entry in the password database has no home directory, which all systems report.
#[test]
fn a_user_may_have_no_home_directory() {
    if !root_runs_this("be a user without an entry in the password database") {
        return;
    }
    let world = World::new();
    give(&world);
    let mut command = without_home(&world);
    command.uid(USER).gid(USER);
    let output = command.output().expect("a run");
    assert_eq!(output.status.code(), Some(4));
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let problems = result["problems"].as_array().expect("a list");
    let says = |problem: &Value| {
        problem["message"]
            .as_str()
            .is_some_and(|text| text.contains("home directory"))
    };
    assert_eq!(
        problems.iter().filter(|problem| says(problem)).count(),
        3,
        "{result}"
    );
    for (args, variable) in [
        (&["cargo", "logout", "--force"][..], "CARGO_HOME"),
        (
            &["ably", "accounts", "logout", "--force"],
            "ABLY_CLI_CONFIG_DIR",
        ),
        (&["btp", "logout", "--force"], "XDG_CONFIG_HOME"),
    ] {
        let mut command = world.authctl(args);
        command
            .env_remove("HOME")
            .env_remove("CARGO_HOME")
            .uid(USER)
            .gid(USER);
        let Run { code, said, .. } = run(command);
        assert_eq!(code, Some(1), "{said}");
        let found = said.contains("can't find your home directory") && said.contains(variable);
        assert!(found, "{said}");
    }
}

/// A current directory that has been removed matters only for relative paths.
#[test]
fn the_current_directory_may_be_gone() {
    let world = World::new();
    world.write(
        "home/credentials.toml",
        b"[registry]\ntoken = \"SECRET-c\"\n",
    );
    world.write(
        "user/.ably/config",
        b"[accounts.a]\naccessToken = \"SECRET-a\"\n",
    );
    world.write("user/.config/.btp/config.json", b"{\"UserName\":\"ann\"}");
    let gone = |args: &[&str], home: &str| {
        let program = world.program();
        let line = "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" \"$@\"";
        let mut command = world.command("sh", &Default::default());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.args(["-c", line]).arg(program).args(args);
        if home == "relative" {
            command.env("CARGO_HOME", home);
        }
        run(command)
    };
    let status = gone(&["status", "--json"], "");
    let result: Value = serde_json::from_str(&status.stdout).expect("JSON");
    assert_eq!(
        result["sessions"].as_array().map(Vec::len),
        Some(3),
        "{result}"
    );
    let relative = gone(&["cargo", "status"], "relative");
    assert!(
        relative.said.contains("can't find the current directory"),
        "{}",
        relative.said
    );
    let logout = gone(&["logout", "--all", "--force"], "");
    assert_eq!(logout.code, Some(0), "{}", logout.said);
    assert_eq!(gone(&["status", "--check"], "").code, Some(0));
}

/// Ten thousand sessions are shown and removed.
#[test]
fn ten_thousand_sessions() {
    const COUNT: usize = 10_000;
    let world = World::new();
    for at in 0..COUNT {
        let directory = world.path(&format!("user/.cache/.btp/{at:032x}"));
        fs::create_dir_all(&directory).expect("a directory");
        fs::write(directory.join("session"), "SECRET-s").expect("a file");
    }
    let status = run(world.authctl(&["status", "--json"]));
    let result: Value = serde_json::from_str(&status.stdout).expect("JSON");
    assert_eq!(result["sessions"].as_array().map(Vec::len), Some(COUNT));
    let logout = run(world.authctl(&["logout", "btp", "--force", "--json"]));
    assert_eq!(logout.code, Some(0), "{}", logout.said);
    assert_eq!(
        fs::read_dir(world.path("user/.cache/.btp"))
            .expect("a directory")
            .count(),
        0
    );
}

/// The size of a backup of cargo's credentials is limited, and so is the number of files that include
/// one another.
#[test]
fn nothing_is_read_without_end() {
    let world = World::new();
    world.write(
        "home/credentials.toml",
        b"[registry]\ntoken = \"SECRET-c\"\n",
    );
    let backup = world.path("home/credentials.toml.authctl-backup");
    let file = File::create(&backup).expect("a file");
    file.set_len(1 << 40).expect("a sparse file");
    for args in [
        &["status"][..],
        &["cargo", "logout", "--force"],
        &["logout", "--all", "--force"],
    ] {
        let mut command = world.authctl(args);
        command.stdin(Stdio::null());
        let Run { code, said, .. } = run(command);
        assert_ne!(code, Some(0), "{said}");
        assert!(said.contains("authctl-backup` is too large"), "{said}");
    }
    let left = fs::read_to_string(world.path("home/credentials.toml")).expect("the file");
    assert!(left.contains("SECRET-c"), "nothing changes on an error");

    let world = World::new();
    for at in 0..5_000 {
        let next = format!("include = [\"c{}.toml\"]\n", at + 1);
        world.write(&format!("home/c{at}.toml"), next.as_bytes());
    }
    world.write("home/credentials.toml", b"include = [\"c0.toml\"]\n");
    let Run { code, said, .. } = run(world.authctl(&["cargo", "status"]));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("more than 100 files are included"), "{said}");
}
