//! Names that stand for something else: each must name something that exists.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::ir::{Arg, Command, Form, Name, Program, SeeAlso};
use crate::source::Span;
use crate::text;

/// What `conflicts`, `requires` and `required-with` name.
pub(super) fn conflicts_and_requires(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        for set in command.defined_sets() {
            for arg in &set.args {
                let named = arg.conflicts.iter().chain(&arg.requires).chain(&arg.required_with);
                for name in named {
                    reference(command, arg, name, problems);
                }
                for name in &arg.required_with {
                    let mut above = command.inherited.iter().flat_map(|set| &set.args);
                    if above.any(|arg| *arg.id == **name) {
                        problems
                            .error(name.span, format!("`{}` belongs to a command above", **name))
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

fn reference(command: &Command, arg: &Arg, name: &Name, problems: &mut Diagnostics) {
    if **name == *arg.id {
        names_itself(name, problems);
    } else if command.arg(name).is_none() {
        let message = match name.strip_prefix("--").filter(|bare| command.arg(bare).is_some()) {
            Some(bare) => {
                problems
                    .error(name.span, "options are named without their dashes here")
                    .suggest("write the name alone", name.span, bare);
                return;
            }
            None => format!("`{}` has no option or argument `{}`", command.title(), **name),
        };
        let known: BTreeSet<&str> = command.args().map(|arg| arg.id.as_str()).collect();
        let known = known.into_iter().filter(|known| *known != *arg.id);
        problems
            .error(name.span, message)
            .label("names nothing")
            .suggest_name(name, name.span, known);
    }
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
                    .label(format!("needs `{}`, which conflicts with `{}`", a.written(), b.written()))
                    .help("remove the requirement or the conflict");
            }
        }
    }
}

/// Links in texts, such as `` [`--force`] ``.
pub(super) fn links(program: &Program, problems: &mut Diagnostics) {
    for command in program.root.walk() {
        let mut visit = |item: &str, span: Span| link(program, command, item, span, problems);
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
        let lists = command.environment.iter().chain(&command.files).map(|(_, help)| help);
        let codes = command.exit_codes.iter().map(|exit| &exit.help);
        let examples = command.examples.iter().map(|example| &example.about);
        for help in lists.chain(codes).chain(examples) {
            text::items_in(help, &mut visit);
        }
    }
}

fn link(program: &Program, command: &Command, item: &str, span: Span, problems: &mut Diagnostics) {
    let written = |arg: &Arg| -> Vec<String> {
        match &arg.form {
            Form::Argument => vec![format!("<{}>", *arg.id)],
            Form::Option { short, long, aliases } => {
                let long = long.iter().chain(aliases).map(|name| format!("--{}", **name));
                let short = short.iter().map(|short| format!("-{}", short.value));
                long.chain(short).collect()
            }
        }
    };
    let mut known: BTreeSet<String> = command.args().flat_map(written).collect();
    known.extend(["--help".into(), "-h".into()]);
    known.extend(command.environment.iter().map(|(name, _)| name.value.clone()));
    known.extend(command.args().filter_map(|arg| Some(arg.env.as_ref()?.value.clone())));
    let is_title = |command: &&Command| command.title() == item;
    if known.contains(item) || program.root.walk().iter().any(is_title) {
        return;
    }
    let kind = |item: &str| item.chars().next().map(|c| (c == '-', c == '<'));
    if kind(item) == Some((false, false)) {
        known.extend(program.root.walk().into_iter().map(Command::title));
    }
    let known = known.iter().filter(|known| kind(known) == kind(item));
    problems
        .error(span, format!("the link to `{item}` leads nowhere from `{}`", command.title()))
        .label("names nothing")
        .suggest_name(item, inside_quotes(span), known.map(String::as_str))
        .help("a link names an option, an <argument>, a variable or a command; without […] it is code");
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
                problems
                    .error(name.span, format!("there is no command `{}`", **name))
                    .suggest_name(name, name.span, titles.iter().map(String::as_str))
                    .help("besides commands, a man page `cargo(1)` or an address `https://…` may stand here");
            }
        }
    }
}
