//! The documentation of a command as a document: sections in order, for formats with links. What differs
//! between these formats is only how they write it.

mod documents;

pub(crate) use documents::{Documents, Place};

use std::collections::BTreeMap;

use super::{Entry, HELP, Listed, Page, Part, Reference, Term};
use crate::ir::output::words::Member;
use crate::ir::{After, Command, Program, Topic};
use crate::source::Span;
use crate::text::{self, Block, Blocks, Inline, Inlines, Target, ended, plain};

/// The largest number of commands in the list of all commands. With more of them, it has fewer levels.
const MAX_IN_INDEX: usize = 1000;

/// A document.
#[cfg_attr(not(feature = "html"), allow(dead_code))]
pub(crate) struct Document {
    pub(crate) subject: Subject,
    /// The name of its file, without an ending.
    pub(crate) name: String,
    /// The command, or the command that shows the topic, as texts name it.
    pub(crate) command: String,
    /// How many commands its command is below. The program itself has the depth 0.
    pub(crate) depth: usize,
    /// The place in the spec.
    pub(crate) span: Option<Span>,
    /// The values of keys that begin with `x-`.
    pub(crate) extra: BTreeMap<String, String>,
    /// What its title shows: the command, or the title of a topic.
    pub(crate) title: Inlines,
    /// One line about it, without a full stop.
    pub(crate) about: Inlines,
    pub(crate) sections: Vec<Section>,
}

/// What a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The whole program: it lists the others.
    Index,
    Command,
    Topic,
}

/// A section, or a part of one, with a heading.
pub(crate) struct Section {
    pub(crate) heading: String,
    /// Whether it is a part of the section before it.
    pub(crate) is_part: bool,
    pub(crate) contents: Vec<Content>,
}

/// A piece of a section.
pub(crate) enum Content {
    Text(Blocks),
    /// The usage line: the command, and what follows it in pieces that stay together.
    Usage(String, Vec<String>),
    Items(Vec<Item>),
    /// What an example shows, its command line, and its output, which may be empty.
    Example(Inlines, String, String),
}

/// An item of a list: an option, a subcommand, a variable, or an exit code.
pub(crate) struct Item {
    /// The names by which links find it on the page.
    pub(crate) anchors: Vec<String>,
    /// The ways to write it.
    pub(crate) terms: Vec<String>,
    /// The document about it.
    pub(crate) page: Option<String>,
    pub(crate) text: Blocks,
    pub(crate) items: Vec<Item>,
}

impl Item {
    fn new(term: impl Into<String>, text: Inlines) -> Self {
        Self {
            anchors: Vec::new(),
            terms: vec![term.into()],
            page: None,
            text: vec![Block::Paragraph(text)],
            items: Vec::new(),
        }
    }
}

impl Document {
    /// Returns the document of a command before its sections are added.
    fn without_sections(command: &Command) -> Self {
        Self {
            subject: Subject::Command,
            name: command.page_name(),
            command: command.title(),
            depth: command.path.len().saturating_sub(1),
            span: Some(command.span),
            extra: command.extra.clone(),
            title: vec![Inline::Code(command.title())],
            about: command.about.value.clone(),
            sections: Vec::new(),
        }
    }

    /// The items of all lists, without those below them.
    pub(crate) fn items(&self) -> impl Iterator<Item = &Item> {
        let contents = self.sections.iter().flat_map(|section| &section.contents);
        contents.flat_map(|content| match content {
            Content::Items(items) => &items[..],
            _ => &[],
        })
    }

    /// The names by which links find items in the document.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = &str> {
        let anchors = self.items().flat_map(|item| &item.anchors);
        anchors.map(String::as_str)
    }

    fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors().any(|known| known == anchor)
    }

    fn section(&mut self, heading: &str, contents: Vec<Content>) {
        if !contents.is_empty() {
            self.sections.push(Section {
                heading: heading.to_owned(),
                is_part: false,
                contents,
            });
        }
    }

    fn text(&mut self, heading: &str, text: &[Block]) {
        if !text.is_empty() {
            self.section(heading, vec![Content::Text(text.to_vec())]);
        }
    }

    fn list(&mut self, heading: &str, items: Vec<Item>) {
        if !items.is_empty() {
            self.section(heading, vec![Content::Items(items)]);
        }
    }

    /// Adds a section with lists, each under its own heading if it has one.
    fn lists(&mut self, heading: &str, lists: Vec<(Option<&str>, Vec<Item>)>) {
        if lists.is_empty() {
            return;
        }
        let mut section = Section {
            heading: heading.to_owned(),
            is_part: false,
            contents: Vec::new(),
        };
        for (own, items) in lists {
            if let Some(own) = own {
                self.sections.push(section);
                section = Section {
                    heading: own.to_owned(),
                    is_part: true,
                    contents: Vec::new(),
                };
            }
            section.contents.push(Content::Items(items));
        }
        self.sections.push(section);
    }
}

