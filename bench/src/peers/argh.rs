//! argh, which has no rules between options.

use std::fmt::Write as _;
use std::path::Path;

use super::{choices, docs, field, field_type, handle, mode, package, sub, type_name};
use crate::shape::{Arg, Command, Kind};

pub fn write(directory: &Path, program: &Command) {
    let mut main =
        String::from("#![allow(dead_code, clippy::all)]\nuse argh::{FromArgValue, FromArgs};\n");
    for (path, command) in program.all() {
        let name = type_name(&path);
        main += "\n#[derive(FromArgs)]\n";
        main += &docs(0, &command.about, &command.description);
        if let Some(last) = path.last() {
            writeln!(main, "#[argh(subcommand, name = {last:?})]").expect("text");
        }
        writeln!(main, "struct {name} {{").expect("text");
        for arg in &command.args {
            main += &docs(4, &lowercase(&arg.help), &arg.description);
            writeln!(main, "    #[argh({})]", attribute(&name, arg)).expect("text");
            writeln!(main, "    {}: {},", field(arg), field_type(&name, arg)).expect("text");
        }
        if !command.commands.is_empty() {
            writeln!(
                main,
                "    #[argh(subcommand)]\n    command: {},",
                sub(&path)
            )
            .expect("text");
        }
        main += "}\n";
        for arg in command.args.iter().filter(|arg| arg.kind == Kind::Choice) {
            main += &choices(
                &mode(&name, arg),
                "#[derive(Clone, Copy, FromArgValue)]\n",
                "",
            );
        }
        if !command.commands.is_empty() {
            writeln!(
                main,
                "\n#[derive(FromArgs)]\n#[argh(subcommand)]\nenum {} {{",
                sub(&path)
            )
            .expect("text");
            for below in &command.commands {
                let full = type_name(&[&path[..], &[&below.name]].concat());
                writeln!(main, "    {}({full}),", type_name(&[&below.name])).expect("text");
            }
            main += "}\n";
        }
    }
    main +=
        "\nfn main() {\n    let cli: Cli = argh::from_env();\n    let command = cli.command;\n    ";
    handle(&mut main, &[], program, 4);
    main += "}\n";
    package(directory, "argh = \"0.1.19\"\n", &main);
}

fn attribute(owner: &str, arg: &Arg) -> String {
    if arg.kind.is_positional() {
        return format!("positional, arg_name = {:?}", arg.name);
    }
    let kind = match arg.kind {
        Kind::Switch | Kind::Count => "switch",
        _ => "option",
    };
    let mut parts = vec![kind.to_owned(), format!("long = {:?}", arg.name)];
    parts.extend(arg.short.map(|short| format!("short = {short:?}")));
    if arg.kind == Kind::Choice {
        parts.push(format!("default = \"{}::Fast\"", mode(owner, arg)));
    }
    parts.join(", ")
}

/// Begins a string with a lowercase letter, as argh demands of fields.
fn lowercase(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
