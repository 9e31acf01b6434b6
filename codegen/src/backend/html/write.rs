//! Writes documents as HTML. Everything from a spec goes through [`escape`] or [`encoded`].

use std::collections::HashSet;
use std::fmt::Write as _;

use minijinja::Value;

use super::data;
use crate::page::document::{Content, Document, Documents, Item, Place, Section};
use crate::text::{Block, Blocks, Inline, Target};

/// Writes one document.
pub(super) struct Writer<'a> {
    pub(super) documents: &'a Documents,
    pub(super) document: &'a Document,
    /// Whether the document is a part of the single file.
    pub(super) is_single: bool,
}

/// Escapes text for elements and attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Writes a part of an address: all characters that could mean something in it are percent-encoded (RFC 3986).
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            true => out.push(char::from(byte)),
            false => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Returns the address of a page, from another page of the site.
pub(super) fn address(document: &Document) -> String {
    encoded(&document.name) + ".html"
}

impl Writer<'_> {
    /// Writes the sections of the document.
    pub(super) fn sections(&self) -> Vec<data::Section> {
        // Headings don't take the anchors of items, to which other sites may link.
        let mut taken: HashSet<String> = self.document.anchors().map(str::to_owned).collect();
        let sections = self.document.sections.iter();
        sections
            .map(|section| {
                let name = free(slug(&section.heading), &mut taken);
                data::Section {
                    id: self.id(&name),
                    heading: section.heading.clone(),
                    level: 2 + usize::from(section.is_part) + usize::from(self.is_single),
                    html: self.section(section),
                }
            })
            .collect()
    }

    fn section(&self, section: &Section) -> Value {
        let mut out = String::new();
        for content in &section.contents {
            match content {
                Content::Text(text) => self.blocks(text, &mut out),
                Content::Usage(command, chunks) => usage(command, chunks, &mut out),
                Content::Items(items) => self.items(items, &mut out),
                Content::Example(about, run, output) => {
                    self.element("p", about, &mut out);
                    code(run, &mut out);
                    if !output.is_empty() {
                        self::output(output, &mut out);
                    }
                }
            }
        }
        out.truncate(out.trim_end().len());
        Value::from_safe_string(out)
    }

    /// Writes items as a list of terms with their descriptions, or as a plain list if one of them has no term
    /// or no description.
    fn items(&self, items: &[Item], out: &mut String) {
        if items.is_empty() {
            return;
        }
        let is_plain = |item: &Item| item.terms.is_empty() || item.text.is_empty();
        if items.iter().any(is_plain) {
            out.push_str("<ul>\n");
            for item in items {
                out.push_str("<li>");
                self.terms(item, out);
                self.blocks(&item.text, out);
                out.push_str("</li>\n");
            }
            out.push_str("</ul>\n");
            return;
        }
        out.push_str("<dl>\n");
        for item in items {
            self.item(item, out);
        }
        out.push_str("</dl>\n");
    }

    fn item(&self, item: &Item, out: &mut String) {
        let anchors = item.anchors.iter().filter(|name| !name.is_empty());
        let mut anchors: Vec<&String> = anchors.collect();
        // The longest name is the one to link to.
        anchors.sort_by_key(|name| name.len());
        match anchors.pop() {
            Some(main) => {
                let id = escape(&self.id(main));
                let _ = write!(out, "<dt id=\"{id}\">");
                for other in anchors {
                    let _ = write!(out, "<span id=\"{}\"></span>", escape(&self.id(other)));
                }
                self.terms(item, out);
                let label = escape(&item.terms.join(", "));
                let target = encoded(&self.id(main));
                let _ = write!(
                    out,
                    " <a class=\"link\" href=\"#{target}\" aria-label=\"Link to {label}\">#</a>"
                );
            }
            None => {
                out.push_str("<dt>");
                self.terms(item, out);
            }
        }
        out.push_str("</dt>\n<dd>\n");
        self.blocks(&item.text, out);
        self.items(&item.items, out);
        out.push_str("</dd>\n");
    }

    fn terms(&self, item: &Item, out: &mut String) {
        let page = item.page.as_deref();
        let page = page.and_then(|name| self.documents.named(name));
        for (at, term) in item.terms.iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            let shown = match page {
                // A reference to a man page of the program has the section of the manual in its name.
                Some(page) if item.text.is_empty() => self.written(&page.title),
                _ => format!("<code>{}</code>", escape(term)),
            };
            match page {
                Some(page) => link(&self.address(page), &shown, out),
                None => out.push_str(&shown),
            }
        }
    }

    fn blocks(&self, blocks: &[Block], out: &mut String) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) => self.element("p", inlines, out),
                Block::Heading(inlines) if self.is_single => self.element("h4", inlines, out),
                Block::Heading(inlines) => self.element("h3", inlines, out),
                Block::Code(text) => code(text, out),
                Block::Quote(inner) => {
                    out.push_str("<blockquote>\n");
                    self.blocks(inner, out);
                    out.push_str("</blockquote>\n");
                }
                Block::List { first, items } => self.list(*first, items, out),
            }
        }
    }

    fn list(&self, first: Option<u64>, items: &[Blocks], out: &mut String) {
        let (start, end) = match first {
            None => ("<ul>\n".to_owned(), "</ul>\n"),
            Some(1) => ("<ol>\n".to_owned(), "</ol>\n"),
            Some(first) => (format!("<ol start=\"{first}\">\n"), "</ol>\n"),
        };
        out.push_str(&start);
        for item in items {
            out.push_str("<li>\n");
            self.blocks(item, out);
            out.push_str("</li>\n");
        }
        out.push_str(end);
    }

    fn element(&self, name: &str, inlines: &[Inline], out: &mut String) {
        let _ = write!(out, "<{name}>");
        self.push(inlines, out);
        let _ = writeln!(out, "</{name}>");
    }

    /// Writes formatted text, for templates.
    pub(super) fn inlines(&self, inlines: &[Inline]) -> Value {
        Value::from_safe_string(self.written(inlines))
    }

    fn written(&self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        self.push(inlines, &mut out);
        out
    }

    fn push(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(&escape(text)),
                Inline::Code(text) => {
                    let _ = write!(out, "<code>{}</code>", escape(text));
                }
                Inline::Emphasis(inner) => {
                    let _ = write!(out, "<em>{}</em>", self.written(inner));
                }
                Inline::Strong(inner) => {
                    let _ = write!(out, "<strong>{}</strong>", self.written(inner));
                }
                Inline::Link(found) => {
                    let text = self.written(&found.text);
                    let place = |item| self.documents.find(self.document, item);
                    let address = match &found.target {
                        Target::Url(url) => Some(url.clone()),
                        Target::Item(item, _) => place(item).map(|it| self.address_of(&it)),
                    };
                    match address {
                        Some(address) => link(&address, &text, out),
                        None => out.push_str(&text),
                    }
                }
                Inline::Break => out.push_str("<br>"),
            }
        }
    }

    fn address_of(&self, place: &Place<'_>) -> String {
        match place {
            Place::Here(anchor) => format!("#{}", encoded(&self.id(anchor))),
            Place::Document(document) => self.address(document),
            Place::In(document, anchor) => {
                let mark = if self.is_single { '.' } else { '#' };
                format!("{}{mark}{}", self.address(document), encoded(anchor))
            }
        }
    }

    pub(super) fn address(&self, document: &Document) -> String {
        match self.is_single {
            true => format!("#{}", encoded(&document.name)),
            false => address(document),
        }
    }

    /// Returns the identifier of an item or a section, which is unique in its file.
    fn id(&self, name: &str) -> String {
        match self.is_single {
            true => format!("{}.{name}", self.document.name),
            false => name.to_owned(),
        }
    }
}

