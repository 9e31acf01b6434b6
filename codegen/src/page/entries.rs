//! Arguments and options as entries of a list.

use super::rules::rules;
use super::{Entry, Term};
use crate::backend::takes_letter;
use crate::ir::{
    Arg, Bounds, Command, Condition, Exists, Form, Kind, Name, Program, Takes, Value, Version,
};
use crate::text::{Inline, Inlines, plain};

/// The arguments, in their order.
pub(super) fn arguments(command: &Command) -> Vec<Entry> {
    let shown = command.args().filter(|arg| !arg.is_option() && !arg.hidden);
    shown.map(|arg| entry(command, arg)).collect()
}

/// The options: the command's own, those of its sets, those from above, and those that clap adds.
/// Those under one heading stand together.
pub(super) fn options<'a>(
    program: &Program,
    command: &'a Command,
) -> Vec<(Option<&'a str>, Vec<Entry>)> {
    let mut lists: Vec<(Option<&str>, Vec<Entry>)> = vec![(None, Vec::new())];
    for set in command.all_sets() {
        for arg in set.args.iter().filter(|arg| arg.is_option() && !arg.hidden) {
            let heading = arg.heading.as_deref().or(set.heading.as_deref());
            let mut entries = vec![entry(command, arg)];
            entries.extend(negation(arg));
            match lists.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, list)) => list.extend(entries),
                None => lists.push((heading, entries)),
            }
        }
    }
    let built_in = |letter: char, long: &str, help: &str| {
        // The letter may be an option of the program's own.
        let short = format!("-{letter}");
        let short = (!takes_letter(command.all_sets(), letter)).then_some(short);
        let names = short.into_iter().chain([long.to_owned()]);
        simple(names.collect(), plain(help))
    };
    lists[0].1.push(built_in('h', "--help", "Print help"));
    if command.path.len() == 1 && !matches!(program.version, Version::None) {
        lists[0].1.push(built_in('V', "--version", "Print version"));
    }
    lists
}

/// The option that takes another back.
fn negation(arg: &Arg) -> Option<Entry> {
    let Takes::Negatable { name, .. } = &arg.takes else {
        return None;
    };
    let mut help = plain("The opposite of ");
    help.push(Inline::Code(arg.written()));
    Some(simple(vec![format!("--{name}")], help))
}

/// An option that takes nothing and of which there is little to say.
fn simple(names: Vec<String>, help: Inlines) -> Entry {
    let term = |name| Term {
        name,
        ..Term::default()
    };
    Entry {
        terms: names.into_iter().map(term).collect(),
        help,
        description: Vec::new(),
        choices: Vec::new(),
        facts: Vec::new(),
    }
}

fn entry(command: &Command, arg: &Arg) -> Entry {
    let choices = arg.choices().unwrap_or_default().iter();
    let choices = choices
        .filter(|choice| !choice.hidden)
        .map(|choice| (choice.name.value.clone(), choice.help.clone()));
    Entry {
        terms: terms(arg),
        help: arg.help.value.clone(),
        description: arg.description.clone(),
        choices: choices.collect(),
        facts: facts(command, arg),
    }
}

fn terms(arg: &Arg) -> Vec<Term> {
    let Some(value) = arg.value() else {
        let term = |name: Name| Term {
            name: name.value,
            ..Term::default()
        };
        return arg.shown_names().into_iter().map(term).collect();
    };
    let marks = marks(value);
    if let Form::Argument { .. } = &arg.form {
        return vec![Term {
            name: String::new(),
            values: value.names.clone(),
            marks,
            repeated: value.is_list(),
        }];
    }
    let names = arg.shown_names().into_iter();
    let term = |name: Name| Term {
        name: name.value,
        values: value.names.clone(),
        marks,
        repeated: value.bounds.is_some(),
    };
    names.map(term).collect()
}

/// What stands around a value, and before it.
pub(super) fn marks(value: &Value) -> (&'static str, &'static str) {
    match (&value.bare, value.equals) {
        (Some(_), true) => ("[=", "]"),
        (Some(_), false) => (" [", "]"),
        (None, true) => ("=", ""),
        (None, false) => (" ", ""),
    }
}

