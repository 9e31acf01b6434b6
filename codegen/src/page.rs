//! A command as a reader of its documentation sees it: which sections there are, and what stands in
//! each, in order. Hidden things are gone, inherited ones are there, and facts that options state
//! about each other are sentences.

mod entries;
mod usage;

pub(crate) use usage::{Chunk, Part, width};

use clapspec_runtime::model::{self, Relations, command_facts};

use crate::ir::output::words;
use crate::ir::{After, Command, Example, Name, Program, SeeAlso};
use crate::model as made;
use crate::text::{Block, Blocks, Inline, Inlines, marked};

/// The documentation of one command.
pub(crate) struct Page<'a> {
    pub(crate) command: &'a Command,
    /// The usage line, in pieces that stay together.
    pub(crate) usage: Vec<Chunk<'a>>,
    /// What else holds for the command, a sentence each.
    pub(crate) facts: Vec<Inlines>,
    /// The commands below it under their headings; the first list may have none.
    pub(crate) commands: Vec<(Option<&'a str>, Vec<&'a Command>)>,
    pub(crate) arguments: Vec<Entry>,
    /// Options under their headings; the first list may have none.
    pub(crate) options: Vec<(Option<&'a str>, Vec<Entry>)>,
    /// The result for programs, and what is defined for it.
    pub(crate) output: Vec<words::Part>,
    pub(crate) environment: Vec<(&'a str, Inlines)>,
    pub(crate) files: Vec<(&'a str, &'a Inlines)>,
    pub(crate) exit_codes: Vec<(u8, &'a Inlines)>,
    pub(crate) examples: &'a [Example],
    pub(crate) authors: &'a [String],
    pub(crate) see_also: Vec<Reference<'a>>,
}

/// An argument or option and what there is to say about it.
pub(crate) struct Entry {
    /// The ways to write it: each a name and, where there is one, the value's name.
    pub(crate) terms: Vec<Term>,
    pub(crate) help: Inlines,
    pub(crate) description: Vec<Block>,
    /// The values that are accepted, with what each means.
    pub(crate) choices: Vec<(String, Inlines)>,
    /// What else holds, a sentence each.
    pub(crate) facts: Vec<Inlines>,
}

/// One way to write an argument or option.
#[derive(Default)]
pub(crate) struct Term {
    /// `--color`; empty for an argument.
    pub(crate) name: String,
    /// What stands for its values; several where it takes so many at once.
    pub(crate) values: Vec<String>,
    /// How the value is joined to the name: by a space, or by marks such as `[=` and `]`.
    pub(crate) marks: (&'static str, &'static str),
    pub(crate) repeated: bool,
}

/// Where to read on.
pub(crate) enum Reference<'a> {
    /// A man page: name and section.
    Page(String, &'a str),
    Url(&'a str),
}

/// The pages of a program, each command before those below it. Hidden commands have none.
pub(crate) fn pages(program: &Program) -> Vec<Page<'_>> {
    let mut pages = Vec::new();
    let model = made::program(program);
    collect(program, &model, &program.root, None, &mut pages);
    pages
}

fn collect<'a>(
    program: &'a Program,
    model: &model::Program,
    command: &'a Command,
    parent: Option<&'a Command>,
    pages: &mut Vec<Page<'a>>,
) {
    if command.hidden {
        return;
    }
    pages.push(page(program, model, command, parent));
    for below in &command.commands {
        collect(program, model, below, Some(command), pages);
    }
}

fn page<'a>(
    program: &'a Program,
    model: &model::Program,
    command: &'a Command,
    parent: Option<&'a Command>,
) -> Page<'a> {
    let called = &made::called(model, command);
    let relations = &Relations::of(called);
    let facts = entries::Facts {
        command,
        called,
        relations,
    };
    Page {
        command,
        usage: usage::usage(command),
        facts: command_facts(called).iter().map(|it| marked(it)).collect(),
        commands: commands(command),
        arguments: entries::arguments(&facts),
        options: entries::options(&facts, model.version.is_some()),
        output: words::parts(command),
        environment: environment(command),
        files: command
            .files
            .iter()
            .map(|(name, help)| (name.as_str(), help))
            .collect(),
        exit_codes: exit_codes(command),
        examples: &command.examples,
        authors: &program.authors,
        see_also: see_also(program, command, parent),
    }
}

