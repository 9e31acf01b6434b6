//! The documentation of arguments and options, as lists of entries.

use std::sync::Arc;

use clapspec_runtime::model::{self, Called, Relations};

use super::{Entry, Term};
use crate::ir::{Arg, Command, Form, Name, Value};
use crate::text::{Block, Blocks, Inline, Inlines, ended, marked, plain, sentence};

/// A command and its model, from which facts about its options are derived.
pub(super) struct Facts<'c, 'm> {
    pub(super) command: &'c Command,
    pub(super) called: &'m Called,
    pub(super) relations: &'m Relations,
}

/// Returns the arguments, in their order.
pub(super) fn arguments(facts: &Facts<'_, '_>) -> Vec<Entry> {
    let args = facts.command.accepted();
    let shown = args.filter(|arg| !arg.is_option() && !arg.hidden);
    shown.map(|arg| facts.entry(arg)).collect()
}

/// Returns the options: the command's own, those of its sets, inherited ones, and those that clapspec
/// adds. Options with the same heading are in one list.
pub(super) fn options<'a>(
    facts: &Facts<'a, '_>,
    has_version: bool,
) -> Vec<(Option<&'a str>, Vec<Entry>)> {
    let command = facts.command;
    let mut lists: Vec<(Option<&str>, Vec<Entry>)> = vec![(None, Vec::new())];
    for (set, args) in command.args_of() {
        let inherited = !command.defined_sets().any(|own| Arc::ptr_eq(own, set));
        let args = args
            .into_iter()
            .filter(|arg| arg.is_option() && !arg.hidden)
            .filter(|arg| !inherited || arg.is_accepted_after_name());
        for arg in args {
            let heading = arg.heading.as_deref().or(set.heading.as_deref());
            let mut entries = vec![facts.entry(arg)];
            entries.extend(negation(arg));
            match lists.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, list)) => list.extend(entries),
                None => lists.push((heading, entries)),
            }
        }
    }
    let built_in = |letter: char, long: &str, help: &str| {
        // The program may have its own option with this letter.
        let short = format!("-{letter}");
        let short = facts.called.with_letter(letter).is_none().then_some(short);
        let names = short.into_iter().chain([long.to_owned()]);
        simple(names.collect(), plain(help))
    };
    lists[0].1.push(built_in('h', "--help", "Print help"));
    if facts.called.is_program() && has_version {
        lists[0].1.push(built_in('V', "--version", "Print version"));
    }
    lists
}

/// Returns the entry for the opposite of a negatable option.
fn negation(arg: &Arg) -> Option<Entry> {
    let opposite = arg.opposite().filter(|opposite| !opposite.hidden)?;
    let help = opposite.help.clone().unwrap_or_else(|| {
        let mut help = plain("The opposite of ");
        help.push(Inline::Code(arg.written()));
        help
    });
    Some(simple(vec![format!("--{}", *opposite.name)], help))
}

/// Returns the entry for an option without a value and further facts.
fn simple(names: Vec<String>, help: Inlines) -> Entry {
    let term = |name| Term {
        name,
        ..Term::default()
    };
    Entry {
        id: String::new(),
        terms: names.into_iter().map(term).collect(),
        help,
        description: Vec::new(),
        choices: Vec::new(),
        facts: Vec::new(),
    }
}

impl Entry {
    /// Whether the accepted values are described.
    pub(crate) fn has_described_choices(&self) -> bool {
        self.choices.iter().any(|(_, help)| !help.is_empty())
    }

    /// Returns a sentence with the accepted values.
    pub(crate) fn choice_sentence(&self) -> Inlines {
        let mut words = plain("One of ");
        for (i, (name, _)) in self.choices.iter().enumerate() {
            if i > 0 {
                words.push(text(", "));
            }
            words.push(Inline::Code(name.clone()));
        }
        words.push(text("."));
        words
    }

    /// Returns the accepted values as text: a list if they are described, otherwise a sentence.
    pub(super) fn choice_blocks(&self) -> Blocks {
        if self.choices.is_empty() {
            return Blocks::new();
        }
        if !self.has_described_choices() {
            return vec![Block::Paragraph(self.choice_sentence())];
        }
        let items = self.choices.iter().map(|(name, help)| {
            let mut words = vec![Inline::Code(name.clone())];
            if !help.is_empty() {
                words.push(text(": "));
                words.extend(ended(help));
            }
            vec![Block::Paragraph(words)]
        });
        let items = items.collect();
        vec![
            Block::Paragraph(plain("One of:")),
            Block::List { first: None, items },
        ]
    }
}

impl Facts<'_, '_> {
    fn entry(&self, arg: &Arg) -> Entry {
        let choices = arg.choices().unwrap_or_default().iter();
        let choices = choices
            .filter(|choice| !choice.hidden)
            .map(|choice| (choice.name.value.clone(), choice.help.clone()));
        Entry {
            id: arg.id.value.clone(),
            terms: terms(arg),
            help: arg.help.value.clone(),
            description: arg.description.clone(),
            choices: choices.collect(),
            facts: self.of(arg),
        }
    }

    /// Returns further facts about an argument, a sentence each.
    fn of(&self, arg: &Arg) -> Vec<Inlines> {
        let made = self.called.arg(&arg.id);
        let mut facts = made.map_or_else(Vec::new, |made| {
            let facts = model::facts(self.called, self.relations, made);
            facts.iter().map(|fact| marked(&fact.sentence)).collect()
        });
        if arg.required && !arg.is_option() {
            facts.push(plain("Required."));
        }
        facts.extend(made.and_then(|made| default(arg, made)));
        if let Some(env) = arg.env.first() {
            let env = Inline::Code(env.value.clone());
            facts.push(vec![text("May also be set by "), env, text(".")]);
        }
        facts
    }
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

/// Returns a sentence such as `Default: a and b.`
fn default(arg: &Arg, made: &model::Arg) -> Option<Inlines> {
    let words = match arg.value().and_then(Value::array) {
        // The values of one occurrence are shown as they are typed, one after the other.
        Some(_) if !made.defaults.is_empty() => vec![made.defaults.join(" ")],
        _ => made
            .defaults
            .iter()
            .map(|word| (*word).to_owned())
            .collect(),
    };
    // A value such as `.` ends the sentence itself: `..` is another directory.
    let ends_in_dot = words.last()?.ends_with('.');
    let words: Vec<Inline> = words.into_iter().map(Inline::Code).collect();
    let mut sentence = sentence("Default: ", words, " and ");
    if ends_in_dot {
        sentence.pop();
    }
    Some(sentence)
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
    if let Form::Option {
        sigil: Some(sign), ..
    } = &arg.form
    {
        return vec![Term {
            name: sign.value.to_string(),
            values: value.names.clone(),
            marks: ("", ""),
            repeated: false,
        }];
    }
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

/// Returns the punctuation before and after a value.
pub(super) fn marks(value: &Value) -> (&'static str, &'static str) {
    match (&value.bare, value.equals) {
        (Some(_), true) => ("[=", "]"),
        (Some(_), false) => (" [", "]"),
        (None, true) => ("=", ""),
        (None, false) => (" ", ""),
    }
}

/// Returns the name of an argument or option in documentation.
pub(super) fn shown(arg: &Arg) -> String {
    match (&arg.form, arg.value()) {
        (Form::Argument { .. }, Some(value)) => value.names[0].clone(),
        _ => arg.written(),
    }
}
