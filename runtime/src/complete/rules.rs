//! The options that may still be given, and those that are still missing.

use std::ffi::OsString;

use crate::line::{Given, Line};
use crate::model::{Arg, Condition, Group, Kind, Rule};

/// The rules of a command, applied to a command line that is still being typed.
pub(super) struct Rules<'a> {
    line: &'a Line,
    /// The identifiers of the options and arguments that are given.
    given: Vec<&'static str>,
    /// The identifiers of the options whose opposite is given.
    off: Vec<&'static str>,
    override_self: bool,
}

impl<'a> Rules<'a> {
    /// Creates the rules. `letters` are the options in the token at the cursor, which is not part of the
    /// line.
    pub(super) fn new(line: &'a Line, letters: &[&'static str], override_self: bool) -> Self {
        // An option that a later one overrides is as if it weren't given, and the opposite of a switch has
        // no rules.
        let options = line.called.args().filter(|arg| !arg.positional);
        let counting = options.filter_map(|arg| line.counting(arg.id));
        let (off, on): (Vec<&Given>, Vec<&Given>) = counting.partition(|given| given.off);
        let id = |given: &Given| line.arg(given).id;
        let mut given: Vec<&str> = on.into_iter().map(id).collect();
        let positionals = line.called.positionals();
        let positionals = positionals.filter(|arg| line.has_words_for(arg));
        given.extend(positionals.map(|arg| arg.id));
        given.extend(letters);
        Self {
            line,
            given,
            off: off.into_iter().map(id).collect(),
            override_self,
        }
    }

    fn is_given(&self, id: &str) -> bool {
        self.given.contains(&id)
    }

    /// Returns whether an option can be given: it is not given yet or may be repeated, and nothing that
    /// is given conflicts with it.
    pub(super) fn allow(&self, arg: &Arg) -> bool {
        (self.may_repeat(arg) || !self.is_given(arg.id)) && self.fit(arg)
    }

    fn may_repeat(&self, arg: &Arg) -> bool {
        let counts = matches!(arg.kind, Kind::Count(_));
        arg.repeat || counts || self.override_self || arg.replaces(arg)
    }

    /// Returns whether nothing that is given conflicts with an option or argument.
    pub(super) fn fit(&self, arg: &Arg) -> bool {
        !self.has_conflict(arg) && !self.is_excluded_by_values(arg)
    }

    fn has_conflict(&self, arg: &Arg) -> bool {
        let mut others = self.given.iter().filter(|id| **id != arg.id);
        others.any(|id| self.conflict(arg, id))
    }

    /// Returns whether the values of other options exclude an option or argument.
    fn is_excluded_by_values(&self, arg: &Arg) -> bool {
        let (mut excluding, mut all_excluding) = (Vec::new(), Vec::new());
        let (mut needed, mut all_needed) = (Vec::new(), Vec::new());
        for rule in &arg.rules {
            match rule {
                Rule::ConflictsWhen(when) => excluding.push(self.holds(when)),
                Rule::ConflictsWhenAll(when) => all_excluding.push(self.holds(when)),
                Rule::RequiresWhen(when) => needed.push(self.may_hold(when)),
                Rule::RequiresWhenAll(when) => all_needed.push(self.may_hold(when)),
                _ => {}
            }
        }
        excluding.contains(&true)
            || !all_excluding.is_empty() && !all_excluding.contains(&false)
            || !needed.is_empty() && !needed.contains(&true)
            || all_needed.contains(&false)
    }

    /// Returns whether the opposite of a switch can be given.
    pub(super) fn allow_off(&self, arg: &Arg) -> bool {
        !self.off.contains(&arg.id) && (self.is_given(arg.id) || !self.has_conflict(arg))
    }

    fn conflict(&self, arg: &Arg, given: &str) -> bool {
        let called = &self.line.called;
        called.arg(given).is_some_and(|given| {
            let overrides = arg.replaces(given) || given.replaces(arg);
            let is_alone = arg.is_exclusive() || given.is_exclusive();
            !overrides && (is_alone || called.conflict(arg, given))
        })
    }

    /// Returns whether the command line is incomplete without this option.
    pub(super) fn need(&self, arg: &Arg) -> bool {
        if self.is_given(arg.id) {
            return false;
        }
        let called = &self.line.called;
        let is_needed = |group: &Group| {
            group.required || self.given.iter().any(|id| self.requires(id, group.name))
        };
        let groups = called.groups();
        let open = groups.filter(|group| !group.members.iter().any(|id| self.is_given(id)));
        let mut open = open.filter(|group| is_needed(group));
        arg.is_required()
            || called.command().needs.contains(&arg.id)
            || open.any(|group| group.members.contains(&arg.id))
            || self.given.iter().any(|id| self.requires(id, arg.id))
            || self.is_needed_by_its_rules(arg)
    }

    fn requires(&self, given: &str, id: &str) -> bool {
        let called = &self.line.called;
        let own = called.arg(given).is_some_and(|arg| {
            let requires = |rule: &Rule| matches!(rule, Rule::Requires(other) if *other == id);
            arg.rules.iter().any(requires)
        });
        own || called.upwards().any(|command| {
            let mut pairs = command.requires.iter();
            pairs.any(|&(a, b)| a == given && b == id)
        })
    }

    /// Returns whether a rule requires an option in this case.
    fn is_needed_by_its_rules(&self, arg: &Arg) -> bool {
        let (mut unless, mut unless_all) = (Vec::new(), Vec::new());
        let (mut when, mut when_all) = (Vec::new(), Vec::new());
        for rule in &arg.rules {
            match rule {
                Rule::RequiredUnless(id) => unless.push(self.is_given(id)),
                Rule::RequiredUnlessAll(id) => unless_all.push(self.is_given(id)),
                Rule::RequiredWhen(condition) => when.push(self.holds(condition)),
                Rule::RequiredWhenAll(condition) => when_all.push(self.holds(condition)),
                _ => {}
            }
        }
        !unless.is_empty() && !unless.contains(&true)
            || unless_all.contains(&false)
            || when.contains(&true)
            || !when_all.is_empty() && !when_all.contains(&false)
    }

    /// Returns whether a condition holds, or may still hold once the rest of the command line is typed.
    fn may_hold(&self, condition: &Condition) -> bool {
        let line = self.line;
        let is_open = |arg: &Arg| {
            let is_given = match arg.positional {
                true => line.has_words_for(arg),
                false => line.counting(arg.id).is_some(),
            };
            !is_given || arg.negation.is_some() || self.may_repeat(arg)
        };
        line.called.arg(condition.arg).is_some_and(is_open) || self.holds(condition)
    }

    /// Returns whether a condition holds, with the values that are typed or defaults.
    fn holds(&self, condition: &Condition) -> bool {
        let Some(arg) = self.line.called.arg(condition.arg) else {
            return false;
        };
        if !arg.takes_value() {
            let is_on = match self.line.counting(arg.id) {
                Some(given) => !given.off,
                None => arg.defaults.first() == Some(&"true"),
            };
            return condition.is == is_on.to_string();
        }
        let is = condition.meant(&self.line.called);
        let values = self.values(arg).into_iter();
        let mut names = values.map(|value| arg.meaning(value).map_or(value, |choice| choice.name));
        names.any(|name| name == is)
    }

    /// Returns the values of an option or argument that are typed, or else its defaults.
    fn values<'b>(&'b self, arg: &'b Arg) -> Vec<&'b str> {
        let line = self.line;
        let typed: Vec<&[OsString]> = match line.counting(arg.id) {
            _ if arg.positional && line.has_words_for(arg) => vec![line.words_of(arg)],
            Some(_) if arg.repeat => {
                let all = line.given.iter();
                let all = all.filter(|given| line.arg(given).id == arg.id);
                all.map(|given| &*given.values).collect()
            }
            Some(last) => vec![&last.values],
            None => return arg.defaults.clone(),
        };
        let words = |words: &'b [OsString]| match (words, arg.bare) {
            ([], Some(bare)) => vec![bare],
            _ => words.iter().filter_map(|word| word.to_str()).collect(),
        };
        typed.into_iter().flat_map(words).collect()
    }
}
