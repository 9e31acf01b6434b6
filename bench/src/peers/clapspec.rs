//! clapspec: a spec with a file for each command, and a program with the generated code.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clapspec::Part;

use super::{package, write as write_file};
use crate::root;
use crate::shape::{Arg, CHOICES, Command, Kind};

/// Writes a program whose generated code is a source file.
pub fn write(directory: &Path, program: &Command) {
    let spec = directory.join("spec");
    write_spec(&spec, program, "");
    write_program(directory, &spec, How::Committed);
}

/// Writes a spec. `more` is added to its main file.
pub fn write_spec(directory: &Path, program: &Command, more: &str) {
    let _ = fs::remove_dir_all(directory);
    for (path, command) in program.all() {
        let about = format!("about: {}\n", quoted(&command.about));
        let mut text = match path[..] {
            [] => format!(
                "name: {}\nversion: cargo\n{about}date: 2026-01-31\n{more}",
                command.name
            ),
            _ => about,
        };
        if !command.description.is_empty() {
            writeln!(text, "description: {}", quoted(&command.description)).expect("text");
        }
        for positional in [true, false] {
            let args: Vec<_> = command
                .args
                .iter()
                .filter(|arg| arg.kind.is_positional() == positional)
                .collect();
            if !args.is_empty() {
                text += if positional {
                    "arguments:\n"
                } else {
                    "options:\n"
                };
            }
            args.into_iter().for_each(|arg| text += &entry(arg));
        }
        let file = match path[..] {
            [] => "cli.yaml".to_owned(),
            _ => format!("commands/{}.yaml", path.join("/")),
        };
        write_file(&directory.join(file), &text);
    }
}

fn entry(arg: &Arg) -> String {
    // Keys are unique in a command, and a positional argument may have the name of an option.
    let key = match arg.kind.is_positional() {
        true => format!("{}-argument", arg.name),
        false => arg.name.clone(),
    };
    let mut text = format!("  {key}:\n    help: {}\n", quoted(&arg.help));
    let mut line = |line: &str| writeln!(text, "    {line}").expect("text");
    if !arg.description.is_empty() {
        line(&format!("description: {}", quoted(&arg.description)));
    }
    if let Some(short) = arg.short {
        line(&format!("short: \"{short}\""));
    }
    let value = arg.name.to_uppercase();
    match arg.kind {
        Kind::Required => line("required: true"),
        Kind::Rest => line("repeat: true"),
        Kind::Optional | Kind::Switch => {}
        Kind::Count => line("count: 255"),
        Kind::Text => line(&format!("value: {value}")),
        Kind::List => line(&format!("value: {value}\n    repeat: true")),
        Kind::Number => line(&format!("value: {value}\n    type: integer")),
        Kind::Choice => {
            let choices = CHOICES.map(|(choice, help)| format!("{choice}: {help}"));
            line(&format!(
                "value: {value}\n    choices: {{ {} }}\n    default: fast",
                choices.join(", ")
            ));
        }
    }
    if let Some(other) = arg.conflicts {
        line(&format!("conflicts: {other}"));
    }
    text
}

/// Writes a string in double quotes, in which JSON's escapes have the same meaning.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            _ => quoted.push(c),
        }
    }
    quoted + "\""
}

/// How generated code is included in a program.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is a source file of the program.
    Committed,
    /// A build script generates it, and man pages.
    Built,
}

/// Writes a program that uses the code of a spec.
pub fn write_program(directory: &Path, spec: &Path, how: How) {
    let (runtime, codegen) = (root().join("runtime"), root().join("codegen"));
    let main = fs::read_to_string(spec.join("cli.yaml")).expect("the spec");
    let completes = main.contains("completions: true");
    let features = if completes { "\"completions\"" } else { "" };
    let mut dependencies =
        format!("clapspec-runtime = {{ path = {runtime:?}, features = [{features}] }}\n");
    if how == How::Built {
        dependencies += &format!("\n[build-dependencies]\nclapspec = {{ path = {codegen:?} }}\n");
        let script = format!(
            "use clapspec::Part;\n\nfn main() {{\n    \
             clapspec::Builder::new({spec:?}).parts(&[Part::Rust, Part::Man]).build();\n}}\n"
        );
        write_file(&directory.join("build.rs"), &script);
    }
    let outputs = clapspec::generate(spec, &[Part::Rust])
        .unwrap_or_else(|report| panic!("{}", report.render(false, 80)));
    let code = outputs[0].text();
    let module = match how {
        How::Committed => "mod cli;",
        How::Built => "mod cli {\n    include!(concat!(env!(\"OUT_DIR\"), \"/cli.rs\"));\n}",
    };
    let mut main = module.to_owned();
    main.push_str("\n\nstruct Bench;\n\nimpl cli::Handlers for Bench {\n    type Output = ();\n");
    let (methods, _) = code.rsplit_once("-> Self::Output;").unwrap_or_default();
    for method in methods.split("-> Self::Output;") {
        let (_, head) = method.rsplit_once("    fn ").expect("a method");
        let head = head.replace("args: ", "args: cli::");
        let body = if head.contains("args: ") {
            "std::hint::black_box(&args);"
        } else {
            ""
        };
        writeln!(main, "    fn {head} {{\n        {body}\n    }}").expect("text");
    }
    main.push_str("}\n\nfn main() {\n    cli::run(&mut Bench);\n}\n");
    package(directory, &dependencies, &main);
    if how == How::Committed {
        write_file(&directory.join("src/cli.rs"), code);
    }
}
