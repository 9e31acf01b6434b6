//! A shell on a terminal, on which a test types and whose screen it reads.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::support::pty::open;

/// The prompt of all shells.
pub const PROMPT: &str = "@> ";

/// The size of the screen.
const ROWS: NonZeroU16 = NonZeroU16::new(50).unwrap();
const COLUMNS: NonZeroU16 = NonZeroU16::new(80).unwrap();

/// How long a screen stays the same before it counts as finished.
pub const QUIET: Duration = Duration::from_millis(150);

/// The same on a machine that is busy. A try that fails is repeated with this.
pub const PATIENT: Duration = Duration::from_millis(1000);

/// How long to wait for a program's answer. A program that has none after two seconds ends itself.
const ANSWER: Duration = Duration::from_secs(5);

/// How long to wait for anything at all.
const LONGEST: Duration = Duration::from_secs(30);

/// A shell on a terminal of its own.
pub struct Terminal {
    /// The test's end of the terminal.
    file: File,
    child: Child,
    parser: vt100::Parser,
    /// Where the program writes each request.
    log: PathBuf,
    /// How long the screen stays the same before it counts as finished.
    quiet: Duration,
}

impl Terminal {
    /// Starts a shell on a terminal of 80 columns. `log` is the file in which the program writes each
    /// request.
    pub fn start(shell: &mut Command, log: &Path, quiet: Duration) -> Self {
        let (file, other) = open(ROWS.get(), COLUMNS.get());
        let copy = || other.try_clone().expect("a copy");
        let child = shell
            .stdin(copy())
            .stdout(copy())
            .stderr(copy())
            .spawn()
            .expect("the shell starts");
        Self {
            file,
            child,
            parser: vt100::Parser::new(ROWS, COLUMNS, 0),
            log: log.to_owned(),
            quiet,
        }
    }

    /// Returns the screen, without spaces at the ends of lines.
    pub fn screen(&self) -> String {
        let lines = self.parser.screen().rows(0, 80);
        let lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
        lines.join("\n").trim_end().to_owned()
    }

    /// Returns the line after the last prompt, with the lines into which it is wrapped.
    pub fn line(&self) -> String {
        let (first, end) = self.rows();
        let lines: Vec<String> = self
            .parser
            .screen()
            .rows(0, 80)
            .skip(first)
            .take(end - first)
            .collect();
        lines.concat().trim_start_matches(PROMPT).to_owned()
    }

    /// Returns the row of the last prompt, and the first row after its command line.
    fn rows(&self) -> (usize, usize) {
        let screen = self.parser.screen();
        let lines: Vec<String> = screen.rows(0, 80).collect();
        let first = lines
            .iter()
            .rposition(|line| line.starts_with(PROMPT))
            .unwrap_or_default();
        let mut end = first + 1;
        while screen.row_wrapped(end as u16 - 1) {
            end += 1;
        }
        (first, end)
    }

    /// Returns the line after the last prompt, with `|` at the cursor.
    pub fn line_with_cursor(&self) -> String {
        let (first, _) = self.rows();
        let (row, column) = self.parser.screen().cursor_position();
        let line = self.line();
        let at = (usize::from(row).saturating_sub(first)) * 80 + usize::from(column);
        let at = at.saturating_sub(PROMPT.len());
        let mut padded: Vec<char> = line.chars().collect();
        while padded.len() < at {
            padded.push(' ');
        }
        let (before, after): (String, String) =
            (padded[..at].iter().collect(), padded[at..].iter().collect());
        format!("{before}|{}", after.trim_end())
    }

    /// Returns the lines that are not the command line: the menu.
    pub fn below_line(&self) -> Vec<String> {
        let (first, end) = self.rows();
        let lines = self.parser.screen().rows(0, 80).enumerate();
        let other = lines.filter(|(at, _)| *at < first || *at >= end);
        let other = other.filter(|(_, line)| !line.starts_with(PROMPT));
        other.map(|(_, line)| line.trim_end().to_owned()).collect()
    }

    /// Closes the list of candidates: in elvish with Enter, which inserts the one that is selected, and
    /// in Nushell with Escape.
    pub fn close_menu(&mut self) {
        let screen = self.screen();
        if screen.contains("COMPLETING") {
            self.type_keys("\r");
            self.settle();
        }
        if screen.contains("@| ") {
            self.type_keys("\x1b");
            self.settle();
        }
    }

    /// Presses Enter, and returns the arguments that the program prints.
    pub fn run_line(&mut self) -> Vec<String> {
        let before = self.requests("end");
        self.type_keys("\r");
        let start = Instant::now();
        while self.requests("end") == before && start.elapsed() < Duration::from_secs(3) {
            self.read(Duration::from_millis(20));
        }
        self.settle();
        // The program writes its arguments into its log, as Rust writes strings.
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let last = log
            .lines()
            .rfind(|line| line.starts_with("end"))
            .unwrap_or_default();
        let words: Vec<String> =
            serde_json::from_str(last.trim_start_matches("end ")).unwrap_or_default();
        words.into_iter().skip(1).collect()
    }

    /// Reads until the screen contains this text.
    pub fn wait_for(&mut self, what: &str) {
        let start = Instant::now();
        while !self.screen().contains(what) {
            assert!(
                start.elapsed() < LONGEST,
                "no {what:?} on the screen:\n{}",
                self.screen()
            );
            self.read(QUIET);
        }
    }

    /// Reads until the screen stays the same.
    pub fn settle(&mut self) {
        while self.read(self.quiet) {}
    }

    /// Types keys.
    pub fn type_keys(&mut self, keys: &str) {
        self.file.write_all(keys.as_bytes()).expect("a terminal");
    }

    /// Presses Tab, and waits for the shell to show the result.
    pub fn tab(&mut self) {
        let before = self.requests("end");
        self.type_keys("\t");
        let start = Instant::now();
        // Some shells don't ask again, and a program that is gone never answers.
        while self.requests("end") == before && start.elapsed() < Duration::from_millis(1500) {
            self.read(Duration::from_millis(20));
        }
        while self.requests("begin") > self.requests("end") && start.elapsed() < ANSWER {
            self.read(Duration::from_millis(20));
        }
        self.settle();
    }

    fn requests(&self, what: &str) -> usize {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        log.lines().filter(|line| line.starts_with(what)).count()
    }

    /// Reads what the terminal shows next, for at most this time. Returns whether there was anything.
    fn read(&mut self, limit: Duration) -> bool {
        let limit = Timespec {
            tv_sec: limit.as_secs() as i64,
            tv_nsec: i64::from(limit.subsec_nanos()),
        };
        let mut waiting = [PollFd::new(&self.file, PollFlags::IN)];
        if poll(&mut waiting, Some(&limit)).is_ok_and(|ready| ready == 0) {
            return false;
        }
        let mut bytes = [0; 4096];
        match self.file.read(&mut bytes) {
            Ok(count) => {
                self.parser.process(&bytes[..count]);
                self.reply(&bytes[..count]);
                count > 0
            }
            Err(error) => error.kind() == ErrorKind::Interrupted,
        }
    }

    /// Answers the questions that shells ask a terminal: its kind, and where the cursor is.
    fn reply(&mut self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        if text.contains("\x1b[6n") {
            let (row, column) = self.parser.screen().cursor_position();
            self.type_keys(&format!("\x1b[{};{}R", row + 1, column + 1));
        }
        if text.contains("\x1b[c") || text.contains("\x1b[0c") {
            self.type_keys("\x1b[?6c");
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
