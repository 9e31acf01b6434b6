//! Command lines are parsed as by clap, which allows options in any position, and as by GNU getopt. Both
//! the programs and the command lines are random.
//!
//! `LINES=100000 cargo test --test all scanner::` tries more command lines.

mod errors;

use std::fmt::Write as _;
use std::fs;
use std::process::Command as Process;

use clapspec_runtime::model::{Command, Definition, Program};
use clapspec_runtime::{Setup, Values};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::support;

const LONG: [&str; 6] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];
const SHORT: [char; 6] = ['a', 'b', 'g', 'd', 'e', 'z'];

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Takes {
    Nothing,
    Value,
    /// A value that may begin with a dash.
    AnyValue,
    /// An optional value, after an equals sign.
    Optional,
    /// Two or three values.
    Several,
}

/// A program with these options and a list of arguments.
fn program(takes: &[Takes], short: &[bool]) -> Program {
    let mut command = Command {
        path: vec!["tool"],
        ..Command::default()
    };
    for (at, takes) in takes.iter().enumerate() {
        let option = match takes {
            Takes::Nothing => command.count(LONG[at], 200, "Count"),
            _ => command.option(LONG[at], "VALUE", "Value").repeat(),
        };
        if short[at] {
            option.short(SHORT[at]);
        }
        match takes {
            Takes::AnyValue => drop(option.hyphen_values()),
            Takes::Optional => drop(option.bare("bare").equals()),
            Takes::Several => drop(option.values(2, 3)),
            Takes::Nothing | Takes::Value => {}
        }
    }
    command.argument("rest", "REST", "Arguments").repeat();
    Program {
        name: "tool",
        version: None,
        root: Definition::Built(Box::leak(Box::new(command))),
        override_self: false,
        contract: None,
        files: None,
    }
}

/// Chooses a token of a command line by numbers.
fn word(kinds: &[Takes], [what, which, value]: [usize; 3]) -> String {
    let at = which % kinds.len();
    let values = ["x", "y=z", "-", "", "a b", "-x", "-a", "--", "--beta", "é"];
    let value = values[value % values.len()];
    match what % 12 {
        0..3 => format!("--{}", LONG[at]),
        3 => format!("--{}={value}", LONG[at]),
        4 | 5 => format!("-{}", SHORT[at]),
        6 => format!("-{}{value}", SHORT[at]),
        7 => format!("-{}{}", SHORT[at], SHORT[(at + 1) % kinds.len()]),
        _ => value.to_owned(),
    }
}

fn lines() -> u32 {
    let lines = std::env::var("LINES").ok();
    lines.and_then(|lines| lines.parse().ok()).unwrap_or(10_000)
}

fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

type Numbers = (Vec<Takes>, Vec<bool>, Vec<[usize; 3]>);

fn case(takes: &'static [Takes]) -> impl Strategy<Value = Numbers> {
    let takes = prop::collection::vec(prop::sample::select(takes), 1..LONG.len());
    let short = prop::collection::vec(any::<bool>(), LONG.len());
    (
        takes,
        short,
        prop::collection::vec(any::<[usize; 3]>(), 0..8),
    )
}

fn parse(program: &Program, words: &[String]) -> Result<Values, clapspec_runtime::Stop> {
    let words = std::iter::once("tool").chain(words.iter().map(String::as_str));
    Setup::new().isolated().words(words).parse(program)
}

/// The values of each option, in order, and of the positional arguments.
fn values(takes: &[Takes], mut values: Values) -> Vec<Vec<String>> {
    let one = |(at, takes): (usize, &Takes)| match takes {
        Takes::Nothing => vec![values.count(LONG[at], 200).to_string()],
        _ => values.strings(LONG[at]),
    };
    let mut all: Vec<Vec<String>> = takes.iter().enumerate().map(one).collect();
    all.push(values.strings("rest"));
    all
}

