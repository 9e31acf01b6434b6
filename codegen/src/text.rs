//! Texts of a spec: Markdown, parsed once into a tree that each back-end walks.
//!
//! The tree knows what man pages, terminals and web pages can all show: paragraphs, lists, code,
//! quotes, emphasis and links. Other Markdown is an error that says so. A link in code brackets,
//! such as `` [`--force`] ``, names something of the program; a rule checks that it exists.

pub(crate) mod comment;
pub(crate) mod kept;
mod markdown;
mod signs;

pub(crate) use markdown::{blocks, inlines, is_url};

use crate::source::Span;

/// A text of paragraphs, lists and so on.
pub(crate) type Blocks = Vec<Block>;
/// A run of words within one paragraph.
pub(crate) type Inlines = Vec<Inline>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Inlines),
    /// Lines that are shown as they are.
    Code(String),
    Quote(Blocks),
    /// Items; `first` is the number of the first, for a numbered list.
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
    Link(Target, Inlines),
    /// The line ends here.
    Break,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// `http`, `https` or `mailto`.
    Url(String),
    /// Something of the program, as it is written: `--force`, `<account>`, `CARGO_HOME`,
    /// `authctl status`.
    Item(String, Span),
}

/// `Requires a, b and c.` Nothing without names.
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

/// A plain sentence.
pub(crate) fn plain(text: impl Into<String>) -> Inlines {
    vec![Inline::Text(text.into())]
}

/// A sentence in which backquotes mark code, unless one of them has no partner: then it is a value that has a
/// backquote in it.
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

/// A text without formatting, for terminals. Code keeps its backquotes.
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
            Inline::Link(target, inner) => {
                let start = out.len();
                push_plain(inner, out);
                if let Target::Url(url) = target {
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

/// Blocks as plain text: paragraphs are single lines, which the terminal's width breaks. Lines that must not
/// be broken begin with a tab, as [`clapspec_runtime::help`] describes.
pub(crate) fn blocks_to_plain(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_blocks(blocks, "", &mut out);
    out.trim_end().to_owned()
}

fn push_blocks(blocks: &[Block], indent: &str, out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => push_lines(&to_plain(inlines), indent, out),
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
        // The mark stands where the first line's indentation was.
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

/// Calls `visit` with each link to something of the program.
pub(crate) fn items_in_blocks(blocks: &[Block], visit: &mut impl FnMut(&str, Span)) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => items_in(inlines, visit),
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

/// As [`items_in_blocks`], for one paragraph.
pub(crate) fn items_in(inlines: &[Inline], visit: &mut impl FnMut(&str, Span)) {
    for inline in inlines {
        match inline {
            Inline::Link(Target::Item(item, span), _) => visit(item, *span),
            Inline::Link(_, inner) | Inline::Emphasis(inner) | Inline::Strong(inner) => {
                items_in(inner, visit);
            }
            Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
        }
    }
}
