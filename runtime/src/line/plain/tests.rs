//! Lines that random lines rarely meet.

use std::cell::Cell;
use std::str::FromStr;

use crate::model::{Arg, Command, Kind, Program};
use crate::{Setup, Stop, Values};

thread_local! {
    static READ: Cell<usize> = const { Cell::new(0) };
}

/// A type that counts how often a value is read.
#[derive(Clone, Debug, PartialEq)]
struct Counted;

impl FromStr for Counted {
    type Err = String;

    fn from_str(_: &str) -> Result<Self, String> {
        READ.with(|read| read.set(read.get() + 1));
        Ok(Self)
    }
}

/// Adds options with a value.
fn add(command: &mut Command, mut options: Vec<Arg>) {
    for option in &mut options {
        option.names = vec!["VALUE"];
    }
    command.args.extend(options);
}

fn option(id: &'static str) -> Arg {
    Arg::new(id, Kind::Text, "")
}

fn define(command: &mut Command) {
    let mut counted = option("counted");
    counted.typed::<Counted>();
    let mut list = option("list");
    list.repeat().conflicts_when("other", "x");
    let mut names = option("names");
    names.repeat();
    add(command, vec![counted, list, names, option("other")]);
    command.option("size", "SIZE", "").integer();
}

/// The definition of a program.
type Define = fn(&mut Command);

fn parse(define: Define, words: &[&str]) -> Result<Values, Stop> {
    setup(words).parse(&Program::of(define))
}

fn setup(words: &[&str]) -> Setup {
    Setup::new().isolated().words([&["tool"], words].concat())
}

/// Returns the values of all options and arguments, or `None` for an error.
fn taken(values: Result<Values, Stop>) -> Option<String> {
    let mut values = values.ok()?;
    let called = values.called().clone();
    let texts = called.args().map(|arg| {
        let id = arg.id;
        let (given, origin) = (values.is_given(id), values.origin(id));
        let value = match arg.kind {
            Kind::Switch if arg.negation.is_some() => format!("{:?}", values.negatable(id)),
            Kind::Switch => values.switch(id).to_string(),
            Kind::Count(max) => values.count(id, max).to_string(),
            Kind::Integer { .. } => format!("{:?}", values.many::<i64>(id)),
            _ => format!("{:?}", values.strings(id)),
        };
        format!("{id}: {value} {given} {origin:?}")
    });
    Some(texts.collect::<Vec<_>>().join("\n"))
}

/// Checks that lines have the same values with clap, and whether they are parsed without it.
fn compare_all(lines: &[(Define, &str, bool)]) {
    for (define, line, is_plain) in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        compare(*define, setup(&words), *is_plain);
    }
}

/// Checks that a line has the same values with clap, and whether it is parsed without it.
fn compare(define: Define, setup: Setup, is_plain: bool) {
    let program = Program::of(define);
    let plain = setup.parse(&program);
    let found = plain.as_ref().is_ok_and(Values::is_plain);
    assert_eq!(found, is_plain, "{setup:?}");
    let clap = setup.clone().only_clap().parse(&program);
    assert_eq!(taken(plain), taken(clap), "{setup:?}");
}

fn values(words: &[&str]) -> Values {
    parse(define, words).expect("a valid line")
}

/// The type of a program may read standard input.
#[test]
fn values_of_the_programs_types_are_read_once() {
    for (words, is_plain) in [
        (&["--counted", "x"][..], true),
        (&["--counted", "x", "--list", "y"], false),
    ] {
        READ.set(0);
        let values = values(words);
        assert_eq!((values.is_plain(), READ.get()), (is_plain, 1), "{words:?}");
    }
    READ.set(0);
    let line = ["--counted", "x", "--size", "wrong"];
    assert!(parse(define, &line).is_err());
    assert_eq!(READ.get(), 1);
}

#[test]
fn values_are_taken_once() {
    let mut values = values(&["--names", "a", "--names", "b"]);
    assert!(values.is_plain() && values.is_given("names"));
    assert_eq!(values.strings("names"), ["a", "b"]);
    assert!(!values.is_given("names"));
    assert_eq!(values.strings("names"), [""; 0]);
}

#[test]
#[should_panic(expected = "a command that has no `force`")]
fn values_belong_to_one_command() {
    values(&[]).switch("force");
}

fn define_rules(command: &mut Command) {
    let mut reason = option("reason");
    reason
        .required_when_all("mode", "write")
        .required_when_all("level", "high");
    let mut last = option("last");
    last.repeat().overrides("last");
    add(command, vec![option("mode"), option("level"), reason, last]);
    add(command, vec![option("first"), option("second")]);
    command.conflicts.push(("first", "second"));
    add(command, vec![option("third"), option("fourth")]);
    command.requires.push(("third", "fourth"));
}

