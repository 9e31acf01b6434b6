//! Rules that no single option defines: those between sets, and those that follow from other rules; and
//! the limits on the number of rules.

use std::collections::HashSet;

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::rules::{Rules, Seen};
use crate::ir::{Arg, Command, Group, Name};

/// The largest number of pairs of options in the rules of a command. Real commands have some hundred at
/// most.
pub(super) const MOST_PAIRS: usize = 10_000;

/// The largest number of options, rules, variables, files and exit codes of all commands together,
/// counted in each command that has them. The largest known programs, with some 10,000 commands,
/// come close to it.
const MOST_TAKEN: usize = 400_000;

impl Lower<'_> {
    /// Adds the rules between options of different sets, and the conflicts that follow from all rules.
    pub(super) fn settle(&mut self, command: &mut Command) {
        command.rules = Rules::names(command);
        let named = |arg: &Arg| {
            arg.conflicts.len() + arg.requires.len() + arg.required_with.len() + arg.overrides.len()
        };
        let direct: usize = command.args().map(named).sum();
        let groups = command.defined_sets().flat_map(|set| &set.groups);
        let grouped: usize = groups.map(Group::pairs).sum();
        self.taken += direct;
        if direct + grouped > MOST_PAIRS {
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
                    "the rules of `{}` involve more than {MOST_PAIRS} pairs of options",
                    command.title()
                ),
            )
            .help("split the command, or use smaller option groups; implied rules count too");
    }

    /// Counts what a command takes. Returns whether it is too much, so that its subcommands are skipped.
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
                        "the commands up to `{}` have more than {MOST_TAKEN} options, rules, \
                         variables and files",
                        command.title()
                    ),
                )
                .help(
                    "move options to the subcommands that need them: all subcommands inherit them",
                );
        }
        self.taken > MOST_TAKEN
    }
}

/// Returns the requirements that `required-with` adds to options of another set.
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

/// Returns the conflicts that follow from other rules, or `None` if there are too many.
///
/// If `a` requires `b`, clap doesn't insist on `b` when `c`, which conflicts with `b`, is given.
/// Therefore `c` must conflict with `a` too, and so must everything that requires `c`.
fn implied_conflicts(command: &Command, rules: &Rules) -> Option<Vec<(String, String)>> {
    let args: Vec<&Arg> = command.args().collect();
    let mut pairs = Vec::new();
    let mut known = HashSet::new();
    // The command's own options come first. Only their rules can be changed here.
    let defined: usize = command.defined_sets().map(|set| set.args.len()).sum();
    let (mut seen, mut excluded) = (Seen::default(), Seen::default());
    let relevant = rules.needs_what_excludes(command);
    let needed_by = rules.needed_by();
    for number in (0..relevant.len()).filter(|number| relevant[*number]) {
        excluded.forget(relevant.len());
        excluded.is_new(number);
        for (needed, _) in rules.needed(number, &mut seen) {
            // A switch that is turned off counts as not given, but clap accepts its `--no-NAME` instead.
            if let (Some(opposite), true) = (args[needed].opposite(), number < defined) {
                pairs.push((args[number].id.value.clone(), opposite.name.value.clone()));
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
