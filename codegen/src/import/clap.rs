//! Reads a program from clap's `Command`: with its getters, and from its `Debug` output what they don't
//! return.

mod arg;
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
    let mut program = one(&built, None);
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
struct Outer<'a> {
    /// Their options.
    args: Vec<&'a clap::Arg>,
    settings: Others,
    version: Option<&'a str>,
}

/// Reads a command in its command groups.
fn one(clap: &clap::Command, outer: Option<&Outer>) -> Command {
    let debug = Value::read(&format!("{clap:?}"));
    let inherited = outer.map(|outer| outer.args.as_slice()).unwrap_or_default();
    let of_outer = |arg: &clap::Arg| {
        inherited
            .iter()
            .find(|other| other.get_id() == arg.get_id())
    };
    let args = clap.get_arguments();
    let args: Vec<&clap::Arg> = args
        .filter(|arg| of_outer(arg).is_none() && !is_added(arg))
        .collect();
    let global = args.iter().filter(|arg| arg.is_global_set());
    let global: Vec<&clap::Arg> = global.copied().collect();
    let mut commands: Vec<&clap::Command> =
        clap.get_subcommands().filter(|it| !is_help(it)).collect();
    commands.sort_by_key(|command| command.get_display_order());
    let mut read: Vec<Arg> = args.iter().map(|arg| arg::read(arg, clap)).collect();
    let index = |arg: &Arg| {
        let clap = args.iter().find(|clap| clap.get_id() == arg.id.as_str());
        clap.and_then(|clap| clap.get_index()).unwrap_or_default()
    };
    read.sort_by_key(|arg| match arg.is_positional() {
        true => (0, index(arg)),
        false => (1, arg.order),
    });
    let version = clap.get_version().or_else(|| clap.get_long_version());
    // Subcommands have the version of their program if it is passed on.
    let is_passed_on = version.is_some() && outer.is_some_and(|outer| outer.version == version);
    let has_version = clap
        .get_arguments()
        .any(|arg| is_added(arg) && matches!(arg.get_action(), clap::ArgAction::Version));
    let version = version.filter(|_| has_version && !is_passed_on);
    let is_group = !commands.is_empty();
    let mut others = others(clap, &debug, is_group);
    let below = Outer {
        args: [inherited, &global].concat(),
        settings: others.clone(),
        version: clap.get_version().or_else(|| clap.get_long_version()),
    };
    let is_same = |name: &str, value: &String| {
        outer.is_some_and(|outer| outer.settings.get(name) == Some(value))
    };
    others.retain(|name, value| !PASSED_ON.contains(name) || !is_same(name, value));
    let redefined = clap.get_arguments().filter(|arg| {
        of_outer(arg).is_some_and(|other| format!("{other:?}") != format!("{arg:?}"))
    });
    let redefined: Vec<String> = redefined.map(ToString::to_string).collect();
    if !redefined.is_empty() {
        others.insert("arg", redefined.join(", "));
    }
    let has_arguments = read.iter().any(Arg::is_positional);
    let is_exclusive = clap.is_args_conflicts_with_subcommands_set();
    if is_group && has_arguments && !is_exclusive {
        others.insert("subcommand", "after an argument".to_owned());
    }
    if is_group && is_exclusive && !below.args.is_empty() {
        others.insert("args_conflicts_with_subcommands", "true".to_owned());
    }
    Command {
        name: clap.get_name().to_owned(),
        about: text(clap.get_about().or(clap.get_long_about())),
        long_about: text(clap.get_long_about()),
        aliases: aliases(
            clap.get_visible_aliases().map(str::to_owned).collect(),
            clap.get_all_aliases().map(str::to_owned).collect(),
        ),
        hidden: clap.is_hide_set(),
        version: version.map(str::to_owned),
        author: clap.get_author().map(str::to_owned),
        groups: groups(clap, &read, inherited),
        commands: commands
            .iter()
            .map(|command| one(command, Some(&below)))
            .collect(),
        needs_command: is_group && clap.is_subcommand_required_set(),
        external: clap.is_allow_external_subcommands_set(),
        without_subcommand: clap.is_args_conflicts_with_subcommands_set(),
        default_command: None,
        effect: None,
        override_self: clap.is_args_override_self(),
        next_line_help: clap.is_next_line_help_set(),
        others,
        args: read,
    }
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

/// What a spec has no counterpart for.
fn others(clap: &clap::Command, debug: &Value, is_group: bool) -> Others {
    let mut others = Others::new();
    let texts = [
        ("before_help", clap.get_before_help()),
        ("before_long_help", clap.get_before_long_help()),
        ("after_help", clap.get_after_help()),
        ("after_long_help", clap.get_after_long_help()),
    ];
    for (name, value) in texts {
        if value.is_some() {
            others.insert(name, text(value));
        }
    }
    let fields = [
        ("override_usage", "usage_str"),
        ("override_help", "help_str"),
        ("help_template", "template"),
    ];
    for (name, field) in fields {
        let value = debug.field(field).map(Value::texts).unwrap_or_default();
        if let Some(value) = value.into_iter().next() {
            others.insert(name, value);
        }
    }
    let values = [
        ("short_flag", clap.get_short_flag().map(String::from)),
        ("long_flag", clap.get_long_flag().map(str::to_owned)),
        (
            "subcommand_help_heading",
            clap.get_subcommand_help_heading().map(str::to_owned),
        ),
        (
            "subcommand_value_name",
            clap.get_subcommand_value_name().map(str::to_owned),
        ),
        ("long_version", clap.get_long_version().map(str::to_owned)),
        (
            "short_flag_alias",
            joined(clap.get_all_short_flag_aliases().map(String::from)),
        ),
        (
            "long_flag_alias",
            joined(clap.get_all_long_flag_aliases().map(str::to_owned)),
        ),
    ];
    others.extend(
        values
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let switches = [
        (
            "allow_missing_positional",
            clap.is_allow_missing_positional_set(),
        ),
        (
            "disable_help_subcommand",
            is_group && clap.is_disable_help_subcommand_set(),
        ),
        ("flatten_help", clap.is_flatten_help_set()),
        ("multicall", clap.is_multicall_set()),
        ("no_binary_name", clap.is_no_binary_name_set()),
        ("propagate_version", clap.is_propagate_version_set()),
        (
            "subcommand_precedence_over_arg",
            clap.is_subcommand_precedence_over_arg_set(),
        ),
        ("infer_long_args", has(debug, |it| it.infer_long_args(true))),
        (
            "infer_subcommands",
            has(debug, |it| it.infer_subcommands(true)),
        ),
        ("ignore_errors", has(debug, |it| it.ignore_errors(true))),
        (
            "arg_required_else_help",
            clap.is_arg_required_else_help_set()
                && !(is_group && clap.is_subcommand_required_set()),
        ),
    ];
    let switches = switches.into_iter().filter(|(_, is_set)| *is_set);
    others.extend(switches.map(|(name, _)| (name, "true".to_owned())));
    others.extend(help_and_version(clap));
    others
}

/// A list of names. `None` if there are none.
fn joined(names: impl Iterator<Item = String>) -> Option<String> {
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What is unusual about `--help` and `--version`.
fn help_and_version(clap: &clap::Command) -> Others {
    let mut others = Others::new();
    let with = |action: fn(&clap::ArgAction) -> bool| {
        clap.get_arguments()
            .filter(move |arg| action(arg.get_action()))
    };
    let mut help = with(|it| {
        use clap::ArgAction::{Help, HelpLong, HelpShort};
        matches!(it, Help | HelpLong | HelpShort)
    });
    match help.find(|arg| is_added(arg)) {
        None => drop(others.insert("disable_help_flag", "true".to_owned())),
        Some(arg) => {
            let letter = arg.get_short();
            let taken = clap
                .get_arguments()
                .any(|it| it.get_id() != arg.get_id() && has_h(it));
            if letter != Some('h') && !taken {
                let letter = letter.map(String::from).unwrap_or_default();
                others.insert("short of --help", letter);
            }
            if !text(arg.get_help()).starts_with("Print help") {
                others.insert("help of --help", text(arg.get_help()));
            }
        }
    }
    let mut version = with(|it| matches!(it, clap::ArgAction::Version));
    if let Some(arg) = version.find(|arg| is_added(arg)) {
        let taken = |arg: &clap::Arg| {
            arg.get_short() == Some('V') && !matches!(arg.get_action(), clap::ArgAction::Version)
        };
        if arg.get_short() != Some('V') && !clap.get_arguments().any(taken) {
            let letter = arg.get_short().map(String::from).unwrap_or_default();
            others.insert("short of --version", letter);
        }
        if text(arg.get_help()) != "Print version" {
            others.insert("help of --version", text(arg.get_help()));
        }
    }
    others
}

fn has_h(arg: &clap::Arg) -> bool {
    arg.get_short() == Some('h')
        || arg
            .get_all_short_aliases()
            .unwrap_or_default()
            .contains(&'h')
}

/// Whether a command has a setting without a getter. Its bit in the `Debug` output is that of a command that has
/// only this setting.
fn has(debug: &Value, set: fn(clap::Command) -> clap::Command) -> bool {
    let plain = clap::Command::new("plain");
    let before = settings(&Value::read(&format!("{plain:?}")));
    let after = settings(&Value::read(&format!("{:?}", set(plain))));
    let bit = after & !before;
    bit != 0 && settings(debug) & bit == bit
}

fn settings(debug: &Value) -> u64 {
    let of = |name| {
        let flags = debug.field(name).and_then(|flags| flags.items().next());
        flags
            .and_then(|bits| bits.text().parse::<u64>().ok())
            .unwrap_or(0)
    };
    of("settings") | of("g_settings")
}
