//! Man pages: man(7), a page for each command that is not hidden.
//!
//! The macros and their order are those of man(7) and man-pages(7). Checkers are mandoc, groff and
//! lexgrog; `tests/man.rs` asks them.

mod output;
mod roff;

use roff::Roff;

use crate::generated::GeneratedFile;
use crate::ir::{After, Program, Topic};
use crate::page::{Entry, Page, Part, Reference, Term, pages, width};
use crate::text::{self, Block, Inline, plain};

/// `man/NAME.1`
pub(super) fn generate(program: &Program) -> Vec<GeneratedFile> {
    let render = |page: &Page<'_>| {
        let path = format!("man/{}.1", page.command.page_name());
        GeneratedFile::new(path, render(program, page))
    };
    let pages = pages(program);
    let topics = program.topics.iter().map(|topic| {
        let path = format!("man/{}.7", topic.page_name(program));
        GeneratedFile::new(path, render_topic(program, topic))
    });
    pages.iter().map(render).chain(topics).collect()
}

/// A page of section 7, "miscellaneous" (man-pages(7)).
fn render_topic(program: &Program, topic: &Topic) -> String {
    let name = topic.page_name(program);
    let mut roff = begin(program, &name, "7");
    roff.mark(&format!("{name} - "));
    roff.text(&text::to_plain(&topic.title).replace('`', ""));
    for (heading, part) in &topic.parts {
        let heading = heading.as_deref().unwrap_or("Description");
        own_section(&heading.to_uppercase(), part, &mut roff);
    }
    roff.request("SH", &["SEE ALSO"]);
    roff.strong(program.root.name());
    roff.text("(1)");
    roff.end_line();
    roff.finish()
}

/// The head of a page, up to the text of its first section.
fn begin(program: &Program, name: &str, section: &str) -> Roff {
    let mut roff = Roff::new();
    roff.comment("Made by clapspec from the program's spec. To change it, change the spec.");
    let date = program.date.as_deref().unwrap_or("");
    let program_name = program.root.name();
    let source = match &program.version {
        crate::ir::Version::Text(version) => format!("{program_name} {version}"),
        _ => program_name.to_owned(),
    };
    roff.title(&name.to_uppercase(), section, date, &source);
    // No word is hyphenated, since it may be one to type; nor are lines stretched.
    roff.request("nh", &[]);
    roff.request("ad", &["l"]);
    roff.request("SH", &["NAME"]);
    roff
}

fn render(program: &Program, page: &Page<'_>) -> String {
    let command = page.command;
    let name = command.page_name();
    let mut roff = begin(program, &name, "1");
    roff.mark(&format!("{name} - "));
    roff.text(&text::to_plain(&command.about).replace('`', ""));
    synopsis(page, &mut roff);
    roff.request("SH", &["DESCRIPTION"]);
    roff.sentence(&sentence(&command.about));
    more_blocks(&command.description, &mut roff);
    if !page.facts.is_empty() {
        roff.next_paragraph();
        for fact in &page.facts {
            roff.sentence(fact);
        }
    }
    own_sections(page, After::Description, &mut roff);
    commands(page, &mut roff);
    if !page.arguments.is_empty() {
        roff.request("SH", &["ARGUMENTS"]);
        entries(&page.arguments, &mut roff);
    }
    roff.request("SH", &["OPTIONS"]);
    for (heading, list) in &page.options {
        if let Some(heading) = heading {
            roff.request("SS", &[heading]);
        }
        entries(list, &mut roff);
    }
    own_sections(page, After::Options, &mut roff);
    lists(page, &mut roff);
    for (heading, text) in [
        ("HISTORY", &command.history),
        ("NOTES", &command.notes),
        ("BUGS", &command.bugs),
    ] {
        own_section(heading, text, &mut roff);
    }
    examples(page, &mut roff);
    own_sections(page, After::Examples, &mut roff);
    if !page.authors.is_empty() {
        roff.request("SH", &["AUTHORS"]);
        roff.text(&page.authors.join(", "));
    }
    see_also(page, &mut roff);
    roff.finish()
}

