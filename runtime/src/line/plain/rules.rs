//! The rules between the arguments and options of a plain command line.

use super::super::Line;
use super::super::matches::Entry;
use super::certain;
use crate::model::{Arg, Rule};

/// Returns `None` if a rule may not hold.
pub(super) fn hold(line: &Line, entries: &[Entry]) -> Option<()> {
    let rules = Rules { entries };
    let called = &line.called;
    for arg in called.args() {
        match rules.is_given(arg.id)? {
            true => rules.given(arg)?,
            false => rules.missing(arg)?,
        }
    }
    for command in called.upwards() {
        for (a, b) in &command.requires {
            certain(!rules.is_given(a)? || rules.is_given(b)?)?;
        }
        for (a, b) in command.conflicts.iter().chain(&command.implied) {
            certain(!rules.is_given(a)? || !rules.is_given(b)?)?;
        }
    }
    for id in &called.command().needs {
        certain(rules.is_given(id)?)?;
    }
    for group in called.groups().filter(|group| group.required) {
        let mut members = group.members.iter();
        certain(members.any(|id| rules.is_given(id) == Some(true)))?;
    }
    Some(())
}

struct Rules<'a> {
    entries: &'a [Entry],
}

impl Rules<'_> {
    /// Checks the rules of an argument that was given.
    fn given(&self, arg: &Arg) -> Option<()> {
        for rule in &arg.rules {
            certain(match *rule {
                Rule::Conflicts(other) => !self.is_given(other)?,
                Rule::Overrides(other) => other == arg.id || !self.is_given(other)?,
                Rule::Requires(other) => self.is_given(other)?,
                Rule::Exclusive => self.entries.iter().filter(|it| it.is_given).count() == 1,
                Rule::ConflictsWhen(_)
                | Rule::ConflictsWhenAll(_)
                | Rule::RequiresWhen(_)
                | Rule::RequiresWhenAll(_) => false,
                Rule::Required
                | Rule::RequiredWith(_)
                | Rule::RequiredUnless(_)
                | Rule::RequiredUnlessAll(_)
                | Rule::RequiredWhen(_)
                | Rule::RequiredWhenAll(_) => true,
            })?;
        }
        Some(())
    }

    /// Checks the rules of an argument that was not given.
    fn missing(&self, arg: &Arg) -> Option<()> {
        // Of each list, whether what it waits for was given.
        let (mut unless, mut unless_all, mut when_all) = (Vec::new(), Vec::new(), Vec::new());
        for rule in &arg.rules {
            match *rule {
                Rule::Required => return None,
                Rule::RequiredUnless(other) => unless.push(self.is_given(other)?),
                Rule::RequiredUnlessAll(other) => unless_all.push(self.is_given(other)?),
                // clap compares no defaults here, so the condition holds only if the other was given.
                Rule::RequiredWhen(when) => certain(!self.is_given(when.arg)?)?,
                Rule::RequiredWhenAll(when) => when_all.push(self.is_given(when.arg)?),
                Rule::Conflicts(_)
                | Rule::Overrides(_)
                | Rule::Requires(_)
                | Rule::RequiredWith(_)
                | Rule::Exclusive
                | Rule::ConflictsWhen(_)
                | Rule::ConflictsWhenAll(_)
                | Rule::RequiresWhen(_)
                | Rule::RequiresWhenAll(_) => {}
            }
        }
        let all = |list: &[bool]| !list.is_empty() && list.iter().all(|is_given| *is_given);
        let is_free = unless.is_empty() && unless_all.is_empty();
        certain(is_free || unless.contains(&true) || all(&unless_all))?;
        certain(!all(&when_all))
    }

    /// Returns whether an argument, an option or a negation was given. Returns `None` for anything else.
    fn is_given(&self, id: &str) -> Option<bool> {
        let entry = self.entries.iter().find(|entry| entry.id == id);
        entry.map(|entry| entry.is_given)
    }
}
