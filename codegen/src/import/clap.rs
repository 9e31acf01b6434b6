//! Reads a program from clap's `Command`: with its getters, and from its `Debug` output what they don't
//! return.

mod arg;
mod others;
mod values;

use std::panic::{AssertUnwindSafe, catch_unwind};

use clap::builder::StyledStr;

use super::Error;
use super::debug::Value;
use super::described::{Aliases, Arg, Command, Group, Others};

/// What clap says about the subcommand `help`, which it adds.
const HELP_ABOUT: &str = "Print this message or the help of the given subcommand(s)";

/// Reads a command with its subcommands.
///
/// # Errors
///
/// clap rejects the definition of the command.
pub(super) fn read(command: &clap::Command) -> Result<Command, Error> {
    let mut built = command.clone();
    catch_unwind(AssertUnwindSafe(|| built.build())).map_err(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
        Error::invalid(message.unwrap_or("clap panicked"))
    })?;
    let mut program = one(&built, &Outer::default());
    for (fact, name) in [
        ("bin_name", command.get_bin_name()),
        ("display_name", command.get_display_name()),
    ] {
        if let Some(name) = name.filter(|name| *name != program.name) {
            program.others.insert(fact, name.to_owned());
        }
    }
    program.name_args();
    Ok(program)
}

/// Settings that clap passes on to subcommands.
const PASSED_ON: [&str; 6] = [
    "disable_help_subcommand",
    "ignore_errors",
    "infer_long_args",
    "infer_subcommands",
    "long_version",
    "propagate_version",
];

/// What a command has from its command groups.
#[derive(Default)]
struct Outer<'a> {
    /// Their options.
    args: Vec<&'a clap::Arg>,
    settings: Others,
    version: Option<&'a str>,
}

impl Outer<'_> {
    /// The option of a command group that this one is, or hides.
    fn find(&self, arg: &clap::Arg) -> Option<&clap::Arg> {
        let mut args = self.args.iter().copied();
        args.find(|other| other.get_id() == arg.get_id())
    }
}

/// Reads a command in its command groups.
fn one(clap: &clap::Command, outer: &Outer) -> Command {
    let args = arguments(clap, outer);
    let mut commands: Vec<&clap::Command> = clap.get_subcommands().collect();
    commands.retain(|command| !is_help(command));
    commands.sort_by_key(|command| command.get_display_order());
    let is_group = !commands.is_empty();
    let debug = Value::read(&format!("{clap:?}"));
    let mut others = others::of(clap, &debug, is_group);
    let global = clap
        .get_arguments()
        .filter(|arg| arg.is_global_set() && outer.find(arg).is_none());
    let below = Outer {
        args: outer.args.iter().copied().chain(global).collect(),
        settings: others.clone(),
        version: version(clap),
    };
    others
        .retain(|name, value| !PASSED_ON.contains(name) || outer.settings.get(name) != Some(value));
    others.extend(across(clap, outer, &args, is_group));
    Command {
        name: clap.get_name().to_owned(),
        about: text(clap.get_about().or(clap.get_long_about())),
        long_about: text(clap.get_long_about()),
        aliases: aliases(
            clap.get_visible_aliases().map(str::to_owned).collect(),
            clap.get_all_aliases().map(str::to_owned).collect(),
        ),
        hidden: clap.is_hide_set(),
        // Subcommands have the version of their program if it is passed on.
        version: version(clap)
            .filter(|_| outer.version != version(clap))
            .map(str::to_owned),
        author: clap.get_author().map(str::to_owned),
        groups: groups(clap, &args, &outer.args),
        commands: commands
            .iter()
            .map(|command| one(command, &below))
            .collect(),
        needs_command: is_group && clap.is_subcommand_required_set(),
        external: clap.is_allow_external_subcommands_set(),
        without_subcommand: clap.is_args_conflicts_with_subcommands_set(),
        default_command: None,
        effect: None,
        override_self: clap.is_args_override_self(),
        next_line_help: clap.is_next_line_help_set(),
        others,
        args,
    }
}

