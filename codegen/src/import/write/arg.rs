//! Writes an option or an argument.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::super::described::{Arg, Choice, Command, Kind, Scope, Takes, key_of};
use super::super::text;
use super::{Written, kind, put, put_list, put_text, reasons, scalar, todo};

/// An argument of a command, which is written as a mapping.
pub(super) struct Writer<'a> {
    pub(super) command: &'a Command,
    pub(super) scope: &'a Scope,
    pub(super) arg: &'a Arg,
}

impl Writer<'_> {
    pub(super) fn write(&self, place: &str, written: &mut Written) -> Mapping {
        let arg = self.arg;
        let place = &format!("{place} {}", arg.shown());
        let mut map = Mapping::new();
        if let (Some(short), Some(_)) = (arg.short, &arg.long) {
            put(&mut map, "short", scalar(&short.to_string()));
        }
        if let Some(long) = arg.long.as_ref().filter(|long| **long != arg.key.clone()) {
            put_text(&mut map, "long", long);
        }
        put_list(&mut map, "aliases", &arg.aliases.shown);
        put_list(&mut map, "hidden-aliases", &arg.aliases.hidden);
        match arg.takes {
            Takes::Switch => {}
            Takes::Count => put(&mut map, "count", u8::MAX),
            Takes::Value => self.value(place, &mut map, written),
        }
        self.defaults_when(place, &mut map, written);
        if let Some(env) = &arg.env {
            put_text(&mut map, "env", env);
        }
        self.flags(&mut map);
        self.rules(place, &mut map, written);
        for fact in arg.others.keys() {
            let reason = match (*fact, arg.others[fact].as_str()) {
                ("value_parser", "OsString") => {
                    "the field is a `PathBuf`, which can be converted to an `OsString`"
                }
                ("value_parser", _) => {
                    "a function of the program checks the values: add a `type` that implements `FromStr`, or check them in the handler"
                }
                ("action", "SetFalse") => {
                    "the field is `true` if the option is given: negate it in the handler"
                }
                (fact, _) => reasons::of(fact),
            };
            written.lost(place, fact, reason);
        }
        put_text(
            &mut map,
            "heading",
            arg.heading.as_deref().unwrap_or_default(),
        );
        let (help, description) = text::split(&arg.help, &arg.long_help);
        if text::is_too_long(&arg.help) {
            written.lost(place, "help", text::TOO_LONG);
            written.lost(place, "long_help", text::TOO_LONG);
        }
        if help.is_empty() && !arg.hidden {
            written.lost(
                place,
                "help",
                "it has no help: write one in place of `TODO`",
            );
            put(&mut map, "help", todo(place));
        }
        put_text(&mut map, "help", &help);
        put_text(&mut map, "description", &description);
        map
    }

    /// Writes the keys about the values.
    fn value(&self, place: &str, map: &mut Mapping, written: &mut Written) {
        let arg = self.arg;
        self.count(place, map, written);
        let complete = arg.complete;
        let name = match (&arg.kind, complete) {
            (Kind::Text, _) => None,
            (Kind::Boolean, _) => Some("boolean"),
            (Kind::Float, _) => Some("float"),
            (Kind::Path, Some(of @ ("file" | "directory"))) => Some(of),
            (Kind::Path, _) => Some("path"),
            (Kind::Integer(..), _) => Some("integer"),
            (Kind::Duration, _) => Some("duration"),
            (Kind::KeyValue, _) => Some("key-value"),
            (Kind::Rust(path), _) => Some(path.as_str()).filter(|path| is_path(path)),
        };
        put_text(map, "type", name.unwrap_or_default());
        match &arg.kind {
            Kind::Integer(min, max) => {
                for (key, limit, end) in [("min", min, i64::MIN), ("max", max, i64::MAX)] {
                    if *limit != end {
                        put(map, key, *limit);
                    }
                }
            }
            Kind::Rust(path) if path.starts_with("std::primitive::") => {}
            Kind::Rust(path) if is_path(path) => written.lost(
                place,
                "value_parser",
                format!("check that the program can name `{path}`, and that it implements `FromStr` with the same errors"),
            ),
            Kind::Rust(path) => written.lost(
                place,
                "value_parser",
                format!("`{path}` has no simple name: the field is a string, which the handler can parse"),
            ),
            Kind::Duration => written.lost(place, "value_parser", "check that `30s`, `1h 30m` is how users write durations"),
            Kind::KeyValue => written.lost(place, "value_parser", "check that users write `KEY=VALUE`"),
            _ => {}
        }
        if let Some(hint) =
            complete.filter(|hint| name != Some(hint) && !(name == Some("path") && *hint == "path"))
        {
            put(map, "complete", hint);
        }
        self.choices(map);
        if arg.ignore_case {
            put(map, "ignore-case", true);
        }
        match arg.delimiter {
            None => {}
            Some(_) if arg.is_positional() => written.lost(
                place,
                "value_delimiter",
                "an argument has no delimiter: the shell splits at spaces",
            ),
            Some(sign) if sign.is_ascii_punctuation() && sign != '-' => {
                put_text(map, "delimiter", &sign.to_string());
            }
            Some(_) => written.lost(
                place,
                "value_delimiter",
                "a delimiter is a punctuation mark",
            ),
        }
        put_text(
            map,
            "terminator",
            arg.terminator.as_deref().unwrap_or_default(),
        );
        put_list(map, "default", &arg.defaults);
    }

    /// Writes how many values there are.
    fn count(&self, place: &str, map: &mut Mapping, written: &mut Written) {
        let arg = self.arg;
        let (min, max) = arg.values;
        let range = match max {
            Some(max) if max == min => min.to_string(),
            Some(max) => format!("{}..{max}", min.max(1)),
            None => format!("{}..", min.max(1)),
        };
        if arg.is_positional() {
            if arg.placeholders != [arg.key.to_uppercase()] {
                put_text(map, "value", &arg.placeholders.join(" "));
            }
            match (arg.appends, max) {
                (_, Some(1)) if min == 0 => {}
                (false, Some(1)) => {}
                (_, None) if min < 2 => put(map, "repeat", true),
                (true, Some(1)) => put(map, "repeat", true),
                _ => put(map, "repeat", scalar(&range)),
            }
            return;
        }
        put_list(map, "value", &arg.placeholders);
        if min == 0 && max != Some(1) {
            written.lost(place, "num_args", "the option needs at least one value");
        }
        match (min, max) {
            (1, Some(1)) => {
                if arg.appends {
                    put(map, "repeat", true);
                }
            }
            (0, Some(1)) => {
                let choice = arg.choices.first().map(|choice| choice.name.clone());
                let takes_any = matches!(arg.kind, Kind::Text | Kind::Path);
                let bare = match arg.bare.as_slice() {
                    [bare] => Some(bare.clone()),
                    _ => choice.or_else(|| takes_any.then(String::new)),
                };
                if arg.bare.len() != 1 {
                    written.lost(place, "num_args", match bare {
                        Some(_) => "without a value, the option has the value in `bare`: check that this is right",
                        None => "the option needs a value: if not, write the usual one as `bare`",
                    });
                }
                if let Some(bare) = bare {
                    put(map, "bare", scalar(&bare));
                }
                if arg.appends {
                    put(map, "repeat", true);
                }
            }
            (_, Some(max)) if min == max && arg.placeholders.len() == max => {
                if arg.appends {
                    put(map, "repeat", true);
                }
            }
            _ if arg.appends => {
                put(map, "num-args", scalar(&range));
                put(map, "repeat", true);
            }
            _ => {
                put(map, "num-args", scalar(&range));
            }
        }
        if arg.delimiter.is_some() && !map.contains_key("repeat") && !map.contains_key("num-args") {
            written.lost(
                place,
                "action",
                "an option with a delimiter may be repeated",
            );
            put(map, "repeat", true);
        }
        if arg.equals {
            put(map, "equals", true);
        }
    }

    fn choices(&self, map: &mut Mapping) {
        let choices = &self.arg.choices;
        let rust = rust_names(choices);
        let is_plain = |choice: &Choice| {
            let has_name = rust.contains_key(choice.name.as_str());
            choice.help.is_empty() && choice.aliases.is_empty() && !choice.hidden && !has_name
        };
        if choices.iter().all(is_plain) {
            let names: Vec<Value> = choices.iter().map(|choice| scalar(&choice.name)).collect();
            if !names.is_empty() {
                put(map, "choices", names);
            }
            return;
        }
        let mut list = Mapping::new();
        for choice in choices {
            let (help, more) = text::split(&choice.help, "");
            let mut keys = Mapping::new();
            put_text(&mut keys, "help", [help, more].join(" ").trim());
            put_list(&mut keys, "aliases", &choice.aliases);
            if choice.hidden {
                put(&mut keys, "hidden", true);
            }
            let rust = rust.get(choice.name.as_str());
            put_text(
                &mut keys,
                "rust",
                rust.map(String::as_str).unwrap_or_default(),
            );
            match (keys.len(), keys.get("help")) {
                (1, Some(help)) => put(&mut list, &choice.name, help.clone()),
                _ => put(&mut list, &choice.name, keys),
            }
        }
        put(map, "choices", list);
    }

    fn defaults_when(&self, place: &str, map: &mut Mapping, written: &mut Written) {
        let mut list: Vec<Value> = Vec::new();
        for (condition, values) in &self.arg.defaults_when {
            let keys = self.scope.keys(&condition.id);
            let is_switch = self
                .command
                .args
                .iter()
                .any(|it| it.id == condition.id && it.takes == Takes::Switch);
            let value = match &condition.value {
                Some(value) => Some(value.clone()),
                None if is_switch => Some("true".to_owned()),
                None => None,
            };
            let (Some(value), [key], [default]) = (value, keys.as_slice(), values.as_slice())
            else {
                written.lost(
                    place,
                    "default_value_if",
                    "a conditional default depends on the value of one option, and has one value",
                );
                continue;
            };
            let mut when = Mapping::new();
            put_text(&mut when, key, &value);
            let mut entry = Mapping::new();
            put(&mut entry, "when", when);
            put(&mut entry, "value", scalar(default));
            list.push(entry.into());
        }
        put_values(map, "default-when", list);
    }

    /// Writes the keys that are on or off.
    fn flags(&self, map: &mut Mapping) {
        let arg = self.arg;
        let groups = self.command.groups.iter();
        let is_alone = groups
            .filter(|group| group.required)
            .any(|group| self.scope.keys(&group.id) == [arg.key.clone()]);
        let is_group = !self.command.commands.is_empty() && !arg.is_positional();
        let flags = [
            ("required", arg.required || is_alone),
            ("last", arg.last),
            ("trailing", arg.trailing),
            // The rest of a command line may have dashes anyway.
            ("hyphen-values", arg.hyphen_values && !arg.trailing),
            ("exclusive", arg.exclusive),
            ("hidden", arg.hidden),
        ];
        for (key, _) in flags.iter().filter(|(_, is_set)| *is_set) {
            put(map, key, true);
        }
        if arg.hidden_short && !arg.hidden {
            put(map, "hidden", "short");
        }
        if is_group && !arg.global {
            let placement = match self.command.without_subcommand {
                true => "without-subcommand",
                false => "before-subcommand",
            };
            put(map, "placement", placement);
        }
    }

    fn rules(&self, place: &str, map: &mut Mapping, written: &mut Written) {
        let rules = &self.arg.rules;
        let own = self.arg.key.clone();
        let groups = self.command.groups.iter();
        let groups: Vec<_> = groups
            .filter(|group| self.scope.keys(&group.id).contains(&own))
            .collect();
        let all = |ids: &[String]| -> Vec<String> {
            let keys = ids.iter().flat_map(|id| self.scope.keys(id));
            unique(keys)
        };
        let mut requires = rules.requires.clone();
        let mut conflicts = all(&rules.conflicts);
        for group in groups {
            requires.extend(group.requires.iter().cloned());
            conflicts.extend(all(&group.conflicts));
            if group.is_exclusive(&self.command.args) {
                let members = self.scope.keys(&group.id);
                conflicts.retain(|key| !members.contains(key));
            }
        }
        let requires = unique(
            requires
                .iter()
                .filter_map(|id| self.one_of(id, place, written)),
        );
        put_list(map, "requires", &requires);
        let conflicts: Vec<String> = unique(conflicts)
            .into_iter()
            .filter(|key| *key != own)
            .collect();
        put_list(map, "conflicts", &conflicts);
        put_list(map, "overrides", &all(&rules.overrides));
        if self.arg.required {
            return;
        }
        put_list(map, "required-unless", &all(&rules.required_unless));
        put_list(map, "required-unless-all", &all(&rules.required_unless_all));
        let when = rules
            .required_if
            .iter()
            .map(|(id, value)| (self.scope.keys(id), value));
        let others = self.command.args.iter().flat_map(|other| {
            let rules = other.rules.requires_if.iter();
            let rules = rules.filter(|(_, id)| self.scope.keys(id) == [own.clone()]);
            rules.map(|(value, _)| (vec![other.key.clone()], value))
        });
        let mut list: Vec<Value> = Vec::new();
        for (keys, value) in when.chain(others) {
            for key in keys {
                let mut entry = Mapping::new();
                put(&mut entry, &key, scalar(value));
                list.push(entry.into());
            }
        }
        put_values(map, "required-when", list);
    }

    /// The key for a rule that one member of a group satisfies.
    fn one_of(&self, id: &str, place: &str, written: &mut Written) -> Option<String> {
        let keys = self.scope.keys(id);
        if let [key] = keys.as_slice() {
            return Some(key.clone());
        }
        let groups = self.command.groups.iter();
        let group = groups
            .filter(|group| kind(group, &self.command.args).is_some())
            .find(|group| group.id == id);
        if group.is_none() {
            written.lost(
                place,
                "requires",
                format!(
                    "it requires one of {}, which are no option group",
                    keys.join(", ")
                ),
            );
        }
        group.map(|group| key_of(&group.id))
    }
}

