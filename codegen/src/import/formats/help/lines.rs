//! The lines of help, as a terminal shows them.

use clapspec_runtime::text::printable;

use super::super::super::confidence::{Confidence, HelpLine};

/// How far apart tabs are.
const TAB: usize = 8;

/// A line without the spaces around it.
pub(super) struct Line {
    pub(super) text: String,
    /// How many spaces are before it.
    pub(super) indent: usize,
}

impl Line {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Where the second column of the line begins, which two or more spaces separate from the first one.
    pub(super) fn second_column(&self) -> Option<usize> {
        let gap = self.text.find("  ")?;
        let text = self.text[gap..].trim_start();
        Some(self.indent + self.text[..self.text.len() - text.len()].chars().count())
    }
}

/// Splits help into lines: without colors, and with spaces in place of tabs.
pub(super) fn lines(help: &str) -> Vec<Line> {
    // In a man page, bold text is a character, a backspace and the same character again.
    let mut once = String::new();
    for char in help.chars() {
        match char {
            '\u{8}' if once.ends_with('\n') => {}
            '\u{8}' => drop(once.pop()),
            char => once.push(char),
        }
    }
    let plain = anstream::adapter::strip_str(&once).to_string();
    let lines = plain.lines().map(|line| {
        let mut shown = String::new();
        for char in line.chars() {
            match char {
                '\t' => {
                    let width = TAB - shown.chars().count() % TAB;
                    shown.extend(std::iter::repeat_n(' ', width));
                }
                char if char.is_control() => {}
                char => shown.push(char),
            }
        }
        Line {
            indent: shown.chars().count() - shown.trim_start().chars().count(),
            text: shown.trim().to_owned(),
        }
    });
    lines.collect()
}

/// What each line of a file means, as far as it is known.
pub(super) struct Marks<'a> {
    file: &'a str,
    lines: &'a [Line],
    marks: Vec<Option<(Confidence, String)>>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(file: &'a str, lines: &'a [Line]) -> Self {
        let marks = lines.iter().map(|_| None).collect();
        Self { file, lines, marks }
    }

    /// Says how certain the meaning of a line is, and why it isn't. A line that was marked before keeps the lower
    /// confidence.
    pub(super) fn set(&mut self, line: usize, confidence: Confidence, reason: &str) {
        let mark = &mut self.marks[line];
        if mark.as_ref().is_none_or(|(known, _)| confidence < *known) {
            *mark = Some((confidence, reason.to_owned()));
        }
    }

    /// The lines that are not empty. Those without a mark were not read.
    pub(super) fn finish(self) -> Vec<HelpLine> {
        let marked = self.lines.iter().zip(self.marks).enumerate();
        marked
            .filter(|(_, (line, _))| !line.is_blank())
            .map(|(number, (line, mark))| {
                let (confidence, reason) = mark.unwrap_or((Confidence::NotRead, String::new()));
                HelpLine {
                    file: self.file.to_owned(),
                    line: number + 1,
                    text: printable(&line.text),
                    confidence,
                    reason,
                }
            })
            .collect()
    }
}
