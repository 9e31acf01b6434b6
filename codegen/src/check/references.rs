//! Names that stand for something else: each must name something that exists.

use std::collections::{BTreeSet, HashSet};

use crate::diagnostic::Diagnostics;
use crate::ir::{Arg, Command, Form, Name, Program, SeeAlso};
use crate::source::Span;
use crate::text;

/// What `conflicts`, `requires` and `required-with` name.
pub(super) fn conflicts_and_requires(program: &Program, problems: &mut Diagnostics) {
    // A shared set is looked at with each command that uses it; one of them is enough to name.
    let mut seen = HashSet::new();
    for command in program.root.walk() {
        for set in command.defined_sets() {
            for arg in &set.args {
                let named = arg
                    .conflicts
                    .iter()
                    .chain(&arg.requires)
                    .chain(&arg.required_with);
                for name in named {
                    if !is_right(command, arg, name) && seen.insert(name.span) {
                        reference(command, arg, name, problems);
                    }
                }
                for name in &arg.required_with {
                    let mut above = command.inherited.iter().flat_map(|set| &set.args);
                    if above.any(|arg| *arg.id == **name) {
                        problems
                            .error(
                                name.span,
                                format!("`{}` belongs to a command above", **name),
                            )
                            .help(format!("say it there: `requires: {}`", *arg.id));
                    }
                }
            }
        }
    }
    // Where no command uses a set, it must at least agree with itself.
    for set in &program.unused_sets {
        for arg in &set.args {
            for name in arg.conflicts.iter().chain(&arg.requires) {
                if **name == *arg.id {
                    names_itself(name, problems);
                }
            }
        }
    }
}

fn is_right(command: &Command, arg: &Arg, name: &Name) -> bool {
    **name != *arg.id && command.arg(name).is_some()
}

fn reference(command: &Command, arg: &Arg, name: &Name, problems: &mut Diagnostics) {
    if **name == *arg.id {
        return names_itself(name, problems);
    }
    let bare = name.trim_start_matches('-').trim_matches(['<', '>']);
    let meant = |arg: &&Arg| {
        *arg.id == bare
            || written(arg)
                .iter()
                .any(|w| w.trim_start_matches('-') == bare)
    };
    if let Some(meant) = command.args().find(meant) {
        problems
            .error(
                name.span,
                format!("`{}` is called `{}` in the spec", **name, *meant.id),
            )
            .suggest("use that name", name.span, meant.id.as_str());
        return;
    }
    let known: BTreeSet<&str> = command.args().map(|arg| arg.id.as_str()).collect();
    let known = known.into_iter().filter(|known| *known != *arg.id);
    problems
        .error(
            name.span,
            format!(
                "`{}` has no option or argument `{}`",
                command.title(),
                **name
            ),
        )
        .label("names nothing")
        .suggest_name(name, name.span, known);
}

fn names_itself(name: &Name, problems: &mut Diagnostics) {
    problems
        .error(name.span, format!("`{}` names itself", **name))
        .help("remove it");
}

/// Options that can never be given: they require what they conflict with.
pub(super) fn contradictions(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for arg in command.args() {
            // Everything that must be there too, and the requirement that leads to it.
            let mut needed: Vec<(&Arg, Span)> = Vec::new();
            let mut next: Vec<(&Arg, Option<Span>)> = vec![(arg, None)];
            while let Some((from, via)) = next.pop() {
                for name in command.requires(from) {
                    let span = via.unwrap_or(name.span);
                    if let Some(to) = command.arg(name) {
                        if !needed.iter().any(|(known, _)| std::ptr::eq(*known, to)) {
                            needed.push((to, span));
                            next.push((to, Some(span)));
                        }
                    }
                }
            }
            let all = || std::iter::once((arg, arg.id.span)).chain(needed.iter().copied());
            let clash = needed.iter().find_map(|(a, span)| {
                let other = all().find(|(b, _)| command.in_conflict(a, b))?;
                Some((a, other.0, *span))
            });
            if let Some((a, b, span)) = clash {
                problems
                    .error(span, format!("`{}` can never be given", arg.written()))
                    .label(format!(
                        "needs `{}`, which conflicts with `{}`",
                        a.written(),
                        b.written()
                    ))
                    .help("remove the requirement or the conflict");
            }
        }
    }
}

/// clap does not ask for what is required when something that excludes it is given.
pub(super) fn required_and_excluded(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for arg in command.args().filter(|arg| arg.required) {
            let excludes =
                |other: &&Arg| !std::ptr::eq(*other, arg) && command.in_conflict(arg, other);
            if let Some(other) = command.args().find(excludes) {
                problems
                    .error(
                        arg.id.span,
                        format!(
                            "`{}` must be given, but can't be with `{}`",
                            arg.written(),
                            other.written()
                        ),
                    )
                    .related(other.id.span, "so this can never be given")
                    .help("remove `required` or the conflict");
            }
        }
    }
}

