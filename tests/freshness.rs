//! The committed generated files are current.

use std::fs;

use clapspec::schema::{self, File};
use clapspec::{Checked, sync};

use crate::support;

fn is_current(spec: &str, directory: &str, command: &str) {
    let root = support::root();
    let checked = Checked::read(&root.join(spec));
    let parts = checked.usual_parts();
    let outputs = checked.generate(&parts);
    let outputs = outputs.unwrap_or_else(|| panic!("{}", checked.report()));
    let differences = sync::compare(&root.join(directory), &parts, [outputs]).expect("it is read");
    let list: Vec<String> = differences
        .iter()
        .map(|(path, difference)| format!("{difference}: {directory}/{path}"))
        .collect();
    assert!(
        list.is_empty(),
        "{}\n\nrun `{command}` and commit the changes",
        list.join("\n")
    );
}

#[test]
fn authctl_files_are_current() {
    is_current("spec", "generated", "cargo codegen");
}

#[test]
fn clapspec_files_are_current() {
    is_current("codegen/spec", "codegen/generated", "cargo codegen-self");
}

/// Asserts that a generated file has this text.
fn document_is_current(path: &str, text: &str, command: &str) {
    let here = fs::read_to_string(support::root().join(path)).unwrap_or_default();
    assert!(
        here == text,
        "{path} is not current\n\nrun `{command} > {path}` and commit the changes"
    );
}

#[test]
fn schemas_are_current() {
    for &file in File::ALL {
        let name = file.name();
        let path = format!("docs/schema/{name}.json");
        let command = format!("cargo clapspec schema --file {name}");
        document_is_current(&path, &schema::json(file), &command);
    }
}

#[test]
fn the_page_of_keys_is_current() {
    let command = "cargo clapspec schema --format markdown";
    document_is_current(
        "docs/src/keys.md",
        &schema::markdown(File::Program),
        command,
    );
}
