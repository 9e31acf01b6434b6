//! Differences between two versions of a program, and what they mean to users.
//!
//! A case is a file in `tests/diff/` with two specs. Its first line is the expected class, with the rules of all
//! changes in it and, if something breaks, of compatible changes: `# breaking: option-removed`.

use std::collections::BTreeSet;
use std::fs;
use std::sync::OnceLock;

use clapspec::description::Description;
use clapspec::diff::{self, Class, Diff, Rule, Side};
use clapspec::schema::{self, File};
use serde_json::Value;

use crate::support::{self, root};

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
    diff::compare_sides(&old, &new)
}

#[test]
fn changes_have_the_right_class() {
    let mut rules: BTreeSet<&str> = BTreeSet::new();
    let mut wrong = String::new();
    let mut names_of_cases = BTreeSet::new();
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
        names_of_cases.insert(name.into_owned());
    }
    assert!(wrong.is_empty(), "{wrong}");
    let count = names_of_cases.len();
    assert!(count >= 80, "only {count} cases");
    support::no_stale_snapshots("diff", &names_of_cases);
    let all: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    // A spec in a single file has no topics.
    rules.extend(["topic-added", "topic-removed"]);
    let missing: Vec<_> = all.difference(&rules).collect();
    assert!(missing.is_empty(), "no case has {missing:?}");
}

/// A program is the same as itself, and its description can be written and read again.
#[test]
fn a_program_is_the_same_as_itself() {
    let mut commands = 0;
    for (name, path) in support::specs_and_examples() {
        let side = Side::read(path.to_str().expect("Unicode")).expect("a valid spec");
        let json = side.description.to_json();
        let again = Description::from_json(&json).expect("a description");
        assert_eq!(side.description, again, "{name}");
        let found = diff::compare_sides(&side, &side);
        assert_eq!(found.text(), "nothing changed\n", "{name}");
        let errors = description_errors(&json);
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        commands += side.description.command.walk().len();
    }
    assert!(commands > 600, "only {commands} commands");
}

