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
}

fn parse(define: fn(&mut Command), words: &[&str]) -> Result<Values, Stop> {
    let words = [&["tool"], words].concat();
    Setup::new()
        .isolated()
        .words(words)
        .parse(&Program::of(define))
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
        let shown = |values: Result<Values, Stop>| {
            let mut values = values.ok()?;
            let strings = ["mode", "level", "wait", "files"].map(|id| values.strings(id));
            Some((strings, values.many::<i64>("size"), values.switch("force")))
        };
        let plain = parse(define, &words);
        assert_eq!(
            plain.as_ref().is_ok_and(Values::is_plain),
            is_plain,
            "{line}"
        );
        let words = [&["tool"], &words[..]].concat();
        let setup = Setup::new().isolated().words(words).only_clap();
        let clap = setup.parse(&Program::of(define));
        assert_eq!(shown(plain), shown(clap), "{line}");
    }
}
