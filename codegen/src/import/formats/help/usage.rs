//! The line that shows how a command is called: `Usage: tool copy [OPTIONS] <SOURCE>... [TARGET]`.

use super::names::{self, is_upper};

/// What a usage line says.
#[derive(Debug, Default)]
pub(super) struct Usage {
    pub(super) arguments: Vec<Argument>,
    /// The options that are not in brackets, with their dashes.
    pub(super) required: Vec<String>,
    /// Options of which one may be given, or must be.
    pub(super) groups: Vec<(Vec<String>, bool)>,
    /// A subcommand may be given, or must be.
    pub(super) command: Option<bool>,
    /// It doesn't have the name of the command.
    pub(super) is_of_another: bool,
    /// The parts that are not understood.
    pub(super) unknown: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) repeats: bool,
    /// After `--`.
    pub(super) last: bool,
}

/// Reads a usage line. `path` has the names of the program and its subcommands.
pub(super) fn read(line: &str, path: &[&str]) -> Usage {
    let parts = parts(line);
    let own = path.last().copied().unwrap_or_default();
    // The program may be called in another way: `python -m tool`.
    let start = parts.iter().take(6).rposition(|part| {
        let name = part.rsplit('/').next().unwrap_or_default();
        name == own
    });
    let mut usage = Usage {
        is_of_another: start.is_none(),
        ..Usage::default()
    };
    let start = start.map_or(1, |own| own + 1).min(parts.len());
    let mut parts = parts[start..].iter().peekable();
    let mut last = false;
    while let Some(part) = parts.next() {
        match part.as_str() {
            "..." => {
                if let Some(argument) = usage.arguments.last_mut() {
                    argument.repeats = true;
                }
            }
            "--" | "[--]" => last = part == "--",
            // A required option, and its value.
            option if option.starts_with('-') => {
                let name = option.split(['=', '<', '[']).next().unwrap_or_default();
                usage.required.push(name.to_owned());
                let is_value = |next: &&String| next.starts_with('<') || is_upper(next);
                if !option.contains('=') {
                    parts.next_if(is_value);
                }
            }
            word => usage.part(word, last),
        }
        // What follows the command belongs to it.
        if usage.command.is_some() {
            break;
        }
    }
    usage
}

impl Usage {
    fn part(&mut self, word: &str, last: bool) {
        let shown = word.trim_end_matches("...");
        let inner = names::brackets(shown).filter(|it| it.len() + 2 == shown.len());
        let bracket = shown.chars().next().filter(|_| inner.is_some());
        let text = inner.unwrap_or(shown).trim();
        let required = bracket != Some('[');
        // `[-- <ARGUMENT>...]`
        let (last, text) = match text.strip_prefix("-- ") {
            Some(text) => (true, text.trim()),
            None => (last, text),
        };
        if text.split('|').any(|part| part.trim().starts_with('-')) {
            self.options(text, required);
            return;
        }
        let repeats = shown.len() < word.len() || text.contains("...");
        let text = text.replace("...", "");
        let names: Vec<&str> = text.split_whitespace().collect();
        let bare = |name: &str| {
            let is_bracket = |it: char| "<>[]{}".contains(it);
            name.trim_matches(is_bracket).to_owned()
        };
        // `[PATH [PATH ...]]` has one name.
        let is_one = names.iter().all(|name| bare(name) == bare(names[0]));
        let name = match names.first() {
            Some(first) if is_one => bare(first),
            _ => names.join(" "),
        };
        let is_name = name.starts_with(|it: char| it.is_alphanumeric() || it == '_')
            && name
                .chars()
                .all(|it| it.is_alphanumeric() || "_-. ".contains(it));
        match name.to_lowercase().as_str() {
            "option" | "options" | "flag" | "flags" | "global options" | "global flags"
            | "global-options" => {}
            // cobra writes `[command]` for groups that can't be called without one.
            "command" | "subcommand" | "commands" | "cmd" => {
                self.command = Some(required || shown == "[command]");
            }
            _ if text.contains(',') && bracket == Some('{') => self.command = Some(required),
            _ if !is_name => self.unknown.push(word.to_owned()),
            // argparse writes `NAME [NAME ...]`.
            _ if repeats && self.arguments.last().is_some_and(|it| it.name == name) => {
                if let Some(argument) = self.arguments.last_mut() {
                    argument.repeats = true;
                }
            }
            _ => self.arguments.push(Argument {
                name,
                required,
                repeats: repeats || names.len() > 1 && is_one,
                last,
            }),
        }
    }

    /// Reads options in brackets. Several are a group: `[--json | --csv FILE]`. clap also names arguments there:
    /// `<NAME|--all>`.
    fn options(&mut self, text: &str, required: bool) {
        let options = text.split('|').map(|part| {
            let name = part.trim().split([' ', '=', '[', '<']).next();
            name.unwrap_or_default().to_owned()
        });
        let options: Vec<String> = options.collect();
        match options.as_slice() {
            [one] if required => self.required.push(one.clone()),
            [] | [_] => {}
            _ => self.groups.push((options, required)),
        }
    }
}

/// Splits a line at the spaces that are not in brackets. `...` after a bracket belongs to it.
fn parts(line: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut open = 0_usize;
    let mut is_new = true;
    for char in line.chars() {
        match char {
            '<' | '[' | '{' | '(' => open += 1,
            '>' | ']' | '}' | ')' => open = open.saturating_sub(1),
            _ => {}
        }
        if char.is_whitespace() && open == 0 {
            is_new = true;
            continue;
        }
        match parts.last_mut() {
            Some(part) if !is_new => part.push(char),
            _ => parts.push(char.to_string()),
        }
        is_new = false;
    }
    parts
}
