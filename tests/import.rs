//! Converts clap programs to specs.
//!
//! Each program in `tests/import/programs/`, and each description in `tests/import/formats/`, is converted, and the files and the report are compared with a snapshot.

#[path = "import/programs/corners.rs"]
mod corners;
#[path = "import/programs/derive.rs"]
mod derive;
mod methods;
#[path = "import/programs/plain.rs"]
mod plain;
#[path = "import/programs/settings.rs"]
mod settings;
#[path = "import/programs/texts.rs"]
mod texts;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path};

use clap::{Arg, Command};
use clapspec::import::{self, Format, Import};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use crate::support::root;

fn converted(command: &Command) -> String {
    shown(&import::command(command).expect("a valid command"))
}

/// A control character in a description is not printed as it is.
#[test]
fn reports_are_printable() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("a.kdl");
    let text = "bin \"a\\u{1b}[1m\"\ncmd \"b\\u{9b}c\" \"x\\u{7}\"=1 {\n \"y\\u{1b}\" \n}\n";
    fs::write(&path, text).expect("written");
    let import = import::file(Format::Usage, &path).expect("a description");
    let report = import.to_string();
    let is_unsafe = |it: char| it.is_control() && it != '\n';
    assert!(
        !report.is_empty() && !report.contains(is_unsafe),
        "{report:?}"
    );
    let missing = directory.path().join("\u{1b}[2J");
    let error = import::file(Format::Usage, &missing)
        .expect_err("an error")
        .to_string();
    assert!(!error.contains(is_unsafe), "{error:?}");
}

/// The files of a spec, and the report.
fn shown(import: &Import) -> String {
    let files = import.files().iter();
    let files: String = files
        .map(|file| format!("--- {}\n{}", file.path(), file.text()))
        .collect();
    format!("{files}--- report\n{import}")
}

#[test]
fn programs_become_specs() {
    let programs = [
        ("corners", corners::command()),
        ("derive", derive::command()),
        ("plain", plain::command()),
        ("settings", settings::command()),
        ("texts", texts::command()),
    ];
    let names: BTreeSet<String> = programs
        .iter()
        .map(|(name, _)| format!("{name}.rs"))
        .collect();
    let files = fs::read_dir(root().join("tests/import/programs")).expect("a directory");
    let files = files.map(|file| {
        file.expect("a file")
            .file_name()
            .into_string()
            .expect("UTF-8")
    });
    assert_eq!(files.collect::<BTreeSet<_>>(), names);
    for (name, command) in programs {
        insta::assert_snapshot!(name, converted(&command));
    }
}

/// Descriptions in other formats become specs.
#[test]
fn descriptions_become_specs() {
    let files = [
        (Format::Usage, "notes.usage.kdl"),
        (Format::Oclif, "oclif.manifest.json"),
        (Format::Cobra, "cobra"),
        (Format::OpenCli, "opencli.json"),
        (Format::OpenCli, "opencli-1.yaml"),
        (Format::Fig, "fig.json"),
    ];
    for (format, name) in files {
        let path = root().join("tests/import/formats").join(name);
        let import = import::file(format, &path).expect("a valid description");
        insta::assert_snapshot!(name, shown(&import));
    }
}

/// The help of programs becomes specs. Each file in `tests/import/help/` is the help of a program, and each directory
/// that of a program with subcommands.
#[test]
fn help_becomes_specs() {
    let directory = root().join("tests/import/help");
    let mut cases: Vec<_> = fs::read_dir(&directory)
        .expect("a directory")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    cases.sort();
    assert!(cases.len() > 5);
    for path in cases {
        let import = import::file(Format::Help, &path).expect("help");
        let name = path.file_stem().expect("a name").to_string_lossy();
        insta::assert_snapshot!(format!("help-{name}"), shown(&import));
    }
}

