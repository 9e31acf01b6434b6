//! Help texts, rendered by the function that the program itself uses.

use clapspec_runtime::clap::builder::Styles;
use clapspec_runtime::help::{Length, render, render_topic};

use crate::generated::GeneratedFile;
use crate::ir::{Command, Program};
use crate::model;

/// Columns. A program's help is as wide when it does not write to a terminal.
const WIDTH: usize = 80;

/// `help/NAME.txt` for each command that is not hidden: the bytes that `--help` prints.
pub(super) fn generate(program: &Program) -> Vec<GeneratedFile> {
    let model = model::program(program);
    let mut outputs = Vec::new();
    outputs_of(&program.root, &model, &mut outputs);
    let root = model.root();
    for (topic, made) in program.topics.iter().zip(&root.topics) {
        let path = format!("help/{}.txt", topic.page_name(program));
        outputs.push(GeneratedFile::new(
            path,
            render_topic(made, WIDTH, &Styles::plain()),
        ));
    }
    outputs
}

fn outputs_of(
    command: &Command,
    program: &clapspec_runtime::Program,
    outputs: &mut Vec<GeneratedFile>,
) {
    if command.hidden {
        return;
    }
    let called = model::called(program, command);
    let text = render(program, &called, Length::Long, WIDTH, &Styles::plain());
    let path = format!("help/{}.txt", command.page_name());
    outputs.push(GeneratedFile::new(path, text));
    for below in &command.commands {
        outputs_of(below, program, outputs);
    }
}
