//! Compares programs and their commands.

use super::index::Index;
use super::{Found, Rule, args, code, output};
use crate::description::{Command, ConfigFiles, Deprecation, Description, ExitCode, Named};

/// Compares two programs.
pub(super) fn program(old: &Description, new: &Description, found: &mut Found) {
    let place = &*new.name;
    if old.name != new.name {
        let message = format!("the program was called {}", code(&old.name));
        found.add(Rule::ProgramRenamed, place, message);
    }
    let has_version = |it: &Description| it.version_of_crate || it.version.is_some();
    match (has_version(old), has_version(new)) {
        (true, false) => found.add(Rule::VersionRemoved, place, "`--version` was removed"),
        (false, true) => found.add(Rule::VersionAdded, place, "`--version` was added"),
        _ => {}
    }
    config_files(old, new, found);
    match (old.args_override_self, new.args_override_self) {
        (true, false) => {
            found.add(Rule::SyntaxChanged, place, "options can't be given twice");
        }
        (false, true) => {
            found.add(Rule::SyntaxAdded, place, "options may be given twice");
        }
        _ => {}
    }
    topics(old, new, found);
    let differs = [("authors", old.authors != new.authors)];
    found.texts(place, "the program", &differs);
    // The names of the programs don't matter to the names of their commands.
    let mut renamed = old.clone();
    renamed.command.name = new.command.name.clone();
    rename_second_names(&mut renamed.command, &old.name, &new.name);
    let (old, new) = (Index::of(&renamed), Index::of(new));
    both(&old, &new, found);
}

/// Compares the topics of the command `help`.
fn topics(old: &Description, new: &Description, found: &mut Found) {
    let place = &*new.name;
    for topic in &old.topics {
        let of = format!("the topic {}", code(&topic.name));
        match new.topics.iter().find(|other| other.name == topic.name) {
            None => found.add(Rule::TopicRemoved, place, format!("{of} was removed")),
            Some(other) => found.texts(place, &of, &[("text", other != topic)]),
        }
    }
    for topic in &new.topics {
        if old.topics.iter().all(|other| other.name != topic.name) {
            let message = format!("the topic {} was added", code(&topic.name));
            found.add(Rule::TopicAdded, place, message);
        }
    }
}

/// Replaces the name of the program in the second names of commands.
fn rename_second_names(command: &mut Command, old: &str, new: &str) {
    for name in &mut command.also {
        if let Some(rest) = name.strip_prefix(old) {
            *name = format!("{new}{rest}");
        }
    }
    for below in &mut command.commands {
        rename_second_names(below, old, new);
    }
}

fn config_files(old: &Description, new: &Description, found: &mut Found) {
    let none = ConfigFiles::default();
    let (before, after) = (
        old.config.as_ref().unwrap_or(&none),
        new.config.as_ref().unwrap_or(&none),
    );
    for (kind, before, after) in [
        ("project", &before.project, &after.project),
        ("user", &before.user, &after.user),
        ("system", &before.system, &after.system),
    ] {
        let place = &*new.name;
        match (before, after) {
            (Some(before), after) if Some(before) != after.as_ref() => {
                let after = match after {
                    Some(after) => format!("is {} instead of {}", code(after), code(before)),
                    None => format!("{} is no longer read", code(before)),
                };
                let message = format!("the configuration file `{kind}` {after}");
                found.add(Rule::SettingRemoved, place, message);
            }
            (None, Some(after)) => {
                let message = format!(
                    "the configuration file `{kind}`, {}, was added",
                    code(after)
                );
                found.add(Rule::SettingAdded, place, message);
            }
            _ => {}
        }
    }
}

/// Compares all commands.
fn both(old: &Index, new: &Index, found: &mut Found) {
    let mut kept = vec![false; new.nodes.len()];
    let mut removed = vec![false; old.nodes.len()];
    for (at, node) in old.nodes.iter().enumerate() {
        if node.parent.is_some_and(|parent| removed[parent]) {
            removed[at] = true;
            continue;
        }
        let now = new.find(&node.path);
        // A command that existed before is another one, even if it has this name now.
        let is_other = |now: usize| {
            let path = &new.nodes[now].path;
            *path != node.path && old.find(path).is_some_and(|known| known != at)
        };
        match now {
            None => {
                removed[at] = true;
                found.add(Rule::CommandRemoved, &node.path, "the command was removed");
            }
            Some(now) if is_other(now) => {
                removed[at] = true;
                let message = format!("it now calls {}", code(&new.nodes[now].path));
                found.add(Rule::NameReused, &node.path, message);
            }
            Some(now) => {
                kept[now] = true;
                names(old, at, new, now, found);
                command((old, at), (new, now), found);
            }
        }
    }
    for (at, node) in new.nodes.iter().enumerate() {
        // What is under a new command is new as well.
        if !kept[at] && node.parent.is_none_or(|parent| kept[parent]) {
            let parent = node
                .parent
                .and_then(|parent| old.find(&new.nodes[parent].path));
            let rule = match parent.is_some_and(|parent| takes_words(old, parent)) {
                true => Rule::NameTaken,
                false => Rule::CommandAdded,
            };
            found.add(rule, &node.path, "the command was added");
        }
    }
}

