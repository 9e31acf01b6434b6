//! Programs with libraries whose derives read structs and enums. They differ in their attributes.

use std::fmt::Write as _;
use std::path::Path;

use super::{field, field_type, mode, package, type_name};
use crate::shape::{Arg, CHOICES, Command, Kind};

/// What a library needs in its programs.
pub trait Derive {
    /// The line of the dependency in `Cargo.toml`.
    const DEPENDENCY: &'static str;
    /// What is imported.
    const IMPORT: &'static str;
    /// The derives of an enum with the accepted values of an option.
    const OF_CHOICES: &'static str;
    /// The expression that parses the command line to a `Cli`.
    const PARSE: &'static str;
    /// Whether the description of a subcommand is that of its struct.
    const DESCRIBES_STRUCTS: bool = true;
    /// Whether the description of a subcommand is that of its variant.
    const DESCRIBES_VARIANTS: bool = true;

    /// The derive and the attributes of the struct of a command.
    fn of_struct(&self, path: &[&str]) -> String;

    /// The attribute of a field.
    fn of_field(&self, owner: &str, arg: &Arg) -> String;

    /// The attribute of the field with the subcommand.
    fn of_subcommand(&self, path: &[&str]) -> String;

    /// The derive and the attributes of the enum with the subcommands.
    fn of_enum(&self, path: &[&str]) -> String;

    /// The variant of a subcommand, with its attributes. `full` is the name of its struct.
    fn variant(&self, path: &[&str], name: &str, full: &str) -> String;

    /// The type of a field.
    fn field_type(&self, owner: &str, arg: &Arg) -> String {
        field_type(owner, arg)
    }

    /// The help of a field.
    fn help(&self, arg: &Arg) -> String {
        arg.help.clone()
    }

    /// Whether positional arguments have to follow the options.
    fn has_positionals_last(&self) -> bool {
        false
    }

    /// Code for an enum with choices, besides its derives.
    fn for_choices(&self, _name: &str) -> String {
        String::new()
    }
}

/// Writes a package.
pub fn write<D: Derive>(directory: &Path, program: &Command, derive: &D) {
    let mut main = format!("#![allow(dead_code)]\nuse {};\n", D::IMPORT);
    for (path, command) in program.all() {
        main += &structure(&path, command, derive);
        if !command.commands.is_empty() {
            main += &subcommands(&path, command, derive);
        }
    }
    write!(
        main,
        "\nfn main() {{\n    let cli: Cli = {};\n    let command = cli.command;\n    ",
        D::PARSE
    )
    .expect("text");
    handle(&mut main, &[], program, 4);
    main += "}\n";
    package(directory, &format!("{}\n", D::DEPENDENCY), &main);
}

fn structure<D: Derive>(path: &[&str], command: &Command, derive: &D) -> String {
    let name = type_name(path);
    let mut text = match D::DESCRIBES_STRUCTS || path.is_empty() {
        true => docs(0, &command.about, &command.description),
        false => String::new(),
    };
    writeln!(text, "{}\nstruct {name} {{", derive.of_struct(path)).expect("text");
    let mut args: Vec<&Arg> = command.args.iter().collect();
    if derive.has_positionals_last() {
        args.sort_by_key(|arg| arg.kind.is_positional());
    }
    for arg in args {
        text += &docs(4, &derive.help(arg), &arg.description);
        writeln!(text, "    {}", derive.of_field(&name, arg)).expect("text");
        writeln!(
            text,
            "    {}: {},",
            field(arg),
            derive.field_type(&name, arg)
        )
        .expect("text");
    }
    if !command.commands.is_empty() {
        writeln!(
            text,
            "    {}\n    command: {},",
            derive.of_subcommand(path),
            sub(path)
        )
        .expect("text");
    }
    text += "}\n";
    for arg in command.args.iter().filter(|arg| arg.kind == Kind::Choice) {
        let name = mode(&name, arg);
        text += &choices(&name, D::OF_CHOICES);
        text += &derive.for_choices(&name);
    }
    format!("\n{text}")
}

fn subcommands<D: Derive>(path: &[&str], command: &Command, derive: &D) -> String {
    let mut text = format!("\n{}\nenum {} {{\n", derive.of_enum(path), sub(path));
    for below in &command.commands {
        let below_path = [path, &[&below.name]].concat();
        let variant = derive.variant(&below_path, &below.name, &type_name(&below_path));
        if D::DESCRIBES_VARIANTS {
            text += &docs(4, &below.about, &below.description);
        }
        writeln!(text, "    {variant},").expect("text");
    }
    text + "}\n"
}

/// Writes an enum with the choices of an option.
fn choices(name: &str, derives: &str) -> String {
    let mut text = format!("\n#[derive({derives})]\nenum {name} {{\n");
    for (choice, help) in CHOICES {
        writeln!(text, "    /// {help}\n    {},", type_name(&[choice])).expect("text");
    }
    text + "}\n"
}

/// Writes a doc comment: a summary and a description.
fn docs(indent: usize, about: &str, description: &str) -> String {
    let pad = " ".repeat(indent);
    let mut text = format!("{pad}/// {}\n", about.replace('\n', " "));
    if !description.is_empty() {
        writeln!(text, "{pad}///").expect("text");
        for line in description.lines() {
            writeln!(text, "{pad}/// {}", line.trim()).expect("text");
        }
    }
    text
}

/// Writes the `match` of a command group over its subcommands, down to the commands.
fn handle(out: &mut String, path: &[&str], command: &Command, indent: usize) {
    let pad = " ".repeat(indent);
    writeln!(out, "match command {{").expect("text");
    for below in &command.commands {
        let below_path = [path, &[&below.name]].concat();
        let head = format!(
            "{pad}    {}::{}(args)",
            sub(path),
            type_name(&[&below.name])
        );
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

/// Returns the long and the short name of an option, as most libraries have them in attributes.
pub fn names(arg: &Arg) -> Vec<String> {
    let short = arg.short.map(|short| format!("short = {short:?}"));
    std::iter::once(format!("long = {:?}", arg.name))
        .chain(short)
        .collect()
}
