//! Names: that they are valid, and that each is defined only once.

mod valid;

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{Arg, ArgSet, Command, Complete, Form, Kind, Name, Program};
use crate::source::{Span, Spanned};
#[cfg(feature = "import")]
pub(crate) use valid::is_command_name;
#[cfg(feature = "cli")]
pub(crate) use valid::is_option_name;
use valid::{Of, check_name, short_name, variable};

/// Checks the names of commands, which are used in shells and in file names.
pub(super) fn commands(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        // File systems allow 255 bytes, including the file name extension.
        if command.page_name().len() > 200 {
            problems
                .error(
                    Code::NameTooLong,
                    command.span,
                    "the full name of this command is too long",
                )
                .help("use at most 200 characters in total: files are named after the command");
        }
        let name = Name::new(command.name().to_owned(), command.span);
        check_name(
            &name,
            if command.path.len() == 1 {
                Of::Program
            } else {
                Of::Command("a command")
            },
            problems,
        );
        for alias in command.aliases.iter().chain(&command.hidden_aliases) {
            check_name(alias, Of::Command("an alias"), problems);
        }
        for (name, _) in &command.links {
            check_name(name, Of::Command("a command"), problems);
        }
    }
}

/// Checks the names of sets, arguments, options and option groups.
pub(super) fn arguments(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        if let Some(name) = &set.name {
            check_name(name, Of::Other("a set"), problems);
        }
        for arg in &set.args {
            match (&arg.form, arg.is_option()) {
                // Its key is its short name, which is checked below.
                (
                    Form::Option {
                        short: Some(short), ..
                    },
                    _,
                ) if short.span == arg.id.span => {}
                (_, true) => check_name(&arg.id, Of::Option, problems),
                (_, false) => check_name(&arg.id, Of::Other("an argument"), problems),
            }
            if let Some(Complete::Values(name)) =
                arg.value().and_then(|value| value.complete.as_ref())
            {
                check_name(name, Of::Other("completed values"), problems);
            }
            let shown = arg.id.span;
            for name in arg.all_names().iter().filter(|name| name.span != shown) {
                option_name(name, problems);
            }
            if let Form::Option {
                short: Some(short), ..
            } = &arg.form
            {
                if short.span == shown {
                    short_name(short.value, short.span, problems);
                }
            }
        }
        for group in &set.groups {
            check_name(&group.name, Of::Other("an option group"), problems);
        }
    }
}

/// Checks a name of an option, written with its dashes.
fn option_name(name: &Name, problems: &mut Diagnostics) {
    match name.strip_prefix("--") {
        Some(long) => check_name(&Name::new(long.to_owned(), name.span), Of::Option, problems),
        None => {
            let letter = name.chars().nth(1).unwrap_or_default();
            short_name(letter, name.span, problems);
        }
    }
}

/// Checks the names of environment variables.
pub(super) fn variables(program: &Program, problems: &mut Diagnostics) {
    for arg in all_sets(program).iter().flat_map(|set| &set.args) {
        arg.env.iter().for_each(|name| variable(name, problems));
    }
    for command in program.root.walk() {
        for (name, _) in &command.environment {
            variable(name, problems);
        }
    }
}

/// Checks that choices can be written in a shell, alone or after `=`.
pub(super) fn choices(program: &Program, problems: &mut Diagnostics) {
    for arg in all_sets(program).iter().flat_map(|set| &set.args) {
        for choice in arg.choices().unwrap_or_default() {
            for name in std::iter::once(&choice.name).chain(&choice.aliases) {
                // clap prints `{n}` as a line break, and there is no other way to write the choice.
                let bad = name.is_empty() || name.starts_with('-') || name.contains("{n}");
                let space = |c: char| c.is_whitespace() && c != ' ';
                if bad || **name != *name.trim() || name.contains(space) {
                    problems
                        .error(
                            Code::NotAChoice,
                            name.span,
                            format!("`{}` is not a valid choice", **name),
                        )
                        .help("use a name that doesn't begin with a dash or contain `{n}`, without spaces at its ends");
                }
            }
            if let Some(name) = choice.rust.as_ref().filter(|name| !is_variant(name)) {
                problems
                    .error(
                        Code::NotAName,
                        name.span,
                        format!("`{}` is not a valid name for a variant in Rust", **name),
                    )
                    .help("use letters and digits, with a capital letter first: `CPlusPlus`");
            }
        }
    }
}

/// Whether a name may be that of a variant in Rust. `Self` is a keyword.
fn is_variant(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && name != "Self"
}

