//! Measures programs with many commands, built with clapspec and with clap's derive.
//!
//! ```text
//! cargo run --release -p clapspec-bench                the whole table, for 10, 100 and 1000 commands
//! cargo run --release -p clapspec-bench -- 100         the table for 100 commands
//! cargo run --release -p clapspec-bench -- cold        clean builds, for 10 commands
//! cargo run --release -p clapspec-bench -- tab         presses of Tab
//! cargo run --release -p clapspec-bench -- spec 1000 DIR   only write the spec
//! ```
//!
//! This requires Linux, valgrind, and crates.io for clap's derive. All files are written to
//! `target/bench`. CPU seconds are measured in a single run and vary by about 20 %. Instruction counts
//! don't vary.

mod cold;
mod programs;
mod tab;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};
use std::time::Instant;

use clapspec::Part;
use programs::Ours;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse::<usize>().ok().filter(|count| *count > 0);
    match words[..] {
        [] => table(&[10, 100, 1000]),
        ["cold"] => cold::table(&target(), 2),
        ["tab"] => tab::table(&target(), &[10, 100, 1000]),
        ["spec", count, directory] if number(count).is_some() => {
            programs::write_spec(Path::new(directory), number(count).unwrap_or(1));
        }
        [count] if number(count).is_some() => table(&[number(count).unwrap_or(1)]),
        _ => {
            eprintln!("usage: clapspec-bench [COUNT | cold | tab | spec COUNT DIR]");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn table(counts: &[usize]) {
    let target = target();
    let empty = Program::build(&target, "empty", programs::write_empty);
    let base = empty.instructions(&[], &[]);
    println!("empty main: {base} instructions\n");
    println!(
        "| commands | | check, ms | generate, ms | compile, CPU s | run a leaf, instructions | size, KB |"
    );
    println!("|---|---|---|---|---|---|---|");
    for count in counts {
        let spec = target.join(format!("spec-{count}"));
        programs::write_spec(&spec, *count);
        let check = milliseconds(|| clapspec::check(&spec).is_ok());
        let generate = milliseconds(|| clapspec::generate(&spec, &[Part::Rust, Part::Man]).is_ok());
        let ours = Program::build(&target, &format!("clapspec-{count}"), |directory| {
            programs::write_ours(directory, &spec, &root(), Ours::Committed);
        });
        let derive = Program::build(&target, &format!("derive-{count}"), |directory| {
            programs::write_derive(directory, *count);
        });
        let leaf = programs::leaf(*count);
        let mut results = Vec::new();
        for (name, program) in [("clapspec", &ours), ("clap derive", &derive)] {
            let instructions = program.instructions(&leaf, &[]) - base;
            let (check, generate) = match name {
                "clapspec" => (format!("{check:.0}"), format!("{generate:.0}")),
                _ => (String::new(), String::new()),
            };
            println!(
                "| {count} | {name} | {check} | {generate} | {:.2} | {instructions} | {} |",
                program.compile_seconds, program.kilobytes
            );
            results.push((program.compile_seconds, instructions));
        }
        let (ours, derive) = (results[0], results[1]);
        println!(
            "| {count} | derive / clapspec | | | {:.1} | {:.1} | |",
            derive.0 / ours.0,
            derive.1 as f64 / ours.1 as f64
        );
    }
}

/// Returns the time of the fastest of five runs.
fn milliseconds(work: impl Fn() -> bool) -> f64 {
    let run = || {
        let start = Instant::now();
        assert!(work(), "the spec is valid");
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..5).map(|_| run()).fold(f64::INFINITY, f64::min)
}

struct Program {
    path: PathBuf,
    compile_seconds: f64,
    kilobytes: u64,
}

impl Program {
    /// Builds a package twice: first with all its dependencies, then only the package. The second build
    /// is measured.
    fn build(target: &Path, name: &str, write: impl Fn(&Path)) -> Self {
        let directory = target.join(name);
        let _ = fs::remove_dir_all(directory.join("src"));
        fs::create_dir_all(directory.join("src")).expect("a directory");
        write(&directory);
        let build = || {
            let mut cargo = Command::new("cargo");
            cargo
                .args(["build", "--release", "--quiet"])
                .current_dir(&directory);
            cargo
                .env("CARGO_TARGET_DIR", directory.join("target"))
                .env("CARGO_INCREMENTAL", "0");
            run(&mut cargo);
        };
        build();
        let main = directory.join("src/main.rs");
        let text = fs::read(&main).expect("the program");
        fs::write(&main, [text.as_slice(), b"\n"].concat()).expect("changed");
        let before = children_seconds();
        build();
        let path = directory.join("target/release/bench");
        Self {
            compile_seconds: children_seconds() - before,
            kilobytes: fs::metadata(&path).expect("built").len() / 1024,
            path,
        }
    }

    /// Returns the number of instructions of one run, as counted by callgrind.
    fn instructions(&self, args: &[String], variables: &[(&str, &str)]) -> u64 {
        let mut valgrind = Command::new("valgrind");
        valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
        let output = run(valgrind
            .envs(variables.iter().copied())
            .arg(&self.path)
            .args(args));
        let messages = String::from_utf8_lossy(&output.stderr);
        let line = messages
            .lines()
            .find_map(|line| line.split("Collected :").nth(1));
        line.and_then(|count| count.trim().parse().ok())
            .expect("callgrind's count")
    }
}

fn run(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Returns the user and system time of all child processes that have ended (proc(5), `cutime`,
/// `cstime`).
fn children_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    // The name, in parentheses, may contain spaces.
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|f| f.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    // These are the fields 16 and 17; the first two fields were cut off. A tick is 1/100 s.
    (ticks(13) + ticks(14)) / 100.0
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the workspace").to_owned()
}

fn target() -> PathBuf {
    root().join("target/bench")
}
