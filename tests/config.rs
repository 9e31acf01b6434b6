//! Settings through the front door: a program built from `tests/render/config.yaml`, called in directories
//! with files of every kind.

#[path = "config/answers.rs"]
mod answers;
#[path = "config/changes.rs"]
mod changes;
#[path = "config/files.rs"]
mod files;
#[path = "support/moments.rs"]
mod moments;
#[path = "config/program.rs"]
mod program;
mod support;
#[path = "config/trust.rs"]
mod trust;

use std::fs;

use program::{Place, Said};

const COLOR: &str = "[term]\ncolor = \"always\"\n";

/// Each place wins over those behind it; take one away, and the next counts.
#[test]
fn each_layer_wins_in_its_turn() {
    let place = Place::new();
    place.system("[build]\nprofile = \"from-system\"\n[term]\nverbose = 1\n");
    place.user("# mine\n[build]\nprofile = \"from-user\"\n[term]\ncolor = \"never\"\n");
    place.project("build.profile = \"from-project\"\nterm.color = \"always\"\n");
    let build = |words: &[&str], env: &[(&str, &str)]| {
        let words = [&["build"], words].concat();
        let said = place.run_with(&words, env).success();
        let line = |field: &str| {
            let line = said.lines().find(|line| line.starts_with(field));
            line.unwrap_or_else(|| panic!("{field}: {said}")).to_owned()
        };
        (line("color"), line("profile"))
    };
    let (color, profile) = build(
        &["--color", "auto", "--profile", "x"],
        &[("CONF_COLOR", "never")],
    );
    assert_eq!(color, "color Auto --color");
    assert_eq!(profile, "profile \"x\" --profile");
    let (color, _) = build(&[], &[("CONF_COLOR", "never")]);
    assert_eq!(color, "color Never CONF_COLOR");
    let (color, profile) = build(&[], &[]);
    assert_eq!(color, "color Always [TMP]/project/.conf.toml:2");
    assert_eq!(
        profile,
        "profile \"from-project\" [TMP]/project/.conf.toml:1"
    );
    place.remove("project/.conf.toml");
    let (color, profile) = build(&[], &[]);
    assert_eq!(color, "color Never [TMP]/user/conf/config.toml:5");
    assert_eq!(
        profile,
        "profile \"from-user\" [TMP]/user/conf/config.toml:3"
    );
    place.remove("user/conf/config.toml");
    let (color, profile) = build(&[], &[]);
    assert_eq!(color, "color Auto default");
    assert_eq!(
        profile,
        "profile \"from-system\" [TMP]/system/conf/config.toml:2"
    );
    place.remove("system/conf/config.toml");
    let said = place.run(&["build"]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("--profile <NAME>"), "{}", said.err);
}

/// What an option takes, a file can say, and what is given besides counts more.
#[test]
fn every_kind_of_value() {
    let place = Place::new();
    place.project(
        "term.quiet = false\nterm.verbose = 2\n[build]\njobs = 8\nfeatures = [\"a,b\", \"c\"]\ncache = false\n\
         progress = true\ndirectory = \"out\"\ntimeout = \"90s\"\nlimit = 512\nshare = 0.5\nprofile = \"fast\"\n\
         define = [\"a=b\", \"c=d\"]\na-name-of-some-length = \"127.0.0.1\"\nstrict = true\n",
    );
    insta::assert_snapshot!("every_kind", place.run(&["build"]).success());
    let words = [
        "build",
        "--jobs",
        "1",
        "-F",
        "x,y",
        "--cache",
        "--no-progress",
        "-D",
        "e=f",
        "-v",
    ];
    insta::assert_snapshot!("every_kind_given", place.run(&words).success());
    // A directory of the project is below that of its file.
    place.write("project/deep/er/x", "");
    let said = place.run_in("project/deep/er", &["build"]).success();
    assert!(
        said.contains("target_directory Some(\"[TMP]/project/out\") [TMP]/project/.conf.toml:8"),
        "{said}"
    );
}

