//! Names that refer to something else, which must exist.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::output::Output;
use crate::ir::{Arg, Command, Form, Name, Program, SeeAlso, Version};
use crate::source::Span;
use crate::text;

/// Checks the names in `conflicts`, `requires` and `required-with`.
pub(super) fn conflicts_and_requires(program: &Program, problems: &mut Diagnostics) {
    // A shared set is checked with each command that uses it. The first of them is enough to report.
    let mut seen = HashSet::new();
    for command in program.root.walk() {
        for set in command.defined_sets() {
            for arg in &set.args {
                for name in arg.named() {
                    if !is_valid(command, arg, name) && seen.insert(name.span) {
                        unresolved(command, Some(arg), name, problems);
                    }
                }
                // An option may override itself.
                let overridden = arg.overrides.iter().filter(|name| ***name != *arg.id);
                for name in overridden {
                    if command.arg(name).is_none() && seen.insert(name.span) {
                        unresolved(command, Some(arg), name, problems);
                    }
                }
                for name in &arg.required_with {
                    let mut above = command.inherited.iter().flat_map(|set| &set.args);
                    if above.any(|arg| *arg.id == **name) {
                        problems
                            .error(
                                Code::RequiredWithAbove,
                                name.span,
                                format!("`{}` is an option of a parent command", **name),
                            )
                            .label("`required-with` can't name it")
                            .help(
                                "define both options in the same command, or in a set that it uses",
                            );
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
                unresolved(command, None, name, problems);
            }
        }
        for name in &command.needs {
            let arg = command.arg(name);
            if let Some(condition) = arg.and_then(|arg| arg.required_if().next()) {
                problems
                    .error(
                        Code::PointlessRequirement,
                        name.span,
                        format!("`{}` already has its own `required-*` rule", **name),
                    )
                    .related(condition.span, "this rule")
                    .help("remove one of the two rules");
            }
            if arg.is_some_and(|arg| !arg.is_option()) {
                problems
                    .error(
                        Code::DanglingReference,
                        name.span,
                        format!(
                            "`{}` is an argument of `{}`, not an option",
                            **name,
                            command.title()
                        ),
                    )
                    .label("expected an option")
                    .help("set `required: true` on the argument instead");
            }
        }
    }
    // A set that no command uses must at least be consistent in itself.
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

/// Whether a rule of an argument may name this.
fn is_valid(command: &Command, arg: &Arg, name: &Name) -> bool {
    **name != *arg.id && command.arg(name).is_some()
}

/// Reports a name that doesn't exist, in a rule of an option or of the command itself.
fn unresolved(command: &Command, arg: Option<&Arg>, name: &Name, problems: &mut Diagnostics) {
    if arg.is_some_and(|arg| **name == *arg.id) {
        return names_itself(name, problems);
    }
    if let Some(group) = command.groups().find(|group| *group.name == **name) {
        problems
            .error(
                Code::RuleNamesGroup,
                name.span,
                format!("`{}` is an option group, not an option", **name),
            )
            .related(group.name.span, "the option group")
            .help("this rule can't name an option group; name its members instead");
        return;
    }
    let bare = name.trim_start_matches('-').trim_matches(['<', '>']);
    let meant = |arg: &&Arg| {
        *arg.id == bare
            || written(arg)
                .iter()
                .any(|name| name.trim_start_matches('-') == bare)
    };
    let opposite = |arg: &&Arg| {
        arg.opposite()
            .is_some_and(|opposite| *opposite.name == bare)
    };
    if let Some(meant) = command.args().find(opposite) {
        problems
            .error(
                Code::RuleNamesOpposite,
                name.span,
                format!("`--{bare}` is the negated form of `{}`", meant.written()),
            )
            .label("not an option of its own")
            .help(format!(
                "name `{}` instead; it counts as not given when it is turned off",
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
            .suggest("use the name from the spec", name.span, meant.id.as_str());
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
        .label("no such option or argument")
        .suggest_name(name, name.span, known);
}

fn names_itself(name: &Name, problems: &mut Diagnostics) {
    problems
        .error(
            Code::ReferenceToItself,
            name.span,
            format!("a rule of `{}` can't name `{}` itself", **name, **name),
        )
        .help("remove the name");
}

/// Checks links in texts, such as `` [`--force`] ``.
pub(super) fn links(program: &Program, problems: &mut Diagnostics) {
    let mut seen = HashSet::new();
    let commands = program.root.walk();
    let mut titles = titles(&commands);
    titles.extend(program.topics.iter().map(|topic| topic.command(program)));
    for command in commands {
        let known = link_targets(program, command);
        let mut visit = |item: &str, span: Span| {
            let found = known.contains(item) || titles.contains(item);
            if !found && seen.insert(span) {
                unresolved_link(command, item, span, known.iter().chain(&titles), problems);
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

/// Returns every way to write an argument in a link.
fn written(arg: &Arg) -> Vec<String> {
    match &arg.form {
        Form::Argument { .. } => vec![format!("<{}>", *arg.id)],
        Form::Option { .. } => arg.all_names().into_iter().map(|name| name.value).collect(),
    }
}

/// Returns what texts of a command may link to, except commands and topics.
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

/// Returns the names of commands, in full.
fn titles(commands: &[&Command]) -> BTreeSet<String> {
    let also = commands.iter().flat_map(|command| &command.also);
    let also = also.map(|title| title.value.clone());
    commands
        .iter()
        .map(|command| command.title())
        .chain(also)
        .collect()
}

/// Checks links in topics, which may name commands, topics, and what the program itself has.
pub(super) fn links_of_topics(program: &Program, problems: &mut Diagnostics) {
    let commands = program.root.walk();
    let mut known = titles(&commands);
    known.extend(program.topics.iter().map(|topic| topic.command(program)));
    known.extend(link_targets(program, &program.root));
    for topic in &program.topics {
        let mut visit = |item: &str, span: Span| {
            if !known.contains(item) {
                unresolved_link(&program.root, item, span, known.iter(), problems);
            }
        };
        text::items_in(&topic.title, &mut visit);
        for (_, blocks) in &topic.parts {
            text::items_in_blocks(blocks, &mut visit);
        }
    }
}

/// Reports a link that names nothing.
fn unresolved_link<'a>(
    command: &Command,
    item: &str,
    span: Span,
    known: impl Iterator<Item = &'a String>,
    problems: &mut Diagnostics,
) {
    // Only names of the same kind are similar: options, arguments, and all others.
    let kind = |item: &str| item.chars().next().map(|c| (c == '-', c == '<'));
    let similar = known
        .map(String::as_str)
        .filter(|known| kind(known) == kind(item))
        .collect();
    let diagnostic = problems
        .error(
            Code::DanglingLink,
            span,
            format!("unresolved link to `{item}` in `{}`", command.title()),
        )
        .label("not found");
    // If the text is written in an unusual way, the span is not that of the name.
    let diagnostic = match span.range().len() == item.len() + 2 {
        true => diagnostic
            .suggest_title(item, inside_quotes(span), similar)
            .in_text(),
        false => diagnostic,
    };
    diagnostic.help(
        "link to an option, an `<argument>`, an environment variable, a command or a topic; \
         for plain code, remove the `[…]`",
    );
}

/// Returns the span of a name without the backquotes around it.
fn inside_quotes(span: Span) -> Span {
    Span {
        start: span.start + 1,
        end: span.end.saturating_sub(1).max(span.start + 1),
        ..span
    }
}

/// Checks the commands and topics named in `see-also`.
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
                    let message = format!("`{}` is hidden, so it has no man page", **name);
                    problems
                        .error(Code::SeeAlsoHidden, name.span, message)
                        .help("remove it from `see-also`");
                }
                None => {
                    let titles: Vec<&str> = titles.keys().map(String::as_str).collect();
                    let diagnostic = problems.error(
                        Code::UnknownCommand,
                        name.span,
                        format!("unknown command `{}`", **name),
                    );
                    diagnostic.suggest_title(name, name.span, titles).help(
                        "name a command, a topic, a man page such as `cargo(1)`, or a URL `https://…`",
                    );
                }
            }
        }
    }
}

/// Visits all commands, and whether each is hidden. The subcommands of a hidden command are hidden too.
fn for_each_command(command: &Command, hidden: bool, visit: &mut impl FnMut(&Command, bool)) {
    let hidden = hidden || command.hidden;
    visit(command, hidden);
    for subcommand in &command.commands {
        for_each_command(subcommand, hidden, visit);
    }
}
