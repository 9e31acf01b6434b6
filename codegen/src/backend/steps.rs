//! What clap is told about a command, as a list of calls of the runtime's `Define`.
//!
//! The Rust back-end prints these calls and the help back-end makes them, so that the help it writes
//! is the help that the program prints.

mod argument;

use std::rc::Rc;

use crate::ir::{ArgSet, Bounds, Command, Name, Program, Version, rust_names};
use crate::page::{deprecation, effect, output_text};
use crate::text;
pub(super) use argument::argument;

/// One call of `Define`.
pub(super) enum Step {
    About(String),
    LongAbout(String),
    Heading(Option<String>),
    OverrideSelf,
    NextLineHelp,
    Global,
    NoShortHelp,
    NoShortVersion,
    /// The arguments of a shared set.
    Set(Rc<ArgSet>),
    Arg(ArgStep),
    /// The first option requires the second.
    Requires(String, String),
    /// The two options exclude each other.
    Conflicts(String, String),
    /// An option without which the command can't be called.
    Needs(String),
    /// A group, of which something must be given.
    AnyOf(String),
    /// A group, and an option or argument that belongs to it.
    Member(String, String),
    Subcommand(Subcommand),
    /// The name of a command below, and another name for it.
    SubcommandAlias(String, String),
    HiddenSubcommandAlias(String, String),
    DefaultSubcommand(String),
    ExternalSubcommands,
    Runnable,
    Section(&'static str, String),
    /// A longer text: its name, and the text with its title above.
    Topic(String, String),
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
    ShortAlias(char),
    HiddenAlias(String),
    HiddenShortAlias(char),
    Negatable(String),
    LongHelp(String),
    Heading(String),
    Hidden,
    HiddenShort,
    Required,
    Repeat,
    Times(Bounds),
    NumArgs(Bounds),
    AndValue(String),
    Bare(String),
    Equals,
    Last,
    Trailing,
    HyphenValues,
    Terminator(String),
    Delimiter(char),
    Parser(Parser),
    /// One of clap's `ValueHint`s.
    Hint(&'static str),
    Choice(String, String),
    ChoiceAlias(String),
    HiddenChoice,
    IgnoreCase,
    Default(String),
    /// Another option, its value, and the default then.
    DefaultWhen(String, String, String),
    Env(String),
    /// Its name in configuration files.
    Config(String),
    Conflicts(String),
    Requires(String),
    RequiredUnless(String),
    RequiredUnlessAll(String),
    /// Another option and its value.
    RequiredWhen(String, String),
    RequiredWhenAll(String, String),
    Overrides(String),
    Exclusive,
}

/// What reads a value.
#[derive(Clone)]
pub(super) enum Parser {
    Path,
    File,
    Folder,
    ExistingPath,
    ExistingFile,
    ExistingFolder,
    NewPath,
    Integer,
    IntegerRange(i64, i64),
    Float(f64, f64),
    Boolean,
    Secret,
    Url,
    Duration,
    Size,
    KeyValue,
    /// A Rust type, by its path.
    Typed(String),
}

/// A limit of a number as the runtime takes it: nothing where there is none.
pub(super) fn limit(number: f64) -> String {
    match number.is_finite() {
        true => format!("{number:?}"),
        false => String::new(),
    }
}

/// The calls that define the program itself.
pub(super) fn program(program: &Program) -> Vec<Step> {
    let root = &program.root;
    let mut steps = vec![Step::About(about(root))];
    steps.extend(program.override_self.then_some(Step::OverrideSelf));
    steps.extend(program.next_line_help.then_some(Step::NextLineHelp));
    let has_version = !matches!(program.version, Version::None);
    if has_version && takes_letter(root.defined_sets(), 'V') {
        steps.push(Step::NoShortVersion);
    }
    steps.extend(command(root));
    steps.extend(topics(program));
    steps
}

/// The topics, and the list of them at the end of `--help`.
fn topics(program: &Program) -> Vec<Step> {
    let mut steps = Vec::new();
    let widest = program.topics.iter().map(|topic| topic.name.len()).max();
    let mut list = Vec::new();
    for topic in &program.topics {
        let title = text::to_plain(&topic.title);
        let mut whole = title.clone();
        for (heading, blocks) in &topic.parts {
            let heading = heading.as_ref().map(|heading| format!("\n\n{heading}:"));
            whole.push_str(&heading.unwrap_or_default());
            whole.push_str("\n\n");
            whole.push_str(&text::blocks_to_plain(blocks));
        }
        list.push(format!(
            "  {:<1$}  {title}",
            topic.name.value,
            widest.unwrap_or_default()
        ));
        steps.push(Step::Topic(topic.name.value.clone(), whole));
    }
    if !list.is_empty() {
        let more = format!("\n\n  {} help TOPIC shows one", program.root.name());
        steps.push(Step::Section("Topics", list.join("\n") + &more));
    }
    steps
}

/// What a list of commands says of one.
fn about(command: &Command) -> String {
    let about = text::to_plain(&command.about);
    match &command.deprecated {
        Some(_) => format!("{about} [deprecated]"),
        None => about,
    }
}

/// Whether an option of these sets has this short name.
pub(crate) fn takes_letter<'a>(
    sets: impl IntoIterator<Item = &'a Rc<ArgSet>>,
    letter: char,
) -> bool {
    let name = format!("-{letter}");
    let mut args = sets.into_iter().flat_map(|set| &set.args);
    args.any(|arg| arg.all_names().iter().any(|known| **known == *name))
}

/// The calls that define a command, of which its parent said the name and what it is about.
pub(super) fn command(command: &Command) -> Vec<Step> {
    let mut steps = Vec::new();
    steps.extend(long_about(command).map(Step::LongAbout));
    if command.is_group() && command.defined_sets().any(|set| !set.args.is_empty()) {
        steps.push(Step::Global);
    }
    if takes_letter(command.defined_sets(), 'h') && !takes_letter(&command.inherited, 'h') {
        steps.push(Step::NoShortHelp);
    }
    steps.extend(command.own.args.iter().map(|arg| Step::Arg(argument(arg))));
    steps.extend(command.sets.iter().cloned().map(Step::Set));
    for (from, to) in &command.extra_requires {
        steps.push(Step::Requires(from.value.clone(), to.value.clone()));
    }
    for (a, b) in &command.extra_conflicts {
        steps.push(Step::Conflicts(a.value.clone(), b.value.clone()));
    }
    for (a, b) in &command.implied_conflicts {
        steps.push(Step::Conflicts(a.clone(), b.clone()));
    }
    steps.extend(groups(command));
    for below in in_order(command) {
        let name = below.name().to_owned();
        steps.push(Step::Subcommand(Subcommand {
            name: name.clone(),
            about: about(below),
            hidden: below.hidden,
            function: rust_names::define_function(below),
        }));
        let alias = |alias: &Name| Step::SubcommandAlias(name.clone(), alias.value.clone());
        steps.extend(below.aliases.iter().map(alias));
        let alias = |alias: &Name| Step::HiddenSubcommandAlias(name.clone(), alias.value.clone());
        steps.extend(below.hidden_aliases.iter().map(alias));
    }
    let default = command.default_command.as_ref();
    steps.extend(default.map(|name| Step::DefaultSubcommand(name.value.clone())));
    steps.extend(command.external.then_some(Step::ExternalSubcommands));
    steps.extend(command.runnable.then_some(Step::Runnable));
    steps.extend(sections(command));
    steps
}

/// What `--help` says of a command in place of its line; nothing where there is no more to say.
fn long_about(command: &Command) -> Option<String> {
    let old = command.deprecated.as_ref();
    let mut parts = Vec::new();
    parts.extend(old.map(|it| text::to_plain(&deprecation(it))));
    parts.push(text::blocks_to_plain(&command.description));
    parts.extend(command.effect.map(|it| effect(it).to_owned()));
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        return None;
    }
    parts.insert(0, about(command));
    Some(parts.join("\n\n"))
}

