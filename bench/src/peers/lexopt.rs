//! lexopt, with the code for each command that an author would write by hand. There is no help.

use std::fmt::Write as _;
use std::path::Path;

use super::{field, field_type, mode, package, type_name};
use crate::shape::{Arg, CHOICES, Command, Kind};

pub fn write(directory: &Path, program: &Command) {
    let mut main = String::from("#![allow(dead_code)]\nuse lexopt::prelude::*;\n");
    for (path, command) in program.all() {
        match command.commands.is_empty() {
            true => main += &leaf(&path, command),
            false => main += &group(&path, command),
        }
    }
    main += "\nfn main() {\n    let mut parser = lexopt::Parser::from_env();\n    \
             if let Err(error) = cli(&mut parser) {\n        eprintln!(\"error: {error}\");\n        \
             std::process::exit(2);\n    }\n}\n";
    package(directory, "lexopt = \"0.3.2\"\n", &main);
}

fn function(path: &[&str]) -> String {
    match path {
        [] => "cli".to_owned(),
        _ => format!("run_{}", path.join("_").replace('-', "_")),
    }
}

fn group(path: &[&str], command: &Command) -> String {
    let mut arms = String::new();
    for below in &command.commands {
        let inner = function(&[path, &[&below.name]].concat());
        writeln!(
            arms,
            "            Some({:?}) => {inner}(parser),",
            below.name
        )
        .expect("text");
    }
    format!(
        "\nfn {}(parser: &mut lexopt::Parser) -> Result<(), lexopt::Error> {{\n    match parser.next()? {{\n        \
         Some(Value(name)) => match name.to_str() {{\n{arms}            \
         _ => Err(format!(\"unknown command {{}}\", name.to_string_lossy()).into()),\n        }},\n        \
         Some(arg) => Err(arg.unexpected()),\n        None => Err(\"a command is missing\".into()),\n    }}\n}}\n",
        function(path)
    )
}

fn leaf(path: &[&str], command: &Command) -> String {
    let name = type_name(path);
    let mut text = format!("\n#[derive(Default)]\nstruct {name} {{\n");
    let mut arms = String::new();
    for arg in &command.args {
        let kind = match arg.kind {
            Kind::Required => "Option<String>".to_owned(),
            _ => field_type(&name, arg),
        };
        writeln!(text, "    {}: {kind},", field(arg)).expect("text");
        writeln!(arms, "            {},", arm(&name, arg)).expect("text");
    }
    text += "}\n";
    for arg in command.args.iter().filter(|arg| arg.kind == Kind::Choice) {
        let variants = CHOICES.map(|(choice, _)| type_name(&[choice])).join(", ");
        let name = mode(&name, arg);
        writeln!(
            text,
            "\n#[derive(Clone, Copy, Default)]\nenum {name} {{\n    #[default]\n    {variants},\n}}"
        )
        .expect("text");
    }
    let required = command.args.iter().filter(|arg| arg.kind == Kind::Required);
    let required = required.map(|arg| {
        format!(
            "    if args.{}.is_none() {{\n        return Err(\"{} is missing\".into());\n    }}\n",
            field(arg),
            arg.name
        )
    });
    let required: String = required.collect();
    write!(
        text,
        "\nfn {}(parser: &mut lexopt::Parser) -> Result<(), lexopt::Error> {{\n    \
         let mut args = {name}::default();\n    while let Some(arg) = parser.next()? {{\n        match arg {{\n{arms}            \
         _ => return Err(arg.unexpected()),\n        }}\n    }}\n{required}    std::hint::black_box(&args);\n    Ok(())\n}}\n",
        function(path)
    )
    .expect("text");
    text
}

/// Writes an arm that takes an argument or option.
fn arm(owner: &str, arg: &Arg) -> String {
    let field = field(arg);
    let names = match arg.short {
        Some(short) => format!("Short({short:?}) | Long({:?})", arg.name),
        None => format!("Long({:?})", arg.name),
    };
    let value = "parser.value()?.string()?";
    match arg.kind {
        Kind::Required | Kind::Optional => {
            format!(
                "Value(value) if args.{field}.is_none() => args.{field} = Some(value.string()?)"
            )
        }
        Kind::Rest => format!("Value(value) => args.{field}.push(value.string()?)"),
        Kind::Switch => format!("{names} => args.{field} = true"),
        Kind::Count => format!("{names} => args.{field} = args.{field}.saturating_add(1)"),
        Kind::Text => format!("{names} => args.{field} = Some({value})"),
        Kind::List => format!("{names} => args.{field}.push({value})"),
        Kind::Number => format!("{names} => args.{field} = Some(parser.value()?.parse()?)"),
        Kind::Choice => {
            let mode = mode(owner, arg);
            let arms = CHOICES
                .map(|(choice, _)| format!("{choice:?} => {mode}::{}", type_name(&[choice])));
            format!(
                "{names} => args.{field} = match {value}.as_str() {{ {}, other => return Err(format!(\"unknown value {{other}}\").into()) }}",
                arms.join(", ")
            )
        }
    }
}
