//! A program as other descriptions define it: what was read, before it is written as a spec.

use std::collections::{BTreeMap, BTreeSet};

/// A command with its subcommands.
#[derive(Clone, Debug, Default)]
pub(super) struct Command {
    pub(super) name: String,
    pub(super) about: String,
    /// The long description, which may repeat `about` at its beginning.
    pub(super) long_about: String,
    pub(super) aliases: Aliases,
    pub(super) hidden: bool,
    pub(super) version: Option<String>,
    pub(super) author: Option<String>,
    pub(super) args: Vec<Arg>,
    pub(super) groups: Vec<Group>,
    pub(super) commands: Vec<Command>,
    /// A subcommand has to be given.
    pub(super) needs_command: bool,
    pub(super) external: bool,
    /// Its own arguments can't be given together with a subcommand.
    pub(super) without_subcommand: bool,
    /// The subcommand that runs if none is given.
    pub(super) default_command: Option<String>,
    /// What it does: reads, writes or destroys.
    pub(super) effect: Option<String>,
    pub(super) override_self: bool,
    pub(super) next_line_help: bool,
    /// What a spec has no counterpart for, by the names of clap's methods.
    pub(super) others: Others,
}

/// What a spec has no counterpart for: the name of the fact, and its value.
pub(super) type Others = BTreeMap<&'static str, String>;

/// Other names.
#[derive(Clone, Debug, Default)]
pub(super) struct Aliases {
    pub(super) shown: Vec<String>,
    pub(super) hidden: Vec<String>,
}

/// An option or a positional argument.
#[derive(Clone, Debug, Default)]
pub(super) struct Arg {
    /// What rules call it.
    pub(super) id: String,
    /// Its key in the spec.
    pub(super) key: String,
    pub(super) short: Option<char>,
    pub(super) long: Option<String>,
    pub(super) aliases: Aliases,
    pub(super) takes: Takes,
    pub(super) help: String,
    /// The long description, which may repeat `help` at its beginning.
    pub(super) long_help: String,
    pub(super) heading: Option<String>,
    pub(super) placeholders: Vec<String>,
    /// How many values it takes each time: the minimum, and the maximum if there is one.
    pub(super) values: (usize, Option<usize>),
    /// It may be given several times, and all values count.
    pub(super) appends: bool,
    pub(super) kind: Kind,
    pub(super) choices: Vec<Choice>,
    /// Known values, beside which others are accepted.
    pub(super) suggest: Vec<Choice>,
    pub(super) ignore_case: bool,
    pub(super) complete: Option<&'static str>,
    pub(super) delimiter: Option<char>,
    pub(super) terminator: Option<String>,
    pub(super) defaults: Vec<String>,
    pub(super) defaults_when: Vec<(Condition, Vec<String>)>,
    /// The values of an option without one.
    pub(super) bare: Vec<String>,
    pub(super) env: Option<String>,
    pub(super) required: bool,
    /// An option of a command group that its subcommands take, too.
    pub(super) global: bool,
    pub(super) last: bool,
    pub(super) trailing: bool,
    pub(super) hyphen_values: bool,
    pub(super) equals: bool,
    pub(super) exclusive: bool,
    pub(super) hidden: bool,
    pub(super) hidden_short: bool,
    /// A switch that `--no-NAME` turns off.
    pub(super) negatable: bool,
    pub(super) rules: Rules,
    /// What a spec has no counterpart for.
    pub(super) others: Others,
}

/// The rules between an argument and others, which are given by their IDs.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    pub(super) requires: Vec<String>,
    /// What it requires if it has a value.
    pub(super) requires_if: Vec<(String, String)>,
    pub(super) conflicts: Vec<String>,
    pub(super) overrides: Vec<String>,
    pub(super) required_if: Vec<(String, String)>,
    pub(super) required_unless: Vec<String>,
    pub(super) required_unless_all: Vec<String>,
}

/// What an option takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Takes {
    #[default]
    Switch,
    Count,
    Value,
}

/// Another argument, and the value that it must have. Without a value, it must be given.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) id: String,
    pub(super) value: Option<String>,
}

