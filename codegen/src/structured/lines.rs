//! Command lines for a spec.

use super::args::{Arg, Takes};
use super::commands::Command;
use super::program::Program;
use super::source::Source;

/// Generates a command line. Many are valid, and many are not.
pub(super) fn line(source: &mut Source<'_>, program: &Program) -> Vec<String> {
    let mut command = &program.root;
    let mut words = vec![program.name.clone()];
    let mut visible: Vec<&Arg> = command.args.iter().collect();
    while let Some(subcommand) = source.any(&command.subcommands) {
        if source.chance(8) {
            break;
        }
        if source.chance(8) {
            given(source, &visible, &mut words);
        }
        command = subcommand;
        words.push(source.pick(&command.names).clone());
        visible.extend(&command.args);
    }
    // Usually all required options, and a few others.
    let missing = source.chance(15);
    let mut positionals: Vec<&Arg> = Vec::new();
    for arg in &visible {
        let wanted = arg.required && !missing;
        if !arg.is_option() {
            positionals.push(arg);
        } else if wanted {
            one(source, arg, &mut words);
        }
    }
    for _ in 0..source.below(5) {
        given(source, &visible, &mut words);
    }
    for arg in positionals {
        let needed = arg.required && !missing;
        if !needed && !source.chance(40) {
            break;
        }
        if arg.last || source.chance(4) {
            words.push("--".to_owned());
        }
        one(source, arg, &mut words);
    }
    while source.chance(8) {
        let odd = [
            "--",
            "",
            "-",
            "--help",
            "-h",
            "-V",
            "help",
            "x",
            "-x",
            "--no-such",
            "=",
            "é",
            "\u{0}",
        ];
        let at = source.below(words.len() + 1).max(1);
        words.insert(at, (*source.pick(&odd)).to_owned());
    }
    if source.chance(4) {
        words.truncate(1 + source.below(words.len()));
    }
    words
}

/// Adds one of the options.
fn given(source: &mut Source<'_>, visible: &[&Arg], words: &mut Vec<String>) {
    let options: Vec<&Arg> = visible
        .iter()
        .filter(|arg| arg.is_option())
        .copied()
        .collect();
    if let Some(arg) = source.any(&options) {
        one(source, arg, words);
    }
}

fn one(source: &mut Source<'_>, arg: &Arg, words: &mut Vec<String>) {
    let name = source.any(&arg.names);
    let Some(takes) = &arg.takes else {
        words.extend(name.cloned());
        if source.chance(2) {
            words.push("value".to_owned());
        }
        return;
    };
    let mut values = values(source, takes);
    if let Some(name) = name {
        let attached = takes.equals || source.chance(20);
        match (attached, values.is_empty(), name.starts_with("--")) {
            (true, false, true) => words.push(format!("{name}={}", values.remove(0))),
            (true, false, false) => words.push(format!("{name}{}", values.remove(0))),
            _ => words.push(name.clone()),
        }
    }
    words.extend(values);
    if let Some(word) = takes.terminator.as_ref().filter(|_| source.chance(50)) {
        words.push(word.clone());
    }
}

fn values(source: &mut Source<'_>, takes: &Takes) -> Vec<String> {
    let (min, max) = match source.chance(6) {
        true => (0, takes.max + 1),
        false => (takes.min, takes.max),
    };
    let count = min + source.below(max + 1 - min.min(max));
    let value = |source: &mut Source<'_>| match source.chance(3) {
        true => (*source.pick(&["", "-1", "wrong", ",", "a,b", "--", "-", "\u{e9}"])).to_owned(),
        false => source.pick(&takes.samples).clone(),
    };
    (0..count).map(|_| value(source)).collect()
}

/// Generates values for the environment variables that options read.
pub(super) fn variables(source: &mut Source<'_>, program: &Program) -> Vec<(String, String)> {
    let mut found = Vec::new();
    of_command(source, &program.root, &mut found);
    found
}

fn of_command(source: &mut Source<'_>, command: &Command, found: &mut Vec<(String, String)>) {
    for arg in &command.args {
        if let Some(name) = &arg.variable {
            let value = match (&arg.takes, source.chance(10)) {
                (Some(takes), false) => source.pick(&takes.samples).clone(),
                _ => (*source.pick(&["1", "0", "", "true", "x"])).to_owned(),
            };
            found.push((name.clone(), value));
        }
    }
    for subcommand in &command.subcommands {
        of_command(source, subcommand, found);
    }
}
