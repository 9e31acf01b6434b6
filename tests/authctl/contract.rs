//! What scripts rely on: results that match their schemas, errors as JSON, and documented exit codes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use jsonschema::Validator;
use serde_json::Value;

use super::case::Case;

/// The schemas in `generated/schema`, by the name of the command. `error` is the schema of errors.
fn schemas() -> BTreeMap<String, Validator> {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("generated/schema");
    let mut schemas = BTreeMap::new();
    for entry in fs::read_dir(directory).expect("the schemas") {
        let path = entry.expect("a schema").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        let schema = fs::read_to_string(&path).expect("a schema");
        let schema: Value = serde_json::from_str(&schema).expect("JSON");
        let validator = jsonschema::draft202012::new(&schema).expect("a schema");
        schemas.insert(name.into_owned(), validator);
    }
    schemas
}

/// The file with the help of a command.
fn help(command: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("generated/help");
    directory.join(format!("{command}.txt"))
}

/// The exit codes that the help of a command lists.
fn exit_codes(command: &str) -> BTreeSet<i32> {
    let help = fs::read_to_string(help(command)).expect("the help");
    let list = help.split("Exit status:\n").nth(1).unwrap_or_default();
    let lines = list.lines().take_while(|line| !line.is_empty());
    lines
        .filter_map(|line| line.split_whitespace().next()?.parse().ok())
        .collect()
}

/// The command that a case runs, as in the names of its generated files.
fn command(case: &Case) -> String {
    let words = case.args.iter().take_while(|word| !word.starts_with('-'));
    let mut name = "authctl".to_owned();
    for word in words {
        let longer = format!("{name}-{word}");
        if !help(&longer).exists() {
            break;
        }
        name = longer;
    }
    name
}

/// Validates a string with a schema.
fn validate(validator: &Validator, text: &str, case: &str) {
    let value: Value = serde_json::from_str(text)
        .unwrap_or_else(|error| panic!("{case}: not JSON: {error}\n{text}"));
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{case}: {errors:?}\n{text}");
}

/// With JSON, a command prints only a result that matches its schema, and every error is an object that
/// matches the schema of errors.
#[test]
fn results_and_errors_match_their_schemas() {
    let schemas = schemas();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let json = |arg: &String| arg == "--json" || arg == "--pretty-json";
    for case in Case::all().iter().filter(|case| case.args.iter().any(json)) {
        let world = case.build();
        let output = world.run(case, &[]);
        let name = command(case);
        let stdout = String::from_utf8(output.stdout).expect("text");
        if !stdout.is_empty() {
            let validator = schemas
                .get(&name)
                .unwrap_or_else(|| panic!("{}: no schema of {name}", case.name));
            validate(validator, &stdout, &case.name);
            *seen.entry(name).or_default() += 1;
        }
        let stderr = String::from_utf8(output.stderr).expect("text");
        for line in stderr.lines() {
            validate(&schemas["error"], line, &case.name);
            *seen.entry("error".to_owned()).or_default() += 1;
        }
    }
    println!("{seen:?}");
    let missing: Vec<&String> = schemas
        .keys()
        .filter(|name| !seen.contains_key(*name))
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

/// The exit codes that no case can cause, and what causes them.
const ELSEWHERE: [(&str, i32, &str); 5] = [
    (
        "authctl-btp-logout",
        3,
        "btp.rs: a directory of another user",
    ),
    ("authctl-btp-logout", 6, "the keychain of macOS"),
    ("authctl-cargo-login", 130, "terminal.rs: Ctrl-C"),
    ("authctl-logout", 1, "a full standard output"),
    ("authctl-status", 1, "a full standard output"),
];

/// A command exits only with codes that its help lists, and each of them occurs in some case, except for
/// the code 2 of usage errors, which is the same for all commands.
#[test]
fn exit_codes_are_those_of_the_help() {
    let mut seen: BTreeMap<String, BTreeSet<i32>> = BTreeMap::new();
    // The requests of shells are not commands.
    let is_command = |case: &Case| case.args[0] != "--clapspec-complete";
    for case in Case::all().into_iter().filter(is_command) {
        let world = case.build();
        let status = world.run(&case, &[]).status;
        let code = status
            .code()
            .unwrap_or_else(|| panic!("{}: {status}", case.name));
        let name = command(&case);
        let listed = exit_codes(&name);
        assert!(listed.contains(&code), "{}: {code}", case.name);
        seen.entry(name).or_default().insert(code);
    }
    println!("{seen:?}");
    let mut missing = Vec::new();
    for (name, codes) in &seen {
        let listed = exit_codes(name);
        let unseen = listed.difference(codes).filter(|&&code| code != 2);
        missing.extend(unseen.map(|&code| (name.as_str(), code)));
    }
    println!("not covered by cases: {ELSEWHERE:?}");
    assert_eq!(missing, ELSEWHERE.map(|(name, code, _)| (name, code)));
}

/// Sessions have the same schema in all results, so that scripts can handle them in the same way.
#[test]
fn sessions_have_the_same_schema_everywhere() {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("generated/schema");
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(directory).expect("the schemas") {
        let path = entry.expect("a schema").path();
        let schema = fs::read_to_string(&path).expect("a schema");
        let schema: Value = serde_json::from_str(&schema).expect("JSON");
        if let Some(session) = schema["$defs"].get("session") {
            found.insert(path, session.clone());
        }
    }
    let first = found.values().next().expect("a schema with sessions");
    let others: Vec<_> = found.iter().filter(|(_, other)| *other != first).collect();
    assert!(others.is_empty(), "{others:?}");
    assert_eq!(found.len(), 7);
}
