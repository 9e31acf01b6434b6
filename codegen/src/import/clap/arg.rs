//! Options and arguments.

use clap::builder::ValueRange;
use clap::{ArgAction, ValueHint};

use super::super::debug::Value;
use super::super::described::{Aliases, Arg, Condition, Others, Rules, Takes};
use super::{aliases, text, values};

/// Reads an argument of a command that clap has built.
pub(super) fn read(clap: &clap::Arg, command: &clap::Command) -> Arg {
    let debug = Value::read(&format!("{clap:?}"));
    let action = clap.get_action();
    let takes = match action {
        ArgAction::Set | ArgAction::Append => Takes::Value,
        ArgAction::Count => Takes::Count,
        _ => Takes::Switch,
    };
    let with_value = takes == Takes::Value;
    let values = clap.get_num_args().unwrap_or(ValueRange::SINGLE);
    let mut arg = Arg {
        id: clap.get_id().to_string(),
        short: clap.get_short(),
        long: clap.get_long().map(str::to_owned),
        aliases: names(clap),
        takes,
        help: text(clap.get_help().or(clap.get_long_help())),
        long_help: text(clap.get_long_help()),
        heading: clap.get_help_heading().map(str::to_owned),
        values: (values.min_values(), at_most(values)),
        appends: matches!(action, ArgAction::Append),
        env: clap
            .get_env()
            .map(|name| name.to_string_lossy().into_owned()),
        required: clap.is_required_set(),
        global: clap.is_global_set(),
        exclusive: clap.is_exclusive_set(),
        hidden: clap.is_hide_set(),
        hidden_short: clap.is_hide_short_help_set(),
        rules: rules(&debug, clap, command),
        defaults_when: defaults_when(&debug),
        others: others(clap),
        ..Arg::default()
    };
    if with_value {
        arg.placeholders = match clap.get_value_names() {
            Some(names) => names.iter().map(ToString::to_string).collect(),
            None => vec![arg.id.clone()],
        };
        arg.kind = values::kind(clap);
        arg.choices = values::choices(clap);
        arg.ignore_case = clap.is_ignore_case_set();
        arg.complete = complete(clap);
        arg.delimiter = clap.get_value_delimiter();
        arg.terminator = clap.get_value_terminator().map(ToString::to_string);
        let defaults = clap.get_default_values().iter();
        arg.defaults = defaults
            .map(|it| it.to_string_lossy().into_owned())
            .collect();
        arg.bare = debug
            .field("default_missing_vals")
            .map(Value::texts)
            .unwrap_or_default();
        arg.last = clap.is_last_set();
        arg.trailing = clap.is_trailing_var_arg_set();
        arg.hyphen_values = clap.is_allow_hyphen_values_set();
        arg.equals = clap.is_require_equals_set();
    }
    values::unusual(clap, &mut arg);
    arg
}

fn at_most(values: ValueRange) -> Option<usize> {
    (values.max_values() != usize::MAX).then(|| values.max_values())
}

/// The other names of an option. Those of one letter are short names.
fn names(clap: &clap::Arg) -> Aliases {
    let names = |long: Option<Vec<&str>>, short: Option<Vec<char>>| -> Vec<String> {
        let long = long.unwrap_or_default().into_iter().map(str::to_owned);
        let short = short.unwrap_or_default().into_iter().map(String::from);
        long.chain(short).collect()
    };
    let shown = names(clap.get_visible_aliases(), clap.get_visible_short_aliases());
    let all = names(clap.get_all_aliases(), clap.get_all_short_aliases());
    aliases(shown, all)
}

fn rules(debug: &Value, clap: &clap::Arg, command: &clap::Command) -> Rules {
    let ids = |name| debug.field(name).map(Value::texts).unwrap_or_default();
    let mut rules = Rules {
        conflicts: ids("conflicts"),
        overrides: ids("overrides"),
        required_unless: ids("r_unless"),
        required_if: pairs(debug.field("r_ifs")),
        required_unless_all: values::required_unless_all(clap, command, &ids("r_unless")),
        ..Rules::default()
    };
    // A list of `(IsPresent, "id")` and `(Equals("value"), "id")`.
    for rule in debug.field("requires").into_iter().flat_map(Value::items) {
        let mut parts = rule.items();
        if let (Some(predicate), Some(id)) = (parts.next(), parts.next()) {
            match predicate.texts().into_iter().next() {
                Some(value) => rules.requires_if.push((value, id.text().to_owned())),
                None => rules.requires.push(id.text().to_owned()),
            }
        }
    }
    rules
}

/// A list of pairs of strings.
fn pairs(list: Option<&Value>) -> Vec<(String, String)> {
    let pairs = list.into_iter().flat_map(Value::items).map(Value::texts);
    let pairs = pairs.filter_map(|pair| <[String; 2]>::try_from(pair).ok());
    pairs.map(|[id, value]| (id, value)).collect()
}

/// A list of `("id", Equals("value"), Some(["default"]))`.
fn defaults_when(debug: &Value) -> Vec<(Condition, Vec<String>)> {
    let list = debug
        .field("default_vals_ifs")
        .into_iter()
        .flat_map(Value::items);
    let read = |entry: &Value| {
        let mut parts = entry.items();
        let condition = Condition {
            id: parts.next()?.text().to_owned(),
            value: parts.next()?.texts().into_iter().next(),
        };
        Some((condition, parts.next()?.texts()))
    };
    list.filter_map(read).collect()
}

/// What shells complete for a value.
fn complete(clap: &clap::Arg) -> Option<&'static str> {
    Some(match clap.get_value_hint() {
        ValueHint::Other => "none",
        ValueHint::AnyPath => "path",
        ValueHint::FilePath => "file",
        ValueHint::DirPath => "directory",
        ValueHint::CommandName => "program",
        ValueHint::CommandString | ValueHint::CommandWithArguments => "command-line",
        ValueHint::Username => "user",
        ValueHint::Hostname => "host",
        ValueHint::Url => "url",
        ValueHint::EmailAddress => "email",
        _ => return None,
    })
}

fn others(clap: &clap::Arg) -> Others {
    let action = match clap.get_action() {
        ArgAction::SetFalse => "SetFalse",
        ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong => "Help",
        ArgAction::Version => "Version",
        _ => "",
    };
    let switches = [
        ("hide_default_value", clap.is_hide_default_value_set()),
        ("hide_env", clap.is_hide_env_set()),
        (
            "hide_long_help",
            clap.is_hide_long_help_set() && !clap.is_hide_set(),
        ),
        ("hide_possible_values", clap.is_hide_possible_values_set()),
        ("next_line_help", clap.is_next_line_help_set()),
        (
            "allow_negative_numbers",
            clap.is_allow_negative_numbers_set(),
        ),
    ];
    let switches = switches.into_iter().filter(|(_, is_set)| *is_set);
    let mut others: Others = switches
        .map(|(name, _)| (name, "true".to_owned()))
        .collect();
    if !action.is_empty() {
        others.insert("action", action.to_owned());
    }
    if matches!(clap.get_value_hint(), ValueHint::ExecutablePath) {
        others.insert("value_hint", "ExecutablePath".to_owned());
    }
    others
}
