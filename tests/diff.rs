//! Differences between two versions of a program, and what they mean to users.
//!
//! A case is a file in `tests/diff/` with two specs. Its first line is the expected class, with the rules of all
//! changes in it and, if something breaks, of compatible changes: `# breaking: option-removed`.

mod support;

use std::collections::BTreeSet;
use std::fs;

use clapspec::diff::{self, Class, Diff, Rule, Side};
use support::root;

/// Compares two specs.
fn compare(old: &str, new: &str) -> Diff {
    let directory = tempfile::tempdir().expect("a directory");
    let side = |name: &str, text: &str| {
        let path = directory.path().join(name);
        fs::write(&path, text).expect("written");
        Side::read(path.to_str().expect("Unicode"))
            .unwrap_or_else(|error| panic!("{text}\n{error}"))
    };
    let (old, new) = (side("old.yaml", old), side("new.yaml", new));
    let mut found = diff::compare(&old.description, &new.description);
    found.extend(diff::examples(&old, &new));
    found
}

#[test]
fn changes_have_the_right_class() {
    let mut rules: BTreeSet<&str> = BTreeSet::new();
    let mut wrong = String::new();
    let mut count = 0;
    let cases = fs::read_dir(root().join("tests/diff")).expect("tests/diff");
    let mut paths: Vec<_> = cases.map(|case| case.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("a case");
        let (expected, specs) = text.split_once('\n').expect("a first line");
        let (old, new) = specs.split_once("---\n").expect("two specs");
        let found = compare(old, new);
        let all = Class::ALL.iter().flat_map(|class| found.of(*class));
        let worst = Class::ALL
            .iter()
            .find(|class| found.of(**class).next().is_some());
        let mut names: Vec<&str> = all
            .filter(|change| {
                Some(&change.rule.class()) == worst || change.rule.class() == Class::Compatible
            })
            .map(|change| change.rule.name())
            .collect();
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(*name));
        rules.extend(&names);
        let found_line = match worst {
            None => "# nothing".to_owned(),
            Some(class) => format!("# {}: {}", class.name(), names.join(" ")),
        };
        let sorted = |line: &str| {
            let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            words.sort();
            words
        };
        if sorted(expected) != sorted(&found_line) {
            wrong += &format!(
                "{name}: expected `{expected}`, found `{found_line}`\n{}\n",
                found.text()
            );
        }
        insta::with_settings!({ snapshot_path => "snapshots/diff", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(&*name, found.text());
        });
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 80, "only {count} cases");
    let all: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    let missing: Vec<_> = all.difference(&rules).collect();
    assert!(missing.is_empty(), "no case has {missing:?}");
}
