//! Who decides what is in a file: a project's may come from anybody.

use std::fs;

use crate::program::Place;

/// What only the user may say is refused in a project's file, and taken from the user's.
#[test]
fn a_project_can_not_answer_for_the_user() {
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
        let place = Place::new();
        place.project(file);
        let said = place.run(words);
        assert_eq!(said.status, 1, "{file}: {}{}", said.out, said.err);
        let expected = format!("`{key}`: a project's file can't set this");
        assert!(said.err.contains(&expected), "{file}: {}", said.err);
        assert!(!said.out.contains("removed"), "{file}");
        let said = place.run(&["config", "explain", key]);
        assert!(!said.out.contains("project file"), "{}", said.out);
    }
    let place = Place::new();
    place.user("drop.yes = true\n");
    assert_eq!(place.run(&["drop"]).success(), "removed\n");
    place.remove("user/conf/config.toml");
    place.system("drop.yes = true\n");
    assert_eq!(place.run(&["drop"]).success(), "removed\n");
    place.remove("system/conf/config.toml");
    assert_eq!(place.run(&["drop"]).status, 2);
}

/// `config set` writes such a setting to the user's file alone.
#[test]
fn set_knows_where_a_setting_belongs() {
    let place = Place::new();
    let said = place.run(&["config", "set", "--project", "drop.yes", "true"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("leave out `--project`"), "{}", said.err);
    assert!(!place.path("project/.conf.toml").exists());
    place.run(&["config", "set", "drop.yes", "true"]).success();
    assert_eq!(place.run(&["drop"]).success(), "removed\n");
    let said = place.run(&[
        "config",
        "set",
        "--project",
        "push.mirror",
        "https://a.example",
    ]);
    assert_eq!(said.success(), "");
}

/// A file that others may write is ignored, and a warning says how to change that.
#[cfg(unix)]
#[test]
fn what_others_may_write_is_ignored() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.project("term.color = \"always\"\nnonsense\n");
    let file = place.path("project/.conf.toml");
    for mode in [0o646, 0o666, 0o602] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("changed");
        let said = place.run(&["build", "--profile", "x"]);
        assert_eq!(said.status, 0, "{mode:o}: {}", said.err);
        assert!(said.out.contains("color Auto default"), "{}", said.out);
        assert_eq!(
            said.err,
            "warning: [TMP]/project/.conf.toml: the file is ignored: other users can write to it; \
             run `chmod go-w '[TMP]/project/.conf.toml'` to prevent that\n"
        );
    }
    let said = place.run(&["config", "explain", "term.color"]);
    assert!(said.out.contains("project file  ignored"), "{}", said.out);
    let said = place.run(&["config", "set", "--project", "term.color", "never"]);
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(said.err.contains("the file is ignored"), "{}", said.err);
    // The advice works.
    let mut advice = std::process::Command::new("chmod");
    let done = advice.arg("go-w").arg(&file).status().expect("it runs");
    assert!(done.success());
    assert!(place.run(&["build"]).err.contains("not valid TOML"));
    // One's own group is no other user.
    place.project("term.color = \"always\"\n");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o664)).expect("changed");
    let said = place.run(&["build", "--profile", "x"]);
    assert!(
        said.out.contains("color Always"),
        "{}{}",
        said.out,
        said.err
    );
}

/// A file of another user is ignored, and so is a link of another user to one's own file.
#[cfg(unix)]
#[test]
fn what_others_own_is_ignored() {
    use std::os::unix::fs::{chown, lchown, symlink};
    if !rustix::process::geteuid().is_root() {
        return crate::support::skip("only root can give a file to another user");
    }
    let place = Place::new();
    place.project("term.color = \"always\"\n");
    let file = place.path("project/.conf.toml");
    let color = |env: &[(&str, &str)]| {
        let said = place.run_with(&["build", "--profile", "x"], env);
        assert_eq!(said.status, 0, "{}", said.err);
        let ignored = said
            .err
            .contains("the file is ignored: it belongs to another user (UID 4321)");
        assert_eq!(
            ignored,
            said.out.contains("color Auto default"),
            "{}{}",
            said.out,
            said.err
        );
        !ignored
    };
    assert!(color(&[]));
    chown(&file, Some(4321), None).expect("changed");
    assert!(!color(&[]));
    // Whoever calls `sudo` is no other user; who says so to a program that is not root's is not asked.
    assert!(color(&[("SUDO_UID", "4321")]));
    assert!(!color(&[("SUDO_UID", "4322")]));
    let own = place.path("project/own.toml");
    fs::rename(&file, &own).expect("renamed");
    chown(&own, Some(0), None).expect("changed");
    symlink(&own, &file).expect("a link");
    assert!(color(&[]));
    lchown(&file, Some(4321), None).expect("changed");
    assert!(!color(&[]));
    // So is a link to the directory of a file.
    fs::remove_file(&file).expect("removed");
    place.write("elsewhere/config.toml", "term.color = \"always\"\n");
    let directory = place.path("user/conf");
    symlink(place.path("elsewhere"), &directory).expect("a link");
    assert!(color(&[]));
    lchown(&directory, Some(4321), None).expect("changed");
    assert!(!color(&[]));
}

/// `~/` begins in the home directory, in every file and with `config set`.
#[test]
fn a_path_may_begin_at_home() {
    let place = Place::new();
    let directory = || {
        let said = place.run(&["build", "--profile", "x"]).success();
        let line = said.lines().find(|line| line.starts_with("target_directory"));
        line.unwrap_or_default().to_owned()
    };
    for (file, path) in [
        ("~/out", "[TMP]/home/out"),
        ("~", "[TMP]/home/"),
        ("./~/out", "[TMP]/project/./~/out"),
        ("~out", "[TMP]/project/~out"),
        ("a/~/b", "[TMP]/project/a/~/b"),
    ] {
        place.project(&format!("build.directory = \"{file}\"\n"));
        let found = directory();
        assert!(
            found.contains(&format!("Some(\"{path}\")")),
            "{file}: {found}"
        );
    }
    place.remove("project/.conf.toml");
    for (word, written) in [("~/out", "~/out"), ("./~/out", "./~/out"), ("out", "out")] {
        place
            .run(&["config", "set", "--project", "build.directory", word])
            .success();
        let text = place.read("project/.conf.toml");
        assert_eq!(text, format!("[build]\ndirectory = \"{written}\"\n"));
    }
}
