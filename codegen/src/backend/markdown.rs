//! Markdown for GitHub, mdBook, Docusaurus and other sites: a page for each command and topic, and an index.
//!
//! The pages are CommonMark. Each paragraph is one line, so that no word can become a mark at the beginning
//! of a line.

mod escape;

use escape::{attribute, code, escaped, in_url};

use super::schema::json::quoted;
use crate::generated::GeneratedFile;
use crate::ir::{Markdown, PageLinks, Program};
use crate::model::Models;
use crate::page::document::{Content, Document, Documents, Item, Place, Section};
use crate::text::{self, Block, Blocks, Inline, Target};

/// The width of a usage line in columns.
const WIDTH: usize = 80;
/// The name of the page that lists the others.
const INDEX: &str = "README";

/// Generates `markdown/NAME.md` for each command and topic that is not hidden, and `markdown/README.md`,
/// which lists them. With `single-page`, it contains them.
pub(super) fn generate(program: &Program, models: &Models) -> Vec<GeneratedFile> {
    let options = program.markdown;
    if !options.single_page {
        let documents = &Documents::without_sections(program, models, INDEX);
        let writer = Writer { documents, options };
        return documents.map_all(program, models, |document| {
            GeneratedFile::new(file(document), writer.page(document))
        });
    }
    let documents = &Documents::of(program, models, INDEX);
    let writer = Writer { documents, options };
    let index = &documents.index;
    let mut text = writer.page(index);
    for document in &documents.list {
        text.push('\n');
        text += &writer.chapter(document);
    }
    vec![GeneratedFile::new(file(index), text)]
}

/// Writes a document as a page that links to the others by their names with `.md`.
#[cfg(feature = "html")]
pub(super) fn page(documents: &Documents, document: &Document) -> String {
    let options = Markdown::default();
    Writer { documents, options }.page(document)
}

/// Lists the pages for programs that read sites, as <https://llmstxt.org> describes it.
#[cfg(feature = "html")]
pub(super) fn llms(documents: &Documents) -> String {
    use crate::page::document::Subject;

    let options = Markdown::default();
    let index = &documents.index;
    let here = Here {
        writer: &Writer { documents, options },
        document: index,
        is_chapter: false,
    };
    let title = index.command.as_str();
    let mut text = format!("# {}\n", escaped(title, true));
    if !index.about.is_empty() {
        text += &format!("\n> {}\n", here.paragraph(&text::ended(&index.about)));
    }
    for (heading, subject) in [("Commands", Subject::Command), ("Topics", Subject::Topic)] {
        let mut list = documents
            .list
            .iter()
            .filter(|it| it.subject == subject)
            .peekable();
        if list.peek().is_some() {
            text += &format!("\n## {heading}\n\n");
        }
        for document in list {
            let link = here.linked(document, &here.inlines(&document.title));
            text += &match document.about.is_empty() {
                true => format!("- {link}\n"),
                false => format!(
                    "- {link}: {}\n",
                    here.inlines(&text::ended(&document.about))
                ),
            };
        }
    }
    text
}

fn file(document: &Document) -> String {
    format!("markdown/{}.md", document.name)
}

/// Lines of Markdown. Those of a list are indented.
type Lines = Vec<String>;

struct Writer<'a> {
    documents: &'a Documents,
    options: Markdown,
}

/// The place of text, for the links in it.
struct Here<'a> {
    writer: &'a Writer<'a>,
    document: &'a Document,
    /// Whether the document is a chapter of the only page.
    is_chapter: bool,
}

impl Writer<'_> {
    fn page(&self, document: &Document) -> String {
        let here = Here {
            writer: self,
            document,
            is_chapter: false,
        };
        let title = format!("# {}", here.inlines(&document.title));
        let mut blocks = vec![vec![title]];
        blocks.extend(here.blocks_of(1));
        let text = joined(&blocks).join("\n") + "\n";
        match self.options.front_matter {
            true => front_matter(document) + &text,
            false => text,
        }
    }

    /// Writes a document as a chapter of the only page.
    fn chapter(&self, document: &Document) -> String {
        let here = Here {
            writer: self,
            document,
            is_chapter: true,
        };
        let anchor = anchor(&document.name);
        let title = format!("## {anchor}{}", here.inlines(&document.title));
        let mut blocks = vec![vec![title]];
        blocks.extend(here.blocks_of(2));
        joined(&blocks).join("\n") + "\n"
    }
}

/// Writes the title and the description for programs that make sites, in YAML. A JSON string is a YAML string.
fn front_matter(document: &Document) -> String {
    let json = |inlines: &[Inline]| {
        let text = text::to_plain(inlines).replace('`', "");
        quoted(&text)
    };
    let mut lines = format!("---\ntitle: {}\n", json(&document.title));
    if !document.about.is_empty() {
        lines += &format!("description: {}\n", json(&document.about));
    }
    lines + "---\n\n"
}

