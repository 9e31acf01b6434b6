//! Help texts: clap renders them from the calls that the generated program makes too.

use super::definition;
use crate::ir::{Command, Program};
use crate::output::Output;
use clapspec_runtime::clap;

/// Columns. A program's help is as wide when it does not write to a terminal.
const WIDTH: usize = 80;

/// `help/NAME.txt` for each command that is not hidden: the bytes that `--help` prints.
pub(super) fn generate(program: &Program) -> Vec<Output> {
    let mut clap = definition::of(program, definition::Purpose::Help).term_width(WIDTH);
    let mut outputs = Vec::new();
    outputs_of(&program.root, &mut clap, &mut outputs);
    for topic in &program.topics {
        let words = [program.root.name(), "help", topic.name.as_str()];
        if let Err(help) = clap.try_get_matches_from_mut(words) {
            let path = format!("help/{}.txt", topic.page_name(program));
            outputs.push(Output::new(path, help.render().to_string()));
        }
    }
    outputs
}

fn outputs_of(command: &Command, clap: &mut clap::Command, outputs: &mut Vec<Output>) {
    if command.hidden {
        return;
    }
    let words = command.path.iter().map(String::as_str).chain(["--help"]);
    // To clap, a request for help is an error: its text is the help.
    if let Err(help) = clap.try_get_matches_from_mut(words) {
        let path = format!("help/{}.txt", command.page_name());
        outputs.push(Output::new(path, help.render().to_string()));
    }
    for below in &command.commands {
        outputs_of(below, clap, outputs);
    }
}
