//! The facts that descriptions have in brackets, such as `[default: 3]`.

use super::super::super::described::{Arg, Choice, Kind, Takes};
use super::names;

/// Takes the facts out of a description, and adds them to the option.
pub(super) fn take(text: &str, arg: &mut Arg) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['[', '(', '<']) {
        let is_apart = rest[..at]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace);
        let inner = match is_apart {
            true => names::brackets(&rest[at..]),
            false => None,
        };
        match inner {
            Some(inner) if facts(inner, arg) => {
                kept.push_str(rest[..at].trim_end());
                let next = rest[at + inner.len() + 2..].trim_start();
                let is_end = next.is_empty() || next.starts_with(['.', ',', ';']);
                if !kept.is_empty() && !is_end {
                    kept.push(' ');
                }
                rest = next;
            }
            _ => {
                let end = at + rest[at..].chars().next().map_or(1, char::len_utf8);
                kept.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }
    kept.push_str(rest);
    kept.trim().to_owned()
}

/// Adds the facts in a pair of brackets. Returns whether all of it are facts.
fn facts(inner: &str, arg: &mut Arg) -> bool {
    let mut changed = arg.clone();
    let mut parts: Vec<String> = Vec::new();
    for list in inner.split(';') {
        for (number, part) in list.split(',').enumerate() {
            // A list of values has commas, too.
            match parts.last_mut() {
                Some(last) if number > 0 && !is_fact(part) => {
                    last.push(',');
                    last.push_str(part);
                }
                _ => parts.push(part.to_owned()),
            }
        }
    }
    let all = parts.iter().all(|part| fact(part.trim(), &mut changed));
    if all {
        *arg = changed;
    }
    all
}

/// Whether a part of a list begins a fact.
fn is_fact(part: &str) -> bool {
    let names = ["default", "env", "required", "choices", "possible", "alias"];
    let part = part.trim_start().to_lowercase();
    names.iter().any(|name| part.starts_with(name))
}

/// Adds one fact. Returns `false` if it isn't one.
fn fact(text: &str, arg: &mut Arg) -> bool {
    // `[$NOTES_FILE]`
    if let Some(name) = text.strip_prefix('$') {
        return variable(name, arg);
    }
    if let Some((min, max)) = range(text) {
        return match &mut arg.kind {
            Kind::Integer(from, to) => {
                *from = min.unwrap_or(*from);
                *to = max.unwrap_or(*to);
                true
            }
            _ => false,
        };
    }
    let (key, value) = match text.split_once(':').or_else(|| text.split_once('=')) {
        Some((key, value)) if !key.contains(['"', '\'']) => (key, value.trim()),
        // pflag writes `(default "x")`.
        _ => match text.split_once(' ') {
            Some((key, value)) if key == "default" => (key, value.trim()),
            _ => (text, ""),
        },
    };
    match key.trim().to_lowercase().as_str() {
        "required" if value.is_empty() => arg.required = true,
        // yargs only shows the types of values.
        "string" | "number" | "array" if value.is_empty() && !arg.is_positional() => {
            if arg.takes == Takes::Switch {
                takes_value(arg);
            }
            if key == "number" {
                arg.kind = Kind::Float;
            }
            arg.appends |= key == "array";
        }
        "boolean" if value.is_empty() => {}
        "default" | "default value" => return default(value, arg),
        "env" | "env var" | "environment variable" => {
            return variable(value.split('=').next().unwrap_or_default(), arg);
        }
        "possible values" | "choices" | "options" | "values" | "one of" => {
            let names = value.split([',', '|']).map(str::trim);
            let names: Vec<&str> = names.map(|name| quoted(name).unwrap_or(name)).collect();
            if arg.takes != Takes::Value || !names.iter().all(|name| is_value(name)) {
                return false;
            }
            if arg.choices.is_empty() {
                arg.choices = choices(names);
            }
        }
        "alias" | "aliases" | "short aliases" | "short alias" => {
            let names = value
                .split(',')
                .map(|name| name.trim().trim_start_matches('-'));
            arg.aliases.shown.extend(names.map(str::to_owned));
        }
        _ => return false,
    }
    true
}

