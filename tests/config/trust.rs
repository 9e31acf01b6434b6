//! Tests which files are trusted. A project's file may come from anyone.

use std::fs;

use super::program::Sandbox;

/// A setting that only the user may set is rejected in a project's file, and accepted in the user's or
/// the system's file.
#[test]
fn project_files_cannot_set_user_only_settings() {
    for (file, key, words) in [
        ("drop.yes = true\n", "drop.yes", &["drop"][..]),
        ("push.token = \"t\"\n", "push.token", &["push"]),
        (
            "push.registry = \"https://evil.example\"\n",
            "push.registry",
            &["push"],
        ),
        ("[push]\nregistry = 5\n", "push.registry", &["push"]),
    ] {
        let sandbox = Sandbox::new();
        sandbox.project(file);
        let run = sandbox.run(words);
        assert_eq!(run.status, 1, "{file}: {}{}", run.out, run.err);
        let expected = format!("`{key}`: this can't be set in a project's file");
        assert!(run.err.contains(&expected), "{file}: {}", run.err);
        assert!(!run.out.contains("removed"), "{file}");
        let run = sandbox.run(&["config", "explain", key]);
        assert!(!run.out.contains("project file"), "{}", run.out);
    }
    let sandbox = Sandbox::new();
    sandbox.user("drop.yes = true\n");
    assert_eq!(sandbox.run(&["drop"]).success(), "removed\n");
    sandbox.remove("user/conf/config.toml");
    sandbox.system("drop.yes = true\n");
    assert_eq!(sandbox.run(&["drop"]).success(), "removed\n");
    sandbox.remove("system/conf/config.toml");
    assert_eq!(sandbox.run(&["drop"]).status, 2);
}

/// `config set` writes such a setting only to the user's file.
#[test]
fn set_writes_user_only_settings_to_the_user_file() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(&["config", "set", "--project", "drop.yes", "true"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("omit `--project`"), "{}", run.err);
    assert!(!sandbox.path("project/.conf.toml").exists());
    sandbox
        .run(&["config", "set", "drop.yes", "true"])
        .success();
    assert_eq!(sandbox.run(&["drop"]).success(), "removed\n");
    let run = sandbox.run(&[
        "config",
        "set",
        "--project",
        "push.mirror",
        "https://a.example",
    ]);
    assert_eq!(run.success(), "");
}

/// A file that other users can write to is ignored, and a warning says how to prevent that.
#[cfg(unix)]
#[test]
fn files_writable_by_others_are_ignored() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    sandbox.project("term.color = \"always\"\nnonsense\n");
    let file = sandbox.path("project/.conf.toml");
    for mode in [0o646, 0o666, 0o602] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("changed");
        let run = sandbox.run(&["build", "--profile", "x"]);
        assert_eq!(run.status, 0, "{mode:o}: {}", run.err);
        assert!(run.out.contains("color Auto default"), "{}", run.out);
        assert_eq!(
            run.err,
            "warning: [TMP]/project/.conf.toml: the file is ignored: other users can write to it; \
             run `chmod go-w '[TMP]/project/.conf.toml'` to prevent that\n"
        );
    }
    let run = sandbox.run(&["config", "explain", "term.color"]);
    assert!(run.out.contains("project file  ignored"), "{}", run.out);
    let run = sandbox.run(&["config", "set", "--project", "term.color", "never"]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("the file is ignored"), "{}", run.err);
    // The suggested command works.
    let mut advice = std::process::Command::new("chmod");
    let done = advice.arg("go-w").arg(&file).status().expect("it runs");
    assert!(done.success());
    assert!(sandbox.run(&["build"]).err.contains("invalid TOML"));
    // Write permission for the own group is accepted.
    sandbox.project("term.color = \"always\"\n");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o664)).expect("changed");
    let run = sandbox.run(&["build", "--profile", "x"]);
    assert!(run.out.contains("color Always"), "{}{}", run.out, run.err);
}

/// A file of another user is ignored, and so is a link of another user to the user's own file.
#[cfg(unix)]
#[test]
fn files_of_other_users_are_ignored() {
    use std::os::unix::fs::{chown, lchown, symlink};
    if !rustix::process::geteuid().is_root() {
        return crate::support::skip("only root can give a file to another user");
    }
    let sandbox = Sandbox::new();
    sandbox.project("term.color = \"always\"\n");
    let file = sandbox.path("project/.conf.toml");
    let color = |env: &[(&str, &str)]| {
        let run = sandbox.run_with(&["build", "--profile", "x"], env);
        assert_eq!(run.status, 0, "{}", run.err);
        let ignored = run
            .err
            .contains("the file is ignored: it belongs to another user (UID 4321)");
        assert_eq!(
            ignored,
            run.out.contains("color Auto default"),
            "{}{}",
            run.out,
            run.err
        );
        !ignored
    };
    assert!(color(&[]));
    chown(&file, Some(4321), None).expect("changed");
    assert!(!color(&[]));
    // The user who called `sudo` is trusted. `SUDO_UID` counts only if the program runs as root.
    assert!(color(&[("SUDO_UID", "4321")]));
    assert!(!color(&[("SUDO_UID", "4322")]));
    let own = sandbox.path("project/own.toml");
    fs::rename(&file, &own).expect("renamed");
    chown(&own, Some(0), None).expect("changed");
    symlink(&own, &file).expect("a link");
    assert!(color(&[]));
    lchown(&file, Some(4321), None).expect("changed");
    assert!(!color(&[]));
    // The same applies to a link to the directory of a file.
    fs::remove_file(&file).expect("removed");
    sandbox.write("elsewhere/config.toml", "term.color = \"always\"\n");
    let directory = sandbox.path("user/conf");
    symlink(sandbox.path("elsewhere"), &directory).expect("a link");
    assert!(color(&[]));
    lchown(&directory, Some(4321), None).expect("changed");
    assert!(!color(&[]));
}

/// `~/` at the beginning of a path is the home directory, in files and with `config set`.
#[test]
fn a_tilde_is_the_home_directory() {
    let sandbox = Sandbox::new();
    let directory = || {
        let printed = sandbox.run(&["build", "--profile", "x"]).success();
        let line = printed
            .lines()
            .find(|line| line.starts_with("target_directory"));
        line.unwrap_or_default().to_owned()
    };
    for (file, path) in [
        ("~/out", "[TMP]/home/out"),
        ("~", "[TMP]/home/"),
        ("./~/out", "[TMP]/project/./~/out"),
        ("~out", "[TMP]/project/~out"),
        ("a/~/b", "[TMP]/project/a/~/b"),
    ] {
        sandbox.project(&format!("build.directory = \"{file}\"\n"));
        let found = directory();
        assert!(
            found.contains(&format!("Some(\"{path}\")")),
            "{file}: {found}"
        );
    }
    sandbox.remove("project/.conf.toml");
    for (word, written) in [("~/out", "~/out"), ("./~/out", "./~/out"), ("out", "out")] {
        sandbox
            .run(&["config", "set", "--project", "build.directory", word])
            .success();
        let text = sandbox.read("project/.conf.toml");
        assert_eq!(text, format!("[build]\ndirectory = \"{written}\"\n"));
    }
}