/// Whatever help looks like, each of its lines has a confidence, and the spec can be read.
#[test]
fn any_help_can_be_read() {
    let indent = select(vec!["", " ", "  ", "    ", "      ", "\t", "          "]);
    let part = select(vec![
        "-f",
        "--file",
        "--[no-]wait",
        "-",
        "--",
        "---",
        "-version",
        "-é",
        ", ",
        " | ",
        "/",
        " or ",
        "<FILE>",
        " <FILE>...",
        "=VALUE",
        "[=<WHEN>]",
        " [N]",
        " {a,b}",
        " KEY [KEY ...]",
        " int",
        "<",
        "[",
        ")",
        "...",
        "[,...]",
        "  ",
        " ",
        "text",
        "list, ls",
        "list - Text",
        "Add it.",
        "[default: 3]",
        "(default \"x\")",
        "[env: A=, required]",
        "<options: a|b>",
        "[x>=1]",
        "[1<=x<=80]",
        "(",
        "Usage: tool [OPTIONS] <FILE>",
        "usage:",
        "tool add [--] [-a | -b]",
        "or: tool",
        "Options:",
        "Commands:",
        "Arguments:",
        "GLOBAL FLAGS",
        "Aliases:",
        "Others",
        "Possible values:",
        "- a: Help",
        "tool 1.2.3",
        "\u{1b}[1m",
        "\u{8}",
        "\u{7}",
        "日本",
    ]);
    let line = (indent, prop::collection::vec(part, 0..5));
    let lines = prop::collection::vec(line, 1..40);
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("tool.txt");
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&lines, |lines| {
        let lines: Vec<String> = lines
            .into_iter()
            .map(|(indent, parts)| format!("{indent}{}", parts.concat()))
            .collect();
        fs::write(&path, lines.join("\n")).expect("written");
        let Ok(import) = import::file(Format::Help, &path) else {
            return Ok(());
        };
        let report = import.to_string();
        prop_assert!(!report.contains(|it: char| it.is_control() && it != '\n'));
        let numbers: Vec<usize> = import.lines().iter().map(|line| line.line).collect();
        prop_assert!(numbers.is_sorted_by(|one, next| one < next));
        prop_assert!(import.lines().iter().all(|line| !line.text.is_empty()));
        for code in import.report().codes() {
            let code = code.to_string();
            let codes = ["not-yaml", "unknown-key", "not-one-line"];
            prop_assert!(!codes.contains(&&*code), "{report}");
        }
        Ok(())
    });
    result.expect("help of any kind");
}

/// A description that can't be read is an error, however hostile it is.
#[test]
fn descriptions_that_cannot_be_read_are_errors() {
    let directory = tempfile::tempdir().expect("a directory");
    let deep = |open: &str, close: &str| open.repeat(50_000) + &close.repeat(50_000);
    let anchors: String = (1..40)
        .map(|it| format!("a{it}: &a{it} [*a{0}, *a{0}, *a{0}]\n", it - 1))
        .collect();
    let files = [
        (Format::Usage, String::new()),
        (Format::Usage, "cmd {".to_owned()),
        (Format::Usage, deep("a {\n", "}\n")),
        (Format::Usage, "bin \"a\u{0}b".to_owned()),
        (Format::Oclif, "{".to_owned()),
        (Format::Oclif, "[]".to_owned()),
        (Format::Oclif, deep("{\"commands\":", "}")),
        (Format::Cobra, "a: [".to_owned()),
        (Format::Cobra, deep("[", "]")),
        (Format::Cobra, format!("name: {}", "a ".repeat(50_000))),
        (
            Format::Oclif,
            format!("{{\"commands\":{{\"{}\":{{}}}}}}", "a:".repeat(50_000)),
        ),
        (Format::Cobra, format!("a0: &a0 x\n{anchors}")),
        (Format::OpenCli, "a: 1".to_owned()),
        (
            Format::OpenCli,
            format!("{{\"opencli\": \"0.1\", {}", deep("\"commands\": [{", "}]")),
        ),
        (
            Format::OpenCli,
            format!(
                "{{\"opencli\": \"0.1\", {0}{1}}}",
                "\"commands\": [{".repeat(40),
                "}]".repeat(40)
            ),
        ),
        (Format::Fig, "{".to_owned()),
        (Format::Fig, "{\"name\": []}".to_owned()),
        (
            Format::Fig,
            format!(
                "{0}{1}",
                "{\"name\": \"a\", \"subcommands\": [".repeat(40),
                "]}".repeat(40)
            ),
        ),
        (Format::Help, String::new()),
        (Format::Help, " \n\u{1b}[1m\n".to_owned()),
        (
            Format::OpenCli,
            "opencliVersion: '1'\ninfo: { binary: a }\ncommands: { b c: {} }".to_owned(),
        ),
    ];
    for (number, (format, text)) in files.iter().enumerate() {
        let path = directory.path().join("file");
        fs::write(&path, text).expect("written");
        let result = import::file(*format, &path);
        assert!(
            result.is_err(),
            "{number}: {}",
            shown(&result.expect("a result"))
        );
    }
    for format in [
        Format::Usage,
        Format::Oclif,
        Format::Cobra,
        Format::OpenCli,
        Format::Fig,
        Format::Help,
    ] {
        let missing = directory.path().join("nothing");
        import::file(format, &missing).expect_err("an error");
        import::file(format, directory.path()).expect_err("an error");
    }
}

