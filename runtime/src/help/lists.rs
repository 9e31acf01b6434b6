//! The layout of lists.

use super::entries::{Entry, List, Shown, explains_choices, visible};
use super::paint::{Line, Paint};
use super::text;
use super::wrap::{Paragraph, columns, indent};
use crate::model::Arg;

/// The column at which names begin.
const NAME: usize = 2;
/// The number of spaces between a name and its help on the same line.
const GAP: usize = 2;
/// The column at which help on a line of its own begins.
const NEXT_LINE: usize = 10;

/// The layout of help.
#[derive(Clone, Copy)]
pub(super) struct Layout<'a> {
    pub(super) paint: &'a Paint,
    pub(super) width: usize,
    /// Whether help is always on a line of its own, after the name.
    pub(super) next_line: bool,
}

impl Layout<'_> {
    /// Adds a heading, after a blank line.
    pub(super) fn heading(self, out: &mut String, heading: &str) {
        super::separate(out);
        self.paint.header.paint(out, &[heading, ":"].concat());
        out.push('\n');
    }

    /// Adds a list with its heading, or nothing if it is empty.
    pub(super) fn list(self, out: &mut String, list: &List<'_>) {
        if list.entries.is_empty() {
            return;
        }
        self.heading(out, &list.heading);
        match list.long {
            true => self.long(out, &list.entries),
            false => self.short(out, &list.entries),
        }
    }

    /// Adds entries, each on one line if it fits.
    pub(super) fn short(self, out: &mut String, entries: &[Entry<'_>]) {
        let longest = entries.iter().map(|entry| entry.name.columns).max();
        // The shortest name of an option takes two columns.
        let column = NAME + longest.unwrap_or_default().max(2) + GAP;
        let next_line = self.next_line || self.is_narrow(column, entries);
        for entry in entries {
            indent(out, NAME);
            out.push_str(&entry.name.text);
            if entry.help.is_empty() {
                out.push('\n');
            } else if next_line {
                out.push('\n');
                self.block(out, NEXT_LINE, &entry.help.text);
            } else {
                indent(out, column - NAME - entry.name.columns);
                let mut paragraph = Paragraph::at(out, column, column, self.width);
                paragraph.words(&entry.help.text);
                paragraph.end();
            }
        }
    }

    /// Returns whether names are so wide that help goes on a line of its own. This is clap's rule.
    fn is_narrow(self, column: usize, entries: &[Entry<'_>]) -> bool {
        let left = self.width.saturating_sub(column);
        column * 5 > self.width * 2 && entries.iter().any(|entry| entry.help.columns > left)
    }

    /// Adds entries with all details, separated by blank lines.
    fn long(self, out: &mut String, entries: &[Entry<'_>]) {
        for (at, entry) in entries.iter().enumerate() {
            if at > 0 {
                out.push('\n');
            }
            indent(out, NAME);
            out.push_str(&entry.name.text);
            out.push('\n');
            let name_ends = out.len();
            if !entry.help.is_empty() {
                self.block(out, NEXT_LINE, &entry.help.text);
            }
            if let Some(shown) = entry.more {
                self.details(out, name_ends, shown);
            }
        }
    }

    /// Adds the details of an argument or option in long help.
    fn details(self, out: &mut String, name_ends: usize, shown: &Shown<'_>) {
        // A blank line separates two parts, but not the name and the first part.
        let blank = |out: &mut String| out.push_str(if out.len() > name_ends { "\n" } else { "" });
        if !shown.arg.description.is_empty() {
            blank(out);
            text::write(out, shown.arg.description, NEXT_LINE, self.width);
        }
        if explains_choices(shown.arg) {
            blank(out);
            self.choices(out, shown.arg);
        } else {
            let mut values = Line::default();
            shown.possible_values(&mut values, self.paint);
            if !values.is_empty() {
                blank(out);
                self.block(out, NEXT_LINE, &values.text);
            }
        }
        let sentences = shown.facts.iter().map(|fact| &*fact.sentence);
        let mut sentences = sentences.filter(|sentence| !sentence.is_empty()).peekable();
        if sentences.peek().is_some() {
            blank(out);
            self.sentences(out, NEXT_LINE, sentences);
        }
        let mut values = Line::default();
        shown.values(&mut values, self.paint, "\n");
        if !values.is_empty() {
            blank(out);
            for line in values.text.split('\n') {
                self.block(out, NEXT_LINE, line);
            }
        }
    }

    /// Adds the list of choices with their descriptions.
    fn choices(self, out: &mut String, arg: &Arg) {
        const MARK: &str = "- ";
        let longest = visible(arg)
            .map(|choice| columns(choice.name))
            .max()
            .unwrap_or_default();
        indent(out, NEXT_LINE);
        out.push_str("Possible values:\n");
        for choice in visible(arg) {
            let name = columns(choice.name);
            indent(out, NEXT_LINE);
            out.push_str(MARK);
            self.paint.literal.paint(out, choice.name);
            if !choice.help.is_empty() {
                out.push_str(": ");
                indent(out, longest - name);
                let hang = NEXT_LINE + MARK.len();
                let column = hang + longest + ": ".len();
                let mut paragraph = Paragraph::at(out, column, hang, self.width);
                paragraph.words(choice.help);
            }
            out.push('\n');
        }
    }

    /// Adds sentences as one paragraph.
    pub(super) fn sentences<'a>(
        self,
        out: &mut String,
        column: usize,
        sentences: impl Iterator<Item = &'a str>,
    ) {
        let mut paragraph = Paragraph::indented(out, column, self.width);
        for sentence in sentences {
            paragraph.words(sentence);
        }
        paragraph.end();
    }

    /// Adds a paragraph.
    pub(super) fn block(self, out: &mut String, column: usize, text: &str) {
        self.sentences(out, column, std::iter::once(text));
    }
}
