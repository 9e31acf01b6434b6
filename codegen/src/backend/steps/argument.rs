//! The calls that define one argument or option.

use super::{ArgKind, ArgStep, Fact, Parser};
use crate::ir::{Arg, Complete, Exists, Form, Kind, Name, PathKind, Takes, Value};
use crate::page::deprecation;
use crate::text;

/// The call that names an argument or option, and those that say the rest of it.
pub(in crate::backend) fn argument(arg: &Arg) -> ArgStep {
    let mut help = text::to_plain(&arg.help);
    let kind = match (&arg.form, &arg.takes) {
        (_, Takes::Switch | Takes::Negatable { .. }) => ArgKind::Switch,
        (_, Takes::Count(_)) => ArgKind::Count,
        (Form::Argument { .. }, Takes::Value(value)) => ArgKind::Argument(value.names[0].clone()),
        (Form::Option { .. }, Takes::Value(value)) => ArgKind::Option(value.names[0].clone()),
    };
    let mut facts = name_facts(arg);
    let mut more = Vec::new();
    if let Some(deprecated) = &arg.deprecated {
        more.push(text::to_plain(&deprecation(deprecated)));
        help.push_str(" [deprecated]");
    }
    if !arg.description.is_empty() {
        more.push(text::blocks_to_plain(&arg.description));
    }
    if !more.is_empty() {
        facts.push(Fact::LongHelp(format!("{help}\n\n{}", more.join("\n\n"))));
    }
    facts.extend(arg.heading.clone().map(Fact::Heading));
    facts.extend(arg.hidden.then_some(Fact::Hidden));
    facts.extend(arg.hidden_short.then_some(Fact::HiddenShort));
    facts.extend(arg.required.then_some(Fact::Required));
    facts.extend(
        arg.value()
            .into_iter()
            .flat_map(|value| value_facts(arg, value)),
    );
    facts.extend(arg.env.clone().map(|name| Fact::Env(name.value)));
    facts.extend(arg.config.clone().map(|key| Fact::Config(key.value)));
    facts.extend(rule_facts(arg));
    ArgStep {
        kind,
        id: arg.id.value.clone(),
        help,
        facts,
    }
}

fn name_facts(arg: &Arg) -> Vec<Fact> {
    let Form::Option {
        short,
        long,
        aliases,
        short_aliases,
        hidden_aliases,
    } = &arg.form
    else {
        return Vec::new();
    };
    let mut facts: Vec<Fact> = short.iter().map(|short| Fact::Short(short.value)).collect();
    match long {
        Some(long) if **long != *arg.id => facts.push(Fact::Long(long.value.clone())),
        Some(_) => {}
        None => facts.push(Fact::NoLong),
    }
    facts.extend(values(aliases).map(Fact::Alias));
    facts.extend(
        short_aliases
            .iter()
            .map(|letter| Fact::ShortAlias(letter.value)),
    );
    facts.extend(values(hidden_aliases).map(|alias| {
        let mut letters = alias.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => Fact::HiddenShortAlias(letter),
            _ => Fact::HiddenAlias(alias),
        }
    }));
    if let Takes::Negatable { name, .. } = &arg.takes {
        facts.push(Fact::Negatable(name.clone()));
    }
    facts
}

fn value_facts(arg: &Arg, value: &Value) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    match (value.bounds, value.repeated) {
        (Some(bounds), _) if !arg.is_option() => facts.push(Fact::Times(bounds)),
        (_, true) => facts.push(Fact::Repeat),
        _ => {}
    }
    if arg.is_option() {
        facts.extend(value.bounds.map(Fact::NumArgs));
    }
    facts.extend(value.names[1..].iter().cloned().map(Fact::AndValue));
    facts.extend(value.delimiter.map(Fact::Delimiter));
    if let Form::Argument { last, trailing } = arg.form {
        facts.extend(last.then_some(Fact::Last));
        facts.extend(trailing.then_some(Fact::Trailing));
    }
    facts.extend(value.hyphen_values.then_some(Fact::HyphenValues));
    facts.extend(value.terminator.clone().map(Fact::Terminator));
    facts.extend(value.bare.clone().map(|bare| Fact::Bare(bare.value)));
    facts.extend(value.equals.then_some(Fact::Equals));
    facts.extend(parser(&value.kind).map(Fact::Parser));
    facts.extend(value.complete.map(|complete| Fact::Hint(hint(complete))));
    facts.extend(choice_facts(&value.kind));
    facts.extend(values(&value.default).map(Fact::Default));
    for default in &value.default_when {
        let when = &default.when;
        facts.push(Fact::DefaultWhen(
            when.arg.value.clone(),
            when.is.value.clone(),
            default.value.value.clone(),
        ));
    }
    facts
}

