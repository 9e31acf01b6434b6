//! Names: what may be one, and that each is there once.

use std::collections::HashMap;
use std::rc::Rc;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, ArgSet, Command, Form, Kind, Name, Program, Takes};
use crate::source::{Span, Spanned};

/// A command's name is typed at the shell and is part of file names.
pub(super) fn commands(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        // File systems allow 255 bytes, of which the ending takes some.
        if command.page_name().len() > 200 {
            problems
                .error(
                    Code::NameTooLong,
                    command.span,
                    "the words that call this command are too long together",
                )
                .help("a file is named after all of them; 200 letters is the most they may have");
        }
        let name = Name::new(command.name().to_owned(), command.span);
        word(
            &name,
            if command.path.len() == 1 {
                "a program"
            } else {
                "a command"
            },
            problems,
        );
        for alias in command.aliases.iter().chain(&command.hidden_aliases) {
            word(alias, "a command's alias", problems);
        }
    }
}

/// The names of sets, arguments and options.
pub(super) fn arguments(program: &Program, problems: &mut Diagnostics) {
    for set in all_sets(program) {
        if let Some(name) = &set.name {
            word(name, "a set", problems);
        }
        for arg in &set.args {
            word(
                &arg.id,
                if arg.is_option() {
                    "an option"
                } else {
                    "an argument"
                },
                problems,
            );
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
            word(&group.name, "a group", problems);
        }
    }
}

/// A name as it is typed, with its dashes.
fn option_name(name: &Name, problems: &mut Diagnostics) {
    match name.strip_prefix("--") {
        Some(long) => word(
            &Name::new(long.to_owned(), name.span),
            "an option",
            problems,
        ),
        None => {
            let letter = name.chars().nth(1).unwrap_or_default();
            short_name(letter, name.span, problems);
        }
    }
}

/// A letter is typed behind one dash, alone or among others.
fn short_name(letter: char, span: Span, problems: &mut Diagnostics) {
    if !letter.is_ascii_alphanumeric() {
        problems
            .error(
                Code::NotAShortName,
                span,
                format!("`-{letter}` is no name of an option"),
            )
            .help("a short name is a letter or a digit");
    }
}

/// The names of environment variables.
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

/// Choices are typed at the shell, alone or after `=`.
pub(super) fn choices(program: &Program, problems: &mut Diagnostics) {
    for arg in all_sets(program).iter().flat_map(|set| &set.args) {
        for choice in arg.choices().unwrap_or_default() {
            for name in std::iter::once(&choice.name).chain(&choice.aliases) {
                // clap prints `{n}` as the end of a line, and a choice can't be written otherwise.
                let bad = name.is_empty() || name.starts_with('-') || name.contains("{n}");
                if bad || name.contains(char::is_whitespace) {
                    problems
                        .error(
                            Code::NotAChoice,
                            name.span,
                            format!("`{}` can't be a choice", **name),
                        )
                        .help("a choice is one word without `{n}` in it, and does not begin with a dash");
                }
            }
        }
    }
}

/// No two choices of one value are the same, nor an alias of one and another.
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
                            format!("`{}` stands for two choices", **name),
                        )
                        .silences([name.span])
                        .related(first, "first here")
                        .help("remove one");
                }
            }
        }
    }
}

/// Topics are called as commands are, behind `help`.
pub(super) fn topics(program: &Program, problems: &mut Diagnostics) {
    for topic in &program.topics {
        word(&topic.name, "a topic", problems);
        if !program.root.is_group() {
            problems
                .error(
                    Code::TopicWithoutHelp,
                    topic.name.span,
                    "only a program with commands has a command `help`, which shows topics",
                )
                .help("write it into `notes` or `sections`");
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
                    format!("a topic and a command are called `{}`", *topic.name),
                )
                .related(command.span, "the command")
                .help("give one of them another name");
        } else if *topic.name == "help" {
            problems
                .error(
                    Code::ReservedName,
                    topic.name.span,
                    "`help` is a command of every program with commands",
                )
                .help("give the topic another name");
        }
    }
}

/// No two commands of one group have the same name or alias.
pub(super) fn command_names_once(program: &Program, problems: &mut Diagnostics) {
    for group in program.root.walk() {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for command in &group.commands {
            let own = (command.name(), command.span);
            let aliases = command.aliases.iter().chain(&command.hidden_aliases);
            let aliases = aliases.map(|alias| (alias.as_str(), alias.span));
            for (name, span) in std::iter::once(own).chain(aliases) {
                if name == "help" {
                    problems
                        .error(
                            Code::ReservedName,
                            span,
                            "`help` is a command of every program with commands",
                        )
                        .help("give this one another name");
                }
                if let Some(first) = seen.insert(name, span) {
                    problems
                        .error(
                            Code::CommandTwice,
                            span,
                            format!("two commands are called `{name}`"),
                        )
                        .label("this one")
                        .related(first, "and this one")
                        .help("give one of them another name");
                }
            }
        }
    }
}

