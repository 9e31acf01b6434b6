//! The help of one command.

use std::collections::BTreeSet;

use super::super::super::confidence::Confidence;
use super::super::super::described::{Arg, Group};
use super::args::split;
use super::lines::{Line, Marks};
use super::names;
use super::section::Section;
use super::usage::Usage;

/// What the help of a command says.
#[derive(Default)]
pub(super) struct Page {
    pub(super) about: String,
    pub(super) long_about: String,
    pub(super) version: Option<String>,
    pub(super) aliases: Vec<String>,
    /// Options and arguments.
    pub(super) args: Vec<Arg>,
    /// The options that are defined by a command above this one.
    pub(super) inherited: Vec<Arg>,
    pub(super) groups: Vec<Group>,
    pub(super) commands: Vec<Listed>,
    /// Whether a subcommand must be given, if it is known.
    pub(super) needs_command: Option<bool>,
}

/// A subcommand in a list.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) names: Vec<String>,
    pub(super) aliases: Vec<String>,
    pub(super) about: String,
}

/// Reads the help of a command. `path` has the names of the program and its subcommands.
pub(super) fn read(lines: &[Line], path: &[&str], marks: &mut Marks) -> Page {
    let mut reader = Reader {
        lines,
        at: 0,
        path,
        section: Section::Start,
        page: Page::default(),
        texts: Vec::new(),
        usages: Vec::new(),
        taken: BTreeSet::new(),
        marks,
    };
    reader.read();
    reader.finish()
}