impl Page<'_> {
    /// Returns the page as a document.
    pub(crate) fn into_document(mut self) -> Document {
        let command = self.command;
        let arguments = std::mem::take(&mut self.arguments).into_iter();
        let options = std::mem::take(&mut self.options).into_iter();
        let mut document = Document::without_sections(command);
        let usage = self
            .usage
            .iter()
            .map(|chunk| chunk.iter().map(part).collect());
        let usage = Content::Usage(command.title(), usage.collect());
        document.section("Usage", vec![usage]);
        let mut description = command.description.clone();
        if !self.facts.is_empty() {
            description.push(Block::Paragraph(together(&self.facts)));
        }
        document.text("Description", &description);
        self.own(After::Description, &mut document);
        document.lists("Commands", self.command_items());
        document.list("Arguments", arguments.map(argument).collect());
        let options =
            options.map(|(heading, list)| (heading, list.into_iter().map(option).collect()));
        document.lists("Options", options.collect());
        self.own(After::Options, &mut document);
        let variables = self.environment.iter().map(|(name, help)| Item {
            anchors: vec![variable_anchor(name)],
            ..Item::new(*name, ended(help))
        });
        document.list("Environment", variables.collect());
        self.own(After::Environment, &mut document);
        let files = self
            .files
            .iter()
            .map(|(name, help)| Item::new(*name, ended(help)));
        document.list("Files", files.collect());
        self.own(After::Files, &mut document);
        let output = self.output.iter().flat_map(|part| {
            let intro = Content::Text(vec![Block::Paragraph(part.intro.clone())]);
            let members = Content::Items(part.members.iter().map(member).collect());
            [intro, members]
        });
        document.section("Output", output.collect());
        let codes = self.exit_codes.iter().map(|(code, help)| Item {
            anchors: vec![format!("exit-{code}")],
            ..Item::new(code.to_string(), ended(help))
        });
        document.list("Exit status", codes.collect());
        self.own(After::ExitStatus, &mut document);
        document.text("History", &command.history);
        document.text("Notes", &command.notes);
        document.text("Bugs", &command.bugs);
        let examples = self.examples.iter().map(|example| {
            let about = self.introduction(example);
            Content::Example(about, example.run.value.clone(), example.shown_output())
        });
        document.section("Examples", examples.collect());
        self.own(After::Examples, &mut document);
        if !self.authors.is_empty() {
            let authors = plain(self.authors.join(", "));
            document.text("Authors", &[Block::Paragraph(authors)]);
        }
        document.list("See also", self.see_also.iter().map(reference).collect());
        document
    }

    /// Adds the sections from the spec that belong at this place.
    fn own(&self, place: After, document: &mut Document) {
        for (heading, text) in self.sections(place) {
            document.text(heading, text);
        }
    }

    fn command_items(&self) -> Vec<(Option<&str>, Vec<Item>)> {
        let lists = self.commands.iter();
        let lists = lists.map(|(heading, list)| (*heading, list.iter().map(listed).collect()));
        let mut lists: Vec<(Option<&str>, Vec<Item>)> = lists.collect();
        let [name, value, text] = HELP;
        let help = Item::new(format!("{name} [{value}]..."), plain(text));
        match &mut lists[..] {
            [] => {}
            [(None, list)] => list.push(help),
            _ => lists.push((Some("Help"), vec![help])),
        }
        lists
    }
}

/// Returns the document of a help topic.
fn of_topic(program: &Program, topic: &Topic) -> Document {
    let mut document = Document {
        subject: Subject::Topic,
        name: topic.page_name(program),
        command: topic.command(program),
        depth: 0,
        span: Some(topic.name.span),
        extra: BTreeMap::new(),
        title: topic.title.value.clone(),
        about: Inlines::new(),
        sections: Vec::new(),
    };
    for (heading, text) in &topic.parts {
        document.text(heading.as_deref().unwrap_or("Description"), text);
    }
    document.list("See also", vec![title_item(&program.root)]);
    document
}

/// Returns the document with this name that lists all commands and topics, under the program's name.
fn index(program: &Program, name: &str) -> Document {
    let root = &program.root;
    let mut document = Document {
        subject: Subject::Index,
        name: name.to_owned(),
        command: root.title(),
        depth: 0,
        span: None,
        extra: root.extra.clone(),
        title: vec![Inline::Code(root.title())],
        about: root.about.value.clone(),
        sections: Vec::new(),
    };
    document.list("Commands", vec![in_tree(root, index_depth(root))]);
    let topics = program.topics.iter().map(|topic| Item {
        page: Some(topic.page_name(program)),
        ..Item::new(topic.command(program), ended(&topic.title))
    });
    document.list("Topics", topics.collect());
    document
}

