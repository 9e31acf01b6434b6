//! Writes a program as the files of a spec.

mod arg;
mod reasons;
mod values;

use serde_yaml::{Mapping, Value};

use super::described::{Arg, Command, Group, Scope};
use super::{Loss, text};
use crate::check::is_command_name;

/// How many commands a spec in one file may have. A larger one is a directory with a file for each command.
const MAX_IN_ONE_FILE: usize = 12;

/// The files of a spec by their paths, and what was lost.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) files: Vec<(String, String)>,
    pub(super) losses: Vec<Loss>,
}

/// What to do about an option or a command without a description.
const MISSING: &str = "there was none: replace the `TODO` in the spec";

/// The text of an option or a command that has none. It is different for each, since no two should have the same.
fn todo(name: &str) -> String {
    format!("TODO: describe `{name}`")
}

/// Writes the files of a spec.
pub(super) fn write(program: &Command) -> Written {
    let mut written = Written::default();
    let in_one_file = count(program) <= MAX_IN_ONE_FILE;
    let mut files = if in_one_file { None } else { Some(Vec::new()) };
    let mut map = Mapping::new();
    put(&mut map, "name", program.name.clone());
    if let Some(version) = &program.version {
        written.version(version, &program.name);
        put(&mut map, "version", "cargo");
    }
    if let Some(author) = &program.author {
        let authors: Vec<String> = author.lines().map(|line| line.trim().to_owned()).collect();
        put_list(&mut map, "authors", &authors);
    }
    if program.override_self {
        put(&mut map, "args-override-self", true);
    }
    if program.next_line_help {
        put(&mut map, "next-line-help", true);
    }
    let scope = Scope::default();
    let place = program.name.clone();
    map.extend(written.command(program, &[], &place, &scope, &mut files));
    written.file("cli.yaml", map);
    for (path, map) in files.into_iter().flatten() {
        written.file(&path, map);
    }
    written
}

/// The number of commands in a command group, including itself.
fn count(command: &Command) -> usize {
    1 + command.commands.iter().map(count).sum::<usize>()
}

/// The files of commands, by their paths.
type Files = Option<Vec<(String, Mapping)>>;

impl Written {
    fn file(&mut self, path: &str, map: Mapping) {
        let text = serde_yaml::to_string(&Value::Mapping(map))
            .expect("strings, numbers, lists and mappings");
        self.files.push((path.to_owned(), text));
    }

    pub(super) fn lost(&mut self, place: &str, fact: &str, reason: impl Into<String>) {
        self.losses.push(Loss::new(place, fact, reason.into()));
    }

    fn version(&mut self, version: &str, place: &str) {
        let is_plain = version.starts_with(|it: char| it.is_ascii_digit())
            && !version.contains(char::is_whitespace);
        // It isn't always known.
        if !is_plain && !version.is_empty() {
            self.lost(
                place,
                "version",
                format!(
                    "`--version` prints the version of the crate, instead of `{}`",
                    version.lines().next().unwrap_or_default()
                ),
            );
        }
    }

    /// Writes the keys of a command. `path` has the names of its parents without that of the program.
    fn command(
        &mut self,
        command: &Command,
        path: &[&str],
        place: &str,
        outer: &Scope,
        files: &mut Files,
    ) -> Mapping {
        let mut map = Mapping::new();
        let scope = outer.of(command);
        for name in command.others.keys() {
            self.lost(place, name, reasons::of(name));
        }
        if !path.is_empty() && command.author.is_some() {
            self.lost(place, "author", "`authors` are those of the whole program");
        }
        self.texts(command, place, &mut map);
        let aliases = &command.aliases;
        if path.is_empty() && !(aliases.shown.is_empty() && aliases.hidden.is_empty()) {
            self.lost(place, "alias", "the program has one name");
        } else {
            put_list(&mut map, "aliases", &aliases.shown);
            put_list(&mut map, "hidden-aliases", &aliases.hidden);
        }
        if command.hidden {
            put(&mut map, "hidden", true);
        }
        put_text(
            &mut map,
            "effect",
            command.effect.as_deref().unwrap_or_default(),
        );
        self.group(command, place, &mut map);
        self.args(command, place, &scope, &mut map);
        let groups = self.groups(command, place, &scope);
        put_map(&mut map, "groups", groups);
        let inherited = scope.inherited(command);
        let commands = self.subcommands(command, path, place, &inherited, files);
        put_map(&mut map, "commands", commands);
        map
    }

    /// Writes what help says about a command.
    fn texts(&mut self, command: &Command, place: &str, map: &mut Mapping) {
        let (about, description) = text::split(&command.about, &command.long_about);
        if text::is_split(&command.about) {
            self.lost(place, "about", text::SPLIT);
            self.lost(place, "long_about", text::SPLIT);
        }
        if about.is_empty() {
            self.lost(place, "about", MISSING);
            put(map, "about", todo(place));
        }
        put_text(map, "about", &about);
        let moved = |names: [&str; 2]| {
            // The long form repeats the short one.
            let text = names.iter().find_map(|name| command.others.get(name));
            text.map(|text| text::block(text)).unwrap_or_default()
        };
        let before = moved(["before_long_help", "before_help"]);
        let after = moved(["after_long_help", "after_help"]);
        if !before.is_empty() || !after.is_empty() {
            let reason = "it includes what was shown before and after it";
            self.lost(place, "long_about", reason);
        }
        let parts = [before, description, after];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        put_text(map, "description", &parts.collect::<Vec<_>>().join("\n\n"));
    }

