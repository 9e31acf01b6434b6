//! Tests configuration files: runs a program built from `tests/render/config.yaml` in directories with
//! all kinds of files.

mod answers;
mod changes;
mod explain;
mod files;
mod program;
mod trust;

use std::fs;

use program::{Run, Sandbox};

const COLOR: &str = "[term]\ncolor = \"always\"\n";

/// Each source of a setting takes precedence over the next one. If one is removed, the next one is used.
#[test]
fn nearer_sources_take_precedence() {
    let sandbox = Sandbox::new();
    sandbox.system("[build]\nprofile = \"from-system\"\n[term]\nverbose = 1\n");
    sandbox.user("# mine\n[build]\nprofile = \"from-user\"\n[term]\ncolor = \"never\"\n");
    sandbox.project("build.profile = \"from-project\"\nterm.color = \"always\"\n");
    let build = |words: &[&str], env: &[(&str, &str)]| {
        let words = [&["build"], words].concat();
        let printed = sandbox.run_with(&words, env).success();
        let line = |field: &str| {
            let line = printed.lines().find(|line| line.starts_with(field));
            line.unwrap_or_else(|| panic!("{field}: {printed}"))
                .to_owned()
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
    sandbox.remove("project/.conf.toml");
    let (color, profile) = build(&[], &[]);
    assert_eq!(color, "color Never [TMP]/user/conf/config.toml:5");
    assert_eq!(
        profile,
        "profile \"from-user\" [TMP]/user/conf/config.toml:3"
    );
    sandbox.remove("user/conf/config.toml");
    let (color, profile) = build(&[], &[]);
    assert_eq!(color, "color Auto default");
    assert_eq!(
        profile,
        "profile \"from-system\" [TMP]/system/conf/config.toml:2"
    );
    sandbox.remove("system/conf/config.toml");
    let run = sandbox.run(&["build"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("--profile <NAME>"), "{}", run.err);
}

/// A file can set every kind of value, and the command line overrides it.
#[test]
fn files_set_every_kind_of_value() {
    let sandbox = Sandbox::new();
    sandbox.project(
        "term.quiet = false\nterm.verbose = 2\n[build]\njobs = 8\nfeatures = [\"a,b\", \"c\"]\ncache = false\n\
         progress = true\ndirectory = \"out\"\ntimeout = \"90s\"\nlimit = 512\nshare = 0.5\nprofile = \"fast\"\n\
         define = [\"a=b\", \"c=d\"]\na-name-of-some-length = \"127.0.0.1\"\nstrict = true\n",
    );
    insta::assert_snapshot!("every_kind", sandbox.run(&["build"]).success());
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
    insta::assert_snapshot!("every_kind_given", sandbox.run(&words).success());
    // A path is relative to the directory of its file, also if the program runs in a subdirectory.
    sandbox.write("project/deep/er/x", "");
    let printed = sandbox.run_in("project/deep/er", &["build"]).success();
    assert!(
        printed.contains("target_directory Some(\"[TMP]/project/out\") [TMP]/project/.conf.toml:8"),
        "{printed}"
    );
}

/// Settings and variables determine the form of errors, also of those on the command line.
#[test]
fn settings_determine_the_form_of_errors() {
    let sandbox = Sandbox::new();
    let form = |words: &[&str], env: &[(&str, &str)]| {
        let run = sandbox.run_with(&[&["build", "--nothing"], words].concat(), env);
        assert_eq!(run.status, 2);
        match run.err.lines().collect::<Vec<_>>()[..] {
            [line] if line.starts_with('{') => "JSON",
            [line, ..] if line.starts_with("error: ") => "text",
            _ => panic!("{}", run.err),
        }
    };
    assert_eq!(form(&[], &[]), "text");
    assert_eq!(form(&["--pretty-json"], &[]), "JSON");
    for (value, form_of_value) in [("1", "JSON"), ("0", "text"), ("", "text")] {
        assert_eq!(form(&[], &[("CONF_JSON", value)]), form_of_value);
    }
    for (value, form_of_value) in [("true", "JSON"), ("false", "text"), ("1", "text")] {
        sandbox.user(&format!("term.pretty = {value}\n"));
        assert_eq!(form(&[], &[]), form_of_value);
        assert_eq!(form(&["--json"], &[]), "JSON");
    }
}

/// A conflicting option overrides a setting, whether it is given or set in a nearer file.
#[test]
fn nearer_settings_override_conflicting_ones() {
    let sandbox = Sandbox::new();
    sandbox.user("[term]\nverbose = 2\n[build]\nprofile = \"x\"\n");
    let fields = |printed: String| {
        let wanted = |line: &&str| line.starts_with("verbose") || line.starts_with("quiet");
        let lines: Vec<String> = printed.lines().filter(wanted).map(str::to_owned).collect();
        lines.join("; ")
    };
    let given = fields(sandbox.run(&["build", "--quiet"]).success());
    assert_eq!(given, "verbose 0 default; quiet true --quiet");
    let variable = [("CONF_QUIET", "1")];
    let variable = fields(sandbox.run_with(&["build"], &variable).success());
    assert_eq!(variable, "verbose 0 default; quiet true CONF_QUIET");
    sandbox.project("term.quiet = true\n");
    let nearer = fields(sandbox.run(&["build"]).success());
    assert_eq!(
        nearer,
        "verbose 0 default; quiet true [TMP]/project/.conf.toml:1"
    );
    sandbox.project("term.quiet = true\nterm.verbose = 1\n");
    let run = sandbox.run(&["build"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!("exclude", run.err);
}

/// A setting in a file fulfills rules that require it, and is overridden if a rule says so.
#[test]
fn rules_apply_to_settings_in_files() {
    let sandbox = Sandbox::new();
    sandbox.write("project/key", "");
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
        ("key-file = \"key\"\nstrict = true\nrules.soft = true", &[]),
        ("key-file = \"key\"\nkey = \"hunter2\"", &[]),
        // A value of `0` or `false` is a value.
        ("key = \"0\"", &["--key-file", "key"]),
        ("key = \"false\"", &["--key-file", "key"]),
    ] {
        // A project's file can't set a secret.
        let text = format!("[sign]\n{file}\n");
        let (user, project) = match file.starts_with("key = ") || file.contains("hunter2") {
            true => (&*text, ""),
            false => ("", &*text),
        };
        sandbox.user(user);
        sandbox.project(project);
        let run = sandbox.run(&[&["sign"], words].concat());
        let (out, err, status) = (run.out, run.err, run.status);
        let file = file.replace('\n', " ").replace("hunter2", "...");
        seen += &format!(
            "$ conf sign {}  # {file}\n{out}{err}[{status}]\n\n",
            words.join(" ")
        );
    }
    assert!(!seen.contains("hunter2"));
    insta::assert_snapshot!("rules", seen);
}

/// One run reports the problems in all files. `config list`, `--help` and `--version` still work.
#[test]
fn problems_in_all_files_are_reported_at_once() {
    let sandbox = Sandbox::new();
    sandbox.project(
        "colors = 1\ncolor = true\nterm.color = \"sometimes\"\nterm.verbose = 9\nterm.quiet = \"yes\"\n\
         [build]\njobs = \"8\"\nfeatures = \"a\"\ncache = 1\ndirectory = 3\ntimeout = \"soon\"\nlimit = \"x\"\n\
         share = 2.0\nprofile = [1]\ndefine = [\"a\"]\na-name-of-some-length = \"here\"\nstrict = \"true\"\n\
         [push]\ntoken = 12345678\nregistry = \"nowhere\"\n[trem]\nx = 1\n",
    );
    sandbox.user("term = 3\n");
    let run = sandbox.run(&["build"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!("bad_values", run.err);
    insta::assert_snapshot!("bad_values_json", sandbox.run(&["build", "--json"]).err);
    for words in [
        &["config", "list"][..],
        &["build", "--help"],
        &["--version"],
    ] {
        sandbox.run(words).success();
    }
    sandbox.user("[term\ncolor = \"hunter2\"\n");
    sandbox.remove("project/.conf.toml");
    let run = sandbox.run(&["build"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!("malformed", run.err);
    let run = sandbox.run(&["config", "set", "term.color", "never"]);
    assert_eq!(run.status, 1);
    assert_eq!(
        sandbox.read("user/conf/config.toml"),
        "[term\ncolor = \"hunter2\"\n"
    );
}

/// A file that is too large or invalid, or a directory in its place, is rejected with a clear message.
#[test]
fn invalid_files_are_rejected() {
    let sandbox = Sandbox::new();
    let refused = |what: &str| {
        let run = sandbox.run(&["build", "--profile", "x"]);
        assert_eq!(run.status, 1, "{}", run.err);
        assert!(run.err.contains(what), "{}", run.err);
        assert!(sandbox.run(&["config", "list"]).err.contains(what));
    };
    sandbox.user("");
    let path = sandbox.path("user/conf/config.toml");
    let file = fs::File::create(&path).expect("created");
    file.set_len(100 << 20).expect("a sparse file");
    refused("is larger than 1024 KiB");
    fs::remove_file(&path).expect("removed");
    fs::create_dir(&path).expect("created");
    refused("expected a file, found a directory");
    fs::remove_dir(&path).expect("removed");
    fs::write(&path, b"[term]\ncolor = \"\xff\"\n").expect("written");
    refused("line 2 is not valid UTF-8");
    let deep = "a.".repeat(400_000) + "a = 1\n";
    fs::write(&path, deep).expect("written");
    assert_eq!(sandbox.run(&["build", "--profile", "x"]).status, 1);
}

/// In JSON, an error in a file or a variable has the same members, and names its source.
#[test]
fn json_errors_name_their_source() {
    let sandbox = Sandbox::new();
    let source = |run: &Run| {
        let error: serde_json::Value = serde_json::from_str(run.err.trim()).expect("JSON");
        let member = |name: &str| error["error"][name].as_str().unwrap_or_default().to_owned();
        [member("kind"), member("option"), member("source")]
    };
    let build = ["build", "--profile", "p", "--json"];
    let run = sandbox.run_with(&build, &[("CONF_TIMEOUT", "zz")]);
    assert_eq!(source(&run), ["invalid-value", "--timeout", "CONF_TIMEOUT"]);
    sandbox.project("build.jobs = 0\n");
    let [kind, option, origin] = source(&sandbox.run(&build));
    assert_eq!((&*kind, &*option), ("invalid-value", "--jobs"));
    assert!(origin.ends_with(".conf.toml:1"), "{origin}");
    sandbox.project("[build\n");
    let [kind, option, origin] = source(&sandbox.run(&build));
    assert_eq!((&*kind, &*option), ("invalid-file", ""));
    assert!(origin.ends_with(".conf.toml:1"), "{origin}");
    sandbox.remove("project/.conf.toml");
    sandbox.write("project/.conf.toml/file", "");
    let [kind, option, origin] = source(&sandbox.run(&build));
    assert_eq!((&*kind, &*option), ("invalid-file", ""));
    assert!(origin.ends_with(".conf.toml"), "{origin}");
}

/// A secret is never printed: not by commands, in errors, or in panics.
#[test]
fn secrets_are_never_printed() {
    let sandbox = Sandbox::new();
    let run = sandbox.run_fed(&["config", "set", "push.token"], "hunter2\n");
    run.success();
    assert_eq!(
        sandbox.read("user/conf/config.toml"),
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
        let run = sandbox.run(words);
        seen += &format!("{}{}", run.out, run.err);
    }
    assert!(
        seen.contains("(secret)") && seen.contains("panicked"),
        "{seen}"
    );
    let project = "push.token = [\"hunter2\"]\n[push.token]\nhunter = \"hunter2\n";
    sandbox.project(project);
    let run = sandbox.run(&["push"]);
    seen += &run.err;
    assert_eq!(run.status, 1);
    sandbox.project("push.token = [\"hunter2\"]\n");
    seen += &sandbox.run(&["push"]).err;
    assert!(!seen.contains("hunter2"), "{seen}");
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_unicode_is_reported() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    let mut program = sandbox.program(&["config", "explain", "build.timeout"]);
    program.env("CONF_TIMEOUT", OsStr::from_bytes(b"\xff"));
    let run = sandbox.finish(&mut program, "");
    assert!(run.success().contains("not Unicode"));
    let mut program = sandbox.program(&["build", "--profile", "x"]);
    program.env("CONF_TIMEOUT", OsStr::from_bytes(b"\xff"));
    assert_eq!(sandbox.finish(&mut program, "").status, 2);
    // A secret isn't shown, even in part.
    let mut program = sandbox.program(&["push", "--token"]);
    program.arg(OsStr::from_bytes(b"hunter\xff"));
    let run = sandbox.finish(&mut program, "");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("expected Unicode text\n"), "{}", run.err);
    assert!(!run.err.contains("hunter"), "{}", run.err);
    // The option is named, which isn't the first one of the command.
    let mut program = sandbox.program(&["build", "--json", "--jobs", "1", "--profile"]);
    program.arg(OsStr::from_bytes(b"\xff"));
    let err = sandbox.finish(&mut program, "").err;
    let facts = ["\"kind\":\"not-unicode\"", "\"option\":\"--profile\""];
    assert!(facts.iter().all(|fact| err.contains(fact)), "{err}");
}

/// Of 70,000 unknown settings, only the first hundred are listed; the others are counted.
#[test]
fn only_a_hundred_unknown_settings_are_listed() {
    let sandbox = Sandbox::new();
    let text: String = (0..70_000).map(|at| format!("k{at} = 1\n")).collect();
    sandbox.project(&text);
    let run = sandbox.run(&["build", "--profile", "x"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(run.err.matches("unknown setting `").count(), 100);
    assert!(
        run.err.contains("69900 more unknown settings"),
        "{}",
        run.err
    );
}
