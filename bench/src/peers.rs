//! The same program with each library: a package with a `Cargo.toml` and a `src/main.rs`.

use std::fs;
use std::path::Path;

use crate::shape::{Arg, Command, Kind};

mod argh;
mod bpaf;
pub mod clap;
pub mod clapspec;
mod derive;
mod lexopt;
mod usage;

/// A library, or a way to use one.
pub struct Peer {
    pub name: &'static str,
    /// The crate from crates.io, whose version is part of the measurements.
    pub package: Option<&'static str>,
    /// Whether the program has `--help`.
    pub has_help: bool,
    /// Writes a package.
    pub write: fn(&Path, &Command),
}

/// The libraries, in the order of the table.
pub const PEERS: [Peer; 7] = [
    Peer {
        name: "clapspec",
        package: None,
        has_help: true,
        write: clapspec::write,
    },
    Peer {
        name: "clap derive",
        package: Some("clap"),
        has_help: true,
        write: clap::write,
    },
    Peer {
        name: "clap derive, `defer`",
        package: None,
        has_help: true,
        write: clap::write_deferred,
    },
    Peer {
        name: "usage-rs",
        package: Some("usage-rs"),
        has_help: true,
        write: usage::write,
    },
    Peer {
        name: "argh",
        package: Some("argh"),
        has_help: true,
        write: argh::write,
    },
    Peer {
        name: "bpaf",
        package: Some("bpaf"),
        has_help: true,
        write: bpaf::write,
    },
    Peer {
        name: "lexopt, by hand",
        package: Some("lexopt"),
        has_help: false,
        write: lexopt::write,
    },
];

/// Writes a program that does nothing.
pub fn write_empty(directory: &Path) {
    package(directory, "", "fn main() {}\n");
}

/// Writes a package. The program has the name `bench`.
pub fn package(directory: &Path, dependencies: &str, main: &str) {
    write(
        &directory.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"bench\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\n{dependencies}\n[profile.release]\nstrip = true\n"
        ),
    );
    write(&directory.join("src/main.rs"), main);
}

/// Writes a file and its directories.
pub fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a directory")).expect("made");
    fs::write(path, text).expect("written");
}

/// Returns the name of a type: `tool-alias set` is `ToolAliasSet`.
fn type_name(path: &[&str]) -> String {
    let mut name = String::new();
    let words = path.iter().flat_map(|name| name.split(['-', '_']));
    for word in words.filter(|word| !word.is_empty()) {
        name += &word[..1].to_uppercase();
        name += &word[1..];
    }
    match name.is_empty() {
        true => "Cli".to_owned(),
        false => name,
    }
}

/// Returns the name of the field of an argument or option. It is no keyword, and an option may have the name of an
/// argument.
fn field(arg: &Arg) -> String {
    let name = arg.name.replace('-', "_");
    match arg.kind.is_positional() {
        true => format!("{name}_"),
        false => format!("o_{name}"),
    }
}

/// Returns the type of a field.
fn field_type(owner: &str, arg: &Arg) -> String {
    match arg.kind {
        Kind::Required => "String".to_owned(),
        Kind::Optional | Kind::Text => "Option<String>".to_owned(),
        Kind::Rest | Kind::List => "Vec<String>".to_owned(),
        Kind::Switch => "bool".to_owned(),
        Kind::Count => "u8".to_owned(),
        Kind::Number => "Option<i64>".to_owned(),
        Kind::Choice => mode(owner, arg),
    }
}

/// Returns the name of the enum with the choices of an option.
fn mode(owner: &str, arg: &Arg) -> String {
    format!("{owner}{}", type_name(&[&arg.name]))
}
