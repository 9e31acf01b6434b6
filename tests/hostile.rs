//! Specs that nobody would write by accident: each is refused with a clear word or works, without a
//! panic, within bounded memory, and soon.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::clapspec;

/// Address space of the process in KiB. The debug build itself takes some 15 MiB of it.
const MEMORY: u32 = 200 << 10;
/// A bound against hanging, not a measurement: debug builds on busy machines are slow.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs `clapspec check` on a path; returns its status and what it said.
fn check(path: &Path) -> (Option<i32>, String) {
    // `ulimit` is the shell's; the path reaches it as an argument, not as text.
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$@\""), "sh"]);
    shell.arg(clapspec().get_program()).arg("check").arg(path);
    let mut child = shell
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("sh runs");
    // Read while it runs: a full pipe would stop it.
    let mut pipe = child.stderr.take().expect("a pipe");
    let reader = std::thread::spawn(move || {
        let mut said = Vec::new();
        std::io::Read::read_to_end(&mut pipe, &mut said).expect("it is read");
        String::from_utf8_lossy(&said).into_owned()
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it is a child") {
            break status;
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("it is a child");
            panic!("{} takes too long", path.display());
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = reader.join().expect("it reads");
    assert!(
        !said.contains("panicked") && !said.contains("memory allocation"),
        "{said}"
    );
    (status.code(), said)
}

/// A text, and what must be said of it; nothing where it is accepted.
type Text<'a> = (&'a str, Vec<u8>, &'a str);

fn texts() -> Vec<Text<'static>> {
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
    // Each holds the next one.
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
        ("deep-commands", spec(commands), "too long together"),
        ("million-comments", spec("# nothing\n".repeat(700_000)), ""),
        (
            "million-keys",
            spec((0..300_000).map(|n| format!("x-{n}: {n}\n")).collect()),
            "stands for more than",
        ),
        (
            "million-items",
            spec("x-a:\n".to_owned() + &"- 1\n".repeat(1_000_000)),
            "stands for more than",
        ),
        (
            "too-large",
            spec("# nothing\n".repeat(1_000_000)),
            "it has more than 8 MB",
        ),
        ("billion-laughs", spec(laughs), "stands for more than"),
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
            "not YAML",
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
            "nested more than 16 deep",
        ),
        (
            "nested-emphasis",
            spec(format!(
                "description: '{}x{}'\n",
                "*a ".repeat(20_000),
                " a*".repeat(20_000)
            )),
            "nested more than 16 deep",
        ),
        (
            "many-links",
            spec(format!("description: '{}'\n", "[`--x`] ".repeat(20_000))),
            "leads nowhere",
        ),
        (
            "brackets",
            spec(format!("description: '{}'\n", "[".repeat(200_000))),
            "",
        ),
    ]
}

#[test]
fn texts_of_all_kinds() {
    let directory = tempfile::tempdir().expect("a directory");
    let mut wrong = Vec::new();
    for (name, text, expected) in texts() {
        let path = directory.path().join(format!("{name}.yaml"));
        fs::write(&path, text).expect("written");
        let (status, said) = check(&path);
        let right = match (expected, status) {
            ("", Some(0)) => said.is_empty(),
            ("", _) | (_, Some(0)) => false,
            (expected, Some(1)) => said.contains(expected),
            _ => false,
        };
        if !right {
            let said: String = said.chars().take(600).collect();
            wrong.push(format!("{name}: {status:?}, wanted {expected:?}: {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Directories that hold what a spec does not.
#[test]
fn directories_of_all_kinds() {
    let directory = tempfile::tempdir().expect("a directory");
    let make = |name: &str| -> PathBuf {
        let spec = directory.path().join(name);
        fs::create_dir_all(spec.join("commands")).expect("a directory");
        fs::write(spec.join("cli.yaml"), "name: tool\nabout: A tool\n").expect("written");
        fs::write(spec.join("commands/run.yaml"), "about: Run\n").expect("written");
        spec
    };
    let says = |path: &Path, expected: &str| {
        let (status, said) = check(path);
        assert_eq!(
            status,
            Some(i32::from(!expected.is_empty())),
            "{}: {said}",
            path.display()
        );
        assert!(said.contains(expected), "{}: {said}", path.display());
    };

    says(&make("it's a \"spec\" $(touch x) `y`"), "");

    let spec = make("a directory for a file");
    fs::create_dir(spec.join("commands/walk.yaml")).expect("a directory");
    says(&spec, "walk.yaml`: it is a directory, not a file");

    let spec = make("no program");
    fs::remove_file(spec.join("cli.yaml")).expect("removed");
    says(&spec, "has no `cli.yaml`");

    let spec = make("names");
    fs::write(spec.join("commands/-x y.yaml"), "about: Wrong\n").expect("written");
    says(&spec, "can't be the name of a command");

    says(Path::new("/dev/null"), "it is not a regular file");

    // The disk is not walked through for files that could be misplaced.
    let spec = make("a directory without meaning");
    let deep = spec.join("notes/deep/deeper");
    fs::create_dir_all(&deep).expect("a directory");
    fs::write(deep.join("x.yaml"), "not a spec").expect("written");
    says(&spec, "");
    fs::write(spec.join("notes/x.yaml"), "not a spec").expect("written");
    says(&spec, "notes/x.yaml` has no place in a spec");

    let spec = make("many large files");
    let text = format!("about: Large\n# {}\n", "x".repeat(7 << 20));
    for at in 0..8 {
        fs::write(spec.join(format!("commands/c{at}.yaml")), &text).expect("written");
    }
    says(&spec, "the spec has more than 32 MB");
    says(&directory.path().join("nowhere"), "can't read the spec");

    #[cfg(unix)]
    {
        let spec = make("a loop");
        std::os::unix::fs::symlink(&spec, spec.join("commands/again")).expect("a link");
        says(&spec, "again` is a link to a directory that is read anyway");

        // Each of them would double what there is.
        let spec = make("links that multiply");
        for name in ["a", "b", "c", "d", "e"] {
            std::os::unix::fs::symlink("..", spec.join("commands").join(name)).expect("a link");
            let here = spec.join("commands").join(name.to_uppercase());
            fs::create_dir(&here).expect("a directory");
            std::os::unix::fs::symlink("..", here.join("up")).expect("a link");
        }
        let (status, said) = check(&spec);
        assert_eq!(status, Some(1), "{said}");
        assert_eq!(said.matches("error[odd-link]").count(), 10, "{said}");

        let spec = make("a link that leads out");
        std::os::unix::fs::symlink("/", spec.join("commands/all")).expect("a link");
        says(&spec, "is a link that leads out of the spec");

        let spec = make("a link to commands elsewhere in the spec");
        fs::create_dir(spec.join("shared")).expect("a directory");
        fs::write(spec.join("shared/walk.yaml"), "about: Walk\n").expect("written");
        fs::write(spec.join("commands/all.yaml"), "about: Do all\n").expect("written");
        std::os::unix::fs::symlink("../shared", spec.join("commands/all")).expect("a link");
        let (_, said) = check(&spec);
        assert!(!said.contains("odd-link"), "{said}");

        let spec = make("a dangling link");
        std::os::unix::fs::symlink("nowhere", spec.join("commands/walk.yaml")).expect("a link");
        says(&spec, "can't read");

        let spec = make("escapes");
        fs::write(spec.join("commands/\x1b[31mred.yaml"), "about: Red\n").expect("written");
        let (status, said) = check(&spec);
        assert!(status == Some(1) && !said.contains('\x1b'), "{said}");
    }
}
