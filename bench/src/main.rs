//! Measures programs with many commands, built with clapspec and with other libraries.
//!
//! ```text
//! cargo run --release -p clapspec-bench                measures programs of 10 and 100 commands and of mise's
//!                                                      shape; writes the tables and the picture of the book
//! cargo run --release -p clapspec-bench -- all         the same, and a program of 1,000 commands
//! cargo run --release -p clapspec-bench -- 100 mise    only prints the tables of these programs
//! cargo run --release -p clapspec-bench -- generate    the generator
//! cargo run --release -p clapspec-bench -- cold        clean builds, for 10 commands
//! cargo run --release -p clapspec-bench -- tab         presses of Tab
//! cargo run --release -p clapspec-bench -- guard       the counts that must not grow
//! cargo run --release -p clapspec-bench -- spec 1000 DIR   only write the spec
//! ```
//!
//! This requires Linux, valgrind, and crates.io for the other libraries. All files are written to
//! `target/bench`. CPU seconds are measured in a single run and vary by about 20 %. Instruction counts
//! don't vary.

mod cold;
mod generate;
mod guard;
mod measure;
mod peers;
mod picture;
mod shape;
mod tab;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse::<usize>().ok().filter(|count| *count > 0);
    match words[..] {
        [] => table::write(&target(), &["10", "100", "mise"]),
        ["all"] => table::write(&target(), &["10", "100", "1000", "mise"]),
        ["cold"] => cold::table(&target(), 2),
        ["tab"] => tab::table(&target(), &[10, 100, 1000]),
        ["generate"] => generate::table(&target(), &[10, 100, 1000]),
        ["guard"] => return guard::check(&target()),
        ["build", directory] => measure::build(Path::new(directory)),
        ["spec", count, directory] if number(count).is_some() => {
            let program = shape::equal(number(count).unwrap_or(1));
            peers::clapspec::write_spec(Path::new(directory), &program, "");
        }
        _ if words
            .iter()
            .all(|word| *word == "mise" || number(word).is_some()) =>
        {
            for word in &words {
                println!("{}", table::measure(&target(), word).markdown());
            }
        }
        _ => {
            eprintln!(
                "usage: clapspec-bench [COUNT | mise]... | all | cold | tab | generate | guard | spec COUNT DIR"
            );
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the workspace").to_owned()
}

fn target() -> PathBuf {
    root().join("target/bench")
}
