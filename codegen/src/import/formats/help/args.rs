//! Options and arguments as help shows them.

use std::collections::BTreeSet;

use super::super::super::confidence::Confidence;
use super::super::super::described::{Arg, Choice, Kind, Takes, key_of};
use super::super::super::text;
use super::super::dashed;
use super::names::{Names, Value};
use super::{notes, usage};

/// The option that the left column shows.
pub(super) fn option(names: &mut Names) -> Arg {
    let mut arg = Arg {
        negatable: names.negatable,
        ..Arg::default()
    };
    for name in &names.names {
        arg.add_name(name, "", &mut Vec::new());
    }
    let is_opposite = |name: &String| {
        let name = name.strip_prefix("no-");
        name.is_some_and(|name| arg.long.as_deref() == Some(name))
    };
    if arg.aliases.shown.iter().any(is_opposite) {
        arg.negatable = true;
        let others = arg.aliases.shown.iter().filter(|name| !is_opposite(name));
        arg.aliases.shown = others.cloned().collect();
    }
    // `-x` and `--x` are two options.
    let long = names.names.iter().find(|name| name.starts_with("--"));
    arg.id = long.unwrap_or(&names.names[0]).clone();
    if names.counts && names.values.is_empty() {
        arg.takes = Takes::Count;
    }
    // click writes `INTEGER RANGE`.
    names
        .values
        .dedup_by(|next, _| next.bracket.is_none() && next.text == "RANGE");
    if let Some(first) = names.values.first() {
        take_values(&mut arg, &names.values);
        if let [one] = arg.placeholders.as_slice() {
            let placeholder = one.clone();
            let is_word = first.bracket.is_none();
            if is_word || placeholder.to_uppercase() == placeholder {
                notes::kind(&placeholder, &mut arg);
            }
        }
        if arg.takes == Takes::Value && arg.negatable {
            arg.negatable = false;
            let reason = "only a switch has an opposite in a spec".to_owned();
            names.doubts.push((Confidence::Guess, reason));
        }
    }
    arg
}

fn take_values(arg: &mut Arg, values: &[Value]) {
    arg.takes = Takes::Value;
    arg.values = (values.len(), Some(values.len()));
    for value in values {
        let choices: Vec<&str> = value.text.split(['|', ',']).map(str::trim).collect();
        let is_choice = |name: &&str| {
            !name.is_empty()
                && !name.contains(|it: char| it.is_whitespace() || "<>[]{}=:.".contains(it))
        };
        let is_list = value.bracket.is_some() || value.text.contains('|');
        if choices.len() > 1 && is_list && values.len() == 1 && choices.iter().all(is_choice) {
            arg.choices = notes::choices(choices);
            let name = arg.long.clone().or_else(|| arg.short.map(String::from));
            arg.placeholders
                .push(name.unwrap_or_default().to_uppercase());
        } else {
            arg.placeholders.push(placeholder(&value.text));
        }
        if value.repeats || value.text.ends_with("...") {
            arg.appends = true;
        }
        if value.optional && values.len() == 1 {
            arg.values = (0, Some(1));
            arg.equals = value.equals;
        }
    }
}

/// Removes the names that other options have.
pub(super) fn remove_names(arg: &mut Arg, taken: &BTreeSet<String>) {
    let is_taken = |name: String| taken.contains(&name);
    if arg.long.is_some() && arg.short.is_some_and(|short| is_taken(format!("-{short}"))) {
        arg.short = None;
    }
    arg.aliases.shown.retain(|name| !is_taken(dashed(name)));
}

/// A placeholder without signs that mean something in help.
fn placeholder(text: &str) -> String {
    let is_end = |it: char| !it.is_alphanumeric() && !"-_.:=/@".contains(it);
    let words = text
        .split(is_end)
        .map(|word| word.trim_matches(|it: char| !it.is_alphanumeric()));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    match words.join("-") {
        name if name.is_empty() => "VALUE".to_owned(),
        name => name,
    }
}

/// The argument that a usage shows.
pub(super) fn argument(shown: &usage::Argument) -> Arg {
    let name = placeholder(&shown.name);
    let mut arg = Arg {
        id: key_of(&name),
        takes: Takes::Value,
        values: (1, if shown.repeats { None } else { Some(1) }),
        appends: shown.repeats,
        required: shown.required,
        last: shown.last,
        ..Arg::default()
    };
    arg.placeholders = vec![name.to_uppercase()];
    notes::kind(&name.to_uppercase(), &mut arg);
    arg
}

/// Adds the description, and the facts in it.
pub(super) fn describe(arg: &mut Arg, paragraphs: Vec<Vec<String>>) {
    let mut texts: Vec<String> = Vec::new();
    for lines in paragraphs {
        let heading = lines[0].to_lowercase();
        if heading == "possible values:" && lines.len() > 1 {
            arg.choices = choices(&lines[1..]);
            continue;
        }
        let is_list = lines.iter().any(|line| line.starts_with(['-', '*', '•']));
        let text = match is_list {
            true => lines.join("\n"),
            false => notes::take(&joined(&lines), arg),
        };
        if !text.is_empty() {
            texts.push(text);
        }
    }
    if arg.takes == Takes::Value && !arg.choices.is_empty() {
        arg.kind = Kind::Text;
    }
    let (help, long_help) = split(&texts);
    arg.help = help;
    arg.long_help = long_help;
}

/// The short and the long text of paragraphs. The short one is the first paragraph, or its first sentence if that is
/// too long for a line of help.
pub(super) fn split(paragraphs: &[String]) -> (String, String) {
    let first = paragraphs.first().map(String::as_str).unwrap_or_default();
    match text::first_sentence(first) {
        Some((sentence, _)) => (sentence.to_owned(), paragraphs.join("\n\n")),
        None if paragraphs.len() > 1 => (first.to_owned(), paragraphs.join("\n\n")),
        None => (first.to_owned(), String::new()),
    }
}

/// One line. A word that was broken at its hyphen is put together again.
fn joined(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        let is_broken = text.ends_with('-') && !text.ends_with(" -");
        if !text.is_empty() && !is_broken {
            text.push(' ');
        }
        text.push_str(line);
    }
    text
}

/// Reads a list such as `- always: In any case`.
fn choices(lines: &[String]) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for line in lines {
        match (line.strip_prefix("- "), choices.last_mut()) {
            (Some(item), _) => {
                let (name, help) = item.split_once(':').unwrap_or((item, ""));
                choices.push(Choice {
                    name: name.trim().to_owned(),
                    help: help.trim().to_owned(),
                    ..Choice::default()
                });
            }
            (None, Some(last)) => {
                last.help.push(' ');
                last.help.push_str(line);
            }
            (None, None) => {}
        }
    }
    choices
}