/// The arguments of a command that it doesn't inherit: positional ones in the order in which they are given, then
/// options in the order in which help shows them.
fn arguments(clap: &clap::Command, outer: &Outer) -> Vec<Arg> {
    let args = clap
        .get_arguments()
        .filter(|arg| outer.find(arg).is_none() && !is_added(arg));
    let mut args: Vec<&clap::Arg> = args.collect();
    args.sort_by_key(|arg| match arg.get_index() {
        Some(index) => (0, index),
        None => (1, arg.get_display_order()),
    });
    args.iter().map(|arg| arg::read(arg, clap)).collect()
}

/// The version that `--version` prints. `None` if there is no such option.
fn version(clap: &clap::Command) -> Option<&str> {
    let is_version =
        |arg: &clap::Arg| is_added(arg) && matches!(arg.get_action(), clap::ArgAction::Version);
    let version = clap.get_version().or_else(|| clap.get_long_version());
    version.filter(|_| clap.get_arguments().any(is_version))
}

/// What a spec has no counterpart for between a command and its subcommands, or its command groups.
fn across(clap: &clap::Command, outer: &Outer, args: &[Arg], is_group: bool) -> Others {
    let mut others = Others::new();
    let redefined = clap.get_arguments().filter(|arg| {
        let other = outer.find(arg);
        other.is_some_and(|other| format!("{other:?}") != format!("{arg:?}"))
    });
    let redefined: Vec<String> = redefined.map(ToString::to_string).collect();
    if !redefined.is_empty() {
        others.insert("arg", redefined.join(", "));
    }
    let is_exclusive = clap.is_args_conflicts_with_subcommands_set();
    if is_group && !is_exclusive && args.iter().any(Arg::is_positional) {
        others.insert("subcommand", "after an argument".to_owned());
    }
    let inherits = !outer.args.is_empty() || args.iter().any(|arg| arg.global);
    if is_group && is_exclusive && inherits {
        others.insert("args_conflicts_with_subcommands", "true".to_owned());
    }
    others
}

/// Whether this is the `help` that clap adds to command groups.
fn is_help(command: &clap::Command) -> bool {
    command.get_name() == "help" && text(command.get_about()) == HELP_ABOUT
}

/// Whether this is the `--help` or `--version` that clap adds, or one like it.
fn is_added(arg: &clap::Arg) -> bool {
    match arg.get_action() {
        clap::ArgAction::Help | clap::ArgAction::HelpShort | clap::ArgAction::HelpLong => {
            matches!(arg.get_long(), Some("help"))
        }
        clap::ArgAction::Version => matches!(arg.get_long(), Some("version")),
        _ => false,
    }
}

/// The names that help shows, and the rest of all names.
fn aliases(shown: Vec<String>, mut all: Vec<String>) -> Aliases {
    all.retain(|name| !shown.contains(name));
    Aliases { shown, hidden: all }
}

/// The text of help, without colors.
fn text(text: Option<&StyledStr>) -> String {
    let text = text.map(ToString::to_string).unwrap_or_default();
    text.trim().to_owned()
}

/// The groups of a command that mean something. derive adds one for each struct, and only its name matters, if
/// a rule refers to it.
fn groups(clap: &clap::Command, args: &[Arg], inherited: &[&clap::Arg]) -> Vec<Group> {
    let groups = clap.get_groups().map(|group| {
        let debug = Value::read(&format!("{group:?}"));
        let ids = |name| debug.field(name).map(Value::texts).unwrap_or_default();
        Group {
            key: String::new(),
            id: group.get_id().to_string(),
            members: group.get_args().map(ToString::to_string).collect(),
            required: group.is_required_set(),
            multiple: group.clone().is_multiple(),
            requires: ids("requires"),
            conflicts: ids("conflicts"),
        }
    });
    // `--help` may be in a group, without being read here.
    let mut groups: Vec<Group> = groups.collect();
    let names: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
    for group in &mut groups {
        let known = |id: &String| {
            let is_inherited = inherited.iter().any(|arg| arg.get_id() == id.as_str());
            is_inherited || names.contains(id) || args.iter().any(|arg| arg.id == *id)
        };
        group.members.retain(known);
    }
    groups.retain(|group| !group.members.is_empty());
    groups
}
