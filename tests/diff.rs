//! Differences between two versions of a program, and what they mean to users.
//!
//! A case is a file in `tests/diff/` with two specs. Its first line is the expected class, with the rules of all
//! changes in it and, if something breaks, of compatible changes: `# breaking: option-removed`.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use clapspec::description::Description;
use clapspec::diff::{self, Class, Diff, Rule, Side};
use clapspec::schema::{self, File};
use serde_json::Value;
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
        let found = diff::compare(&side.description, &again);
        assert_eq!(found.text(), "nothing changed\n", "{name}");
        assert_eq!(diff::examples(&side, &side), [], "{name}");
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

/// What a program runs in a directory, with its exit status.
fn run(directory: &Path, program: &mut Command) -> (Option<i32>, String, String) {
    let output = program.current_dir(directory).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn clapspec(directory: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    run(directory, support::clapspec().args(args))
}

/// Runs git without the settings of the user.
fn git(directory: &Path, args: &[&str]) {
    let mut git = Command::new("git");
    git.args([
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.org",
        "-c",
        "protocol.file.allow=always",
    ]);
    git.args(args);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    let (status, _, error) = run(directory, &mut git);
    assert_eq!(status, Some(0), "git {args:?}: {error}");
}

/// A repository with two revisions of a spec: in the tagged one, there is an option `--quiet`.
fn repository() -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    let at = directory.path();
    let write = |path: &str, text: &str| {
        let path = at.join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("created");
        fs::write(path, text).expect("written");
    };
    write(
        "tool/spec/cli.yaml",
        "name: tool\nabout: Work\nsets-from: ../../shared\n",
    );
    write(
        "tool/spec/commands/add.yaml",
        "about: Add files\nuse: output\noptions: { quiet: { help: Print nothing } }\n",
    );
    write(
        "shared/output.yaml",
        "options: { json: { help: Print JSON } }\n",
    );
    write("wrong/spec/cli.yaml", "name: tool\nabuot: Work\n");
    git(at, &["init", "--quiet"]);
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "--message", "first"]);
    git(at, &["tag", "v1"]);
    write(
        "tool/spec/commands/add.yaml",
        "about: Add files\nuse: output\n",
    );
    fs::remove_dir_all(at.join("wrong/spec")).expect("removed");
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "--message", "second"]);
    directory
}

#[test]
fn revisions_of_git_are_compared() {
    let repository = repository();
    let at = repository.path();
    let found = "breaking: tool add: `--quiet` was removed\n    option-removed: Command lines with this option are rejected.\n\n1 breaking: a major release\n";
    for (directory, args) in [
        (at.to_owned(), ["diff", "v1:tool/spec", "tool/spec"]),
        (at.join("tool"), ["diff", "v1:./spec", "spec"]),
        (at.join("tool/spec"), ["diff", "v1:.", "."]),
        (at.join("tool"), ["diff", "v1:tool/spec", "HEAD:tool/spec"]),
        (
            at.join("tool"),
            ["diff", "HEAD~1:./../tool/spec", "HEAD:./spec/"],
        ),
    ] {
        let (status, stdout, stderr) = clapspec(&directory, &args);
        assert_eq!(
            (status, &*stdout, &*stderr),
            (Some(3), found, ""),
            "{args:?}"
        );
    }
    let (status, stdout, _) = clapspec(at, &["diff", "HEAD:tool/spec", "tool/spec"]);
    assert_eq!((status, &*stdout), (Some(0), "nothing changed\n"));
}

#[test]
fn versions_that_cannot_be_read_are_errors() {
    let repository = repository();
    let at = repository.path();
    let outside = tempfile::tempdir().expect("a directory");
    let module = tempfile::tempdir().expect("a directory");
    git(
        module.path(),
        &["clone", "--quiet", at.to_str().expect("Unicode"), "."],
    );
    git(
        module.path(),
        &[
            "submodule",
            "--quiet",
            "add",
            at.to_str().expect("Unicode"),
            "vendor/tool",
        ],
    );
    git(module.path(), &["commit", "--quiet", "--message", "third"]);
    let shallow = tempfile::tempdir().expect("a directory");
    let url = format!("file://{}", at.display());
    git(
        shallow.path(),
        &["clone", "--quiet", "--depth", "1", "--no-tags", &url, "."],
    );
    fs::write(at.join("newer.json"), r#"{ "format": 2, "name": "tool" }"#).expect("written");
    fs::write(at.join("other.json"), r#"{ "format": 1, "name": "tool" }"#).expect("written");
    fs::write(at.join("deep.json"), "[".repeat(100_000)).expect("written");
    let new = "tool/spec";
    for (directory, old, message) in [
        (
            at,
            "v2:tool/spec",
            "error: `v2` is not a revision of this repository\nhelp: `git log",
        ),
        (at, "--all:tool/spec", "error: `--all` is not a revision"),
        (
            at,
            "v1:tool/spce",
            "error: the revision `v1` has no `tool/spce`\nhelp: the path begins at the top",
        ),
        (
            at,
            "v1:../outside",
            "error: `../outside` is not a path in the repository",
        ),
        (
            at,
            "v1:/etc/passwd",
            "error: `/etc/passwd` is not a path in the repository",
        ),
        (
            at,
            "v1:wrong/spec",
            "error[unknown-key]: a program has no key `abuot`",
        ),
        (at, "v1:wrong/spec", "--> v1:wrong/spec/cli.yaml:2:1"),
        (
            at,
            "nowhere",
            "error[unreadable]: can't read the spec `nowhere`",
        ),
        (
            at,
            "nowhere.json",
            "error: can't read `nowhere.json`: No such file",
        ),
        (
            at,
            "newer.json",
            "error: can't read `newer.json`: it has format 2, which only a newer release of clapspec can read; this one reads format 1",
        ),
        (
            at,
            "other.json",
            "error: can't read `other.json`: it is not a description of a program: missing field `command`",
        ),
        (
            at,
            "deep.json",
            "error: can't read `deep.json`: it is not a description of a program: ",
        ),
        (
            outside.path(),
            "v1:tool/spec",
            "error: `v1:…` names a revision, but this directory isn't in a git repository\nhelp: ",
        ),
        (
            shallow.path(),
            "v1:tool/spec",
            "error: `v1` is not a revision of this repository\nhelp: the clone is shallow: ",
        ),
        (
            module.path(),
            "HEAD:vendor/tool/tool/spec",
            "error: the revision `HEAD` has no `vendor/tool/tool/spec`\nhelp: `vendor/tool` is a submodule",
        ),
    ] {
        let new = if directory == outside.path() {
            root().join("spec").display().to_string()
        } else {
            new.to_owned()
        };
        let (status, stdout, stderr) = clapspec(directory, &["diff", "--", old, &new]);
        assert_eq!((status, &*stdout), (Some(1), ""), "{old}: {stderr}");
        assert!(stderr.contains(message), "{old}: {stderr}");
        assert!(!stderr.contains("/.tmp"), "{old}: {stderr}");
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
