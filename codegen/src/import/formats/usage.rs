//! The KDL of usage.

use std::path::Path;

use kdl::{KdlDocument, KdlNode, KdlValue};

use super::super::described::{Arg, Choice, Command, Takes, key_of};
use super::super::{Error, Loss};
use super::Read;

/// How deep nodes may be nested. The parser of KDL is recursive.
const MAX_DEPTH: usize = 100;

/// Reads the description of a program.
pub(super) fn read(path: &Path, text: &str) -> Result<Read, Error> {
    let mut depth = 0usize;
    for sign in text.chars() {
        match sign {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Error::in_file(
                path,
                format!("it is nested more than {MAX_DEPTH} deep"),
            ));
        }
    }
    let document: KdlDocument = text.parse().map_err(|error: kdl::KdlError| {
        let first = error.diagnostics.first();
        let why = first
            .and_then(|first| first.message.clone())
            .unwrap_or_else(|| error.to_string());
        Error::in_file(path, why)
    })?;
    let mut reader = Reader { losses: Vec::new() };
    let value = |name: &str| document.get_arg(name).map(shown);
    let name = value("bin").or_else(|| value("name"));
    let name = name.ok_or_else(|| Error::in_file(path, "it has no `bin` or `name`"))?;
    let mut program = Command {
        name: name.clone(),
        version: value("version"),
        about: value("about").unwrap_or_default(),
        long_about: value("long_about").unwrap_or_default(),
        author: value("author"),
        default_command: value("default_subcommand"),
        ..Command::default()
    };
    for node in document.nodes() {
        let known = [
            "name",
            "bin",
            "version",
            "about",
            "long_about",
            "author",
            "usage",
            "min_usage_version",
            "default_subcommand",
        ];
        if !known.contains(&node.name().value()) {
            reader.part(node, &mut program, &name);
        }
    }
    Ok(Read {
        program,
        losses: reader.losses,
        ..Read::default()
    })
}

struct Reader {
    losses: Vec<Loss>,
}

impl Reader {
    fn lost(&mut self, place: &str, fact: &str) {
        self.losses.push(Loss::new(
            place,
            fact,
            "the conversion doesn't read it".to_owned(),
        ));
    }

    /// Reads a node that a command may have.
    fn part(&mut self, node: &KdlNode, command: &mut Command, place: &str) {
        let first = node.get(0).map(shown).unwrap_or_default();
        match node.name().value() {
            "flag" => {
                if let Some(arg) = self.flag(node, &first, place) {
                    command.args.push(arg);
                }
            }
            "arg" => {
                let arg = self.arg(node, &first, place);
                command.args.push(arg);
            }
            "cmd" => {
                let below = self.command(node, first, place);
                command.commands.push(below);
            }
            "alias" => {
                let names = node.iter().filter(|entry| entry.name().is_none());
                let names = names.map(|entry| shown(entry.value()));
                match is_set(node, "hide") {
                    true => command.aliases.hidden.extend(names),
                    false => command.aliases.shown.extend(names),
                }
            }
            "help" => command.about = first,
            "long_help" => command.long_about = first,
            "before_help" | "before_long_help" | "after_help" | "after_long_help" => {
                let name = match node.name().value() {
                    "before_help" => "before_help",
                    "before_long_help" => "before_long_help",
                    "after_help" => "after_help",
                    _ => "after_long_help",
                };
                command.others.insert(name, first);
            }
            other => self.lost(place, other),
        }
    }

    fn command(&mut self, node: &KdlNode, name: String, place: &str) -> Command {
        let place = format!("{place} {name}");
        let mut command = Command {
            name,
            about: property(node, "help").unwrap_or_default(),
            hidden: is_set(node, "hide"),
            needs_command: is_set(node, "subcommand_required"),
            effect: property(node, "effect"),
            ..Command::default()
        };
        self.other_properties(node, &place, &["subcommand_required", "effect"]);
        for child in node.iter_children() {
            self.part(child, &mut command, &place);
        }
        command
    }

    /// Reads an option. `words` are its names, and its value if it is not a node of its own.
    fn flag(&mut self, node: &KdlNode, words: &str, place: &str) -> Option<Arg> {
        let mut arg = Arg {
            required: is_set(node, "required"),
            global: is_set(node, "global"),
            appends: is_set(node, "var"),
            ..common(node)
        };
        if is_set(node, "count") {
            arg.takes = Takes::Count;
            arg.appends = false;
        }
        for word in words.split_whitespace() {
            if let Some(long) = word.strip_prefix("--") {
                match arg.long {
                    None => arg.long = Some(long.to_owned()),
                    Some(_) => arg.aliases.shown.push(long.to_owned()),
                }
            } else if let Some(short) = word.strip_prefix('-').and_then(|it| it.chars().next()) {
                match arg.short {
                    None => arg.short = Some(short),
                    Some(_) => arg.aliases.shown.push(short.to_string()),
                }
            } else {
                value(&mut arg, word);
            }
        }
        arg.id = arg.usual_key();
        let place = format!("{place} {}", arg.shown());
        if matches!(arg.long.as_deref(), Some("help" | "version")) {
            return None;
        }
        for child in node.iter_children() {
            let first = child.get(0).map(shown).unwrap_or_default();
            match child.name().value() {
                "arg" => {
                    value(&mut arg, &first);
                    self.choices(child, &mut arg, &place);
                }
                "long_help" => arg.long_help = first,
                "choices" => self.choices(node, &mut arg, &place),
                "alias" => arg
                    .aliases
                    .shown
                    .push(first.trim_start_matches('-').to_owned()),
                "default" => arg.defaults.push(first),
                other => self.lost(&place, other),
            }
        }
        split_default(&mut arg);
        if property(node, "negate")
            .is_some_and(|name| Some(name) == arg.long.as_ref().map(|long| format!("--no-{long}")))
        {
            arg.negatable = true;
        } else if property(node, "negate").is_some() {
            self.lost(&place, "negate");
        }
        self.other_properties(
            node,
            &place,
            &["required", "global", "var", "count", "negate"],
        );
        Some(arg)
    }

