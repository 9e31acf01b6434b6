//! What a spec has no counterpart for.

use super::super::debug::Value;
use super::super::described::Others;
use super::{is_added, text};

/// What a command has that a spec has no counterpart for.
pub(super) fn of(clap: &clap::Command, debug: &Value, is_group: bool) -> Others {
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
