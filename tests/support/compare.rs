//! Feeds command lines to two definitions of one program: the one that is made from its spec, and
//! the one that is written by hand. This file is the main program of a package of its own, which
//! `tests/programs.rs` writes and runs: `compare NAME LINES`.

use std::ffi::OsString;

use clapspec_runtime::clap::error::{ContextKind, ContextValue};
use clapspec_runtime::clap::{Arg, ArgAction, Command, Error};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Words that values are tried with: of all kinds, right and wrong.
const WORDS: &[&str] = &[
    "x",
    "a,b",
    "a=b",
    "0",
    "1",
    "-1",
    "7",
    "80",
    "99999999999999999999",
    "1.5",
    "-0.5",
    "10K",
    "4kB",
    "90s",
    "1h30m",
    "500ms",
    "true",
    "false",
    "never",
    "auto",
    "https://example.org/x",
    ".",
    "/",
    "/nowhere/at/all",
    "",
    "-",
    "--",
    "-x",
    "--help",
    "-h",
    ";",
    "é",
    "a b",
    "@file",
    "=",
    "key=",
];

/// One piece of a command line, by numbers that shrink towards the first of each.
type Piece = (Index, Index, Index);

/// Makes words of pieces, for the command that is called by `path`.
fn words(command: &Command, path: &[String], pieces: &[Piece], front: bool) -> Line {
    let (program, names) = path.split_first().expect("a program has a name");
    let mut leaf = command;
    let mut levels = vec![command];
    for name in names {
        leaf = leaf.find_subcommand(name).expect("a path of commands");
        levels.push(leaf);
    }
    // Options that stand before a command's name are its group's.
    let scope = if front { &levels[..1] } else { &levels[..] };
    let globals = scope.iter().flat_map(|level| level.get_arguments());
    let own = |arg: &&Arg| {
        arg.is_global_set() || !front && leaf.get_arguments().any(|a| a.get_id() == arg.get_id())
    };
    let mut args: Vec<&Arg> = globals.filter(own).collect();
    args.dedup_by_key(|arg| arg.get_id());
    let mut words = Vec::new();
    for piece in pieces {
        let before = words.len();
        push(&args, front, *piece, &mut words);
        // Before a command's name, only options that are whole stay what they are.
        let whole = words[before..]
            .iter()
            .enumerate()
            .all(|(at, word)| (at == 0) == word.starts_with('-'));
        if front && !whole {
            words.truncate(before);
        }
    }
    let line = |parts: [&[String]; 3]| parts.concat().into_iter().map(OsString::from).collect();
    let program = std::slice::from_ref(program);
    let behind: Vec<OsString> = line([program, names, &words]);
    Line {
        spec: if front {
            line([program, &words, names])
        } else {
            behind.clone()
        },
        hand: behind,
    }
}

/// A command line. To clap, options before and behind a command's name are two command lines; to
/// clapspec they are one, so by hand they stand behind it.
#[derive(Debug)]
struct Line {
    spec: Vec<OsString>,
    hand: Vec<OsString>,
}

fn push(args: &[&Arg], front: bool, (what, which, how): Piece, words: &mut Vec<String>) {
    let word = |index: Index| (*index.get(WORDS)).to_owned();
    let what = what.index(16);
    if args.is_empty() || what < 3 {
        return words.push(word(which));
    }
    let arg = *which.get(args);
    let Some(name) = name(arg, how) else {
        return words.push(value(arg, how));
    };
    let values = arg
        .get_num_args()
        .map_or(1, |range| range.min_values().max(1));
    let takes = arg.get_action().takes_values();
    match what {
        // A name alone, whatever it takes.
        3 if !front || !takes => words.push(name),
        4 if name.starts_with("--") => words.push(format!("{name}={}", word(how))),
        5 if !name.starts_with("--") => words.push(format!("{name}{}", word(how))),
        _ if !takes => words.push(name),
        6 => words.extend([name, word(how)]),
        7 if name.starts_with("--") => words.push(format!("{name}={}", value(arg, how))),
        _ => {
            words.push(name);
            words.extend((0..values).map(|_| value(arg, how)));
        }
    }
}

/// One of the names of an option, with its dashes.
fn name(arg: &Arg, how: Index) -> Option<String> {
    let long = arg.get_long_and_visible_aliases().unwrap_or_default();
    let hidden = arg.get_aliases().unwrap_or_default();
    let short = arg.get_short_and_visible_aliases().unwrap_or_default();
    let mut names: Vec<String> = short.into_iter().map(|c| format!("-{c}")).collect();
    names.extend(
        long.into_iter()
            .chain(hidden)
            .map(|name| format!("--{name}")),
    );
    (!names.is_empty()).then(|| how.get(&names).clone())
}

