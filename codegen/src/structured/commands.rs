//! Commands.

use super::args::{self, Arg};
use super::contract;
use super::node::{Keys, Node};
use super::program::Set;
use super::rules::{self, Other};
use super::source::Source;
use super::words;

/// A command.
pub(super) struct Command {
    /// Its name and aliases.
    pub(super) names: Vec<String>,
    /// Its arguments and options, without inherited ones.
    pub(super) args: Vec<Arg>,
    pub(super) subcommands: Vec<Command>,
}

/// The facts about its parents that a command depends on.
#[derive(Clone, Default)]
pub(super) struct Parents {
    depth: usize,
    title: String,
    inherited: Vec<Other>,
    exit_codes: Vec<String>,
    /// The roles of their options.
    roles: Vec<&'static str>,
}

pub(super) fn options<'a>(args: impl IntoIterator<Item = &'a Arg>) -> Node {
    Node::map(
        args.into_iter()
            .map(|arg| (arg.id.clone(), Node::Map(arg.keys.clone()))),
    )
}

/// Generates a command and its keys.
pub(super) fn command(
    source: &mut Source<'_>,
    name: &str,
    parents: &Parents,
    sets: &mut [Set],
) -> (Command, Keys) {
    let mut keys = Keys::new();
    let is_group = parents.depth < 3 && source.chance([55, 40, 25][parents.depth]);
    texts(source, parents, &mut keys);
    let mut used = Vec::new();
    for set in sets.iter_mut() {
        if !set.used && source.chance(35) {
            set.used = true;
            keys.push(("use".to_owned(), Node::text(set.name.clone())));
            used.extend(set.args.iter().cloned());
            break;
        }
    }
    let runnable = is_group && source.chance(8);
    let mut own = own_args(source, is_group, runnable);
    if runnable {
        keys.push(("runnable".to_owned(), Node::plain(true)));
    }
    let mut others: Vec<Other> = used.iter().map(Other::from).collect();
    others.extend(parents.inherited.iter().cloned());
    let mut own_parents = parents.clone();
    if source.has_contract {
        let runs = !is_group || runnable;
        contract::add(source, &mut own, &mut own_parents.roles, runs, &mut keys);
    }
    rules::add(source, &mut own, &others, is_group);
    let (positional, named): (Vec<&Arg>, Vec<&Arg>) = own.iter().partition(|arg| !arg.is_option());
    if !positional.is_empty() {
        keys.push(("arguments".to_owned(), options(positional)));
    }
    let mut entries = match options(named) {
        Node::Map(entries) => entries,
        _ => Keys::new(),
    };
    if parents.depth == 0 && source.chance(10) {
        let help = words::line(source);
        let keys = [
            ("sigil", Node::text("+")),
            ("value", Node::text("VALUE")),
            ("help", help),
        ];
        entries.push((words::name(source, "arg"), Node::map(keys)));
    }
    if !entries.is_empty() {
        keys.push(("options".to_owned(), Node::Map(entries)));
    }
    let mut all = own.clone();
    all.extend(used);
    let groups = rules::groups(source, &all, is_group);
    keys.extend(groups.map(|groups| ("groups".to_owned(), groups)));
    own_parents.depth += 1;
    own_parents.title = match parents.title.as_str() {
        "" => name.to_owned(),
        title => format!("{title} {name}"),
    };
    let mut names = vec![name.to_owned()];
    if parents.depth > 0 {
        called(source, parents, &others, is_group, &mut keys, &mut names);
    }
    exit_codes(source, &mut own_parents, &mut keys);
    examples(source, &own_parents, &mut keys);
    own_parents.inherited = all.iter().map(Other::from).chain(others).collect();
    for other in &mut own_parents.inherited {
        other.inherited = true;
    }
    let mut subcommands = Vec::new();
    if is_group {
        subcommands = self::subcommands(source, &own_parents, sets, runnable, &mut keys);
    }
    let command = Command {
        names,
        args: all,
        subcommands,
    };
    (command, keys)
}

