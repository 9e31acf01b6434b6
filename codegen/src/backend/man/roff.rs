//! Writing roff: every text is escaped here, so that none can become a request or an escape.

use std::fmt::Write as _;

use crate::text::{Inline, Target};

/// Bytes that a line of source may have; mandoc complains of more than 80.
const LINE: usize = 78;

/// Columns of the header of a page, on a terminal of 80.
const HEADER: usize = 78;

/// Columns of the names that readers of man pages give the manual, such as "General Commands Manual".
const MANUAL: usize = 23;

/// A page being written.
pub(super) struct Roff {
    out: String,
    /// The line of text being written, escaped.
    line: String,
    /// Fonts in force, the innermost last; roman below them.
    fonts: Vec<&'static str>,
    /// Inside the entry of a list, where paragraphs keep its indentation.
    entries: usize,
}

impl Roff {
    pub(super) fn new() -> Self {
        Self {
            out: String::new(),
            line: String::new(),
            fonts: Vec::new(),
            entries: 0,
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.end_line();
        self.out
    }

    /// A line that no reader of the page sees.
    pub(super) fn comment(&mut self, text: &str) {
        let _ = writeln!(self.out, ".\\\" {}", text.replace('\n', " "));
    }

    /// The title line. The date is digits and hyphens, and mandoc knows it only unescaped.
    ///
    /// In the header of a page, the name of the manual stands between two of the page. Where that would
    /// be too much for [`HEADER`], it is a blank.
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

    /// A request or macro with its arguments.
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

    /// An entry of a list begins: its mark is what is written up to [`end_mark`](Self::end_mark).
    pub(super) fn entry(&mut self) {
        self.request("TP", &[]);
    }

    /// The mark of an entry ends. It must be one line of source, however long.
    pub(super) fn end_mark(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.push_line(&line);
    }

    /// What follows belongs to the entry of a list, or no longer.
    pub(super) fn in_entry(&mut self, inside: bool) {
        if inside {
            self.entries += 1;
        } else {
            self.entries -= 1;
        }
    }

    /// An empty line.
    pub(super) fn space_line(&mut self) {
        self.request("sp", &[]);
    }

    /// A paragraph begins after another one.
    pub(super) fn next_paragraph(&mut self) {
        // `.PP` would leave the indentation of an entry.
        self.request(if self.entries > 0 { "IP" } else { "PP" }, &[]);
    }

    /// A bullet list's item begins.
    pub(super) fn bullet(&mut self) {
        self.end_line();
        self.out.push_str(".IP \\(bu 2\n");
    }

    pub(super) fn text(&mut self, text: &str) {
        self.line.push_str(&escape(text, Style::Prose));
    }

    /// A space between words, where no line may end.
    pub(super) fn fixed_space(&mut self) {
        self.line.push_str("\\ ");
    }

    /// Text that is neither prose nor to be typed.
    pub(super) fn mark(&mut self, text: &str) {
        self.line.push_str(&escape(text, Style::Code));
    }

    /// What is typed as it is.
    pub(super) fn strong(&mut self, text: &str) {
        self.font("\\fB", |roff| {
            roff.line.push_str(&escape(text, Style::Code))
        });
    }

    /// What stands for something else.
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

    /// A space between words, where a line may end.
    pub(super) fn space(&mut self) {
        self.line.push(' ');
    }

    /// An address, which may be broken after each slash.
    pub(super) fn url(&mut self, url: &str) {
        let url = escape(url, Style::Code).replace('/', "/\\:");
        self.line.push_str(&url);
    }

    /// Words of a paragraph, and the end of a line.
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
                Inline::Link(Target::Item(..), inner) => self.inlines(inner),
                Inline::Link(Target::Url(url), inner) => self.link(url, inner),
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

    /// Lines that are shown as they are, indented.
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

    /// Ends the line of text being written. It becomes several lines of source where it is long:
    /// to roff, the end of a line is a space.
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

    /// A line of source. At its beginning a dot or an apostrophe would make it a request.
    fn push_line(&mut self, line: &str) {
        if line.starts_with(['.', '\'']) {
            self.out.push_str("\\&");
        }
        self.out.extend([line, "\n"]);
    }
}

/// Where an escaped line may be broken: at its spaces, unless one is escaped.
fn breaks(line: &str) -> impl Iterator<Item = usize> {
    let bytes = line.as_bytes();
    (1..bytes.len()).filter(move |&at| bytes[at] == b' ' && bytes[at - 1] != b'\\')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Apostrophes and hyphens are those of a printed text.
    Prose,
    /// Everything is what the keyboard types, so that it can be copied.
    Code,
}

/// Text without a meaning to roff, in ASCII (groff_char(7)).
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

/// Whether a line may end after this character: scripts that are written without spaces.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}')
}
