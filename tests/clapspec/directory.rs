//! What `clapspec generate` does to the directory of its output, and what `--check` finds there.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{CHECK, command, project, run, stderr};

/// One byte changed, one file too many, one missing: each fails, names the file, and names the
/// command that fixes it, which does.
#[test]
fn every_difference_is_found_and_fixed() {
    let change = |path: &Path| {
        let mut text = fs::read_to_string(path).expect("made");
        text.push('\n');
        fs::write(path, text).expect("written");
    };
    type Spoil<'a> = (&'a str, &'a str, &'a dyn Fn(&Path));
    let cases: [Spoil<'_>; 3] = [
        ("changed", "man/authctl.1", &change),
        ("changed", "cli.rs", &change),
        ("missing", "help/authctl.txt", &|path| {
            fs::remove_file(path).expect("removed")
        }),
    ];
    for (word, file, spoil) in cases {
        let directory = project();
        spoil(&directory.path().join("generated").join(file));
        let output = run(CHECK, directory.path());
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{file}: {said}");
        assert!(
            said.contains(&format!("{word}: generated/{file}\n")),
            "{said}"
        );
        assert!(
            said.contains("(clapspec generate --out generated)"),
            "{said}"
        );
        assert!(
            run(&["generate", "--out", "generated"], directory.path())
                .status
                .success()
        );
        assert!(run(CHECK, directory.path()).status.success(), "{file}");
    }
}

/// What clapspec once wrote and doesn't generate any more is removed. What it did not write is reported and
/// stays, also in a directory that is generated.
#[test]
fn only_what_was_generated_is_removed() {
    let directory = project();
    let path = directory.path();
    let generated = path.join("generated");
    let topic = path.join("spec/topics/more.md");
    fs::write(&topic, "# More to know\n\nSome words.\n").expect("written");
    let generate = || run(&["generate", "--out", "generated"], path);
    assert!(generate().status.success());
    let has_page = |name: &str| {
        fs::read_to_string(generated.join("README.md"))
            .expect("the mark")
            .contains(name)
    };
    assert!(has_page("more"));
    fs::remove_file(&topic).expect("removed");
    let check = run(CHECK, path);
    assert!(
        stderr(&check).contains("no longer generated: generated/"),
        "{}",
        stderr(&check)
    );
    assert!(generate().status.success());
    assert!(!has_page("more"));
    assert!(run(CHECK, path).status.success());

    for mine in ["man/mine.1", "notes.txt", "extra/notes.txt"] {
        let mine = generated.join(mine);
        fs::create_dir_all(mine.parent().expect("a directory")).expect("made");
        fs::write(&mine, "precious").expect("written");
        let output = generate();
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(
            stderr(&output).contains("did not generate"),
            "{}",
            stderr(&output)
        );
        let check = run(CHECK, path);
        assert_eq!(check.status.code(), Some(1));
        assert!(
            stderr(&check).contains("not generated: generated/"),
            "{}",
            stderr(&check)
        );
        assert!(
            stderr(&check).contains("removes only what it wrote"),
            "{}",
            stderr(&check)
        );
        assert_eq!(fs::read_to_string(&mine).expect("there"), "precious");
        fs::remove_file(&mine).expect("removed");
    }
}

/// Hidden files are no part of a generated directory: git's own are in there. git may also change the ends of
/// lines.
#[test]
fn git_may_have_files_and_line_ends() {
    let directory = project();
    let path = directory.path();
    let generate = || run(&["generate", "--out", "generated"], path);
    assert!(generate().status.success());
    let generated = path.join("generated");
    let mine = [".gitattributes", "man/.gitkeep", ".hidden/notes.txt"];
    for mine in mine {
        let mine = generated.join(mine);
        fs::create_dir_all(mine.parent().expect("a directory")).expect("made");
        fs::write(mine, "* text\n").expect("written");
    }
    let code = generated.join("cli.rs");
    for file in [&code, &generated.join("README.md")] {
        let text = fs::read_to_string(file).expect("a file");
        fs::write(file, text.replace('\n', "\r\n")).expect("written");
    }
    let check = run(CHECK, path);
    assert!(check.status.success(), "{}", stderr(&check));
    assert!(generate().status.success());
    for mine in mine {
        assert_eq!(
            fs::read_to_string(generated.join(mine)).expect("there"),
            "* text\n"
        );
    }
    // What is the same but for them is not written again.
    assert!(
        fs::read_to_string(&code)
            .expect("the code")
            .contains("\r\n")
    );
    let text = fs::read_to_string(&code).expect("the code");
    fs::write(&code, text.replacen("\r\n", " \r\n", 1)).expect("written");
    assert_eq!(run(CHECK, path).status.code(), Some(1));
}

/// An output directory that is the spec, lies in it or contains it is refused, and nothing changes.
#[test]
fn the_spec_is_not_in_the_output() {
    let directory = project();
    let path = directory.path();
    fs::create_dir(path.join("g")).expect("made");
    fs::rename(path.join("spec"), path.join("g/spec")).expect("moved");
    fs::write(path.join("g/one.yaml"), "name: one\nabout: Do one thing\n").expect("written");
    let names = |below: &str| {
        let entries = fs::read_dir(path.join(below)).expect("a directory");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        names
    };
    let before = (names("g"), names("g/spec"), names("g/spec/commands"));
    for (spec, out) in [
        ("g/spec", "g"),
        ("g/spec", "."),
        ("g/spec", "g/spec"),
        ("g/spec", "g/spec/generated"),
        ("g/spec", "g/spec/new/deeper"),
        ("g/spec/../spec", "g/spec/commands/.."),
        ("g/one.yaml", "g"),
    ] {
        for check in [&[][..], &["--check"]] {
            let output = run(&[&["generate", spec, "--out", out], check].concat(), path);
            assert_eq!(output.status.code(), Some(1), "{spec} {out}");
            let said = stderr(&output);
            assert!(
                said.contains("are inside each other"),
                "{spec} {out}: {said}"
            );
        }
        assert_eq!(
            (names("g"), names("g/spec"), names("g/spec/commands")),
            before,
            "{spec} {out}"
        );
    }
    let output = run(&["generate", "g/one.yaml", "--out", "g/made"], path);
    assert!(output.status.success(), "{}", stderr(&output));
}

