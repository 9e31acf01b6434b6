//! Hostile specs: each is accepted, or rejected with a clear message, without a panic and within limits
//! of memory and time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::clapspec;

/// The limit of the process's address space, in KiB. A debug build itself takes about 15 MiB of it.
const MEMORY: u32 = 200 << 10;
/// The time limit. It is generous, since it only detects hangs: debug builds on busy machines are slow.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Runs `clapspec check` on a path, and returns its exit code and its messages.
fn check(path: &Path) -> (Option<i32>, String) {
    // `ulimit` is built into the shell. The path is an argument, so the shell doesn't interpret it.
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$@\""), "sh"]);
    shell.arg(clapspec().get_program()).arg("check").arg(path);
    let mut child = shell
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("sh runs");
    // Read while it runs, since a full pipe would block it.
    let mut pipe = child.stderr.take().expect("a pipe");
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut pipe, &mut bytes).expect("it is read");
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it is a child") {
            break status;
        }
        if start.elapsed() > TIME_LIMIT {
            child.kill().expect("it is a child");
            panic!("{} takes too long", path.display());
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let report = reader.join().expect("it reads");
    assert!(
        !report.contains("panicked") && !report.contains("memory allocation"),
        "{report}"
    );
    (status.code(), report)
}

/// A name, the bytes of a spec, and a part of the expected message, which is empty if the spec is valid.
type Hostile<'a> = (&'a str, Vec<u8>, &'a str);

fn specs() -> Vec<Hostile<'static>> {
    const HEAD: &str = "name: tool\nabout: A tool\n";
    let spec = |more: String| format!("{HEAD}{more}").into_bytes();
    let mut laughs = String::from("x-a0: &a0 [ha, ha]\n");
    for n in 1..40 {
        laughs += &format!("x-a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1);
    }
    let mut aliases = String::from("x-a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\nx-b: [");
    aliases += &"*a, ".repeat(40_000);
    aliases += "*a]\n";
    let mut commands = String::from("commands:\n");
    for n in 0..120 {
        commands += &format!(
            "{0}c{n}:\n{0}  about: A command\n{0}  commands:\n",
            "    ".repeat(n).as_str().to_owned() + "  "
        );
    }
    // Each definition refers to the next one.
    let definition = |n| {
        let next = n + 1;
        format!(
            "    d{n}: {{ type: object, properties: {{ a: {{ $ref: '#/$defs/d{next}' }} }} }}\n"
        )
    };
    let definitions: String = (0..8_000).map(definition).collect();
    let definitions = format!("output:\n  $ref: '#/$defs/d0'\n  $defs:\n{definitions}");
    vec![
        (
            "100000-maps-in-a-line",
            spec("x-a: ".to_owned() + &"{a: ".repeat(100_000)),
            "nested too deep",
        ),
        (
            "100000-lists-in-a-line",
            spec("x-a: ".to_owned() + &"[".repeat(100_000)),
            "nested too deep",
        ),
        (
            "100000-lists-in-a-block",
            spec("x-a:\n".to_owned() + &"- ".repeat(100_000)),
            "nested too deep",
        ),
        (
            "deep-commands",
            spec(commands),
            "the full name of this command is too long",
        ),
        ("million-comments", spec("# nothing\n".repeat(700_000)), ""),
        (
            "million-keys",
            spec((0..300_000).map(|n| format!("x-{n}: {n}\n")).collect()),
            "the file has more than 500000 values",
        ),
        (
            "million-items",
            spec("x-a:\n".to_owned() + &"- 1\n".repeat(1_000_000)),
            "the file has more than 500000 values",
        ),
        (
            "too-large",
            spec("# nothing\n".repeat(1_000_000)),
            "it is larger than 8 MB",
        ),
        (
            "billion-laughs",
            spec(laughs),
            "the file has more than 500000 values",
        ),
        ("many-aliases", spec(aliases), ""),
        (
            "many-definitions",
            spec(definitions),
            "more than 500 definitions",
        ),
        (
            "long-line",
            spec("x-a: ".to_owned() + &"word ".repeat(1_000_000)),
            "",
        ),
        (
            "long-key",
            spec("x-".to_owned() + &"k".repeat(100_000) + ": 1\n"),
            "invalid YAML",
        ),
        (
            "long-unknown-key",
            spec("k".repeat(900) + ": 1\n"),
            "has no key",
        ),
        (
            "many-errors",
            spec((0..5_000).map(|n| format!("k{n}: 1\n")).collect()),
            "and 4800 more",
        ),
        (
            "not-utf-8",
            b"name: tool\nabout: \xff\n".to_vec(),
            "line 2 is not UTF-8",
        ),
        (
            "utf-16",
            "name: tool\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
            "error",
        ),
        ("nul", b"name: tool\nabout: a\0b\n".to_vec(), "error"),
        (
            "bom",
            [b"\xef\xbb\xbf".to_vec(), spec(String::new())].concat(),
            "",
        ),
        (
            "crlf",
            b"name: tool\r\nabout: A tool\r\ndescription: |\r\n  One.\r\n\r\n  Two.\r\n".to_vec(),
            "",
        ),
        (
            "carriage-returns",
            b"name: tool\rabout: A tool\r".to_vec(),
            "",
        ),
        ("empty", Vec::new(), "the file is empty"),
        ("spaces", b"  \n\n  \n".to_vec(), "the file is empty"),
        (
            "nested-markdown",
            spec(format!("description: '{}x'\n", ">".repeat(50_000))),
            "nested more than 16 levels deep",
        ),
        (
            "nested-emphasis",
            spec(format!(
                "description: '{}x{}'\n",
                "*a ".repeat(20_000),
                " a*".repeat(20_000)
            )),
            "nested more than 16 levels deep",
        ),
        (
            "many-links",
            spec(format!("description: '{}'\n", "[`--x`] ".repeat(20_000))),
            "unresolved link",
        ),
        (
            "brackets",
            spec(format!("description: '{}'\n", "[".repeat(200_000))),
            "",
        ),
    ]
}

