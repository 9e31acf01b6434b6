//! Writing roff. Every text is escaped here, so that it can't become a request or an escape sequence.

use std::fmt::Write as _;

use crate::text::{Inline, Target};

/// The maximum length of a source line in bytes. mandoc complains about more than 80.
const LINE: usize = 78;

/// The width of a page's header in columns, on a terminal of 80 columns.
const HEADER: usize = 78;

/// The width of the manual's name, which man programs add themselves, such as "General Commands Manual".
const MANUAL: usize = 23;

/// A page that is being written.
pub(super) struct Roff {
    out: String,
    /// The current line of text, escaped.
    line: String,
    /// The active fonts, the innermost last. Without any, the font is roman.
    fonts: Vec<&'static str>,
    /// How many list entries are open. Inside an entry, paragraphs keep its indentation.
    entries: usize,
    /// Whether sections are parts of a section.
    is_in_section: bool,
}

impl Roff {
    pub(super) fn new() -> Self {
        Self {
            out: String::new(),
            line: String::new(),
            fonts: Vec::new(),
            entries: 0,
            is_in_section: false,
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.end_line();
        self.out
    }

    /// Writes a comment line, which isn't displayed.
    pub(super) fn comment(&mut self, text: &str) {
        let _ = writeln!(self.out, ".\\\" {}", text.replace('\n', " "));
    }

    /// Writes the title line. The date consists of digits and hyphens, and is not escaped because mandoc
    /// wouldn't recognize it then.
    ///
    /// The header of a page shows the page's name on the left and on the right, and the manual's name
    /// between them. If they don't all fit into [`HEADER`] columns, the manual's name is left blank.
    pub(super) fn title(&mut self, name: &str, section: &str, date: &str, source: &str) {
        let names = 2 * (name.chars().count() + section.len() + "()".len());
        let manual = match names + MANUAL + "  ".len() > HEADER {
            true => " \" \"",
            false => "",
        };
        let name = escape(name, Style::Code);
        let source = escape(source, Style::Code);
        let _ = writeln!(
            self.out,
            ".TH {name} {section} \"{date}\" \"{source}\"{manual}"
        );
    }

    /// Writes a request or macro with its arguments.
    pub(super) fn request(&mut self, name: &str, args: &[&str]) {
        self.end_line();
        let _ = write!(self.out, ".{name}");
        for arg in args {
            let arg = escape(arg, Style::Code);
            if arg.is_empty() || arg.contains(' ') {
                let _ = write!(self.out, " \"{arg}\"");
            } else {
                let _ = write!(self.out, " {arg}");
            }
        }
        self.out.push('\n');
    }

    /// Begins a section.
    pub(super) fn section(&mut self, heading: &str) {
        let name = if self.is_in_section { "SS" } else { "SH" };
        self.request(name, &[heading]);
    }

    /// Begins a subsection.
    pub(super) fn subsection(&mut self, heading: &str) {
        if !self.is_in_section {
            return self.request("SS", &[heading]);
        }
        // man(7) has no third level.
        self.end_line();
        let before = self.out.lines().next_back();
        if !before.is_some_and(|line| line.starts_with(".SS ")) {
            self.next_paragraph();
        }
        self.strong(heading);
        self.end_line();
        self.request("br", &[]);
    }

    /// Writes sections that are subsections of the current one.
    pub(super) fn in_section(&mut self, write: impl FnOnce(&mut Self)) {
        self.is_in_section = true;
        write(self);
        self.is_in_section = false;
    }

    /// Begins an entry of a list. Its mark is the text written until [`end_mark`](Self::end_mark).
    pub(super) fn entry(&mut self) {
        self.request("TP", &[]);
    }

    /// Ends the mark of an entry. A mark must be a single line of source, however long.
    pub(super) fn end_mark(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.push_line(&line);
    }

    /// Enters or leaves the entry of a list.
    pub(super) fn in_entry(&mut self, inside: bool) {
        if inside {
            self.entries += 1;
        } else {
            self.entries -= 1;
        }
    }

    /// Writes an empty line.
    pub(super) fn space_line(&mut self) {
        self.request("sp", &[]);
    }

    /// Begins a paragraph after another one.
    pub(super) fn next_paragraph(&mut self) {
        // `.PP` would end the indentation of an entry.
        self.request(if self.entries > 0 { "IP" } else { "PP" }, &[]);
    }

    /// Begins an item of a bullet list.
    pub(super) fn bullet(&mut self) {
        self.end_line();
        self.out.push_str(".IP \\(bu 2\n");
    }

    pub(super) fn text(&mut self, text: &str) {
        self.line.push_str(&escape(text, Style::Prose));
    }

    /// Writes a space at which the line can't be broken.
    pub(super) fn fixed_space(&mut self) {
        self.line.push_str("\\ ");
    }

    /// Writes punctuation that is neither prose nor typed by the user.
    pub(super) fn mark(&mut self, text: &str) {
        self.line.push_str(&escape(text, Style::Code));
    }

    /// Writes text that the user types literally.
    pub(super) fn strong(&mut self, text: &str) {
        self.font("\\fB", |roff| {
            roff.line.push_str(&escape(text, Style::Code))
        });
    }

    /// Writes a placeholder.
    pub(super) fn emphasis(&mut self, text: &str) {
        self.font("\\fI", |roff| {
            roff.line.push_str(&escape(text, Style::Code))
        });
    }

    fn font(&mut self, font: &'static str, write: impl FnOnce(&mut Self)) {
        self.line.push_str(font);
        self.fonts.push(font);
        write(self);
        self.fonts.pop();
        self.line
            .push_str(self.fonts.last().copied().unwrap_or("\\fR"));
    }

    /// Writes a space at which the line may be broken.
    pub(super) fn space(&mut self) {
        self.line.push(' ');
    }

    /// Writes a URL, which may be broken after each slash.
    pub(super) fn url(&mut self, url: &str) {
        let url = escape(url, Style::Code).replace('/', "/\\:");
        self.line.push_str(&url);
    }

    /// Writes formatted text and ends the line.
    pub(super) fn sentence(&mut self, inlines: &[Inline]) {
        self.inlines(inlines);
        self.end_line();
    }

    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Code(code) => self.strong(code),
                Inline::Emphasis(inner) => self.font("\\fI", |roff| roff.inlines(inner)),
                Inline::Strong(inner) => self.font("\\fB", |roff| roff.inlines(inner)),
                Inline::Link(link) => match &link.target {
                    Target::Item(..) => self.inlines(&link.text),
                    Target::Url(url) => self.link(url, &link.text),
                },
                Inline::Break => self.request("br", &[]),
            }
        }
    }

    fn link(&mut self, url: &str, inner: &[Inline]) {
        let shown = url.strip_prefix("mailto:").unwrap_or(url);
        if !matches!(inner, [Inline::Text(text)] if text == shown) {
            self.inlines(inner);
            self.line.push(' ');
        }
        self.line.push('<');
        self.url(shown);
        self.line.push('>');
    }

    /// Writes lines that are shown verbatim, indented.
    pub(super) fn verbatim(&mut self, text: &str) {
        self.request("RS", &["4"]);
        self.request("nf", &[]);
        for line in text.lines() {
            let line = escape(line, Style::Code);
            self.push_line(if line.is_empty() { "\\&" } else { &line });
        }
        self.request("fi", &[]);
        self.request("RE", &[]);
    }

    /// Ends the current line of text. A long line becomes several lines of source, since roff treats the
    /// end of a line as a space.
    pub(super) fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let mut rest = line.trim_matches(' ');
        while rest.len() > LINE {
            let spaces = || breaks(rest);
            let Some(at) = spaces()
                .take_while(|at| *at <= LINE)
                .last()
                .or_else(|| spaces().next())
            else {
                break;
            };
            self.push_line(rest[..at].trim_end_matches(' '));
            rest = rest[at..].trim_start_matches(' ');
        }
        if !rest.is_empty() {
            self.push_line(rest);
        }
    }

    /// Writes a line of source. A dot or an apostrophe at its beginning is escaped, since it would make
    /// the line a request.
    fn push_line(&mut self, line: &str) {
        if line.starts_with(['.', '\'']) {
            self.out.push_str("\\&");
        }
        self.out.extend([line, "\n"]);
    }
}

