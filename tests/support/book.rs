//! The pages of the book, and the files and command lines that they show.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::root;

/// A page of the book.
pub struct Page {
    /// Its path relative to `docs/src/`, with `/` on every platform.
    pub name: String,
    pub text: String,
}

impl Page {
    /// Whether its files form a package with a manifest.
    pub fn is_a_package(&self) -> bool {
        self.text.contains("\n# Cargo.toml\n[package]\n")
    }
}

/// The directory of the pages.
pub fn directory() -> PathBuf {
    root().join("docs/src")
}

/// All pages, sorted by name.
pub fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    collect(&directory(), "", &mut pages);
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    pages
}

/// The README of the repository. Its name is its path relative to `docs/src/`.
pub fn readme() -> Page {
    let name = "../../README.md".to_owned();
    let text = fs::read_to_string(directory().join(&name)).expect("the README");
    Page { name, text }
}

fn collect(directory: &Path, before: &str, pages: &mut Vec<Page>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        let file = path.file_name().expect("a name").to_string_lossy();
        let name = format!("{before}{file}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), pages);
        } else if name.ends_with(".md") {
            let text = fs::read_to_string(&path).expect("a page");
            pages.push(Page { name, text });
        }
    }
}

/// A file or a console session that a page shows.
pub enum Block {
    /// A file: its name, from the comment in its first line, and its text.
    File(String, String),
    /// Command lines with their output.
    Console(Vec<Typed>),
}

/// A command line, and the output that is shown after it.
pub struct Typed {
    pub line: String,
    pub shown: Vec<String>,
}

impl Typed {
    /// The name of the program that it runs. Assignments of variables may come first.
    pub fn program(&self) -> &str {
        let mut words = self.line.split(' ');
        words.find(|word| !word.contains('=')).unwrap_or_default()
    }
}

/// The blocks of a Markdown text that are files or console sessions, in order.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (info, body) in fenced(markdown) {
        let first = body.first().copied().unwrap_or_default();
        let name = crate::support::named(first);
        if info == "console" {
            blocks.push(Block::Console(typed(&body)));
        } else if let Some(name) = name.filter(|name| name.contains('.') && !name.contains(' ')) {
            blocks.push(Block::File(name.to_owned(), body.join("\n") + "\n"));
        }
    }
    blocks
}

/// The fenced code blocks of a Markdown text: the info string and the lines of each.
fn fenced(markdown: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let start = line.trim_start();
        let indent = line.len() - start.len();
        let ticks = start.len() - start.trim_start_matches('`').len();
        if ticks < 3 {
            continue;
        }
        let (fence, info) = start.split_at(ticks);
        let body = lines.by_ref().take_while(|line| line.trim() != fence);
        let body = body.map(|line| line.get(indent..).unwrap_or_default());
        blocks.push((info.trim(), body.collect()));
    }
    blocks
}

/// A Markdown text without code blocks and code spans.
pub fn prose(markdown: &str) -> String {
    let mut prose = String::new();
    let mut fence = None;
    for line in markdown.lines() {
        let start = line.trim_start();
        let ticks = start.len() - start.trim_start_matches('`').len();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            None => {
                // Every second piece is a code span.
                for piece in line.split('`').step_by(2) {
                    prose.push_str(piece);
                    prose.push('\u{1}');
                }
                prose.push('\n');
            }
            Some(open) if ticks >= open && start.len() == ticks => fence = None,
            Some(_) => {}
        }
    }
    prose
}

fn typed(body: &[&str]) -> Vec<Typed> {
    let mut lines: Vec<Typed> = Vec::new();
    for line in body {
        if let Some(line) = line.strip_prefix("$ ") {
            lines.push(Typed {
                line: line.to_owned(),
                shown: Vec::new(),
            });
        } else if let Some(last) = lines.last_mut() {
            last.shown.push((*line).to_owned());
        }
    }
    for typed in &mut lines {
        while typed.shown.last().is_some_and(String::is_empty) {
            typed.shown.pop();
        }
    }
    lines
}