/// The commands below, in the order of their headings.
fn in_order(command: &Command) -> Vec<&Command> {
    let headed = command.headings.iter().flat_map(|(_, names)| names);
    let place = |below: &&Command| {
        let at = headed.clone().position(|name| **name == *below.name());
        at.unwrap_or(usize::MAX)
    };
    let mut commands: Vec<&Command> = command.commands.iter().collect();
    commands.sort_by_key(place);
    commands
}

/// What must be given, of groups and of options that the command can't be called without. clap's
/// names of groups are those of options too, so these have a space in them.
fn groups(command: &Command) -> Vec<Step> {
    let mut steps = Vec::new();
    for group in command.defined_sets().flat_map(|set| &set.groups) {
        if group.kind.is_required() {
            let name = format!("group {}", *group.name);
            steps.push(Step::AnyOf(name.clone()));
            let member = |id: &Name| Step::Member(name.clone(), id.value.clone());
            steps.extend(group.members.iter().map(member));
        }
    }
    let needs = command.needs.iter();
    steps.extend(needs.map(|id| Step::Needs(id.value.clone())));
    steps
}

/// The calls that define a shared set.
pub(super) fn set(set: &ArgSet) -> Vec<Step> {
    let heading = Step::Heading(set.heading.clone());
    let args = set.args.iter().map(|arg| Step::Arg(argument(arg)));
    std::iter::once(heading).chain(args).collect()
}

/// What `--help` says after the options.
fn sections(command: &Command) -> Vec<Step> {
    let mut steps = Vec::new();
    let output = output_text(command).filter(|_| command.runs());
    steps.extend(output.map(|text| Step::Section("Output", text)));
    if !command.examples.is_empty() {
        let examples = command.examples.iter().map(|example| {
            let about = text::to_plain(&example.about);
            let status = command.status_of(example);
            let status = status.map_or(String::new(), |status| format!(" (status {status})"));
            format!("  {about}{status}:\n      {}", *example.run)
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
