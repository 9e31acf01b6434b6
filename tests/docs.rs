//! The examples of the documentation are right.

mod support;

use std::fs;

use clapspec::Part;

/// Every block of the language reference that is a whole spec passes, and makes something.
#[test]
fn specs_in_the_language_reference() {
    let text = fs::read_to_string(support::root().join("docs/language.md")).expect("the reference");
    let mut checked = 0;
    for (name, block) in support::blocks(&text) {
        if name != "cli.yaml" {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cli.yaml");
        fs::write(&path, &block).expect("written");
        if let Err(mistakes) = clapspec::generate(&path, Part::ALL) {
            panic!("{block}\n{mistakes}");
        }
        checked += 1;
    }
    assert!(checked >= 5, "only {checked} specs in docs/language.md");
}

/// Every key of the language stands in its reference.
#[test]
fn every_key_is_described() {
    let root = support::root();
    let text = fs::read_to_string(root.join("docs/language.md")).expect("the reference");
    let spec = fs::read_to_string(root.join("codegen/src/spec.rs")).expect("the types");
    let mut keys = 0;
    let mut renamed = None;
    for line in spec.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("#[serde(rename = \"") {
            renamed = name.split('"').next().map(str::to_owned);
        }
        let field = line
            .strip_prefix("pub(crate) ")
            .and_then(|rest| rest.split_once(": "));
        if let Some((name, _)) = field.filter(|(name, _)| !name.contains(' ')) {
            let key = renamed.take().unwrap_or_else(|| name.replace('_', "-"));
            assert!(
                text.contains(&format!("`{key}`")),
                "`{key}` is not in docs/language.md"
            );
            keys += 1;
        }
    }
    assert!(keys > 40, "only {keys} keys were found");
}
