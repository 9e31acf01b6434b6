//! The entries of help: options, arguments and commands, each with its description.

use super::super::super::confidence::Confidence;
use super::super::super::described::{Arg, Takes, key_of};
use super::args::{argument, describe, option, remove_names};
use super::names::Names;
use super::page::{Listed, Reader};
use super::section::Section;
use super::{notes, usage};

impl Reader<'_, '_> {
    /// Reads the description of an entry, in paragraphs of lines: `first` is in the line of the entry, and others may
    /// follow it.
    fn body(&mut self, first: &str) -> Vec<Vec<String>> {
        let entry = &self.lines[self.at];
        let before = entry.text.strip_suffix(first).filter(|_| !first.is_empty());
        let mut column = before.map(|before| entry.indent + before.chars().count());
        // `-x, ` has four characters, so that options without it are further to the right.
        let is_short = entry.text.starts_with('-') && !entry.text.starts_with("--");
        let options = entry.indent + if is_short { 4 } else { 0 };
        let mut paragraphs = vec![Vec::new()];
        if !first.is_empty() {
            paragraphs[0].push(first.to_owned());
        }
        let mut at = self.at + 1;
        while let Some(line) = self.lines.get(at) {
            if line.is_blank() {
                paragraphs.push(Vec::new());
                at += 1;
                continue;
            }
            let is_apart = paragraphs.len() > 1;
            let is_outside = column.is_some_and(|column| line.indent + 2 < column);
            let is_near = line.indent < entry.indent + 4;
            let is_option = line.text.starts_with('-') && line.indent <= options;
            let is_entry = is_outside && (is_apart || is_near) || is_option;
            if line.indent <= entry.indent || is_entry {
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
    pub(super) fn option(&mut self, mut names: Names) {
        let first = self.at;
        let paragraphs = self.body(&names.help);
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
        let names = arg.names();
        if names.first().is_some_and(|name| self.taken.contains(name)) {
            let reason = format!("there is an option `{}` above", arg.shown());
            self.mark(first, &[(Confidence::NotRead, reason)]);
            return;
        }
        remove_names(&mut arg, &self.taken);
        self.taken.extend(arg.names());
        list.push(arg);
    }

    /// Reads a positional argument and its description.
    pub(super) fn argument(&mut self) {
        let first = self.at;
        let line = &self.lines[first];
        let (name, help) = columns(&line.text);
        let paragraphs = self.body(help);
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
    pub(super) fn commands(&mut self, confidence: Confidence) {
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
        let Some((names, others, arguments)) = names_of(&left, self.path, !about.is_empty()) else {
            self.at += 1;
            let reason = "this is not the name of a command";
            self.marks.set(first, Confidence::NotRead, reason);
            return;
        };
        let about = self.body(about).concat().join(" ");
        let mut facts = Arg::default();
        let about = notes::take(about.trim(), &mut facts);
        // A list of names without descriptions has no aliases.
        let (mut aliases, more) = match about.as_str() {
            "" => (Vec::new(), others),
            _ => (others, Vec::new()),
        };
        aliases.extend(facts.aliases.shown);
        self.page.commands.push(Listed {
            names,
            aliases,
            about,
        });
        self.page
            .commands
            .extend(more.into_iter().map(|name| Listed {
                names: vec![name],
                ..Listed::default()
            }));
        let mut doubts = vec![(confidence, String::new())];
        if confidence < Confidence::Certain {
            doubts[0].1 = "the heading doesn't say that these are commands".to_owned();
        }
        if !arguments.is_empty() {
            let reason = format!("the arguments `{arguments}` are not read");
            doubts.push((Confidence::Likely, reason));
        }
        self.mark(first, &doubts);
    }
}

/// The names in the first column of a list of commands: those of the command and its command groups, other names, and
/// what follows them. `None` if this is a sentence.
fn names_of<'a>(
    left: &'a str,
    path: &[&str],
    has_about: bool,
) -> Option<(Vec<String>, Vec<String>, &'a str)> {
    let is_name = |name: &&str| {
        let is_part = |it: char| it.is_alphanumeric() || "-_.:+".contains(it);
        name.starts_with(|it: char| it.is_alphanumeric() || it == '_') && name.chars().all(is_part)
    };
    let end = left.find(['<', '[', '{', '(']).unwrap_or(left.len());
    let (left, arguments) = left.split_at(end);
    let mut lists = left.split([',', '|']).map(str::trim);
    let words: Vec<&str> = lists.next()?.split_whitespace().collect();
    // The name of the program, or of the command group, may come first.
    let own = path.len().min(words.len().saturating_sub(1));
    let own = if words[..own] == path[..own] { own } else { 0 };
    let names = &words[own..];
    let is_command = !names.is_empty() && names.iter().all(is_name);
    if !is_command || names.len() > 1 && !has_about {
        return None;
    }
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    let others = lists.filter(is_name).map(str::to_owned).collect();
    Some((names, others, arguments))
}

/// The first column, and the second one.
fn columns(text: &str) -> (&str, &str) {
    match text.split_once("  ") {
        Some((left, right)) => (left.trim(), right.trim()),
        None => (text, ""),
    }
}
