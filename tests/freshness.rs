//! What is checked in is what the specs make.

mod support;

use clapspec::{Part, sync};

fn is_current(spec: &str, folder: &str, command: &str) {
    let root = support::root();
    let outputs = clapspec::generate(&root.join(spec), Part::ALL)
        .unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let differences = sync::compare(&root.join(folder), Part::ALL, &outputs).expect("it is read");
    let list: Vec<String> = differences
        .iter()
        .map(|(path, difference)| format!("{difference}: {folder}/{path}"))
        .collect();
    assert!(
        list.is_empty(),
        "{}\n\nrun `{command}` and commit what it changes",
        list.join("\n")
    );
}

#[test]
fn generated() {
    is_current("spec", "generated", "cargo codegen");
}

#[test]
fn the_generators_own() {
    is_current("codegen/spec", "codegen/generated", "cargo codegen-self");
}
