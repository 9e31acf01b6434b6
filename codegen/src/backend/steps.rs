//! What clap is told about a command, as a list of calls of the runtime's `Define`.
//!
//! The Rust back-end prints these calls and the help back-end makes them, so that the help it writes
//! is the help that the program prints.

use std::rc::Rc;

use crate::ir::{Arg, ArgSet, Command, Form, Kind, Name, Takes, Value, rust_names};
use crate::text;

/// One call of `Define`.
pub(super) enum Step {
    About(String),
    LongAbout(String),
    Heading(Option<String>),
    Global,
    /// The arguments of a shared set.
    Set(Rc<ArgSet>),
    Arg(ArgStep),
    /// The first option requires the second.
    Requires(String, String),
    /// The two options exclude each other.
    Conflicts(String, String),
    Subcommand(Subcommand),
    /// The name of a command below, and another name for it.
    SubcommandAlias(String, String),
    Section(&'static str, String),
}

/// What a command's parent says of it.
pub(super) struct Subcommand {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) hidden: bool,
    /// The Rust function that defines the rest of it.
    pub(super) function: String,
}

/// The call that names an argument, and the calls of `DefineArg` that follow it.
pub(super) struct ArgStep {
    pub(super) kind: ArgKind,
    pub(super) id: String,
    pub(super) help: String,
    pub(super) facts: Vec<Fact>,
}

/// What is named, with the name of its value.
pub(super) enum ArgKind {
    Switch,
    Count,
    Option(String),
    Argument(String),
}

/// One call of `DefineArg`.
pub(super) enum Fact {
    Short(char),
    Long(String),
    NoLong,
    Alias(String),
    LongHelp(String),
    Heading(String),
    Hidden,
    Required,
    Repeat,
    Delimiter(char),
    Path,
    Integer,
    Choice(String, String),
    Default(String),
    Env(String),
    Conflicts(String),
    Requires(String),
}

/// The calls that define a command. `is_root` says that nothing above it told clap what it is.
pub(super) fn command(command: &Command, is_root: bool) -> Vec<Step> {
    let mut steps = Vec::new();
    let about = text::to_plain(&command.about);
    if !command.description.is_empty() {
        let more = text::blocks_to_plain(&command.description);
        steps.push(Step::LongAbout(format!("{about}\n\n{more}")));
    }
    if is_root {
        steps.insert(0, Step::About(about));
    }
    if command.is_group() && command.defined_sets().any(|set| !set.args.is_empty()) {
        steps.push(Step::Global);
    }
    steps.extend(command.own.args.iter().map(|arg| Step::Arg(argument(arg))));
    steps.extend(command.sets.iter().cloned().map(Step::Set));
    for (from, to) in &command.extra_requires {
        steps.push(Step::Requires(from.value.clone(), to.value.clone()));
    }
    for (a, b) in &command.implied_conflicts {
        steps.push(Step::Conflicts(a.clone(), b.clone()));
    }
    for below in &command.commands {
        let name = below.name().to_owned();
        steps.push(Step::Subcommand(Subcommand {
            name: name.clone(),
            about: text::to_plain(&below.about),
            hidden: below.hidden,
            function: rust_names::define_function(below),
        }));
        for alias in &below.aliases {
            steps.push(Step::SubcommandAlias(name.clone(), alias.value.clone()));
        }
    }
    steps.extend(sections(command));
    steps
}

/// The calls that define a shared set.
pub(super) fn set(set: &ArgSet) -> Vec<Step> {
    let heading = Step::Heading(set.heading.clone());
    let args = set.args.iter().map(|arg| Step::Arg(argument(arg)));
    std::iter::once(heading).chain(args).collect()
}

fn argument(arg: &Arg) -> ArgStep {
    let help = text::to_plain(&arg.help);
    let kind = match (&arg.form, &arg.takes) {
        (_, Takes::Switch) => ArgKind::Switch,
        (_, Takes::Count(_)) => ArgKind::Count,
        (Form::Argument, Takes::Value(value)) => ArgKind::Argument(value.name.clone()),
        (Form::Option { .. }, Takes::Value(value)) => ArgKind::Option(value.name.clone()),
    };
    let mut facts = name_facts(arg);
    if !arg.description.is_empty() {
        let more = text::blocks_to_plain(&arg.description);
        facts.push(Fact::LongHelp(format!("{help}\n\n{more}")));
    }
    facts.extend(arg.heading.clone().map(Fact::Heading));
    facts.extend(arg.hidden.then_some(Fact::Hidden));
    facts.extend(arg.required.then_some(Fact::Required));
    facts.extend(arg.value().into_iter().flat_map(value_facts));
    facts.extend(arg.env.clone().map(|name| Fact::Env(name.value)));
    facts.extend(values(&arg.conflicts).map(Fact::Conflicts));
    facts.extend(values(&arg.requires).map(Fact::Requires));
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
    facts
}

fn value_facts(value: &Value) -> Vec<Fact> {
    let mut facts: Vec<Fact> = value.repeated.then_some(Fact::Repeat).into_iter().collect();
    facts.extend(value.delimiter.map(Fact::Delimiter));
    match &value.kind {
        Kind::String => {}
        Kind::Path => facts.push(Fact::Path),
        Kind::Integer => facts.push(Fact::Integer),
        Kind::Choice(choices) => {
            let choice = |(name, help): &(Name, text::Inlines)| {
                Fact::Choice(name.value.clone(), text::to_plain(help))
            };
            facts.extend(choices.iter().map(choice));
        }
    }
    facts.extend(values(&value.default).map(Fact::Default));
    facts
}

fn values(names: &[Name]) -> impl Iterator<Item = String> {
    names.iter().map(|name| name.value.clone())
}

/// What `--help` says after the options.
fn sections(command: &Command) -> Vec<Step> {
    let mut steps = Vec::new();
    if !command.examples.is_empty() {
        let examples = command.examples.iter().map(|example| {
            format!(
                "  {}:\n      {}",
                text::to_plain(&example.about),
                *example.run
            )
        });
        steps.push(Step::Section(
            "Examples",
            examples.collect::<Vec<_>>().join("\n\n"),
        ));
    }
    if !command.exit_codes.is_empty() && !command.is_group() {
        let codes = command
            .exit_codes
            .iter()
            .map(|exit| format!("  {:>3}  {}", exit.code.value, text::to_plain(&exit.help)));
        steps.push(Step::Section(
            "Exit status",
            codes.collect::<Vec<_>>().join("\n"),
        ));
    }
    steps
}