/// The kind of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Text,
    Boolean,
    Path,
    Float,
    /// An integer from the first to the second number.
    Integer(i64, i64),
    Duration,
    /// `KEY=VALUE`
    KeyValue,
    /// A Rust type.
    Rust(String),
}

/// An accepted value.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    pub(super) name: String,
    pub(super) help: String,
    pub(super) aliases: Vec<String>,
    pub(super) hidden: bool,
}

/// A group of options and arguments.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) id: String,
    /// Its key in the spec.
    pub(super) key: String,
    /// The IDs of options, arguments and other groups.
    pub(super) members: Vec<String>,
    pub(super) required: bool,
    /// More than one may be given.
    pub(super) multiple: bool,
    pub(super) requires: Vec<String>,
    pub(super) conflicts: Vec<String>,
}

impl Group {
    /// Whether only one member may be given: either the group says so, or conflicts between its members do.
    pub(super) fn is_exclusive(&self, args: &[Arg]) -> bool {
        let conflict = |one: &String, other: &String| {
            let rule = |of: &String, with: &String| {
                args.iter()
                    .any(|arg| arg.id == *of && arg.rules.conflicts.contains(with))
            };
            one == other || rule(one, other) || rule(other, one)
        };
        let others = || self.members.iter();
        !self.multiple
            || self.members.len() > 1
                && others().all(|one| others().all(|other| conflict(one, other)))
    }
}

impl Arg {
    pub(super) fn is_positional(&self) -> bool {
        self.short.is_none() && self.long.is_none()
    }

    /// How users write it: `--name`, `-n` or `<name>`.
    pub(super) fn shown(&self) -> String {
        match (&self.long, self.short) {
            (Some(long), _) => format!("--{long}"),
            (None, Some(short)) => format!("-{short}"),
            (None, None) => format!("<{}>", self.key),
        }
    }

    /// The key, unless another argument has it.
    pub(super) fn usual_key(&self) -> String {
        match (&self.long, self.short) {
            // A key of one letter is a short name.
            (Some(long), _) if long.chars().count() == 1 => format!("long-{long}"),
            (Some(long), _) => long.clone(),
            (None, Some(short)) => short.to_string(),
            (None, None) => match key_of(&self.id) {
                key if key.is_empty() => "argument".to_owned(),
                key => key,
            },
        }
    }
}

impl Command {
    /// What conflicts with an argument: whatever has a rule about the other, is exclusive, or is in the same group of
    /// which only one may be given.
    pub(super) fn conflicts_of(&self, arg: &Arg, scope: &Scope) -> Vec<String> {
        let own = arg.rules.conflicts.iter().flat_map(|id| scope.keys(id));
        let others = self.args.iter().filter(|other| other.key != arg.key);
        let others = others.filter(|other| {
            let rules = other.rules.conflicts.iter().flat_map(|id| scope.keys(id));
            other.exclusive || rules.into_iter().any(|key| key == arg.key)
        });
        let mut keys: Vec<String> = own.chain(others.map(|other| other.key.clone())).collect();
        keys.sort();
        keys.dedup();
        keys.retain(|key| *key != arg.key);
        keys
    }

    /// Gives each argument a key that no other argument has: in the same command, or in one that inherits it.
    pub(super) fn name_args(&mut self) {
        self.name_args_beside(&BTreeSet::new());
    }

    fn name_args_beside(&mut self, inherited: &BTreeSet<String>) {
        let below = self.commands.iter().flat_map(Command::all_keys);
        let below: BTreeSet<String> = below.map(|key| in_rust(&key)).collect();
        let mut taken = inherited.clone();
        let mut global = inherited.clone();
        let name = key_of(&self.name);
        let (positional, options): (Vec<_>, Vec<_>) =
            self.args.iter_mut().partition(|arg| arg.is_positional());
        for arg in options.into_iter().chain(positional) {
            let usual = arg.usual_key();
            let other = match arg.is_positional() {
                true => format!("{usual}-argument"),
                false => format!("{name}-{usual}"),
            };
            let is_own = arg.global || arg.is_positional();
            arg.key = free(usual, other, |key| {
                let key = in_rust(key);
                !taken.contains(&key) && (is_own || !below.contains(&key))
            });
            taken.insert(in_rust(&arg.key));
            if arg.global {
                global.insert(in_rust(&arg.key));
            }
        }
        for group in &mut self.groups {
            let usual = match key_of(&group.id) {
                key if key.is_empty() => "group".to_owned(),
                key => key,
            };
            let other = format!("{usual}-group");
            group.key = free(usual, other, |key| !taken.contains(&in_rust(key)));
            taken.insert(in_rust(&group.key));
        }
        for command in &mut self.commands {
            command.name_args_beside(&global);
        }
    }

