//! Converts clap programs to specs.
//!
//! Each program in `tests/import/programs/`, and each description in `tests/import/formats/`, is converted, and the files and the report are compared with a snapshot.

mod support;

#[path = "import/programs/corners.rs"]
mod corners;
#[path = "import/programs/derive.rs"]
mod derive;
#[path = "import/programs/plain.rs"]
mod plain;
#[path = "import/programs/settings.rs"]
mod settings;
#[path = "import/programs/texts.rs"]
mod texts;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path};

use clap::builder::ArgPredicate;
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use clapspec::import::{self, Format, Import};
use support::root;

fn converted(command: &Command) -> String {
    shown(&import::command(command).expect("a valid command"))
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
    ];
    for (format, name) in files {
        let path = root().join("tests/import/formats").join(name);
        let import = import::file(format, &path).expect("a valid description");
        insta::assert_snapshot!(name, shown(&import));
    }
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
        (Format::Cobra, format!("a0: &a0 x\n{anchors}")),
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
    for format in [Format::Usage, Format::Oclif, Format::Cobra] {
        let missing = directory.path().join("nothing");
        import::file(format, &missing).expect_err("an error");
        import::file(format, directory.path()).expect_err("an error");
    }
}

/// Methods of clap that change nothing that a spec could say.
const WITHOUT_EFFECT: [&str; 21] = [
    // A spec has no values that aren't Unicode.
    "default_missing_value_os",
    "default_missing_values_os",
    // clapspec never shows the values of variables.
    "hide_env_values",
    // A group that limits nothing.
    "group",
    "groups",
    // Neither returned nor printed by clap.
    "required_if_eq_all",
    // What a program does with its definition.
    "bin_name",
    "set_bin_name",
    "display_name",
    "build",
    "debug_assert",
    "defer",
    "mut_arg",
    "mut_args",
    "mut_group",
    "mut_subcommand",
    "mut_subcommands",
    // How help looks.
    "color",
    "styles",
    "disable_colored_help",
    "help_expected",
];

/// Whatever is changed in a definition, the spec or the report changes.
#[test]
fn every_method_of_clap_changes_something() {
    let mut same = Vec::new();
    let mut seen = BTreeSet::new();
    for (name, before, after) in args() {
        seen.insert(name);
        if converted(&with(before)) == converted(&with(after)) {
            same.push(name);
        }
    }
    let page = fs::read_to_string(root().join("docs/src/clap-parity.md")).expect("the page");
    let table = page.split("\n## Arg\n").nth(1).expect("the table");
    let table = table.split("\n## ").next().expect("its end");
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| `") && !line.contains("| For Rust"));
    let names = rows.flat_map(|row| row.split('|').nth(1).expect("a cell").split(','));
    let names = names.map(|name| name.trim().trim_matches('`'));
    let missing: Vec<&str> = names
        .filter(|name| !["new", "id"].contains(name))
        .filter(|name| !seen.contains(name) && !WITHOUT_EFFECT.contains(name))
        .collect();
    assert!(same.is_empty(), "these change nothing: {same:?}");
    assert!(missing.is_empty(), "these are not tried: {missing:?}");
}

/// A program with this argument and some others.
fn with(arg: Arg) -> Command {
    let flag = |id: &'static str| Arg::new(id).long(id).action(ArgAction::SetTrue).help(id);
    Command::new("tool")
        .about("Try it")
        .arg(arg)
        .arg(flag("other"))
        .arg(Arg::new("third").long("third").help("third"))
        .subcommand(Command::new("sub").about("Sub"))
}

