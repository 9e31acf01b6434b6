//! Rules that no single option states: those between sets, and those that follow from others. And how
//! many there may be.

use std::collections::HashSet;

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::rules::{Rules, Seen};
use crate::ir::{Arg, Command, Group, Name, Takes};

/// How many pairs of options the rules of a command may be about. Some hundred are many.
pub(super) const MOST_PAIRS: usize = 10_000;

/// How much all commands of a program may take: options, rules, variables, files and exit codes, each
/// in every command. The largest programs that there are, of some 10,000 commands, take as much.
const MOST_TAKEN: usize = 400_000;

impl Lower<'_> {
    /// Writes down what sets and groups say across their borders, and what follows from all rules.
    pub(super) fn settle(&mut self, command: &mut Command) {
        command.rules = Rules::names(command);
        let named = |arg: &Arg| {
            arg.conflicts.len() + arg.requires.len() + arg.required_with.len() + arg.overrides.len()
        };
        let said: usize = command.args().map(named).sum();
        let groups = command.defined_sets().flat_map(|set| &set.groups);
        let grouped: usize = groups.map(Group::pairs).sum();
        self.taken += said;
        if said + grouped > MOST_PAIRS {
            return self.too_many_pairs(command);
        }
        command.extra_requires = extra_requires(command);
        let (conflicts, requires) = super::groups::extra(command);
        command.extra_conflicts = conflicts;
        command.extra_requires.extend(requires);
        let rules = Rules::of(command);
        match implied_conflicts(command, &rules) {
            Some(pairs) => command.implied_conflicts = pairs,
            None => self.too_many_pairs(command),
        }
        command.rules = rules;
    }

    fn too_many_pairs(&mut self, command: &Command) {
        self.problems
            .error(
                Code::TooMuch,
                command.span,
                format!(
                    "the rules of `{}` are about more than {MOST_PAIRS} pairs of options",
                    command.title()
                ),
            )
            .help("rules follow from rules, and a group of many has many pairs; part the command");
    }

    /// Counts what a command takes. Whether it is too much, so that nothing below is looked at.
    pub(super) fn takes_too_much(&mut self, command: &Command) -> bool {
        let listed = command.environment.len() + command.files.len() + command.exit_codes.len();
        let before = self.taken;
        self.taken += 1 + command.args().count() + listed;
        if before <= MOST_TAKEN && self.taken > MOST_TAKEN {
            self.problems
                .error(
                    Code::TooMuch,
                    command.span,
                    format!(
                        "up to `{}`, commands take more than {MOST_TAKEN} options, rules, variables \
                         and files",
                        command.title()
                    ),
                )
                .help("what a command takes, all commands below it take too; hand down less");
        }
        self.taken > MOST_TAKEN
    }
}

/// The requirements that one set lays on another's options, by `required-with`.
fn extra_requires(command: &Command) -> Vec<(Name, Name)> {
    let mut pairs = Vec::new();
    for set in command.defined_sets() {
        let own: HashSet<&str> = set.args.iter().map(|arg| arg.id.as_str()).collect();
        for arg in &set.args {
            for with in &arg.required_with {
                if !own.contains(with.as_str()) {
                    pairs.push((with.clone(), arg.id.clone()));
                }
            }
        }
    }
    pairs
}

/// clap does not ask for what is required by an option when something that excludes it is given. So what
/// excludes it excludes the option too, and so does all that needs what excludes it. `None` when these are
/// too many.
fn implied_conflicts(command: &Command, rules: &Rules) -> Option<Vec<(String, String)>> {
    let args: Vec<&Arg> = command.args().collect();
    let mut pairs = Vec::new();
    let mut known = HashSet::new();
    // What is defined here stands first; only that can be changed here.
    let defined: usize = command.defined_sets().map(|set| set.args.len()).sum();
    let (mut seen, mut excluded) = (Seen::default(), Seen::default());
    let relevant = rules.needs_what_excludes(command);
    let needed_by = rules.needed_by();
    for number in (0..relevant.len()).filter(|number| relevant[*number]) {
        excluded.forget(relevant.len());
        excluded.is_new(number);
        for (needed, _) in rules.needed(number, &mut seen) {
            // What is switched off is not there, though to clap its opposite excuses it.
            if let (Takes::Negatable { name, .. }, true) = (&args[needed].takes, number < defined) {
                pairs.push((args[number].id.value.clone(), name.clone()));
            }
            let others = rules.excluded(needed).iter();
            let mut next: Vec<usize> = others.chain(rules.overriding(needed)).copied().collect();
            while let Some(other) = next.pop() {
                if !excluded.is_new(other) {
                    continue;
                }
                next.extend(&needed_by[other]);
                if rules.in_conflict(number, other) {
                    continue;
                }
                let pair = match (number < defined, other < defined) {
                    (true, _) => (number, other),
                    (false, true) => (other, number),
                    (false, false) => continue,
                };
                if known.insert((number.min(other), number.max(other))) {
                    let id = |number: usize| args[number].id.value.clone();
                    pairs.push((id(pair.0), id(pair.1)));
                }
                if pairs.len() > MOST_PAIRS {
                    return None;
                }
            }
        }
    }
    Some(pairs)
}
