//! Tests where configuration files are, who may read them, how they are written, and how their values combine.

use std::fs;

use super::COLOR;
use super::program::Sandbox;

/// A path in a file is relative to the directory of the file, also if it must exist.
#[test]
fn paths_are_relative_to_their_file() {
    let sandbox = Sandbox::new();
    sandbox.write("project/k.pem", "");
    sandbox.write("project/below/other.pem", "");
    sandbox.project("sign.key-file = \"k.pem\"\n");
    let below = "project/below";
    let run = sandbox.run_in(below, &["sign"]);
    assert!(run.success().contains("k.pem"));
    let set = ["config", "set", "--project", "sign.key-file"];
    for (word, file) in [
        ("../k.pem", "below/../k.pem"),
        ("other.pem", "below/other.pem"),
    ] {
        sandbox
            .run_in(below, &[&set[..], &[word]].concat())
            .success();
        let text = sandbox.read("project/.conf.toml");
        assert!(text.contains(file), "{text}");
        sandbox.run_in(below, &["sign"]).success();
    }
    let run = sandbox.run_in(below, &[&set[..], &["k.pem"]].concat());
    assert_eq!(run.status, 1);
    assert!(run.err.contains("found `k.pem`"), "{}", run.err);
    let set = ["config", "set", "--project", "build.directory"];
    sandbox.run(&[&set[..], &["."]].concat()).success();
    assert!(
        sandbox
            .read("project/.conf.toml")
            .contains("directory = \".\"")
    );
    assert_eq!(sandbox.run(&[&set[..], &[""]].concat()).status, 1);
}

/// A secret is stored completely or rejected, and never cut off.
#[test]
fn secrets_are_stored_completely() {
    let sandbox = Sandbox::new();
    let set = ["config", "set", "push.token"];
    let longest = "x".repeat(65_536);
    sandbox.run_fed(&set, &longest).success();
    assert!(sandbox.read("user/conf/config.toml").contains(&longest));
    for (text, why) in [
        (format!("{longest}x"), "longer than 64 KiB"),
        ("first\nsecond\n".to_owned(), "more than one line"),
        ("\n".to_owned(), "no secret"),
    ] {
        let run = sandbox.run_fed(&set, &text);
        assert_eq!(run.status, 1);
        assert!(run.err.contains(why), "{}", run.err);
    }
    assert!(sandbox.read("user/conf/config.toml").contains(&longest));
}

/// A file keeps its group.
#[cfg(unix)]
#[test]
fn set_keeps_the_group() {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let sandbox = Sandbox::new();
    sandbox.write("user/conf/config.toml", "[build]\nprofile = \"a\"\n");
    let file = sandbox.path("user/conf/config.toml");
    if chown(&file, None, Some(4243)).is_err() {
        eprintln!("skipped: only root can change a file's group to any other");
        return;
    }
    let set = ["config", "set", "build.profile", "b"];
    sandbox.run(&set).success();
    let now = std::fs::metadata(&file).expect("the file");
    assert_eq!(now.gid(), 4243);
    assert!(sandbox.read("user/conf/config.toml").contains("\"b\""));
}

/// Relative links, also in a chain, are resolved from their own directory, wherever the program runs.
#[cfg(unix)]
#[test]
fn relative_links_start_at_their_own_directory() {
    use std::os::unix::fs::symlink;
    for (from, level) in [
        ("project", "--project"),
        ("project/deep/er", "--project"),
        ("project", "--user"),
        ("elsewhere", "--user"),
    ] {
        let sandbox = Sandbox::new();
        fs::create_dir_all(sandbox.path("project/deep/er")).expect("a directory");
        sandbox.write("elsewhere/real.toml", COLOR);
        let link = match level {
            "--project" => "project/.conf.toml",
            _ => "user/conf/config.toml",
        };
        let (next, there) = match level {
            "--project" => ("links/next.toml", "../project/links/next.toml"),
            _ => ("../links/next.toml", "../user/links/next.toml"),
        };
        let link = sandbox.path(link);
        let directory = link.parent().expect("a directory");
        fs::create_dir_all(directory).expect("a directory");
        symlink(next, &link).expect("linked");
        let second = sandbox.path("elsewhere").join(there);
        fs::create_dir_all(second.parent().expect("a directory")).expect("a directory");
        symlink("../../elsewhere/real.toml", &second).expect("linked");
        let set = ["config", "set", level, "term.color", "never"];
        sandbox.run_in(from, &set).success();
        let text = sandbox.read("elsewhere/real.toml");
        assert_eq!(text, "[term]\ncolor = \"never\"\n", "{from} {level}");
        assert!(link.is_symlink() && second.is_symlink());
    }
}

