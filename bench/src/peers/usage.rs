//! usage-rs, whose derives make tables.

use std::path::Path;

use super::derive::{self, Derive, names};
use super::type_name;
use crate::shape::{Arg, Command, Kind};

pub fn write(directory: &Path, program: &Command) {
    derive::write(directory, program, &Usage);
}

struct Usage;

impl Derive for Usage {
    const DEPENDENCY: &'static str = "usage-rs = \"7.1\"";
    const IMPORT: &'static str = "usage_rs::{Args, Subcommands, ValueEnum}";
    const OF_CHOICES: &'static str = "Clone, Copy, ValueEnum";
    const PARSE: &'static str = "Cli::parse()";

    fn of_struct(&self, path: &[&str]) -> String {
        match path {
            // The struct has the name of the derive.
            [] => "#[derive(usage_rs::Cli)]\n#[usage(bin = \"bench\", version = \"0.1.0\")]"
                .to_owned(),
            _ => "#[derive(Args)]".to_owned(),
        }
    }

    fn of_field(&self, _: &str, arg: &Arg) -> String {
        let mut parts = match arg.kind.is_positional() {
            true => vec![format!("name = {:?}", arg.name)],
            false => names(arg),
        };
        match arg.kind {
            Kind::Count => parts.push("count".to_owned()),
            Kind::List => parts.push("var".to_owned()),
            Kind::Choice => parts.push("value_enum, default = \"fast\"".to_owned()),
            _ => {}
        }
        let conflicts = arg
            .conflicts
            .map(|other| format!("conflicts = \"--{other}\""));
        parts.extend(conflicts);
        format!("#[usage({})]", parts.join(", "))
    }

    fn of_subcommand(&self, _: &[&str]) -> String {
        "#[usage(subcommand)]".to_owned()
    }

    fn of_enum(&self, _: &[&str]) -> String {
        "#[derive(Subcommands)]".to_owned()
    }

    fn variant(&self, _: &[&str], name: &str, full: &str) -> String {
        format!(
            "#[usage(name = {name:?})]\n    {}({full})",
            type_name(&[name])
        )
    }
}
