//! Parses Markdown (CommonMark) into the tree.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag};

use super::{Block, Blocks, Inline, Inlines, Target, plain, signs};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Sources, Span, Spanned};

/// The prefix of link destinations that are items of the program. No URL can begin like this.
const ITEM: &str = "\0item:";
const HTML: &str = "HTML";
const HTML_HELP: &str = "put names such as <this> in backquotes: `<this>`";
/// How deep quotes, lists and emphasis may be nested.
const MAX_DEPTH: usize = 16;

/// Parses text of any length.
pub(crate) fn blocks(
    text: &Spanned<String>,
    sources: &Sources,
    problems: &mut Diagnostics,
) -> Blocks {
    parse(text, false, sources, problems)
}

/// Parses text of any length, which may be divided by headings.
pub(crate) fn sections(
    text: &Spanned<String>,
    sources: &Sources,
    problems: &mut Diagnostics,
) -> Blocks {
    parse(text, true, sources, problems)
}

fn parse(
    text: &Spanned<String>,
    has_headings: bool,
    sources: &Sources,
    problems: &mut Diagnostics,
) -> Blocks {
    // Most texts are a line of help, for which the parser would take a tenth of the time of a check.
    match plain::is_plain(text) {
        true => vec![Block::Paragraph(vec![Inline::Text(text.value.clone())])],
        false => parse_all(text, has_headings, sources, problems),
    }
}

/// Parses text that may contain any Markdown.
pub(super) fn parse_all(
    text: &Spanned<String>,
    has_headings: bool,
    sources: &Sources,
    problems: &mut Diagnostics,
) -> Blocks {
    let mut resolve = |link: BrokenLink<'_>| {
        let name = link.reference.strip_prefix('`')?.strip_suffix('`')?;
        Some((CowStr::from(format!("{ITEM}{name}")), CowStr::from("")))
    };
    // Tables are parsed so that they can be reported.
    let options = Options::ENABLE_TABLES;
    let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut resolve));
    let events: Vec<_> = parser.into_offset_iter().collect();
    signs::check(text, &events, sources, problems);
    let mut reader = Reader {
        events: events.into_iter().peekable(),
        text,
        has_headings,
        sources,
        problems,
        depth: 0,
        tags: 0,
        seen: 0,
    };
    let blocks = reader.blocks();
    if blocks.is_empty() && text.trim().is_empty() {
        problems
            .error(Code::EmptyText, text.span, "this text is empty")
            .help("write something, or remove the key");
    }
    blocks
}

/// Parses a string that must be one paragraph without line breaks.
pub(crate) fn inlines(
    text: &Spanned<String>,
    sources: &Sources,
    problems: &mut Diagnostics,
) -> Inlines {
    let before = problems.len();
    let mut parsed = blocks(text, sources, problems);
    let is_list = matches!(parsed.first(), Some(Block::List { .. }));
    if let (1, Some(Block::Paragraph(inlines))) = (parsed.len(), parsed.pop()) {
        if !inlines.contains(&Inline::Break) {
            return inlines;
        }
    }
    // After another error, it isn't known how many paragraphs would be left.
    if problems.len() == before {
        let problem = problems.error(
            Code::NotOneParagraph,
            text.span,
            "this text must be one paragraph, without line breaks",
        );
        if is_list && !text.trim_end().contains('\n') {
            problem.help(
                "Markdown reads this as a list item: put `\\` before the `-`, `+` or `*`, or before the `.` or `)` after the number",
            );
        }
        problem.help("longer texts, lists and code belong in `description`");
    }
    Inlines::new()
}

type Events<'a> = Peekable<IntoIter<(Event<'a>, Range<usize>)>>;

struct Reader<'a> {
    /// Whether headings are allowed.
    has_headings: bool,
    events: Events<'a>,
    text: &'a Spanned<String>,
    sources: &'a Sources,
    problems: &'a mut Diagnostics,
    depth: usize,
    /// How many HTML elements were reported and are not closed yet.
    tags: usize,
    /// How many bytes of the text's source, which starts at its span, were searched already.
    seen: usize,
}

