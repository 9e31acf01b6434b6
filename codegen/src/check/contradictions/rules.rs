//! The rules of a command as clauses, which the program enforces with clap (`validate_required` and
//! `validate_conflicts` of its parser's validator).

use super::solver::Literal;
use crate::ir::{Arg, Command, Condition, Form, Name, Takes};
use crate::source::Span;

/// Rules of one command that are looked at together. More are taken to be possible, for the sake of time.
const MOST_RULES: usize = 500;

/// What must hold on every command line.
pub(super) struct Rule {
    /// One of these at least.
    pub(super) literals: Vec<Literal>,
    /// In words that may follow "because".
    pub(super) why: String,
    pub(super) span: Span,
}

/// The rules of a command; `None` where there are none, or too many to look at.
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
        for group in command.groups().filter(|group| group.kind.is_required()) {
            let members = group.members.iter();
            let members: Vec<usize> = members
                .filter_map(|name| command.rules.number(name))
                .collect();
            rules.push(Rule {
                why: format!("one of {} must be given", self.list(&members)),
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
                        why: format!("nothing can be given with `{written}`"),
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

    /// When an argument is required that need not be given otherwise. To clap, only what stands alone frees
    /// from that.
    fn conditions(&self, number: usize, arg: &Arg, alone: &[usize], rules: &mut Vec<Rule>) {
        if arg.required_if().next().is_none() {
            return;
        }
        let known = |name: &Name| self.0.rules.number(name);
        let alone = alone.iter().map(|other| (*other, true));
        let free: Vec<Literal> = std::iter::once((number, true)).chain(alone).collect();
        let mut add = |others: Vec<Literal>, why: String, span: Span| {
            let literals = free.iter().copied().chain(others).collect();
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
                self.list(&any)
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
        // Of options with values, another value may be given.
        let switch = |condition: &Condition| {
            let other = self.0.arg(&condition.arg)?;
            matches!(other.takes, Takes::Switch).then_some(())?;
            known(&condition.arg)
        };
        let why = |others: &[usize]| format!("`{written}` is required with {}", self.list(others));
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

    /// An argument is known by its place, so that those before it must be given.
    fn order(&self, rules: &mut Vec<Rule>) {
        let by_place =
            |(_, arg): &(usize, &Arg)| matches!(arg.form, Form::Argument { last: false, .. });
        let args: Vec<(usize, &Arg)> = self.0.args().enumerate().filter(by_place).collect();
        for pair in args.windows(2) {
            let [(before, first), (after, second)] = pair else {
                continue;
            };
            if !second.env.is_empty() {
                // Its variable has no place.
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

    /// `a`, `b` or `c`
    fn list(&self, numbers: &[usize]) -> String {
        let names: Vec<String> = numbers
            .iter()
            .map(|number| format!("`{}`", self.name(*number)))
            .collect();
        match names.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{} or {last}", others.join(", "))
            }
            _ => names.concat(),
        }
    }
}