/// Reads the range of a number, as click writes it: `1<=x<=80`, `x>=1`.
fn range(text: &str) -> Option<(Option<i64>, Option<i64>)> {
    if let Some(min) = text.strip_prefix("x>=") {
        return Some((Some(min.parse().ok()?), None));
    }
    let (min, max) = match text.split_once("<=x") {
        Some((min, max)) => (Some(min.parse().ok()?), max),
        None => (None, text.strip_prefix('x')?),
    };
    match max.strip_prefix("<=") {
        Some(max) => Some((min, Some(max.parse().ok()?))),
        None => Some((min, None)).filter(|_| max.is_empty()),
    }
}

/// The choices of these names.
pub(super) fn choices<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Choice> {
    let choices = names.into_iter().map(|name| Choice {
        name: name.to_owned(),
        ..Choice::default()
    });
    choices.collect()
}

fn variable(name: &str, arg: &mut Arg) -> bool {
    let name = name.trim();
    let is_name = name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
        && name
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '_');
    if is_name && arg.env.is_none() {
        arg.env = Some(name.to_owned());
    }
    is_name
}

/// Adds a default, if it is a value and no description of one.
fn default(value: &str, arg: &mut Arg) -> bool {
    let value = match quoted(value) {
        Some(quoted) => quoted,
        // argparse and pflag show these if there is no default.
        None if ["None", "[]"].contains(&value) => return true,
        None if value.starts_with('[') && value.ends_with(']') => {
            let list = value[1..value.len() - 1].split(',').map(str::trim);
            let list = list.map(|value| quoted(value).unwrap_or(value).to_owned());
            let list: Vec<String> = list.collect();
            let fits = arg.appends || arg.values == (list.len(), Some(list.len()));
            if fits && arg.takes == Takes::Value {
                arg.defaults = list;
            }
            return fits;
        }
        None if is_value(value) => value,
        None => return false,
    };
    if arg.takes == Takes::Switch {
        // All switches are off if they are not given.
        return value == "false";
    }
    arg.defaults = vec![value.to_owned()];
    if arg.takes == Takes::Count {
        arg.defaults.clear();
    }
    true
}

/// Makes an option take a value that has no name in help.
fn takes_value(arg: &mut Arg) {
    let name = arg.long.clone().or_else(|| arg.short.map(String::from));
    arg.takes = Takes::Value;
    arg.values = (1, Some(1));
    arg.placeholders = vec![name.unwrap_or_default().to_uppercase()];
}

/// What is between a pair of quotes.
fn quoted(value: &str) -> Option<&str> {
    ['"', '\'', '`'].iter().find_map(|quote| {
        let inner = value.strip_prefix(*quote)?.strip_suffix(*quote)?;
        (!inner.contains(*quote)).then_some(inner)
    })
}

/// Whether this can be a value that is shown without quotes.
fn is_value(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

/// Sets what the placeholder says about the values: `FILE` is a path, and pflag's `int` a number.
pub(super) fn kind(placeholder: &str, arg: &mut Arg) {
    let integer = |min: i64, max: i64| Kind::Integer(min, max);
    let kind = match placeholder {
        "int" | "int64" => integer(i64::MIN, i64::MAX),
        "int32" => integer(i32::MIN.into(), i32::MAX.into()),
        "uint" | "uint64" => integer(0, i64::MAX),
        "uint32" => integer(0, u32::MAX.into()),
        "float" | "float32" | "float64" => Kind::Float,
        "duration" => Kind::Duration,
        "string" | "value" => Kind::Text,
        "strings" | "stringArray" | "stringSlice" => {
            arg.appends = true;
            Kind::Text
        }
        "count" => {
            arg.takes = Takes::Count;
            return;
        }
        _ => {
            arg.kind = match placeholder.to_uppercase().as_str() {
                "FILE" | "FILENAME" | "PATH" | "DIR" | "DIRECTORY" => Kind::Path,
                "INTEGER" => integer(i64::MIN, i64::MAX),
                "FLOAT" => Kind::Float,
                _ => Kind::Text,
            };
            return;
        }
    };
    // These words are types. The name of the option says more.
    let name = arg.long.clone().or_else(|| arg.short.map(String::from));
    arg.placeholders = vec![name.unwrap_or_default().to_uppercase()];
    arg.kind = kind;
}
