//! The program as the runtime's model: what generated code builds when it runs, built here.
//!
//! The Rust back-end prints it as calls, help is rendered from it, man pages take the facts of options from
//! it, and examples are tried on it.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use clapspec_runtime::model::{
    self, Alias, Below, Called, Choice, Command, Condition, Custom, Definition, Deprecated,
    Example, Files, Group, Kind, Rule, Topic,
};

use crate::ir::{self, ArgSet, Form, Name, Program, Takes, Value, Version, exits};
use crate::page::{output_text, way_out};
use crate::text;

/// The whole program.
pub(crate) fn program(program: &Program) -> model::Program {
    let files = program.config_files.as_ref();
    let name = |name: &Option<Name>| name.as_ref().map(|name| keep(name));
    model::Program {
        name: keep(program.root.name()),
        version: match &program.version {
            Version::None => None,
            // Which one it is, the crate that compiles the code knows.
            Version::Cargo => Some("0"),
            Version::Text(version) => Some(keep(version)),
        },
        root: built(root(program)),
        override_self: program.override_self,
        contract: contract(program),
        files: files.map(|files| Files {
            project: name(&files.project),
            user: name(&files.user),
            system: name(&files.system),
        }),
    }
}

/// The exit codes of a program that mean something to every command.
fn contract(program: &Program) -> Option<model::Contract> {
    let code = |name| program.exit_code(name).map(|code| (name, code));
    let failure = code(exits::FAILURE)?;
    Some(model::Contract {
        usage: code(exits::USAGE).unwrap_or(failure),
        failure,
    })
}

/// The program itself, as a command.
pub(crate) fn root(program: &Program) -> Command {
    let mut root = command(&program.root);
    root.about = about(&program.root);
    root.topics = program.topics.iter().map(topic).collect();
    root.next_line_help = program.next_line_help;
    root
}

/// A command, which the model has below those on its way.
pub(crate) fn called(program: &model::Program, command: &ir::Command) -> Called {
    let mut called = Called::root(program);
    for name in &command.path[1..] {
        called.enter(name);
    }
    called
}

fn built(command: Command) -> Definition {
    Definition::Built(Box::leak(Box::new(command)))
}

fn topic(topic: &ir::Topic) -> Topic {
    let mut whole = String::new();
    for (heading, blocks) in &topic.parts {
        if let Some(heading) = heading {
            whole.push_str(&format!("{heading}:\n\n"));
        }
        whole.push_str(&text::blocks_to_plain(blocks));
        whole.push_str("\n\n");
    }
    Topic {
        name: keep(&topic.name),
        title: plain(&topic.title),
        text: keep(whole.trim_end()),
    }
}

/// A command with all that it defines, and those below it.
pub(crate) fn command(command: &ir::Command) -> Command {
    let pair = |(a, b): &(Name, Name)| (keep(a), keep(b));
    let implied = command.implied_conflicts.iter();
    let mut made = Command {
        path: command.path.iter().map(|name| keep(name)).collect(),
        about: about(command),
        description: keep(&text::blocks_to_plain(&command.description)),
        deprecated: command.deprecated.as_ref().map(deprecated),
        since: command.since.as_deref().map(keep),
        effect: command.effect.map(effect),
        args: command.defined_sets().flat_map(|set| args(set)).collect(),
        groups: groups(command),
        needs: command.needs.iter().map(|id| keep(id)).collect(),
        requires: command.extra_requires.iter().map(pair).collect(),
        conflicts: command.extra_conflicts.iter().map(pair).collect(),
        implied: implied.map(|(a, b)| (keep(a), keep(b))).collect(),
        commands: in_order(command)
            .iter()
            .map(|it| below(command, it))
            .collect(),
        default_command: command.default_command.as_ref().map(|name| keep(name)),
        external: command.external,
        runnable: command.runnable,
        output: "",
        examples: command
            .examples
            .iter()
            .map(|it| example(command, it))
            .collect(),
        ..Command::default()
    };
    if command.runs() {
        made.output = output_text(command).map_or("", |text| keep(&text));
        if !command.is_group() {
            let codes = command.exit_codes.iter();
            let codes = codes.map(|exit| (exit.code.value, plain(&exit.help)));
            made.exit_codes = codes.collect();
        }
    }
    made
}

fn about(command: &ir::Command) -> &'static str {
    plain(&command.about)
}

fn effect(effect: ir::Effect) -> model::Effect {
    match effect {
        ir::Effect::Read => model::Effect::Read,
        ir::Effect::Write => model::Effect::Write,
        ir::Effect::Destructive => model::Effect::Destructive,
    }
}

fn deprecated(deprecated: &ir::Deprecated) -> Deprecated {
    Deprecated {
        way_out: plain(&way_out(deprecated)),
        removal: deprecated.removal.as_ref().map(|release| keep(release)),
    }
}

fn example(command: &ir::Command, example: &ir::Example) -> Example {
    Example {
        about: plain(&example.about),
        run: keep(&example.run),
        status: command.status_of(example),
    }
}