fn anchor(name: &str) -> String {
    format!("<a id=\"{}\"></a>", attribute(name))
}

impl Here<'_> {
    /// Writes everything below the title, which is a heading of this level.
    fn blocks_of(&self, level: usize) -> Vec<Lines> {
        let mut blocks = Vec::new();
        let about = text::ended(&self.document.about);
        if !about.is_empty() {
            blocks.push(vec![self.paragraph(&about)]);
        }
        for section in &self.document.sections {
            blocks.extend(self.section(section, level + 1));
        }
        blocks
    }

    fn section(&self, section: &Section, level: usize) -> Vec<Lines> {
        let marks = "#".repeat(level + usize::from(section.is_part));
        let heading = escaped(&section.heading, true);
        let mut blocks = vec![vec![format!("{marks} {heading}")]];
        for content in &section.contents {
            match content {
                Content::Text(text) => blocks.extend(self.blocks(text, level + 1)),
                Content::Usage(command, chunks) => {
                    blocks.push(fenced("text", &usage(command, chunks)));
                }
                Content::Items(items) if items.is_empty() => {}
                Content::Items(items) => blocks.push(self.items(items)),
                Content::Example(about, run, output) => {
                    if !about.is_empty() {
                        blocks.push(vec![self.paragraph(about)]);
                    }
                    blocks.push(fenced("sh", run));
                    if !output.is_empty() {
                        blocks.push(fenced("text", output));
                    }
                }
            }
        }
        blocks
    }

    /// Writes items as a list. If one of them needs more than a line, there are empty lines between them.
    fn items(&self, items: &[Item]) -> Lines {
        let items: Vec<Vec<Lines>> = items.iter().map(|item| self.item(item)).collect();
        list(&items, |_| "- ".to_owned())
    }

    fn item(&self, item: &Item) -> Vec<Lines> {
        let page = item.page.as_deref();
        let page = page.and_then(|name| self.writer.documents.named(name));
        let terms = item.terms.iter().map(|term| match page {
            // A reference to a man page of the program has the section of the manual in its name.
            Some(page) if item.text.is_empty() => self.linked(page, &self.inlines(&page.title)),
            Some(page) => self.linked(page, &code(term)),
            None => code(term),
        });
        let terms = terms.collect::<Vec<_>>().join(", ");
        let anchors = item.anchors.iter().filter(|name| !name.is_empty());
        let head: String = anchors.map(|name| anchor(&self.id(name))).collect();
        let head = head + &terms;
        let mut blocks = match &item.text[..] {
            [] => vec![vec![head]],
            // A short text follows what it explains, and a longer one is below it.
            [Block::Paragraph(text)] if head.is_empty() => vec![vec![self.paragraph(text)]],
            [Block::Paragraph(text)] => vec![vec![format!("{head}: {}", self.inlines(text))]],
            text => {
                let mut blocks = vec![vec![head]];
                blocks.extend(self.blocks(text, 6));
                blocks
            }
        };
        if !item.items.is_empty() {
            blocks.push(self.items(&item.items));
        }
        blocks
    }

    /// Writes blocks. Headings in them have this level.
    fn blocks(&self, blocks: &[Block], level: usize) -> Vec<Lines> {
        let mut written = Vec::new();
        // A list directly after another one would belong to it, so it has another mark.
        let mut lists = 0;
        for block in blocks {
            lists = match block {
                Block::List { .. } => lists + 1,
                _ => 0,
            };
            written.push(match block {
                Block::Paragraph(inlines) => vec![self.paragraph(inlines)],
                Block::Heading(inlines) => {
                    vec![format!("{} {}", "#".repeat(level), self.inlines(inlines))]
                }
                Block::Code(text) => fenced("", text),
                Block::Quote(inner) => {
                    let lines = joined(&self.blocks(inner, level)).into_iter();
                    lines
                        .map(|line| format!("> {line}").trim_end().to_owned())
                        .collect()
                }
                Block::List { first, items } => self.list(*first, items, level, lists % 2 == 0),
            });
        }
        written
    }

    fn list(&self, first: Option<u64>, items: &[Blocks], level: usize, is_other: bool) -> Lines {
        let items: Vec<Vec<Lines>> = items.iter().map(|item| self.blocks(item, level)).collect();
        list(&items, |at| match (first, is_other) {
            (Some(first), false) => format!("{}. ", first.saturating_add(at as u64)),
            (Some(first), true) => format!("{}) ", first.saturating_add(at as u64)),
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
        })
    }

    /// Writes a paragraph, which begins a line.
    fn paragraph(&self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        self.push(inlines, &mut out);
        escape::guarded(out)
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        self.push(inlines, &mut out);
        out
    }

    fn push(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(&escaped(text, out.is_empty())),
                Inline::Code(text) => out.push_str(&code(text)),
                Inline::Emphasis(inner) => self.marked("*", "em", inner, out),
                Inline::Strong(inner) => self.marked("**", "strong", inner, out),
                Inline::Link(link) => {
                    let text = self.inlines(&link.text);
                    out.push_str(&match &link.target {
                        Target::Url(url) => format!("[{text}]({})", in_url(url)),
                        Target::Item(item, _) => self.item_link(item, text),
                    });
                }
                Inline::Break => out.push_str("<br>"),
            }
        }
    }

    /// Writes emphasized text: with marks where it certainly is a word or several, otherwise with tags.
    fn marked(&self, mark: &str, tag: &str, inner: &[Inline], out: &mut String) {
        let text = self.inlines(inner);
        let is_words = matches!(inner, [Inline::Text(words)]
            if words.starts_with(char::is_alphanumeric) && words.ends_with(char::is_alphanumeric));
        let is_apart = out.ends_with([' ', '(']) || out.is_empty();
        match is_words && is_apart {
            true => out.extend([mark, &text, mark]),
            false => out.push_str(&format!("<{tag}>{text}</{tag}>")),
        }
    }

    /// Writes the link to an item that text names, if it is shown somewhere.
    fn item_link(&self, item: &str, text: String) -> String {
        let documents = self.writer.documents;
        match documents.find(self.document, item) {
            Some(Place::Here(anchor)) => format!("[{text}](#{})", in_url(&self.id(&anchor))),
            Some(Place::Document(document)) => self.linked(document, &text),
            Some(Place::In(document, anchor)) => {
                let mark = match self.writer.options.single_page {
                    true => '.',
                    false => '#',
                };
                format!(
                    "[{text}]({}{mark}{})",
                    self.address(document),
                    in_url(&anchor)
                )
            }
            None => text,
        }
    }

    fn linked(&self, document: &Document, text: &str) -> String {
        format!("[{text}]({})", self.address(document))
    }

    /// Returns the destination of links to a document.
    fn address(&self, document: &Document) -> String {
        let options = self.writer.options;
        let name = in_url(&document.name);
        match (options.single_page, options.links) {
            (true, _) => format!("#{name}"),
            (false, PageLinks::Md) => name + ".md",
            (false, PageLinks::Html) => name + ".html",
            (false, PageLinks::None) => name,
        }
    }

    /// Returns the identifier of an item, which is unique on its page.
    fn id(&self, anchor: &str) -> String {
        match self.is_chapter {
            true => format!("{}.{anchor}", self.document.name),
            false => anchor.to_owned(),
        }
    }
}

