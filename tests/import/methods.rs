//! The methods of clap's `Arg`, each of which has to change the spec or the report.

use std::collections::BTreeSet;
use std::fs;

use clap::builder::ArgPredicate;
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};

use super::converted;
use crate::support::root;

/// Methods of clap that change nothing that a spec could say.
const WITHOUT_EFFECT: [&str; 6] = [
    // A spec has no values that aren't Unicode.
    "default_missing_value_os",
    "default_missing_values_os",
    // clapspec never shows the values of variables.
    "hide_env_values",
    // A group that limits nothing.
    "group",
    "groups",
    // Neither returned nor printed by clap.
    "required_if_eq_all",
];

/// Whatever is changed in a definition, the spec or the report changes.
#[test]
fn every_method_of_clap_changes_something() {
    let mut same = Vec::new();
    let mut seen = BTreeSet::new();
    for (name, before, after) in args() {
        seen.insert(name);
        if converted(&with(before)) == converted(&with(after)) {
            same.push(name);
        }
    }
    let page = fs::read_to_string(root().join("docs/src/clap-parity.md")).expect("the page");
    let table = page.split("\n## Arg\n").nth(1).expect("the table");
    let table = table.split("\n## ").next().expect("its end");
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| `") && !line.contains("| For Rust"));
    let names = rows.flat_map(|row| row.split('|').nth(1).expect("a cell").split(','));
    let names = names.map(|name| name.trim().trim_matches('`'));
    let missing: Vec<&str> = names
        .filter(|name| !["new", "id"].contains(name))
        .filter(|name| !seen.contains(name) && !WITHOUT_EFFECT.contains(name))
        .collect();
    assert!(same.is_empty(), "these change nothing: {same:?}");
    assert!(missing.is_empty(), "these are not tried: {missing:?}");
}

/// A program with this argument and some others.
pub fn with(arg: Arg) -> Command {
    let flag = |id: &'static str| Arg::new(id).long(id).action(ArgAction::SetTrue).help(id);
    Command::new("tool")
        .about("Try it")
        .arg(arg)
        .arg(flag("other"))
        .arg(Arg::new("third").long("third").help("third"))
        .subcommand(Command::new("sub").about("Sub"))
}

/// The methods of `Arg`, each with an argument without and with it.
fn args() -> Vec<(&'static str, Arg, Arg)> {
    let option = || Arg::new("it").long("it").help("It");
    let argument = || Arg::new("it").help("It");
    let many = || argument().num_args(1..);
    let choices = || option().value_parser(["one", "two"]);
    let env = || option().env("IT");
    let bare = || option().num_args(0..=1).default_missing_value("a");
    vec![
        ("short", option(), option().short('i')),
        ("long", argument(), option()),
        ("alias", option(), option().alias("that")),
        ("aliases", option(), option().aliases(["that", "those"])),
        ("short_alias", option(), option().short_alias('t')),
        (
            "short_aliases",
            option(),
            option().short_aliases(['t', 'u']),
        ),
        ("visible_alias", option(), option().visible_alias("that")),
        (
            "visible_aliases",
            option(),
            option().visible_aliases(["that"]),
        ),
        (
            "visible_short_alias",
            option(),
            option().visible_short_alias('t'),
        ),
        (
            "visible_short_aliases",
            option(),
            option().visible_short_aliases(['t']),
        ),
        ("help", option(), option().help("Other")),
        ("long_help", option(), option().long_help("It\n\nMore")),
        ("index", option(), argument().index(1)),
        ("required", option(), option().required(true)),
        ("last", argument(), argument().last(true)),
        ("trailing_var_arg", many(), many().trailing_var_arg(true)),
        ("raw", many(), many().raw(true)),
        ("global", option(), option().global(true)),
        ("action", option(), option().action(ArgAction::Count)),
        (
            "value_parser",
            option(),
            option().value_parser(value_parser!(u16)),
        ),
        ("num_args", option(), option().num_args(2..)),
        ("value_name", option(), option().value_name("THAT")),
        (
            "value_names",
            option(),
            option().num_args(2).value_names(["A", "B"]),
        ),
        ("value_hint", option(), option().value_hint(ValueHint::Url)),
        ("ignore_case", choices(), choices().ignore_case(true)),
        (
            "allow_hyphen_values",
            option(),
            option().allow_hyphen_values(true),
        ),
        (
            "allow_negative_numbers",
            option(),
            option().allow_negative_numbers(true),
        ),
        ("require_equals", bare(), bare().require_equals(true)),
        ("value_delimiter", option(), option().value_delimiter(',')),
        ("value_terminator", many(), many().value_terminator(";")),
        ("default_value", option(), option().default_value("a")),
        (
            "default_values",
            option().num_args(1..),
            option().num_args(1..).default_values(["a", "b"]),
        ),
        ("default_missing_value", option().num_args(0..=1), bare()),
        (
            "default_missing_values",
            option().num_args(0..),
            option().num_args(0..).default_missing_values(["a", "b"]),
        ),
        (
            "default_value_if",
            option(),
            option().default_value_if("other", "true", "a"),
        ),
        (
            "default_value_ifs",
            option(),
            option().default_value_ifs([("third", "x", "a")]),
        ),
        (
            "default_values_if",
            option(),
            option().default_values_if("third", "x", ["a", "b"]),
        ),
        (
            "default_values_ifs",
            option(),
            option().default_values_ifs([("third", ArgPredicate::IsPresent, ["a", "b"])]),
        ),
        ("env", option(), env()),
        ("display_order", option(), option().display_order(9)),
        ("help_heading", option(), option().help_heading("Them")),
        ("next_line_help", option(), option().next_line_help(true)),
        ("hide", option(), option().hide(true)),
        ("hide_short_help", option(), option().hide_short_help(true)),
        ("hide_long_help", option(), option().hide_long_help(true)),
        (
            "hide_possible_values",
            choices(),
            choices().hide_possible_values(true),
        ),
        (
            "hide_default_value",
            option(),
            option().hide_default_value(true),
        ),
        ("hide_env", env(), env().hide_env(true)),
        ("requires", option(), option().requires("other")),
        ("requires_if", option(), option().requires_if("x", "other")),
        (
            "requires_ifs",
            option(),
            option().requires_ifs([("x", "other")]),
        ),
        (
            "required_unless_present",
            option(),
            option().required_unless_present("other"),
        ),
        (
            "required_unless_present_any",
            option(),
            option().required_unless_present_any(["other", "third"]),
        ),
        (
            "required_unless_present_all",
            option(),
            option().required_unless_present_all(["other", "third"]),
        ),
        (
            "required_if_eq",
            option(),
            option().required_if_eq("third", "x"),
        ),
        (
            "required_if_eq_any",
            option(),
            option().required_if_eq_any([("third", "x")]),
        ),
        ("conflicts_with", option(), option().conflicts_with("other")),
        (
            "conflicts_with_all",
            option(),
            option().conflicts_with_all(["other", "third"]),
        ),
        ("overrides_with", option(), option().overrides_with("other")),
        (
            "overrides_with_all",
            option(),
            option().overrides_with_all(["other", "it"]),
        ),
        ("exclusive", option(), option().exclusive(true)),
    ]
}
