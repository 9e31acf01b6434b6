//! Where configuration files are, who may read them, and how they are written.

use std::fs;

use crate::COLOR;
use crate::program::Place;

/// A path in a file is relative to the directory of the file, also where something must exist at it.
#[test]
fn paths_begin_at_their_file() {
    let place = Place::new();
    place.write("project/k.pem", "");
    place.write("project/below/other.pem", "");
    place.project("sign.key-file = \"k.pem\"\n");
    let below = "project/below";
    let said = place.run_in(below, &["sign"]);
    assert!(said.success().contains("k.pem"));
    let set = ["config", "set", "--project", "sign.key-file"];
    for (word, file) in [
        ("../k.pem", "below/../k.pem"),
        ("other.pem", "below/other.pem"),
    ] {
        place.run_in(below, &[&set[..], &[word]].concat()).success();
        let text = place.read("project/.conf.toml");
        assert!(text.contains(file), "{text}");
        place.run_in(below, &["sign"]).success();
    }
    let said = place.run_in(below, &[&set[..], &["k.pem"]].concat());
    assert_eq!(said.status, 1);
    assert!(said.err.contains("found `k.pem`"), "{}", said.err);
    let set = ["config", "set", "--project", "build.directory"];
    place.run(&[&set[..], &["."]].concat()).success();
    assert!(place.read("project/.conf.toml").contains("directory = \".\""));
    assert_eq!(place.run(&[&set[..], &[""]].concat()).status, 1);
}

/// Nothing of a secret is left out in silence.
#[test]
fn secrets_are_stored_whole() {
    let place = Place::new();
    let set = ["config", "set", "push.token"];
    let longest = "x".repeat(65_536);
    place.run_fed(&set, &longest).success();
    assert!(place.read("user/conf/config.toml").contains(&longest));
    for (text, why) in [
        (format!("{longest}x"), "longer than 64 KiB"),
        ("first\nsecond\n".to_owned(), "more than one line"),
        ("\n".to_owned(), "no secret"),
    ] {
        let said = place.run_fed(&set, &text);
        assert_eq!(said.status, 1);
        assert!(said.err.contains(why), "{}", said.err);
    }
    assert!(place.read("user/conf/config.toml").contains(&longest));
}

/// A file is of the same group afterwards, and of the same user after `sudo`.
#[cfg(unix)]
#[test]
fn the_group_stays() {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let place = Place::new();
    place.write("user/conf/config.toml", "[build]\nprofile = \"a\"\n");
    let file = place.path("user/conf/config.toml");
    if chown(&file, None, Some(4243)).is_err() {
        eprintln!("skipped: only root can give a file to any group");
        return;
    }
    let set = ["config", "set", "build.profile", "b"];
    place.run(&set).success();
    let now = std::fs::metadata(&file).expect("the file");
    assert_eq!(now.gid(), 4243);
    assert!(place.read("user/conf/config.toml").contains("\"b\""));
}

/// A relative link begins at its own directory, wherever the program is called, and so do links that follow
/// each other.
#[cfg(unix)]
#[test]
fn links_begin_where_they_are() {
    use std::os::unix::fs::symlink;
    for (from, level) in [
        ("project", "--project"),
        ("project/deep/er", "--project"),
        ("project", "--user"),
        ("elsewhere", "--user"),
    ] {
        let place = Place::new();
        fs::create_dir_all(place.path("project/deep/er")).expect("a directory");
        place.write("elsewhere/real.toml", COLOR);
        let link = match level {
            "--project" => "project/.conf.toml",
            _ => "user/conf/config.toml",
        };
        let (next, there) = match level {
            "--project" => ("links/next.toml", "../project/links/next.toml"),
            _ => ("../links/next.toml", "../user/links/next.toml"),
        };
        let link = place.path(link);
        let directory = link.parent().expect("a directory");
        fs::create_dir_all(directory).expect("a directory");
        symlink(next, &link).expect("linked");
        let second = place.path("elsewhere").join(there);
        fs::create_dir_all(second.parent().expect("a directory")).expect("a directory");
        symlink("../../elsewhere/real.toml", &second).expect("linked");
        let set = ["config", "set", level, "term.color", "never"];
        place.run_in(from, &set).success();
        let text = place.read("elsewhere/real.toml");
        assert_eq!(text, "[term]\ncolor = \"never\"\n", "{from} {level}");
        assert!(link.is_symlink() && second.is_symlink());
    }
}

/// A relative path in a variable of the XDG base directories counts as none: it would be another place in each
/// directory.
#[test]
fn relative_directories_are_not_read() {
    let place = Place::new();
    place.write("project/here/conf/config.toml", COLOR);
    place.write("system/conf/config.toml", "[build]\nprofile = \"system\"\n");
    let system = place.path("system").to_string_lossy().into_owned();
    let both = format!("here:{system}");
    for (name, value) in [
        ("XDG_CONFIG_DIRS", "here"),
        ("XDG_CONFIG_DIRS", &both),
        ("XDG_CONFIG_HOME", "here"),
    ] {
        let said = place
            .run_with(&["config", "list"], &[(name, value)])
            .success();
        assert!(!said.contains("here/conf"), "{name}={value}: {said}");
        let reads_system = name == "XDG_CONFIG_HOME" || value.contains(':');
        assert_eq!(
            said.contains("system/conf/config.toml"),
            reads_system,
            "{name}={value}: {said}"
        );
    }
}

#[cfg(unix)]
#[test]
fn files_keep_their_modes_and_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new();
    let mode = |name: &str| {
        let found = fs::metadata(place.path(name)).expect("there");
        found.permissions().mode() & 0o777
    };
    place
        .run_fed(&["config", "set", "push.token"], "hunter2\n")
        .success();
    assert_eq!(mode("user/conf/config.toml"), 0o600);
    place.write("elsewhere/real.toml", COLOR);
    let real = place.path("elsewhere/real.toml");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
    symlink("../elsewhere/real.toml", place.path("project/.conf.toml")).expect("linked");
    place
        .run(&["config", "set", "--project", "term.color", "never"])
        .success();
    assert_eq!(
        place.read("elsewhere/real.toml"),
        "[term]\ncolor = \"never\"\n"
    );
    assert_eq!(mode("elsewhere/real.toml"), 0o640);
    assert!(place.path("project/.conf.toml").is_symlink());
    assert_eq!(
        fs::read_dir(place.path("elsewhere"))
            .expect("a directory")
            .count(),
        1
    );
}

/// What can't be looked at may have the setting: it is not said to lack it.
#[cfg(unix)]
#[test]
fn a_file_that_links_to_itself_is_not_absent() {
    let place = Place::new();
    let path = place.path("project/.conf.toml");
    std::os::unix::fs::symlink(".conf.toml", path).expect("a link");
    let said = place.run(&["config", "unset", "build.jobs", "--project"]);
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(said.err.contains("can't be read"), "{}", said.err);
}
