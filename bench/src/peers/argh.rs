//! argh, which has no rules between options.

use std::path::Path;

use super::derive::{self, Derive, names};
use super::{mode, type_name};
use crate::shape::{Arg, Command, Kind};

pub fn write(directory: &Path, program: &Command) {
    derive::write(directory, program, &Argh);
}

struct Argh;

impl Derive for Argh {
    const DEPENDENCY: &'static str = "argh = \"0.1.19\"";
    const IMPORT: &'static str = "argh::{FromArgValue, FromArgs}";
    const OF_CHOICES: &'static str = "Clone, Copy, FromArgValue";
    const PARSE: &'static str = "argh::from_env()";
    const DESCRIBES_VARIANTS: bool = false;

    fn of_struct(&self, path: &[&str]) -> String {
        match path.last() {
            Some(name) => format!("#[derive(FromArgs)]\n#[argh(subcommand, name = {name:?})]"),
            None => "#[derive(FromArgs)]".to_owned(),
        }
    }

    fn of_field(&self, owner: &str, arg: &Arg) -> String {
        let kind = match arg.kind {
            Kind::Switch | Kind::Count => "switch",
            kind if kind.is_positional() => "positional",
            _ => "option",
        };
        let mut parts = vec![kind.to_owned()];
        match arg.kind.is_positional() {
            true => parts.push(format!("arg_name = {:?}", arg.name)),
            false => parts.extend(names(arg)),
        }
        if arg.kind == Kind::Choice {
            parts.push(format!("default = \"{}::Fast\"", mode(owner, arg)));
        }
        format!("#[argh({})]", parts.join(", "))
    }

    fn of_subcommand(&self, _: &[&str]) -> String {
        "#[argh(subcommand)]".to_owned()
    }

    fn of_enum(&self, _: &[&str]) -> String {
        "#[derive(FromArgs)]\n#[argh(subcommand)]".to_owned()
    }

    fn variant(&self, _: &[&str], name: &str, full: &str) -> String {
        format!("{}({full})", type_name(&[name]))
    }

    /// argh demands a lowercase letter.
    fn help(&self, arg: &Arg) -> String {
        let mut chars = arg.help.chars();
        let first = chars.next().map(|c| c.to_lowercase().to_string());
        first.unwrap_or_default() + chars.as_str()
    }
}
