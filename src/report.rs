//! What the user gets to see while a command runs: messages on standard error.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clapspec_runtime::Console;

use crate::cli::{DisplayColor, DisplayOptions, OutputOptions};
use crate::error::plain;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// Errors and warnings: `-q`.
    Quiet,
    /// What was done.
    Normal,
    /// And why: `-v`.
    Verbose,
    /// And what was looked at: `-vv`.
    Trace,
}

/// The form of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// Nothing on standard output; messages say it.
    Human,
    /// JSON, which is printed when the command has ended.
    Json,
}

/// Writes messages in the form that the command line asks for.
///
/// A message that cannot be written is dropped: it must not keep a token from being removed.
#[derive(Debug)]
pub struct Report {
    /// How much is said.
    level: Level,
    /// The form of the result.
    format: Format,
    /// When messages have color.
    color: ColorChoice,
    /// What was said so far.
    said: RefCell<BTreeSet<String>>,
}

impl Report {
    /// A report in the form that the options ask for. Without `output`: for people.
    pub fn new(display: &DisplayOptions, output: Option<&OutputOptions>) -> Self {
        Self {
            level: match (*display.quiet, *display.verbose) {
                (true, _) => Level::Quiet,
                (false, 0) => Level::Normal,
                (false, 1) => Level::Verbose,
                (false, _) => Level::Trace,
            },
            format: match output {
                Some(output) if output.json || output.pretty_json => Format::Json,
                _ => Format::Human,
            },
            color: match *display.color {
                DisplayColor::Auto => ColorChoice::Auto,
                DisplayColor::Always => ColorChoice::Always,
                DisplayColor::Never => ColorChoice::Never,
            },
            said: RefCell::default(),
        }
    }

    /// What was done. Not with JSON, the result says it.
    pub fn done(&self, what: impl Display) {
        if self.level >= Level::Normal && self.format == Format::Human {
            self.line("", Style::new(), what);
        }
    }

    /// Something to know besides. Not with JSON.
    pub fn note(&self, what: impl Display) {
        if self.level >= Level::Normal && self.format == Format::Human {
            self.line("note", AnsiColor::BrightCyan.on_default().bold(), what);
        }
    }

    /// That the program waits. With JSON too: a program that hangs must say why.
    pub fn waiting(&self, what: impl Display) {
        if self.level < Level::Normal {
            return;
        }
        match self.format {
            Format::Human => {
                self.line("waiting", AnsiColor::BrightCyan.on_default().bold(), what);
            }
            Format::Json => Console::json().warning(&what.to_string()),
        }
    }

    /// Something odd that did not stop the program. Said even with `-q`.
    pub fn warning(&self, what: impl Display) {
        match self.format {
            Format::Human => self.line("warning", AnsiColor::Yellow.on_default().bold(), what),
            Format::Json if self.is_new(&what.to_string()) => {
                Console::json().warning(&what.to_string());
            }
            Format::Json => {}
        }
    }

    /// What the result says too, with JSON: that a token is left, or what could not be read. Said even
    /// with `-q`; not with JSON.
    pub fn problem(&self, what: impl Display) {
        if self.format == Format::Human {
            self.line("warning", AnsiColor::Yellow.on_default().bold(), what);
        }
    }

    /// How the program came to do what it does: `-v`.
    pub fn verbose(&self, what: impl Display) {
        self.detail(Level::Verbose, what);
    }

    /// Everything that was looked at: `-vv`.
    pub fn trace(&self, what: impl Display) {
        self.detail(Level::Trace, what);
    }

    /// Something for those who asked for more words.
    fn detail(&self, level: Level, what: impl Display) {
        if self.level < level {
            return;
        }
        match self.format {
            Format::Human => self.line("", AnsiColor::BrightBlack.on_default(), what),
            Format::Json if self.is_new(&what.to_string()) => {
                Console::json().note(&what.to_string());
            }
            Format::Json => {}
        }
    }

    /// Whether a message was not said yet. What is looked at twice is said once.
    fn is_new(&self, what: &str) -> bool {
        self.said.borrow_mut().insert(what.to_owned())
    }

    /// A question; the cursor stays behind it.
    pub fn question(&self, what: impl Display) {
        let mut stream = self.stream();
        let _ = write!(stream, "{} ", lines(&what)).and_then(|()| stream.flush());
    }

    /// Ends the line of a question whose answer ended without Enter.
    pub fn end_line(&self) {
        let _ = self.stream().write_all(b"\n");
    }

    /// One message in one write, so that it does not mix with those of another program.
    fn line(&self, label: &str, style: Style, what: impl Display) {
        let what = lines(&what);
        if !self.is_new(&what) {
            return;
        }
        let text = match (label.is_empty(), style.is_plain()) {
            (true, true) => format!("{what}\n"),
            (true, false) => format!("{style}{what}{style:#}\n"),
            (false, _) => format!("{style}{label}:{style:#} {what}\n"),
        };
        let _ = self.stream().write_all(text.as_bytes());
    }

    /// Standard error with or without color. `auto` obeys `NO_COLOR`, `CLICOLOR_FORCE`,
    /// `TERM=dumb` and whether it is a terminal.
    fn stream(&self) -> AutoStream<io::Stderr> {
        AutoStream::new(io::stderr(), self.color)
    }
}

/// A message without characters that a terminal would obey, but for line ends: paths may hold them.
fn lines(what: &impl Display) -> String {
    let what = what.to_string();
    let lines: Vec<String> = what.split('\n').map(plain).collect();
    lines.join("\n")
}