/// The errors that the published schema finds in a description.
fn description_errors(json: &str) -> Vec<String> {
    static VALIDATOR: OnceLock<jsonschema::Validator> = OnceLock::new();
    let validator = VALIDATOR.get_or_init(|| {
        let mut schema: Value =
            serde_json::from_str(&schema::json(File::Description)).expect("JSON");
        // Readers accept members that they don't know. Here, there are none.
        close(&mut schema);
        jsonschema::draft202012::new(&schema).expect("a schema")
    });
    let value: Value = serde_json::from_str(json).expect("JSON");
    let errors = validator.iter_errors(&value);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// Excludes further members from each object of a schema.
fn close(schema: &mut Value) {
    if let Value::Object(members) = schema {
        members.values_mut().for_each(close);
        if members.contains_key("properties") {
            members.insert("additionalProperties".to_owned(), false.into());
        }
    }
}

/// A topic that is removed can't be shown any more.
#[test]
fn topics_are_compared() {
    let with = Side::read("spec").expect("a valid spec").description;
    let mut without = with.clone();
    let topic = without.topics.pop().expect("a topic").name;
    let rule = |old, new| {
        let found = diff::compare(old, new);
        let all: Vec<_> = Class::ALL
            .iter()
            .flat_map(|class| found.of(*class))
            .cloned()
            .collect();
        (all[0].rule, all[0].message.clone())
    };
    assert_eq!(
        rule(&with, &without),
        (
            Rule::TopicRemoved,
            format!("the topic `{topic}` was removed")
        )
    );
    assert_eq!(
        rule(&without, &with),
        (Rule::TopicAdded, format!("the topic `{topic}` was added"))
    );
}

/// Every case in the other direction: no comparison panics, and only equal specs have no changes.
#[test]
fn changes_can_be_undone() {
    for case in fs::read_dir(root().join("tests/diff")).expect("tests/diff") {
        let text = fs::read_to_string(case.expect("an entry").path()).expect("a case");
        let (first, specs) = text.split_once('\n').expect("a first line");
        let (old, new) = specs.split_once("---\n").expect("two specs");
        let found = compare(new, old);
        assert_eq!(
            found.text() == "nothing changed\n",
            first == "# nothing",
            "{text}"
        );
    }
}

/// Versions are judged as cargo reads them: before 1.0.0, a minor version may break.
#[test]
fn the_next_version_follows_from_the_changes() {
    let spec = |version: &str, options: &str| {
        format!("name: tool\nabout: Work\nversion: {version}\n{options}")
    };
    let option = "options: { force: { help: Overwrite } }\n";
    for (old, new, verdict) in [
        (
            spec("1.2.3", option),
            spec("1.2.4", ""),
            "1 breaking: a major release, at least 2.0.0 after 1.2.3, but the new version is 1.2.4",
        ),
        (
            spec("1.2.3", option),
            spec("2.0.0", ""),
            "1 breaking: a major release, at least 2.0.0 after 1.2.3",
        ),
        (
            spec("0.2.3", option),
            spec("0.3.0", ""),
            "1 breaking: a minor release, at least 0.3.0 after 0.2.3",
        ),
        (
            spec("1.2.3", ""),
            spec("1.3.0", option),
            "1 compatible: a minor release, at least 1.3.0 after 1.2.3",
        ),
        (
            spec("0.2.3", ""),
            spec("0.2.3", option),
            "1 compatible: a patch release, at least 0.2.4 after 0.2.3, but the new version is 0.2.3",
        ),
        (
            spec("1.2.3-rc.1", ""),
            spec("1.3.0", option),
            "1 compatible: a minor release",
        ),
    ] {
        assert_eq!(compare(&old, &new).verdict(), verdict);
    }
}

/// Text from specs is data in each format.
#[test]
fn texts_stay_texts() {
    let spec = |name: &str| {
        format!(
            "name: tool\nabout: Work\narguments:\n  x: {{ help: X, value: X, choices: ['{name}', b] }}\n"
        )
    };
    let found = compare(&spec("<b>*x*</b> [a](b) | `"), &spec("# y"));
    let markdown = found.markdown();
    assert!(
        markdown
            .lines()
            .all(|line| line.starts_with("###") || line.starts_with("- `tool`") || line.is_empty()),
        "{markdown}"
    );
    let json: Value = serde_json::from_str(&found.json()).expect("JSON");
    assert_eq!(json["breaking"], true);
    assert_eq!(json["bump"], "major");
    let change = &json["changes"][0];
    assert_eq!(change["rule"], "choice-removed");
    assert_eq!(change["class"], "breaking");
    assert_eq!(change["place"], "tool");
}

/// Keys that are in no case, and why.
const OTHER_KEYS: &[&str] = &[
    // How documentation is generated and tested, and how code is named.
    "allow",
    "files-after",
    "files-removed",
    "html",
    "man",
    "markdown",
    "next-line-help",
    "picture",
    "rust",
    // These are in other files than that of the program, and have tests of their own.
    "sets-from",
    "topics",
];

/// For each key of the language, there is a case in which only that key and those around it change. Otherwise, a new
/// key could be missing in descriptions.
#[test]
fn each_key_has_a_case() {
    let schema: Value = serde_json::from_str(&schema::json(File::Program)).expect("JSON");
    let mappings = [
        "program",
        "command",
        "argument",
        "option",
        "inherited-option",
        "option-group",
        "opposite",
        "choice",
        "deprecation",
        "exit-code",
        "example",
        "setting",
        "configuration-files",
        "conditional-default",
        "section",
    ];
    let keys = mappings.iter().flat_map(|name| {
        let keys = schema["$defs"][name]["properties"].as_object();
        keys.expect("a mapping").keys().cloned()
    });
    let mut missing: BTreeSet<String> = keys.collect();
    assert!(missing.len() > 100, "only {} keys", missing.len());
    for case in fs::read_dir(root().join("tests/diff")).expect("tests/diff") {
        let text = fs::read_to_string(case.expect("an entry").path()).expect("a case");
        let (old, new) = text.split_once("---\n").expect("two specs");
        let [old, new] = [old, new].map(|spec| serde_yaml::from_str(spec).expect("YAML"));
        remove_changed(&old, &new, &mut missing);
    }
    let expected = OTHER_KEYS.iter().map(|key| (*key).to_owned()).collect();
    assert_eq!(missing, expected);
}

/// Removes the keys whose values differ.
fn remove_changed(old: &Value, new: &Value, keys: &mut BTreeSet<String>) {
    let members = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (before, after) = (members(old), members(new));
    for key in before.keys().chain(after.keys()) {
        if before.get(key) != after.get(key) {
            keys.remove(key);
            remove_changed(&old[key], &new[key], keys);
        }
    }
    let (before, after) = (items(old), items(new));
    for at in 0..before.len().max(after.len()) {
        remove_changed(&old[at], &new[at], keys);
    }
}

/// The chapter lists all rules. `BOOK_UPDATE=1` writes the table.
#[test]
fn the_chapter_lists_all_rules() {
    let path = root().join("docs/src/guide/changes.md");
    let text = fs::read_to_string(&path).expect("the chapter");
    let (before, rest) = text.split_once("<!-- rules -->\n").expect("a table");
    let (_, after) = rest
        .split_once("<!-- end -->\n")
        .expect("the end of the table");
    let mut table = "| Rule | Class | Reason |\n|---|---|---|\n".to_owned();
    for class in Class::ALL {
        for rule in Rule::ALL.iter().filter(|rule| rule.class() == *class) {
            table += &format!(
                "| `{}` | {} | {} |\n",
                rule.name(),
                class.name(),
                rule.reason()
            );
        }
    }
    let expected = format!("{before}<!-- rules -->\n{table}<!-- end -->\n{after}");
    if std::env::var_os("BOOK_UPDATE").is_some() {
        fs::write(&path, &expected).expect("written");
    } else {
        assert!(
            text == expected,
            "the table is out of date; run this test with `BOOK_UPDATE=1`"
        );
    }
}
