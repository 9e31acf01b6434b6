//! A document as a list of blocks: headings, paragraphs, list items, option entries and code blocks.
//!
//! This reads as much Markdown and HTML as the three documents use. No text is skipped: the blocks,
//! joined, are the document without its `<dl>` and `</dl>`.

/// A block of a document, with its markup.
pub enum Block {
    /// An HTML comment.
    Comment(String),
    /// A heading: its level, and its text with the marks around it.
    Heading(usize, String),
    /// A paragraph or a list item, with the marker of the item.
    Paragraph(String),
    /// A code block, with its fences if it has any.
    Code(String),
    /// The terms of a definition list that share a definition, and that definition.
    Entry(String),
}

impl Block {
    /// The text of the block.
    pub fn text(&self) -> &str {
        match self {
            Self::Heading(_, text) => text,
            Self::Comment(text) | Self::Paragraph(text) | Self::Code(text) | Self::Entry(text) => {
                text
            }
        }
    }
}

/// Whether a word is the marker of a list item: `*`, `-`, `1.`
pub fn is_marker(word: &str) -> bool {
    let number = word.strip_suffix('.').unwrap_or_default();
    let numbered = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    numbered || word == "*" || word == "-"
}

/// The blocks of a document, in its order.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let start = line.trim();
        if start.is_empty() {
            reader.end_paragraph();
            reader.after_blank = true;
            continue;
        }
        if start.starts_with("<!--") {
            let comment = through(line, &mut lines, |line| line.ends_with("-->"));
            reader.push(Block::Comment(comment));
        } else if start.starts_with("```") {
            let code = line.to_owned() + "\n" + &through("", &mut lines, |line| line == "```");
            reader.push(Block::Code(code));
        } else if start.starts_with("<dt") {
            let entry = through(line, &mut lines, |line| line.ends_with("</dd>"));
            reader.push(Block::Entry(entry));
        } else if start.starts_with('#') {
            let level = start.len() - start.trim_start_matches('#').len();
            reader.push(Block::Heading(level, line.to_owned()));
        } else if is_bold(start) {
            // One document uses a bold line as a heading of the second level.
            reader.push(Block::Heading(2, line.to_owned()));
        } else if start == "<dl>" || start == "</dl>" {
            reader.end_paragraph();
        } else {
            reader.line(line);
        }
        reader.after_blank = false;
    }
    reader.end_paragraph();
    reader.blocks
}

/// A line and those after it, up to and including the last line of a block.
fn through<'a>(
    first: &str,
    lines: &mut impl Iterator<Item = &'a str>,
    last: impl Fn(&str) -> bool,
) -> String {
    let mut text = first.to_owned();
    while !last(text.lines().last().unwrap_or_default().trim()) {
        text.push('\n');
        text.push_str(lines.next().expect("a block that ends"));
    }
    text
}

/// Whether a line is one bold text.
fn is_bold(line: &str) -> bool {
    let inner = line
        .strip_prefix("**")
        .and_then(|rest| rest.strip_suffix("**"));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains("**"))
}

/// The blocks read so far, and the paragraph that is being read.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    paragraph: String,
    after_blank: bool,
    /// The column at which the text of the current list item begins.
    column: usize,
}

impl Reader {
    /// Ends the paragraph, and adds a block after it.
    fn push(&mut self, block: Block) {
        self.end_paragraph();
        if matches!(block, Block::Heading(..)) {
            self.column = 0;
        }
        self.blocks.push(block);
    }

    /// Reads a line of a paragraph, a list item or an indented code block.
    fn line(&mut self, line: &str) {
        let start = line.trim_start();
        let indent = line.len() - start.len();
        let marker = start.split(' ').next().unwrap_or_default();
        if self.after_blank && indent >= self.column + 4 {
            self.push(Block::Code(line.to_owned()));
            return;
        }
        if is_marker(marker) {
            self.end_paragraph();
            let text = start[marker.len()..].trim_start();
            self.column = line.len() - text.len();
        }
        self.paragraph.push_str(line);
        self.paragraph.push('\n');
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph.is_empty() {
            let text = std::mem::take(&mut self.paragraph);
            self.blocks.push(Block::Paragraph(text));
        }
    }
}

/// A document that has lost its line breaks, with each block on its own line again.
///
/// Without line breaks, a heading has no end, so the caller lists the headings. Only a heading that is a
/// code span need not be listed.
pub fn unfold(text: &str, headings: &[&str]) -> String {
    let mut unfolded = String::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let word = rest.split(' ').next().unwrap_or_default();
        let after = rest[word.len()..].trim_start();
        if !word.is_empty() && word.chars().all(|c| c == '#') {
            let length = heading_length(after, headings);
            unfolded.push_str(&format!("\n\n{word} {}\n\n", &after[..length]));
            rest = after[length..].trim_start();
        } else if word == "```" {
            let end = after.find("```").expect("a code block that ends");
            unfolded.push_str(&format!("\n\n```\n{}\n```\n\n", after[..end].trim()));
            rest = after[end + 3..].trim_start();
        } else {
            let before = if is_marker(word) { "\n" } else { "" };
            unfolded.push_str(&format!("{before}{word} "));
            rest = after;
        }
    }
    unfolded
}

/// How long the heading is that a string begins with.
fn heading_length(text: &str, headings: &[&str]) -> usize {
    if let Some(code) = text.strip_prefix('`') {
        return 2 + code.find('`').expect("a heading that ends");
    }
    let found = headings.iter().find(|heading| text.starts_with(**heading));
    found.expect("a heading that is known").len()
}