#[test]
fn rules_are_left_to_clap_if_they_may_not_hold() {
    for (line, is_plain) in [
        ("--mode write --level high", false),
        ("--mode write --level high --reason x", true),
        ("--mode write", true),
        ("--first x --second y", false),
        ("--first x", true),
        ("--third x", false),
        ("--third x --fourth y", true),
        ("--last x --last y", false),
        ("--last x", true),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let values = parse(define_rules, &words);
        assert_eq!(
            values.is_ok_and(|values| values.is_plain()),
            is_plain,
            "{line}"
        );
    }
    let mut values = parse(define_rules, &["--last", "x", "--last", "y"]).expect("a valid line");
    assert_eq!(values.strings("last"), ["y"]);
}

fn define_repeated(command: &mut Command) {
    let mut mode = option("mode");
    mode.overrides("mode");
    let mut level = option("level");
    level.default_when("mode", "a", "x");
    let mut size = Arg::new("size", Kind::Integer { min: 0, max: 9 }, "");
    size.overrides("size");
    let mut wait = option("wait");
    wait.bare("always").overrides("wait");
    add(command, vec![mode, level, size, wait]);
    let mut force = Arg::new("force", Kind::Switch, "");
    force.overrides("force");
    command.args.push(force);
    let mut files = Arg::new("files", Kind::Text, "");
    files.positional = true;
    files.names = vec!["FILE"];
    files.values(2, 3);
    command.args.push(files);
}

/// An option that is given again replaces itself, also where its value is a condition; and an argument with limits has
/// as many values as clap accepts.
#[test]
fn plain_lines_are_those_of_clap() {
    let define = define_repeated;
    for (line, is_plain) in [
        ("--mode a --mode b", true),
        ("--mode b --mode a", true),
        ("--mode a", true),
        ("--size 1 --size 2", true),
        ("--size x --size 2", false),
        ("--wait --wait=no", true),
        ("--wait=no --wait", true),
        ("--force --force", true),
        ("a", false),
        ("a b", true),
        ("a --force b", true),
        ("a b c", true),
        ("a b c d", false),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        compare(define, setup(&words), is_plain);
    }
}

fn define_forms(command: &mut Command) {
    command
        .option("only", "WORD", "")
        .no_long()
        .short('e')
        .equals();
    command.option("pair", "A", "").and_value("B");
    command.option("some", "WORD", "").values(1, 3).repeat();
    command.option("list", "WORD", "").repeat();
    command.option("when", "WHEN", "").bare("always");
    command.option("name", "NAME", "");
    command.switch("force", "");
    command.count("verbose", 3, "").short('v');
    command.switch("color", "").negatable("no-color");
    command.option("must", "WORD", "").equals();
    command.switch("plain", "").conflicts("no-color");
    command.switch("needy", "").requires("no-color");
}

/// Options in forms that clap reads in ways of its own are left to it.
#[test]
fn forms_of_options_are_those_of_clap() {
    for (line, is_plain) in [
        ("", true),
        ("-e=x", false),
        ("-e x", false),
        ("--pair a b", true),
        ("--pair a", false),
        ("--pair a -b", false),
        ("--some a", true),
        ("--some a b c", true),
        ("--some a b c d", false),
        ("--list a --list b", true),
        ("--when", true),
        ("--when=never", true),
        ("--when --force", true),
        ("--name a", true),
        ("--name", false),
        ("--name a --name b", false),
        ("--force", true),
        ("--force=x", false),
        ("--force --force", false),
        ("-vv", true),
        ("-v --verbose -vv", true),
        ("--verbose=x", false),
        ("--color", true),
        ("--no-color", true),
        ("--color --no-color", false),
        ("--no-color=x", false),
        ("--must=x", true),
        ("--must x", false),
        ("--plain --color", true),
        ("--plain --no-color", false),
        ("--needy --no-color", true),
        ("--needy --color", false),
        ("extra", false),
    ] {
        let words: Vec<&str> = line.split_whitespace().collect();
        compare(define_forms, setup(&words), is_plain);
    }
}

fn define_two(command: &mut Command) {
    command.argument("from", "FROM", "");
    command.argument("to", "TO", "");
    command.needs("from");
}

fn define_list_first(command: &mut Command) {
    command.argument("files", "FILE", "").repeat();
    command.argument("to", "TO", "");
    command.needs("files");
    command.needs("to");
}

