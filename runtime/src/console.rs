//! The output of a command: its result on standard output, everything else on standard error.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::contract::{Ended, Exit};
use crate::line::{Found, Line};
use crate::model::{Contract, Role};
use crate::text::{printable_lines, push_json};

/// The format of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
    PrettyJson,
}

/// Writes results and messages, as text or as JSON.
///
/// With JSON, standard output contains only the result. Each message is an object on one line of
/// standard error: `{"error": {"exit", "code", "message", "help"}}`, where `help` may be missing,
/// `{"warning": {"message"}}`, or `{"note": {"message"}}`.
#[derive(Debug)]
pub struct Console {
    pub(crate) format: Format,
    pub(crate) color: ColorChoice,
    /// The exit code for an invalid command line.
    pub(crate) usage: (&'static str, u8),
    #[cfg(feature = "confirm")]
    pub(crate) yes: bool,
    /// The option that confirms without asking.
    #[cfg(feature = "confirm")]
    pub(crate) yes_name: Option<String>,
    #[cfg(feature = "confirm")]
    pub(crate) dry_run: bool,
    /// Whether something was used that this release was meant to remove.
    has_removed: bool,
}

impl Console {
    /// Creates the console that a command line asks for, as far as it was read.
    pub(crate) fn of(line: &Line, usage: (&'static str, u8)) -> Self {
        Self {
            format: match (line.is_on(Role::Json), line.is_on(Role::PrettyJson)) {
                (_, true) => Format::PrettyJson,
                (true, false) => Format::Json,
                (false, false) => Format::Text,
            },
            color: match line.word(Role::Color) {
                Some("always") => ColorChoice::Always,
                Some("never") => ColorChoice::Never,
                _ => ColorChoice::Auto,
            },
            usage,
            #[cfg(feature = "confirm")]
            yes: line.is_on(Role::Yes),
            #[cfg(feature = "confirm")]
            yes_name: line.with_role(Role::Yes).map(|arg| arg.written()),
            #[cfg(feature = "confirm")]
            dry_run: line.is_on(Role::DryRun),
            ..Self::plain()
        }
    }

    /// Creates a console that writes text, independently of the command line.
    pub fn plain() -> Self {
        Self {
            format: Format::Text,
            color: ColorChoice::Auto,
            usage: Contract::DEFAULT.usage,
            #[cfg(feature = "confirm")]
            yes: false,
            #[cfg(feature = "confirm")]
            yes_name: None,
            #[cfg(feature = "confirm")]
            dry_run: false,
            has_removed: false,
        }
    }

    /// Creates a console that writes JSON, independently of the command line.
    pub fn json() -> Self {
        Self {
            format: Format::Json,
            ..Self::plain()
        }
    }

    /// Returns whether messages are JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.format != Format::Text
    }

    /// Returns whether JSON is indented.
    #[cfg(feature = "config")]
    pub(crate) fn is_pretty(&self) -> bool {
        self.format == Format::PrettyJson
    }

    /// Writes an error: the exit code with its name and number, the message, and how to fix the problem.
    pub fn error(&self, exit: (&str, u8), message: &str, help: Option<&str>) {
        self.error_about(exit, message, help, &Found::default());
    }

    /// As [`error`](Self::error), with the additional members that the error has in JSON.
    pub(crate) fn error_about(
        &self,
        exit: (&str, u8),
        message: &str,
        help: Option<&str>,
        found: &Found,
    ) {
        if self.format == Format::Text {
            self.labeled("error", AnsiColor::Red, message);
            if let Some(help) = help {
                self.labeled("help", AnsiColor::Cyan, help);
            }
            return;
        }
        let mut line = String::from("{\"error\":{\"exit\":");
        push_json(&mut line, exit.0);
        // Writing to a string can't fail.
        let _ = write!(line, ",\"code\":{},\"message\":", exit.1);
        push_json(&mut line, message);
        if let Some(help) = help {
            line.push_str(",\"help\":");
            push_json(&mut line, help);
        }
        for (name, text) in found.members() {
            let _ = write!(line, ",\"{name}\":");
            push_json(&mut line, text);
        }
        self.line(&(line + "}}"));
    }

    /// Writes a warning.
    pub fn warning(&self, message: &str) {
        if self.format == Format::Text {
            return self.labeled("warning", AnsiColor::Yellow, message);
        }
        self.message("warning", message);
    }

