//! The usage in the help of a command: how it is called.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::super::confidence::Confidence;
use super::super::super::described::{Arg, Group};
use super::args::argument;
use super::lines::Line;
use super::page::{Reader, is_usage};
use super::usage::{self, Usage};

impl Reader<'_, '_> {
    /// Reads the usage, which may have several lines, or be under a heading.
    pub(super) fn usage(&mut self) {
        let line = &self.lines[self.at];
        let first = self.at;
        let rest = match is_usage(line) {
            true => line.text.get("usage".len()..).unwrap_or_default(),
            false => &line.text,
        };
        let rest = rest.trim_start_matches(':').trim();
        // The lines of each usage.
        let mut usages: Vec<(Range<usize>, String)> = Vec::new();
        if !rest.is_empty() {
            usages.push((first..first + 1, rest.to_owned()));
        }
        self.certain(first);
        self.at += 1;
        // A heading may have an empty line below it.
        if rest.is_empty() && self.lines.get(self.at).is_some_and(Line::is_blank) {
            self.at += 1;
        }
        while let Some(next) = self.lines.get(self.at) {
            let text = next.text.trim_start_matches("$ ");
            let other = text.strip_prefix("or:").map(str::trim);
            let starts = self.starts_usage(text, usages.first().map(|(_, usage)| usage.as_str()));
            let is_more = next.indent > line.indent || starts;
            if next.is_blank() || !is_more || text.starts_with('-') || self.is_heading() {
                break;
            }
            match (other, usages.last_mut()) {
                (None, Some((lines, last))) if !starts => {
                    last.push(' ');
                    last.push_str(text);
                    lines.end = self.at + 1;
                }
                (other, _) => {
                    let usage = other.unwrap_or(text).to_owned();
                    usages.push((self.at..self.at + 1, usage));
                }
            }
            self.at += 1;
        }
        for (lines, text) in usages {
            let usage = usage::read(&text, self.path);
            let doubt = if usage.is_of_another {
                let name = self.path[self.path.len() - 1];
                Some(format!(
                    "the file is that of `{name}`, which is not in the usage"
                ))
            } else if !usage.unknown.is_empty() {
                let unknown = usage.unknown.join("`, `");
                Some(format!("`{unknown}` is not understood"))
            } else if !self.usages.is_empty() {
                Some("the arguments are those of the first usage".to_owned())
            } else {
                None
            };
            let confidence = match doubt {
                Some(_) => Confidence::Guess,
                None => Confidence::Certain,
            };
            self.marks
                .set(lines.start, confidence, &doubt.unwrap_or_default());
            for line in lines.clone().skip(1) {
                self.marks.set(line, confidence, "");
            }
            self.usages.push((lines.start, usage));
        }
    }

    /// Whether a line is a usage without the word, such as `tool <command>` above everything else.
    pub(super) fn is_first_usage(&self, line: &Line) -> bool {
        let rest = line.text.strip_prefix(self.path[0]);
        let is_call =
            rest.is_some_and(|rest| [" <", " ["].iter().any(|start| rest.starts_with(start)));
        is_call && self.usages.is_empty() && self.texts.is_empty()
    }

    /// Whether text begins another usage: with the name of the program, or as the first usage does.
    fn starts_usage(&self, text: &str, first: Option<&str>) -> bool {
        let program = self.path[0];
        let word = text.split_whitespace().next();
        let known = first.and_then(|first| first.split_whitespace().next());
        word.is_some_and(|word| {
            word == program || word.rsplit('/').next() == Some(program) || Some(word) == known
        })
    }

    /// Adds what only the usage shows. Several are other ways to call the command, of which the first one has the
    /// arguments.
    pub(super) fn apply(&mut self, usages: Vec<(usize, Usage)>) {
        let in_all = |name: &String| {
            usages
                .iter()
                .all(|(_, usage)| usage.required.contains(name))
        };
        let Some((line, usage)) = usages.first() else {
            return;
        };
        self.page.needs_command = usage.command;
        let has_arguments = self.page.args.iter().any(Arg::is_positional);
        if !has_arguments && !usage.arguments.is_empty() {
            let mut known = BTreeSet::new();
            let new = usage.arguments.iter().map(argument);
            self.page
                .args
                .extend(new.filter(|arg| known.insert(arg.id.clone())));
            let reason = "the arguments are only in the usage";
            self.marks.set(*line, Confidence::Likely, reason);
        }
        let required: Vec<String> = usage
            .required
            .iter()
            .filter(|it| in_all(it))
            .cloned()
            .collect();
        let required = self.ids(&required);
        for arg in &mut self.page.args {
            arg.required |= required.contains(&arg.id);
        }
        for (names, required) in &usage.groups {
            let members = self.ids(names);
            if members.len() < 2 {
                continue;
            }
            if members.len() < names.len() {
                let reason = format!("not all of `{}` are known", names.join("`, `"));
                self.marks.set(*line, Confidence::Guess, &reason);
            }
            self.page.groups.push(Group {
                id: match members.as_slice() {
                    [one, other] => format!("{one}-or-{other}"),
                    members => format!("{}-or-others", members[0]),
                },
                members,
                required: *required,
                ..Group::default()
            });
        }
    }

    /// The IDs of options and arguments that a usage names.
    fn ids(&self, names: &[String]) -> Vec<String> {
        let is = |arg: &&Arg, name: &String| match arg.is_positional() {
            true => arg.placeholders.contains(&name.to_uppercase()),
            false => arg.names().contains(name),
        };
        let mut ids: Vec<String> = Vec::new();
        for name in names {
            let found = self.page.args.iter().find(|arg| is(arg, name));
            let new = found.filter(|arg| !ids.contains(&arg.id));
            ids.extend(new.map(|arg| arg.id.clone()));
        }
        ids
    }
}
