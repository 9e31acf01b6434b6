//! Names of commands, and of what takes the place of something that goes away.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Command, Deprecated, Name, Program, Version};
use crate::source::Span;

/// `default-command` and `headings` name commands right below.
pub(super) fn below(program: &Program, problems: &mut Diagnostics) {
    for command in program
        .root
        .walk()
        .into_iter()
        .filter(|command| command.is_group())
    {
        let known = || command.commands.iter().map(Command::name);
        let headed = command.headings.iter().flat_map(|(_, names)| names);
        for name in headed.clone().chain(&command.default_command) {
            if !known().any(|known| known == name.as_str()) {
                problems
                    .error(
                        Code::UnknownCommand,
                        name.span,
                        format!("`{}` has no command `{}`", command.title(), **name),
                    )
                    .label("names nothing")
                    .suggest_name(name, name.span, known());
            }
        }
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for name in headed {
            if let Some(first) = seen.insert(name, name.span) {
                problems
                    .error(
                        Code::CommandUnderTwoHeadings,
                        name.span,
                        format!("`{}` stands under a heading already", **name),
                    )
                    .related(first, "first here")
                    .help("remove one");
            }
        }
    }
}

/// What is to be used in place of something that goes away is there, and stays.
pub(super) fn replacements(program: &Program, problems: &mut Diagnostics) {
    let commands = program.root.walk();
    for command in &commands {
        if let Some(deprecated) = &command.deprecated {
            removal(program, deprecated, problems);
            if let Some(name) = &deprecated.replacement {
                let titles: Vec<String> = commands.iter().map(|known| known.title()).collect();
                let found = commands.iter().find(|known| known.title() == name.value);
                let goes = found.map(|found| found.deprecated.is_some());
                let known = titles.iter().map(String::as_str);
                replacement(name, goes, known, problems);
            }
        }
        for arg in command.defined_sets().flat_map(|set| &set.args) {
            let Some(deprecated) = &arg.deprecated else {
                continue;
            };
            removal(program, deprecated, problems);
            if let Some(name) = &deprecated.replacement {
                let found = command
                    .arg(name)
                    .filter(|found| found.id.value != arg.id.value);
                let goes = found.map(|found| found.deprecated.is_some());
                let known = command.args().map(|known| known.id.as_str());
                let known = known.filter(|known| *known != arg.id.as_str());
                replacement(name, goes, known, problems);
            }
        }
    }
}

/// `goes` says whether the replacement goes away too; nothing where there is none.
fn replacement<'a>(
    name: &Name,
    goes: Option<bool>,
    known: impl Iterator<Item = &'a str>,
    problems: &mut Diagnostics,
) {
    match goes {
        Some(false) => {}
        Some(true) => {
            problems
                .error(
                    Code::ReplacementGone,
                    name.span,
                    format!("`{}` is deprecated itself", **name),
                )
                .help("name what stays");
        }
        None => {
            let known: Vec<&str> = known.collect();
            let bare = name.trim_start_matches('-');
            let diagnostic = problems.error(
                Code::ReplacementGone,
                name.span,
                format!("the replacement `{}` does not exist", **name),
            );
            diagnostic.label("names nothing");
            if known.contains(&bare) {
                diagnostic.suggest("options are named by their keys", name.span, bare);
            } else {
                diagnostic.suggest_name(name, name.span, known);
            }
        }
    }
}

/// A release that does not have it is not this one, nor an earlier one.
fn removal(program: &Program, deprecated: &Deprecated, problems: &mut Diagnostics) {
    let (Version::Text(version), Some(removal)) = (&program.version, &deprecated.removal) else {
        return;
    };
    if let (Some(now), Some(then)) = (numbers(version), numbers(removal)) {
        if now >= then {
            problems
                .error(
                    Code::PastRemoval,
                    removal.span,
                    format!("this is release {version}, which was not to have it any more"),
                )
                .related(deprecated.span, "deprecated here")
                .help("remove what is deprecated, or put the removal off");
        }
    }
}

/// The numbers of a release: `1.10.2`, compared one after the other.
fn numbers(release: &str) -> Option<Vec<u64>> {
    let digits = release.trim_start_matches('v');
    let digits = digits.split(['-', '+']).next()?;
    let mut numbers: Vec<u64> = digits
        .split('.')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    // `2` is `2.0.0`.
    while numbers.len() < 3 {
        numbers.push(0);
    }
    Some(numbers)
}