fn synopsis(page: &Page<'_>, roff: &mut Roff) {
    roff.request("SH", &["SYNOPSIS"]);
    roff.strong(&page.command.title());
    for chunk in &page.usage {
        roff.space();
        // A piece that hardly fits on a line must be broken somewhere.
        let whole = width(chunk) <= 40;
        for part in chunk {
            match part {
                Part::Literal(text) => roff.strong(text),
                Part::Value(name) => roff.emphasis(name),
                Part::Mark(mark) => roff.mark(mark),
                Part::Space if whole => roff.fixed_space(),
                Part::Space => roff.space(),
            }
        }
    }
    roff.end_line();
}

fn commands(page: &Page<'_>, roff: &mut Roff) {
    if page.commands.is_empty() {
        return;
    }
    roff.request("SH", &["COMMANDS"]);
    for (heading, list) in &page.commands {
        if let Some(heading) = heading {
            roff.request("SS", &[heading]);
        }
        for command in list {
            roff.entry();
            roff.strong(command.name());
            for alias in &command.aliases {
                roff.text(", ");
                roff.strong(alias);
            }
            roff.end_mark();
            roff.sentence(&sentence(&command.about));
        }
    }
    if page.commands.iter().any(|(heading, _)| heading.is_some()) {
        roff.request("SS", &["Help"]);
    }
    roff.entry();
    roff.strong("help");
    roff.text(" ");
    roff.mark("[");
    roff.emphasis("COMMAND");
    roff.mark("]...");
    roff.end_mark();
    roff.text("Print the help of a command.");
}

fn entries(entries: &[Entry], roff: &mut Roff) {
    for entry in entries {
        roff.entry();
        for (i, term) in entry.terms.iter().enumerate() {
            if i > 0 {
                roff.text(", ");
            }
            written(term, roff);
        }
        roff.end_mark();
        roff.sentence(&sentence(&entry.help));
        roff.in_entry(true);
        more_blocks(&entry.description, roff);
        if !entry.choices.is_empty() {
            roff.next_paragraph();
            choices(entry, roff);
        }
        if !entry.facts.is_empty() {
            roff.next_paragraph();
            for fact in &entry.facts {
                roff.sentence(fact);
            }
        }
        roff.in_entry(false);
    }
}

/// A name and what stands for its values: `--color[=WHEN]`.
fn written(term: &Term, roff: &mut Roff) {
    let (open, close) = term.marks;
    if !term.name.is_empty() {
        roff.strong(&term.name);
        roff.mark(open);
    }
    for (i, value) in term.values.iter().enumerate() {
        if i > 0 {
            roff.text(" ");
        }
        roff.emphasis(value);
    }
    if term.repeated {
        roff.text("...");
    }
    if !term.name.is_empty() {
        roff.mark(close);
    }
}

/// The program's own sections that stand here.
fn own_sections(page: &Page<'_>, place: After, roff: &mut Roff) {
    for (heading, text) in page.sections(place) {
        own_section(&heading.to_uppercase(), text, roff);
    }
}

fn own_section(heading: &str, text: &[Block], roff: &mut Roff) {
    if !text.is_empty() {
        roff.request("SH", &[heading]);
        blocks(text, roff);
    }
}

/// The values that are accepted: a list where their meaning is said, or else a sentence.
fn choices(entry: &Entry, roff: &mut Roff) {
    if entry.choices.iter().all(|(_, help)| help.is_empty()) {
        let mut words = plain("One of ");
        for (i, (name, _)) in entry.choices.iter().enumerate() {
            if i > 0 {
                words.push(Inline::Text(", ".into()));
            }
            words.push(Inline::Code(name.clone()));
        }
        words.push(Inline::Text(".".into()));
        roff.sentence(&words);
        return;
    }
    roff.text("One of:");
    roff.request("RS", &[]);
    for (name, help) in &entry.choices {
        roff.entry();
        roff.strong(name);
        roff.end_mark();
        roff.sentence(&sentence(help));
    }
    roff.request("RE", &[]);
}

