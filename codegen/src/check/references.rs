//! Names that stand for something else: each must name something that exists.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::output::Output;
use crate::ir::{Arg, Command, Form, Name, Program, SeeAlso, Takes, Version};
use crate::source::Span;
use crate::text;

/// What `conflicts`, `requires` and `required-with` name.
pub(super) fn conflicts_and_requires(program: &Program, problems: &mut Diagnostics) {
    // A shared set is looked at with each command that uses it; one of them is enough to name.
    let mut seen = HashSet::new();
    for command in program.root.walk() {
        for set in command.defined_sets() {
            for arg in &set.args {
                for name in arg.named() {
                    if !is_right(command, arg, name) && seen.insert(name.span) {
                        reference(command, Some(arg), name, problems);
                    }
                }
                // An option may take the place of an earlier one of its own.
                let overridden = arg.overrides.iter().filter(|name| ***name != *arg.id);
                for name in overridden {
                    if command.arg(name).is_none() && seen.insert(name.span) {
                        reference(command, Some(arg), name, problems);
                    }
                }
                for name in &arg.required_with {
                    let mut above = command.inherited.iter().flat_map(|set| &set.args);
                    if above.any(|arg| *arg.id == **name) {
                        problems
                            .error(
                                Code::RequiredWithAbove,
                                name.span,
                                format!("`{}` belongs to a command above", **name),
                            )
                            .help("define both in one command, or in a set that it uses");
                    }
                }
            }
        }
    }
    for command in program.root.walk() {
        let groups = command.defined_sets().flat_map(|set| &set.groups);
        let members = groups.flat_map(|group| &group.members);
        for name in members.chain(&command.needs) {
            if command.arg(name).is_none() && seen.insert(name.span) {
                reference(command, None, name, problems);
            }
        }
        for name in &command.needs {
            let arg = command.arg(name);
            if let Some(condition) = arg.and_then(|arg| arg.required_if().next()) {
                problems
                    .error(
                        Code::PointlessRequirement,
                        name.span,
                        format!("`{}` says itself when it must be given", **name),
                    )
                    .related(condition.span, "here")
                    .help("remove one of the two");
            }
            if arg.is_some_and(|arg| !arg.is_option()) {
                problems
                    .error(
                        Code::DanglingReference,
                        name.span,
                        format!("`{}` is an argument of `{}`", **name, command.title()),
                    )
                    .label("no option")
                    .help("say `required: true` at the argument");
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

/// A name that names nothing; it stands at an option, or at the command itself.
fn reference(command: &Command, arg: Option<&Arg>, name: &Name, problems: &mut Diagnostics) {
    if arg.is_some_and(|arg| **name == *arg.id) {
        return names_itself(name, problems);
    }
    if let Some(group) = command.groups().find(|group| *group.name == **name) {
        problems
            .error(
                Code::RuleNamesGroup,
                name.span,
                format!("`{}` is a group", **name),
            )
            .related(group.name.span, "this one")
            .help("rules name options and arguments: name its members");
        return;
    }
    let bare = name.trim_start_matches('-').trim_matches(['<', '>']);
    let meant = |arg: &&Arg| {
        *arg.id == bare
            || written(arg)
                .iter()
                .any(|w| w.trim_start_matches('-') == bare)
    };
    let opposite =
        |arg: &&Arg| matches!(&arg.takes, Takes::Negatable { name, .. } if *name == bare);
    if let Some(meant) = command.args().find(opposite) {
        problems
            .error(
                Code::RuleNamesOpposite,
                name.span,
                format!("`--{bare}` is the opposite of `{}`", meant.written()),
            )
            .label("no option by itself")
            .help(format!(
                "a rule is about `{}`, which counts as not given when it is switched off",
                *meant.id
            ));
        return;
    }
    let mut all_meant = command.args().filter(meant);
    if let Some(meant) = all_meant.next() {
        let diagnostic = problems
            .error(
                Code::OtherSpelling,
                name.span,
                format!("`{}` is called `{}` in the spec", **name, *meant.id),
            )
            .suggest("use that name", name.span, meant.id.as_str());
        if all_meant.next().is_some() {
            diagnostic.uncertain();
        }
        return;
    }
    let known: BTreeSet<&str> = command.args().map(|arg| arg.id.as_str()).collect();
    let known = known
        .into_iter()
        .filter(|known| arg.is_none_or(|arg| *known != *arg.id));
    problems
        .error(
            Code::DanglingReference,
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
        .error(
            Code::ReferenceToItself,
            name.span,
            format!("`{}` names itself", **name),
        )
        .help("remove it");
}

/// Links in texts, such as `` [`--force`] ``.
pub(super) fn links(program: &Program, problems: &mut Diagnostics) {
    let mut seen = HashSet::new();
    let commands = program.root.walk();
    let mut titles: BTreeSet<String> = commands.iter().map(|command| command.title()).collect();
    titles.extend(program.topics.iter().map(|topic| topic.command(program)));
    for command in commands {
        let known = link_targets(program, command);
        let mut visit = |item: &str, span: Span| {
            let found = known.contains(item) || titles.contains(item);
            if !found && seen.insert(span) {
                link(command, item, span, known.iter().chain(&titles), problems);
            }
        };
        text::items_in(&command.about, &mut visit);
        for schema in command.output.iter().flat_map(Output::schemas) {
            if let Some(description) = &schema.description {
                text::items_in(description, &mut visit);
            }
        }
        if let Some(deprecated) = &command.deprecated {
            text::items_in(&deprecated.reason, &mut visit);
        }
        let own = [
            &command.description,
            &command.notes,
            &command.bugs,
            &command.history,
        ];
        let sections = command.sections.iter().map(|section| &section.text);
        for text in own.into_iter().chain(sections) {
            text::items_in_blocks(text, &mut visit);
        }
        for set in command.defined_sets() {
            for arg in &set.args {
                text::items_in(&arg.help, &mut visit);
                text::items_in_blocks(&arg.description, &mut visit);
                for choice in arg.choices().unwrap_or_default() {
                    text::items_in(&choice.help, &mut visit);
                }
                if let Some(deprecated) = &arg.deprecated {
                    text::items_in(&deprecated.reason, &mut visit);
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
        Form::Argument { .. } => vec![format!("<{}>", *arg.id)],
        Form::Option { .. } => arg.all_names().into_iter().map(|name| name.value).collect(),
    }
}

/// What texts of a command may link to, besides commands.
fn link_targets(program: &Program, command: &Command) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = command.args().flat_map(written).collect();
    known.extend(["--help".into(), "-h".into()]);
    if !matches!(program.version, Version::None) {
        known.extend(["--version".into(), "-V".into()]);
    }
    let variables = command.environment.iter().map(|(name, _)| name);
    let variables = variables.chain(command.args().flat_map(|arg| &arg.env));
    known.extend(variables.map(|name| name.value.clone()));
    known
}

/// Links in topics: to commands and other topics, and to what all commands have.
pub(super) fn links_of_topics(program: &Program, problems: &mut Diagnostics) {
    let commands = program.root.walk();
    let mut known: BTreeSet<String> = commands.iter().map(|command| command.title()).collect();
    known.extend(program.topics.iter().map(|topic| topic.command(program)));
    known.extend(link_targets(program, &program.root));
    for topic in &program.topics {
        let mut visit = |item: &str, span: Span| {
            if !known.contains(item) {
                link(&program.root, item, span, known.iter(), problems);
            }
        };
        text::items_in(&topic.title, &mut visit);
        for (_, blocks) in &topic.parts {
            text::items_in_blocks(blocks, &mut visit);
        }
    }
}

fn link<'a>(
    command: &Command,
    item: &str,
    span: Span,
    known: impl Iterator<Item = &'a String>,
    problems: &mut Diagnostics,
) {
    // An option is not meant where an argument is written, and so on.
    let kind = |item: &str| item.chars().next().map(|c| (c == '-', c == '<'));
    let alike = known
        .map(String::as_str)
        .filter(|known| kind(known) == kind(item))
        .collect();
    let diagnostic = problems
        .error(
            Code::DanglingLink,
            span,
            format!(
                "the link to `{item}` leads nowhere from `{}`",
                command.title()
            ),
        )
        .label("names nothing");
    // Where the text is written in an unusual way, the name was not found in it.
    let diagnostic = match span.range().len() == item.len() + 2 {
        true => suggest_title(diagnostic, item, inside_quotes(span), alike).in_text(),
        false => diagnostic,
    };
    diagnostic.help(
        "a link names an option, an <argument>, a variable or a command; without […] it is code",
    );
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
    let mut titles = BTreeMap::new();
    for_each_command(&program.root, false, &mut |command, hidden| {
        titles.insert(command.title(), hidden);
    });
    for topic in &program.topics {
        titles.insert(topic.command(program), false);
    }
    for command in program.root.walk() {
        for entry in &command.see_also {
            let SeeAlso::Command(name) = entry else {
                continue;
            };
            match titles.get(name.as_str()) {
                Some(false) => {}
                Some(true) => {
                    let message = format!("`{}` is hidden, so there is no page to see", **name);
                    problems
                        .error(Code::SeeAlsoHidden, name.span, message)
                        .help("remove it here");
                }
                None => {
                    let titles: Vec<&str> = titles.keys().map(String::as_str).collect();
                    let diagnostic = problems.error(
                        Code::UnknownCommand,
                        name.span,
                        format!("there is no command `{}`", **name),
                    );
                    suggest_title(diagnostic, name, name.span, titles).help(
                        "besides commands, a man page `cargo(1)` or an address `https://…` may stand here",
                    );
                }
            }
        }
    }
}

/// Visits commands; hidden are those below a hidden one, too.
fn for_each_command(command: &Command, hidden: bool, visit: &mut impl FnMut(&Command, bool)) {
    let hidden = hidden || command.hidden;
    visit(command, hidden);
    for below in &command.commands {
        for_each_command(below, hidden, visit);
    }
}

/// Suggests the command of which only the last words are written, or else one with a similar name.
fn suggest_title<'a>(
    diagnostic: &'a mut Diagnostic,
    written: &str,
    span: Span,
    titles: Vec<&str>,
) -> &'a mut Diagnostic {
    let ends = |title: &&&str| {
        title
            .strip_suffix(written)
            .is_some_and(|rest| rest.ends_with(' '))
    };
    let mut meant = titles.iter().filter(ends);
    let (first, second) = (meant.next(), meant.next());
    let Some(title) = first else {
        return diagnostic.suggest_name(written, span, titles);
    };
    diagnostic.suggest("a command is named with all its words", span, *title);
    match second {
        Some(_) => diagnostic.uncertain(),
        None => diagnostic,
    }
}
