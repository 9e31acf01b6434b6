//! Measures a clean build of a program and all its dependencies, in user and system time.

use std::fs;
use std::path::Path;

use crate::measure::{cargo, children_seconds, run};
use crate::peers::clapspec::{How, write_program, write_spec};
use crate::{peers, shape};

/// Writes a program into a directory.
type Write<'a> = dyn Fn(&Path) + 'a;

/// The number of commands in each program.
const COUNT: usize = 10;

/// Prints a table of the ways to build one program. Each is measured `rounds` times, one round after the
/// other.
pub fn table(target: &Path, rounds: usize) {
    let shape = shape::equal(COUNT);
    let spec = target.join("spec-cold");
    write_spec(&spec, &shape, "");
    let ways: [(&str, &Write<'_>); 4] = [
        ("clapspec, committed code", &|directory| {
            write_program(directory, &spec, How::Committed);
        }),
        ("clap derive", &|directory| {
            peers::clap::write(directory, &shape)
        }),
        (
            "clap derive, clap_mangen and clap_complete in `build.rs`",
            &|directory| {
                peers::clap::write(directory, &shape);
                add_build_script(directory);
            },
        ),
        ("clapspec in `build.rs`: code and man pages", &|directory| {
            write_program(directory, &spec, How::Built);
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

fn seconds(directory: &Path, args: &[&str]) -> f64 {
    let _ = fs::remove_dir_all(directory.join("target"));
    let before = children_seconds();
    run(cargo(directory).args(["build", "--quiet"]).args(args));
    children_seconds() - before
}

/// Adds a build script that generates man pages and completions to a program with clap's derive.
fn add_build_script(directory: &Path) {
    let main = fs::read_to_string(directory.join("src/main.rs")).expect("the program");
    let (types, rest) = main.split_once("\nfn main()").expect("its main function");
    let types = types.replacen("#![allow(dead_code)]\n", "", 1);
    peers::write(&directory.join("src/cli.rs"), &types);
    let main = format!("include!(\"cli.rs\");\n\nfn main(){rest}");
    peers::write(&directory.join("src/main.rs"), &main);
    peers::write(
        &directory.join("build.rs"),
        "#[allow(dead_code)]\nmod cli {\n    include!(\"src/cli.rs\");\n    \
         pub fn command() -> clap::Command {\n        <Cli as clap::CommandFactory>::command()\n    }\n}\n\
         use clap_complete::Shell;\n\n\
         fn main() {\n    println!(\"cargo::rerun-if-changed=src/cli.rs\");\n    \
         let out = std::path::PathBuf::from(std::env::var_os(\"OUT_DIR\").unwrap());\n    \
         clap_mangen::generate_to(cli::command(), &out).unwrap();\n    \
         for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {\n        \
         clap_complete::generate_to(shell, &mut cli::command(), \"bench\", &out).unwrap();\n    }\n}\n",
    );
    let path = directory.join("Cargo.toml");
    let manifest = fs::read_to_string(&path).expect("the manifest");
    let clap = manifest
        .lines()
        .find(|line| line.starts_with("clap = "))
        .expect("clap");
    let build = format!(
        "\n[build-dependencies]\n{clap}\nclap_mangen = \"0.3\"\nclap_complete = \"4.6\"\n\n[profile.release]"
    );
    peers::write(&path, &manifest.replace("\n[profile.release]", &build));
}