fn define_rest(command: &mut Command) {
    command.argument("name", "NAME", "");
    command.argument("rest", "WORD", "").repeat().last();
}

fn define_split(command: &mut Command) {
    command
        .argument("words", "WORD", "")
        .delimiter(',')
        .values(1, 3);
}

fn define_ended(command: &mut Command) {
    command
        .argument("words", "WORD", "")
        .repeat()
        .terminator(";");
}

/// Arguments that clap assigns in ways of its own are left to it.
#[test]
fn arguments_are_those_of_clap() {
    compare_all(&[
        (define_two, "a", true),
        (define_two, "a b", true),
        (define_two, "a b c", false),
        (define_two, "", false),
        (define_list_first, "a b c", false),
        (define_rest, "a", true),
        (define_rest, "a -- b c", true),
        (define_rest, "a b", false),
        (define_rest, "-- b", true),
        (define_split, "a,b", false),
        (define_split, "a", false),
        (define_ended, "a b", false),
        (define_ended, "a ;", false),
    ]);
}

fn define_variables(command: &mut Command) {
    command.switch("force", "").env("FORCE");
    command
        .switch("color", "")
        .negatable("no-color")
        .env("COLOR");
    command.count("verbose", 3, "").env("VERBOSE");
    command.option("name", "NAME", "").env("NAME");
    command
        .option("list", "WORD", "")
        .repeat()
        .delimiter(',')
        .env("LIST");
    command.option("file", "FILE", "");
    command.conflicts("name", "file");
}

/// Values of variables have the same meaning with and without clap.
#[test]
fn variables_are_those_of_clap() {
    for (variable, value, line, is_plain) in [
        ("FORCE", "1", "", true),
        ("FORCE", "0", "", true),
        ("FORCE", "0", "--force", true),
        ("COLOR", "1", "", true),
        ("COLOR", "0", "", false),
        ("COLOR", "0", "--color", true),
        ("COLOR", "1", "--no-color", true),
        ("VERBOSE", "2", "", true),
        ("VERBOSE", "0", "", false),
        ("VERBOSE", "x", "", false),
        ("NAME", "a", "", true),
        ("NAME", "a", "--name b", true),
        ("NAME", "a", "--file b", true),
        ("NAME", "", "", true),
        ("LIST", "a,b", "", true),
        ("LIST", "", "", false),
        ("LIST", "a,b", "--list c", true),
    ] {
        let words: Vec<&str> = line.split_whitespace().collect();
        compare(
            define_variables,
            setup(&words).variable(variable, value),
            is_plain,
        );
    }
}

fn define_conditions(command: &mut Command) {
    command
        .argument("mode", "MODE", "")
        .choice("a", "")
        .choice("b", "");
    command.argument("name", "NAME", "");
    command.switch("force", "");
    command.option("when", "WHEN", "").default("c");
    command
        .option("level", "LEVEL", "")
        .default_when("force", "true", "high")
        .default("low");
    command
        .option("calm", "LEVEL", "")
        .default_when("force", "false", "high")
        .default("low");
    command
        .option("named", "NAME", "")
        .default_when("name", "x", "high")
        .default("low");
    command
        .option("later", "LEVEL", "")
        .default_when("when", "c", "high")
        .default("low");
}

fn define_condition_of_choice(command: &mut Command) {
    command
        .argument("mode", "MODE", "")
        .choice("a", "")
        .choice("b", "");
    command
        .option("level", "LEVEL", "")
        .default_when("mode", "a", "high")
        .default("low");
}

fn define_condition_of_switch(command: &mut Command) {
    command.switch("force", "");
    command
        .option("level", "LEVEL", "")
        .default_when("force", "true", "high")
        .default("low");
}

fn define_condition_of_off(command: &mut Command) {
    command.switch("force", "");
    command
        .option("level", "LEVEL", "")
        .default_when("force", "false", "high")
        .default("low");
}

/// Defaults that depend on other options and arguments are those of clap.
#[test]
fn conditional_defaults_are_those_of_clap() {
    compare_all(&[
        (define_conditions, "", false),
        (define_conditions, "--force --when d", true),
        (define_conditions, "--force --when d a x", true),
        (define_conditions, "--force --when d a y", true),
        (define_condition_of_choice, "", true),
        (define_condition_of_choice, "a", false),
        (define_condition_of_choice, "b", false),
        (define_condition_of_switch, "", true),
        (define_condition_of_switch, "--force", true),
        (define_condition_of_switch, "--force --level x", true),
        (define_condition_of_off, "", false),
        (define_condition_of_off, "--force", true),
    ]);
}
