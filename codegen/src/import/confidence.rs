//! The confidence in the interpretation of each line of help.

use std::fmt;

use clapspec_runtime::text::printable;

/// A line of help, and the confidence in its interpretation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HelpLine {
    /// The name of the file.
    pub file: String,
    /// The number of the line. The first line has the number 1.
    pub line: usize,
    /// The line without the spaces around it.
    pub text: String,
    /// The confidence in the interpretation of the line.
    pub confidence: Confidence,
    /// Why this is not certain. Empty if the reason is that of the line before.
    pub reason: String,
}

/// The confidence in the interpretation of a line of help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Confidence {
    /// The line isn't in the spec.
    NotRead,
    /// The line is in the spec, but may mean something else, or more.
    Guess,
    /// The line is in the spec, and such lines usually mean this.
    Likely,
    /// The line can't mean anything else.
    Certain,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotRead => "not read",
            Self::Guess => "guessed",
            Self::Likely => "likely",
            Self::Certain => "certain",
        })
    }
}

/// How many characters of a line the report shows.
const SHOWN: usize = 60;

/// The number of lines with each confidence, and the lines that are not certain. Empty for a program without lines.
pub(super) fn report(program: &str, lines: &[HelpLine]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let count = |confidence| {
        let found = lines.iter().filter(|line| line.confidence == confidence);
        format!("{} {confidence}", found.count())
    };
    let counts = [
        count(Confidence::Certain),
        count(Confidence::Likely),
        count(Confidence::Guess),
        count(Confidence::NotRead),
    ];
    let mut report = format!(
        "`{}`: {} lines of help: {}\n",
        printable(program),
        lines.len(),
        counts.join(", ")
    );
    let is_one = |before: &HelpLine, line: &HelpLine| {
        let is_next = line.file == before.file && line.line == before.line + 1;
        is_next && line.reason.is_empty() && line.confidence == before.confidence
    };
    for paragraph in lines.chunk_by(is_one) {
        let [line, more @ ..] = paragraph else {
            continue;
        };
        if line.confidence == Confidence::Certain {
            continue;
        }
        let text: String = line.text.chars().take(SHOWN).collect();
        let end = if text == line.text { "" } else { "…" };
        report += &format!(
            "{}:{}: {}: `{}{end}`",
            printable(&line.file),
            line.line,
            line.confidence,
            printable(&text)
        );
        if !line.reason.is_empty() {
            report += &format!(": {}", printable(&line.reason));
        }
        match more.len() {
            _ if line.confidence != Confidence::NotRead => {}
            0 => {}
            1 => report += ", and one more line",
            more => report += &format!(", and {more} more lines"),
        }
        report.push('\n');
    }
    report
}