    /// Writes what a command does without one of its subcommands, or with an unknown one.
    fn group(&mut self, command: &Command, place: &str, map: &mut Mapping) {
        if command.commands.is_empty() {
            if command.external {
                let reason = "only a program with subcommands can pass on unknown ones; use an argument with `trailing`";
                self.lost(place, "allow_external_subcommands", reason);
            }
            return;
        }
        // Only a command group that can be run has arguments.
        let has_arguments = command.args.iter().any(Arg::is_positional);
        if has_arguments && command.needs_command {
            let reason = "the arguments are for the command group without a subcommand";
            self.lost(place, "subcommand_required", reason);
        }
        match &command.default_command {
            Some(name) if !has_arguments => put(map, "default-command", name.clone()),
            Some(_) => {
                let reason = "a command group with arguments of its own has no default command";
                self.lost(place, "default_subcommand", reason);
                put(map, "runnable", true);
            }
            None if has_arguments || !command.needs_command => put(map, "runnable", true),
            None => {}
        }
        if command.external {
            put(map, "external", true);
        }
    }

    /// Writes the subcommands: to files of their own, or returns them.
    fn subcommands(
        &mut self,
        command: &Command,
        path: &[&str],
        place: &str,
        inherited: &Scope,
        files: &mut Files,
    ) -> Mapping {
        let names = command
            .commands
            .iter()
            .map(|command| format!("{}.yaml", command.name));
        if files.is_some() && !names.is_sorted() {
            let reason = "commands in files of their own are sorted by name";
            self.lost(place, "order of subcommands", reason);
        }
        let mut commands = Mapping::new();
        for below in &command.commands {
            let path = [path, &[&below.name]].concat();
            let place = format!("{place} {}", below.name);
            match files {
                // Any other name, such as `../name`, stays in the file of the command group.
                Some(_) if is_command_name(&below.name) => {
                    let written = self.command(below, &path, &place, inherited, files);
                    let file = format!("commands/{}.yaml", path.join("/"));
                    files.get_or_insert_default().push((file, written));
                }
                _ => {
                    let written = self.command(below, &path, &place, inherited, &mut None);
                    put(&mut commands, &below.name, written);
                }
            }
        }
        commands
    }

    fn args(&mut self, command: &Command, place: &str, scope: &Scope, map: &mut Mapping) {
        let mut arguments = Mapping::new();
        let mut options = Mapping::new();
        let mut optional = false;
        for arg in &command.args {
            let place = format!("{place} {}", arg.shown());
            let action = arg.others.get("action").map(String::as_str);
            if matches!(action, Some("Help" | "Version")) {
                self.lost(&place, "action", reasons::of("action"));
                continue;
            }
            let mut arg = arg.clone();
            if arg.is_positional() && !arg.last {
                if arg.required && optional {
                    let reason = "a required argument can't follow one that may be left out";
                    self.lost(&place, "required", reason);
                    arg.required = false;
                }
                optional = !arg.required;
            }
            let writer = arg::Writer {
                command,
                scope,
                arg: &arg,
            };
            let list = match arg.is_positional() {
                true => &mut arguments,
                false => &mut options,
            };
            put(list, &arg.key, writer.write(&place, self));
        }
        put_map(map, "arguments", arguments);
        put_map(map, "options", options);
    }

    /// Writes the groups in which the number of members that may be given is limited.
    fn groups(&mut self, command: &Command, place: &str, scope: &Scope) -> Mapping {
        let mut map = Mapping::new();
        for group in &command.groups {
            let members = scope.keys(&group.id);
            let Some(key) = kind(group, &command.args).filter(|_| members.len() > 1) else {
                continue;
            };
            let mut written = Mapping::new();
            put_list(&mut written, key, &members);
            put(&mut map, &group.key, written);
            if group.members.len() != members.len() {
                self.lost(
                    place,
                    "group",
                    format!(
                        "the group `{}` lists the members of other groups",
                        group.key
                    ),
                );
            }
        }
        map
    }
}

/// The key of a group. `None` if it limits nothing.
pub(super) fn kind(group: &Group, args: &[Arg]) -> Option<&'static str> {
    match (group.required, group.is_exclusive(args)) {
        (true, false) => Some("any-of"),
        (true, true) => Some("one-of"),
        (false, true) => Some("at-most-one"),
        (false, false) => None,
    }
}

pub(super) fn put(map: &mut Mapping, key: &str, value: impl Into<Value>) {
    map.insert(Value::String(key.to_owned()), value.into());
}

pub(super) fn put_text(map: &mut Mapping, key: &str, text: &str) {
    if !text.is_empty() {
        put(map, key, scalar(text));
    }
}

/// Writes one value as it is, and several as a list.
pub(super) fn put_list(map: &mut Mapping, key: &str, values: &[String]) {
    match values {
        [] => {}
        [value] => put(map, key, scalar(value)),
        values => put(
            map,
            key,
            values.iter().map(|value| scalar(value)).collect::<Vec<_>>(),
        ),
    }
}

pub(super) fn put_map(map: &mut Mapping, key: &str, value: Mapping) {
    if !value.is_empty() {
        put(map, key, value);
    }
}

/// A number if the text is one, so that it needs no quotes.
pub(super) fn scalar(text: &str) -> Value {
    match text.parse::<i64>() {
        Ok(number) if number.to_string() == text => number.into(),
        _ => Value::String(text.to_owned()),
    }
}