fn choice_facts(kind: &Kind) -> Vec<Fact> {
    let Kind::Choice {
        choices,
        ignore_case,
    } = kind
    else {
        return Vec::new();
    };
    let mut facts: Vec<Fact> = ignore_case
        .then_some(Fact::IgnoreCase)
        .into_iter()
        .collect();
    for choice in choices {
        facts.push(Fact::Choice(
            choice.name.value.clone(),
            text::to_plain(&choice.help),
        ));
        facts.extend(values(&choice.aliases).map(Fact::ChoiceAlias));
        facts.extend(choice.hidden.then_some(Fact::HiddenChoice));
    }
    facts
}

fn parser(kind: &Kind) -> Option<Parser> {
    Some(match kind {
        Kind::String | Kind::Choice { .. } => return None,
        Kind::Path(PathKind::Any, Exists::Either) => Parser::Path,
        Kind::Path(PathKind::File, Exists::Either) => Parser::File,
        Kind::Path(PathKind::Folder, Exists::Either) => Parser::Folder,
        Kind::Path(PathKind::Any, Exists::Must) => Parser::ExistingPath,
        Kind::Path(PathKind::File, Exists::Must) => Parser::ExistingFile,
        Kind::Path(PathKind::Folder, Exists::Must) => Parser::ExistingFolder,
        Kind::Path(_, Exists::MustNot) => Parser::NewPath,
        Kind::Integer {
            min: i64::MIN,
            max: i64::MAX,
        } => Parser::Integer,
        Kind::Integer { min, max } => Parser::IntegerRange(*min, *max),
        Kind::Float { min, max } => Parser::Float(*min, *max),
        Kind::Boolean => Parser::Boolean,
        Kind::Secret => Parser::Secret,
        Kind::Url => Parser::Url,
        Kind::Duration => Parser::Duration,
        Kind::Size => Parser::Size,
        Kind::KeyValue => Parser::KeyValue,
        Kind::Rust(path) => Parser::Typed(path.clone()),
    })
}

/// What clap calls it.
fn hint(complete: Complete) -> &'static str {
    match complete {
        Complete::None => "Other",
        Complete::Path => "AnyPath",
        Complete::File => "FilePath",
        Complete::Folder => "DirPath",
        Complete::Program => "CommandName",
        Complete::CommandLine => "CommandString",
        Complete::User => "Username",
        Complete::Host => "Hostname",
        Complete::Url => "Url",
        Complete::Email => "EmailAddress",
    }
}

fn rule_facts(arg: &Arg) -> Vec<Fact> {
    let mut facts: Vec<Fact> = values(&arg.conflicts).map(Fact::Conflicts).collect();
    facts.extend(values(&arg.requires).map(Fact::Requires));
    facts.extend(values(&arg.required_unless).map(Fact::RequiredUnless));
    facts.extend(values(&arg.required_unless_all).map(Fact::RequiredUnlessAll));
    for when in &arg.required_when {
        facts.push(Fact::RequiredWhen(
            when.arg.value.clone(),
            when.is.value.clone(),
        ));
    }
    for when in &arg.required_when_all {
        facts.push(Fact::RequiredWhenAll(
            when.arg.value.clone(),
            when.is.value.clone(),
        ));
    }
    facts.extend(values(&arg.overrides).map(Fact::Overrides));
    facts.extend(arg.exclusive.then_some(Fact::Exclusive));
    facts
}

fn values(names: &[Name]) -> impl Iterator<Item = String> {
    names.iter().map(|name| name.value.clone())
}
