//! Measures a clean build of a program and all its dependencies, in user and system time.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::programs::{self, Ours};
use crate::{children_seconds, root, run};

/// Writes a program into a directory.
type Write<'a> = dyn Fn(&Path) + 'a;

/// The number of commands in each program.
const COUNT: usize = 10;

/// Prints a table of the ways to build one program. Each is measured `rounds` times, one round after the
/// other.
pub fn table(target: &Path, rounds: usize) {
    let spec = target.join("spec-cold");
    programs::write_spec(&spec, COUNT);
    let ways: [(&str, &Write<'_>); 4] = [
        ("clapspec, committed code", &|directory| {
            programs::write_ours(directory, &spec, &root(), Ours::Committed);
        }),
        ("clap derive", &|directory| {
            programs::write_derive(directory, COUNT)
        }),
        (
            "clap derive, clap_mangen and clap_complete in build.rs",
            &|directory| {
                programs::write_derive(directory, COUNT);
                programs::add_derive_build(directory);
            },
        ),
        ("clapspec in build.rs: code and man pages", &|directory| {
            programs::write_ours(directory, &spec, &root(), Ours::Built);
        }),
    ];
    println!("| {COUNT} commands | debug, CPU s | release, CPU s |");
    println!("|---|---:|---:|");
    for round in 0..rounds {
        for (at, (name, write)) in ways.iter().enumerate() {
            let directory = target.join(format!("cold-{at}"));
            let _ = fs::remove_dir_all(&directory);
            write(&directory);
            if round == 0 {
                // Downloads are not measured.
                run(cargo(&directory).arg("fetch"));
            }
            let debug = seconds(&directory, &[]);
            let release = seconds(&directory, &["--release"]);
            println!("| {name} | {debug:.1} | {release:.1} |");
            let _ = fs::remove_dir_all(&directory);
        }
    }
}

fn cargo(directory: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(directory);
    cargo.env("CARGO_TARGET_DIR", directory.join("target"));
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo
}

fn seconds(directory: &Path, args: &[&str]) -> f64 {
    let _ = fs::remove_dir_all(directory.join("target"));
    let before = children_seconds();
    run(cargo(directory).args(["build", "--quiet"]).args(args));
    children_seconds() - before
}
