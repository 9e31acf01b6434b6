//! Tests `config set` and `config unset`: they change only the given setting, write complete files, lose no changes,
//! and leave no temporary files.

use std::fs;

use super::program::{self, Sandbox};
use crate::support::moments::kill_at_moments;

/// The number of settings of the test program.
const MANY: usize = 200;

/// Two hundred runs of `config set` at the same time, with different keys, keep each other's changes and
/// leave no temporary files.
#[test]
fn two_hundred_writers_lose_no_changes() {
    let sandbox = Sandbox::new();
    let children: Vec<_> = (0..MANY)
        .map(|at| {
            sandbox.start(
                program::many(MANY),
                &["config", "set", &format!("a.o{at}"), "yes"],
            )
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("the program ends");
        assert!(output.status.success(), "{output:?}");
    }
    let text = sandbox.read("user/many/config.toml");
    let lines = text
        .lines()
        .filter(|line| line.ends_with("= \"yes\""))
        .count();
    assert_eq!(lines, MANY, "{text}");
    let names = fs::read_dir(sandbox.path("user/many"))
        .expect("a directory")
        .count();
    assert_eq!(names, 1);
}

/// The next run that writes removes leftovers of killed runs, and keeps other files with similar names.
#[test]
fn leftovers_of_killed_runs_are_removed() {
    let sandbox = Sandbox::new();
    sandbox.user("term.color = \"never\"\n");
    for name in [
        ".config.toml.17.0",
        ".config.toml.x.0",
        ".config.toml.17",
        "config.toml.17.0",
    ] {
        sandbox.write(&format!("user/conf/{name}"), "left");
    }
    sandbox
        .run(&["config", "set", "--user", "term.color", "always"])
        .success();
    let entries = fs::read_dir(sandbox.path("user/conf")).expect("a directory");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            ".config.toml.17",
            ".config.toml.x.0",
            "config.toml",
            "config.toml.17.0"
        ]
    );
}

/// A file with an error can still be changed, so that the error can be removed.
#[test]
fn a_file_with_another_error_can_be_changed() {
    let sandbox = Sandbox::new();
    sandbox.user("[build]\njobs = \"many\"\n");
    sandbox
        .run(&["config", "set", "term.color", "never"])
        .success();
    sandbox.run(&["config", "set", "build.jobs", "4"]).success();
    let text = sandbox.read("user/conf/config.toml");
    assert_eq!(text, "[build]\njobs = 4\n\n[term]\ncolor = \"never\"\n");
}

/// With `--dry-run`, no file changes, and the user sees what would.
#[test]
fn a_dry_run_changes_no_setting() {
    let sandbox = Sandbox::new();
    let mut said = String::new();
    let file = "user/trial/config.toml";
    for (words, text) in [
        (&["set", "a.jobs", "4", "--dry-run"][..], None),
        (&["unset", "a.jobs", "--dry-run"], None),
        (&["set", "a.jobs", "4"], Some("4")),
        (&["set", "a.jobs", "5", "--dry-run"], Some("4")),
        (&["unset", "a.jobs", "--dry-run"], Some("4")),
        (&["set", "a.jobs", "5"], Some("5")),
        (&["set", "a.jobs", "five", "--dry-run"], Some("5")),
        (&["unset", "a.jobs"], Some("")),
    ] {
        let words = [&["config"], words].concat();
        let run = sandbox.finish(&mut sandbox.of(program::trial(), &words), "");
        said += &format!("$ trial {}\n{}{}", words.join(" "), run.out, run.err);
        let jobs = match text {
            None => {
                assert!(!sandbox.path(file).exists(), "{words:?}");
                continue;
            }
            Some("") => "",
            Some(jobs) => &format!("jobs = {jobs}\n"),
        };
        assert_eq!(sandbox.read(file), format!("[a]\n{jobs}"), "{words:?}");
    }
    insta::assert_snapshot!("dry_run", said);
}