/// What excludes a setting takes its place, whether it is given or set in a nearer file.
#[test]
fn settings_that_exclude_each_other() {
    let place = Place::new();
    place.user("[term]\nverbose = 2\n[build]\nprofile = \"x\"\n");
    let fields = |said: String| {
        let wanted = |line: &&str| line.starts_with("verbose") || line.starts_with("quiet");
        let lines: Vec<String> = said.lines().filter(wanted).map(str::to_owned).collect();
        lines.join("; ")
    };
    let given = fields(place.run(&["build", "--quiet"]).success());
    assert_eq!(given, "verbose 0 default; quiet true --quiet");
    let variable = [("CONF_QUIET", "1")];
    let variable = fields(place.run_with(&["build"], &variable).success());
    assert_eq!(variable, "verbose 0 default; quiet true CONF_QUIET");
    place.project("term.quiet = true\n");
    let nearer = fields(place.run(&["build"]).success());
    assert_eq!(
        nearer,
        "verbose 0 default; quiet true [TMP]/project/.conf.toml:1"
    );
    place.project("term.quiet = true\nterm.verbose = 1\n");
    let said = place.run(&["build"]);
    assert_eq!(said.status, 1);
    insta::assert_snapshot!("exclude", said.err);
}

/// What a file has counts as given where a rule asks for it, and gives way where a rule says so.
#[test]
fn rules_between_options() {
    let place = Place::new();
    place.write("project/key", "");
    let mut seen = String::new();
    for (file, words) in [
        ("", &[][..]),
        ("key = \"hunter2\"", &[]),
        ("key = \"hunter2\"", &["--key-file", "key"]),
        ("key-file = \"none\"", &[]),
        ("key-file = \"key\"\nformat = \"js\"", &[]),
        ("key-file = \"key\"\nformat = \"json\"", &["--schema", "x"]),
        (
            "key-file = \"key\"\nformat = \"json\"",
            &["--format", "text"],
        ),
        (
            "key-file = \"key\"\nformat = \"text\"\nstrict = true",
            &["--lenient"],
        ),
        ("key-file = \"key\"\nstrict = true", &["--lenient"]),
        ("key-file = \"key\"\nkey = \"hunter2\"", &[]),
        // A value of `0` or `false` is a value.
        ("key = \"0\"", &["--key-file", "key"]),
        ("key = \"false\"", &["--key-file", "key"]),
    ] {
        // A secret has no place in a project's file.
        let text = format!("[sign]\n{file}\n");
        let (user, project) = match file.starts_with("key = ") || file.contains("hunter2") {
            true => (&*text, ""),
            false => ("", &*text),
        };
        place.user(user);
        place.project(project);
        let said = place.run(&[&["sign"], words].concat());
        let (out, err, status) = (said.out, said.err, said.status);
        let file = file.replace('\n', " ").replace("hunter2", "...");
        seen += &format!(
            "$ conf sign {}  # {file}\n{out}{err}[{status}]\n\n",
            words.join(" ")
        );
    }
    assert!(!seen.contains("hunter2"));
    insta::assert_snapshot!("rules", seen);
}

/// Everything wrong in all files is told in one run, with its place; `config` and `--help` work.
#[test]
fn bad_files() {
    let place = Place::new();
    place.project(
        "color = 1\ncolor = true\nterm.color = \"sometimes\"\nterm.verbose = 9\nterm.quiet = \"yes\"\n\
         [build]\njobs = \"8\"\nfeatures = \"a\"\ncache = 1\ndirectory = 3\ntimeout = \"soon\"\nlimit = \"x\"\n\
         share = 2.0\nprofile = [1]\ndefine = [\"a\"]\na-name-of-some-length = \"here\"\nstrict = \"true\"\n\
         [push]\ntoken = 12345678\nregistry = \"nowhere\"\n[trem]\nx = 1\n",
    );
    place.user("term = 3\n");
    let said = place.run(&["build"]);
    assert_eq!(said.status, 1);
    insta::assert_snapshot!("bad_values", said.err);
    insta::assert_snapshot!("bad_values_json", place.run(&["build", "--json"]).err);
    for words in [
        &["config", "list"][..],
        &["build", "--help"],
        &["--version"],
    ] {
        place.run(words).success();
    }
    place.user("[term\ncolor = \"hunter2\"\n");
    place.remove("project/.conf.toml");
    let said = place.run(&["build"]);
    assert_eq!(said.status, 1);
    insta::assert_snapshot!("malformed", said.err);
    let said = place.run(&["config", "set", "term.color", "never"]);
    assert_eq!(said.status, 1);
    assert_eq!(
        place.read("user/conf/config.toml"),
        "[term\ncolor = \"hunter2\"\n"
    );
}

