//! The usage in the help of a command: how it is called.

use super::super::super::confidence::Confidence;
use super::super::super::described::{Arg, Group};
use super::args::argument;
use super::lines::Line;
use super::page::Reader;
use super::usage::{self, Usage};

impl Reader<'_, '_> {
    /// Reads the usage, which may have several lines, or be under a heading.
    pub(super) fn usage(&mut self) {
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

    /// Adds what only the usage says.
    pub(super) fn apply(&mut self, line: usize, usage: Usage) {
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
            let is = |arg: &&Arg, name: &String| match arg.is_positional() {
                true => arg.placeholders.contains(&name.to_uppercase()),
                false => arg.names().contains(name),
            };
            let named = names.iter();
            let named = named.filter_map(|name| args.iter().find(|arg| is(arg, name)));
            let mut ids: Vec<String> = named.map(|arg| arg.id.clone()).collect();
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
                if members.len() < names.len() {
                    let reason = format!("not all of `{}` are known", names.join("`, `"));
                    self.marks.set(line, Confidence::Guess, &reason);
                }
                self.page.groups.push(Group {
                    id: match members.as_slice() {
                        [one, other] => format!("{one}-or-{other}"),
                        members => format!("{}-or-others", members[0]),
                    },
                    members,
                    required,
                    ..Group::default()
                });
            }
        }
    }
}
