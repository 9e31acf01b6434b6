//! The rules of a command as logical clauses. They model what clap enforces in the program
//! (`validate_required` and `validate_conflicts` in clap's validator).

use super::solver::Literal;
use crate::ir::{Arg, Command, Condition, Form, Name, Takes};
use crate::source::Span;

/// The number of rules of a command that are checked together. A command with more rules is not checked,
/// because that would take too long.
const MOST_RULES: usize = 500;

/// A rule that every command line must satisfy.
pub(super) struct Rule {
    /// At least one of these must be true.
    pub(super) literals: Vec<Literal>,
    /// An explanation for messages, as a clause.
    pub(super) why: String,
    pub(super) span: Span,
}

/// Returns the rules of a command, or `None` if there are none or too many.
pub(super) fn of(command: &Command) -> Option<Vec<Rule>> {
    Rules(command).all()
}

struct Rules<'a>(&'a Command);

impl Rules<'_> {
    fn all(&self) -> Option<Vec<Rule>> {
        let command = self.0;
        let mut rules = Vec::new();
        let alone = command.args().enumerate().filter(|(_, arg)| arg.exclusive);
        let alone: Vec<usize> = alone.map(|(number, _)| number).collect();
        if alone.len() * command.args().count() > MOST_RULES {
            return None;
        }
        for (number, arg) in command.args().enumerate() {
            self.of_arg(number, arg, &alone, &mut rules);
            if rules.len() > MOST_RULES {
                return None;
            }
        }
        for name in &command.needs {
            if let Some(number) = command.rules.number(name) {
                rules.push(self.required(number, name.span));
            }
        }
        for group in command.groups().filter(|group| group.is_required()) {
            let members = group.members.iter();
            let members: Vec<usize> = members
                .filter_map(|name| command.rules.number(name))
                .collect();
            rules.push(Rule {
                why: format!("{} is required", self.list(&members, "or")),
                literals: members.into_iter().map(|member| (member, true)).collect(),
                span: group.name.span,
            });
        }
        self.order(&mut rules);
        (1..=MOST_RULES).contains(&rules.len()).then_some(rules)
    }

    fn of_arg(&self, number: usize, arg: &Arg, alone: &[usize], rules: &mut Vec<Rule>) {
        let command = self.0;
        let written = arg.written();
        if arg.required {
            rules.push(self.required(number, arg.id.span));
        }
        for name in command.requires(arg) {
            if let Some(other) = command.rules.number(name) {
                rules.push(Rule {
                    literals: vec![(number, false), (other, true)],
                    why: format!("`{written}` requires `{}`", self.name(other)),
                    span: name.span,
                });
            }
        }
        for (name, members) in &arg.requires_any {
            let members = members.iter();
            let members: Vec<usize> = members.filter_map(|id| command.rules.number(id)).collect();
            let any = members.iter().map(|member| (*member, true));
            rules.push(Rule {
                literals: std::iter::once((number, false)).chain(any).collect(),
                why: format!("`{written}` requires {}", self.list(&members, "or")),
                span: name.span,
            });
        }
        let after = |other: &&usize| **other > number;
        for other in command.rules.excluded(number).iter().filter(after) {
            rules.push(Rule {
                literals: vec![(number, false), (*other, false)],
                why: format!("`{written}` conflicts with `{}`", self.name(*other)),
                span: arg.id.span,
            });
        }
        if arg.exclusive {
            for (other, one) in command.args().enumerate() {
                if other != number && one.id.value != arg.id.value {
                    rules.push(Rule {
                        literals: vec![(number, false), (other, false)],
                        why: format!("`{written}` can't be used with anything else"),
                        span: arg.id.span,
                    });
                }
            }
        }
        self.conditions(number, arg, alone, rules);
    }

    fn required(&self, number: usize, span: Span) -> Rule {
        Rule {
            literals: vec![(number, true)],
            why: format!("`{}` is required", self.name(number)),
            span,
        }
    }

    /// Adds the conditions under which an argument is required. In clap, only an exclusive argument
    /// lifts them.
    fn conditions(&self, number: usize, arg: &Arg, alone: &[usize], rules: &mut Vec<Rule>) {
        if arg.required_if().next().is_none() {
            return;
        }
        let known = |name: &Name| self.0.rules.number(name);
        let alone = alone.iter().map(|other| (*other, true));
        let lifting: Vec<Literal> = std::iter::once((number, true)).chain(alone).collect();
        let mut add = |others: Vec<Literal>, why: String, span: Span| {
            let literals = lifting.iter().copied().chain(others).collect();
            rules.push(Rule {
                literals,
                why,
                span,
            });
        };
        let written = arg.written();
        let any: Vec<usize> = arg.required_unless.iter().filter_map(known).collect();
        let any_given = any.iter().map(|other| (*other, true));
        if let (Some(first), true) = (
            arg.required_unless.first(),
            arg.required_unless_all.is_empty(),
        ) {
            let why = format!(
                "`{written}` is required unless {} is given",
                self.list(&any, "or")
            );
            add(any_given.clone().collect(), why, first.span);
        }
        for name in &arg.required_unless_all {
            let Some(other) = known(name) else { continue };
            let why = format!(
                "`{written}` is required unless `{}` is given",
                self.name(other)
            );
            add(
                any_given.clone().chain([(other, true)]).collect(),
                why,
                name.span,
            );
        }
        // An option with a value can avoid the condition with another value, so only switches count.
        let switch = |condition: &Condition| {
            let other = self.0.arg(&condition.arg)?;
            matches!(other.takes, Takes::Switch).then_some(())?;
            known(&condition.arg)
        };
        let why =
            |others: &[usize]| format!("`{written}` is required with {}", self.list(others, "and"));
        for condition in &arg.required_when {
            if let Some(other) = switch(condition) {
                add(vec![(other, false)], why(&[other]), condition.arg.span);
            }
        }
        let all: Option<Vec<usize>> = arg.required_when_all.iter().map(switch).collect();
        if let (Some(all), Some(first)) = (all, arg.required_when_all.first()) {
            let absent = all.iter().map(|other| (*other, false)).collect();
            add(absent, why(&all), first.arg.span);
        }
    }

    /// Adds the order of positional arguments: one can only be given after those before it.
    fn order(&self, rules: &mut Vec<Rule>) {
        let is_positional =
            |(_, arg): &(usize, &Arg)| matches!(arg.form, Form::Argument { last: false, .. });
        let args: Vec<(usize, &Arg)> = self.0.args().enumerate().filter(is_positional).collect();
        for pair in args.windows(2) {
            let [(before, first), (after, second)] = pair else {
                continue;
            };
            if !second.env.is_empty() {
                // It may come from its environment variable instead.
                continue;
            }
            rules.push(Rule {
                literals: vec![(*after, false), (*before, true)],
                why: format!("`{}` comes after `{}`", second.written(), first.written()),
                span: second.id.span,
            });
        }
    }

    fn name(&self, number: usize) -> String {
        self.0.nth_arg(number).map_or(String::new(), Arg::written)
    }

    /// Returns a list such as `a`, `b` or `c`, where `word` comes before the last name.
    fn list(&self, numbers: &[usize], word: &str) -> String {
        let names: Vec<String> = numbers
            .iter()
            .map(|number| format!("`{}`", self.name(*number)))
            .collect();
        match names.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{} {word} {last}", others.join(", "))
            }
            _ => names.concat(),
        }
    }
}