/// A mark that was not finished, and one that a full disk cut off, don't make the directory somebody else's.
#[test]
fn an_interrupted_run_can_be_repeated() {
    let directory = project();
    let path = directory.path();
    let generated = path.join("generated");
    let mark = generated.join("README.md");
    let whole = fs::read_to_string(&mark).expect("the mark");
    fs::write(generated.join(".clapspec-mark-1"), &whole[..40]).expect("written");
    for at in [32, 60, whole.len() / 2, whole.len() - 1] {
        fs::write(&mark, &whole[..at]).expect("written");
        let output = run(&["generate", "--out", "generated"], path);
        assert!(output.status.success(), "{at}: {}", stderr(&output));
        assert!(run(CHECK, path).status.success(), "{at}");
    }
    assert!(!generated.join(".clapspec-mark-1").exists());
    fs::create_dir(path.join("new")).expect("made");
    fs::write(path.join("new/.clapspec-mark-1"), "").expect("written");
    assert!(run(&["generate", "--out", "new"], path).status.success());
}

/// What is no regular file, or far larger than what is generated, is a difference and is not read.
#[cfg(unix)]
#[test]
fn only_plausible_files_are_compared() {
    use std::os::unix::fs::symlink;

    let directory = project();
    let path = directory.path();
    let file = path.join("generated/help/authctl.txt");
    let spoil: [(&str, &dyn Fn()); 4] = [
        ("a link to a device", &|| {
            symlink("/dev/zero", &file).expect("a link")
        }),
        ("a pipe", &|| {
            assert!(
                Command::new("mkfifo")
                    .arg(&file)
                    .status()
                    .expect("mkfifo")
                    .success()
            );
        }),
        ("a directory", &|| {
            fs::create_dir(&file).expect("a directory")
        }),
        ("a huge file", &|| {
            let huge = fs::File::create(&file).expect("a file");
            huge.set_len(1 << 40).expect("a sparse file");
        }),
    ];
    for (what, spoil) in spoil {
        fs::remove_file(&file).expect("removed");
        spoil();
        let check = run(CHECK, path);
        assert_eq!(check.status.code(), Some(1), "{what}");
        let said = stderr(&check);
        assert!(
            said.contains(": generated/help/authctl.txt"),
            "{what}: {said}"
        );
        let made = run(&["generate", "--out", "generated"], path);
        if !made.status.success() {
            assert!(
                stderr(&made).contains("not a regular file; remove it"),
                "{what}: {}",
                stderr(&made)
            );
            if fs::remove_file(&file).is_err() {
                fs::remove_dir(&file).expect("removed");
            }
            assert!(
                run(&["generate", "--out", "generated"], path)
                    .status
                    .success(),
                "{what}"
            );
        }
        assert!(run(CHECK, path).status.success(), "{what}");
    }
}

/// Two generators at once leave a directory that is whole.
#[test]
fn two_generators_at_once() {
    let directory = project();
    let path = directory.path();
    for _ in 0..20 {
        fs::remove_dir_all(path.join("generated")).expect("removed");
        let start = || {
            command(&["generate", "--out", "generated"], path)
                .spawn()
                .expect("it starts")
        };
        let mut both = [start(), start()];
        for one in &mut both {
            assert!(one.wait().expect("an end").success());
        }
        assert!(run(CHECK, path).status.success());
    }
}

/// `--only` makes and checks one part and does not look at the others.
#[test]
fn only_some_parts() {
    let directory = project();
    let path = directory.path();
    fs::remove_file(path.join("generated/cli.rs")).expect("removed");
    let only = |part: &str| {
        run(&[CHECK, &["--only", part]].concat(), path)
            .status
            .code()
    };
    assert_eq!(only("man,help"), Some(0));
    assert_eq!(only("rust"), Some(1));
    let output = run(&["generate", "--out", "pages", "--only", "man"], path);
    assert!(output.status.success());
    assert!(path.join("pages/man/authctl.1").exists() && !path.join("pages/cli.rs").exists());
}

/// A directory with somebody's files in it is left alone.
#[test]
fn a_directory_of_others_is_refused() {
    let directory = project();
    let mine = directory.path().join("mine");
    fs::create_dir(&mine).expect("made");
    fs::write(mine.join("README.md"), "my own words\n").expect("written");
    let output = run(&["generate", "--out", "mine"], directory.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("holds files that clapspec did not generate"));
    assert_eq!(fs::read_dir(&mine).expect("there").count(), 1);
}

/// What does not change is not written, so that nothing that depends on it is built again.
#[test]
fn unchanged_files_keep_their_time() {
    let directory = project();
    let file = directory.path().join("generated/cli.rs");
    let time = || {
        fs::metadata(&file)
            .expect("there")
            .modified()
            .expect("a time")
    };
    let before = time();
    assert!(
        run(&["generate", "--out", "generated"], directory.path())
            .status
            .success()
    );
    assert_eq!(before, time());
}