/// The groups of which something must be given. That some exclude each other is said by the options.
fn groups(command: &ir::Command) -> Vec<Group> {
    let groups = command.defined_sets().flat_map(|set| &set.groups);
    let required = groups.filter(|group| group.kind.is_required());
    let group = |group: &ir::Group| Group {
        name: keep(&format!("group {}", *group.name)),
        members: group.members.iter().map(|id| keep(id)).collect(),
        one: group.kind.excludes(),
    };
    required.map(group).collect()
}

/// The commands below, in the order of their headings.
fn in_order(command: &ir::Command) -> Vec<&ir::Command> {
    let headed = command.headings.iter().flat_map(|(_, names)| names);
    let place = |below: &&ir::Command| {
        let at = headed.clone().position(|name| **name == *below.name());
        at.unwrap_or(usize::MAX)
    };
    let mut commands: Vec<&ir::Command> = command.commands.iter().collect();
    commands.sort_by_key(place);
    commands
}

fn below(parent: &ir::Command, below: &ir::Command) -> Below {
    let mut headings = parent.headings.iter();
    let heading = headings.find(|(_, names)| names.iter().any(|name| **name == *below.name()));
    let alias = |hidden| {
        move |name: &Name| Alias {
            name: keep(name),
            hidden,
        }
    };
    let aliases = below.aliases.iter().map(alias(false));
    Below {
        name: keep(below.name()),
        about: about(below),
        definition: built(command(below)),
        aliases: aliases
            .chain(below.hidden_aliases.iter().map(alias(true)))
            .collect(),
        heading: heading.map(|(heading, _)| keep(heading)),
        hidden: below.hidden,
        deprecated: below.deprecated.is_some(),
        destructive: below.effect == Some(ir::Effect::Destructive),
    }
}

/// The arguments of a set.
pub(crate) fn args(set: &Rc<ArgSet>) -> Vec<model::Arg> {
    let heading = set.heading.as_deref().map(keep);
    let with_heading = |made: &ir::Arg| {
        let mut made = arg(made);
        made.heading = made.heading.or(heading);
        made
    };
    set.args.iter().map(with_heading).collect()
}

/// One argument, without what its set says.
pub(crate) fn arg(arg: &ir::Arg) -> model::Arg {
    // A command gives an argument all that is usual.
    let mut place = Command::default();
    let made = place.switch(keep(&arg.id), plain(&arg.help));
    names(arg, made);
    match &arg.takes {
        Takes::Switch => {}
        Takes::Negatable { name, default } => {
            made.negation = Some(keep(name));
            made.defaults = default
                .map(|on| if on { "true" } else { "false" })
                .into_iter()
                .collect();
        }
        Takes::Count(max) => made.kind = Kind::Count(*max),
        Takes::Value(taken) => value(arg, taken, made),
    }
    made.description = keep(&text::blocks_to_plain(&arg.description));
    made.heading = arg.heading.as_deref().map(keep);
    made.hidden = arg.hidden;
    made.hidden_short = arg.hidden_short;
    made.deprecated = arg.deprecated.as_ref().map(deprecated);
    made.since = arg.since.as_deref().map(keep);
    made.env = arg.env.as_ref().map(|name| keep(name));
    made.config = arg.config.as_ref().map(|key| keep(key));
    made.users_own = arg.users_own;
    made.role = arg.role.as_ref().map(|role| match role.value {
        ir::Role::Json => model::Role::Json,
        ir::Role::PrettyJson => model::Role::PrettyJson,
        ir::Role::Yes => model::Role::Yes,
        ir::Role::DryRun => model::Role::DryRun,
        ir::Role::Color => model::Role::Color,
    });
    rules(arg, made);
    place.args.remove(0)
}

fn names(arg: &ir::Arg, made: &mut model::Arg) {
    match &arg.form {
        Form::Argument { last, trailing } => {
            made.positional = true;
            made.long = None;
            made.last = *last;
            made.trailing = *trailing;
        }
        Form::Option {
            short,
            long,
            aliases,
            short_aliases,
            hidden_aliases,
        } => {
            made.short = short.as_ref().map(|short| short.value);
            made.long = long.as_ref().map(|long| keep(long));
            let shown = aliases.iter().map(|name| (name, false));
            for (name, hidden) in shown.chain(hidden_aliases.iter().map(|name| (name, true))) {
                let mut letters = name.chars();
                match (letters.next(), letters.next()) {
                    (Some(name), None) => made.letters.push(Alias { name, hidden }),
                    _ => made.aliases.push(Alias {
                        name: keep(name),
                        hidden,
                    }),
                }
            }
            let letters = short_aliases.iter().enumerate();
            for (at, letter) in letters {
                let (name, hidden) = (letter.value, false);
                made.letters.insert(at, Alias { name, hidden });
            }
        }
    }
}

