//! Shows how examples differ from the spec.

use std::fmt::Write;
use std::time::Duration;

use clapspec_runtime::clap::builder::styling::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::{Failure, Outcome, Problem};
use crate::report::counted;
use crate::source::{display, printable};

/// How long to look for the smallest difference.
const LIMIT: Duration = Duration::from_millis(500);
/// How many equal lines are shown around a difference.
const CONTEXT: usize = 3;

impl Outcome {
    /// Shows all differences as text, in color if `color` is set.
    pub fn render(&self, color: bool) -> String {
        let mut out = String::new();
        for failure in &self.failures {
            failure.write(&mut out, color);
        }
        let error = Paint { color }.style(AnsiColor::Red.on_default().bold(), "error");
        for path in &self.unused {
            let _ = writeln!(
                out,
                "{error}: no example has the picture `{}`\n",
                display(path)
            );
        }
        out
    }

    /// The number of examples, in words: `2 of 12 examples differ from the spec`.
    pub fn summary(&self) -> String {
        let all = counted(self.run, "example");
        let mut text = match self.failures.len() {
            0 if self.updated == 0 => format!("{all} checked"),
            0 => String::new(),
            1 => format!("1 of {all} differs from the spec"),
            many => format!("{many} of {all} differ from the spec"),
        };
        if self.updated > 0 {
            let before = if text.is_empty() { "" } else { ", " };
            let _ = write!(text, "{before}{} updated", counted(self.updated, "example"));
        }
        text
    }
}

impl Failure {
    fn write(&self, out: &mut String, color: bool) {
        let paint = Paint { color };
        let error = paint.style(AnsiColor::Red.on_default().bold(), "error");
        let arrow = paint.style(AnsiColor::Blue.on_default().bold(), "-->");
        let path = printable(&self.place.path);
        let start = self.place.start;
        for problem in &self.problems {
            let what = paint.style(Style::new().bold(), &what(problem));
            let _ = writeln!(out, "{error}: {what}");
            let _ = writeln!(out, "  {arrow} {path}:{}:{}", start.line, start.column);
            let _ = writeln!(out, "  $ {}\n", printable(&self.run));
            if let Some((expected, actual)) = problem.texts() {
                paint.difference(out, expected, actual);
                out.push('\n');
            }
        }
    }
}

impl Problem {
    /// The text by the spec and the text that was found, if there are both.
    fn texts(&self) -> Option<(&str, &str)> {
        match self {
            Self::Output { expected, actual } => Some((expected, actual)),
            Self::File {
                expected, actual, ..
            } => Some((expected, actual.as_deref()?)),
            _ => None,
        }
    }
}

/// Returns a problem in words.
fn what(problem: &Problem) -> String {
    match problem {
        Problem::Output { .. } => "the output of an example differs".to_owned(),
        Problem::Status { expected, actual } => match actual {
            Some(actual) => format!("expected exit status {expected}, found {actual}"),
            None => format!("expected exit status {expected}, but a signal ended the example"),
        },
        Problem::File { path, actual, .. } => match actual {
            Some(_) => format!("the file `{path}` differs after the example"),
            None => format!("the file `{path}` doesn't exist after the example"),
        },
        Problem::FileLeft(path) => format!("`{path}` still exists after the example"),
        Problem::Picture {
            path, is_missing, ..
        } => {
            let what = if *is_missing {
                "doesn't exist"
            } else {
                "is out of date"
            };
            format!("the picture `{}` {what}", display(path))
        }
        Problem::Timeout(limit) => {
            format!("the example didn't end within {limit:?}")
        }
        Problem::TooLong(limit) => format!("the example printed more than {limit} bytes"),
        Problem::NotTested(reason) => format!("the example can't be tested: {}", printable(reason)),
    }
}

struct Paint {
    color: bool,
}

impl Paint {
    fn style(&self, style: Style, text: &str) -> String {
        match self.color {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }

    /// Shows the lines that differ, and some lines around them. `-` is expected, `+` is actual.
    fn difference(&self, out: &mut String, expected: &str, actual: &str) {
        let whole = |text: &str| match text.trim_end() {
            "" => String::new(),
            text => text.to_owned() + "\n",
        };
        let (expected, actual) = (whole(expected), whole(actual));
        // Long texts without equal lines would take minutes.
        let diff = TextDiff::configure()
            .timeout(LIMIT)
            .diff_lines(&expected, &actual);
        for (at, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
            if at > 0 {
                out.push_str("    ⋮\n");
            }
            for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                let (sign, style) = match change.tag() {
                    ChangeTag::Delete => ('-', AnsiColor::Red.on_default()),
                    ChangeTag::Insert => ('+', AnsiColor::Green.on_default()),
                    ChangeTag::Equal => (' ', Style::new()),
                };
                let line = printable(change.value().trim_end_matches('\n'));
                let line = format!("{sign} {line}");
                let line = self.style(style, line.trim_end());
                let _ = writeln!(out, "    {line}");
            }
        }
    }
}
