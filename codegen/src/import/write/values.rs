//! Writes the values of an option or an argument.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::super::described::{Choice, Kind};
use super::super::text;
use super::arg::Writer;
use super::{Written, put, put_list, put_text, scalar};

impl Writer<'_> {
    /// Writes the keys about the values.
    pub(super) fn value(&self, place: &str, map: &mut Mapping, written: &mut Written) {
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
            Kind::Duration => written.lost(place, "value_parser", "check that users write durations such as `30s` and `1h 30m`"),
            Kind::KeyValue => written.lost(place, "value_parser", "check that users write `KEY=VALUE`"),
            _ => {}
        }
        if let Some(hint) =
            complete.filter(|hint| name != Some(hint) && !(name == Some("path") && *hint == "path"))
        {
            put(map, "complete", hint);
        }
        let choices = &arg.choices;
        choices_of(map, "choices", choices, &rust_names(choices));
        choices_of(map, "suggest", &arg.suggest, &BTreeMap::new());
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
                "a delimiter is a punctuation mark other than `-`",
            ),
        }
        put_text(
            map,
            "terminator",
            arg.terminator.as_deref().unwrap_or_default(),
        );
        let delimiter = arg.delimiter.filter(|_| !arg.is_positional());
        let defaults = arg.defaults.iter().flat_map(|value| match delimiter {
            Some(sign) => value.split(sign).map(str::to_owned).collect(),
            None => vec![value.clone()],
        });
        put_list(map, "default", &defaults.collect::<Vec<_>>());
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
        let is_exact = max == Some(min) && min == arg.placeholders.len();
        match arg.placeholders.as_slice() {
            [first, _, ..] if !is_exact => {
                written.lost(
                    place,
                    "value_name",
                    "an option with a range of values has one name for them",
                );
                put_text(map, "value", first);
            }
            names => put_list(map, "value", names),
        }
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
                let takes_any = arg.kind == Kind::Text;
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
        if arg.equals && map.contains_key("num-args") {
            written.lost(
                place,
                "require_equals",
                "several values can't follow an equals sign",
            );
        } else if arg.equals {
            put(map, "equals", true);
        }
    }
}

/// Writes values: a list of their names, or a mapping if there is more to say about them.
fn choices_of(map: &mut Mapping, key: &str, choices: &[Choice], rust: &BTreeMap<&str, String>) {
    let is_plain = |choice: &Choice| {
        let has_name = rust.contains_key(choice.name.as_str());
        choice.help.is_empty() && choice.aliases.is_empty() && !choice.hidden && !has_name
    };
    if choices.iter().all(is_plain) {
        let names: Vec<Value> = choices.iter().map(|choice| scalar(&choice.name)).collect();
        if !names.is_empty() {
            put(map, key, names);
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
    put(map, key, list);
}

/// Names in Rust for the choices that would have the same name, or none: `CPlus` for `c+`, `Rust2` for `RUST`
/// beside `rust`.
fn rust_names(choices: &[Choice]) -> BTreeMap<&str, String> {
    let usual = |choice: &Choice| {
        let letters = choice.name.chars().filter(|it| it.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let mut names = BTreeMap::new();
    let mut taken: Vec<String> = Vec::new();
    for choice in choices {
        let name = usual(choice);
        let is_first = !name.is_empty() && !taken.contains(&name);
        taken.push(name);
        if !is_first {
            let spelled = match spelled(&choice.name) {
                name if name.starts_with(|it: char| it.is_ascii_digit()) => format!("N{name}"),
                name => name,
            };
            let numbered = (2..).map(|number| format!("{spelled}{number}"));
            let mut free = std::iter::once(spelled.clone()).chain(numbered);
            let free = free.find(|name| !name.is_empty() && !taken.contains(&name.to_lowercase()));
            let free = free.unwrap_or_default();
            taken.push(free.to_lowercase());
            names.insert(choice.name.as_str(), free);
        }
    }
    names
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
const SIGNS: [(char, &str); 11] = [
    ('_', "Underscore"),
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
