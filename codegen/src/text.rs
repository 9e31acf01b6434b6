//! The texts of a spec: Markdown, parsed once into a tree that all back-ends use.
//!
//! The tree supports what man pages, terminals and web pages can all show: paragraphs, lists, code,
//! quotes, emphasis and links. Other Markdown is an error. A link in code brackets, such as
//! `` [`--force`] ``, refers to an item of the program; a rule checks that the item exists.

pub(crate) mod comment;
pub(crate) mod kept;
mod markdown;
mod plain;
mod signs;

pub(crate) use markdown::{blocks, inlines, is_url, sections};

use crate::source::Span;

/// Text that consists of paragraphs, lists and other blocks.
pub(crate) type Blocks = Vec<Block>;
/// Formatted text within one paragraph.
pub(crate) type Inlines = Vec<Inline>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Inlines),
    /// A heading within the text of a command.
    Heading(Inlines),
    /// Lines that are shown verbatim.
    Code(String),
    Quote(Blocks),
    /// A list. `first` is the number of the first item in a numbered list.
    List {
        first: Option<u64>,
        items: Vec<Blocks>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Inline {
    Text(String),
    Code(String),
    Emphasis(Inlines),
    Strong(Inlines),
    Link(Box<Link>),
    /// A line break.
    Break,
}

impl Inline {
    pub(crate) fn link(target: Target, text: Inlines) -> Self {
        Self::Link(Box::new(Link { target, text }))
    }
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) target: Target,
    pub(crate) text: Inlines,
}

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A URL with the scheme `http`, `https` or `mailto`.
    Url(String),
    /// An item of the program, as it is written: `--force`, `<account>`, `CARGO_HOME`,
    /// `authctl status`.
    Item(String, Span),
}

/// Returns a sentence such as `Requires a, b and c.` It is empty without names.
pub(crate) fn sentence(beginning: &str, names: Vec<Inline>, last: &str) -> Inlines {
    let count = names.len();
    if count == 0 {
        return Inlines::new();
    }
    let mut words = vec![Inline::Text(beginning.into())];
    for (i, name) in names.into_iter().enumerate() {
        match count - i {
            _ if i == 0 => {}
            1 => words.push(Inline::Text(last.into())),
            _ => words.push(Inline::Text(", ".into())),
        }
        words.push(name);
    }
    words.push(Inline::Text(".".into()));
    words
}

/// Characters that end a sentence, in several scripts.
const ENDS: [char; 10] = ['.', '!', '?', ':', '…', '。', '！', '？', '؟', '।'];

/// Turns a one-line text into a sentence by adding the full stop that it doesn't have in the spec.
pub(crate) fn ended(inlines: &[Inline]) -> Inlines {
    let mut sentence = inlines.to_vec();
    let text = to_plain(inlines);
    if !text.is_empty() && !text.ends_with(ENDS) {
        sentence.push(Inline::Text(".".into()));
    }
    sentence
}

/// Turns the first letter of a sentence into a capital.
pub(crate) fn capitalized(mut words: Inlines) -> Inlines {
    if let Some(Inline::Text(first)) = words.first_mut() {
        if let Some(letter) = first.get(..1) {
            *first = letter.to_uppercase() + &first[1..];
        }
    }
    words
}

/// Returns text without formatting.
pub(crate) fn plain(text: impl Into<String>) -> Inlines {
    vec![Inline::Text(text.into())]
}

/// Parses a sentence in which backquotes enclose code. With an odd number of backquotes, one of them
/// belongs to a value, so the sentence is returned without formatting.
pub(crate) fn marked(text: &str) -> Inlines {
    if text.matches('`').count() % 2 == 1 {
        return plain(text);
    }
    let parts = text.split('`').enumerate();
    let parts = parts.filter(|(_, part)| !part.is_empty());
    parts
        .map(|(at, part)| match at % 2 {
            0 => Inline::Text(part.to_owned()),
            _ => Inline::Code(part.to_owned()),
        })
        .collect()
}

/// Converts text to plain text, for terminals. Code keeps its backquotes.
pub(crate) fn to_plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(inlines, &mut text);
    text
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Code(code) => out.extend(["`", code, "`"]),
            Inline::Emphasis(inner) | Inline::Strong(inner) => push_plain(inner, out),
            Inline::Link(link) => {
                let start = out.len();
                push_plain(&link.text, out);
                if let Target::Url(url) = &link.target {
                    let shown = url.strip_prefix("mailto:").unwrap_or(url);
                    if out[start..] != *shown {
                        out.extend([" <", shown, ">"]);
                    }
                }
            }
            Inline::Break => out.push('\n'),
        }
    }
}

/// Converts blocks to plain text. Paragraphs become single lines, which are wrapped to the terminal's
/// width later. Lines that must not be wrapped begin with a tab, as [`clapspec_runtime::help`]
/// describes.
pub(crate) fn blocks_to_plain(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_blocks(blocks, "", &mut out);
    out.trim_end().to_owned()
}

fn push_blocks(blocks: &[Block], indent: &str, out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => push_lines(&to_plain(inlines), indent, out),
            Block::Heading(inlines) => push_lines(&format!("{}:", to_plain(inlines)), indent, out),
            Block::Code(code) => push_lines(code, &format!("{indent}\t"), out),
            Block::Quote(inner) => push_blocks(inner, &format!("{indent}  "), out),
            Block::List { first, items } => {
                push_items(*first, items, indent, out);
                continue;
            }
        }
        out.push('\n');
    }
}

fn push_lines(text: &str, indent: &str, out: &mut String) {
    for line in text.lines() {
        out.extend([indent, line, "\n"]);
    }
}

fn push_items(first: Option<u64>, items: &[Blocks], indent: &str, out: &mut String) {
    for (i, item) in items.iter().enumerate() {
        let mark = match first {
            Some(first) => format!("{}. ", first.saturating_add(i as u64)),
            None => "- ".to_owned(),
        };
        let start = out.len();
        push_blocks(item, &format!("{indent}{}", " ".repeat(mark.len())), out);
        // The mark replaces the end of the first line's indentation.
        let end = start + indent.len() + mark.len();
        if out.len() >= end {
            out.replace_range(start + indent.len()..end, &mark);
        }
        while out.ends_with("\n\n") {
            out.pop();
        }
    }
    out.push('\n');
}

/// Calls `visit` with each link to an item of the program.
pub(crate) fn items_in_blocks(blocks: &[Block], visit: &mut impl FnMut(&str, Span)) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => items_in(inlines, visit),
            Block::Code(_) => {}
            Block::Quote(inner) => items_in_blocks(inner, visit),
            Block::List { items, .. } => {
                for item in items {
                    items_in_blocks(item, visit);
                }
            }
        }
    }
}

/// Like [`items_in_blocks`], for one paragraph.
pub(crate) fn items_in(inlines: &[Inline], visit: &mut impl FnMut(&str, Span)) {
    for inline in inlines {
        match inline {
            Inline::Link(link) => match &link.target {
                Target::Item(item, span) => visit(item, *span),
                Target::Url(_) => items_in(&link.text, visit),
            },
            Inline::Emphasis(inner) | Inline::Strong(inner) => items_in(inner, visit),
            Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
        }
    }
}

/// Replaces the tabs in a line by spaces, up to the next multiple of 8 columns. Each character counts as one
/// column.
pub(crate) fn expand_tabs(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut column = 0;
    for c in line.chars() {
        let (c, count) = match c {
            '\t' => (' ', 8 - column % 8),
            c => (c, 1),
        };
        out.extend(std::iter::repeat_n(c, count));
        column += count;
    }
    out
}
