//! The same program with each library: a package with a `Cargo.toml` and a `src/main.rs`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::shape::{Arg, CHOICES, Command, Kind};

mod argh;
mod bpaf;
mod clap;
pub mod clapspec;
mod lexopt;
mod usage;

/// A library, or a way to use one.
pub struct Peer {
    pub name: &'static str,
    /// Whether the program has `--help`.
    pub has_help: bool,
    /// Writes a package, whose dependencies come from crates.io.
    pub write: fn(&Path, &Command),
}

/// The libraries, in the order of the table.
pub const PEERS: [Peer; 7] = [
    Peer {
        name: "clapspec",
        has_help: true,
        write: clapspec::write,
    },
    Peer {
        name: "clap derive",
        has_help: true,
        write: clap::write,
    },
    Peer {
        name: "clap derive, `defer`",
        has_help: true,
        write: clap::write_deferred,
    },
    Peer {
        name: "usage-rs",
        has_help: true,
        write: usage::write,
    },
    Peer {
        name: "argh",
        has_help: true,
        write: argh::write,
    },
    Peer {
        name: "bpaf",
        has_help: true,
        write: bpaf::write,
    },
    Peer {
        name: "lexopt, by hand",
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

/// Returns the name of the field of an argument or option. Positional arguments have an underscore, so that an
/// option may have the same name.
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

/// Writes an enum with the choices of an option. `derives` and `default` come before it and its first variant.
fn choices(name: &str, derives: &str, default: &str) -> String {
    let mut text = format!("\n{derives}enum {name} {{\n");
    for (at, (choice, help)) in CHOICES.into_iter().enumerate() {
        let default = if at == 0 { default } else { "" };
        writeln!(
            text,
            "    /// {help}\n{default}    {},",
            type_name(&[choice])
        )
        .expect("text");
    }
    text + "}\n"
}

/// Writes a doc comment: a summary and a description.
fn docs(indent: usize, about: &str, description: &str) -> String {
    let pad = " ".repeat(indent);
    let mut text = format!("{pad}/// {}\n", one_line(about));
    if !description.is_empty() {
        writeln!(text, "{pad}///").expect("text");
        for line in description.lines() {
            writeln!(text, "{pad}/// {}", line.trim()).expect("text");
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// Writes the `match` of a command group over its subcommands, down to the commands.
fn handle(out: &mut String, path: &[&str], command: &Command, indent: usize) {
    let pad = " ".repeat(indent);
    writeln!(out, "match command {{").expect("text");
    for below in &command.commands {
        let below_path = [path, &[&below.name]].concat();
        let variant = type_name(&[&below.name]);
        let head = format!("{pad}    {}::{variant}(args)", sub(path));
        if below.commands.is_empty() {
            writeln!(out, "{head} => {{ std::hint::black_box(args); }}").expect("text");
        } else {
            write!(out, "{head} => {{ let command = args.command; ").expect("text");
            handle(out, &below_path, below, indent + 4);
            writeln!(out, "{pad}    }}").expect("text");
        }
    }
    writeln!(out, "{pad}}}").expect("text");
}

/// Returns the name of the enum with the subcommands of a command group.
fn sub(path: &[&str]) -> String {
    format!("{}Sub", type_name(path))
}
