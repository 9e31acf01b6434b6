//! The schemas and the check agree: the schemas accept every valid spec, and find the errors that can be
//! found in a single file.

use std::collections::BTreeSet;
use std::fs;

use clapspec::Code;
use clapspec::schema::{self, File};
use serde_json::Value;

use crate::support;
use crate::support::schema::{errors, files};

fn parsed(file: File) -> Value {
    serde_json::from_str(&schema::json(file)).expect("JSON")
}

#[test]
fn schemas_are_valid() {
    for &file in File::ALL {
        jsonschema::draft202012::meta::validate(&parsed(file)).expect("a valid schema");
    }
}

/// Editors show the descriptions, so each key and value must have one.
#[test]
fn every_key_and_value_is_described() {
    let mut described = 0;
    let schema = parsed(File::Program);
    for (name, definition) in schema["$defs"].as_object().expect("definitions") {
        let keys = definition["properties"].as_object().into_iter().flatten();
        let words = definition["oneOf"].as_array().into_iter().flatten();
        let words = words.map(|word| (&word["const"], word));
        for (key, value) in keys
            .map(|(key, value)| (Value::from(key.as_str()), value))
            .chain(words.map(|(key, value)| (key.clone(), value)))
        {
            let text = value["description"].as_str().unwrap_or_default();
            assert!(
                text.ends_with('.'),
                "{name}: {key}: `{text}` is not a sentence"
            );
            // Links of rustdoc don't work in an editor.
            assert!(!text.contains("[`"), "{name}: {key}: {text}");
            described += 1;
        }
    }
    assert!(described > 150, "only {described} keys and values");
}

/// Files that the check accepts are valid by their schema.
#[test]
fn schemas_accept_valid_specs() {
    let mut specs: Vec<_> = support::specs().into_iter().map(|(_, path)| path).collect();
    let programs = fs::read_dir(support::root().join("tests/programs")).expect("tests/programs");
    let programs = programs.map(|entry| entry.expect("an entry").path());
    specs.extend(programs.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")));
    let mut checked = 0;
    for (path, kind) in specs.iter().flat_map(|spec| files(spec)) {
        let text = fs::read_to_string(&path).expect("a file");
        let found = errors(kind, &text).expect("YAML");
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
        checked += 1;
    }
    assert!(checked > 30, "only {checked} files");
}

/// Each key without a value: where the check reads it as an empty mapping, the schema does, too.
#[test]
fn schemas_accept_empty_keys_that_the_check_accepts() {
    let schema = parsed(File::Program);
    let keys = |of: &Value| -> Vec<String> {
        let keys = of["properties"].as_object().expect("properties").keys();
        keys.cloned().collect()
    };
    let places = [
        ("program", "", ""),
        ("command", "commands: { x: { about: A,", "} }"),
        ("option", "options: { x: { help: A,", "} }"),
        ("argument", "arguments: { x: { help: A,", "} }"),
        (
            "choice",
            "options: { x: { help: A, value: V, choices: { a: {",
            "} } } }",
        ),
    ];
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    let mut accepted = 0;
    for (name, before, after) in places {
        for key in keys(&schema["$defs"][name]) {
            let text = format!("name: tool\nabout: A tool\n{before} {key}: {after}\n");
            fs::write(&path, &text).expect("written");
            if clapspec::check(&path).is_ok() {
                let found = errors(File::Program, &text).expect("YAML");
                assert!(found.is_empty(), "{text}{found:#?}");
                accepted += 1;
            }
        }
    }
    assert!(accepted > 10, "only {accepted} keys");
}

/// The same is true for the specs in the documentation, except those that are invalid on purpose.
#[test]
fn schemas_accept_specs_in_the_documentation() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    let mut checked = 0;
    let mut directories = vec![support::root().join("docs")];
    while let Some(entries) = directories.pop().map(fs::read_dir) {
        for entry in entries.expect("a directory") {
            let page = entry.expect("an entry").path();
            if page.is_dir() {
                directories.push(page);
                continue;
            }
            let text = fs::read_to_string(&page).expect("a page");
            for (_, block) in support::blocks(&text)
                .iter()
                .filter(|(name, _)| name == "cli.yaml")
            {
                fs::write(&path, block).expect("written");
                if clapspec::check(&path).is_ok() {
                    let found = errors(File::Program, block).expect("YAML");
                    assert!(found.is_empty(), "{}: {block}{found:#?}", page.display());
                    checked += 1;
                }
            }
        }
    }
    assert!(checked >= 5, "only {checked} specs");
}

/// The kinds of errors that a schema finds.
const FOUND: &[Code] = &[
    Code::UnknownKey,
    Code::WrongKind,
    Code::UnknownValue,
    Code::UnknownType,
    Code::MissingName,
    Code::MissingAbout,
    Code::MissingHelp,
    Code::IncompleteExample,
    Code::AliasOfProgram,
    Code::HiddenProgram,
    Code::CountOfZero,
    Code::EmptyChoices,
];

/// Cases with such an error that the validator does not find, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "boolean-capital-true",
        "other YAML readers read `True` as `true`",
    ),
    (
        "complete-unknown",
        "the kind may be a name of the program's own, unless the program has no completions",
    ),
    (
        "five-at-once",
        "a key is defined twice, so other readers reject the YAML",
    ),
    (
        "sets-from-with-error",
        "the error is in a set outside of the spec",
    ),
    ("yaml-own-tag", "a tag, which JSON doesn't have"),
];

#[test]
fn schemas_reject_invalid_specs() {
    let cases = fs::read_dir(support::root().join("tests/invalid")).expect("tests/invalid");
    let mut found = 0;
    let mut missed = BTreeSet::new();
    for case in cases {
        let case = case.expect("an entry").path();
        let report = clapspec::check(&case);
        if !report.codes().any(|code| FOUND.contains(&code)) {
            continue;
        }
        let refused = files(&case).iter().any(|(path, kind)| {
            let text = fs::read_to_string(path).unwrap_or_default();
            errors(*kind, &text).is_some_and(|found| !found.is_empty())
        });
        if refused {
            found += 1;
        } else {
            let name = case.file_stem().expect("a name");
            missed.insert(name.to_string_lossy().into_owned());
        }
    }
    let exceptions = EXCEPTIONS.iter().map(|(name, _)| (*name).to_owned());
    assert_eq!(missed, exceptions.collect());
    assert!(found > 60, "only {found} cases");
}
