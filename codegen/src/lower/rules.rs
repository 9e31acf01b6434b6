//! Rules that no single option states: those between sets, and those that follow from others.

use std::collections::HashSet;

use crate::ir::rules::Rules;
use crate::ir::{Arg, Command, Name, Takes};

/// Writes down what sets and groups say across their borders, and what follows from all rules.
pub(super) fn settle(command: &mut Command) {
    command.extra_requires = extra_requires(command);
    let (conflicts, requires) = super::groups::extra(command);
    command.extra_conflicts = conflicts;
    command.extra_requires.extend(requires);
    command.implied_conflicts = implied_conflicts(command);
}

/// The requirements that one set lays on another's options, by `required-with`.
fn extra_requires(command: &Command) -> Vec<(Name, Name)> {
    let mut pairs = Vec::new();
    for set in command.defined_sets() {
        for arg in &set.args {
            for with in &arg.required_with {
                if !set.args.iter().any(|other| *other.id == **with) {
                    pairs.push((with.clone(), arg.id.clone()));
                }
            }
        }
    }
    pairs
}

/// clap does not ask for what is required by an option when something that excludes it is given.
/// So what excludes it excludes the option, too.
fn implied_conflicts(command: &Command) -> Vec<(String, String)> {
    let rules = Rules::new(command);
    let mut pairs = Vec::new();
    let mut seen = HashSet::new();
    for arg in command.args() {
        for needed in rules.needed(arg) {
            // What is switched off is not there, though to clap its opposite excuses it.
            if let Takes::Negatable { name, .. } = &needed.takes {
                let pair = (arg.id.value.clone(), name.clone());
                if defined(command, arg) && seen.insert(pair.clone()) {
                    pairs.push(pair);
                }
            }
            for other in rules.excluded(needed).chain(rules.overriding(needed)) {
                let new = !std::ptr::eq(arg, other) && !command.in_conflict(arg, other);
                let pair = (arg.id.value.clone(), other.id.value.clone());
                if new && seen.insert(pair.clone()) {
                    // Only what is defined here can be changed here.
                    if defined(command, arg) {
                        pairs.push(pair);
                    } else if defined(command, other) {
                        pairs.push((pair.1, pair.0));
                    }
                }
            }
        }
    }
    pairs
}

/// Whether a command itself brings an option, and no command above.
fn defined(command: &Command, arg: &Arg) -> bool {
    let mut here = command.defined_sets().flat_map(|set| &set.args);
    here.any(|known| std::ptr::eq(known, arg))
}
