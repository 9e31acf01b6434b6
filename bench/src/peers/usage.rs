//! usage-rs, whose derives make tables.

use std::fmt::Write as _;
use std::path::Path;

use super::{choices, docs, field, field_type, handle, mode, package, sub, type_name};
use crate::shape::{Arg, Command, Kind};

pub fn write(directory: &Path, program: &Command) {
    let mut main = String::from(
        "#![allow(dead_code, clippy::all)]\nuse usage_rs::{Args, Cli, Subcommands, ValueEnum};\n",
    );
    for (path, command) in program.all() {
        let name = match path[..] {
            [] => "Program".to_owned(),
            _ => type_name(&path),
        };
        main += "\n";
        main += &docs(0, &command.about, &command.description);
        main += match path[..] {
            [] => "#[derive(Cli)]\n#[usage(bin = \"bench\", version = \"0.1.0\")]\n",
            _ => "#[derive(Args)]\n",
        };
        writeln!(main, "struct {name} {{").expect("text");
        for arg in &command.args {
            main += &docs(4, &arg.help, &arg.description);
            writeln!(main, "    #[usage({})]", attribute(arg)).expect("text");
            writeln!(main, "    {}: {},", field(arg), field_type(&name, arg)).expect("text");
        }
        if !command.commands.is_empty() {
            writeln!(
                main,
                "    #[usage(subcommand)]\n    command: {},",
                sub(&path)
            )
            .expect("text");
        }
        main += "}\n";
        for arg in command.args.iter().filter(|arg| arg.kind == Kind::Choice) {
            main += &choices(&mode(&name, arg), "#[derive(Clone, Copy, ValueEnum)]\n", "");
        }
        if !command.commands.is_empty() {
            writeln!(main, "\n#[derive(Subcommands)]\nenum {} {{", sub(&path)).expect("text");
            for below in &command.commands {
                let full = type_name(&[&path[..], &[&below.name]].concat());
                let variant = type_name(&[&below.name]);
                main += &docs(4, &below.about, &below.description);
                writeln!(
                    main,
                    "    #[usage(name = {:?})]\n    {variant}({full}),",
                    below.name
                )
                .expect("text");
            }
            main += "}\n";
        }
    }
    main += "\nfn main() {\n    let command = Program::parse().command;\n    ";
    handle(&mut main, &[], program, 4);
    main += "}\n";
    package(directory, "usage-rs = \"7.1\"\n", &main);
}

fn attribute(arg: &Arg) -> String {
    let mut parts = Vec::new();
    if arg.kind.is_positional() {
        parts.push(format!("name = {:?}", arg.name));
    } else {
        parts.push(format!("long = {:?}", arg.name));
        parts.extend(arg.short.map(|short| format!("short = {short:?}")));
    }
    match arg.kind {
        Kind::Count => parts.push("count".to_owned()),
        Kind::List => parts.push("var".to_owned()),
        Kind::Choice => parts.push("value_enum, default = \"fast\"".to_owned()),
        _ => {}
    }
    parts.extend(
        arg.conflicts
            .map(|other| format!("conflicts = \"--{other}\"")),
    );
    parts.join(", ")
}