/// Command lines have the same result as with clap.
#[test]
fn command_lines_parse_like_clap() {
    const TAKES: &[Takes] = &[
        Takes::Nothing,
        Takes::Value,
        Takes::AnyValue,
        Takes::Optional,
        Takes::Several,
    ];
    let accepted = std::cell::Cell::new(0);
    let result = runner(lines()).run(&case(TAKES), |(takes, mut short, numbers)| {
        // With clap, the optional value of a short option must follow an equals sign. With getopt, it must not.
        for (short, takes) in short.iter_mut().zip(&takes) {
            *short &= *takes != Takes::Optional;
        }
        let program = program(&takes, &short);
        let words: Vec<String> = numbers.into_iter().map(|it| word(&takes, it)).collect();
        let ours = parse(&program, &words);
        let line = std::iter::once("tool").chain(words.iter().map(String::as_str));
        let clap = program.clap().try_get_matches_from(line);
        prop_assert_eq!(
            ours.is_ok(),
            clap.is_ok(),
            "{:?} {:?}\n{:?}",
            takes,
            words,
            clap
        );
        if let (Ok(ours), Ok(clap)) = (ours, clap) {
            accepted.set(accepted.get() + 1);
            let strings = |id| {
                clap.get_many::<String>(id)
                    .into_iter()
                    .flatten()
                    .cloned()
                    .collect()
            };
            let one = |(at, takes): (usize, &Takes)| match takes {
                Takes::Nothing => vec![clap.get_count(LONG[at]).to_string()],
                _ => strings(LONG[at]),
            };
            let mut theirs: Vec<Vec<String>> = takes.iter().enumerate().map(one).collect();
            theirs.push(strings("rest"));
            prop_assert_eq!(values(&takes, ours), theirs, "{:?} {:?}", takes, words);
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(
        accepted.get() * 100 > lines() * 15,
        "only {} lines are valid",
        accepted.get()
    );
}

/// Command lines have the same result as with `getopt` of util-linux, which calls getopt of the GNU C
/// library. There, an option that needs a value takes any argument that follows.
#[test]
fn command_lines_parse_like_getopt() {
    if !support::has("getopt") {
        return;
    }
    const TAKES: &[Takes] = &[Takes::Nothing, Takes::AnyValue, Takes::Optional];
    let mut cases = Vec::new();
    let mut runner = runner(1);
    // Each line is a run of getopt.
    for _ in 0..lines() / 5 {
        let tree = case(TAKES).new_tree(&mut runner).expect("a case");
        let (takes, short, numbers) = tree.current();
        let words: Vec<String> = numbers.into_iter().map(|it| word(&takes, it)).collect();
        cases.push((takes, short, words));
    }
    let directory = tempfile::tempdir().expect("a directory");
    let script = directory.path().join("script");
    let mut text = String::new();
    for (takes, short, words) in &cases {
        let (mut letters, mut names) = (String::new(), String::new());
        for (at, takes) in takes.iter().enumerate() {
            let mark = match takes {
                Takes::Nothing => "",
                Takes::Optional => "::",
                _ => ":",
            };
            if short[at] {
                let _ = write!(letters, "{}{mark}", SHORT[at]);
            }
            let _ = write!(names, "{}{mark},", LONG[at]);
        }
        let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let words = words.join(" ");
        let _ = writeln!(
            text,
            "getopt -q -o '{letters}' -l '{names}' -- {words} || echo wrong"
        );
    }
    fs::write(&script, text).expect("written");
    let output = Process::new("sh")
        .arg(&script)
        .env("LC_ALL", "C.UTF-8")
        .output();
    let output = String::from_utf8(output.expect("sh runs").stdout).expect("text");
    let mut output = output.lines();
    let mut accepted = 0;
    for (takes, short, words) in &cases {
        let mut printed = output.next().expect("a line for each");
        let ours = parse(&program(takes, short), words);
        let wrong = printed == "wrong" || {
            // getopt prints the valid part first, and then fails.
            let mut next = output.clone();
            next.next() == Some("wrong") && {
                output.next();
                true
            }
        };
        if wrong {
            printed = "wrong";
        }
        assert_eq!(
            ours.is_ok(),
            printed != "wrong",
            "{takes:?} {words:?}: {printed}"
        );
        if let Ok(ours) = ours {
            accepted += 1;
            let mut ours = values(takes, ours);
            // getopt prints a missing optional value as an empty one.
            for (at, values) in ours.iter_mut().enumerate() {
                if takes.get(at) == Some(&Takes::Optional) {
                    let bare = values.iter_mut().filter(|value| *value == "bare");
                    bare.for_each(String::clear);
                }
            }
            assert_eq!(ours, of_getopt(takes, printed), "{takes:?} {words:?}");
        }
    }
    assert!(
        accepted * 100 > cases.len() * 15,
        "only {accepted} lines are valid"
    );
}

/// The values in the output of getopt, such as ` --alpha --beta 'x' -- 'rest'`.
fn of_getopt(takes: &[Takes], line: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new(); takes.len() + 1];
    let mut counts = vec![0; takes.len()];
    let mut words = quoted(line).into_iter();
    while let Some((word, is_quoted)) = words.next() {
        if word == "--" && !is_quoted {
            all[takes.len()].extend(words.by_ref().map(|(word, _)| word));
            break;
        }
        let name = word.trim_start_matches('-');
        let is_named = |at: &usize| LONG[*at] == name || SHORT[*at].to_string() == name;
        let at = (0..takes.len()).find(is_named).expect("an option");
        match takes[at] {
            Takes::Nothing => counts[at] += 1,
            _ => {
                let (value, _) = words.next().expect("a value");
                all[at].push(value);
            }
        }
    }
    for (at, count) in counts.iter().enumerate() {
        if takes[at] == Takes::Nothing {
            all[at] = vec![count.to_string()];
        }
    }
    all
}

/// The arguments in a line of getopt, and whether each is in quotes.
fn quoted(line: &str) -> Vec<(String, bool)> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        match rest.strip_prefix('\'') {
            Some(inner) => {
                let end = inner.find('\'').expect("a closing quote");
                words.push((inner[..end].to_owned(), true));
                rest = inner[end + 1..].trim_start();
            }
            None => {
                let end = rest.find(' ').unwrap_or(rest.len());
                words.push((rest[..end].to_owned(), false));
                rest = rest[end..].trim_start();
            }
        }
    }
    words
}

#[test]
fn many_arguments_are_parsed() {
    let program = program(&[Takes::Nothing, Takes::Value], &[true, true]);
    let words: Vec<String> = (0..10_000).map(|at| format!("w{at}")).collect();
    let mut values = parse(&program, &words).expect("valid");
    assert_eq!(values.strings("rest").len(), 10_000);
    let words = vec!["-bx".to_owned(); 10_000];
    let mut values = parse(&program, &words).expect("valid");
    assert_eq!(values.strings("beta").len(), 10_000);
    let words = vec!["-a".to_owned(); 100];
    assert_eq!(
        parse(&program, &words).expect("valid").count("alpha", 200),
        100
    );
}
