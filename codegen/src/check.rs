//! Rules that check the whole program, one file for each family of rules.
//!
//! A rule records the errors that it finds. It doesn't change the program and doesn't depend on other
//! rules. To add a rule, write a function and list it in [`RULES`].

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

#[cfg(feature = "import")]
pub(crate) use names::is_command_name;
#[cfg(feature = "cli")]
pub(crate) use names::is_option_name;
#[cfg(feature = "import")]
pub(crate) use style::MAX_LINE;

#[cfg(feature = "cli")]
pub(crate) use examples::rejected;

use crate::diagnostic::Diagnostics;
use crate::ir::Program;
use crate::parallel;

/// Checks a program and records the errors that it finds.
type Rule = fn(&Program, &mut Diagnostics);

/// All rules that don't depend on each other.
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
    rust::group_members_once,
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
    commands::subcommands,
    commands::replacements,
    arguments::order,
    arguments::groups,
    arguments::placements,
    arguments::sigils,
    arguments::keys_of_groups,
    arguments::hidden,
    values::defaults,
    values::defaults_of_groups,
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
    documents::man_of_all,
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
    examples::files,
    examples::pictures,
];

/// Rules that do nothing if there are errors already, because they would only repeat them.
const LAST_RULES: &[Rule] = &[
    contradictions::possible,
    // This one parses the examples with clap itself.
    examples::examples,
];

/// Runs all rules.
pub(crate) fn check(program: &Program, problems: &mut Diagnostics) {
    let found = parallel::map(RULES, program.is_large(), |rule| {
        let mut found = Diagnostics::default();
        rule(program, &mut found);
        found
    });
    for found in found {
        problems.append(found);
    }
    for rule in LAST_RULES {
        rule(program, problems);
    }
}