/// Adds the texts of the documentation.
fn texts(source: &mut Source<'_>, parents: &Parents, keys: &mut Keys) {
    let about = words::line(source);
    keys.push(("about".to_owned(), about));
    for key in ["description", "notes", "bugs", "history"] {
        if source.chance(8) {
            let text = words::blocks(source);
            keys.push((key.to_owned(), text));
        }
    }
    if source.chance(6) {
        let text = words::blocks(source);
        let after = *source.pick(&[
            "description",
            "options",
            "environment",
            "files",
            "exit-status",
            "examples",
        ]);
        let section = Node::map([("text", text), ("after", Node::text(after))]);
        let sections = Node::map([("SECURITY", section), ("LICENSE", Node::text("Free."))]);
        keys.push(("sections".to_owned(), sections));
    }
    if source.chance(6) {
        let variable = Node::map([("T_OTHER", words::line(source))]);
        keys.push(("environment".to_owned(), variable));
    }
    if source.chance(6) {
        let file = Node::map([("~/.x/*", words::line(source))]);
        keys.push(("files".to_owned(), file));
    }
    if source.chance(6) {
        let list = Node::texts(["ls(1)", "https://example.org/"]);
        keys.push(("see-also".to_owned(), list));
    }
    if source.chance(5) {
        let release = words::release(source);
        keys.push(("since".to_owned(), release));
    }
    for key in ["idempotent", "network"] {
        if source.chance(5) {
            keys.push((key.to_owned(), Node::plain(source.chance(50))));
        }
    }
    if source.chance(10) {
        let effect = *source.pick(&["read", "write", "destructive"]);
        keys.push(("effect".to_owned(), Node::text(effect)));
    }
    if parents.depth > 0 && source.chance(4) {
        let deprecated = deprecated(source);
        keys.push(("deprecated".to_owned(), deprecated));
    }
    if source.chance(3) {
        let allow = Node::map([("repeated-text", Node::text("So be it"))]);
        keys.push(("allow".to_owned(), allow));
    }
}

pub(super) fn deprecated(source: &mut Source<'_>) -> Node {
    let mut keys = vec![("reason", words::line(source))];
    if source.chance(50) {
        keys.push(("since", words::release(source)));
    }
    if source.chance(30) {
        keys.push(("removal", Node::text("99.0")));
    }
    Node::map(keys)
}

/// Adds names and other keys that a program doesn't have.
fn called(
    source: &mut Source<'_>,
    parents: &Parents,
    others: &[Other],
    is_group: bool,
    keys: &mut Keys,
    names: &mut Vec<String>,
) {
    for key in ["aliases", "hidden-aliases"] {
        if source.chance(10) {
            let alias = words::name(source, &format!("command {}", parents.title));
            keys.push((key.to_owned(), Node::texts([alias.clone()])));
            names.push(alias);
        }
    }
    if source.chance(5) {
        keys.push(("hidden".to_owned(), Node::plain(true)));
    }
    if source.chance(6) {
        let program = parents.title.split(' ').next().unwrap_or_default();
        let name = words::name(source, &format!("command {program}"));
        keys.push(("also".to_owned(), Node::text(format!("{program} {name}"))));
    }
    if let Some(other) = source
        .any(others)
        .filter(|other| other.is_option && other.inherited)
    {
        if source.chance(10) {
            let mut described = vec![("help", words::line(source))];
            if source.chance(30) {
                described.push(("hidden", Node::plain(true)));
            }
            let entry = [(other.id.clone(), Node::map(described))];
            keys.push(("inherit".to_owned(), Node::map(entry)));
        }
    }
    let wanted: Vec<&Other> = others.iter().filter(|other| other.is_option).collect();
    if !is_group && source.chance(8) {
        if let Some(needed) = source.any(&wanted) {
            keys.push(("requires".to_owned(), Node::texts([needed.id.clone()])));
        }
    }
}

