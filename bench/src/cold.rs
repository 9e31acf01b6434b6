//! What a build from nothing costs: the program and all that it depends on, user and system time.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::programs::{self, Ours};
use crate::{children_seconds, root, run};

/// Writes a program into a directory.
type Write<'a> = dyn Fn(&Path) + 'a;

/// Commands of each program.
const COUNT: usize = 10;

/// Prints a table of the ways to make one program, `rounds` times each, the rounds one after another.
pub fn table(target: &Path, rounds: usize) {
    let spec = target.join("spec-cold");
    programs::write_spec(&spec, COUNT);
    let ways: [(&str, &Write<'_>); 4] = [
        ("clapspec, committed code", &|folder| {
            programs::write_ours(folder, &spec, &root(), Ours::Committed);
        }),
        ("clap derive", &|folder| {
            programs::write_derive(folder, COUNT)
        }),
        (
            "clap derive, clap_mangen and clap_complete in build.rs",
            &|folder| {
                programs::write_derive(folder, COUNT);
                programs::add_derive_build(folder);
            },
        ),
        ("clapspec in build.rs: code and man pages", &|folder| {
            programs::write_ours(folder, &spec, &root(), Ours::Built);
        }),
    ];
    println!("| {COUNT} commands | debug, CPU s | release, CPU s |");
    println!("|---|---:|---:|");
    for round in 0..rounds {
        for (at, (name, write)) in ways.iter().enumerate() {
            let folder = target.join(format!("cold-{at}"));
            let _ = fs::remove_dir_all(&folder);
            write(&folder);
            if round == 0 {
                // Downloads are no part of it.
                run(cargo(&folder).arg("fetch"));
            }
            let debug = seconds(&folder, &[]);
            let release = seconds(&folder, &["--release"]);
            println!("| {name} | {debug:.1} | {release:.1} |");
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(folder);
    cargo.env("CARGO_TARGET_DIR", folder.join("target"));
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo
}

fn seconds(folder: &Path, words: &[&str]) -> f64 {
    let _ = fs::remove_dir_all(folder.join("target"));
    let before = children_seconds();
    run(cargo(folder).args(["build", "--quiet"]).args(words));
    children_seconds() - before
}