/// Whether what follows a command could be something else than the name of a subcommand.
fn takes_words(index: &Index, at: usize) -> bool {
    let command = index.nodes[at].command;
    let by_default = command.default_command.as_ref().and_then(|name| {
        let path = format!("{} {name}", index.nodes[at].path);
        Some(index.nodes[index.find(&path)?].command)
    });
    let has_arguments = |command: &Command| !command.arguments.is_empty();
    command.external_commands
        || command.runs && has_arguments(command)
        || by_default.is_some_and(has_arguments)
}

/// Compares the other names of a command.
fn names(old: &Index, at: usize, new: &Index, now: usize, found: &mut Found) {
    let (before, after) = (&old.nodes[at], &new.nodes[now]);
    let parent = before.parent.map(|parent| &*old.nodes[parent].path);
    let beside = |name: &String| parent.map(|parent| format!("{parent} {name}"));
    let aliases = before.command.aliases.iter();
    let aliases = aliases.chain(&before.command.hidden_aliases);
    let names = aliases
        .filter_map(beside)
        .chain(before.command.also.iter().cloned());
    for name in names {
        match new.find(&name) {
            Some(other) if other == now => {}
            Some(other) => {
                let message = format!("{} now calls {}", code(&name), code(&new.nodes[other].path));
                found.add(Rule::NameReused, &after.path, message);
            }
            None => {
                let message = format!("the name {} was removed", code(&name));
                found.add(Rule::NameRemoved, &after.path, message);
            }
        }
    }
    if before.path != after.path {
        let message = format!(
            "the command was renamed from {}, which is still accepted",
            code(&before.path)
        );
        found.add(Rule::NameAdded, &after.path, message);
    }
    let parent = after.parent.map(|parent| &*new.nodes[parent].path);
    let beside = |name: &String| parent.map(|parent| format!("{parent} {name}"));
    let command = after.command;
    let aliases = command.aliases.iter().chain(&command.hidden_aliases);
    let names = aliases
        .filter_map(beside)
        .chain(command.also.iter().cloned());
    for name in names.filter(|name| old.find(name).is_none()) {
        let message = format!("the name {} was added", code(&name));
        let outer = name.rsplit_once(' ').and_then(|(outer, _)| old.find(outer));
        let rule = match outer.is_some_and(|outer| takes_words(old, outer)) {
            true => Rule::NameTaken,
            false => Rule::NameAdded,
        };
        found.add(rule, &after.path, message);
    }
}

/// Compares two commands.
fn command((old, at): (&Index, usize), (new, now): (&Index, usize), found: &mut Found) {
    let (before, after) = (old.nodes[at].command, new.nodes[now].command);
    let place = &*new.nodes[now].path;
    calls(place, before, after, found);
    promises(place, before, after, found);
    question(place, before, after, found);
    let parent = old.nodes[at]
        .parent
        .map(|parent| new.find(&old.nodes[parent].path));
    let same_parent = parent.is_none_or(|parent| parent == new.nodes[now].parent);
    args::args((old, at), (new, now), same_parent, found);
    if !same_parent || !before.exit_codes.is_empty() || !after.exit_codes.is_empty() {
        exit_codes((old, at), (new, now), found);
    }
    output::results(place, before, after, found);
    named((old, at), (new, now), found);
    deprecation(
        place,
        "the command",
        &before.deprecated,
        &after.deprecated,
        found,
    );
    let of = match old.nodes[at].parent {
        None => "the program",
        Some(_) => "the command",
    };
    found.texts(
        place,
        of,
        &[
            ("about", before.about != after.about),
            ("description", before.description != after.description),
            ("hidden", before.hidden != after.hidden),
            ("since", before.since != after.since),
            ("examples", before.examples != after.examples),
            ("sections", before.sections != after.sections),
            ("see-also", before.see_also != after.see_also),
            ("headings", before.headings != after.headings),
            ("keys that begin with x-", before.extra != after.extra),
        ],
    );
}