fn own_args(source: &mut Source<'_>, is_group: bool, runnable: bool) -> Vec<Arg> {
    let mut own = Vec::new();
    if !is_group || runnable {
        let count = source.below(4);
        let mut may_be_required = true;
        for at in 0..count {
            let arg = args::argument(source, at + 1 == count, may_be_required);
            may_be_required = arg.required;
            own.push(arg);
        }
    }
    let count = match source.below(100) {
        99 => 60,
        98 if source.chance(20) => 500,
        _ if is_group => source.below(4),
        _ => source.below(8),
    };
    own.extend((0..count).map(|_| args::option(source, is_group)));
    own
}

/// Adds exit codes to the command that is the last one of `parents`.
fn exit_codes(source: &mut Source<'_>, parents: &mut Parents, keys: &mut Keys) {
    let is_program = parents.depth == 1;
    let inherits_none = !is_program && parents.exit_codes.is_empty();
    // If the program defines no exit codes, its commands can't define any. The contract needs them.
    let needed = is_program && source.has_contract;
    if !needed && !source.chance(if is_program { 30 } else { 8 }) || inherits_none {
        return;
    }
    let code = parents.exit_codes.len() + 3;
    let mut names = vec![(format!("code-{code}"), code)];
    if is_program {
        names.extend([("success".to_owned(), 0), ("failure".to_owned(), 1)]);
    }
    let mut entries = Vec::new();
    for (name, code) in names {
        let entry = Node::map([("code", Node::plain(code)), ("help", words::line(source))]);
        parents.exit_codes.push(name.clone());
        entries.push((name, entry));
    }
    keys.push(("exit-codes".to_owned(), Node::map(entries)));
}

fn examples(source: &mut Source<'_>, parents: &Parents, keys: &mut Keys) {
    if !source.chance(10) {
        return;
    }
    let about = words::line(source);
    let line = |rest: &str| Node::text(format!("{} {rest}", parents.title));
    let mut first = vec![("about", about), ("run", line("--help"))];
    if source.chance(40) {
        first.push(("output", words::line(source)));
        first.push(("files", Node::map([("~/a", words::line(source))])));
    }
    let mut list = vec![Node::map(first)];
    let about = words::line(source);
    let fails = Node::text(parents.exit_codes.last().map_or("usage", String::as_str));
    let fails = if source.chance(20) {
        fails
    } else {
        Node::text("usage")
    };
    list.push(Node::map([
        ("about", about),
        ("run", line("--no-such-option '日本' | sort")),
        ("fails", fails),
    ]));
    keys.push(("examples".to_owned(), Node::List(list)));
}

fn subcommands(
    source: &mut Source<'_>,
    parents: &Parents,
    sets: &mut [Set],
    runnable: bool,
    keys: &mut Keys,
) -> Vec<Command> {
    let mut subcommands = Vec::new();
    let mut entries = Keys::new();
    for _ in 0..1 + source.below(4) {
        let name = words::name(source, &format!("command {}", parents.title));
        let (command, own) = command(source, &name, parents, sets);
        entries.push((name, Node::Map(own)));
        subcommands.push(command);
    }
    let names: Vec<String> = entries.iter().map(|(name, _)| name.clone()).collect();
    if runnable {
        // It takes arguments, too.
    } else if source.chance(15) {
        keys.push(("runnable".to_owned(), Node::plain(true)));
    } else if source.chance(15) {
        let name = source.pick(&names).clone();
        keys.push(("default-command".to_owned(), Node::text(name)));
    }
    if source.chance(15) && !runnable {
        keys.push(("external".to_owned(), Node::plain(true)));
    }
    if source.chance(15) {
        let headed: Vec<String> = names
            .iter()
            .filter(|_| source.chance(60))
            .cloned()
            .collect();
        let other = words::line(source);
        let Node::Text(heading) = other else {
            unreachable!()
        };
        keys.push((
            "headings".to_owned(),
            Node::map([(heading, Node::texts(headed))]),
        ));
    }
    keys.push(("commands".to_owned(), Node::Map(entries)));
    subcommands
}