/// Checks that the choices of a value and their aliases are unique.
pub(super) fn choices_once(program: &Program, problems: &mut Diagnostics) {
    for arg in all_sets(program).iter().flat_map(|set| &set.args) {
        let Some(crate::ir::Value {
            kind: Kind::Choice {
                choices,
                ignore_case,
            },
            ..
        }) = arg.value()
        else {
            continue;
        };
        let mut seen: HashMap<String, Span> = HashMap::new();
        for choice in choices {
            for name in std::iter::once(&choice.name).chain(&choice.aliases) {
                let key = match ignore_case {
                    true => name.to_lowercase(),
                    false => name.value.clone(),
                };
                if let Some(first) = seen.insert(key, name.span) {
                    problems
                        .error(
                            Code::ChoiceTwice,
                            name.span,
                            format!("two choices are named `{}`", **name),
                        )
                        .silences([name.span])
                        .label("defined again here")
                        .related(first, "first defined here")
                        .help("remove or rename one of them");
                }
            }
        }
    }
}

/// Checks the names of topics. A topic is used like a command: `PROGRAM help TOPIC`.
pub(super) fn topics(program: &Program, problems: &mut Diagnostics) {
    let commands = program.root.walk();
    // Some file systems don't distinguish capitals.
    let is_same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    for (at, topic) in program.topics.iter().enumerate() {
        check_name(&topic.name, Of::Other("a topic"), problems);
        if !program.root.is_group() {
            problems
                .error(
                    Code::TopicWithoutHelp,
                    topic.name.span,
                    "topics need the subcommand `help`, which this program doesn't have",
                )
                .label("only programs with subcommands can have topics")
                .help("move the text to `notes` or `sections`");
        }
        let called = |command: &&Command| {
            let aliases = command.aliases.iter().chain(&command.hidden_aliases);
            let mut names = aliases.map(|alias| alias.as_str()).chain([command.name()]);
            names.any(|name| name == topic.name.as_str())
        };
        if let Some(command) = program.root.commands.iter().find(called) {
            problems
                .error(
                    Code::CommandTwice,
                    topic.name.span,
                    format!("a topic and a command are both named `{}`", *topic.name),
                )
                .related(command.span, "the command")
                .help("rename one of them");
        } else if let Some(command) = commands
            .iter()
            .find(|command| is_same(&command.page_name(), &topic.page_name(program)))
        {
            problems
                .error(
                    Code::CommandTwice,
                    topic.name.span,
                    format!(
                        "the topic `{}` and the command `{}` have files with the same name",
                        *topic.name,
                        command.title()
                    ),
                )
                .related(command.span, "the command")
                .help("rename the topic");
        } else if let Some(other) = program.topics[..at]
            .iter()
            .find(|other| is_same(&other.name, &topic.name))
        {
            problems
                .error(
                    Code::CommandTwice,
                    topic.name.span,
                    format!(
                        "the topics `{}` and `{}` have files with the same name where case is ignored",
                        *other.name, *topic.name
                    ),
                )
                .related(other.name.span, "the other topic")
                .help("rename one of them");
        } else if *topic.name == "help" {
            problems
                .error(
                    Code::ReservedName,
                    topic.name.span,
                    "`help` is the name of a built-in subcommand",
                )
                .help("rename the topic");
        }
    }
}

/// Checks that the names and aliases of a command group's subcommands are unique.
pub(super) fn command_names_once(program: &Program, problems: &mut Diagnostics) {
    for group in program.root.walk() {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        let commands = group.commands.iter().flat_map(|command| {
            let aliases = command.aliases.iter().chain(&command.hidden_aliases);
            let aliases = aliases.map(|alias| (alias.as_str(), alias.span));
            std::iter::once((command.name(), command.span)).chain(aliases)
        });
        let links = group
            .links
            .iter()
            .map(|(name, _)| (name.as_str(), name.span));
        for (name, span) in commands.chain(links) {
            if name == "help" {
                problems
                    .error(
                        Code::ReservedName,
                        span,
                        "`help` is the name of a built-in subcommand",
                    )
                    .help("use another name");
            }
            if let Some(first) = seen.insert(name, span) {
                problems
                    .error(
                        Code::CommandTwice,
                        span,
                        format!("two commands are named `{name}`"),
                    )
                    .label("defined again here")
                    .related(first, "first defined here")
                    .help("rename one of them");
            }
        }
    }
}