/// Returns the positions at which an escaped line may be broken: its unescaped spaces.
fn breaks(line: &str) -> impl Iterator<Item = usize> {
    let bytes = line.as_bytes();
    (1..bytes.len()).filter(move |&at| bytes[at] == b' ' && bytes[at - 1] != b'\\')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Apostrophes and hyphens become typographic ones.
    Prose,
    /// All characters stay as typed, so that readers can copy them.
    Code,
}

/// Escapes all characters that roff would interpret. The result is ASCII (groff_char(7)).
fn escape(text: &str, style: Style) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\(rs"),
            '"' => out.push_str("\\(dq"),
            '`' => out.push_str("\\(ga"),
            '^' => out.push_str("\\(ha"),
            '~' => out.push_str("\\(ti"),
            '\'' if style == Style::Code => out.push_str("\\(aq"),
            '-' if style == Style::Code => out.push_str("\\-"),
            '\n' | '\t' => out.push(' '),
            ' '..='~' => out.push(c),
            _ => {
                let _ = write!(out, "\\[u{:04X}]", u32::from(c));
                if style == Style::Prose && is_cjk(c) {
                    out.push_str("\\:");
                }
            }
        }
    }
    out
}

/// Whether a line may be broken after this character, as in scripts that are written without spaces.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}')
}
