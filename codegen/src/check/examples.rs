//! Checks that examples are valid command lines, or fail as they claim.

mod files;
mod shell;

pub(super) use files::{files, pictures};

use std::collections::BTreeMap;

use clapspec_runtime::clap::error::{ContextKind, ContextValue, ErrorKind};
use clapspec_runtime::{Setup, Values, clap, model};

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, Command, Example, Name, Program, exits};
use crate::source::Span;
use shell::Call;

/// Checks that `fails` of an example names an exit code of the command.
pub(super) fn exit_codes(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for example in &command.examples {
            if let (Some(name), None) = (&example.fails, command.status_of(example)) {
                unknown_code(command, name, problems);
            }
        }
    }
}

/// Splits each example as a shell would, and parses it as the program would.
pub(super) fn examples(program: &Program, problems: &mut Diagnostics) {
    let commands = program.root.walk();
    if commands.iter().all(|command| command.examples.is_empty()) || problems.has_errors() {
        // Errors of the spec would be reported again, or clap would reject the definition.
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
    let is_rejected = example
        .fails
        .as_ref()
        .is_some_and(|name| **name == *exits::USAGE);
    let Some(calls) = shell::commands(&example.run) else {
        problems
            .error(
                Code::ExampleNotShell,
                example.run.span,
                "a shell can't read this command line",
            )
            .help("check for a missing quote or bracket");
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
                format!("this example doesn't run `{program}`"),
            )
            .help(format!(
                "begin it with `{program}`; a pipe may also run other programs"
            ));
    }
    let mut failed = false;
    for call in &own {
        match Setup::new().words(&call.words).isolated().parse(trial) {
            // The examples of a deprecated command show how it was used.
            Ok(values) if command.deprecated.is_none() => deprecated(example, &values, problems),
            Ok(_) => {}
            Err(stop) if stop.is_help() || sets_missing(command, call, stop.error()) => {}
            Err(stop) => {
                failed = true;
                if !is_rejected {
                    does_not_parse(example, stop.error(), problems);
                }
            }
        }
    }
    if let (true, false, Some(name)) = (is_rejected, failed, &example.fails) {
        problems
            .error(
                Code::ExampleParses,
                name.span,
                "expected this example to be rejected, but it is valid",
            )
            .related(example.run.span, "this is a valid command line")
            .help(
                "remove `fails`, or name another exit code; `usage` means an invalid command line",
            );
    }
}

/// Why a program rejects an example. `None` if it accepts it, or if the line doesn't run the program.
#[cfg(feature = "cli")]
pub(crate) fn rejected(trial: &model::Program, line: &str) -> Option<String> {
    let calls = shell::commands(line)?;
    let own = calls.into_iter().filter(|call| call.words[0] == trial.name);
    let mut errors = own.filter_map(|call| {
        let stop = Setup::new()
            .words(&call.words)
            .isolated()
            .parse(trial)
            .err()?;
        let error = stop.error();
        // The line may set a missing argument with an environment variable.
        let is_set = error.kind() == ErrorKind::MissingRequiredArgument && !call.sets.is_empty();
        let missing = match error.get(ContextKind::InvalidArg) {
            Some(ContextValue::Strings(names)) => format!(": {}", names.join(" ")),
            _ => String::new(),
        };
        (!stop.is_help() && !is_set).then(|| first_line(error) + &missing)
    });
    errors.next()
}

/// The first line of clap's message, without `error:`.
fn first_line(error: &clap::Error) -> String {
    let rendered = error.render().to_string();
    let first = rendered.lines().next().unwrap_or_default();
    let why = first.strip_prefix("error: ").unwrap_or(first);
    why.trim_end_matches(':').to_owned()
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
        .label("no such exit code")
        .suggest_name(name, name.span, names.into_keys());
}

/// Returns whether the line may set a missing argument with an environment variable.
fn sets_missing(command: &Command, call: &Call, error: &clap::Error) -> bool {
    let sets = |arg: &Arg| arg.env.iter().any(|env| call.sets.contains(&**env));
    error.kind() == ErrorKind::MissingRequiredArgument && command.args().any(sets)
}

/// Warns about an example that uses something deprecated.
fn deprecated(example: &Example, values: &Values, problems: &mut Diagnostics) {
    for (name, _) in values.deprecated() {
        problems
            .warning(
                Code::ExampleDeprecated,
                example.run.span,
                format!("this example uses `{name}`, which is deprecated"),
            )
            .help("show what to use instead");
    }
}

fn does_not_parse(example: &Example, error: &clap::Error, problems: &mut Diagnostics) {
    let rendered = error.render().to_string();
    let mut lines = rendered.lines().skip(1).map(str::trim);
    // The following lines list the missing arguments, or have a tip.
    let more: Vec<&str> = lines
        .by_ref()
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .filter(|line| !line.is_empty())
        .collect();
    let diagnostic = problems.error(
        Code::ExampleDoesNotParse,
        place(example, error),
        format!("invalid example: {}", first_line(error)),
    );
    match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            diagnostic.help(format!("add the required arguments: {}", more.join(" ")));
        }
        _ if !more.is_empty() => {
            for tip in tips(&more) {
                diagnostic.help(tip);
            }
        }
        _ => {
            diagnostic.help("fix it, or mark it as rejected: `fails: usage`");
        }
    }
}

/// Returns the tips in clap's message. A tip may have several lines.
fn tips(lines: &[&str]) -> Vec<String> {
    let mut tips: Vec<String> = Vec::new();
    for line in lines {
        match (line.strip_prefix("tip: "), tips.last_mut()) {
            (None, Some(last)) => last.extend([" ", line]),
            (tip, _) => tips.push(tip.unwrap_or(line).to_owned()),
        }
    }
    tips
}

/// Returns the span of the argument that clap reports, or of the whole line if the argument can't
/// be found.
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
        // The position is only right if the line is plain, or in quotes without escapes.
        let at = example
            .run
            .find(&word)
            .filter(|_| !word.is_empty() && matches!(quotes, 0 | 2))?;
        let start = whole.range().start + quotes / 2 + at;
        Some(Span::new(whole.file, start..start + word.len()))
    });
    found.unwrap_or(whole)
}
