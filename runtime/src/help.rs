//! Help in the format of clap.
//!
//! `-h` shows one line for each argument and option, with the facts about it in brackets. `--help` shows
//! its description and all facts as sentences, and also the output, examples and exit codes of the
//! command.

use clap::builder::Styles;

use crate::model::{Called, Command, Program, Topic, command_facts};

mod entries;
mod lists;
mod paint;
mod sections;
#[cfg(test)]
mod tests;
pub mod text;
pub(crate) mod usage;
mod wrap;

use entries::{Entry, List, Shown};
use lists::Layout;
use paint::{Line, Paint};

/// The width of lines if help is not written to a terminal.
const WIDTH: usize = 80;

/// The length of help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// The help of `-h`: one line for each argument and option.
    Short,
    /// The help of `--help`: everything.
    Long,
}

/// Renders the help of a command for a terminal of this width, which is clamped to 40 to 100 columns.
///
/// The escape codes for colors come from `styles`; [`Styles::plain`] has none. If long help has nothing
/// to add, it is the same as short help.
pub fn render(
    program: &Program,
    called: &Called,
    length: Length,
    width: usize,
    styles: &Styles,
) -> String {
    let page = Page {
        program,
        called,
        shown: Shown::all(called, called.accepted()),
        facts: command_facts(called),
    };
    let has_more = page.has_more();
    page.write(length == Length::Long && has_more, has_more, width, styles)
}

/// Renders the title and the text of a topic.
pub fn render_topic(topic: &Topic, width: usize, styles: &Styles) -> String {
    let width = clamped(width);
    let paint = Paint::of(styles);
    let mut out = String::new();
    layout(&paint, width, false).block(&mut out, 0, topic.title);
    out.push('\n');
    text::write(&mut out, topic.text, 0, width);
    out
}

/// Renders the usage line of a command with its heading, such as `Usage: tool [OPTIONS] <FILE>`.
pub fn usage(called: &Called, styles: &Styles) -> String {
    usage::with_heading(called, styles)
}

/// Returns the width of the terminal on standard output, or 80 if standard output is not a terminal.
pub fn terminal_width() -> usize {
    let size = terminal_size::terminal_size_of(std::io::stdout());
    // Some terminals don't know their size and report a width of 0.
    size.map(|(width, _)| usize::from(width.0))
        .filter(|width| *width > 0)
        .unwrap_or(WIDTH)
}

/// Adds a blank line, unless nothing is written yet.
fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

fn clamped(width: usize) -> usize {
    width.clamp(40, 100)
}

fn layout(paint: &Paint, width: usize, next_line: bool) -> Layout<'_> {
    Layout {
        paint,
        width,
        next_line,
    }
}

/// The data from which the help of a command is written.
struct Page<'a> {
    program: &'a Program,
    called: &'a Called,
    shown: Vec<Shown<'a>>,
    facts: Vec<String>,
}

impl Page<'_> {
    /// Returns whether `--help` shows more than `-h`.
    fn has_more(&self) -> bool {
        let command = self.called.command();
        !command.description.is_empty()
            || !self.facts.is_empty()
            || !command.output.is_empty()
            || !command.examples.is_empty()
            || !command.exit_codes.is_empty()
            || !command.topics.is_empty()
            || command.default_command.is_some()
            || self.shown.iter().any(Shown::has_more)
    }

    fn write(&self, long: bool, has_more: bool, width: usize, styles: &Styles) -> String {
        let command = self.called.command();
        let paint = Paint::of(styles);
        let layout = layout(&paint, clamped(width), command.next_line_help);
        let mut out = String::with_capacity(4096);
        self.introduction(&mut out, layout, long);
        separate(&mut out);
        usage::write(&mut out, self.called, &paint);
        out.push('\n');
        for list in command_lists(command, &paint) {
            layout.list(&mut out, &list);
        }
        let built_in = self.built_in(&paint, long, has_more);
        for list in entries::lists(&self.shown, built_in, &paint, long) {
            layout.list(&mut out, &list);
        }
        if long {
            default_command(&mut out, layout, self.called);
            sections::write(&mut out, layout, self.program, command);
        }
        out
    }

    /// Writes what the command does.
    fn introduction(&self, out: &mut String, layout: Layout<'_>, long: bool) {
        let command = self.called.command();
        let mut about = Line::default();
        entries::text_of(&mut about, command.about, command.deprecated.is_some());
        if !about.is_empty() {
            layout.block(out, 0, &about.text);
        }
        if !long {
            return;
        }
        if !command.description.is_empty() {
            separate(out);
            text::write(out, command.description, 0, layout.width);
        }
        if !self.facts.is_empty() {
            separate(out);
            layout.sentences(out, 0, self.facts.iter().map(String::as_str));
        }
    }

    /// Returns the options that every command has, without short names that the command uses for its own
    /// options.
    fn built_in<'a>(&self, paint: &Paint, long: bool, has_more: bool) -> Vec<Entry<'a>> {
        let free = |letter: char| self.called.with_letter(letter).is_none().then_some(letter);
        let h = free('h');
        let help = match (h.is_some() && has_more, long) {
            (false, _) => "Print help",
            (true, false) => "Print help (see more with '--help')",
            (true, true) => "Print help (see a summary with '-h')",
        };
        let mut entries = vec![entries::simple(paint, h, "help", help)];
        if self.called.is_program() && self.program.version.is_some() {
            entries.push(entries::simple(
                paint,
                free('V'),
                "version",
                "Print version",
            ));
        }
        entries
    }
}

/// Returns the subcommands of a command group under their headings, in the order of first appearance.
fn command_lists<'a>(command: &'a Command, paint: &Paint) -> Vec<List<'a>> {
    const HELP: &str = "Print this message or the help of the given subcommand(s)";
    let mut lists: Vec<List<'a>> = Vec::new();
    let mut others = Vec::new();
    for below in command.commands.iter().filter(|below| !below.hidden) {
        let entry = entries::command(below, paint);
        let Some(heading) = below.heading else {
            others.push(entry);
            continue;
        };
        match lists.iter_mut().find(|list| list.heading == heading) {
            Some(list) => list.entries.push(entry),
            None => lists.push(List {
                heading: heading.into(),
                entries: vec![entry],
                long: false,
            }),
        }
    }
    if lists.is_empty() && others.is_empty() {
        return lists;
    }
    if command.below("help").is_none() {
        others.push(entries::named("help", HELP, false, paint));
    }
    let heading = if lists.is_empty() {
        "Commands"
    } else {
        "Other commands"
    };
    match lists.iter_mut().find(|list| list.heading == heading) {
        Some(list) => list.entries.extend(others),
        None => lists.push(List {
            heading: heading.into(),
            entries: others,
            long: false,
        }),
    }
    lists
}

/// Adds the arguments and options of the default command.
fn default_command(out: &mut String, layout: Layout<'_>, group: &Called) {
    let Some(name) = group.command().default_command else {
        return;
    };
    let mut called = group.clone();
    if !called.enter(name) {
        return;
    }
    let shown = Shown::all(&called, called.command().args.iter());
    for (title, positional) in [("Arguments", true), ("Options", false)] {
        let heading = format!("{title} of `{name}`");
        let shown = shown
            .iter()
            .filter(|shown| shown.arg.positional == positional);
        layout.list(
            out,
            &entries::plain_list(heading, shown, layout.paint, true),
        );
    }
}
