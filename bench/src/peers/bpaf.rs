//! bpaf's derive. Its rules between options need other types, so the programs have none.

use std::fmt::Write as _;
use std::path::Path;

use super::{choices, docs, field, handle, mode, package, sub, type_name};
use crate::shape::{Arg, CHOICES, Command, Kind};

pub fn write(directory: &Path, program: &Command) {
    let mut main = String::from("#![allow(dead_code, clippy::all)]\nuse bpaf::Bpaf;\n");
    for (path, command) in program.all() {
        let name = type_name(&path);
        main += "\n";
        main += &docs(0, &command.about, &command.description);
        let options = if path.is_empty() {
            "options, version"
        } else {
            ""
        };
        let function = function(&path);
        let options = [options, &format!("generate({function})")];
        let options: Vec<&str> = options.into_iter().filter(|it| !it.is_empty()).collect();
        writeln!(
            main,
            "#[derive(Clone, Debug, Bpaf)]\n#[bpaf({})]\nstruct {name} {{",
            options.join(", ")
        )
        .expect("text");
        for positional in [false, true] {
            // bpaf needs positional arguments after the options.
            for arg in command
                .args
                .iter()
                .filter(|arg| arg.kind.is_positional() == positional)
            {
                main += &docs(4, &arg.help, &arg.description);
                writeln!(main, "    #[bpaf({})]", attribute(&name, arg)).expect("text");
                writeln!(main, "    {}: {},", field(arg), field_type(&name, arg)).expect("text");
            }
        }
        if !command.commands.is_empty() {
            writeln!(
                main,
                "    #[bpaf(external({function}_sub))]\n    command: {},",
                sub(&path)
            )
            .expect("text");
        }
        main += "}\n";
        for arg in command.args.iter().filter(|arg| arg.kind == Kind::Choice) {
            main += &mode_type(&mode(&name, arg));
        }
        if !command.commands.is_empty() {
            writeln!(
                main,
                "\n#[derive(Clone, Debug, Bpaf)]\n#[bpaf(generate({function}_sub))]\nenum {} {{",
                sub(&path)
            )
            .expect("text");
            for below in &command.commands {
                let below_path = [&path[..], &[&below.name]].concat();
                let (full, variant) = (type_name(&below_path), type_name(&[&below.name]));
                main += &docs(4, &below.about, &below.description);
                let inner = self::function(&below_path);
                writeln!(
                    main,
                    "    #[bpaf(command({:?}))]\n    {variant}(#[bpaf(external({inner}))] {full}),",
                    below.name
                )
                .expect("text");
            }
            main += "}\n";
        }
    }
    main += "\nfn main() {\n    let command = cli().run().command;\n    ";
    handle(&mut main, &[], program, 4);
    main += "}\n";
    package(
        directory,
        "bpaf = { version = \"0.9.28\", features = [\"derive\"] }\n",
        &main,
    );
}

/// Returns the name of the function that bpaf generates for a command.
fn function(path: &[&str]) -> String {
    match path {
        [] => "cli".to_owned(),
        _ => format!("p_{}", path.join("_").replace('-', "_")),
    }
}

fn field_type(owner: &str, arg: &Arg) -> String {
    match arg.kind {
        Kind::Count => "usize".to_owned(),
        _ => super::field_type(owner, arg),
    }
}

fn mode_type(name: &str) -> String {
    let mut text = choices(name, "#[derive(Clone, Copy, Debug)]\n", "");
    let mut arms = String::new();
    for (choice, _) in CHOICES {
        writeln!(
            arms,
            "            {choice:?} => Ok(Self::{}),",
            type_name(&[choice])
        )
        .expect("text");
    }
    write!(
        text,
        "\nimpl std::str::FromStr for {name} {{\n    type Err = String;\n    fn from_str(word: &str) -> Result<Self, String> {{\n        \
         match word {{\n{arms}            _ => Err(\"expected fast, safe or none\".to_owned()),\n        }}\n    }}\n}}\n"
    )
    .expect("text");
    text
}

fn attribute(owner: &str, arg: &Arg) -> String {
    let value = arg.name.to_uppercase();
    if arg.kind.is_positional() {
        return format!("positional({value:?})");
    }
    let mut parts = vec![format!("long({:?})", arg.name)];
    parts.extend(arg.short.map(|short| format!("short({short:?})")));
    match arg.kind {
        Kind::Count => parts.push("req_flag(()), count".to_owned()),
        Kind::Choice => parts.push(format!(
            "argument({value:?}), fallback({}::Fast)",
            mode(owner, arg)
        )),
        Kind::Switch => parts.push("switch".to_owned()),
        _ => parts.push(format!("argument({value:?})")),
    }
    parts.join(", ")
}
