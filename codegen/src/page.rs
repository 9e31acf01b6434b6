//! The documentation of a command: its sections and their contents, in order. Hidden items are omitted,
//! inherited ones are included, and the rules between options are sentences.

pub(crate) mod document;
mod entries;
mod usage;

pub(crate) use usage::{Chunk, Part, width};

use clapspec_runtime::model::{self, Relations, command_facts};

use crate::ir::output::words;
use crate::ir::{After, Command, Example, Name, Program, SeeAlso};
use crate::model::{self as program_model, Models};
use crate::parallel;
use crate::text::{Block, Blocks, Inline, Inlines, ended, marked};

/// The documentation of one command.
pub(crate) struct Page<'a> {
    pub(crate) command: &'a Command,
    /// The usage line, in pieces that stay together.
    pub(crate) usage: Vec<Chunk<'a>>,
    /// Further facts about the command, a sentence each.
    pub(crate) facts: Vec<Inlines>,
    /// Its subcommands under their headings. The first list may have no heading.
    pub(crate) commands: Vec<(Option<&'a str>, Vec<Listed<'a>>)>,
    pub(crate) arguments: Vec<Entry>,
    /// Options under their headings. The first list may have no heading.
    pub(crate) options: Vec<(Option<&'a str>, Vec<Entry>)>,
    /// The result that it prints, and its definitions.
    pub(crate) output: Vec<words::Part>,
    pub(crate) environment: Vec<(&'a str, Inlines)>,
    pub(crate) files: Vec<(&'a str, &'a Inlines)>,
    pub(crate) exit_codes: Vec<(u8, &'a Inlines)>,
    pub(crate) examples: &'a [Example],
    pub(crate) authors: &'a [String],
    pub(crate) see_also: Vec<Reference<'a>>,
}

/// A command in the list of a command group.
pub(crate) struct Listed<'a> {
    /// Its name there.
    pub(crate) name: &'a str,
    pub(crate) command: &'a Command,
    /// Whether this is its second name, so that its first name is elsewhere.
    pub(crate) is_second: bool,
}

/// What the subcommand `help` does, and how it is written: its name, and the placeholder of what follows it.
pub(crate) const HELP: [&str; 3] = ["help", "COMMAND", "Print the help of a command."];

impl Listed<'_> {
    /// The sentences about the command.
    pub(crate) fn sentences(&self) -> Vec<Inlines> {
        let same = || marked(&format!("The same as `{}`.", self.command.title()));
        let same = self.is_second.then(same);
        std::iter::once(ended(&self.command.about))
            .chain(same)
            .collect()
    }

    /// The names of the command in the list.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.command.aliases.iter().filter(|_| !self.is_second);
        std::iter::once(self.name).chain(aliases.map(|alias| alias.as_str()))
    }
}

/// The documentation of an argument or option.
pub(crate) struct Entry {
    /// The identifier of the argument or option. What clapspec adds has none.
    pub(crate) id: String,
    /// The ways to write it: its names, each with the placeholder of the value.
    pub(crate) terms: Vec<Term>,
    pub(crate) help: Inlines,
    pub(crate) description: Vec<Block>,
    /// The accepted values with their descriptions.
    pub(crate) choices: Vec<(String, Inlines)>,
    /// Further facts, a sentence each.
    pub(crate) facts: Vec<Inlines>,
}

/// One way to write an argument or option.
#[derive(Default)]
pub(crate) struct Term {
    /// A name such as `--color`, or an empty string for an argument.
    pub(crate) name: String,
    /// The placeholders of its values; several if each occurrence takes several values.
    pub(crate) values: Vec<String>,
    /// The punctuation before and after the value: a space, or marks such as `[=` and `]`.
    pub(crate) marks: (&'static str, &'static str),
    pub(crate) repeated: bool,
}

/// An entry of the section SEE ALSO.
pub(crate) enum Reference<'a> {
    /// A man page: name and section.
    Page(String, &'a str),
    Url(&'a str),
}

/// Makes something of the page of each command, in the order of the commands: each before its subcommands.
/// Hidden commands have no page.
pub(crate) fn map_pages<'a, R: Send>(
    program: &'a Program,
    models: &Models,
    make: impl Fn(Page<'a>) -> R + Sync,
) -> Vec<R> {
    let commands = program.root.walk_shown();
    parallel::map(&commands, program.is_large(), |command| {
        make(page(program, &models.program, command))
    })
}

/// Returns the page of the program itself.
pub(crate) fn page_of_program<'a>(program: &'a Program, models: &Models) -> Page<'a> {
    page(program, &models.program, &program.root)
}