/// What is no file of settings is refused in a moment, and by its name.
#[test]
fn files_that_are_none() {
    let place = Place::new();
    let refused = |what: &str| {
        let said = place.run(&["build", "--profile", "x"]);
        assert_eq!(said.status, 1, "{}", said.err);
        assert!(said.err.contains(what), "{}", said.err);
        assert!(place.run(&["config", "list"]).err.contains(what));
    };
    place.user("");
    let path = place.path("user/conf/config.toml");
    let file = fs::File::create(&path).expect("made");
    file.set_len(100 << 20).expect("a sparse file");
    refused("is larger than 1024 KiB");
    fs::remove_file(&path).expect("removed");
    fs::create_dir(&path).expect("made");
    refused("is a directory, not a file");
    fs::remove_dir(&path).expect("removed");
    fs::write(&path, b"[term]\ncolor = \"\xff\"\n").expect("written");
    refused("is not UTF-8 text: line 2");
    let deep = "a.".repeat(400_000) + "a = 1\n";
    fs::write(&path, deep).expect("written");
    assert_eq!(place.run(&["build", "--profile", "x"]).status, 1);
}

/// The ladder of a setting shows each place and which one wins.
#[test]
fn explaining() {
    let place = Place::new();
    place.user("\n# colors\n[term]\ncolor = \"never\"\n");
    place.project(COLOR);
    let explain = |words: &[&str], env: &[(&str, &str)]| {
        let said = place.run_with(&[&["config", "explain"], words].concat(), env);
        said.success()
    };
    insta::assert_snapshot!("explain", explain(&["term.color"], &[]));
    insta::assert_snapshot!(
        "explain_given",
        explain(
            &["term.color", "--color", "auto"],
            &[("CONF_COLOR", "never")]
        )
    );
    insta::assert_snapshot!(
        "explain_json",
        explain(&["term.color", "--pretty-json"], &[])
    );
    insta::assert_snapshot!("list", place.run(&["config", "list"]).success());
    insta::assert_snapshot!(
        "list_json",
        place.run(&["config", "list", "--json"]).success()
    );
    for wrong in ["term.color", "color", "colr"] {
        let said = place.run(&["config", "explain", wrong]);
        assert_eq!(said.status, 1);
        let expected =
            format!("error: there is no setting `{wrong}`\nhelp: did you mean `term.color`?\n");
        assert_eq!(said.err, expected);
    }
    for line in place.run(&["config", "list"]).success().lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

/// `set` changes what it is to change and keeps the rest; it makes what is not there.
#[test]
fn setting() {
    let place = Place::new();
    let set = |words: &[&str]| place.run(&[&["config", "set"], words].concat());
    set(&["term.color", "never"]).success();
    assert_eq!(
        place.read("user/conf/config.toml"),
        "[term]\ncolor = \"never\"\n"
    );
    let text = "# Mine\n\n[term]   # how it looks\n  color   =  'auto'   # for now\n\n[build] # how it works\njobs = 3\n";
    place.user(text);
    set(&["term.color", "always"]).success();
    set(&["build.jobs", "12"]).success();
    set(&["build.features", "a", "b"]).success();
    insta::assert_snapshot!("set_keeps", place.read("user/conf/config.toml"));
    place.run(&["config", "unset", "build.jobs"]).success();
    assert!(!place.read("user/conf/config.toml").contains("jobs"));
    set(&["--project", "term.verbose", "2"]).success();
    assert_eq!(place.read("project/.conf.toml"), "[term]\nverbose = 2\n");
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
        let said = set(words);
        assert_eq!(said.status, 1, "{words:?}");
        assert!(said.err.contains(why), "{words:?}: {}", said.err);
        assert!(!said.err.contains("hunter2"));
    }
    place.write("project/deep/x", "");
    let words = ["config", "set", "--project", "build.directory", "out"];
    place.run_in("project/deep", &words).success();
    assert!(
        place
            .read("project/.conf.toml")
            .contains("directory = \"deep/out\"")
    );
    place.user("term.color = \"auto\"\r\n# end\r\n");
    set(&["term.color", "never"]).success();
    assert_eq!(
        place.read("user/conf/config.toml"),
        "term.color = \"never\"\r\n# end\r\n"
    );
}

