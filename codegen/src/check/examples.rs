//! Examples are command lines that work, or that fail as they say.

mod shell;

use std::collections::BTreeMap;

use clapspec_runtime::clap::error::{ContextKind, ContextValue, ErrorKind};
use clapspec_runtime::{Setup, clap, model};

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Command, Example, Name, Program, exits};
use crate::source::Span;

/// What an example says that it ends with is an exit code.
pub(super) fn exit_codes(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for example in &command.examples {
            if let (Some(name), None) = (&example.fails, command.status_of(example)) {
                unknown_code(command, name, problems);
            }
        }
    }
}

/// Each example is read as a shell would read it, and parsed as the program would.
pub(super) fn examples(program: &Program, problems: &mut Diagnostics) {
    let commands = program.root.walk();
    if commands.iter().all(|command| command.examples.is_empty()) || problems.has_errors() {
        // What is wrong already would be told again, or clap would not take it.
        return;
    }
    let trial = crate::model::program(program);
    for command in commands {
        for example in &command.examples {
            one(command, example, &trial, problems);
        }
    }
}

fn one(command: &Command, example: &Example, trial: &model::Program, problems: &mut Diagnostics) {
    let refused = example
        .fails
        .as_ref()
        .is_some_and(|name| **name == *exits::USAGE);
    let Some(calls) = shell::commands(&example.run) else {
        problems
            .error(
                Code::ExampleNotShell,
                example.run.span,
                "a shell could not read this command line",
            )
            .help("is a quote missing?");
        return;
    };
    let program = &command.path[0];
    let own: Vec<_> = calls
        .into_iter()
        .filter(|call| call.words[0] == *program)
        .collect();
    if own.is_empty() {
        problems
            .error(
                Code::ExampleOfOther,
                example.run.span,
                format!("this example does not call `{program}`"),
            )
            .help(format!("begin it with `{program}`; other programs may stand before or behind it, as in a pipe"));
    }
    let mut failed = false;
    for call in &own {
        if let Err(stop) = Setup::new().words(&call.words).isolated().parse(trial) {
            if stop.is_help() {
                continue;
            }
            let error = stop.error();
            // A variable that the line sets may give what is missing.
            let sets = |arg: &Arg| arg.env.iter().any(|env| call.sets.contains(&**env));
            if error.kind() == ErrorKind::MissingRequiredArgument && command.args().any(sets) {
                continue;
            }
            failed = true;
            if !refused {
                does_not_parse(example, error, problems);
            }
        }
    }
    if let (true, false, Some(name)) = (refused, failed, &example.fails) {
        problems
            .error(
                Code::ExampleParses,
                name.span,
                "this example is to be refused, but it parses",
            )
            .related(example.run.span, "this is right, for the parser")
            .help("`usage` is for errors on the command line; remove `fails`, or name the exit code that the run ends with");
    }
}

fn unknown_code(command: &Command, name: &Name, problems: &mut Diagnostics) {
    let names: BTreeMap<&str, ()> = command
        .exit_codes
        .iter()
        .map(|exit| (exit.name.as_str(), ()))
        .chain([(exits::USAGE, ())])
        .collect();
    problems
        .error(
            Code::UnknownExitCode,
            name.span,
            format!("`{}` has no exit code `{}`", command.title(), **name),
        )
        .label("names nothing")
        .suggest_name(name, name.span, names.into_keys());
}

fn does_not_parse(example: &Example, error: &clap::Error, problems: &mut Diagnostics) {
    let said = error.render().to_string();
    let first = said.lines().next().unwrap_or_default();
    let why = first.strip_prefix("error: ").unwrap_or(first);
    let mut lines = said.lines().skip(1).map(str::trim);
    // What is missing, or what the names are, stands in the lines behind.
    let more: Vec<&str> = lines
        .by_ref()
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .filter(|line| !line.is_empty())
        .collect();
    let diagnostic = problems.error(
        Code::ExampleDoesNotParse,
        place(example, error),
        format!("this example does not parse: {}", why.trim_end_matches(':')),
    );
    match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            diagnostic.help(format!("it lacks {}", more.join(" ")));
        }
        _ if !more.is_empty() => {
            let more = more.join(" ");
            diagnostic.help(more.strip_prefix("tip: ").unwrap_or(&more));
        }
        _ => {
            diagnostic.help("fix it, or mark it as failing: `fails: usage`");
        }
    }
}

/// The word of which clap says that it is wrong, where it stands in the line as clap names it.
fn place(example: &Example, error: &clap::Error) -> Span {
    let whole = example.run.span;
    let kinds = [
        ContextKind::InvalidValue,
        ContextKind::InvalidSubcommand,
        ContextKind::InvalidArg,
    ];
    let mut words = kinds.into_iter().filter_map(|kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.split([' ', '=']).next()?.to_owned()),
        _ => None,
    });
    let found = words.find_map(|word| {
        let quotes = (whole.end - whole.start) as usize - example.run.len();
        // Only a line that is written as it is has its words where they seem to be.
        let at = example
            .run
            .find(&word)
            .filter(|_| !word.is_empty() && matches!(quotes, 0 | 2))?;
        let start = whole.range().start + quotes / 2 + at;
        Some(Span::new(whole.file, start..start + word.len()))
    });
    found.unwrap_or(whole)
}