    /// Writes a note, for users who asked for verbose output.
    pub fn note(&self, message: &str) {
        match self.format {
            Format::Text => self.line(&printable_lines(message)),
            Format::Json | Format::PrettyJson => self.message("note", message),
        }
    }

    /// Writes an object with a message as a line of JSON.
    fn message(&self, kind: &str, message: &str) {
        let mut line = format!("{{\"{kind}\":{{\"message\":");
        push_json(&mut line, message);
        self.line(&(line + "}}"));
    }

    /// Writes a message to standard error, but only if messages are text.
    pub(crate) fn say(&self, message: &str) {
        if self.format == Format::Text {
            self.line(&printable_lines(message));
        }
    }

    /// Warns that something is deprecated. From the release `removal` on, this is an error. `version` is
    /// the program's own release.
    pub(crate) fn deprecated(&mut self, text: &str, removal: Option<&str>, version: Option<&str>) {
        let Some(removal) = removal else {
            return self.warning(text);
        };
        if version.is_some_and(|version| is_past(version, removal)) {
            let message = format!("{text}; since release {removal}, this is an error");
            self.error(self.usage, &message, None);
            self.has_removed = true;
        } else {
            self.warning(&format!(
                "{text}; scheduled for removal in release {removal}"
            ));
        }
    }

    /// Returns the exit code if something was used that this release was meant to remove.
    pub(crate) fn removed(&self) -> Option<ExitCode> {
        self.has_removed.then(|| ExitCode::from(self.usage.1))
    }

    /// Prints the result of a command without JSON output, and returns the exit code of the program.
    #[doc(hidden)]
    pub fn end<C: Exit>(&self, ended: Ended<C>) -> ExitCode {
        self.finish(ended, |(), _| Ok(String::new()))
    }

    /// Prints a result. `json` serializes it, or returns the reason why that is impossible.
    pub(crate) fn finish<C: Exit, T>(
        &self,
        ended: Ended<C, T>,
        json: impl FnOnce(&T, bool) -> Result<String, String>,
    ) -> ExitCode {
        let done = match ended {
            Ok(done) => done,
            Err(failure) => return failure.show(self),
        };
        let text = match self.format {
            Format::Text => Ok(done.text),
            format => json(&done.output, format == Format::PrettyJson),
        };
        let written = text.and_then(|text| {
            print(&text)
                .map_err(|error| format!("can't write the result to standard output: {error}"))
        });
        match written {
            Ok(()) => ExitCode::from(done.exit.code()),
            Err(problem) => {
                let exit = (C::FAILURE.name(), C::FAILURE.code());
                let help = "the command itself was carried out";
                self.error(exit, &problem, Some(help));
                ExitCode::from(exit.1)
            }
        }
    }

    fn labeled(&self, label: &str, color: AnsiColor, message: &str) {
        let style = color.on_default().bold();
        self.styled(style, label, &printable_lines(message));
    }

    fn styled(&self, style: Style, label: &str, message: &str) {
        self.line(&format!("{style}{label}:{style:#} {message}"));
    }

    /// Writes a line with a single write. Errors are ignored, because they must not change the exit code
    /// of the command.
    fn line(&self, line: &str) {
        let mut stream = AutoStream::new(io::stderr(), self.color);
        let _ = stream.write_all(format!("{line}\n").as_bytes());
    }
}

/// Writes a result, followed by one line break. A closed pipe is not an error.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = match text {
        "" => Ok(()),
        text => {
            let text = text.strip_suffix('\n').unwrap_or(text);
            writeln!(stdout, "{text}").and_then(|()| stdout.flush())
        }
    };
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Returns whether `version` is `removal` or a later release. Parts that are not numbers count as 0.
fn is_past(version: &str, removal: &str) -> bool {
    let numbers = |text: &str| {
        let core = text.split(['-', '+']).next().unwrap_or_default();
        let mut parts = core.split('.').map(|part| part.parse().unwrap_or(0));
        [(); 3].map(|()| parts.next().unwrap_or(0u64))
    };
    numbers(version) >= numbers(removal)
}

#[cfg(test)]
mod tests {
    use super::is_past;

    #[test]
    fn releases_are_compared_as_numbers() {
        for (version, removal, past) in [
            ("1.9.0", "2.0", false),
            ("2.0.0", "2.0", true),
            ("2.0.0-beta.1", "2", true),
            ("10.0.0", "9.5.1", true),
            ("0.1.0", "0.1.1", false),
        ] {
            assert_eq!(is_past(version, removal), past, "{version} {removal}");
        }
    }
}