/// Links in texts, such as `` [`--force`] ``.
pub(super) fn links(program: &Program, problems: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for command in program.root.walk() {
        let known = link_targets(program, command);
        let mut visit = |item: &str, span: Span| {
            if !known.contains(item) && seen.insert(span) {
                link(command, item, span, &known, problems);
            }
        };
        text::items_in(&command.about, &mut visit);
        text::items_in_blocks(&command.description, &mut visit);
        for set in command.defined_sets() {
            for arg in &set.args {
                text::items_in(&arg.help, &mut visit);
                text::items_in_blocks(&arg.description, &mut visit);
                if let Some(crate::ir::Kind::Choice(choices)) = arg.value().map(|v| &v.kind) {
                    for (_, help) in choices {
                        text::items_in(help, &mut visit);
                    }
                }
            }
        }
        let lists = command
            .environment
            .iter()
            .chain(&command.files)
            .map(|(_, help)| help);
        let codes = command.exit_codes.iter().map(|exit| &exit.help);
        let examples = command.examples.iter().map(|example| &example.about);
        for help in lists.chain(codes).chain(examples) {
            text::items_in(help, &mut visit);
        }
    }
}

/// Every way to write an argument in a link.
fn written(arg: &Arg) -> Vec<String> {
    match &arg.form {
        Form::Argument => vec![format!("<{}>", *arg.id)],
        Form::Option {
            short,
            long,
            aliases,
        } => {
            let long = long
                .iter()
                .chain(aliases)
                .map(|name| format!("--{}", **name));
            let short = short.iter().map(|short| format!("-{}", short.value));
            long.chain(short).collect()
        }
    }
}

/// What texts of a command may link to.
fn link_targets(program: &Program, command: &Command) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = command.args().flat_map(written).collect();
    known.extend(["--help".into(), "-h".into()]);
    if !matches!(program.version, crate::ir::Version::None) {
        known.extend(["--version".into(), "-V".into()]);
    }
    known.extend(
        command
            .environment
            .iter()
            .map(|(name, _)| name.value.clone()),
    );
    known.extend(
        command
            .args()
            .filter_map(|arg| Some(arg.env.as_ref()?.value.clone())),
    );
    known.extend(program.root.walk().into_iter().map(Command::title));
    known
}

fn link(
    command: &Command,
    item: &str,
    span: Span,
    known: &BTreeSet<String>,
    problems: &mut Diagnostics,
) {
    // An option is not meant where an argument is written, and so on.
    let kind = |item: &str| item.chars().next().map(|c| (c == '-', c == '<'));
    let alike: Vec<&str> = known
        .iter()
        .map(String::as_str)
        .filter(|known| kind(known) == kind(item))
        .collect();
    let diagnostic = problems
        .error(
            span,
            format!(
                "the link to `{item}` leads nowhere from `{}`",
                command.title()
            ),
        )
        .label("names nothing");
    let found = span.range().len() == item.len() + 2;
    match whole_title(item, &alike) {
        // The name was not found in the text, which is written in some unusual way.
        _ if !found => diagnostic,
        Some(title) => diagnostic.suggest(
            "a command is named with all its words",
            inside_quotes(span),
            title,
        ),
        None => diagnostic.suggest_name(item, inside_quotes(span), alike),
    }
    .help("a link names an option, an <argument>, a variable or a command; without […] it is code");
}

/// The command of which only the last words are written.
fn whole_title<'a>(written: &str, titles: &[&'a str]) -> Option<&'a str> {
    let ends = |title: &&&str| {
        title
            .strip_suffix(written)
            .is_some_and(|rest| rest.ends_with(' '))
    };
    titles.iter().find(ends).copied()
}

/// The place of a name without the backquotes around it.
fn inside_quotes(span: Span) -> Span {
    Span {
        start: span.start + 1,
        end: span.end.saturating_sub(1).max(span.start + 1),
        ..span
    }
}

/// Commands named in `see-also`.
pub(super) fn see_also(program: &Program, problems: &mut Diagnostics) {
    let commands = program.root.walk();
    let titles: Vec<String> = commands.iter().map(|command| command.title()).collect();
    for command in &commands {
        for entry in &command.see_also {
            let SeeAlso::Command(name) = entry else {
                continue;
            };
            if !titles.contains(name) {
                let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
                let diagnostic =
                    problems.error(name.span, format!("there is no command `{}`", **name));
                match whole_title(name, &titles) {
                    Some(title) => diagnostic.suggest("a command is named with all its words", name.span, title),
                    None => diagnostic.suggest_name(name, name.span, titles),
                }
                .help("besides commands, a man page `cargo(1)` or an address `https://…` may stand here");
            }
        }
    }
}