pub(super) struct Reader<'a, 'b> {
    pub(super) lines: &'a [Line],
    pub(super) at: usize,
    pub(super) path: &'a [&'a str],
    pub(super) section: Section,
    pub(super) page: Page,
    /// The description: paragraphs of lines.
    pub(super) texts: Vec<Vec<String>>,
    pub(super) usages: Vec<(usize, Usage)>,
    /// The names of options.
    pub(super) taken: BTreeSet<String>,
    pub(super) marks: &'a mut Marks<'b>,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        while let Some(line) = self.lines.get(self.at) {
            if line.is_blank() {
                self.at += 1;
            } else if is_usage(line) || self.is_first_usage(line) {
                self.usage();
            } else if let Some(heading) = self.heading() {
                self.section = Section::of(&heading);
                self.certain(self.at);
                self.at += 1;
            } else if self.section == Section::Other {
                // Examples have options, too.
                self.at += 1;
            } else if let Some(names) = names::read(&line.text) {
                if matches!(self.section, Section::Start | Section::Description) {
                    self.section = Section::Options(None);
                }
                self.option(names);
            } else {
                self.other();
            }
        }
    }

    /// Reads a line that is neither a heading nor an option.
    fn other(&mut self) {
        let line = &self.lines[self.at];
        let has_columns = line.second_column().is_some();
        match self.section {
            Section::Commands if line.indent > 0 => self.commands(Confidence::Certain),
            Section::Unknown(_) if line.indent > 0 && has_columns && self.expects_commands() => {
                self.commands(Confidence::Likely);
            }
            Section::Arguments if line.indent > 0 => self.argument(),
            Section::Start | Section::Description => self.text(),
            Section::Aliases => {
                let names = line.text.split(',');
                let names = names.filter_map(|name| name.split_whitespace().last());
                self.page.aliases.extend(names.map(str::to_owned));
                self.certain(self.at);
                self.at += 1;
            }
            _ => self.at += 1,
        }
    }

    pub(super) fn certain(&mut self, line: usize) {
        self.marks.set(line, Confidence::Certain, "");
    }

    /// Marks the line of an entry, and those that go on with it.
    pub(super) fn mark(&mut self, first: usize, doubts: &[(Confidence, String)]) {
        let lowest = doubts.iter().map(|(confidence, _)| *confidence).min();
        let lowest = lowest.unwrap_or(Confidence::Certain);
        let reasons: Vec<&str> = doubts
            .iter()
            .map(|(_, reason)| reason.as_str())
            .filter(|reason| !reason.is_empty())
            .collect();
        self.marks.set(first, lowest, &reasons.join("; "));
        for line in first + 1..self.at {
            self.marks.set(line, lowest, "");
        }
    }

    /// Whether the usage shows that there are subcommands.
    pub(super) fn expects_commands(&self) -> bool {
        let mut usages = self.usages.iter();
        usages.any(|(_, usage)| usage.command.is_some())
    }

    /// The heading that the line is, if it is one.
    fn heading(&self) -> Option<String> {
        let line = &self.lines[self.at];
        let mut next = self.lines[self.at + 1..].iter();
        let next = next.find(|line| !line.is_blank())?;
        let is_above = next.indent > line.indent || next.text.starts_with(['-', '[']);
        // Examples may have headings of their own.
        let most = if self.section == Section::Other { 1 } else { 2 };
        let is_outside = line.indent > most || line.text.chars().count() > MAX_HEADING;
        if line.text.starts_with('-') || is_outside || !is_above {
            return None;
        }
        if let Some(heading) = line.text.strip_suffix(':') {
            return Some(heading.trim().to_owned());
        }
        let letters = || line.text.chars().filter(|it| it.is_alphabetic());
        let is_upper = letters().count() > 2
            && letters().all(char::is_uppercase)
            && line.text.chars().all(|it| it.is_alphabetic() || it == ' ');
        // git writes headings like sentences.
        let is_between = self.lines[self.at.saturating_sub(1)].is_blank()
            && !self.lines[self.at + 1].is_blank()
            && !line.text.ends_with(['.', ',']);
        let has_columns = next.second_column().is_some() && self.expects_commands();
        let is_git = line.indent == 0
            && is_between
            && !self.usages.is_empty()
            && (next.text.starts_with('-') || has_columns);
        (is_upper || is_git).then(|| line.text.clone())
    }

    pub(super) fn is_heading(&self) -> bool {
        self.heading().is_some()
    }

    /// Reads a paragraph of the description.
    fn text(&mut self) {
        let first = self.at;
        let mut lines = Vec::new();
        while let Some(line) = self.lines.get(self.at) {
            let is_next = line.is_blank() || is_usage(line) || line.text.starts_with('-');
            if self.at > first && (is_next || self.is_heading()) {
                break;
            }
            lines.push(line.text.clone());
            self.certain(self.at);
            self.at += 1;
        }
        if self.texts.is_empty() && self.usages.is_empty() {
            let version = version(&lines[0], self.path);
            if version.is_some() {
                self.page.version = version;
                lines.remove(0);
            }
        }
        if !lines.is_empty() && self.texts.first() != Some(&lines) {
            self.texts.push(lines);
        }
    }

    fn finish(mut self) -> Page {
        let usages = std::mem::take(&mut self.usages);
        self.apply(usages);
        let texts: Vec<String> = self.texts.iter().map(|lines| lines.join(" ")).collect();
        let mut page = self.page;
        (page.about, page.long_about) = split(&texts);
        page
    }
}

/// The longest heading.
const MAX_HEADING: usize = 60;

pub(super) fn is_usage(line: &Line) -> bool {
    let text = line.text.to_lowercase();
    text.starts_with("usage:") || text == "usage"
}

/// The version in a line such as `tool 1.2.3`.
fn version(line: &str, path: &[&str]) -> Option<String> {
    let mut words = line.split_whitespace();
    let name = words.next()?;
    let version = words.next()?.trim_start_matches('v');
    let is_version = version.starts_with(|it: char| it.is_ascii_digit())
        && version.contains('.')
        && words.count() < 2;
    let is_name = name
        .chars()
        .all(|it| it.is_alphanumeric() || "-_.".contains(it));
    (is_version && (is_name || Some(&name) == path.first())).then(|| version.to_owned())
}
