//! Compares two definitions of a program on the same command lines: the code that is generated from its
//! spec, and the handwritten one. This file is the main program of a separate package, which
//! `tests/programs.rs` writes and runs: `programs NAME LINES` tries random command lines, and
//! `programs NAME ARGUMENT…` tries one.

mod lines;
mod values;

use std::ffi::OsString;

use clapspec_runtime::complete::tokens;
use clapspec_runtime::model::Arg;
use clapspec_runtime::{Program, UsageError};
use clapspec_runtime::clap::error::{ContextKind, ContextValue, ErrorKind};
use clapspec_runtime::clap::{Command, Error};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use lines::{Line, Piece, leaves, odd};

/// The arguments that clap reports as missing on a command line.
fn missing(command: &Command, line: &Line) -> Vec<String> {
    match command.clone().try_get_matches_from(&line.hand) {
        Err(error) if error.kind() == ErrorKind::MissingRequiredArgument => {
            match error.get(ContextKind::InvalidArg) {
                Some(ContextValue::Strings(list)) => list.clone(),
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// The same for a command line that doesn't run a command.
fn essence_of(stop: &clapspec_runtime::Stop) -> String {
    match stop.usage_error() {
        Some(error) => essence(error.error()),
        // The status after an error may be defined in the spec, so it is not compared.
        None => format!("help status {}", if stop.is_help() { 0 } else { 2 }),
    }
}

/// The parts of an error that are compared: its kind, its status, and its argument and value.
fn essence(error: &Error) -> String {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    let help = [DisplayHelp, DisplayVersion, DisplayHelpOnMissingArgumentOrSubcommand];
    if help.contains(&error.kind()) {
        return format!("help status {}", error.exit_code());
    }
    let of = |kind| match error.get(kind) {
        // The order of alternatives depends on the order of their definitions.
        Some(ContextValue::Strings(list)) => {
            let mut list: Vec<String> = list.iter().map(|item| item.to_lowercase()).collect();
            list.sort();
            format!("{list:?}")
        }
        other => format!("{other:?}"),
    };
    if error.kind() == ErrorKind::InvalidUtf8 {
        // clap doesn't report which option it is.
        return "InvalidUtf8".into();
    }
    if error.kind() == ErrorKind::ArgumentConflict {
        // Which arguments are named, and in which order, depends on the order of the arguments.
        let twice = error.get(ContextKind::InvalidArg) == error.get(ContextKind::PriorArg);
        return format!("ArgumentConflict {}", if twice { "with itself" } else { "" });
    }
    // A value without a name is called by its id, which may differ in case.
    let of = |kind| of(kind).to_lowercase();
    format!(
        "{:?} status {} about {} and {} value {} command {}",
        error.kind(),
        error.exit_code(),
        of(ContextKind::InvalidArg),
        of(ContextKind::PriorArg),
        of(ContextKind::InvalidValue),
        of(ContextKind::InvalidSubcommand),
    )
}

/// Checks what shells offer on a valid command line: each option in it is offered where it stands, and
/// what is offered at its end is accepted there. Returns how many options were checked.
fn check_offers(program: &Program, line: &[OsString]) -> Result<u32, String> {
    let Ok(values) = program.parse_from(line) else {
        return Ok(0);
    };
    if values.is_external() {
        return Ok(0);
    }
    let called = values.called().clone();
    // Words that look like options may be values.
    let is_clear = !called.args().any(|arg| arg.trailing || arg.hyphen_values);
    let mut count = 0;
    let written = |word: &OsString| Some(word.to_str()?.split('=').next()?.to_owned());
    for (at, word) in line.iter().enumerate().skip(1).take_while(|(_, word)| *word != "--") {
        let name = written(word).unwrap_or_default();
        let is_meant = |arg: &&Arg| arg.long.is_some_and(|long| name == format!("--{long}"));
        let arg = called.args().find(is_meant);
        let is_visible = arg.is_some_and(|arg| !arg.hidden && arg.deprecated.is_none());
        let is_first = !line[1..at].iter().any(|word| written(word).as_ref() == Some(&name));
        if !is_clear || !is_visible || !is_first {
            continue;
        }
        let offered = tokens(program, &line[1..at], &name);
        if !offered.iter().any(|offer| offer.trim_end_matches('=') == name) {
            return Err(format!("`{name}` is not offered after {:?}: {offered:?}", &line[..at]));
        }
        count += 1;
    }
    for offer in tokens(program, &line[1..], "--") {
        let mut longer = line.to_vec();
        let value = if offer.ends_with('=') { "x" } else { "" };
        longer.push(OsString::from(format!("{offer}{value}")));
        let Err(stop) = program.parse_from(&longer) else {
            continue;
        };
        let error = stop.usage_error().map(UsageError::error);
        let kind = error.map(Error::kind);
        if matches!(kind, Some(ErrorKind::UnknownArgument | ErrorKind::ArgumentConflict)) {
            let line: Vec<_> = line.iter().collect();
            return Err(format!("`{offer}` is offered after {line:?}, and is a {kind:?}"));
        }
        count += 1;
    }
    Ok(count)
}

/// Compares the results of many command lines, which are the same in every run. Exits at a difference.
fn compare(program: &Program, command: Command, lines: u32, both: impl Fn(&Line) -> (String, String)) {
    // `build` also adds the global options to each command.
    let mut hand = command.clone();
    hand.build();
    let mut all = Vec::new();
    leaves(&[&hand], &mut all);
    let config = Config {
        cases: lines,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let pieces = prop::collection::vec(Piece::any(), 0..6);
    let accepted = std::cell::Cell::new(0);
    let differ = std::cell::Cell::new(0);
    let offers = std::cell::Cell::new(0);
    let strategy = (any::<[Index; 3]>(), Piece::any(), pieces);
    let result = runner.run(&strategy, |([leaf, alias, near], extra, pieces)| {
        let missing = |line: &Line| missing(&command, line);
        let line = leaf.get(&all).line([alias, near], extra, &pieces, missing);
        let (spec, hand) = both(&line);
        accepted.set(accepted.get() + u32::from(spec.starts_with("Ok")));
        let refused = !spec.starts_with("Ok") && !hand.starts_with("Ok");
        // clapspec shows help even after an error, and clap reports the error.
        // An external command may have any name, even one that is not Unicode.
        let external = spec.starts_with("Ok External") && hand == "InvalidUtf8";
        let helped = external || refused && spec == "help status 0";
        // If there are two errors, clap may report the other one.
        let rare = |result: &String| {
            let word = result.starts_with("UnknownArgument") && !result.contains("string(\"-");
            // clap checks positional arguments last.
            let argument = ["string(\"<", "string(\"["].iter().any(|begin| result.contains(begin));
            // After an option without its value, there may be another error.
            let lacking = result.starts_with("NoEquals") || result.contains("value some(string(\"\"))");
            word || argument || lacking || result == "InvalidUtf8" || result.ends_with("with itself")
        };
        let rare = rare(&spec) || rare(&hand) || line.spec.iter().any(|word| word == "--");
        let either = refused && (rare || odd(&pieces, &leaf.get(&all).args) > 1);
        differ.set(differ.get() + u32::from(spec != hand));
        prop_assert!(helped || either || spec == hand, "{}\n{}\n{:?}", spec, hand, line);
        // This takes longer than everything else, so it isn't done for each line.
        if accepted.get() % 10 == 1 {
            let checked = check_offers(program, &line.spec).map_err(TestCaseError::fail)?;
            offers.set(offers.get() + checked);
        }
        Ok(())
    });
    // Print only the command line and the difference from proptest's message.
    if let Err(error) = result {
        let message = error.to_string();
        let end = message.find("\nminimal failing input").unwrap_or(message.len());
        println!("{}", &message[..end]);
        std::process::exit(1);
    }
    let percent = 100 * accepted.get() / lines.max(1);
    let differ = 100 * differ.get() / lines.max(1);
    let offers = offers.get();
    println!("{lines} lines; {percent} % are valid, and {differ} % have two errors; {offers} offers");
    if differ > 5 {
        std::process::exit(1);
    }
}

/// Parses one command line with both definitions.
macro_rules! both {
    ($program:ident, $words:expr) => {{
        let line: &Line = $words;
        let spec = $program::cli::PROGRAM.parse_from(&line.spec).map(|values| {
            let mut recorder = $program::hand::Recorder::default();
            $program::cli::dispatch(&mut recorder, values);
            recorder.0.expect("a handler was called")
        });
        let hand = $program::hand::command()
            .try_get_matches_from($program::hand::command_line(line.hand.clone()))
            .map(|matches| $program::hand::called(&matches));
        let spec = match spec {
            Ok(called) => format!("Ok {called:#?}"),
            Err(stop) => essence_of(&stop),
        };
        let hand = match hand {
            Ok(called) => format!("Ok {called:#?}"),
            Err(error) => essence(&error),
        };
        (spec, hand)
    }};
}

/// Prints the results of one command line. Exits if they differ.
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
                    compare(&$program::cli::PROGRAM, $program::hand::command(), lines, |words| both!($program, words));
                })*
                // Otherwise, the rest is a command line.
                $((stringify!($program), None) => {
                    let line = Line::read(&rest);
                    one(stringify!($program), both!($program, &line));
                })*
                _ => std::process::exit(2),
            }
        }
    };
}
