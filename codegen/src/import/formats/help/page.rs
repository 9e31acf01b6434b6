//! The help of one command.

use super::super::super::confidence::Confidence;
use super::super::super::described::{Arg, Group, Takes, key_of};
use super::args::{argument, describe, option, remove_names, split};
use super::lines::{Line, Marks};
use super::names::{self, Names};
use super::section::Section;
use super::usage::{self, Usage};

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
        marks,
    };
    reader.read();
    reader.finish()
}

struct Reader<'a, 'b> {
    lines: &'a [Line],
    at: usize,
    path: &'a [&'a str],
    section: Section,
    page: Page,
    /// The description: paragraphs of lines.
    texts: Vec<Vec<String>>,
    usages: Vec<(usize, Usage)>,
    marks: &'a mut Marks<'b>,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        while let Some(line) = self.lines.get(self.at) {
            if line.is_blank() {
                self.at += 1;
            } else if is_usage(line) {
                self.usage();
            } else if let Some(heading) = self.heading() {
                self.section = Section::of(&heading);
                self.certain(self.at);
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
                let names = line.text.split(',').map(|name| {
                    let words = name.split_whitespace();
                    words.last().unwrap_or_default().to_owned()
                });
                self.page.aliases.extend(names);
                self.certain(self.at);
                self.at += 1;
            }
            _ => self.at += 1,
        }
    }

    fn certain(&mut self, line: usize) {
        self.marks.set(line, Confidence::Certain, "");
    }

    /// Marks the line of an entry, and those that go on with it.
    fn mark(&mut self, first: usize, doubts: &[(Confidence, String)]) {
        let lowest = doubts.iter().map(|(confidence, _)| *confidence).min();
        let lowest = lowest.unwrap_or(Confidence::Certain);
        let reasons: Vec<&str> = doubts.iter().map(|(_, reason)| reason.as_str()).collect();
        self.marks.set(first, lowest, &reasons.join("; "));
        for line in first + 1..self.at {
            self.marks.set(line, lowest, "");
        }
    }

    /// Whether the usage shows that there are subcommands.
    fn expects_commands(&self) -> bool {
        let mut usages = self.usages.iter();
        usages.any(|(_, usage)| usage.command.is_some())
    }

    /// The heading that the line is, if it is one.
    fn heading(&self) -> Option<String> {
        let line = &self.lines[self.at];
        let mut next = self.lines[self.at + 1..].iter();
        let next = next.find(|line| !line.is_blank())?;
        let is_above = next.indent > line.indent || next.text.starts_with('-');
        if line.text.starts_with('-') || line.text.chars().count() > MAX_HEADING || !is_above {
            return None;
        }
        if let Some(heading) = line.text.strip_suffix(':') {
            let is_first = line.indent <= MAX_HEADING_INDENT;
            return is_first.then(|| heading.trim().to_owned());
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
        (is_upper && line.indent <= MAX_HEADING_INDENT || is_git).then(|| line.text.clone())
    }

    /// Reads the usage, which may have several lines, or be under a heading.
    fn usage(&mut self) {
        let line = &self.lines[self.at];
        let first = self.at;
        let rest = line.text["usage".len()..].trim_start_matches(':').trim();
        let mut usages: Vec<(usize, String)> = Vec::new();
        if !rest.is_empty() {
            usages.push((first, rest.to_owned()));
        }
        self.certain(first);
        self.at += 1;
        let program = self.path[0];
        // A heading may have an empty line below it.
        if rest.is_empty() && self.lines.get(self.at).is_some_and(Line::is_blank) {
            self.at += 1;
        }
        while let Some(next) = self.lines.get(self.at) {
            let is_more = next.indent > line.indent && !next.is_blank() && !self.is_heading();
            if !is_more || next.text.starts_with('-') {
                break;
            }
            let text = next.text.trim_start_matches("$ ");
            let other = text.strip_prefix("or:").map(str::trim);
            let starts = text
                .split_whitespace()
                .next()
                .is_some_and(|word| word == program || word.rsplit('/').next() == Some(program));
            match (other, usages.last_mut()) {
                (None, Some((_, last))) if !starts => {
                    last.push(' ');
                    last.push_str(text);
                }
                (other, _) => usages.push((self.at, other.unwrap_or(text).to_owned())),
            }
            self.certain(self.at);
            self.at += 1;
        }
        for (line, text) in usages {
            let usage = usage::read(&text, self.path);
            if !usage.unknown.is_empty() {
                let reason = format!("`{}` is not understood", usage.unknown.join("`, `"));
                self.marks.set(line, Confidence::Guess, &reason);
            } else if !self.usages.is_empty() {
                let reason = "the arguments are those of the first line";
                self.marks.set(line, Confidence::Guess, reason);
            }
            self.usages.push((line, usage));
        }
    }

    fn is_heading(&self) -> bool {
        self.heading().is_some()
    }

    /// Reads the lines that go on with an entry: its description, in paragraphs of lines. `column` is where the
    /// description begins in the first line, if it does.
    fn body(&mut self, mut column: Option<usize>) -> Vec<Vec<String>> {
        let entry = &self.lines[self.at];
        // `-x, ` has four characters, so that options without it are further to the right.
        let is_short = entry.text.starts_with('-') && !entry.text.starts_with("--");
        let options = entry.indent + if is_short { 4 } else { 0 };
        let mut paragraphs: Vec<Vec<String>> = vec![Vec::new()];
        let mut at = self.at + 1;
        while let Some(line) = self.lines.get(at) {
            if line.is_blank() {
                paragraphs.push(Vec::new());
                at += 1;
                continue;
            }
            let is_apart = paragraphs.len() > 1;
            let is_outside = column.is_some_and(|column| line.indent + 2 < column);
            let is_option = line.text.starts_with('-') && line.indent <= options;
            if line.indent <= entry.indent || is_apart && is_outside || is_option {
                break;
            }
            column.get_or_insert(line.indent);
            if let Some(paragraph) = paragraphs.last_mut() {
                paragraph.push(line.text.clone());
            }
            self.at = at;
            at += 1;
        }
        self.at += 1;
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        paragraphs
    }

    /// Reads an option and its description.
    fn option(&mut self, mut names: Names) {
        let first = self.at;
        let line = &self.lines[first];
        let before = line.text.strip_suffix(names.help.as_str());
        let column = before.map(|before| line.indent + before.chars().count());
        let mut paragraphs = self.body(column.filter(|_| !names.help.is_empty()));
        if !names.help.is_empty() {
            match paragraphs.first_mut() {
                Some(paragraph) => paragraph.insert(0, std::mem::take(&mut names.help)),
                None => paragraphs.push(vec![std::mem::take(&mut names.help)]),
            }
        }
        let mut arg = option(&mut names);
        describe(&mut arg, paragraphs);
        self.mark(first, &names.doubts);
        let text = arg.help.to_lowercase();
        let is = |long: &str, short: char, word: &str| {
            let is_letter = arg.long.is_none() && arg.short.is_some_and(|it| it == short);
            arg.long.as_deref() == Some(long) || is_letter && text.contains(word)
        };
        if is("help", 'h', "help") {
            return;
        }
        if is("version", 'V', "version") && arg.takes == Takes::Switch {
            self.page.version.get_or_insert_default();
            return;
        }
        let list = match &self.section {
            Section::Inherited => &mut self.page.inherited,
            Section::Options(Some(heading)) | Section::Unknown(heading) => {
                arg.heading = Some(heading.clone());
                &mut self.page.args
            }
            _ => &mut self.page.args,
        };
        let taken: Vec<String> = list.iter().flat_map(Arg::names).collect();
        if arg.names().first().is_some_and(|name| taken.contains(name)) {
            let reason = format!("there is an option `{}` above", arg.shown());
            self.marks.set(first, Confidence::NotRead, &reason);
            return;
        }
        remove_names(&mut arg, &taken);
        list.push(arg);
    }

    /// Reads a positional argument and its description.
    fn argument(&mut self) {
        let first = self.at;
        let line = &self.lines[first];
        let (name, help) = columns(&line.text);
        let mut paragraphs = self.body(line.second_column());
        if !help.is_empty() {
            match paragraphs.first_mut() {
                Some(paragraph) => paragraph.insert(0, help.to_owned()),
                None => paragraphs.push(vec![help.to_owned()]),
            }
        }
        // argparse shows subcommands as choices.
        let is_commands = name.starts_with('{') && self.expects_commands();
        if is_commands {
            self.at = first + 1;
            self.section = Section::Commands;
            self.certain(first);
            return;
        }
        let usage = usage::read(
            &format!("{} {name}", self.path[self.path.len() - 1]),
            self.path,
        );
        let [shown] = usage.arguments.as_slice() else {
            self.at = first + 1;
            let reason = "this is not the name of an argument";
            self.marks.set(first, Confidence::NotRead, reason);
            return;
        };
        // The usage says more about names without brackets.
        let mut usages = self.usages.iter().flat_map(|(_, usage)| &usage.arguments);
        let in_usage = usages.find(|it| key_of(&it.name) == key_of(&shown.name));
        let of_usage = in_usage.filter(|_| !name.starts_with(['<', '[']));
        let mut arg = argument(of_usage.unwrap_or(shown));
        arg.last = in_usage.is_some_and(|usage| usage.last);
        describe(&mut arg, paragraphs);
        self.page.args.push(arg);
        self.mark(first, &[]);
    }

    /// Reads a line with a command, or with several.
    fn commands(&mut self, confidence: Confidence) {
        let first = self.at;
        let line = &self.lines[first];
        let (left, mut about) = columns(&line.text);
        let mut left = left.to_owned();
        if about.is_empty() {
            if let Some((name, text)) = line.text.split_once(" - ") {
                name.trim().clone_into(&mut left);
                about = text.trim();
            }
        }
        let paragraphs = self.body(line.second_column());
        let about = [vec![about.to_owned()], paragraphs.concat()]
            .concat()
            .join(" ");
        let is_name = |name: &&str| {
            name.starts_with(|it: char| it.is_alphanumeric() || it == '_')
                && name
                    .chars()
                    .all(|it| it.is_alphanumeric() || "-_.:+".contains(it))
        };
        let mut lists = left
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let words = lists.next().unwrap_or_default().split_whitespace();
        let names: Vec<&str> = words.take_while(is_name).collect();
        let others: Vec<&str> = lists.filter(is_name).collect();
        let has_text = !about.trim().is_empty();
        let is_command = !names.is_empty() && (has_text || names.len() == 1);
        if !is_command {
            self.at = first + 1;
            let reason = "this is not the name of a command";
            self.marks.set(first, Confidence::NotRead, reason);
            return;
        }
        // The program's name may be before those of its commands.
        let own = self.path.len().min(names.len() - 1);
        let own = if names[..own] == self.path[..own] {
            own
        } else {
            0
        };
        let names: Vec<String> = names[own..].iter().map(|name| (*name).to_owned()).collect();
        let others: Vec<String> = others.iter().map(|name| (*name).to_owned()).collect();
        let all_are_commands = !has_text && !others.is_empty();
        let (aliases, more) = match all_are_commands {
            true => (Vec::new(), others),
            false => (others, Vec::new()),
        };
        let about = about.trim().to_owned();
        self.page.commands.push(Listed {
            names,
            aliases,
            about,
        });
        let more = more.into_iter().map(|name| Listed {
            names: vec![name],
            aliases: Vec::new(),
            about: String::new(),
        });
        self.page.commands.extend(more);
        let reason = match confidence {
            Confidence::Certain => "",
            _ => "the heading doesn't say that these are commands",
        };
        self.mark(first, &[(confidence, reason.to_owned())]);
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
        if let Some((line, usage)) = usages.into_iter().next() {
            self.apply(line, usage);
        }
        let texts: Vec<String> = self.texts.iter().map(|lines| lines.join(" ")).collect();
        let mut page = self.page;
        (page.about, page.long_about) = split(&texts);
        page
    }

    /// Adds what only the usage says.
    fn apply(&mut self, line: usize, usage: Usage) {
        self.page.needs_command = usage.command;
        let has_arguments = self.page.args.iter().any(Arg::is_positional);
        if !has_arguments && !usage.arguments.is_empty() {
            for shown in &usage.arguments {
                let arg = argument(shown);
                if self.page.args.iter().all(|other| other.id != arg.id) {
                    self.page.args.push(arg);
                }
            }
            let reason = "the arguments are only in the usage";
            self.marks.set(line, Confidence::Likely, reason);
        }
        let ids = |names: &[String], args: &[Arg]| -> Vec<String> {
            let named = |name: &String| {
                let mut args = args.iter();
                args.find(|arg| arg.names().contains(name))
                    .map(|arg| arg.id.clone())
            };
            let mut ids: Vec<String> = names.iter().filter_map(named).collect();
            ids.dedup();
            ids
        };
        for id in ids(&usage.required, &self.page.args) {
            for arg in &mut self.page.args {
                arg.required |= arg.id == id;
            }
        }
        for (names, required) in usage.groups {
            let members = ids(&names, &self.page.args);
            if members.len() > 1 {
                self.page.groups.push(Group {
                    id: members.join("-or-"),
                    members,
                    required,
                    ..Group::default()
                });
            }
        }
    }
}

/// The longest heading.
const MAX_HEADING: usize = 60;

/// How far headings may be indented.
const MAX_HEADING_INDENT: usize = 2;

fn is_usage(line: &Line) -> bool {
    let text = line.text.to_lowercase();
    text.starts_with("usage:") || text == "usage"
}

/// The first column, and the second one.
fn columns(text: &str) -> (&str, &str) {
    match text.split_once("  ") {
        Some((left, right)) => (left.trim(), right.trim()),
        None => (text, ""),
    }
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