#[test]
fn hostile_files_are_accepted_or_rejected() {
    let directory = tempfile::tempdir().expect("a directory");
    let mut wrong = Vec::new();
    for (name, text, expected) in specs() {
        let path = directory.path().join(format!("{name}.yaml"));
        fs::write(&path, text).expect("written");
        let (status, report) = check(&path);
        let right = match (expected, status) {
            ("", Some(0)) => report.is_empty(),
            ("", _) | (_, Some(0)) => false,
            (expected, Some(1)) => report.contains(expected),
            _ => false,
        };
        if !right {
            let report: String = report.chars().take(600).collect();
            wrong.push(format!("{name}: {status:?}, wanted {expected:?}: {report}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Directories with unusual names, files or links.
#[test]
fn hostile_directories_are_accepted_or_rejected() {
    let directory = tempfile::tempdir().expect("a directory");
    let make = |name: &str| -> PathBuf {
        let spec = directory.path().join(name);
        fs::create_dir_all(spec.join("commands")).expect("a directory");
        fs::write(spec.join("cli.yaml"), "name: tool\nabout: A tool\n").expect("written");
        fs::write(spec.join("commands/run.yaml"), "about: Run\n").expect("written");
        spec
    };
    let assert_reports = |path: &Path, expected: &str| {
        let (status, report) = check(path);
        assert_eq!(
            status,
            Some(i32::from(!expected.is_empty())),
            "{}: {report}",
            path.display()
        );
        assert!(report.contains(expected), "{}: {report}", path.display());
    };

    assert_reports(&make("it's a \"spec\" $(touch x) `y`"), "");

    let spec = make("a directory for a file");
    fs::create_dir(spec.join("commands/walk.yaml")).expect("a directory");
    assert_reports(&spec, "walk.yaml`: it is a directory, not a file");

    let spec = make("no program");
    fs::remove_file(spec.join("cli.yaml")).expect("removed");
    assert_reports(&spec, "has no `cli.yaml`");

    let spec = make("names");
    fs::write(spec.join("commands/-x y.yaml"), "about: Wrong\n").expect("written");
    assert_reports(&spec, "is not a valid name for a command");

    assert_reports(Path::new("/dev/null"), "it is not a regular file");

    // Misplaced files are only looked for one level deep, not on the whole disk.
    let spec = make("a directory without meaning");
    let deep = spec.join("notes/deep/deeper");
    fs::create_dir_all(&deep).expect("a directory");
    fs::write(deep.join("x.yaml"), "not a spec").expect("written");
    assert_reports(&spec, "");
    fs::write(spec.join("notes/x.yaml"), "not a spec").expect("written");
    assert_reports(&spec, "notes/x.yaml`");

    let spec = make("many large files");
    let text = format!("about: Large\n# {}\n", "x".repeat(7 << 20));
    for at in 0..8 {
        fs::write(spec.join(format!("commands/c{at}.yaml")), &text).expect("written");
    }
    assert_reports(&spec, "the spec is larger than 32 MB");
    assert_reports(&directory.path().join("nowhere"), "can't read the spec");

    #[cfg(unix)]
    {
        let spec = make("a loop");
        std::os::unix::fs::symlink(&spec, spec.join("commands/again")).expect("a link");
        assert_reports(&spec, "again` leads to a directory that is already read");

        // If links were followed, each of these would double the number of files.
        let spec = make("links that multiply");
        for name in ["a", "b", "c", "d", "e"] {
            std::os::unix::fs::symlink("..", spec.join("commands").join(name)).expect("a link");
            let here = spec.join("commands").join(name.to_uppercase());
            fs::create_dir(&here).expect("a directory");
            std::os::unix::fs::symlink("..", here.join("up")).expect("a link");
        }
        let (status, report) = check(&spec);
        assert_eq!(status, Some(1), "{report}");
        assert_eq!(report.matches("error[odd-link]").count(), 10, "{report}");

        let spec = make("a link that leads out");
        std::os::unix::fs::symlink("/", spec.join("commands/all")).expect("a link");
        assert_reports(&spec, "commands/all` leads out of the spec");

        let spec = make("a link to commands elsewhere in the spec");
        fs::create_dir(spec.join("shared")).expect("a directory");
        fs::write(spec.join("shared/walk.yaml"), "about: Walk\n").expect("written");
        fs::write(spec.join("commands/all.yaml"), "about: Do all\n").expect("written");
        std::os::unix::fs::symlink("../shared", spec.join("commands/all")).expect("a link");
        let (_, report) = check(&spec);
        assert!(!report.contains("odd-link"), "{report}");

        let spec = make("a dangling link");
        std::os::unix::fs::symlink("nowhere", spec.join("commands/walk.yaml")).expect("a link");
        assert_reports(&spec, "can't read");

        let spec = make("escapes");
        fs::write(spec.join("commands/\x1b[31mred.yaml"), "about: Red\n").expect("written");
        let (status, report) = check(&spec);
        assert!(status == Some(1) && !report.contains('\x1b'), "{report}");
    }
}