    /// The usual keys of its arguments, and of those of its subcommands.
    fn all_keys(&self) -> Vec<String> {
        let own = self.args.iter().map(Arg::usual_key);
        own.chain(self.commands.iter().flat_map(Self::all_keys))
            .collect()
    }
}

/// The first of these names that is free: the usual one, the other one, and the other one with a number.
fn free(usual: String, other: String, is_free: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{other}-{number}"));
    let names = [usual, other.clone()].into_iter().chain(numbered);
    let mut names = names.filter(|name| is_free(name));
    names.next().unwrap_or_default()
}

/// What makes a key different from others in Rust. Letters keep their case.
fn in_rust(key: &str) -> String {
    match key.chars().count() {
        1 => key.to_owned(),
        _ => key.to_lowercase().replace(['-', '.'], "_"),
    }
}

/// Writes an ID as a key: `search_paths` and `SearchPaths` become `search-paths`.
pub(super) fn key_of(id: &str) -> String {
    let mut key = String::new();
    let mut after_lower = false;
    for char in id.chars() {
        if char.is_uppercase() && after_lower {
            key.push('-');
        }
        after_lower = char.is_lowercase() || char.is_ascii_digit();
        match char {
            '_' | ' ' | '.' | '-' if key.ends_with('-') => {}
            '_' | ' ' | '.' | '-' => key.push('-'),
            _ if char.is_ascii_alphanumeric() => key.extend(char.to_lowercase()),
            // Other signs separate words, too.
            _ if key.ends_with('-') => {}
            _ => key.push('-'),
        }
    }
    key.trim_matches('-').to_owned()
}

/// What the arguments of a command are called: those of its own, and those it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    args: BTreeMap<String, (String, String)>,
    groups: BTreeMap<String, Vec<String>>,
}

impl Scope {
    /// The scope of a command within that of its parent.
    pub(super) fn of(&self, command: &Command) -> Self {
        let mut scope = Self {
            args: self.args.clone(),
            groups: BTreeMap::new(),
        };
        for arg in &command.args {
            let names = (arg.key.clone(), arg.shown());
            scope.args.insert(arg.id.clone(), names);
        }
        for group in &command.groups {
            let members = group.members.clone();
            scope.groups.insert(group.id.clone(), members);
        }
        scope
    }

    /// The scope of the subcommands: what they inherit.
    pub(super) fn inherited(&self, command: &Command) -> Self {
        let mut args = self.args.clone();
        for arg in command.args.iter().filter(|arg| !arg.global) {
            args.remove(&arg.id);
        }
        Self {
            args,
            groups: BTreeMap::new(),
        }
    }

    /// The keys of an argument, or of all members of a group.
    pub(super) fn keys(&self, id: &str) -> Vec<String> {
        self.names(id).map(|names| names.0.clone()).collect()
    }

    /// How users write an argument, or all members of a group.
    pub(super) fn shown(&self, id: &str) -> Vec<String> {
        self.names(id).map(|names| names.1.clone()).collect()
    }

    fn names<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a (String, String)> + use<'a> {
        let mut open = vec![id];
        let mut seen: Vec<&str> = Vec::new();
        let mut found = Vec::new();
        while let Some(id) = open.pop() {
            if let Some(names) = self.args.get(id) {
                if !found.contains(&names) {
                    found.push(names);
                }
            } else if let Some((group, members)) = self.groups.get_key_value(id) {
                if !seen.contains(&group.as_str()) {
                    seen.push(group);
                    open.extend(members.iter().rev().map(String::as_str));
                }
            }
        }
        found.into_iter()
    }
}