/// What the keys of an option say, in sentences.
fn facts(command: &Command, arg: &Arg) -> Vec<Inlines> {
    let mut facts = Vec::new();
    facts.extend(arg.deprecated.as_ref().map(super::deprecation));
    if let Takes::Count(max @ 2..) = arg.takes {
        facts.push(plain(format!(
            "May be given several times; only the first {max} count."
        )));
    } else if arg.is_option() && arg.repeated() {
        facts.push(plain("May be given several times."));
    }
    facts.extend(
        arg.value()
            .into_iter()
            .flat_map(|value| value_facts(arg, value)),
    );
    if arg.required {
        facts.push(plain("Required."));
    }
    facts.extend(default_facts(command, arg));
    if let Some(env) = &arg.env {
        facts.push(vec![
            text("May also be set by "),
            Inline::Code(env.value.clone()),
            text("."),
        ]);
    }
    if let Some(key) = &arg.config {
        facts.push(vec![
            text("May also be set by "),
            Inline::Code(key.value.clone()),
            text(match arg.users_own {
                true => " in a configuration file, but not in a project's.",
                false => " in a configuration file.",
            }),
        ]);
    }
    facts.extend(rules(command, arg));
    facts.extend(
        arg.since
            .as_ref()
            .map(|release| plain(format!("New in release {release}."))),
    );
    facts
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

/// What may be given as a value.
fn value_facts(arg: &Arg, value: &Value) -> Vec<Inlines> {
    let mut facts = Vec::new();
    facts.extend(
        value
            .bounds
            .map(|bounds| plain(format!("Takes {}.", how_many(bounds)))),
    );
    if let Some(delimiter) = value.delimiter {
        let several = text("Several values may be given at once, with ");
        let delimiter = Inline::Code(delimiter.into());
        facts.push(vec![several, delimiter, text(" between them.")]);
    }
    if let Some(terminator) = &value.terminator {
        let word = Inline::Code(terminator.clone());
        facts.push(vec![text("The values end at "), word, text(".")]);
    }
    match &arg.form {
        Form::Argument { last: true, .. } => facts.push(vec![
            text("Stands behind "),
            Inline::Code("--".into()),
            text("."),
        ]),
        Form::Argument { trailing: true, .. } => {
            facts.push(plain("Takes all words that are left, options too."));
        }
        _ => {}
    }
    if let Some(bare) = &value.bare {
        let word = Inline::Code(bare.value.clone());
        facts.push(vec![text("Without a value, it is "), word, text(".")]);
    }
    facts.extend(kind_fact(&value.kind));
    facts
}

fn how_many(Bounds { min, max }: Bounds) -> String {
    match (min, max) {
        (0, None) => "any number of values".to_owned(),
        (min, None) => format!("{min} values or more"),
        (min, Some(max)) if min == max && min == 1 => "1 value".to_owned(),
        (min, Some(max)) if min == max => format!("{min} values"),
        (0, Some(max)) => format!("up to {max} values"),
        (min, Some(max)) => format!("{min} to {max} values"),
    }
}

/// What the value must be, where its name can't say it.
fn kind_fact(kind: &Kind) -> Option<Inlines> {
    let limits = |min: Option<String>, max: Option<String>| match (min, max) {
        (Some(min), Some(max)) => Some(plain(format!("From {min} to {max}."))),
        (Some(min), None) => Some(plain(format!("At least {min}."))),
        (None, Some(max)) => Some(plain(format!("At most {max}."))),
        (None, None) => None,
    };
    match kind {
        Kind::Integer { min, max } => limits(
            (*min > i64::MIN).then(|| min.to_string()),
            (*max < i64::MAX).then(|| max.to_string()),
        ),
        Kind::Float { min, max } => limits(
            min.is_finite().then(|| min.to_string()),
            max.is_finite().then(|| max.to_string()),
        ),
        Kind::Path(_, Exists::Must) => Some(plain("Must exist.")),
        Kind::Path(_, Exists::MustNot) => Some(plain("Must not exist yet.")),
        Kind::Duration => Some(vec![
            text("A time with its unit, such as "),
            Inline::Code("90s".into()),
            text(" or "),
            Inline::Code("1h30m".into()),
            text("."),
        ]),
        Kind::Size => Some(vec![
            text("A number of bytes; "),
            Inline::Code("10K".into()),
            text(" is 10240, "),
            Inline::Code("10kB".into()),
            text(" is 10000."),
        ]),
        Kind::Choice {
            ignore_case: true, ..
        } => Some(plain("Capitals make no difference.")),
        _ => None,
    }
}

fn default_facts(command: &Command, arg: &Arg) -> Vec<Inlines> {
    let mut facts = Vec::new();
    if let Takes::Negatable {
        default: Some(default),
        ..
    } = &arg.takes
    {
        facts.push(plain(format!(
            "Default: {}.",
            if *default { "on" } else { "off" }
        )));
    }
    let Some(value) = arg.value() else {
        return facts;
    };
    let codes = |names: &[Name]| {
        names
            .iter()
            .map(|name| Inline::Code(name.value.clone()))
            .collect()
    };
    if value.array().is_some() && !value.default.is_empty() {
        // As they are typed, one behind the other.
        let words: Vec<&str> = value.default.iter().map(|name| name.as_str()).collect();
        facts.push(sentence(
            "Default: ",
            vec![Inline::Code(words.join(" "))],
            "",
        ));
    } else if !value.default.is_empty() {
        facts.push(sentence("Default: ", codes(&value.default), " and "));
    }
    for default in &value.default_when {
        let mut words = vec![
            text("Default with "),
            condition(command, &default.when),
            text(": "),
        ];
        words.extend([Inline::Code(default.value.value.clone()), text(".")]);
        facts.push(words);
    }
    facts
}

/// `--format json`, or `--json` for a switch.
pub(super) fn condition(command: &Command, condition: &Condition) -> Inline {
    let written = match command.arg(&condition.arg) {
        Some(arg) if arg.value().is_none() => arg.written(),
        Some(arg) => format!("{} {}", arg.written(), *condition.is),
        None => condition.arg.value.clone(),
    };
    Inline::Code(written)
}

/// An argument or option as the page calls it.
pub(super) fn shown(arg: &Arg) -> String {
    match (&arg.form, arg.value()) {
        (Form::Argument { .. }, Some(value)) => value.names[0].clone(),
        _ => arg.written(),
    }
}

/// Each argument once, as the page calls it.
pub(super) fn written<'a>(args: impl Iterator<Item = &'a Arg>) -> Vec<Inline> {
    let mut names: Vec<Inline> = Vec::new();
    for name in args.map(shown).map(Inline::Code) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// `Requires a, b and c.` Nothing without names.
pub(super) fn sentence(beginning: &str, names: Vec<Inline>, last: &str) -> Inlines {
    let count = names.len();
    if count == 0 {
        return Inlines::new();
    }
    let mut words = vec![Inline::Text(beginning.into())];
    for (i, name) in names.into_iter().enumerate() {
        match count - i {
            _ if i == 0 => {}
            1 => words.push(Inline::Text(last.into())),
            _ => words.push(Inline::Text(", ".into())),
        }
        words.push(name);
    }
    words.push(Inline::Text(".".into()));
    words
}