/// A value that has a chance to be right.
fn value(arg: &Arg, how: Index) -> String {
    let choices = arg.get_possible_values();
    if choices.is_empty() || matches!(arg.get_action(), ArgAction::SetTrue) {
        return (*how.get(&WORDS[..30])).to_owned();
    }
    how.get(&choices).get_name().to_owned()
}

/// The words of all commands, the program itself first.
fn paths(command: &Command, above: &[String], paths: &mut Vec<Vec<String>>) {
    let path = [above, &[command.get_name().to_owned()]].concat();
    paths.push(path.clone());
    for below in command
        .get_subcommands()
        .filter(|below| below.get_name() != "help")
    {
        self::paths(below, &path, paths);
    }
}

/// What matters of an error: its kind, its status, and which argument and value it is about.
fn essence(error: &Error) -> String {
    let of = |kind| match error.get(kind) {
        // Alternatives are listed in the order in which they are defined.
        Some(ContextValue::Strings(list)) => {
            let mut list: Vec<String> = list.iter().map(|item| item.to_lowercase()).collect();
            list.sort();
            format!("{list:?}")
        }
        other => format!("{other:?}"),
    };
    // Without a name of its own, a value is called by its id.
    let of = |kind| of(kind).to_lowercase();
    format!(
        "{:?} status {} about {} value {} command {}",
        error.kind(),
        error.exit_code(),
        of(ContextKind::InvalidArg),
        of(ContextKind::InvalidValue),
        of(ContextKind::InvalidSubcommand),
    )
}

/// Compares on many lines, of which every run tries the same; ends the process at a difference.
fn compare(hand: Command, lines: u32, both: impl Fn(&Line) -> (String, String)) {
    let mut built = hand;
    built.build();
    let mut all = Vec::new();
    paths(&built, &[], &mut all);
    let config = Config {
        cases: lines,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let index = any::<Index>;
    let pieces = prop::collection::vec((index(), index(), index()), 0..7);
    let accepted = std::cell::Cell::new(0);
    let result = runner.run(&(index(), pieces, index()), |(path, pieces, front)| {
        let path = path.get(&all);
        let words = words(&built, path, &pieces, front.index(6) == 5);
        let (spec, hand) = both(&words);
        accepted.set(accepted.get() + u32::from(spec.starts_with("Ok")));
        prop_assert_eq!(spec, hand, "{:?}", words);
        Ok(())
    });
    if let Err(error) = result {
        println!("{error}");
        std::process::exit(1);
    }
    println!("{lines} lines, of which {} are accepted", accepted.get());
}

/// Parses one line in both ways.
macro_rules! both {
    ($program:ident, $words:expr) => {{
        let line: &Line = $words;
        let spec = clapspec_runtime::try_parse_from(&mut $program::cli::command(), &line.spec)
            .map(|matches| $program::cli::dispatch(&mut $program::hand::Recorder, matches));
        let hand = $program::hand::command()
            .try_get_matches_from($program::hand::command_line(line.hand.clone()))
            .map(|matches| $program::hand::called(&matches));
        let show = |result: Result<_, Error>| match result {
            Ok(called) => format!("Ok {called:#?}"),
            Err(error) => essence(&error),
        };
        (show(spec), show(hand))
    }};
}

/// Tries one line, and says what became of it.
fn one(name: &str, both: (String, String)) {
    let (spec, hand) = both;
    if spec == hand {
        println!("{name}: {spec}");
    } else {
        println!("{name} differs\nspec: {spec}\nhand: {hand}");
        std::process::exit(1);
    }
}

macro_rules! main {
    ($($program:ident)*) => {
        $(mod $program {
            pub mod cli;
            pub mod hand;
        })*

        fn main() {
            let mut arguments = std::env::args_os().skip(1);
            let name = arguments.next().and_then(|name| name.into_string().ok()).unwrap_or_default();
            let rest: Vec<OsString> = arguments.collect();
            let lines = rest.first().and_then(|word| word.to_str()?.parse().ok());
            match (name.as_str(), lines) {
                $((stringify!($program), Some(lines)) => {
                    compare($program::hand::command(), lines, |words| both!($program, words));
                })*
                // Otherwise, the rest is a command line.
                $((stringify!($program), None) => {
                    let line = Line { spec: rest.clone(), hand: rest };
                    one(stringify!($program), both!($program, &line));
                })*
                _ => std::process::exit(2),
            }
        }
    };
}