/// Returns the entry of a command in the list of all commands, with its subcommands down to a depth.
fn in_tree(command: &Command, depth: usize) -> Item {
    let below = shown(command).filter(|_| depth > 0);
    Item {
        items: below.map(|it| in_tree(it, depth - 1)).collect(),
        ..title_item(command)
    }
}

/// Returns how deep the list of all commands is. The pages of command groups list what it leaves out.
fn index_depth(root: &Command) -> usize {
    let mut level = vec![root];
    let (mut depth, mut count) = (0, 1);
    loop {
        level = level.into_iter().flat_map(shown).collect();
        count += level.len();
        // One level is always there.
        if level.is_empty() || depth > 0 && count > MAX_IN_INDEX {
            return depth;
        }
        depth += 1;
    }
}

fn shown(command: &Command) -> impl Iterator<Item = &Command> {
    command.commands.iter().filter(|it| !it.hidden)
}

fn title_item(command: &Command) -> Item {
    Item {
        page: Some(command.page_name()),
        ..Item::new(command.title(), ended(&command.about))
    }
}

/// Returns the anchor of the item with this name, as links in texts name it.
fn anchor(item: &str) -> String {
    match item.strip_prefix('<') {
        Some(argument) => argument_anchor(argument.trim_end_matches('>')),
        None if item.starts_with('-') => item.to_owned(),
        None => variable_anchor(item),
    }
}

fn argument_anchor(id: &str) -> String {
    format!("argument-{id}")
}

fn variable_anchor(name: &str) -> String {
    format!("variable-{name}")
}

fn listed(listed: &Listed<'_>) -> Item {
    Item {
        terms: listed.names().map(str::to_owned).collect(),
        page: Some(listed.command.page_name()),
        ..Item::new("", together(&listed.sentences()))
    }
}

fn reference(reference: &Reference<'_>) -> Item {
    match reference {
        Reference::Page(name, section) => Item {
            // The page of a command or a topic, if it is one of the program's.
            page: ["1", "7"].contains(section).then(|| name.clone()),
            text: Vec::new(),
            ..Item::new(format!("{name}({section})"), Inlines::new())
        },
        Reference::Url(url) => {
            let link = Inline::link(Target::Url((*url).to_owned()), plain(*url));
            Item {
                terms: Vec::new(),
                ..Item::new("", vec![link])
            }
        }
    }
}

fn option(entry: Entry) -> Item {
    let names = entry.terms.iter().map(|term| term.name.clone());
    Item {
        anchors: names.collect(),
        ..item(entry)
    }
}

fn argument(entry: Entry) -> Item {
    Item {
        anchors: vec![argument_anchor(&entry.id)],
        ..item(entry)
    }
}

fn item(mut entry: Entry) -> Item {
    let mut text = vec![Block::Paragraph(ended(&entry.help))];
    text.append(&mut entry.description);
    text.extend(entry.choice_blocks());
    if !entry.facts.is_empty() {
        text.push(Block::Paragraph(together(&entry.facts)));
    }
    Item {
        terms: entry.terms.iter().map(written).collect(),
        text,
        ..Item::new("", Inlines::new())
    }
}

fn member(member: &Member) -> Item {
    let mut kind = member.kind.clone();
    kind.push(Inline::Text(".".into()));
    let mut sentences = vec![text::capitalized(kind)];
    sentences.extend(member.facts.iter().cloned());
    Item {
        items: member.members.iter().map(self::member).collect(),
        ..Item::new(&member.name, together(&sentences))
    }
}

/// Returns sentences as one paragraph.
fn together(sentences: &[Inlines]) -> Inlines {
    sentences.join(&Inline::Text(" ".into()))
}

/// Writes a name and the placeholders of its values: `--color[=WHEN]`.
fn written(term: &Term) -> String {
    let dots = if term.repeated { "..." } else { "" };
    let values = term.values.join(" ") + dots;
    match term.name.as_str() {
        "" => values,
        name if values.is_empty() => name.to_owned(),
        name => format!("{name}{}{values}{}", term.marks.0, term.marks.1),
    }
}

fn part(part: &Part<'_>) -> String {
    match part {
        Part::Literal(text) => text.clone(),
        Part::Value(text) | Part::Mark(text) => (*text).to_owned(),
        Part::Space => " ".to_owned(),
    }
}