impl Reader<'_> {
    /// Reads blocks up to the end of their parent.
    fn blocks(&mut self) -> Blocks {
        let mut blocks = Blocks::new();
        if self.too_deep() {
            return blocks;
        }
        while let Some((event, range)) = self.events.peek() {
            let block = match event {
                Event::End(_) => break,
                Event::Start(tag) if starts_inline(tag) => Block::Paragraph(self.inlines()),
                Event::Start(tag) => {
                    let (tag, range) = (tag.clone(), range.clone());
                    self.events.next();
                    let block = self.block(tag, range);
                    // The end of this block.
                    self.events.next();
                    match block {
                        Some(block) => block,
                        None => continue,
                    }
                }
                Event::Rule => {
                    let range = range.clone();
                    self.refuse(
                        range,
                        "a horizontal rule",
                        "remove it; use paragraphs and lists to divide the text",
                    );
                    self.events.next();
                    continue;
                }
                Event::Html(_) => {
                    self.refuse_html();
                    continue;
                }
                _ => Block::Paragraph(self.inlines()),
            };
            if !is_empty(&block) {
                blocks.push(block);
            }
        }
        self.depth -= 1;
        blocks
    }

    fn block(&mut self, tag: Tag<'_>, range: Range<usize>) -> Option<Block> {
        match tag {
            Tag::Paragraph => Some(Block::Paragraph(self.inlines())),
            Tag::BlockQuote(_) => Some(Block::Quote(self.blocks())),
            Tag::CodeBlock(_) => Some(Block::Code(self.code())),
            Tag::List(first) => {
                let mut items = Vec::new();
                while let Some((Event::Start(Tag::Item), _)) = self.events.peek() {
                    self.events.next();
                    items.push(self.blocks());
                    self.events.next();
                }
                Some(Block::List { first, items })
            }
            Tag::Table(_) => {
                let mut open = 1;
                while open > 0 {
                    match self.events.peek() {
                        Some((Event::Start(_), _)) => open += 1,
                        Some((Event::End(_), _)) => open -= 1,
                        Some(_) => {}
                        None => break,
                    }
                    // The caller consumes the end of the table itself.
                    if open > 0 {
                        self.events.next();
                    }
                }
                self.refuse(range, "a table", "use a list instead");
                None
            }
            Tag::HtmlBlock => {
                while !matches!(self.events.peek(), None | Some((Event::End(_), _))) {
                    self.events.next();
                }
                self.refuse(range, HTML, HTML_HELP);
                None
            }
            Tag::Heading { level, .. } => {
                let help = if !self.has_headings {
                    "use a paragraph instead"
                } else if level == HeadingLevel::H1 {
                    "use a heading of a lower level: `## …`"
                } else if self.depth > 1 {
                    "move it out of the list or quotation"
                } else {
                    return Some(Block::Heading(self.inlines()));
                };
                self.refuse(range, "a heading", help);
                self.inlines();
                None
            }
            // All other tags belong to extensions that are not enabled.
            _ => {
                self.refuse(
                    range,
                    "this Markdown",
                    "use paragraphs, lists, code and links",
                );
                self.inlines();
                None
            }
        }
    }

    /// Reads the lines of a code block.
    fn code(&mut self) -> String {
        let mut code = String::new();
        while let Some((Event::Text(text), _)) = self.events.peek() {
            code.push_str(text);
            self.events.next();
        }
        code.truncate(code.trim_end().len());
        code
    }

    /// Reads text up to the end of its parent, or to the next block in the parent.
    fn inlines(&mut self) -> Inlines {
        let mut inlines = Inlines::new();
        if self.too_deep() {
            return inlines;
        }
        while let Some((event, range)) = self.events.peek() {
            let range = range.clone();
            match event {
                Event::End(_) | Event::Rule | Event::Html(_) => break,
                Event::Start(tag) if !starts_inline(tag) => break,
                _ => {}
            }
            match self.events.next().map(|(event, _)| event) {
                Some(Event::Text(text)) => push_text(&mut inlines, &text),
                Some(Event::SoftBreak) => push_text(&mut inlines, " "),
                Some(Event::HardBreak) => inlines.push(Inline::Break),
                Some(Event::Code(code)) => {
                    self.locate(&code);
                    inlines.push(Inline::Code(code.into_string()));
                }
                // The end of an element whose beginning was already reported.
                Some(Event::InlineHtml(html)) if html.starts_with("</") && self.tags > 0 => {
                    self.tags -= 1;
                }
                Some(Event::InlineHtml(html)) => {
                    self.tags += usize::from(!html.starts_with("</"));
                    self.refuse(range, HTML, HTML_HELP);
                }
                Some(Event::Start(tag)) => {
                    // This must be done before the text of the link is read, which may be the same
                    // string.
                    let item = self.item(&tag);
                    let inner = self.inlines();
                    self.events.next();
                    inlines.extend(match item {
                        Some(item) => Some(Inline::link(item, inner)),
                        None => self.span(tag, inner, range),
                    });
                }
                _ => {}
            }
        }
        self.depth -= 1;
        inlines
    }

    /// Returns the item that a link in code brackets refers to.
    fn item(&mut self, tag: &Tag<'_>) -> Option<Target> {
        let Tag::Link { dest_url, .. } = tag else {
            return None;
        };
        let item = dest_url.strip_prefix(ITEM)?;
        let mut span = self.locate(&format!("[`{item}`]"));
        if self.sources.text(span).starts_with("[`") {
            // The name is read again, as code.
            self.seen -= item.len() + 2;
            // The span doesn't include the brackets.
            span.start += 1;
            span.end -= 1;
        }
        Some(Target::Item(item.to_owned(), span))
    }

    /// Returns emphasis or a link with the text in it.
    fn span(&mut self, tag: Tag<'_>, inner: Inlines, range: Range<usize>) -> Option<Inline> {
        match tag {
            Tag::Emphasis => Some(Inline::Emphasis(inner)),
            Tag::Strong => Some(Inline::Strong(inner)),
            Tag::Link {
                dest_url,
                link_type,
                ..
            } => {
                let url = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                if is_url(&url) {
                    return Some(Inline::link(Target::Url(url), inner));
                }
                let span = self.locate(&url);
                self.problems
                    .error(Code::NotAnAddress, span, format!("`{url}` is not a valid link target"))
                    .help("use a full URL (https://…), or link to an item of the program: [`--force`]");
                None
            }
            _ => {
                self.refuse(
                    range,
                    "an image",
                    "terminals and man pages can't show it; use a link instead",
                );
                None
            }
        }
    }

    fn too_deep(&mut self) -> bool {
        self.depth += 1;
        // The text itself and the paragraph in it don't count.
        if self.depth <= MAX_DEPTH + 2 {
            return false;
        }
        self.depth -= 1;
        self.problems
            .error(
                Code::TooDeep,
                self.text.span,
                format!("this text is nested more than {MAX_DEPTH} levels deep"),
            )
            .help("nest quotes, lists and emphasis less deeply");
        // The rest of the text is not read.
        self.events = Vec::new().into_iter().peekable();
        true
    }

    fn refuse_html(&mut self) {
        if let Some((_, range)) = self.events.next() {
            self.refuse(range, HTML, HTML_HELP);
        }
    }

    fn refuse(&mut self, range: Range<usize>, what: &str, help: &str) {
        let code = match what {
            HTML => Code::HtmlInText,
            _ => Code::UnsupportedMarkdown,
        };
        let can_be_code = signs::can_be_code(self.text, range.clone());
        let written = self.text.get(range).unwrap_or_default();
        let first = written.lines().next().unwrap_or_default().trim_end();
        let span = self.locate(first);
        let whole = self.text.span;
        let problem =
            self.problems
                .error(code, span, format!("{what} isn't supported in this text"));
        // Backquotes are enough to fix it, unless the text begins with it and has no quotes.
        let name = first
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'));
        let is_name = |name: &str| {
            name.chars()
                .all(|c| c.is_alphanumeric() || "-_ .".contains(c))
        };
        let inside = span != whole && span.start > whole.start;
        if code == Code::HtmlInText && name.is_some_and(is_name) && inside && can_be_code {
            problem.suggest(help, span, format!("`{first}`")).in_text();
        } else {
            problem.help(help);
        }
    }

    /// Returns the place of a part of the text in its file. The text may be indented and quoted in the
    /// file, so the part is searched for. If it isn't found, the place is that of the whole text.
    fn locate(&mut self, part: &str) -> Span {
        let whole = self.text.span;
        let rest = self
            .sources
            .text(whole)
            .get(self.seen..)
            .unwrap_or_default();
        match rest.find(part) {
            Some(at) if !part.is_empty() => {
                let start = whole.range().start + self.seen + at;
                self.seen += at + part.len();
                Span::new(whole.file, start..start + part.len())
            }
            _ => {
                // The part is escaped or wrapped in the file, and the rest may be too.
                self.seen = self.sources.text(whole).len();
                whole
            }
        }
    }
}

/// Whether a block has no content, such as a quote of an empty line.
fn is_empty(block: &Block) -> bool {
    match block {
        Block::Paragraph(inlines) | Block::Heading(inlines) => inlines.is_empty(),
        Block::Code(code) => code.is_empty(),
        Block::Quote(inner) => inner.is_empty(),
        Block::List { items, .. } => items.iter().all(Vec::is_empty),
    }
}

fn starts_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn push_text(inlines: &mut Inlines, text: &str) {
    match inlines.last_mut() {
        Some(Inline::Text(before)) => before.push_str(text),
        _ => inlines.push(Inline::Text(text.to_owned())),
    }
}

/// Whether this is a URL that a reader can follow. Other schemes, such as `javascript:`, are not
/// accepted.
pub(crate) fn is_url(text: &str) -> bool {
    let schemes = ["https://", "http://", "mailto:"];
    schemes.iter().any(|scheme| {
        text.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty())
    }) && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`\\".contains(c))
}
