//! clap's derive, as an author would write it.

use std::fmt::Write as _;
use std::path::Path;

use super::{choices, docs, field, field_type, handle, mode, package, sub, type_name};
use crate::shape::{Arg, Command, Kind};

/// What clap is used with in each program, except `derive`.
pub const FEATURES: &str = "\"std\", \"help\", \"usage\", \"error-context\", \"suggestions\", \"color\", \"env\", \
                            \"wrap_help\"";

pub fn write(directory: &Path, program: &Command) {
    write_program(directory, program, "");
}

/// As `write`, with subcommands whose arguments are built when they are needed.
pub fn write_deferred(directory: &Path, program: &Command) {
    write_program(directory, program, "#[command(defer = true)]\n");
}

fn write_program(directory: &Path, program: &Command, of_enums: &str) {
    let mut main = String::from(
        "#![allow(dead_code, clippy::all)]\nuse clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};\n",
    );
    for (path, command) in program.all() {
        main += &structure(&path, command);
        if !command.commands.is_empty() {
            main += &subcommands(&path, command, of_enums);
        }
    }
    main += "\nfn main() {\n    let command = Cli::parse().command;\n    ";
    handle(&mut main, &[], program, 4);
    main += "}\n";
    let clap = format!(
        "clap = {{ version = \"4.6\", default-features = false, features = [{FEATURES}, \"derive\"] }}\n"
    );
    package(directory, &clap, &main);
}

fn structure(path: &[&str], command: &Command) -> String {
    let name = type_name(path);
    let mut text = match path {
        [] => format!(
            "\n{}#[derive(Parser)]\n#[command(version)]\n",
            docs(0, &command.about, &command.description)
        ),
        _ => "\n#[derive(Args)]\n".to_owned(),
    };
    writeln!(text, "struct {name} {{").expect("text");
    for arg in &command.args {
        text += &docs(4, &arg.help, &arg.description);
        writeln!(text, "    #[arg({})]", attribute(arg)).expect("text");
        writeln!(text, "    {}: {},", field(arg), field_type(&name, arg)).expect("text");
    }
    if !command.commands.is_empty() {
        writeln!(
            text,
            "    #[command(subcommand)]\n    command: {},",
            sub(path)
        )
        .expect("text");
    }
    text += "}\n";
    for arg in command.args.iter().filter(|arg| arg.kind == Kind::Choice) {
        text += &choices(&mode(&name, arg), "#[derive(Clone, Copy, ValueEnum)]\n", "");
    }
    text
}

fn subcommands(path: &[&str], command: &Command, of_enums: &str) -> String {
    let mut text = format!("\n#[derive(Subcommand)]\n{of_enums}enum {} {{\n", sub(path));
    for below in &command.commands {
        text += &docs(4, &below.about, &below.description);
        let full = type_name(&[path, &[&below.name]].concat());
        let variant = type_name(&[&below.name]);
        writeln!(
            text,
            "    #[command(name = {:?})]\n    {variant}({full}),",
            below.name
        )
        .expect("text");
    }
    text + "}\n"
}

fn attribute(arg: &Arg) -> String {
    let mut parts = Vec::new();
    if arg.kind.is_positional() {
        parts.push(format!("value_name = {:?}", arg.name.to_uppercase()));
    } else {
        parts.push(format!("long = {:?}", arg.name));
        parts.extend(arg.short.map(|short| format!("short = {short:?}")));
    }
    match arg.kind {
        Kind::Count => parts.push("action = ArgAction::Count".to_owned()),
        Kind::Choice => parts.push("value_enum, default_value = \"fast\"".to_owned()),
        _ => {}
    }
    parts.extend(
        arg.conflicts
            .map(|other| format!("conflicts_with = \"o_{other}\"")),
    );
    parts.join(", ")
}
