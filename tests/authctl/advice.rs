//! Runs every command that a message or a result suggests, to show that the advice works.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use toml::de::DeTable;

use super::case::{Case, World};
use super::run::output;

/// The programs whose commands are suggested and can be run here.
const PROGRAMS: [&str; 3] = ["authctl", "cargo", "chmod"];

/// A credential provider that accepts cargo's requests (see cargo's reference, "Credential Provider
/// Protocol").
const PROVIDER: &str = r#"#!/bin/sh
echo '{"v":[1]}'
read -r request
case "$request" in
*'"kind":"login"'*) echo '{"Ok":{"kind":"login"}}' ;;
*) echo '{"Ok":{"kind":"logout"}}' ;;
esac
"#;

/// A credential provider that is built into cargo, but needs a library that may not be installed.
const LIBSECRET: &str = "cargo:libsecret";

/// The commands that are in backquotes in a string.
fn commands(text: &str) -> BTreeSet<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    let is_command = |quoted: &&str| {
        let mut words = quoted.split(' ');
        words
            .next()
            .is_some_and(|program| PROGRAMS.contains(&program))
            && words.next().is_some()
    };
    quoted.filter(is_command).map(str::to_owned).collect()
}

/// What a run printed: its standard output, then its standard error.
fn printed(output: &Output) -> String {
    let texts = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    texts.concat()
}

/// Creates a directory with authctl and a credential provider for each of these names.
fn programs(world: &World, providers: &[String]) -> PathBuf {
    let directory = world.path("programs");
    fs::create_dir_all(&directory).expect("a directory");
    let _ = symlink(world.program(), directory.join("authctl"));
    for name in providers {
        let path = directory.join(name);
        fs::write(&path, PROVIDER).expect("a program");
        fs::set_permissions(&path, Permissions::from_mode(0o755)).expect("a mode");
    }
    directory
}

/// Runs a command in the world of a case with a shell.
fn shell(world: &World, case: &Case, command: &str, providers: &[String]) -> Output {
    let programs = programs(world, providers);
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let cargo = Path::new(&cargo)
        .parent()
        .unwrap_or(Path::new(""))
        .to_owned();
    let path = std::env::var("PATH").unwrap_or_default();
    let path = [
        &programs.display().to_string(),
        &cargo.display().to_string(),
        &path,
    ]
    .map(|path| path.replace(':', "\\:"))
    .join(":");
    let mut shell: Command = world.command("sh", &case.env);
    shell
        .env("PATH", path.replace("\\:", ":"))
        .arg("-c")
        .arg(command);
    if let Some(cwd) = &case.cwd {
        shell.current_dir(world.path(cwd));
    }
    output(shell, "SECRET-typed\n")
}

/// The sessions that `authctl status` reports in the world of a case.
fn sessions(world: &World, case: &Case) -> Vec<Value> {
    let output = shell(world, case, "authctl status --json", &[]);
    let result: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    result["sessions"].as_array().cloned().unwrap_or_default()
}

/// Completes a command as a user would: confirms a logout, and replaces the placeholder `ALIAS`.
fn completed(command: &str, text: &str) -> String {
    let (_, after) = text.split_once("to select one of `").unwrap_or_default();
    match command {
        "authctl ably accounts switch ALIAS" => {
            let alias = after.split('`').next().unwrap_or_default();
            command.replace("ALIAS", &format!("'{alias}'"))
        }
        command if command.starts_with("authctl") && command.contains("logout") => {
            format!("{command} --force")
        }
        command => command.to_owned(),
    }
}

/// Runs each command that a case suggests, after that case. No command is invalid, names something
/// unknown or fails; those of cargo and chmod exit with 0.
#[test]
fn suggested_commands_work() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in Case::all() {
        let world = case.build();
        let text = printed(&world.run(&case, &[]));
        for command in commands(&text) {
            let world = case.build();
            world.run(&case, &[]);
            let names: Vec<String> = sessions(&world, &case)
                .iter()
                .filter(|session| session["source"] == "credential-provider")
                .flat_map(|session| session["place"].as_str().unwrap_or_default().split(", "))
                .map(str::to_owned)
                .collect();
            if command.starts_with("cargo") && names.iter().any(|name| name == LIBSECRET) {
                *counts.entry(format!("not run: {LIBSECRET}")).or_default() += 1;
                continue;
            }
            let line = completed(&command, &text);
            let output = shell(&world, &case, &line, &names);
            let code = output.status.code().unwrap_or(-1);
            let right = match command.starts_with("authctl") {
                true => [0, 3, 4, 6, 7].contains(&code),
                false => code == 0,
            };
            if !right {
                wrong.push(format!(
                    "{}: {line}: {code}: {}",
                    case.name,
                    printed(&output)
                ));
            }
            let words: Vec<&str> = command
                .split(' ')
                .take_while(|word| !word.starts_with('-'))
                .collect();
            *counts.entry(words.join(" ")).or_default() += 1;
        }
    }
    println!("{counts:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(counts.len() > 8, "{counts:?}");
}

/// Every remedy is possible: the variable to unset is set, and its session needs it; the key to remove
/// is in the file.
#[test]
fn remedies_work() {
    let (mut unset, mut keys) = (0, 0);
    for mut case in Case::all() {
        let world = case.build();
        for session in sessions(&world, &case) {
            let place = session["place"].as_str().unwrap_or_default().to_owned();
            let remedy = session["remedy"].as_str().unwrap_or_default().to_owned();
            let name = format!("{}: {remedy}", case.name);
            if let Some(variable) = remedy.strip_prefix("unset ") {
                assert_eq!(variable, place, "{name}");
                let old = case.env.remove(variable).expect("the variable");
                let is_there = |each: &Value| each["place"] == *place;
                assert!(!sessions(&world, &case).iter().any(is_there), "{name}");
                case.env.insert(variable.to_owned(), old);
                unset += 1;
            } else if let Some((key, file)) = remedy
                .strip_prefix("remove `")
                .and_then(|rest| rest.split_once("` from "))
            {
                let text =
                    fs::read_to_string(file).unwrap_or_else(|error| panic!("{name}: {error}"));
                let root = DeTable::parse(&text).expect("TOML");
                let mut table = root.get_ref();
                let parts: Vec<&str> = key.split('.').collect();
                let (last, tables) = parts.split_last().expect("a key");
                for part in tables {
                    table = table
                        .get(*part)
                        .and_then(|value| value.get_ref().as_table())
                        .expect(&name);
                }
                assert!(table.contains_key(*last), "{name}");
                keys += 1;
            }
        }
    }
    println!("{unset} variables unset, {keys} keys looked up");
    assert!(unset > 10 && keys > 5);
}