/// The methods of `Arg`, each with an argument without and with it.
fn args() -> Vec<(&'static str, Arg, Arg)> {
    let option = || Arg::new("it").long("it").help("It");
    let argument = || Arg::new("it").help("It");
    let many = || argument().num_args(1..);
    let choices = || option().value_parser(["one", "two"]);
    let env = || option().env("IT");
    let bare = || option().num_args(0..=1).default_missing_value("a");
    vec![
        ("short", option(), option().short('i')),
        ("long", argument(), option()),
        ("alias", option(), option().alias("that")),
        ("aliases", option(), option().aliases(["that", "those"])),
        ("short_alias", option(), option().short_alias('t')),
        (
            "short_aliases",
            option(),
            option().short_aliases(['t', 'u']),
        ),
        ("visible_alias", option(), option().visible_alias("that")),
        (
            "visible_aliases",
            option(),
            option().visible_aliases(["that"]),
        ),
        (
            "visible_short_alias",
            option(),
            option().visible_short_alias('t'),
        ),
        (
            "visible_short_aliases",
            option(),
            option().visible_short_aliases(['t']),
        ),
        ("help", option(), option().help("Other")),
        ("long_help", option(), option().long_help("It\n\nMore")),
        ("index", option(), argument().index(1)),
        ("required", option(), option().required(true)),
        ("last", argument(), argument().last(true)),
        ("trailing_var_arg", many(), many().trailing_var_arg(true)),
        ("raw", many(), many().raw(true)),
        ("global", option(), option().global(true)),
        ("action", option(), option().action(ArgAction::Count)),
        (
            "value_parser",
            option(),
            option().value_parser(value_parser!(u16)),
        ),
        ("num_args", option(), option().num_args(2..)),
        ("value_name", option(), option().value_name("THAT")),
        (
            "value_names",
            option(),
            option().num_args(2).value_names(["A", "B"]),
        ),
        ("value_hint", option(), option().value_hint(ValueHint::Url)),
        ("ignore_case", choices(), choices().ignore_case(true)),
        (
            "allow_hyphen_values",
            option(),
            option().allow_hyphen_values(true),
        ),
        (
            "allow_negative_numbers",
            option(),
            option().allow_negative_numbers(true),
        ),
        ("require_equals", bare(), bare().require_equals(true)),
        ("value_delimiter", option(), option().value_delimiter(',')),
        ("value_terminator", many(), many().value_terminator(";")),
        ("default_value", option(), option().default_value("a")),
        (
            "default_values",
            option().num_args(1..),
            option().num_args(1..).default_values(["a", "b"]),
        ),
        ("default_missing_value", option().num_args(0..=1), bare()),
        (
            "default_missing_values",
            option().num_args(0..),
            option().num_args(0..).default_missing_values(["a", "b"]),
        ),
        (
            "default_value_if",
            option(),
            option().default_value_if("other", "true", "a"),
        ),
        (
            "default_value_ifs",
            option(),
            option().default_value_ifs([("third", "x", "a")]),
        ),
        (
            "default_values_if",
            option(),
            option().default_values_if("third", "x", ["a", "b"]),
        ),
        (
            "default_values_ifs",
            option(),
            option().default_values_ifs([("third", ArgPredicate::IsPresent, ["a", "b"])]),
        ),
        ("env", option(), env()),
        ("display_order", option(), option().display_order(9)),
        ("help_heading", option(), option().help_heading("Them")),
        ("next_line_help", option(), option().next_line_help(true)),
        ("hide", option(), option().hide(true)),
        ("hide_short_help", option(), option().hide_short_help(true)),
        ("hide_long_help", option(), option().hide_long_help(true)),
        (
            "hide_possible_values",
            choices(),
            choices().hide_possible_values(true),
        ),
        (
            "hide_default_value",
            option(),
            option().hide_default_value(true),
        ),
        ("hide_env", env(), env().hide_env(true)),
        ("requires", option(), option().requires("other")),
        ("requires_if", option(), option().requires_if("x", "other")),
        (
            "requires_ifs",
            option(),
            option().requires_ifs([("x", "other")]),
        ),
        (
            "required_unless_present",
            option(),
            option().required_unless_present("other"),
        ),
        (
            "required_unless_present_any",
            option(),
            option().required_unless_present_any(["other", "third"]),
        ),
        (
            "required_unless_present_all",
            option(),
            option().required_unless_present_all(["other", "third"]),
        ),
        (
            "required_if_eq",
            option(),
            option().required_if_eq("third", "x"),
        ),
        (
            "required_if_eq_any",
            option(),
            option().required_if_eq_any([("third", "x")]),
        ),
        ("conflicts_with", option(), option().conflicts_with("other")),
        (
            "conflicts_with_all",
            option(),
            option().conflicts_with_all(["other", "third"]),
        ),
        ("overrides_with", option(), option().overrides_with("other")),
        (
            "overrides_with_all",
            option(),
            option().overrides_with_all(["other", "it"]),
        ),
        ("exclusive", option(), option().exclusive(true)),
    ]
}

/// What a program defines wrongly is an error, and no panic.
#[test]
fn definitions_that_clap_rejects_are_errors() {
    let panics = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let broken: [Command; 3] = [
        with(Arg::new("it").long("other")),
        with(Arg::new("it").long("it").requires("nothing")),
        Command::new("a").subcommand(Command::new("b").arg(Arg::new("x").index(2))),
    ];
    let errors: Vec<String> = broken
        .iter()
        .map(|command| import::command(command).expect_err("an error").to_string())
        .collect();
    std::panic::set_hook(panics);
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