/// Relative paths in the variables of the XDG base directories are ignored, since they would depend on
/// the working directory.
#[test]
fn relative_xdg_directories_are_ignored() {
    let sandbox = Sandbox::new();
    sandbox.write("project/here/conf/config.toml", COLOR);
    sandbox.write("system/conf/config.toml", "[build]\nprofile = \"system\"\n");
    let system = sandbox.path("system").to_string_lossy().into_owned();
    let both = format!("here:{system}");
    for (name, value) in [
        ("XDG_CONFIG_DIRS", "here"),
        ("XDG_CONFIG_DIRS", &both),
        ("XDG_CONFIG_HOME", "here"),
    ] {
        let printed = sandbox
            .run_with(&["config", "list"], &[(name, value)])
            .success();
        assert!(!printed.contains("here/conf"), "{name}={value}: {printed}");
        let reads_system = name == "XDG_CONFIG_HOME" || value.contains(':');
        assert_eq!(
            printed.contains("system/conf/config.toml"),
            reads_system,
            "{name}={value}: {printed}"
        );
    }
}

/// An empty list of directories is like none: the default of the XDG Base Directory Specification is used.
#[cfg(target_os = "linux")]
#[test]
fn an_empty_list_of_directories_is_like_none() {
    let sandbox = Sandbox::new();
    let explained = sandbox.run_with(
        &["config", "explain", "term.color"],
        &[("XDG_CONFIG_DIRS", "")],
    );
    let explained = explained.success();
    assert!(
        explained.contains("/etc/xdg/conf/config.toml"),
        "{explained}"
    );
}

#[cfg(unix)]
#[test]
fn files_keep_their_modes_and_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let sandbox = Sandbox::new();
    let mode = |name: &str| {
        let found = fs::metadata(sandbox.path(name)).expect("metadata");
        found.permissions().mode() & 0o777
    };
    sandbox
        .run_fed(&["config", "set", "push.token"], "hunter2\n")
        .success();
    assert_eq!(mode("user/conf/config.toml"), 0o600);
    // A new file without a secret has the same mode as any other new file.
    sandbox
        .run(&["config", "set", "--project", "term.quiet", "true"])
        .success();
    sandbox.write("usual", "");
    assert_eq!(mode("project/.conf.toml"), mode("usual"));
    sandbox.remove("project/.conf.toml");
    sandbox.write("elsewhere/real.toml", COLOR);
    let real = sandbox.path("elsewhere/real.toml");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
    symlink("../elsewhere/real.toml", sandbox.path("project/.conf.toml")).expect("linked");
    sandbox
        .run(&["config", "set", "--project", "term.color", "never"])
        .success();
    assert_eq!(
        sandbox.read("elsewhere/real.toml"),
        "[term]\ncolor = \"never\"\n"
    );
    assert_eq!(mode("elsewhere/real.toml"), 0o640);
    assert!(sandbox.path("project/.conf.toml").is_symlink());
    assert_eq!(
        fs::read_dir(sandbox.path("elsewhere"))
            .expect("a directory")
            .count(),
        1
    );
}

/// If a file can't be read, `config unset` fails, since the file may have the setting.
#[cfg(unix)]
#[test]
fn a_link_loop_is_an_error() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("project/.conf.toml");
    std::os::unix::fs::symlink(".conf.toml", path).expect("a link");
    let run = sandbox.run(&["config", "unset", "build.jobs", "--project"]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("can't be read"), "{}", run.err);
}