fn value(arg: &ir::Arg, value: &Value, made: &mut model::Arg) {
    made.names = value.names.iter().map(|name| keep(name)).collect();
    made.kind = value.kind.of_runtime();
    made.repeat = value.repeated && !(value.bounds.is_some() && made.positional);
    made.bounds = value.bounds.map(|bounds| (bounds.min, bounds.max));
    made.delimiter = value.delimiter;
    made.bare = value.bare.as_ref().map(|word| keep(meant(arg, word)));
    made.equals = value.equals;
    made.hyphen_values = value.hyphen_values;
    made.terminator = value.terminator.as_deref().map(keep);
    made.complete = value.complete.map(complete);
    made.defaults = value
        .default
        .iter()
        .map(|word| keep(meant(arg, word)))
        .collect();
    let when = value.default_when.iter();
    made.defaults_when = when
        .map(|default| (condition(&default.when), keep(meant(arg, &default.value))))
        .collect();
    made.choices = value
        .choices()
        .unwrap_or_default()
        .iter()
        .map(choice)
        .collect();
}

fn choice(choice: &ir::Choice) -> Choice {
    Choice {
        name: keep(&choice.name),
        help: plain(&choice.help),
        aliases: choice.aliases.iter().map(|name| keep(name)).collect(),
        hidden: choice.hidden,
    }
}

/// The name of the choice that a word means; other words are as they are.
fn meant<'a>(arg: &'a ir::Arg, word: &'a str) -> &'a str {
    let choice = arg.value().and_then(|value| value.meaning(word));
    choice.map_or(word, |choice| choice.name.as_str())
}

fn condition(condition: &ir::Condition) -> Condition {
    Condition {
        arg: keep(&condition.arg),
        is: keep(&condition.is),
    }
}

fn rules(arg: &ir::Arg, made: &mut model::Arg) {
    let ids = |names: &[Name], rule: fn(&'static str) -> Rule| {
        let rules = names.iter().map(|name| rule(keep(name)));
        rules.collect::<Vec<Rule>>()
    };
    let when = |list: &[ir::Condition], rule: fn(Condition) -> Rule| {
        let rules = list.iter().map(|when| rule(condition(when)));
        rules.collect::<Vec<Rule>>()
    };
    made.rules = [
        if arg.required {
            vec![Rule::Required]
        } else {
            Vec::new()
        },
        ids(&arg.conflicts, Rule::Conflicts),
        ids(&arg.requires, Rule::Requires),
        ids(&arg.required_with, Rule::RequiredWith),
        ids(&arg.required_unless, Rule::RequiredUnless),
        ids(&arg.required_unless_all, Rule::RequiredUnlessAll),
        when(&arg.required_when, Rule::RequiredWhen),
        when(&arg.required_when_all, Rule::RequiredWhenAll),
        ids(&arg.overrides, Rule::Overrides),
        if arg.exclusive {
            vec![Rule::Exclusive]
        } else {
            Vec::new()
        },
    ]
    .concat();
}

impl ir::Kind {
    /// The kind as the runtime has it. A type of the program's own is not known here.
    pub(crate) fn of_runtime(&self) -> Kind {
        match self {
            Self::String => Kind::Text,
            Self::Path(kind, exists) => Kind::Path(*kind, *exists),
            Self::Secret => Kind::Secret,
            Self::Integer { min, max } => Kind::Integer {
                min: *min,
                max: *max,
            },
            Self::Float { min, max } => Kind::Float {
                min: keep(&limit(*min)),
                max: keep(&limit(*max)),
            },
            Self::Boolean => Kind::Boolean,
            Self::Url => Kind::Url,
            Self::Duration => Kind::Duration,
            Self::Size => Kind::Size,
            Self::KeyValue => Kind::KeyValue,
            Self::Rust(_) => Kind::Custom(Custom::unknown()),
            Self::Choice { ignore_case, .. } => Kind::Choice {
                ignore_case: *ignore_case,
            },
        }
    }
}

fn complete(complete: ir::Complete) -> model::Complete {
    match complete {
        ir::Complete::None => model::Complete::None,
        ir::Complete::Path => model::Complete::Path,
        ir::Complete::File => model::Complete::File,
        ir::Complete::Folder => model::Complete::Directory,
        ir::Complete::Program => model::Complete::Program,
        ir::Complete::CommandLine => model::Complete::CommandLine,
        ir::Complete::User => model::Complete::User,
        ir::Complete::Host => model::Complete::Host,
        ir::Complete::Url => model::Complete::Url,
        ir::Complete::Email => model::Complete::Email,
    }
}

/// A limit of a number: nothing where there is none.
pub(crate) fn limit(number: f64) -> String {
    match number.is_finite() {
        true => number.to_string(),
        false => String::new(),
    }
}

fn plain(inlines: &[text::Inline]) -> &'static str {
    keep(&text::to_plain(inlines))
}

thread_local! {
    /// Texts that are kept already.
    static KEPT: RefCell<HashSet<&'static str>> = RefCell::new(HashSet::new());
}

/// The model keeps only texts that live as long as the program, as those of generated code do. A spec's
/// texts are few and the generator ends soon, so they are never given back.
fn keep(text: &str) -> &'static str {
    if text.is_empty() {
        return "";
    }
    KEPT.with_borrow_mut(|kept| match kept.get(text) {
        Some(known) => known,
        None => {
            let new: &'static str = Box::leak(text.into());
            kept.insert(new);
            new
        }
    })
}