fn page<'a>(program: &'a Program, model: &model::Program, command: &'a Command) -> Page<'a> {
    let called = &program_model::called(model, command);
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
        commands: commands(command, &program.root),
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
        see_also: see_also(program, command),
    }
}

/// Returns the visible subcommands, under their headings.
fn commands<'a>(
    command: &'a Command,
    root: &'a Command,
) -> Vec<(Option<&'a str>, Vec<Listed<'a>>)> {
    let shown = || {
        let own = command.commands.iter().map(|it| Listed {
            name: it.name(),
            command: it,
            is_second: false,
        });
        let links = command.links.iter().filter_map(|(name, path)| {
            Some(Listed {
                name,
                command: root.at(path)?,
                is_second: true,
            })
        });
        own.chain(links).filter(|it| !it.command.hidden)
    };
    let mut lists: Vec<(Option<&str>, Vec<Listed<'_>>)> = Vec::new();
    for (heading, names) in &command.headings {
        let named = |name: &Name| shown().find(|it| *it.name == **name);
        lists.push((Some(heading), names.iter().filter_map(named).collect()));
    }
    let without_heading = |it: &Listed<'_>| {
        let mut names = command.headings.iter().flat_map(|(_, names)| names);
        !names.any(|name| **name == *it.name)
    };
    let heading = (!lists.is_empty()).then_some("Other commands");
    let others: Vec<Listed<'_>> = shown().filter(without_heading).collect();
    if !others.is_empty() {
        lists.push((heading, others));
    }
    lists.retain(|(_, list)| !list.is_empty());
    lists
}

impl<'a> Page<'a> {
    /// What an example shows, as the introduction of its command line.
    pub(crate) fn introduction(&self, example: &Example) -> Inlines {
        let mut about = example.about.clone();
        about.push(Inline::Text(match self.command.status_of(example) {
            Some(status) => format!(" (status {status}):"),
            None => ":".to_owned(),
        }));
        about
    }

    /// The sections from the spec that follow this section, each with its heading and text.
    pub(crate) fn sections(&self, place: After) -> impl Iterator<Item = (&'a str, &'a Blocks)> {
        let sections = self.command.sections.iter();
        sections
            .filter(move |section| section.after == place)
            .map(|section| (section.heading.as_str(), &section.text))
    }
}

/// Returns the exit codes of a command. A command group without a handler has none, since its
/// subcommands define their own.
fn exit_codes(command: &Command) -> Vec<(u8, &Inlines)> {
    let codes = command.exit_codes.iter().filter(|_| command.runs());
    codes.map(|exit| (exit.code.value, &exit.help)).collect()
}

/// Returns the environment variables that a command reads: those of its options, then the others.
fn environment(command: &Command) -> Vec<(&str, Inlines)> {
    let mut list: Vec<(&str, Inlines)> = Vec::new();
    for arg in command.args().filter(|arg| !arg.hidden) {
        let Some(env) = arg.env.first() else {
            continue;
        };
        let written = || Inline::Code(entries::shown(arg));
        match list.iter_mut().find(|(name, _)| *name == env.as_str()) {
            // Several options may have the same variable.
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

/// Returns the pages of the parent command, the subcommands and the topics, and the references in the
/// spec, without duplicates.
fn see_also<'a>(program: &'a Program, command: &'a Command) -> Vec<Reference<'a>> {
    let parent = program.root.parent_of(command);
    let page = |command: &Command| Reference::Page(command.page_name(), "1");
    let mut list: Vec<Reference<'a>> = parent.into_iter().map(page).collect();
    list.extend(
        command
            .commands
            .iter()
            .filter(|subcommand| !subcommand.hidden)
            .map(page),
    );
    if parent.is_none() {
        let topics = program.topics.iter();
        list.extend(topics.map(|topic| Reference::Page(topic.page_name(program), "7")));
        let all = program.man_of_all.map(|_| program.name_of_all());
        list.extend(all.map(|name| Reference::Page(name, "1")));
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
