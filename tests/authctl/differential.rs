//! Compares `authctl` with the real cargo on copies of the same files.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::process::Output;

use toml::de::{DeTable, DeValue};

use super::case::{Case, Expectation, World};
use super::run::output;

/// The cargo that runs these tests.
fn cargo() -> String {
    env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// The values in all credentials files, without empty tables: cargo keeps those, and removing a dotted
/// key removes its table too.
fn meaning(world: &World) -> BTreeMap<String, String> {
    ["home/credentials", "home/credentials.toml"]
        .into_iter()
        .filter_map(|name| Some((name, fs::read_to_string(world.path(name)).ok()?)))
        .map(|(name, text)| {
            let table = DeTable::parse(&text).expect("the credentials are TOML");
            let mut lines = Vec::new();
            flatten("", table.get_ref(), &mut lines);
            lines.sort();
            (name.to_owned(), lines.join("\n"))
        })
        // An empty file is the same as no file.
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// Adds a line for each value in a table, with its path of keys.
fn flatten(prefix: &str, table: &DeTable<'_>, lines: &mut Vec<String>) {
    for (key, value) in table {
        let key = format!("{prefix}.{}", key.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) => flatten(&key, inner, lines),
            other => lines.push(format!("{key} = {}", leaf(other))),
        }
    }
}

/// Formats a value so that its type can be seen.
fn leaf(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("{text:?}"),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| leaf(item.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(table) => {
            let mut lines = Vec::new();
            flatten("", table, &mut lines);
            lines.sort();
            lines.join("; ")
        }
    }
}

/// Runs `cargo logout` with the arguments of a case, without the options that cargo doesn't have.
fn cargo_logout(world: &World, case: &Case) -> Output {
    let ours = ["--force", "--json", "--pretty-json", "-q", "-v", "-vv"];
    let mut command = world.command(cargo(), &case.env);
    let args = case
        .args
        .iter()
        .skip(1)
        .filter(|arg| !ours.contains(&arg.as_str()));
    let tmp = world.directory.path().to_string_lossy().into_owned();
    command.args(args.map(|arg| arg.replace("[TMP]", &tmp)));
    if let Some(cwd) = &case.cwd {
        command.current_dir(world.path(cwd));
    }
    output(command, "")
}

/// Whether standard error contains this.
fn says(output: &Output, what: &str) -> bool {
    String::from_utf8_lossy(&output.stderr).contains(what)
}

/// `authctl` leaves the same values as the real `cargo logout`, and cargo agrees that it is logged out,
/// except in the cases that give a reason for a difference.
#[test]
fn cargo_leaves_the_same() {
    let (mut same, mut differs) = (0, 0);
    for case in Case::all() {
        let Some(expected) = &case.cargo else {
            continue;
        };
        let (ours, theirs) = (case.build(), case.build());
        ours.run(&case, &[]);
        cargo_logout(&theirs, &case);
        let (our_meaning, their_meaning) = (meaning(&ours), meaning(&theirs));
        let after = cargo_logout(&ours, &case);
        let agrees = our_meaning == their_meaning && says(&after, "not currently logged in");
        let after = String::from_utf8_lossy(&after.stderr);
        let name = &case.name;
        match expected {
            Expectation::Same => {
                assert_eq!(our_meaning, their_meaning, "{name}");
                assert!(agrees, "{name}: cargo then says: {after}");
                same += 1;
            }
            Expectation::Differs { differs: reason } => {
                assert!(!agrees, "{name}: no longer differs: {reason}");
                differs += 1;
            }
        }
    }
    println!("{same} cases are the same as with cargo, {differs} differ");
    assert!(same >= 20 && differs > 0);
}

/// Runs `authctl` with a registry `mine` in cargo's configuration.
fn authctl(world: &World, args: &[&str], stdin: &str) -> Output {
    world.write(
        "home/config.toml",
        b"[registries.mine]\nindex = \"sparse+https://mine.example/\"\n",
    );
    output(world.authctl(args), stdin)
}

/// Cargo finds the token that `authctl` saves, and no longer finds it after the logout.
#[test]
fn cargo_sees_login_and_logout() {
    let registries = ["crates-io", "mine"];
    for registry in registries {
        let world = World::new();
        let cargo_logout = || {
            let mut command = world.command(cargo(), &BTreeMap::new());
            command.args(["logout", "--registry", registry]);
            output(command, "")
        };
        let login = ["cargo", "login", "--registry", registry];
        let logout = ["cargo", "logout", "--force", "--registry", registry];

        assert!(authctl(&world, &login, "SECRET-one\n").status.success());
        assert!(says(&cargo_logout(), "has been removed"), "{registry}");

        assert!(authctl(&world, &login, "SECRET-two\n").status.success());
        let out = authctl(&world, &logout, "");
        assert!(says(&out, "removed the token"), "{registry}");
        assert!(
            says(&cargo_logout(), "not currently logged in"),
            "{registry}"
        );
    }
    println!("two logins and two logouts at each of {registries:?}, checked with the real cargo");
}
