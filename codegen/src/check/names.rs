//! Names: what may be one, and that each is there once.

use std::collections::HashMap;
use std::rc::Rc;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, ArgSet, Command, Form, Kind, Name, Program};
use crate::source::Span;

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
        for alias in &command.aliases {
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
            if let Form::Option {
                short,
                long,
                aliases,
            } = &arg.form
            {
                for name in long.iter().chain(aliases) {
                    word(name, "an option", problems);
                }
                if let Some(short) = short {
                    if !short.value.is_ascii_alphanumeric() {
                        problems
                            .error(
                                Code::NotAShortName,
                                short.span,
                                format!("`-{}` is no name of an option", short.value),
                            )
                            .help("a short name is a letter or a digit");
                    }
                }
            }
        }
    }
}

/// The names of environment variables.
pub(super) fn variables(program: &Program, problems: &mut Diagnostics) {
    for arg in all_sets(program).iter().flat_map(|set| &set.args) {
        if let Some(name) = &arg.env {
            variable(name, problems);
        }
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
        let Some(Kind::Choice(choices)) = arg.value().map(|value| &value.kind) else {
            continue;
        };
        for (name, _) in choices {
            // clap prints `{n}` as the end of a line, and a choice can't be written otherwise.
            let bad = name.is_empty() || name.starts_with('-') || name.contains("{n}");
            if bad || name.contains(char::is_whitespace) {
                problems
                    .error(
                        Code::NotAChoice,
                        name.span,
                        format!("`{}` can't be a choice", **name),
                    )
                    .help(
                        "a choice is one word without `{n}` in it, and does not begin with a dash",
                    );
            }
        }
    }
}

/// No two commands of one group have the same name or alias.
pub(super) fn command_names_once(program: &Program, problems: &mut Diagnostics) {
    for group in program.root.walk() {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for command in &group.commands {
            let own = (command.name(), command.span);
            let aliases = command
                .aliases
                .iter()
                .map(|alias| (alias.as_str(), alias.span));
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
        let mut seen: HashMap<String, Span> = HashMap::new();
        let mut ids: HashMap<&str, Span> = HashMap::new();
        // What others share is older: the command's own is what has to yield.
        let shared = command.inherited.iter().chain(&command.sets);
        for arg in shared.chain([&command.own]).flat_map(|set| &set.args) {
            reserved(program, command, arg, problems);
            let mut reported = false;
            for (name, span) in spellings(arg) {
                if is_built_in(program, command, &name) {
                    problems
                        .error(
                            Code::ReservedName,
                            span,
                            format!("`{name}` is an option that every program has"),
                        )
                        .help("give this one another name");
                } else if let Some(first) = seen.insert(name.clone(), span) {
                    twice(&name, command, span, first, problems);
                    reported = true;
                }
            }
            if let Some(first) = ids.insert(&arg.id, arg.id.span) {
                if !reported {
                    twice(&arg.id, command, arg.id.span, first, problems);
                }
            }
        }
    }
}

/// clap's own options have names in the program too, not only on the command line.
fn reserved(program: &Program, command: &Command, arg: &Arg, problems: &mut Diagnostics) {
    let taken = *arg.id == "help" || *arg.id == "version" && has_version(program, command);
    let mut names = spellings(arg).into_iter();
    // Where it is spelt so as well, that says it better.
    if taken && !names.any(|(name, _)| is_built_in(program, command, &name)) {
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
        .help("rename or remove one of them");
}

/// Every way to write an option on the command line.
fn spellings(arg: &Arg) -> Vec<(String, Span)> {
    let Form::Option {
        short,
        long,
        aliases,
    } = &arg.form
    else {
        return Vec::new();
    };
    let short = short
        .iter()
        .map(|short| (format!("-{}", short.value), short.span));
    let long = long.iter().chain(aliases);
    short
        .chain(long.map(|name| (format!("--{}", **name), name.span)))
        .collect()
}

/// Whether clap itself has an option of this name.
fn is_built_in(program: &Program, command: &Command, name: &str) -> bool {
    matches!(name, "--help" | "-h")
        || matches!(name, "--version" | "-V") && has_version(program, command)
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
