//! What the values of variables mean.

use crate::model::{Command, Exists, PathKind, Program};
use crate::origin::Origin;
use crate::{Setup, Values};

fn define(command: &mut Command) {
    command
        .option("name", "NAME", "")
        .env("NAME")
        .env("OLD_NAME")
        .default("ann");
    command
        .option("list", "WORD", "")
        .repeat()
        .delimiter(',')
        .env("LIST")
        .default("x");
    command.option("words", "WORD", "").repeat().env("WORDS");
    command.switch("force", "").env("FORCE");
    command.switch("keep", "").env("KEEP").conflicts("force");
    command
        .switch("color", "")
        .negatable("no-color")
        .env("COLOR");
    command.count("verbose", 3, "").env("VERBOSE");
}

/// Parses a line with variables.
fn parse(variables: &[(&str, &str)], words: &[&str]) -> Values {
    let words = [&["tool"], words].concat();
    let setup = Setup::new().isolated().words(words);
    let setup = variables
        .iter()
        .fold(setup, |setup, (name, value)| setup.variable(*name, *value));
    setup.parse(&Program::of(define)).expect("a valid line")
}

#[test]
fn the_first_variable_that_is_set_counts() {
    let both = [("OLD_NAME", "old"), ("NAME", "new")];
    for (variables, words, name, origin) in [
        (&both[..], &[][..], "new", Some("NAME")),
        (&both[..1], &[], "old", Some("OLD_NAME")),
        (&[("NAME", "")], &[], "", Some("NAME")),
        (&both, &["--name", "own"], "own", None),
        (&[], &[], "ann", None),
        // The value that is set last replaces an earlier one.
        (&[("NAME", "a"), ("NAME", "b")], &[], "b", Some("NAME")),
    ] {
        let mut values = parse(variables, words);
        let found = match values.origin("name") {
            Origin::Variable(name) => Some(name),
            _ => None,
        };
        assert_eq!(found.as_deref(), origin, "{variables:?} {words:?}");
        assert_eq!(values.strings("name"), [name], "{variables:?} {words:?}");
    }
}

#[test]
fn an_empty_variable_is_an_empty_list() {
    for (id, variable, value, list) in [
        ("list", "LIST", "", &[][..]),
        ("list", "LIST", "a,b", &["a", "b"]),
        ("list", "LIST", ",", &["", ""]),
        ("list", "OTHER", "", &["x"]),
        // Without a delimiter, a list has one value.
        ("words", "WORDS", "", &[""]),
        ("words", "WORDS", "a,b", &["a,b"]),
    ] {
        let mut values = parse(&[(variable, value)], &[]);
        assert_eq!(values.strings(id), list, "{variable}={value}");
    }
}

#[test]
fn variables_turn_switches_on_and_off() {
    for (value, is_on) in [
        ("1", true),
        ("true", true),
        ("x", true),
        ("0", false),
        ("false", false),
        ("no", false),
        ("off", false),
        ("", false),
    ] {
        let values = &mut parse(&[("FORCE", value), ("COLOR", value)], &[]);
        assert_eq!(values.switch("force"), is_on, "{value:?}");
        assert_eq!(values.negatable("color"), Some(is_on), "{value:?}");
    }
    // A variable doesn't exclude what the command line has, or an option that conflicts with it.
    let values = &mut parse(&[("FORCE", "1"), ("COLOR", "1")], &["--keep", "--no-color"]);
    assert!(values.switch("keep") && !values.switch("force"));
    assert_eq!(values.negatable("color"), Some(false));
}

#[test]
fn a_variable_counts() {
    for (value, words, count) in [("2", &[][..], 2), ("0", &[], 0), ("2", &["--verbose"], 1)] {
        let mut values = parse(&[("VERBOSE", value)], words);
        assert_eq!(values.count("verbose", 3), count, "{value} {words:?}");
    }
}

/// Paths need not exist in an isolated line, wherever they come from.
#[test]
fn paths_in_variables_need_not_exist() {
    fn define(command: &mut Command) {
        let file = command.option("file", "FILE", "").env("FILE");
        file.path(PathKind::File, Exists::Must);
    }
    let program = Program::of(define);
    let setup = Setup::new()
        .words(["tool"])
        .variable("FILE", "/no/such/file");
    assert!(setup.parse(&program).is_err());
    assert!(setup.isolated().parse(&program).is_ok());
}

/// An option with a computed default need not be given, whatever makes it required otherwise.
#[test]
fn a_computed_default_is_enough() {
    fn define(command: &mut Command) {
        command.option("jobs", "N", "").required();
        command.option("name", "NAME", "");
        command.needs("name");
    }
    let program = Program::of(define);
    let parse = |defaults: &[&'static str]| {
        let setup = Setup::new().isolated().words(["tool"]);
        let set = defaults
            .iter()
            .fold(setup, |setup, id| setup.default(id, "computed"));
        set.parse(&program)
    };
    for too_few in [&[][..], &["jobs"], &["name"]] {
        assert!(parse(too_few).is_err(), "{too_few:?}");
    }
    let mut values = parse(&["name", "jobs"]).expect("a valid line");
    assert_eq!(values.strings("name"), ["computed"]);
}

/// While a line is typed, its options have the values that they will have when it runs.
#[test]
#[cfg(feature = "completions")]
fn typed_lines_have_what_the_program_sets() {
    let program = Program::of(define);
    let values = |setup: Setup, words: &[&str]| {
        let words: Vec<_> = words.iter().map(Into::into).collect();
        let (mut line, _) = crate::line::scan_to_cursor(&program, &words);
        setup.add_layers(&program, &mut line);
        let values = line.values_of("name").into_iter();
        values.map(std::ffi::OsStr::to_owned).collect::<Vec<_>>()
    };
    let setup = Setup::new().isolated();
    assert_eq!(values(setup.clone(), &[]), ["ann"]);
    let computed = setup.default("name", "eve");
    assert_eq!(values(computed.clone(), &[]), ["eve"]);
    let variable = computed.variable("NAME", "bob");
    assert_eq!(values(variable.clone(), &[]), ["bob"]);
    assert_eq!(values(variable, &["--name", "kim"]), ["kim"]);
}

/// An argument or option with a computed default is not required any more.
#[test]
fn a_computed_default_replaces_a_required_value() {
    let program = Program::of(|command| {
        command.option("token", "TOKEN", "").required();
        command.option("other", "OTHER", "").required();
    });
    let parse = |words: &[&str], defaults: &[&'static str]| {
        let setup = Setup::new().isolated();
        let setup = setup.words([&["tool"], words].concat());
        let setup = defaults
            .iter()
            .fold(setup, |setup, id| setup.default(id, "kim"));
        let values = setup.parse(&program);
        values.map(|mut values| [values.string("token"), values.string("other")])
    };
    let kim = Some("kim".to_owned());
    assert!(parse(&["--other", "ann"], &[]).is_err());
    assert!(parse(&[], &["token"]).is_err());
    let ann = Some("ann".to_owned());
    let found = parse(&["--other", "ann"], &["token"]).expect("a valid line");
    assert_eq!(found, [kim.clone(), ann]);
    let found = parse(&[], &["token", "other"]).expect("a valid line");
    assert_eq!(found, [kim.clone(), kim]);
}