/// Environment, files and exit status: names and what they mean.
fn lists(page: &Page<'_>, roff: &mut Roff) {
    let environment = page
        .environment
        .iter()
        .map(|(name, help)| (name.to_string(), help));
    let files = page
        .files
        .iter()
        .map(|(name, help)| (name.to_string(), *help));
    let exit = page
        .exit_codes
        .iter()
        .map(|(code, help)| (code.to_string(), *help));
    section("ENVIRONMENT", environment, roff);
    own_sections(page, After::Environment, roff);
    section("FILES", files, roff);
    own_sections(page, After::Files, roff);
    output::output(page, roff);
    section("EXIT STATUS", exit, roff);
    own_sections(page, After::ExitStatus, roff);
}

fn section<'a>(
    heading: &str,
    list: impl Iterator<Item = (String, &'a text::Inlines)>,
    roff: &mut Roff,
) {
    let mut first = true;
    for (name, help) in list {
        if first {
            roff.request("SH", &[heading]);
            first = false;
        }
        roff.entry();
        roff.strong(&name);
        roff.end_mark();
        roff.sentence(&sentence(help));
    }
}

fn examples(page: &Page<'_>, roff: &mut Roff) {
    if page.examples.is_empty() {
        return;
    }
    roff.request("SH", &["EXAMPLES"]);
    for (i, example) in page.examples.iter().enumerate() {
        if i > 0 {
            roff.next_paragraph();
        }
        let mut about = example.about.clone();
        let end = match page.command.status_of(example) {
            Some(status) => format!(" (status {status}):"),
            None => ":".to_owned(),
        };
        about.push(Inline::Text(end));
        roff.sentence(&about);
        roff.verbatim(&example.run);
    }
}

fn see_also(page: &Page<'_>, roff: &mut Roff) {
    if page.see_also.is_empty() {
        return;
    }
    roff.request("SH", &["SEE ALSO"]);
    for (i, reference) in page.see_also.iter().enumerate() {
        if i > 0 {
            roff.text(",");
            roff.end_line();
        }
        match reference {
            Reference::Page(name, section) => {
                roff.strong(name);
                roff.text(&format!("({section})"));
            }
            Reference::Url(url) => roff.url(url),
        }
    }
    roff.end_line();
}

fn blocks(blocks: &[Block], roff: &mut Roff) {
    if let Some((first, more)) = blocks.split_first() {
        block(first, roff);
        more_blocks(more, roff);
    }
}

/// Blocks after other text, from which they are separated.
fn more_blocks(blocks: &[Block], roff: &mut Roff) {
    for block in blocks {
        match block {
            // The items of a list make room for themselves.
            Block::List { .. } => {}
            Block::Code(_) | Block::Quote(_) => roff.space_line(),
            Block::Paragraph(_) => roff.next_paragraph(),
        }
        self::block(block, roff);
    }
}

fn block(block: &Block, roff: &mut Roff) {
    match block {
        Block::Paragraph(inlines) => roff.sentence(inlines),
        Block::Code(code) => roff.verbatim(code),
        Block::Quote(inner) => {
            roff.request("RS", &["4"]);
            blocks(inner, roff);
            roff.request("RE", &[]);
        }
        Block::List { first, items } => list(*first, items, roff),
    }
}

fn list(first: Option<u64>, items: &[text::Blocks], roff: &mut Roff) {
    roff.request("RS", &["4"]);
    for (i, item) in items.iter().enumerate() {
        match first {
            Some(first) => {
                let mark = format!("{}.", first.saturating_add(i as u64));
                roff.request("IP", &[&mark, "4"]);
            }
            None => roff.bullet(),
        }
        roff.in_entry(true);
        blocks(item, roff);
        roff.in_entry(false);
    }
    roff.request("RE", &[]);
}

/// What ends a sentence, in several scripts.
const ENDS: [char; 10] = ['.', '!', '?', ':', '…', '。', '！', '？', '؟', '।'];

/// A one-line text as a sentence: it has no full stop in the spec, and has one here.
fn sentence(inlines: &[Inline]) -> Vec<Inline> {
    let mut sentence = inlines.to_vec();
    let text = text::to_plain(inlines);
    if !text.is_empty() && !text.ends_with(ENDS) {
        sentence.push(Inline::Text(".".into()));
    }
    sentence
}
