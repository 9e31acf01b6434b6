//! What a spec has no counterpart for.

use clap::builder::{NonEmptyStringValueParser, OsStringValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgGroup, Command, value_parser};

pub fn command() -> Command {
    let flag = |id: &'static str| Arg::new(id).long(id).help(id);
    Command::new("settings")
        .about("Many settings")
        .long_version("1.0\nbuilt on Monday")
        .before_help("Before")
        .after_long_help("After")
        .infer_long_args(true)
        .infer_subcommands(true)
        .propagate_version(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading("Verbs")
        .subcommand_value_name("VERB")
        .args_conflicts_with_subcommands(true)
        .args_override_self(true)
        .allow_external_subcommands(true)
        .arg(flag("color").action(ArgAction::SetFalse))
        .arg(flag("long-help").action(ArgAction::HelpLong))
        .arg(
            flag("level")
                .value_parser(value_parser!(i64).range(-3..))
                .hide_default_value(true)
                .default_value("0"),
        )
        .arg(flag("name").value_parser(NonEmptyStringValueParser::new()))
        .arg(flag("raw").value_parser(OsStringValueParser::new()))
        .arg(flag("even").value_parser(ValueParser::from(even)))
        .arg(flag("size").value_parser(value_parser!(usize)))
        .arg(
            flag("several")
                .num_args(0..)
                .value_delimiter(';')
                .hide_env(true)
                .env("SEVERAL"),
        )
        .arg(
            flag("two")
                .num_args(2)
                .value_names(["A", "B"])
                .hide_long_help(true),
        )
        .arg(flag("when").default_value_ifs([("two", "x", Some("y")), ("raw", "z", None)]))
        .group(
            ArgGroup::new("pair")
                .args(["raw", "even"])
                .requires("size")
                .conflicts_with("two"),
        )
        .subcommand(
            Command::new("sync")
                .about("Synchronize")
                .short_flag('S')
                .long_flag("sync")
                .flatten_help(true)
                .override_usage("settings -S")
                .arg(Arg::new("first").help("First").value_delimiter(','))
                .arg(Arg::new("rest").help("Rest").last(true).num_args(2..=3)),
        )
        .subcommand(
            Command::new("sub")
                .about("Have commands")
                .subcommand(Command::new("low").about("Low")),
        )
}

fn even(word: &str) -> Result<u8, String> {
    let number: u8 = word.parse().map_err(|_| "no number")?;
    if number % 2 == 0 {
        Ok(number)
    } else {
        Err("odd".to_owned())
    }
}