/// The commands that are shown, under their headings.
fn commands(command: &Command) -> Vec<(Option<&str>, Vec<&Command>)> {
    let shown = || command.commands.iter().filter(|below| !below.hidden);
    let mut lists: Vec<(Option<&str>, Vec<&Command>)> = Vec::new();
    for (heading, names) in &command.headings {
        let named = |name: &Name| shown().find(|below| *below.name() == **name);
        lists.push((Some(heading), names.iter().filter_map(named).collect()));
    }
    let headed = |below: &&Command| {
        let mut names = command.headings.iter().flat_map(|(_, names)| names);
        !names.any(|name| **name == *below.name())
    };
    let heading = (!lists.is_empty()).then_some("Other commands");
    let others: Vec<&Command> = shown().filter(headed).collect();
    if !others.is_empty() {
        lists.push((heading, others));
    }
    lists.retain(|(_, list)| !list.is_empty());
    lists
}

impl<'a> Page<'a> {
    /// The texts of its own sections that stand behind this one: heading and text.
    pub(crate) fn sections(&self, place: After) -> impl Iterator<Item = (&'a str, &'a Blocks)> {
        let sections = self.command.sections.iter();
        sections
            .filter(move |section| section.after == place)
            .map(|section| (section.heading.as_str(), &section.text))
    }
}

/// A group ends as the commands below it say, so only commands that run have exit codes.
fn exit_codes(command: &Command) -> Vec<(u8, &Inlines)> {
    let codes = command.exit_codes.iter().filter(|_| command.runs());
    codes.map(|exit| (exit.code.value, &exit.help)).collect()
}

/// The variables that it reads: those of its options, then the others.
fn environment(command: &Command) -> Vec<(&str, Inlines)> {
    let mut list: Vec<(&str, Inlines)> = Vec::new();
    for arg in command.args().filter(|arg| !arg.hidden) {
        let Some(env) = arg.env.first() else {
            continue;
        };
        let written = || Inline::Code(entries::shown(arg));
        match list.iter_mut().find(|(name, _)| *name == env.as_str()) {
            // One variable may serve several options.
            Some((_, text)) => {
                text.pop();
                text.extend([
                    Inline::Text(" and ".into()),
                    written(),
                    Inline::Text(".".into()),
                ]);
            }
            None => list.push((
                env,
                vec![
                    Inline::Text("Used when the command line does not have ".into()),
                    written(),
                    Inline::Text(".".into()),
                ],
            )),
        }
    }
    for (name, help) in &command.environment {
        match list.iter_mut().find(|(known, _)| *known == name.as_str()) {
            Some((_, text)) => *text = help.clone(),
            None => list.push((name, help.clone())),
        }
    }
    list
}

/// The page above, the pages below, and what the spec names; each once.
fn see_also<'a>(
    program: &'a Program,
    command: &'a Command,
    parent: Option<&'a Command>,
) -> Vec<Reference<'a>> {
    let page = |command: &Command| Reference::Page(command.page_name(), "1");
    let mut list: Vec<Reference<'a>> = parent.into_iter().map(page).collect();
    list.extend(
        command
            .commands
            .iter()
            .filter(|below| !below.hidden)
            .map(page),
    );
    if parent.is_none() {
        let topics = program.topics.iter();
        list.extend(topics.map(|topic| Reference::Page(topic.page_name(program), "7")));
    }
    for entry in &command.see_also {
        let reference = match entry {
            SeeAlso::Url(url) => Reference::Url(url),
            SeeAlso::Page(name, section) => Reference::Page(name.clone(), section),
            SeeAlso::Command(title) => {
                let commands = program.root.walk();
                let mut topics = program.topics.iter();
                if let Some(topic) = topics.find(|topic| topic.command(program) == title.value) {
                    Reference::Page(topic.page_name(program), "7")
                } else {
                    let mut commands = commands.iter();
                    match commands.find(|command| command.title() == title.value) {
                        Some(command) => page(command),
                        None => continue,
                    }
                }
            }
        };
        let same = |known: &Reference<'_>| match (known, &reference) {
            (Reference::Page(a, x), Reference::Page(b, y)) => a == b && x == y,
            (Reference::Url(a), Reference::Url(b)) => a == b,
            _ => false,
        };
        let itself =
            matches!(&reference, Reference::Page(name, "1") if *name == command.page_name());
        if !itself && !list.iter().any(same) {
            list.push(reference);
        }
    }
    list
}