/// An error in a file or a variable has the same members for each place.
#[test]
fn sources_for_programs() {
    let place = Place::new();
    let source = |said: &Said| {
        let error: serde_json::Value = serde_json::from_str(said.err.trim()).expect("JSON");
        let member = |name: &str| error["error"][name].as_str().unwrap_or_default().to_owned();
        [member("kind"), member("option"), member("source")]
    };
    let build = ["build", "--profile", "p", "--json"];
    let said = place.run_with(&build, &[("CONF_TIMEOUT", "zz")]);
    assert_eq!(
        source(&said),
        ["invalid-value", "--timeout", "CONF_TIMEOUT"]
    );
    place.project("build.jobs = 0\n");
    let [kind, option, place_of] = source(&place.run(&build));
    assert_eq!((&*kind, &*option), ("invalid-value", "--jobs"));
    assert!(place_of.ends_with(".conf.toml:1"), "{place_of}");
    place.project("[build\n");
    let [kind, option, place_of] = source(&place.run(&build));
    assert_eq!((&*kind, &*option), ("invalid-file", ""));
    assert!(place_of.ends_with(".conf.toml:1"), "{place_of}");
    place.remove("project/.conf.toml");
    place.write("project/.conf.toml/file", "");
    let [kind, option, place_of] = source(&place.run(&build));
    assert_eq!((&*kind, &*option), ("invalid-file", ""));
    assert!(place_of.ends_with(".conf.toml"), "{place_of}");
}

/// A secret is in no output, and in no file that others may read.
#[test]
fn secrets() {
    let place = Place::new();
    let said = place.run_fed(&["config", "set", "push.token"], "hunter2\n");
    said.success();
    assert_eq!(
        place.read("user/conf/config.toml"),
        "[push]\ntoken = \"hunter2\"\n"
    );
    let mut seen = String::new();
    for words in [
        &["config", "list"][..],
        &["config", "list", "--json"],
        &["config", "explain", "push.token"],
        &["config", "explain", "push.token", "--pretty-json"],
        &["push"],
        &["push", "--registry", "panic:1"],
    ] {
        let said = place.run(words);
        seen += &format!("{}{}", said.out, said.err);
    }
    assert!(
        seen.contains("(secret)") && seen.contains("panicked"),
        "{seen}"
    );
    let project = "push.token = [\"hunter2\"]\n[push.token]\nhunter = \"hunter2\n";
    place.project(project);
    let said = place.run(&["push"]);
    seen += &said.err;
    assert_eq!(said.status, 1);
    place.project("push.token = [\"hunter2\"]\n");
    seen += &place.run(&["push"]).err;
    assert!(!seen.contains("hunter2"), "{seen}");
}

#[cfg(unix)]
#[test]
fn a_variable_need_not_be_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new();
    let mut program = place.program(&["config", "explain", "build.timeout"]);
    program.env("CONF_TIMEOUT", OsStr::from_bytes(b"\xff"));
    let said = place.finish(&mut program, "");
    assert!(said.success().contains("not Unicode"));
    let mut program = place.program(&["build", "--profile", "x"]);
    program.env("CONF_TIMEOUT", OsStr::from_bytes(b"\xff"));
    assert_eq!(place.finish(&mut program, "").status, 2);
}

/// Tens of thousands of settings that don't exist are read in no time, and a hundred are named.
#[test]
fn unknown_settings_are_counted() {
    let place = Place::new();
    let text: String = (0..70_000).map(|at| format!("k{at} = 1\n")).collect();
    place.project(&text);
    let said = place.run(&["build", "--profile", "x"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(said.err.matches("there is no setting").count(), 100);
    assert!(
        said.err.contains("69900 more settings don't exist"),
        "{}",
        said.err
    );
}
