//! Arguments and options as entries of a list.

use super::{Entry, Term};
use crate::ir::{Arg, Command, Form, Kind, Name, Program, Takes, Version};
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
            let entry = entry(command, arg);
            match lists.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, list)) => list.push(entry),
                None => lists.push((heading, vec![entry])),
            }
        }
    }
    let built_in = |short: &str, long: &str, help: &str| Entry {
        terms: [short, long]
            .map(|name| Term {
                name: name.into(),
                ..Term::default()
            })
            .into(),
        help: plain(help),
        description: Vec::new(),
        choices: Vec::new(),
        facts: Vec::new(),
    };
    lists[0].1.push(built_in("-h", "--help", "Print help"));
    if command.path.len() == 1 && !matches!(program.version, Version::None) {
        lists[0]
            .1
            .push(built_in("-V", "--version", "Print version"));
    }
    lists
}

fn entry(command: &Command, arg: &Arg) -> Entry {
    let choices = match arg.value().map(|value| &value.kind) {
        Some(Kind::Choice(choices)) => choices
            .iter()
            .map(|(name, help)| (name.value.clone(), help.clone()))
            .collect(),
        _ => Vec::new(),
    };
    Entry {
        terms: terms(arg),
        help: arg.help.clone(),
        description: arg.description.clone(),
        choices,
        facts: facts(command, arg),
    }
}

fn terms(arg: &Arg) -> Vec<Term> {
    let value = arg.value().map_or("", |value| &value.name);
    match &arg.form {
        Form::Argument => vec![Term {
            name: String::new(),
            value: value.into(),
            repeated: arg.repeated(),
        }],
        Form::Option {
            short,
            long,
            aliases,
        } => {
            let short = short.iter().map(|short| format!("-{}", short.value));
            let long = long
                .iter()
                .chain(aliases)
                .map(|name| format!("--{}", **name));
            let term = |name| Term {
                name,
                value: value.into(),
                repeated: false,
            };
            short.chain(long).map(term).collect()
        }
    }
}

/// What the keys of an option say, in sentences.
fn facts(command: &Command, arg: &Arg) -> Vec<Inlines> {
    let mut facts = Vec::new();
    let text = |text: &str| Inline::Text(text.into());
    if let Takes::Count(max @ 2..) = arg.takes {
        facts.push(plain(format!("May be given up to {max} times.")));
    } else if arg.is_option() && arg.repeated() {
        facts.push(plain("May be given several times."));
    }
    if let Some(delimiter) = arg.value().and_then(|value| value.delimiter) {
        let several = text("Several values may be given at once, with ");
        facts.push(vec![
            several,
            Inline::Code(delimiter.into()),
            text(" between them."),
        ]);
    }
    if arg.required {
        facts.push(plain("Required."));
    }
    if let Some(value) = arg.value().filter(|value| !value.default.is_empty()) {
        facts.push(sentence(
            "Default: ",
            value
                .default
                .iter()
                .map(|name| Inline::Code(name.value.clone()))
                .collect(),
            " and ",
        ));
    }
    if let Some(env) = &arg.env {
        facts.push(vec![
            text("May also be set by "),
            Inline::Code(env.value.clone()),
            text("."),
        ]);
    }
    facts.extend(rules(command, arg));
    facts
}

/// What other arguments it needs, excludes, and is needed by.
fn rules(command: &Command, arg: &Arg) -> Vec<Inlines> {
    let shown = |name: &Name| command.arg(name).filter(|arg| !arg.hidden);
    let excluded = command.args().filter(|other| {
        !other.hidden && !std::ptr::eq(*other, arg) && command.in_conflict(arg, other)
    });
    let needed = command.requires(arg).filter_map(shown);
    let with = arg.required_with.iter().filter_map(shown);
    [
        sentence("Can't be given together with ", written(excluded), " or "),
        sentence("Requires ", written(needed), " and "),
        sentence("Must be given with ", written(with), " or "),
    ]
    .into_iter()
    .filter(|sentence| !sentence.is_empty())
    .collect()
}

/// An argument or option as the page calls it.
fn shown(arg: &Arg) -> String {
    match (&arg.form, arg.value()) {
        (Form::Argument, Some(value)) => value.name.clone(),
        _ => arg.written(),
    }
}

/// Each argument once, as the page calls it.
fn written<'a>(args: impl Iterator<Item = &'a Arg>) -> Vec<Inline> {
    let mut names: Vec<Inline> = Vec::new();
    for name in args.map(shown).map(Inline::Code) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// `Requires a, b and c.` Nothing without names.
fn sentence(beginning: &str, names: Vec<Inline>, last: &str) -> Inlines {
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