/// No two options that can meet on one command line have a name in common.
pub(super) fn argument_names_once(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let mut seen: HashMap<String, (Span, &str)> = HashMap::new();
        let mut ids: HashMap<&str, Span> = HashMap::new();
        // What others share is older: the command's own is what has to yield.
        let shared = command.inherited.iter().chain(&command.sets);
        for arg in shared.chain([&command.own]).flat_map(|set| &set.args) {
            reserved(program, command, arg, problems);
            let mut reported = false;
            for Spanned { value: name, span } in arg.all_names() {
                if is_built_in(program, command, &name) {
                    problems
                        .error(
                            Code::ReservedName,
                            span,
                            format!("`{name}` is an option that every program has"),
                        )
                        .help("give this one another name");
                } else if let Some((first, other)) = seen.insert(name.clone(), (span, &arg.id)) {
                    // Of an option that is there again, one name says it.
                    if !reported || *other != *arg.id {
                        twice(&name, command, span, first, problems);
                    }
                    reported = true;
                }
            }
            // What switches it off is an option of its own, to clap.
            let negation = match &arg.takes {
                Takes::Negatable { name, .. } => Some(name.as_str()),
                _ => None,
            };
            for id in std::iter::once(arg.id.as_str()).chain(negation) {
                if let Some(first) = ids.insert(id, arg.id.span) {
                    if !reported {
                        twice(id, command, arg.id.span, first, problems);
                    }
                }
            }
        }
        // Rules name options and groups alike.
        for group in command.groups() {
            if let Some(first) = ids.insert(&group.name, group.name.span) {
                twice(&group.name, command, group.name.span, first, problems);
            }
        }
    }
}

/// clap's own options have names in the program too, not only on the command line.
fn reserved(program: &Program, command: &Command, arg: &Arg, problems: &mut Diagnostics) {
    let taken = *arg.id == "help" || *arg.id == "version" && has_version(program, command);
    let mut names = arg.all_names().into_iter();
    // Where it is spelled so as well, that says it better.
    if taken && !names.any(|name| is_built_in(program, command, &name)) {
        problems
            .error(
                Code::ReservedName,
                arg.id.span,
                format!(
                    "`{}` is the name of an option that every program has",
                    *arg.id
                ),
            )
            .help("give this one another name; `long` and `value` may say what is shown");
    }
}

fn twice(name: &str, command: &Command, span: Span, first: Span, problems: &mut Diagnostics) {
    problems
        .error(
            Code::OptionTwice,
            span,
            format!("`{name}` is there twice in `{}`", command.title()),
        )
        .label("again here")
        .related(first, "first here")
        .help(match name.starts_with('-') && !name.starts_with("--") {
            true => "give one of them another letter, or none",
            false => "rename or remove one of them; `long` and `value` may still say what is shown",
        });
}

/// Whether clap itself has an option of this name.
fn is_built_in(program: &Program, command: &Command, name: &str) -> bool {
    // `-h` and `-V` give way to an option of the program's own.
    name == "--help" || name == "--version" && has_version(program, command)
}

fn has_version(program: &Program, command: &Command) -> bool {
    command.path.len() == 1 && !matches!(program.version, crate::ir::Version::None)
}

/// Every set of arguments that something uses, shared ones and those of commands.
pub(super) fn all_sets(program: &Program) -> Vec<Rc<ArgSet>> {
    let shared = program.sets.iter().chain(&program.unused_sets).cloned();
    let own = program
        .root
        .walk()
        .into_iter()
        .map(|command| Rc::clone(&command.own));
    shared.chain(own).collect()
}

fn word(name: &Name, what: &str, problems: &mut Diagnostics) {
    let good = name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && name.len() <= 64;
    if good {
        return;
    }
    let message = format!("`{}` can't be the name of {what}", **name);
    let bare = name.trim_start_matches('-');
    if name.starts_with('-') && !bare.is_empty() {
        problems
            .error(Code::NameWithDashes, name.span, message)
            .suggest("names are written without their dashes", name.span, bare);
        return;
    }
    let diagnostic = problems.error(Code::NotAName, name.span, message);
    if let Some(c) = name.chars().find(|c| !c.is_ascii_graphic() && *c != ' ') {
        let code = u32::from(c);
        diagnostic.help(format!(
            "a name has letters a to z, digits, `-` and `_`; this one holds U+{code:04X}"
        ));
    } else {
        diagnostic.help(
            "a name has letters a to z, digits, `-` and `_`, begins and ends with a letter or digit, \
             and has at most 64 of them",
        );
    }
}

fn variable(name: &Name, problems: &mut Diagnostics) {
    let good = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !good {
        problems
            .error(
                Code::NotAVariable,
                name.span,
                format!("`{}` can't be an environment variable", **name),
            )
            .help("it has letters, digits and `_`, and does not begin with a digit: `MY_TOKEN`");
    }
}
