//! Compares what scripts rely on besides command lines: effects, questions, exit codes, variables and files.

use super::index::Index;
use super::{Found, Rule, code};
use crate::description::{Command, ExitCode, Named};

/// Compares what a command promises about its effects.
pub(super) fn promises(place: &str, old: &Command, new: &Command, found: &mut Found) {
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

/// Compares the questions of two commands.
pub(super) fn question(place: &str, old: &Command, new: &Command, found: &mut Found) {
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

/// Compares the exit codes of two commands.
pub(super) fn exit_codes(old: (&Index, usize), new: (&Index, usize), found: &mut Found) {
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
pub(super) fn named(old: (&Index, usize), new: (&Index, usize), found: &mut Found) {
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
