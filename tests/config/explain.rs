//! Tests `config explain` and `config list`.

use super::COLOR;
use super::program::Sandbox;

/// A variable that the program sets counts for its commands and for `config`.
#[test]
fn variables_of_the_program_are_shown() {
    let sandbox = Sandbox::new();
    sandbox.user("[term]\ncolor = \"never\"\n");
    let set = [
        ("SETUP_VARIABLE", "CONF_COLOR=auto"),
        ("CONF_COLOR", "always"),
    ];
    let built = sandbox
        .run_with(&["build", "--profile", "x"], &set)
        .success();
    assert!(built.contains("color Auto CONF_COLOR\n"), "{built}");
    let explained = sandbox.run_with(&["config", "explain", "term.color"], &set);
    insta::assert_snapshot!("explain_set", explained.success());
}

/// With `Setup::isolated`, no command uses a file, not even `config`, and no variable of the process.
#[test]
fn an_isolated_line_has_no_files() {
    let sandbox = Sandbox::new();
    let text = "[term]\ncolor = \"always\"\n[build]\nprofile = \"x\"\n";
    sandbox.user(text);
    sandbox.project(text);
    let isolated = [
        ("SETUP_ISOLATED", "1"),
        ("SETUP_VARIABLE", "CONF_TIMEOUT=7s"),
        ("CONF_COLOR", "always"),
    ];
    let run = |words: &[&str]| sandbox.run_with(words, &isolated);
    let built = run(&["build"]);
    assert_eq!(built.status, 2);
    assert!(built.err.contains("--profile <NAME>"), "{}", built.err);
    insta::assert_snapshot!(
        "explain_isolated",
        run(&["config", "explain", "term.color"]).success()
    );
    insta::assert_snapshot!("list_isolated", run(&["config", "list"]).success());
    for (change, file) in [
        (&["set", "term.color", "never"][..], "your configuration"),
        (&["set", "--project", "term.color", "never"], "the project"),
        (&["unset", "--user", "term.color"], "the user"),
    ] {
        let run = run(&[&["config"], change].concat());
        assert_eq!(run.status, 1, "{change:?}");
        let message = format!("error: can't determine where {file} file is\n");
        assert_eq!(run.err, message);
    }
    assert_eq!(sandbox.read("user/conf/config.toml"), text);
    assert_eq!(sandbox.read("project/.conf.toml"), text);
}

/// `config explain` shows every source of a setting, and which one is used.
#[test]
fn explain_shows_every_source() {
    let sandbox = Sandbox::new();
    sandbox.user("\n# colors\n[term]\ncolor = \"never\"\n");
    sandbox.project(COLOR);
    let explain = |words: &[&str], env: &[(&str, &str)]| {
        let run = sandbox.run_with(&[&["config", "explain"], words].concat(), env);
        run.success()
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
    insta::assert_snapshot!("list", sandbox.run(&["config", "list"]).success());
    insta::assert_snapshot!(
        "list_json",
        sandbox.run(&["config", "list", "--json"]).success()
    );
    for wrong in ["term.colors", "color", "colr"] {
        let run = sandbox.run(&["config", "explain", wrong]);
        assert_eq!(run.status, 1);
        let expected =
            format!("error: unknown setting `{wrong}`\nhelp: did you mean `term.color`?\n");
        assert_eq!(run.err, expected);
    }
    for line in sandbox.run(&["config", "list"]).success().lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

/// `config explain` shows values of every type, from every source, and those that are not accepted.
#[test]
fn explain_shows_every_type() {
    let sandbox = Sandbox::new();
    let long = "a".repeat(70);
    sandbox.user(&format!(
        "[term]\nverbose = 2\nquiet = {{}}\n[build]\njobs = [1]\nfeatures = [\"a b\", \"\", \"c, d\", \"{long}\"]\n\
         profile = \"{long}\"\ndirectory = \"/{long}\"\n\"max jobs\" = 1\n"
    ));
    let mut said = String::new();
    for words in [
        &["term.verbose"][..],
        &["term.verbose", "--json"],
        &["term.verbose", "-vvvvv"],
        &["term.quiet", "-q"],
        &["term.quiet", "--json"],
        &["build.jobs"],
        &["build.features"],
        &["build.features", "--json"],
        &["build.profile"],
        &["build.directory"],
    ] {
        let run = sandbox.run(&[&["config", "explain"], words].concat());
        said += &format!(
            "$ config explain {}\n{}{}\n",
            words.join(" "),
            run.err,
            run.out
        );
    }
    said += &sandbox.run(&["config", "list"]).success();
    insta::assert_snapshot!("explain_types", said);
}

/// A default that the program computes is shown in place of the one of the spec.
#[test]
fn explain_shows_computed_defaults() {
    let sandbox = Sandbox::new();
    let default = |key: &str| {
        let run = sandbox.run_with(&["config", "explain", key], &[("SETUP_DEFAULTS", "1")]);
        let shown = run.success();
        let line = shown
            .lines()
            .find_map(|line| line.strip_prefix("> default"));
        line.unwrap_or_else(|| panic!("{shown}")).trim().to_owned()
    };
    assert_eq!(default("build.profile"), "computed");
    assert_eq!(default("sign.format"), "text");
    assert_eq!(default("build.features"), "[std]");
}

/// Long values are cut in errors, and a value must not contain NUL.
#[test]
fn values_in_errors_are_short() {
    let sandbox = Sandbox::new();
    let (long, exact) = ("é".repeat(41), "é".repeat(40));
    sandbox.user(&format!(
        "term.verbose = \"{long}\"\nterm.quiet = \"{exact}\"\n[build]\nprofile = \"a\\u0000\"\nfeatures = [\"\\u0000\"]\n"
    ));
    let run = sandbox.run(&["build"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!("short_values", run.err);
}
