//! The messages that a command writes to standard error while it runs.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clapspec_runtime::Console;

use crate::cli::{DisplayColor, DisplayOptions, OutputOptions};
use crate::error::plain;

/// How many messages are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// Only errors and warnings: `-q`.
    Quiet,
    /// Also what was done.
    Normal,
    /// Also why: `-v`.
    Verbose,
    /// Also what was read: `-vv`.
    Trace,
}

/// The format of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// Text for people. Messages report what was done.
    Human,
    /// JSON, which is printed when the command ends.
    Json,
}

/// Writes messages in the format that the command line asks for.
///
/// A message that can't be written is dropped, because that must not stop the removal of a token.
#[derive(Debug)]
pub struct Report {
    /// How many messages are shown.
    level: Level,
    /// The format of the result.
    format: Format,
    /// When messages have color.
    color: ColorChoice,
    /// The messages shown so far.
    shown: RefCell<BTreeSet<String>>,
}

impl Report {
    /// Returns a report in the format that the options ask for. Without `output`, it is for people.
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
            shown: RefCell::default(),
        }
    }

    /// Returns a report for a shell that asks for values while the user types. It shows only what must
    /// not be missed, and standard error is discarded then.
    pub fn silent() -> Self {
        Self {
            level: Level::Quiet,
            format: Format::Human,
            color: ColorChoice::Never,
            shown: RefCell::default(),
        }
    }

    /// Reports what was done. With JSON, the result has this instead.
    pub fn done(&self, what: impl Display) {
        if self.level >= Level::Normal && self.format == Format::Human {
            self.line("", Style::new(), what);
        }
    }

    /// Reports additional information. It is not shown with JSON.
    pub fn note(&self, what: impl Display) {
        if self.level >= Level::Normal && self.format == Format::Human {
            self.line("note", AnsiColor::BrightCyan.on_default().bold(), what);
        }
    }

    /// Reports that the program waits, also with JSON: a program that seems to hang must say why.
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

    /// Reports an unusual condition that did not stop the program. It is shown even with `-q`.
    pub fn warning(&self, what: impl Display) {
        match self.format {
            Format::Human => self.line("warning", AnsiColor::Yellow.on_default().bold(), what),
            Format::Json if self.is_new(&what.to_string()) => {
                Console::json().warning(&what.to_string());
            }
            Format::Json => {}
        }
    }

    /// Reports that a token is left, or that something could not be read. It is shown even with `-q`.
    /// With JSON, the result has this instead.
    pub fn problem(&self, what: impl Display) {
        if self.format == Format::Human {
            self.line("warning", AnsiColor::Yellow.on_default().bold(), what);
        }
    }

    /// Reports why the program does something. It is shown with `-v`.
    pub fn verbose(&self, what: impl Display) {
        self.detail(Level::Verbose, what);
    }

    /// Reports what was read. It is shown with `-vv`.
    pub fn trace(&self, what: impl Display) {
        self.detail(Level::Trace, what);
    }

    /// Writes a message that is shown from this level on.
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

    /// Whether a message was not shown yet. Something may be read twice, but is reported once.
    fn is_new(&self, what: &str) -> bool {
        self.shown.borrow_mut().insert(what.to_owned())
    }

    /// Asks a question. The cursor stays after it.
    pub fn question(&self, what: impl Display) {
        let mut stream = self.stream();
        let _ = write!(stream, "{} ", lines(&what)).and_then(|()| stream.flush());
    }

    /// Ends the line of a question that was not answered with Enter.
    pub fn end_line(&self) {
        let _ = self.stream().write_all(b"\n");
    }

    /// Writes a message in a single write, so that it isn't mixed with messages of other programs.
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

    /// Returns standard error, with or without color. `auto` obeys `NO_COLOR`, `CLICOLOR_FORCE`,
    /// `TERM=dumb`, and whether standard error is a terminal.
    fn stream(&self) -> AutoStream<io::Stderr> {
        AutoStream::new(io::stderr(), self.color)
    }
}

/// Returns a message without control characters, which paths may contain, except for line breaks.
fn lines(what: &impl Display) -> String {
    let what = what.to_string();
    let lines: Vec<String> = what.split('\n').map(plain).collect();
    lines.join("\n")
}
