//! What is made for clap from several facts.

use std::fmt::Write as _;

use clap::builder::{
    PossibleValue, PossibleValuesParser, StyledStr, TypedValueParser, ValueParser,
};
use clap::{Arg, ArgAction};

/// Accepts choices, and gives each by its own name where it has others.
pub(super) fn choice_parser(choices: Vec<PossibleValue>, ignore_case: bool) -> ValueParser {
    let parser = PossibleValuesParser::new(choices.clone());
    let plain = |choice: &PossibleValue| choice.get_name_and_aliases().nth(1).is_none();
    if !ignore_case && choices.iter().all(plain) {
        return parser.into();
    }
    let parser = parser.map(move |word| {
        let meant = choices.iter().find(|c| c.matches(&word, ignore_case));
        meant.map_or(word, |choice| choice.get_name().to_owned())
    });
    parser.into()
}

/// The switch that takes back another.
pub(super) fn negation_of(arg: &Arg, name: &'static str, heading: Option<&'static str>) -> Arg {
    let id = arg.get_id().clone();
    let mut help = StyledStr::new();
    // Writing to a StyledStr, as to a String, does not fail.
    let _ = match arg.get_long() {
        Some(long) => write!(help, "The opposite of `--{long}`"),
        None => write!(help, "The opposite of `{id}`"),
    };
    let negation = Arg::new(name)
        .long(name)
        .help(help)
        .action(ArgAction::SetTrue)
        .overrides_with(if arg.get_env().is_some() {
            name.into()
        } else {
            id
        })
        .global(arg.is_global_set())
        .hide(arg.is_hide_set())
        .hide_short_help(arg.is_hide_short_help_set())
        .display_order(arg.get_display_order() + 1);
    match heading {
        Some(heading) => negation.help_heading(heading),
        None => negation,
    }
}
