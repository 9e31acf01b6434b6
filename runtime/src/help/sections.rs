//! The sections at the end of long help.

use super::entries;
use super::lists::Layout;
use super::text;
use super::wrap::{Paragraph, columns, indent};
use crate::model::{Command, Example, Program, transcript};

/// Adds the output, the examples, the exit codes and the topics of a command.
pub(super) fn write(out: &mut String, layout: Layout<'_>, program: &Program, command: &Command) {
    if !command.output.is_empty() {
        layout.heading(out, "Output");
        text::write(out, command.output, 0, layout.width);
    }
    if !command.examples.is_empty() {
        layout.heading(out, "Examples");
        examples(out, layout, &command.examples);
    }
    if !command.exit_codes.is_empty() {
        layout.heading(out, "Exit status");
        exit_codes(out, layout, &command.exit_codes);
    }
    if !command.topics.is_empty() {
        layout.heading(out, "Topics");
        topics(out, layout, program, command);
    }
}

/// Adds the summary of each example, its command line and its output. They are never wrapped, so that they
/// can be copied.
fn examples(out: &mut String, layout: Layout<'_>, examples: &[Example]) {
    for (at, example) in examples.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let status = example.status;
        let status = status.map_or(String::new(), |status| format!(" (status {status})"));
        let about = [example.about, &status, ":"].concat();
        layout.block(out, 2, &about);
        for line in transcript(example.run, example.output).lines() {
            indent(out, if line.is_empty() { 0 } else { 6 });
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}

fn exit_codes(out: &mut String, layout: Layout<'_>, codes: &[(u8, &'static str)]) {
    for (code, meaning) in codes {
        let code = code.to_string();
        indent(out, 5 - columns(&code));
        out.push_str(&code);
        out.push_str("  ");
        let mut paragraph = Paragraph::at(out, 7, 7, layout.width);
        paragraph.words(meaning);
        paragraph.end();
    }
}

fn topics(out: &mut String, layout: Layout<'_>, program: &Program, command: &Command) {
    let topics = command.topics.iter();
    let topics = topics.map(|topic| entries::named(topic.name, topic.title, false, layout.paint));
    layout.short(out, &topics.collect::<Vec<_>>());
    out.push('\n');
    let hint = format!("Run `{} help TOPIC` to read a topic", program.name);
    layout.block(out, 2, &hint);
}
