//! The command lines of authctl and clapspec don't break by accident.
//!
//! `tests/interface/` has the descriptions of the last release. A breaking change since then must be in the section
//! "Unreleased" of `CHANGELOG.md`, with the line that `clapspec diff --format markdown` prints. With `RELEASE=1`,
//! the descriptions are written again.

use std::fs;

use clapspec::Checked;
use clapspec::description::Description;
use clapspec::diff::{self, Class};

use crate::support::root;

const PROGRAMS: [(&str, &str); 2] = [("authctl", "spec"), ("clapspec", "codegen/spec")];

fn current(spec: &str) -> Description {
    let checked = Checked::read(&root().join(spec));
    checked.describe().expect("a valid spec")
}

/// The breaking changes that the changelog doesn't mention.
fn unmentioned(old: &Description, new: &Description, changelog: &str) -> Vec<String> {
    let unreleased = changelog.split("\n## ").nth(1).expect("a section");
    // The changelog breaks long lines.
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let unreleased = words(unreleased);
    let found = diff::compare(old, new);
    let lines = found.of(Class::Breaking).map(diff::Change::markdown);
    let missing = lines.filter(|line| !unreleased.contains(&format!("- {}", words(line))));
    missing.collect()
}

#[test]
fn breaking_changes_are_in_the_changelog() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).expect("the changelog");
    for (name, spec) in PROGRAMS {
        let path = root()
            .join("tests/interface")
            .join(name)
            .with_extension("json");
        let new = current(spec);
        if std::env::var_os("RELEASE").is_some() {
            fs::write(&path, new.to_json()).expect("written");
        }
        let text = fs::read_to_string(&path).expect("the description of the last release");
        let old = Description::from_json(&text).expect("a description");
        let missing = unmentioned(&old, &new, &changelog);
        assert!(
            missing.is_empty(),
            "add these lines to `CHANGELOG.md`, under \"Unreleased\", or undo the changes:\n\n- {}",
            missing.join("\n- ")
        );
    }
}

/// The test above fails when an option is removed, unless the changelog has its line.
#[test]
fn a_removed_option_has_to_be_mentioned() {
    let old = current("spec");
    let mut new = old.clone();
    let status = new
        .command
        .commands
        .iter_mut()
        .find(|it| it.name == "status");
    status
        .expect("a command")
        .options
        .retain(|option| option.key != "check");
    let changelog =
        |line: &str| format!("# Changelog\n\n## Unreleased\n\n{line}\n## 1.0.0\n\nOld\n");
    let line = "- `authctl status`: `--check` was removed";
    assert_eq!(unmentioned(&old, &new, &changelog("")), [&line[2..]]);
    assert!(
        unmentioned(
            &old,
            &new,
            &changelog("- `authctl status`: `--check`\n  was removed\n")
        )
        .is_empty()
    );
    assert!(unmentioned(&old, &old, &changelog("")).is_empty());
}