fn link(address: &str, html: &str, out: &mut String) {
    let _ = write!(out, "<a href=\"{}\">{html}</a>", escape(address));
}

/// Writes a usage line, which is broken between its pieces.
fn usage(command: &str, chunks: &[String], out: &mut String) {
    let _ = write!(
        out,
        "<p class=\"usage\"><code><span>{}</span>",
        escape(command)
    );
    for chunk in chunks {
        let _ = write!(out, " <span>{}</span>", escape(chunk));
    }
    out.push_str("</code></p>\n");
}

/// Writes lines of code, which can be scrolled with the keyboard.
fn code(text: &str, out: &mut String) {
    let text = escape(text.trim_end_matches('\n'));
    // HTML ignores a line break directly after the tag of `pre`, but not after that of `code`.
    let _ = writeln!(
        out,
        "<div class=\"code\"><pre tabindex=\"0\"><code>{text}</code></pre></div>"
    );
}

/// Writes the output of a program.
fn output(text: &str, out: &mut String) {
    let text = escape(text);
    let _ = writeln!(
        out,
        "<pre class=\"output\" tabindex=\"0\"><samp>{text}</samp></pre>"
    );
}

/// Returns a heading as an identifier: `Exit status` as `exit-status`.
fn slug(heading: &str) -> String {
    let mut slug = String::new();
    for c in heading.to_lowercase().chars() {
        match c.is_alphanumeric() {
            true => slug.push(c),
            false if slug.ends_with('-') || slug.is_empty() => {}
            false => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    match slug {
        "" => "section".to_owned(),
        slug => slug.to_owned(),
    }
}

/// Returns a name that is not taken yet, and takes it.
fn free(name: String, taken: &mut HashSet<String>) -> String {
    let names = (2..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.clone()).chain(names);
    let free = names.find(|name| !taken.contains(name));
    let free = free.expect("an unlimited number of names");
    taken.insert(free.clone());
    free
}