/// Compares what a command line without a known subcommand means.
fn calls(place: &str, old: &Command, new: &Command, found: &mut Found) {
    let defaults = (&old.default_command, &new.default_command);
    // The default command may have another name.
    let is_same = |before: &String, after: &String| {
        let mut commands = new.commands.iter();
        let now = commands.find(|it| it.name == *after);
        before == after
            || now
                .is_some_and(|it| it.aliases.contains(before) || it.hidden_aliases.contains(before))
    };
    match defaults {
        (Some(before), Some(after)) if is_same(before, after) => {}
        (Some(before), after) => {
            let after = after.as_ref().map_or("none".to_owned(), |it| code(it));
            let message = format!("the default command is {after} instead of {}", code(before));
            found.add(Rule::DefaultCommandChanged, place, message);
        }
        (None, Some(after)) if old.runs => {
            let message = format!("without a subcommand, {} runs", code(after));
            found.add(Rule::DefaultCommandChanged, place, message);
        }
        (None, Some(after)) => {
            let message = format!("without a subcommand, {} runs", code(after));
            found.add(Rule::DefaultCommandAdded, place, message);
        }
        _ => match (old.runs, new.runs) {
            (true, false) => found.add(Rule::NeedsSubcommand, place, "a subcommand is required"),
            (false, true) => found.add(
                Rule::Runs,
                place,
                "the command may be called without a subcommand",
            ),
            _ => {}
        },
    }
    match (old.external_commands, new.external_commands) {
        (true, false) => found.add(
            Rule::ExternalCommandsRemoved,
            place,
            "unknown subcommands are rejected",
        ),
        (false, true) => found.add(
            Rule::ExternalCommandsAdded,
            place,
            "unknown subcommands are accepted",
        ),
        _ => {}
    }
}

/// Compares what a command promises about its effects.
fn promises(place: &str, old: &Command, new: &Command, found: &mut Found) {
    effect(place, "the command", &old.effect, &new.effect, found);
    let mut promise = |before: bool, after: bool, lost: &str, gained: &str| match (before, after) {
        (true, false) => found.add(Rule::PromiseRemoved, place, lost),
        (false, true) => found.add(Rule::PromiseAdded, place, gained),
        _ => {}
    };
    promise(
        old.idempotent,
        new.idempotent,
        "the command no longer promises to be idempotent",
        "the command promises to be idempotent",
    );
    let uses = |it: &Command| it.network == Some(true);
    let differs =
        uses(old) != uses(new) && old.network != Some(false) && new.network != Some(false);
    promise(
        old.network == Some(false),
        new.network == Some(false),
        "the command no longer promises not to use the network",
        "the command promises not to use the network",
    );
    found.texts(place, "the command", &[("network", differs)]);
}

/// Compares the effect of a command, or of an option.
pub(super) fn effect(
    place: &str,
    of: &str,
    old: &Option<String>,
    new: &Option<String>,
    found: &mut Found,
) {
    // Without an effect, nothing is promised.
    let rank = |effect: &Option<String>| match effect.as_deref() {
        Some("read") => 0,
        Some("write") => 1,
        _ => 2,
    };
    let name =
        |effect: &Option<String>| effect.as_ref().map_or("unknown".to_owned(), |it| code(it));
    if rank(old) == rank(new) {
        found.texts(place, of, &[("effect", old != new)]);
    } else {
        let rule = match rank(new) > rank(old) {
            true => Rule::EffectStronger,
            false => Rule::EffectWeaker,
        };
        let message = format!(
            "the effect of {of} is {} instead of {}",
            name(new),
            name(old)
        );
        found.add(rule, place, message);
    }
}

fn question(place: &str, old: &Command, new: &Command, found: &mut Found) {
    match (&old.confirm, &new.confirm) {
        (None, Some(question)) => {
            found.add(
                Rule::QuestionAdded,
                place,
                format!("the command asks: {question}"),
            );
        }
        (Some(_), None) => found.add(Rule::QuestionRemoved, place, "the command asks nothing"),
        (before, after) => found.texts(place, "the command", &[("question", before != after)]),
    }
}