/// Checks that options that can be on the same command line have different names.
pub(super) fn argument_names_once(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let mut seen: HashMap<String, (Span, &str)> = HashMap::new();
        let mut ids: HashMap<&str, Span> = HashMap::new();
        // A clash with a shared option is reported at the command's own option, which is easier to
        // rename.
        let defined = command.sets.iter().chain([&command.own]);
        let defined = defined.flat_map(|set| &set.args).map(|arg| (arg, true));
        let inherited = command.inherited.iter().flat_map(|set| &set.args);
        let inherited = inherited.filter(|arg| arg.is_passed_on());
        let inherited = inherited.map(|arg| (arg, arg.is_accepted_after_name()));
        for (arg, has_names) in inherited.chain(defined) {
            reserved(program, command, arg, problems);
            let mut clashes: Vec<(String, Span, Span, bool)> = Vec::new();
            let names = arg.all_names().into_iter().filter(|_| has_names);
            for Spanned { value: name, span } in names {
                if is_built_in(program, command, &name) {
                    problems
                        .error(
                            Code::ReservedName,
                            span,
                            format!("`{name}` is a built-in option"),
                        )
                        .help("use another name");
                } else if let Some((first, other)) = seen.insert(name.clone(), (span, &arg.id)) {
                    clashes.push((name, span, first, *other == *arg.id));
                }
            }
            // If the same option is defined twice, all its names are one error.
            let (same, others): (Vec<_>, Vec<_>) = clashes.iter().partition(|clash| clash.3);
            if let Some((_, span, first, _)) = same.first() {
                let names: Vec<&str> = same.iter().map(|(name, ..)| name.as_str()).collect();
                let diagnostic =
                    defined_twice(&names.join("` and `"), command, *span, *first, problems);
                if command
                    .inherited
                    .iter()
                    .any(|set| set.args.iter().any(|it| *it.id == *arg.id))
                {
                    diagnostic
                        .help("subcommands inherit it; to describe it differently, use `inherit`");
                }
            }
            for (name, span, first, _) in others {
                defined_twice(name, command, *span, *first, problems);
            }
            let reported = !clashes.is_empty();
            // clap treats the `--no-NAME` of a negatable switch as an option of its own.
            let negation = arg.opposite().map(|opposite| opposite.name.as_str());
            for id in std::iter::once(arg.id.as_str()).chain(negation) {
                if let Some(first) = ids.insert(id, arg.id.span) {
                    if !reported && first != arg.id.span {
                        defined_twice(id, command, arg.id.span, first, problems);
                    }
                }
            }
        }
        // Option groups share a namespace with options.
        for group in command.groups() {
            if let Some(first) = ids.insert(&group.name, group.name.span) {
                defined_twice(&group.name, command, group.name.span, first, problems);
            }
        }
    }
}

/// Checks that the key of an argument or option is not that of a built-in one. In clap, `help` and
/// `version` are reserved as keys too, not only as `--help` and `--version`.
fn reserved(program: &Program, command: &Command, arg: &Arg, problems: &mut Diagnostics) {
    let taken = *arg.id == "help" || *arg.id == "version" && has_version(program, command);
    let mut names = arg.all_names().into_iter();
    // If the option is also written `--help` or `--version`, that is reported instead.
    if taken && !names.any(|name| is_built_in(program, command, &name)) {
        problems
            .error(
                Code::ReservedName,
                arg.id.span,
                format!("`{}` is the name of a built-in option", *arg.id),
            )
            .help("rename it; `long` or `value` can still set what users see");
    }
}

fn defined_twice<'p>(
    name: &str,
    command: &Command,
    span: Span,
    first: Span,
    problems: &'p mut Diagnostics,
) -> &'p mut Diagnostic {
    problems
        .error(
            Code::OptionTwice,
            span,
            format!(
                "`{name}` {} defined twice in `{}`",
                if name.contains('`') { "are" } else { "is" },
                command.title()
            ),
        )
        .label("defined again here")
        .related(first, "first defined here")
        .help(
            match name.starts_with('-') && !name.starts_with("--") && !name.contains('`') {
                true => "use another letter for one of them, or remove it",
                false => {
                    "rename or remove one of them; `long` or `value` can still set what users see"
                }
            },
        )
}

/// Whether clap itself defines an option with this name.
fn is_built_in(program: &Program, command: &Command, name: &str) -> bool {
    // The program may define its own `-h` and `-V`.
    name == "--help" || name == "--version" && has_version(program, command)
}

fn has_version(program: &Program, command: &Command) -> bool {
    command.path.len() == 1 && !matches!(program.version, crate::ir::Version::None)
}

/// Returns all sets of arguments: shared ones, used or not, and those of commands.
pub(super) fn all_sets(program: &Program) -> Vec<Arc<ArgSet>> {
    let shared = program.sets.iter().chain(&program.unused_sets).cloned();
    let own = program
        .root
        .walk()
        .into_iter()
        .map(|command| Arc::clone(&command.own));
    shared.chain(own).collect()
}