    fn arg(&mut self, node: &KdlNode, word: &str, place: &str) -> Arg {
        let mut arg = Arg {
            last: property(node, "double_dash").as_deref() == Some("required"),
            ..common(node)
        };
        value(&mut arg, word);
        let number = |name| property(node, name).and_then(|number| number.parse::<usize>().ok());
        if is_set(node, "var") {
            arg.values = (number("var_min").unwrap_or(1).max(1), number("var_max"));
        }
        arg.appends = arg.values.1 != Some(1);
        arg.required =
            word.starts_with('<') && property(node, "required").as_deref() != Some("false");
        arg.id = match key_of(&arg.placeholders[0]) {
            id if id.is_empty() => "argument".to_owned(),
            id => id,
        };
        let place = format!("{place} <{}>", arg.id);
        self.choices(node, &mut arg, &place);
        for child in node.iter_children() {
            let first = child.get(0).map(shown).unwrap_or_default();
            match child.name().value() {
                "long_help" => arg.long_help = first,
                "choices" => {}
                other => self.lost(&place, other),
            }
        }
        split_default(&mut arg);
        let dashes = property(node, "double_dash");
        if dashes.is_some_and(|it| it != "required" && it != "optional") {
            self.lost(&place, "double_dash");
        }
        self.other_properties(
            node,
            &place,
            &["required", "var", "var_min", "var_max", "double_dash"],
        );
        arg
    }

    /// Reads the node `choices` of an argument.
    fn choices(&mut self, node: &KdlNode, arg: &mut Arg, place: &str) {
        for list in node
            .iter_children()
            .filter(|child| child.name().value() == "choices")
        {
            for entry in list.iter() {
                match entry.name() {
                    None => arg.choices.push(Choice {
                        name: shown(entry.value()),
                        ..Choice::default()
                    }),
                    Some(name) => self.lost(place, &format!("choices {}", name.value())),
                }
            }
        }
    }

    /// Reports properties that are not read.
    fn other_properties(&mut self, node: &KdlNode, place: &str, known: &[&str]) {
        for name in node.iter().filter_map(|entry| entry.name()) {
            if !COMMON.contains(&name.value()) && !known.contains(&name.value()) {
                self.lost(place, name.value());
            }
        }
    }
}

/// The properties that options and arguments have in common.
const COMMON: [&str; 6] = ["help", "long_help", "help_long", "hide", "env", "default"];

/// Reads the properties that options and arguments have in common.
fn common(node: &KdlNode) -> Arg {
    let long_help = property(node, "long_help").or_else(|| property(node, "help_long"));
    Arg {
        help: property(node, "help").unwrap_or_default(),
        long_help: long_help.unwrap_or_default(),
        hidden: is_set(node, "hide"),
        env: property(node, "env"),
        defaults: property(node, "default").into_iter().collect(),
        ..Arg::default()
    }
}

/// A default of several values is written as one, with commas between them.
fn split_default(arg: &mut Arg) {
    let is_choice = |value: &str| arg.choices.iter().any(|choice| choice.name == value);
    if let ([list], true, false) = (arg.defaults.as_slice(), arg.appends, arg.choices.is_empty()) {
        let values: Vec<String> = list.split(',').map(str::to_owned).collect();
        if !is_choice(list) && values.iter().all(|value| is_choice(value)) {
            arg.defaults = values;
        }
    }
}

/// Reads `<NAME>`, `[NAME]`, `[NAME]...` or `[-- NAME]...`.
fn value(arg: &mut Arg, word: &str) {
    let repeats = word.ends_with('…') || word.ends_with("...");
    let after_dashes = word.replacen("-- ", "", 1);
    arg.last |= after_dashes != word;
    let name = after_dashes
        .trim_end_matches(['.', '…'])
        .trim_matches(['<', '>', '[', ']']);
    let name = name.trim_end_matches(['.', '…']);
    arg.takes = Takes::Value;
    arg.placeholders.push(name.to_owned());
    let max = if repeats {
        None
    } else {
        Some(arg.placeholders.len())
    };
    arg.values = (arg.placeholders.len(), max);
}

fn property(node: &KdlNode, name: &str) -> Option<String> {
    node.get(name).map(shown)
}

fn is_set(node: &KdlNode, name: &str) -> bool {
    property(node, name).as_deref() == Some("true")
}

fn shown(value: &KdlValue) -> String {
    match value {
        KdlValue::String(text) => text.clone(),
        KdlValue::Bool(is_set) => is_set.to_string(),
        KdlValue::Integer(number) => number.to_string(),
        KdlValue::Float(number) => number.to_string(),
        KdlValue::Null => String::new(),
    }
}
