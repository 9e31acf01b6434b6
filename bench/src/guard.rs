//! The counts that must not grow: instructions of a program with 10 commands.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::measure::{Program, run};
use crate::table::grouped;
use crate::{peers, root, shape};

/// How much a count may differ from the one in the file.
const ROOM: f64 = 0.05;

/// Compares the counts with those in `bench/instructions.txt`, which are for one version of Rust. With the
/// variable `UPDATE`, writes the file.
pub fn check(target: &Path) -> ExitCode {
    let path = root().join("bench/instructions.txt");
    let known = fs::read_to_string(&path).unwrap_or_default();
    let rustc = run(Command::new("rustc").arg("--version")).stdout;
    let rustc = String::from_utf8_lossy(&rustc);
    let rustc = rustc
        .split_whitespace()
        .take(2)
        .collect::<Vec<_>>()
        .join(" ");
    let update = std::env::var_os("UPDATE").is_some();
    if !update && known.lines().next() != Some(&rustc) {
        println!("skipped: `bench/instructions.txt` is for another version of Rust than {rustc}");
        return ExitCode::SUCCESS;
    }
    let found = counts(target);
    let text = found
        .iter()
        .map(|(name, count)| format!("{name}: {}\n", grouped(*count)));
    let text = format!("{rustc}\n{}", text.collect::<String>());
    print!("{text}");
    if update {
        fs::write(&path, text).expect("written");
        return ExitCode::SUCCESS;
    }
    let mut result = ExitCode::SUCCESS;
    for (name, count) in found {
        let line = known
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        let limit = line.and_then(|count| count.replace(',', "").parse::<f64>().ok());
        let limit =
            limit.unwrap_or_else(|| panic!("`bench/instructions.txt` has no line for {name}"));
        if (count as f64 / limit - 1.0).abs() > ROOM {
            eprintln!(
                "error: {name}: {} instructions, but `bench/instructions.txt` has {limit}. If this is intended, run \
                 `UPDATE=1 cargo run --release -p clapspec-bench -- guard`.",
                grouped(count)
            );
            result = ExitCode::FAILURE;
        }
    }
    result
}

fn counts(target: &Path) -> Vec<(&'static str, u64)> {
    let shape = shape::equal(10);
    let empty = Program::build(&target.join("empty"), peers::write_empty);
    let base = empty.instructions(&[], &[]);
    let program = Program::build(&target.join("guard"), |directory| {
        peers::clapspec::write(directory, &shape);
    });
    let lines = [
        ("command", shape.leaf()),
        ("help of a command", words("group0 cmd7 --help")),
        ("unknown option", words("group0 cmd7 --flog")),
        ("help of the program", words("--help")),
    ];
    lines
        .map(|(name, args)| (name, program.instructions(&args, &[]) - base))
        .to_vec()
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}