/// What a program defines wrongly is an error, and no panic.
#[test]
fn definitions_that_clap_rejects_are_errors() {
    let broken: [Command; 3] = [
        methods::with(Arg::new("it").long("other")),
        methods::with(Arg::new("it").long("it").requires("nothing")),
        Command::new("a").subcommand(Command::new("b").arg(Arg::new("x").index(2))),
    ];
    let errors: Vec<String> = broken
        .iter()
        .map(|command| import::command(command).expect_err("an error").to_string())
        .collect();
    for error in errors {
        assert!(error.starts_with("clap rejects the command: "), "{error}");
    }
}

/// Commands that clap defines only when they are called are converted too.
#[test]
fn deferred_commands_are_converted() {
    let command = Command::new("tool").about("Try it").subcommand(
        Command::new("late")
            .about("Late")
            .defer(|command| command.arg(Arg::new("it").long("it").help("It"))),
    );
    let converted = converted(&command);
    assert!(converted.contains("help: It"), "{converted}");
}

/// No file is overwritten.
#[test]
fn a_directory_that_exists_is_not_changed() {
    let directory = tempfile::tempdir().expect("a directory");
    let spec = directory.path().join("spec");
    let import = import::command(&derive::command()).expect("a valid command");
    import.write(&spec).expect("written");
    let text = fs::read_to_string(spec.join("cli.yaml")).expect("the file");
    let other = import::command(&plain::command()).expect("a valid command");
    let error = other.write(&spec).expect_err("an error");
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!(
        fs::read_to_string(spec.join("cli.yaml")).expect("the file"),
        text
    );
}

/// No name leads out of the directory of the spec.
#[test]
fn names_are_no_paths() {
    let names = [
        "../../outside",
        "/tmp",
        "a/b",
        "..",
        "",
        "C:\\x",
        "new\nline",
    ];
    let command = |name: &'static str| Command::new(name).about("It");
    let program = command("tool")
        .subcommands((0..12).map(|number| {
            command(["a", "b", "c", "d"][number % 4]).name(format!("c{number}").leak() as &str)
        }))
        .subcommands(names.map(command))
        .subcommand(command("a").subcommand(command("b")));
    let import = import::command(&program).expect("a valid command");
    for file in import.files() {
        let mut parts = Path::new(file.path()).components();
        assert!(
            parts.all(|part| matches!(part, Component::Normal(_))),
            "{}",
            file.path()
        );
    }
    assert!(import.report().errors() >= names.len());
    let directory = tempfile::tempdir().expect("a directory");
    import
        .write(directory.path().join("spec"))
        .expect("written");
    assert_eq!(
        fs::read_dir(directory.path()).expect("a directory").count(),
        1
    );
}

/// A large program has a file for each command.
#[test]
fn many_commands_are_converted() {
    let commands = (0..200).map(|number: u32| {
        let name: &'static str = Box::leak(format!("c{number}").into());
        let args = (0..4).map(|arg: u32| {
            let id: &'static str = Box::leak(format!("option-{arg}-{number}").into());
            Arg::new(id).long(id).help(id)
        });
        Command::new(name).about(name).args(args)
    });
    let command = Command::new("large").about("Large").subcommands(commands);
    let import = import::command(&command).expect("a valid command");
    assert_eq!(import.files().len(), 201);
    let losses: Vec<&str> = import
        .losses()
        .iter()
        .map(|loss| loss.fact.as_str())
        .collect();
    assert_eq!(losses, ["order of subcommands"]);
    assert!(import.report().is_ok());
}