/// A setting that conflicts with another one in the file is rejected, since no command would run.
#[test]
fn conflicting_settings_are_rejected() {
    let sandbox = Sandbox::new();
    sandbox.user("term.verbose = 1\n");
    let run = sandbox.run(&["config", "set", "--user", "term.quiet", "true"]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(
        run.err.contains("can't be set together with"),
        "{}",
        run.err
    );
    assert_eq!(sandbox.read("user/conf/config.toml"), "term.verbose = 1\n");
    sandbox
        .run(&["config", "set", "--user", "term.quiet", "false"])
        .success();
}

/// If a file has only comments, settings are added after them.
#[test]
fn settings_are_added_after_comments() {
    for (before, after) in [
        ("# mine\n", "# mine\n[term]\ncolor = \"never\"\n"),
        ("# mine", "# mine\n[term]\ncolor = \"never\"\n"),
        ("\n# one\r\n", "\n# one\r\n[term]\ncolor = \"never\"\n"),
        ("", "[term]\ncolor = \"never\"\n"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.user(before);
        sandbox
            .run(&["config", "set", "--user", "term.color", "never"])
            .success();
        let text = sandbox.read("user/conf/config.toml");
        assert_eq!(text, after);
    }
}

/// If `config set` is killed, the file has the old or the new text. The next run removes leftovers.
#[test]
fn a_killed_run_leaves_a_complete_file() {
    let sandbox = Sandbox::new();
    let many: String = (0..500).map(|n| format!("# line {n}\n")).collect();
    let old = format!("{many}term.color = \"never\"\n");
    sandbox.user(&old);
    let set = ["config", "set", "--user", "term.color", "always"];
    sandbox.run(&set).success();
    let new = sandbox.read("user/conf/config.toml");
    assert!(new != old && new.contains("always"));
    let ended = kill_at_moments(
        || {
            sandbox.user(&old);
            sandbox.program(&set)
        },
        |moment| {
            let text = sandbox.read("user/conf/config.toml");
            assert!(text == old || text == new, "moment {moment}");
            sandbox.run(&set).success();
            assert_eq!(
                sandbox.read("user/conf/config.toml"),
                new,
                "moment {moment}"
            );
            let entries = fs::read_dir(sandbox.path("user/conf")).expect("a directory");
            assert_eq!(entries.count(), 1, "moment {moment}");
        },
    );
    println!("{ended} runs ended before they were killed");
}

/// On a full disk, simulated by a limit of the file size, the file doesn't change, and no other is left.
#[test]
fn nothing_changes_on_a_full_disk() {
    let sandbox = Sandbox::new();
    let many: String = (0..500).map(|n| format!("# line {n}\n")).collect();
    let old = format!("{many}term.color = \"never\"\n");
    sandbox.user(&old);
    let set = ["config", "set", "--user", "term.color", "always"];
    let call = sandbox.program(&set);
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$@\"", "sh"]);
    limited.arg(call.get_program()).args(call.get_args());
    limited
        .current_dir(sandbox.path("project"))
        .env("XDG_CONFIG_HOME", sandbox.path("user"));
    let run = sandbox.finish(&mut limited, "");
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(
        run.err.contains("can't write [TMP]/user/conf/config.toml"),
        "{}",
        run.err
    );
    assert_eq!(sandbox.read("user/conf/config.toml"), old);
    let entries = fs::read_dir(sandbox.path("user/conf")).expect("a directory");
    assert_eq!(entries.count(), 1);
    sandbox.run(&set).success();
}

/// `config set` changes only the given setting, and creates the file and the table if they don't exist.
#[test]
fn set_changes_only_the_given_setting() {
    let sandbox = Sandbox::new();
    let set = |words: &[&str]| sandbox.run(&[&["config", "set"], words].concat());
    set(&["term.color", "never"]).success();
    assert_eq!(
        sandbox.read("user/conf/config.toml"),
        "[term]\ncolor = \"never\"\n"
    );
    let text = "# Mine\n\n[term]   # how it looks\n  color   =  'auto'   # for now\n\n[build] # how it works\njobs = 3\n";
    sandbox.user(text);
    set(&["term.color", "always"]).success();
    set(&["build.jobs", "12"]).success();
    set(&["build.features", "a", "b"]).success();
    insta::assert_snapshot!("set_keeps", sandbox.read("user/conf/config.toml"));
    sandbox.run(&["config", "unset", "build.jobs"]).success();
    assert!(!sandbox.read("user/conf/config.toml").contains("jobs"));
    set(&["--project", "term.verbose", "2"]).success();
    assert_eq!(sandbox.read("project/.conf.toml"), "[term]\nverbose = 2\n");
    for (words, why) in [
        (
            &["term.color", "sometimes"][..],
            "expected `auto`, `always` or `never`, found `sometimes`",
        ),
        (&["term.color"], "needs a value"),
        (&["term.color", "auto", "never"], "takes only one value"),
        (&["build.jobs", "65"], "from 1 to 64"),
        (&["term.kolor", "auto"], "did you mean `term.color`?"),
        (&["push.token", "hunter2"], "is a secret"),
    ] {
        let run = set(words);
        assert_eq!(run.status, 1, "{words:?}");
        assert!(run.err.contains(why), "{words:?}: {}", run.err);
        assert!(!run.err.contains("hunter2"));
    }
    sandbox.write("project/deep/x", "");
    let words = ["config", "set", "--project", "build.directory", "out"];
    sandbox.run_in("project/deep", &words).success();
    assert!(
        sandbox
            .read("project/.conf.toml")
            .contains("directory = \"deep/out\"")
    );
    sandbox.user("term.color = \"auto\"\r\n# end\r\n");
    set(&["term.color", "never"]).success();
    assert_eq!(
        sandbox.read("user/conf/config.toml"),
        "term.color = \"never\"\r\n# end\r\n"
    );
}

/// `config set` writes each value with the type that it has in TOML.
#[test]
fn set_writes_every_type() {
    let sandbox = Sandbox::new();
    for words in [
        &["term.verbose", "2"][..],
        &["term.quiet", "false"],
        &["term.color", "never"],
        &["build.jobs", "8"],
        &["build.features", "a", "c"],
        &["build.cache", "false"],
        &["build.progress", "true"],
        &["build.directory", "out"],
        &["build.timeout", "90s"],
        &["build.limit", "4K"],
        &["build.share", "0.5"],
        &["build.define", "a=b", "c=d"],
        &["build.profile", "true"],
        &["sign.rules.soft", "true"],
    ] {
        let run = sandbox.run(&[&["config", "set", "--project"], words].concat());
        assert_eq!(
            (run.status, run.out),
            (0, String::new()),
            "{words:?}: {}",
            run.err
        );
    }
    insta::assert_snapshot!("set_types", sandbox.read("project/.conf.toml"));
    sandbox.run(&["build"]).success();
}