/// An array replaces those of later sources, and the default, even if it is empty.
#[test]
fn arrays_replace_those_of_later_sources() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "user/conf/config.toml",
        "build.profile = \"x\"\nbuild.features = [\"a\"]\n",
    );
    let feature = |words: &[&str]| {
        let printed = sandbox.run(&[&["build"], words].concat()).success();
        let line = printed.lines().find(|line| line.starts_with("feature"));
        line.expect("a line").to_owned()
    };
    assert_eq!(
        feature(&[]),
        "feature [\"a\"] [TMP]/user/conf/config.toml:2"
    );
    sandbox.project("build.features = []\n");
    assert_eq!(feature(&[]), "feature [] [TMP]/project/.conf.toml:1");
    assert_eq!(feature(&["-F", "b"]), "feature [\"b\"] --feature");
    sandbox.remove("user/conf/config.toml");
    assert_eq!(
        feature(&["--profile", "x"]),
        "feature [] [TMP]/project/.conf.toml:1"
    );
    let shown = sandbox.run(&["config", "list"]).success();
    let row = "build.features               []     [TMP]/project/.conf.toml:1\n";
    assert!(shown.contains(row), "{shown}");
}

/// A setting can have earlier keys. The current key takes precedence over them, and changes remove them.
#[test]
fn earlier_keys_of_a_setting_still_work() {
    let warning =
        |key: &str| format!("the setting `{key}` is deprecated: use `build.jobs` instead\n");
    let jobs = |run: super::program::Run| {
        let line = run.out.lines().find(|line| line.starts_with("jobs "));
        let line = line.unwrap_or_else(|| panic!("{}", run.err));
        (line.to_owned(), run.err)
    };
    for (text, value, warned) in [
        ("jobs = 3\n", 3, &["jobs"][..]),
        ("[make]\njobs = 4\n", 4, &["make.jobs"]),
        ("jobs = 3\n[build]\njobs = 5\n", 5, &["jobs"]),
        ("build.jobs = 5\njobs = 3\n", 5, &["jobs"]),
        ("[build]\njobs = 5\n[make]\njobs = 3\n", 5, &["make.jobs"]),
        ("jobs = 3\nmake.jobs = 4\n", 3, &["jobs", "make.jobs"]),
    ] {
        let sandbox = Sandbox::new();
        sandbox.user(text);
        let (line, err) = jobs(sandbox.run(&["build", "--profile", "x"]));
        assert!(line.starts_with(&format!("jobs Some({value}) ")), "{line}");
        let all: Vec<String> = warned.iter().map(|key| warning(key)).collect();
        assert!(all.iter().all(|warning| err.contains(warning)), "{err}");
        assert_eq!(err.matches("warning:").count(), all.len(), "{err}");

        // Setting it by an earlier key sets the current one.
        let run = sandbox.run(&["config", "set", "jobs", "7"]);
        assert!(run.err.contains(&warning("jobs")), "{}", run.err);
        run.success();
        let (line, err) = jobs(sandbox.run(&["build", "--profile", "x"]));
        assert!(line.starts_with("jobs Some(7) "), "{line}");
        assert_eq!(err, "");

        sandbox.user(text);
        sandbox.run(&["config", "unset", "build.jobs"]).success();
        let (line, err) = jobs(sandbox.run(&["build", "--profile", "x"]));
        assert!(line.starts_with("jobs None "), "{line}");
        assert_eq!(err, "");
    }
}

/// An invalid value is reported with the key that the file uses, also for an earlier file's level.
#[test]
fn errors_name_the_earlier_key_of_the_file() {
    let sandbox = Sandbox::new();
    sandbox.project("jobs = 900\n");
    sandbox.user("build.jobs = 2\n");
    let run = sandbox.run(&["build", "--profile", "x"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains(".conf.toml:1:8: `jobs`: "), "{}", run.err);
    assert!(!run.err.contains("`build.jobs`: "), "{}", run.err);
    sandbox.project("jobs = 9\n");
    let run = sandbox.run(&["config", "explain", "build.jobs"]);
    assert!(
        run.success().contains(".conf.toml:1"),
        "the project's file counts"
    );
}