/// Writes a usage line, broken between its pieces.
fn usage(command: &str, chunks: &[String]) -> String {
    let mut text = command.to_owned();
    let mut width = text.chars().count();
    for chunk in chunks {
        let more = 1 + chunk.chars().count();
        match width + more > WIDTH {
            true => {
                text += "\n   ";
                width = 3 + more;
            }
            false => width += more,
        }
        text.extend([" ", chunk]);
    }
    text
}

/// Writes code between fences that are longer than those in it.
fn fenced(language: &str, text: &str) -> Lines {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    let mut lines = vec![format!("{fence}{language}")];
    lines.extend(text.lines().map(str::to_owned));
    lines.push(fence);
    lines
}

/// Writes the items of a list, each with its mark.
fn list(items: &[Vec<Lines>], mark: impl Fn(usize) -> String) -> Lines {
    let is_loose = items
        .iter()
        .any(|blocks| blocks.len() > 1 && !is_tight(blocks));
    let mut lines = Lines::new();
    for (at, blocks) in items.iter().enumerate() {
        if at > 0 && is_loose {
            lines.push(String::new());
        }
        let mark = mark(at);
        let pad = " ".repeat(mark.len());
        let own = match is_loose {
            true => joined(blocks),
            false => blocks.concat(),
        };
        if own.is_empty() {
            lines.push(mark.trim_end().to_owned());
        }
        for (at, line) in own.iter().enumerate() {
            let start = if at == 0 { &mark } else { &pad };
            lines.push(format!("{start}{line}").trim_end().to_owned());
        }
    }
    lines
}

/// Whether an item is a line with a list below it, which needs no empty line between them.
fn is_tight(blocks: &[Lines]) -> bool {
    let is_list = |lines: &Lines| lines[0].starts_with("- ") && !lines.iter().any(String::is_empty);
    matches!(blocks, [line, list] if line.len() == 1 && is_list(list))
}

/// Joins blocks, with an empty line between them.
fn joined(blocks: &[Lines]) -> Lines {
    blocks.join(&String::new())
}
