//! Help texts, rendered by the same function that the program calls.

use clapspec_runtime::clap::builder::Styles;
use clapspec_runtime::help::{Length, render, render_topic};

use crate::generated::GeneratedFile;
use crate::ir::Program;
use crate::model::{self, Models};
use crate::parallel;

/// The width in columns, which is also the width of a program's help when it isn't printed to a
/// terminal.
const WIDTH: usize = 80;

/// Generates `help/NAME.txt` for each command that is not hidden: exactly the bytes that `--help`
/// prints.
pub(super) fn generate(program: &Program, models: &Models) -> Vec<GeneratedFile> {
    let model = models.program;
    let commands = program.root.walk_shown();
    let commands = parallel::map(&commands, program.is_large(), |command| {
        let path = format!("help/{}.txt", command.page_name());
        let called = model::called(&model, command);
        let text = render(&model, &called, Length::Long, WIDTH, &Styles::plain());
        GeneratedFile::new(path, text)
    });
    let root = model.root();
    let topics = program.topics.iter().zip(&root.topics);
    let topics = topics.map(|(topic, topic_model)| {
        let path = format!("help/{}.txt", topic.page_name(program));
        GeneratedFile::new(path, render_topic(topic_model, WIDTH, &Styles::plain()))
    });
    commands.into_iter().chain(topics).collect()
}

/// Returns what `--help` prints for the command or topic with this page, in a terminal of this width. `None` if
/// there is no such page.
#[cfg(feature = "cli")]
pub(crate) fn of_page(
    program: &Program,
    models: &Models,
    page: &str,
    width: usize,
) -> Option<String> {
    let model = &models.program;
    let mut commands = program.root.walk().into_iter();
    if let Some(command) = commands.find(|command| command.page_name() == page) {
        let called = model::called(model, command);
        return Some(render(
            model,
            &called,
            Length::Long,
            width,
            &Styles::plain(),
        ));
    }
    let root = model.root();
    let mut topics = program.topics.iter().zip(&root.topics);
    let (_, topic) = topics.find(|(topic, _)| topic.page_name(program) == page)?;
    Some(render_topic(topic, width, &Styles::plain()))
}
