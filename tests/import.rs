//! Converts clap programs to specs.
//!
//! Each program in `tests/import/` is converted, and the files and the report are compared with a snapshot.

mod support;

#[path = "import/derive.rs"]
mod derive;
#[path = "import/plain.rs"]
mod plain;
#[path = "import/settings.rs"]
mod settings;
#[path = "import/texts.rs"]
mod texts;

use std::collections::BTreeSet;
use std::fs;

use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr};
use clap::{Arg, ArgAction, ArgGroup, Command, ValueHint, value_parser};
use clapspec::import;
use support::root;

fn converted(command: &Command) -> String {
    let import = import::command(command).expect("a valid command");
    let files = import.files().iter();
    let files: String = files
        .map(|file| format!("--- {}\n{}", file.path(), file.text()))
        .collect();
    format!("{files}--- report\n{import}")
}

#[test]
fn programs_become_specs() {
    let programs: [(&str, fn() -> Command); 4] = [
        ("derive", derive::command),
        ("plain", plain::command),
        ("settings", settings::command),
        ("texts", texts::command),
    ];
    let names: BTreeSet<String> = programs
        .iter()
        .map(|(name, _)| format!("{name}.rs"))
        .collect();
    let files = fs::read_dir(root().join("tests/import")).expect("a directory");
    let files = files.map(|file| {
        file.expect("a file")
            .file_name()
            .into_string()
            .expect("UTF-8")
    });
    assert_eq!(files.collect::<BTreeSet<_>>(), names);
    for (name, command) in programs {
        insta::assert_snapshot!(name, converted(&command()));
    }
}