/// Whether the shown output matches the printed one. A line `…` matches any lines.
pub fn same(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first.trim() == "…" => {
            (0..=printed.len()).any(|at| same(rest, &printed[at..]))
        }
        Some((first, rest)) => printed
            .split_first()
            .is_some_and(|(line, more)| line == first.trim_end() && same(rest, more)),
    }
}

/// A directory in which the command lines of a page are run.
pub struct Shell {
    directory: TempDir,
    /// The directory of programs that are run by name, which is the first one in `PATH`.
    programs: TempDir,
    variables: Vec<(OsString, OsString)>,
    status: i32,
    /// The position in the page from which the next command line is searched.
    at: usize,
}

impl Shell {
    pub fn new() -> Self {
        Self {
            directory: tempfile::tempdir().expect("a directory"),
            programs: tempfile::tempdir().expect("a directory"),
            // Whether `man` prints non-ASCII characters depends on the locale.
            variables: vec![("LC_ALL".into(), "C.UTF-8".into())],
            status: 0,
            at: 0,
        }
    }

    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Sets an environment variable for each command line.
    pub fn variable(&mut self, name: &str, value: impl Into<OsString>) {
        self.variables.push((name.into(), value.into()));
    }

    /// Adds a program `name`, which runs another program with these arguments before its own.
    pub fn program(&self, name: &str, program: &Path, words: &str) {
        let script = format!("#!/bin/sh\nexec '{}' {words} \"$@\"\n", program.display());
        let path = self.programs.path().join(name);
        fs::write(&path, script).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made executable");
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().expect("a directory")).expect("created");
        fs::write(path, text).expect("written");
    }

    /// Runs a command line, and returns the lines that it writes to standard output and standard error.
    /// In them, the path of the directory is replaced by `/home/ann`.
    pub fn type_line(&mut self, line: &str) -> Vec<String> {
        if line == "echo $?" {
            return vec![self.status.to_string()];
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = [self.programs.path().to_owned()];
        let paths = paths.into_iter().chain(std::env::split_paths(&path));
        let output = Command::new("sh")
            .arg("-c")
            .arg(format!("exec 2>&1\n{line}"))
            .current_dir(self.path())
            .env("PATH", std::env::join_paths(paths).expect("paths"))
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .output()
            .expect("sh runs");
        self.status = output.status.code().unwrap_or(-1);
        let printed = String::from_utf8_lossy(&output.stdout);
        let printed = printed.replace(&*self.path().to_string_lossy(), "/home/ann");
        let mut lines: Vec<String> = printed
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines
    }

    /// Runs a command line of a page. Returns a description of the difference if its output is not the
    /// one that the page shows. With `BOOK_UPDATE=1`, also updates the page.
    pub fn try_line(&mut self, page: &str, typed: &Typed) -> Option<String> {
        let printed = self.type_line(&typed.line);
        let path = directory().join(page);
        let mut text = fs::read_to_string(&path).expect("a page");
        let position = text[self.at..].find(&format!("$ {}\n", typed.line));
        self.at += position.expect("the line is in the page");
        let right = same(&typed.shown, &printed);
        let (shown, printed) = (typed.shown.join("\n"), printed.join("\n"));
        let line = &typed.line;
        if !right && std::env::var_os("BOOK_UPDATE").is_some() {
            let end = |text: &str| if text.is_empty() { "" } else { "\n" }.to_owned() + text;
            let old = format!("$ {line}{}\n", end(&shown));
            let new = format!("$ {line}{}\n", end(&printed));
            text.replace_range(self.at.., &text[self.at..].replacen(&old, &new, 1));
            fs::write(&path, &text).expect("written");
        }
        self.at += "$ ".len() + line.len();
        (!right).then(|| {
            format!("{page}: `{line}` prints\n\n{printed}\n\nbut the page shows\n\n{shown}\n")
        })
    }
}
