//! bpaf's derive. Its rules between options need other types, so the programs have none.

use std::fmt::Write as _;
use std::path::Path;

use super::derive::{self, Derive};
use super::{mode, type_name};
use crate::shape::{Arg, CHOICES, Command, Kind};

pub fn write(directory: &Path, program: &Command) {
    derive::write(directory, program, &Bpaf);
}

struct Bpaf;

impl Derive for Bpaf {
    const DEPENDENCY: &'static str = "bpaf = { version = \"0.9.28\", features = [\"derive\"] }";
    const IMPORT: &'static str = "bpaf::Bpaf";
    const OF_CHOICES: &'static str = "Clone, Copy, Debug";
    const PARSE: &'static str = "cli().run()";

    fn of_struct(&self, path: &[&str]) -> String {
        let options = if path.is_empty() {
            "options, version, "
        } else {
            ""
        };
        format!(
            "#[derive(Clone, Debug, Bpaf)]\n#[bpaf({options}generate({}))]",
            function(path)
        )
    }

    fn of_field(&self, owner: &str, arg: &Arg) -> String {
        let value = arg.name.to_uppercase();
        if arg.kind.is_positional() {
            return format!("#[bpaf(positional({value:?}))]");
        }
        let mut parts = vec![format!("long({:?})", arg.name)];
        parts.extend(arg.short.map(|short| format!("short({short:?})")));
        parts.push(match arg.kind {
            Kind::Count => "req_flag(()), count".to_owned(),
            Kind::Choice => format!("argument({value:?}), fallback({}::Fast)", mode(owner, arg)),
            Kind::Switch => "switch".to_owned(),
            _ => format!("argument({value:?})"),
        });
        format!("#[bpaf({})]", parts.join(", "))
    }

    fn of_subcommand(&self, path: &[&str]) -> String {
        format!("#[bpaf(external({}_sub))]", function(path))
    }

    fn of_enum(&self, path: &[&str]) -> String {
        format!(
            "#[derive(Clone, Debug, Bpaf)]\n#[bpaf(generate({}_sub))]",
            function(path)
        )
    }

    fn variant(&self, path: &[&str], name: &str, full: &str) -> String {
        let variant = type_name(&[name]);
        format!(
            "#[bpaf(command({name:?}))]\n    {variant}(#[bpaf(external({}))] {full})",
            function(path)
        )
    }

    fn field_type(&self, owner: &str, arg: &Arg) -> String {
        match arg.kind {
            Kind::Count => "usize".to_owned(),
            _ => super::field_type(owner, arg),
        }
    }

    fn has_positionals_last(&self) -> bool {
        true
    }

    fn for_choices(&self, name: &str) -> String {
        let mut arms = String::new();
        for (choice, _) in CHOICES {
            writeln!(
                arms,
                "            {choice:?} => Ok(Self::{}),",
                type_name(&[choice])
            )
            .expect("text");
        }
        format!(
            "\nimpl std::str::FromStr for {name} {{\n    type Err = String;\n    \
             fn from_str(word: &str) -> Result<Self, String> {{\n        match word {{\n{arms}            \
             _ => Err(\"expected fast, safe or none\".to_owned()),\n        }}\n    }}\n}}\n"
        )
    }
}

/// Returns the name of the function that bpaf generates for a command.
fn function(path: &[&str]) -> String {
    match path {
        [] => "cli".to_owned(),
        _ => format!("p_{}", path.join("_").replace('-', "_")),
    }
}