/// Names in Rust for the choices that would have the same name, or none: `CPlus` for `c+`.
fn rust_names(choices: &[Choice]) -> BTreeMap<&str, String> {
    let usual = |choice: &Choice| key_of(&choice.name).replace('-', "");
    let is_same = |choice: &Choice| {
        let name = usual(choice);
        name.is_empty() || choices.iter().filter(|other| usual(other) == name).count() > 1
    };
    let has_sign = |choice: &&Choice| {
        choice
            .name
            .contains(|it: char| SIGNS.iter().any(|(sign, _)| *sign == it))
    };
    let named = choices
        .iter()
        .filter(|choice| is_same(choice))
        .filter(has_sign);
    named
        .map(|choice| (choice.name.as_str(), spelled(&choice.name)))
        .collect()
}

/// A name for Rust, in which signs are words.
fn spelled(name: &str) -> String {
    let mut spelled = String::new();
    let mut starts = true;
    for char in name.chars() {
        match SIGNS.iter().find(|(sign, _)| *sign == char) {
            Some((_, word)) => {
                spelled.push_str(word);
                starts = true;
            }
            None if !char.is_alphanumeric() => starts = true,
            None if starts => {
                spelled.extend(char.to_uppercase());
                starts = false;
            }
            None => spelled.push(char),
        }
    }
    spelled
}

/// The words for signs in the names of choices.
const SIGNS: [(char, &str); 10] = [
    ('+', "Plus"),
    ('#', "Sharp"),
    ('.', "Dot"),
    ('-', "Dash"),
    ('*', "Star"),
    ('/', "Slash"),
    ('=', "Equals"),
    ('<', "Less"),
    ('>', "Greater"),
    ('!', "Not"),
];

/// Whether this is the path of a type, without parameters.
fn is_path(name: &str) -> bool {
    name.chars()
        .all(|it| it.is_alphanumeric() || it == '_' || it == ':')
}

/// Writes one mapping as it is, and several as a list.
fn put_values(map: &mut Mapping, key: &str, mut list: Vec<Value>) {
    match list.len() {
        0 => {}
        1 => put(map, key, list.remove(0)),
        _ => put(map, key, list),
    }
}

fn unique(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut unique = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    unique
}
