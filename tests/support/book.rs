//! The book: its pages, and the files and command lines that they show.

#![allow(dead_code)] // Each driver uses a part of it.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::root;

/// A page of the book.
pub struct Page {
    /// Its path below `docs/src/`, with `/` on every system.
    pub name: String,
    pub text: String,
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

/// What a page shows, in its order.
pub enum Block {
    /// A file: its name, from the comment in its first line, and all of it.
    File(String, String),
    /// What is typed at a shell, and what is printed then.
    Console(Vec<Typed>),
}

/// A line that is typed, and the lines that are shown below it.
pub struct Typed {
    pub line: String,
    pub shown: Vec<String>,
}

impl Typed {
    /// The word that says which program it calls. Variables may be set before it.
    pub fn program(&self) -> &str {
        let mut words = self.line.split(' ');
        words.find(|word| !word.contains('=')).unwrap_or_default()
    }
}

/// The blocks of a Markdown text that are files or consoles.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (info, body) in fenced(markdown) {
        let first = body.first().copied().unwrap_or_default();
        let name = first.strip_prefix("# ").or(first.strip_prefix("// "));
        if info == "console" {
            blocks.push(Block::Console(typed(&body)));
        } else if let Some(name) = name.filter(|name| name.contains('.') && !name.contains(' ')) {
            blocks.push(Block::File(name.to_owned(), body.join("\n") + "\n"));
        }
    }
    blocks
}

/// The fenced blocks of a Markdown text: the word behind the fence, and the lines.
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

/// A Markdown text without its fenced blocks and code.
pub fn prose(markdown: &str) -> String {
    let mut prose = String::new();
    let mut fence = None;
    for line in markdown.lines() {
        let start = line.trim_start();
        let ticks = start.len() - start.trim_start_matches('`').len();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            None => {
                // Every second piece is code.
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

/// Whether what is shown is what was printed. A line `…` stands for any lines.
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

/// A directory in which the lines of a page are typed.
pub struct Shell {
    directory: TempDir,
    /// Programs that are called by their name alone.
    programs: TempDir,
    variables: Vec<(OsString, OsString)>,
    status: i32,
    /// Where in the page the next line is.
    at: usize,
}

impl Shell {
    pub fn new() -> Self {
        Self {
            directory: tempfile::tempdir().expect("a directory"),
            programs: tempfile::tempdir().expect("a directory"),
            // `man` has signs beyond ASCII, or not.
            variables: vec![("LC_ALL".into(), "C.UTF-8".into())],
            status: 0,
            at: 0,
        }
    }

    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Has a variable set in each line.
    pub fn variable(&mut self, name: &str, value: impl Into<OsString>) {
        self.variables.push((name.into(), value.into()));
    }

    /// Has a program called `name`, which calls another with these words before its own.
    pub fn program(&self, name: &str, program: &Path, words: &str) {
        let script = format!("#!/bin/sh\nexec '{}' {words} \"$@\"\n", program.display());
        let path = self.programs.path().join(name);
        fs::write(&path, script).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made a program");
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().expect("a directory")).expect("made");
        fs::write(path, text).expect("written");
    }

    /// Types a line. Returns what it prints, on both outputs, in lines. The directory is called
    /// `/home/ann`.
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
            .expect("there is a shell");
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

    /// Types a line of a page; what is wrong if it prints something else. With `BOOK_UPDATE=1`, the
    /// page is changed instead.
    pub fn try_line(&mut self, page: &str, typed: &Typed) -> Option<String> {
        let printed = self.type_line(&typed.line);
        let path = directory().join(page);
        let mut text = fs::read_to_string(&path).expect("a page");
        let place = text[self.at..].find(&format!("$ {}\n", typed.line));
        self.at += place.expect("the line is in the page");
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