fn exit_codes(old: (&Index, usize), new: (&Index, usize), found: &mut Found) {
    let place = &*new.0.nodes[new.1].path;
    let (before, after) = (old.0.exit_codes(old.1), new.0.exit_codes(new.1));
    let parents =
        [old, new].map(|(index, at)| index.nodes[at].parent.map(|at| index.exit_codes(at)));
    // A change of the parent's exit codes was found there.
    let is_inherited = |before: Option<&ExitCode>, after: Option<&ExitCode>| {
        let [Some(old), Some(new)] = parents else {
            return false;
        };
        let name = before.or(after).map(|exit| &exit.name);
        let same = |list: &[ExitCode], exit: Option<&ExitCode>| {
            list.iter().find(|other| Some(&other.name) == name) == exit
        };
        same(old, before) && same(new, after)
    };
    for exit in before {
        let name = code(&exit.name);
        let now = after.iter().find(|other| other.name == exit.name);
        match now {
            _ if is_inherited(Some(exit), now) => {}
            None => {
                let message = format!("the exit code {name} ({}) was removed", exit.code);
                found.add(Rule::ExitCodeRemoved, place, message);
            }
            Some(other) if other.code != exit.code => {
                let message = format!(
                    "the exit code {name} is {} instead of {}",
                    other.code, exit.code
                );
                found.add(Rule::ExitCodeChanged, place, message);
            }
            Some(other) => {
                let of = format!("the exit code {name}");
                found.texts(place, &of, &[("help", other.help != exit.help)]);
            }
        }
    }
    for exit in after {
        let is_new = before.iter().all(|other| other.name != exit.name);
        if is_new && !is_inherited(None, Some(exit)) {
            let message = format!(
                "the exit code {} ({}) was added",
                code(&exit.name),
                exit.code
            );
            found.add(Rule::ExitCodeAdded, place, message);
        }
    }
}

/// Compares the environment variables and files of two commands. Those of parents are compared there.
fn named(old: (&Index, usize), new: (&Index, usize), found: &mut Found) {
    let place = &*new.0.nodes[new.1].path;
    let parents = [old, new].map(|(index, at)| {
        let parent = index.nodes[at].parent?;
        Some(index.nodes[parent].command)
    });
    let kinds: [(&str, List, [Rule; 2]); 2] = [
        (
            "the variable",
            |it| &it.environment,
            [Rule::VariableRemoved, Rule::VariableAdded],
        ),
        (
            "the file",
            |it| &it.files,
            [Rule::FileMoved, Rule::FileAdded],
        ),
    ];
    let find = |list: &[Named], name: &str| list.iter().find(|it| it.name == name).cloned();
    for (kind, list, [removed, added]) in kinds {
        let [before, after] = [old, new].map(|(index, at)| list(index.nodes[at].command));
        // A variable may be that of an option in one of the versions.
        let of_option = |(index, at): (&Index, usize), name: &String| {
            index
                .accepted(at)
                .iter()
                .any(|it| it.arg.env.contains(name))
        };
        let is_own = |it: &&Named| {
            let mut parents = parents.iter().flatten();
            !parents.any(|parent| find(list(parent), &it.name).is_some())
                && !of_option(old, &it.name)
                && !of_option(new, &it.name)
        };
        for it in before.iter().filter(is_own) {
            let of = format!("{kind} {}", code(&it.name));
            match find(after, &it.name) {
                None => found.add(removed, place, format!("{of} was removed")),
                Some(other) => found.texts(place, &of, &[("help", other.help != it.help)]),
            }
        }
        for it in after.iter().filter(is_own) {
            if find(before, &it.name).is_none() {
                found.add(added, place, format!("{kind} {} was added", code(&it.name)));
            }
        }
    }
}

/// What a command has, by name.
type List = fn(&Command) -> &[Named];

/// Compares whether something is deprecated.
pub(super) fn deprecation(
    place: &str,
    of: &str,
    old: &Option<Deprecation>,
    new: &Option<Deprecation>,
    found: &mut Found,
) {
    match (old, new) {
        (None, Some(new)) => {
            let instead = new.instead.as_ref();
            let instead = instead.map_or(String::new(), |it| format!("; use {} instead", code(it)));
            found.add(
                Rule::Deprecated,
                place,
                format!("{of} is deprecated{instead}"),
            );
        }
        (Some(_), None) => {
            found.add(
                Rule::NotDeprecated,
                place,
                format!("{of} is no longer deprecated"),
            );
        }
        (old, new) => found.texts(place, of, &[("deprecated", old != new)]),
    }
}
