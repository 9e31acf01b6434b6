//! Names of subcommands, and replacements for what is deprecated.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Command, Deprecated, Name, Program, Version};
use crate::source::Span;

/// Checks that `default-command` and `headings` name subcommands of the command.
pub(super) fn subcommands(program: &Program, problems: &mut Diagnostics) {
    for command in program
        .root
        .walk()
        .into_iter()
        .filter(|command| command.is_group())
    {
        let own = || command.commands.iter().map(Command::name);
        let links = || command.links.iter().map(|(name, _)| name.as_str());
        let known = || own().chain(links());
        let headed = command.headings.iter().flat_map(|(_, names)| names);
        for name in headed.clone().chain(&command.default_command) {
            if !known().any(|known| known == name.as_str()) {
                problems
                    .error(
                        Code::UnknownCommand,
                        name.span,
                        format!("`{}` has no subcommand `{}`", command.title(), **name),
                    )
                    .label("no such subcommand")
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
                        format!("`{}` is under two headings", **name),
                    )
                    .label("listed again here")
                    .related(first, "first listed here")
                    .help("remove one of the two entries");
            }
        }
    }
}

/// Checks that replacements exist and are not deprecated themselves.
pub(super) fn replacements(program: &Program, problems: &mut Diagnostics) {
    let commands = program.root.walk();
    for command in &commands {
        if let Some(deprecated) = &command.deprecated {
            removal(program, deprecated, problems);
            if let Some(name) = &deprecated.replacement {
                let usable = commands.iter();
                let usable = usable.filter(|known| known.deprecated.is_none() && known.runs());
                let titles: Vec<String> = usable.map(|known| known.title()).collect();
                let found = commands.iter().find(|known| known.title() == name.value);
                let is_deprecated = found.map(|found| found.deprecated.is_some());
                let known = titles.iter().map(String::as_str);
                replacement(name, is_deprecated, known, problems);
            }
        }
        for arg in command.defined_sets().flat_map(|set| &set.args) {
            let Some(deprecated) = &arg.deprecated else {
                continue;
            };
            removal(program, deprecated, problems);
            if let Some(name) = &deprecated.replacement {
                let found = command.arg(name);
                let is_deprecated = found.map(|found| found.deprecated.is_some());
                let usable = command.args().filter(|known| known.deprecated.is_none());
                let known = usable.map(|known| known.id.as_str());
                replacement(name, is_deprecated, known, problems);
            }
        }
    }
}

/// Checks one replacement. `is_deprecated` is `None` if it doesn't exist; `known` are those that are not deprecated.
fn replacement<'a>(
    name: &Name,
    is_deprecated: Option<bool>,
    known: impl Iterator<Item = &'a str>,
    problems: &mut Diagnostics,
) {
    match is_deprecated {
        Some(false) => {}
        Some(true) => {
            problems
                .error(
                    Code::ReplacementGone,
                    name.span,
                    format!("the replacement `{}` is deprecated itself", **name),
                )
                .help("name a replacement that is not deprecated");
        }
        None => {
            let known: Vec<&str> = known.collect();
            let bare = name.trim_start_matches('-');
            let diagnostic = problems.error(
                Code::ReplacementGone,
                name.span,
                format!("the replacement `{}` doesn't exist", **name),
            );
            diagnostic.label("not found");
            if known.contains(&bare) {
                diagnostic.suggest("name the option without dashes", name.span, bare);
            } else {
                // Names of options have no spaces, so they have no ends either.
                diagnostic.suggest_title(name, name.span, known);
            }
        }
    }
}

/// Checks that the release that removes something is later than this one.
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
                    format!("this should have been removed by release {version}"),
                )
                .related(deprecated.span, "deprecated here")
                .help("remove what is deprecated, or postpone its `removal`");
        }
    }
}

/// Returns the numbers of a release such as `1.10.2`, for comparing it with another release.
fn numbers(release: &str) -> Option<Vec<u64>> {
    let digits = release.trim_start_matches('v');
    let digits = digits.split(['-', '+']).next()?;
    let mut numbers: Vec<u64> = digits
        .split('.')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    // `2` means `2.0.0`.
    while numbers.len() < 3 {
        numbers.push(0);
    }
    Some(numbers)
}
