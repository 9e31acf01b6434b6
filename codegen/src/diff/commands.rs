//! Compares the commands of two programs.

use super::index::Index;
use super::{Found, Rule, args, code, contract, output};
use crate::description::{Command, Deprecation};

/// Compares all commands.
pub(super) fn both(old: &Index, new: &Index, found: &mut Found) {
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
    // If a command group has another name, so have its subcommands.
    let outer = before
        .parent
        .map(|parent| new.find(&old.nodes[parent].path));
    let is_same_place = outer.is_none_or(|outer| outer == after.parent);
    if before.command.name != after.command.name || !is_same_place {
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
    contract::promises(place, before, after, found);
    contract::question(place, before, after, found);
    let parent = old.nodes[at]
        .parent
        .map(|parent| new.find(&old.nodes[parent].path));
    let same_parent = parent.is_none_or(|parent| parent == new.nodes[now].parent);
    args::args((old, at), (new, now), same_parent, found);
    if !same_parent || !before.exit_codes.is_empty() || !after.exit_codes.is_empty() {
        contract::exit_codes((old, at), (new, now), found);
    }
    output::results(place, before, after, found);
    contract::named((old, at), (new, now), found);
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
