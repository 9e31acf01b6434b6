//! clap's derive, as an author would write it.

use std::path::Path;

use super::derive::{self, Derive, names};
use super::type_name;
use crate::shape::{Arg, Command, Kind};

pub fn write(directory: &Path, program: &Command) {
    derive::write(directory, program, &Clap { defers: false });
}

/// As `write`, with subcommands whose arguments are built when they are needed.
pub fn write_deferred(directory: &Path, program: &Command) {
    derive::write(directory, program, &Clap { defers: true });
}

struct Clap {
    defers: bool,
}

impl Derive for Clap {
    const DEPENDENCY: &'static str = "clap = { version = \"4.6\", default-features = false, features = [\"std\", \"help\", \
                              \"usage\", \"error-context\", \"suggestions\", \"color\", \"env\", \"wrap_help\", \"derive\"] }";
    const IMPORT: &'static str = "clap::{ArgAction, Args, Parser, Subcommand, ValueEnum}";
    const OF_CHOICES: &'static str = "Clone, Copy, ValueEnum";
    const PARSE: &'static str = "Cli::parse()";
    const DESCRIBES_STRUCTS: bool = false;

    fn of_struct(&self, path: &[&str]) -> String {
        match path {
            [] => "#[derive(Parser)]\n#[command(version)]".to_owned(),
            _ => "#[derive(Args)]".to_owned(),
        }
    }

    fn of_field(&self, _: &str, arg: &Arg) -> String {
        let mut parts = match arg.kind.is_positional() {
            true => vec![format!("value_name = {:?}", arg.name.to_uppercase())],
            false => names(arg),
        };
        match arg.kind {
            Kind::Count => parts.push("action = ArgAction::Count".to_owned()),
            Kind::Choice => parts.push("value_enum, default_value = \"fast\"".to_owned()),
            _ => {}
        }
        let conflicts = arg
            .conflicts
            .map(|other| format!("conflicts_with = \"o_{other}\""));
        parts.extend(conflicts);
        format!("#[arg({})]", parts.join(", "))
    }

    fn of_subcommand(&self, _: &[&str]) -> String {
        "#[command(subcommand)]".to_owned()
    }

    fn of_enum(&self, _: &[&str]) -> String {
        let defer = if self.defers {
            "\n#[command(defer = true)]"
        } else {
            ""
        };
        format!("#[derive(Subcommand)]{defer}")
    }

    fn variant(&self, _: &[&str], name: &str, full: &str) -> String {
        format!(
            "#[command(name = {name:?})]\n    {}({full})",
            type_name(&[name])
        )
    }
}
