//! Compares the checks of rules between options with clap: an option is reported as unusable if and only
//! if clap accepts no command line with it.

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clapspec_runtime::{Setup, model};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::{check, lower, read};

const NAMES: [&str; 4] = ["one", "two", "three", "four"];

const RULES: [&str; 6] = [
    "conflicts",
    "requires",
    "required-unless",
    "required-unless-all",
    "required-when",
    "exclusive",
];

const GROUPS: [&str; 4] = ["one-of", "any-of", "at-most-one", "all-or-none"];

/// Specs for which clap waived the requirements of two options, because the required options conflict.
const KNOWN: [&str; 2] = [
    "options:
  one: { requires: [four], help: Do one }
  two: { conflicts: [four], help: Do two }
  three: { help: Do three }
  four: { value: X, required-unless: [one], help: Do four }
groups: { g: { all-or-none: [two, three] } }
",
    "options:
  one: { help: Do one }
  two: { requires: [one], help: Do two }
  three: { conflicts: [one], help: Do three }
  four: { value: X, required-unless: [three], help: Do four }
groups: { g: { all-or-none: [four, three] } }
",
];

/// A program with four options and some rules between them.
fn spec() -> impl Strategy<Value = String> {
    let rule = (0..4usize, select(&RULES[..]), 0..4usize);
    let rules = prop::collection::vec(rule, 0..7);
    let group = (select(&GROUPS[..]), 0..4usize, 1..4usize);
    (rules, prop::option::of(group)).prop_map(|(rules, group)| {
        let mut spec = "name: tool\nabout: A tool\noptions:\n".to_owned();
        for (at, name) in NAMES.iter().enumerate() {
            let mut keys = String::new();
            for key in RULES {
                let is_own = |(from, rule, to): &&(usize, &str, usize)| {
                    *from == at && *rule == key && to != from
                };
                let others = rules.iter().filter(is_own).map(|(.., to)| NAMES[*to]);
                let others: Vec<&str> = others.collect();
                let value = match (key, others.first()) {
                    (_, None) => continue,
                    ("exclusive", _) => "true".to_owned(),
                    ("required-when", Some(other)) => format!("{{ {other}: true }}"),
                    _ => format!("[{}]", others.join(", ")),
                };
                let _ = write!(keys, "{key}: {value}, ");
            }
            // An option that may be required must have a value.
            let value = match keys.contains("required-") {
                true => "value: X, ",
                false => "",
            };
            let _ = writeln!(spec, "  {name}: {{ {value}{keys}help: Do {name} }}");
        }
        if let Some((kind, first, step)) = group {
            let second = NAMES[(first + step) % 4];
            let first = NAMES[first];
            let _ = writeln!(spec, "groups: {{ g: {{ {kind}: [{first}, {second}] }} }}");
        }
        spec
    })
}

/// Returns which of the options can be used, by trying every command line that has each option at most
/// once.
fn usable_in_clap(trial: &model::Program, spec: &str) -> [bool; 4] {
    let mut possible = [false; 4];
    for bits in 0..16 {
        let is_given = |at: &usize| bits >> at & 1 == 1;
        let mut words = vec!["tool".to_owned()];
        for at in (0..4).filter(is_given) {
            words.push(format!("--{}", NAMES[at]));
            if spec.contains(&format!("  {}: {{ value", NAMES[at])) {
                words.push("x".to_owned());
            }
        }
        if Setup::new().isolated().words(words).parse(trial).is_ok() {
            (0..4).filter(is_given).for_each(|at| possible[at] = true);
        }
    }
    possible
}

/// Compares the rules of a program with clap. Returns the number of options that can never be used, or
/// `None` if another problem was reported.
fn compare(path: &Path, text: &str) -> Option<usize> {
    fs::write(path, text).expect("written");
    let mut problems = Diagnostics::default();
    let files = read::read(path, &mut problems);
    let spec = lower::read_files(&files, &mut problems).expect("it is YAML");
    let program = lower::lower(
        spec,
        &files.sources,
        crate::ir::Provenance::default(),
        &mut problems,
    );
    check::check(&program, &mut problems);
    let errors = problems.finish(&files.sources);
    let never = |name: &str| {
        let message = format!("`--{name}` can never be used");
        let all = "no command line of `tool` is valid";
        let mut errors = errors.iter();
        errors.any(|error| error.message == message || error.message == all)
    };
    let is_of_two = |error: &Diagnostic| {
        let messages = ["overrides", "is exclusive"];
        messages
            .iter()
            .any(|message| error.message.contains(message))
    };
    let mut others = errors.iter();
    if others.any(|error| error.code != Code::NeverGiven || is_of_two(error)) {
        return None;
    }
    let possible = usable_in_clap(&crate::model::program(&program), text);
    for (name, possible) in NAMES.iter().zip(possible) {
        assert_eq!(never(name), !possible, "--{name} of\n{text}");
    }
    Some(possible.iter().filter(|possible| !**possible).count())
}

#[test]
fn unusable_options_agree_with_clap() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("cli.yaml");
    for rules in KNOWN {
        let text = format!("name: tool\nabout: A tool\n{rules}");
        assert!(
            compare(&path, &text).is_some_and(|unusable| unusable > 0),
            "{text}"
        );
    }
    let (compared, unusable) = (Cell::new(0), Cell::new(0));
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&spec(), |text| {
        if let Some(never) = compare(&path, &text) {
            compared.set(compared.get() + 1);
            unusable.set(unusable.get() + never);
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    let (compared, unusable) = (compared.get(), unusable.get());
    println!("{compared} programs, in which {unusable} options can never be used");
    assert!(compared > 20, "{compared} programs");
}
