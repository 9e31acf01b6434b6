//! Rules about the whole program, a file for each family.
//!
//! A rule looks at the program and records what is wrong; it changes nothing and knows nothing of
//! other rules. A new one is a function and a line in [`RULES`].

mod arguments;
mod commands;
mod config;
mod contract;
mod contradictions;
mod documents;
mod examples;
mod names;
mod output;
mod references;
mod rust;
mod style;
mod values;

use crate::diagnostic::Diagnostics;
use crate::ir::Program;

/// Looks at a program and records errors.
type Rule = fn(&Program, &mut Diagnostics);

/// All rules.
const RULES: &[Rule] = &[
    names::commands,
    names::arguments,
    names::variables,
    names::command_names_once,
    names::topics,
    names::argument_names_once,
    names::choices,
    names::choices_once,
    rust::types_once,
    rust::members_once,
    rust::output_members_once,
    output::exit_codes,
    references::conflicts_and_requires,
    contradictions::contradictions,
    contradictions::never_given,
    contradictions::required_and_excluded,
    contradictions::pointless_requirements,
    references::links,
    references::links_of_topics,
    references::see_also,
    commands::below,
    commands::replacements,
    arguments::order,
    arguments::groups,
    arguments::keys_of_groups,
    arguments::hidden,
    values::defaults,
    values::conditions,
    values::digits,
    values::delimiters,
    contract::exit_codes,
    contract::exit_codes_needed,
    contract::questions,
    contract::roles,
    contract::results,
    config::files,
    config::settings,
    documents::exit_codes_once,
    documents::names,
    documents::unused_sets,
    style::one_line_texts,
    style::repeated_texts,
    style::kebab_case,
    style::variables_once,
    style::variables_called_true,
    style::values_like_choices,
    values::paths,
    style::unused_exit_codes,
    style::examples,
    examples::exit_codes,
    // Last come those that have no use where something else is wrong: they would say it again.
    contradictions::possible,
    // Tried on clap itself.
    examples::examples,
];

/// Applies all rules.
pub(crate) fn check(program: &Program, problems: &mut Diagnostics) {
    for rule in RULES {
        rule(program, problems);
    }
}
