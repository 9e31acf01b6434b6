//! Groups of options, as rules between the options themselves: clap then says which of them is
//! wrong, and documents need to know of one kind of rule only.

use std::collections::HashMap;

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::{Arg, ArgSet, Command, Group, GroupKind, Name};
use crate::spec::{self, Map};

impl Lower<'_> {
    pub(super) fn groups(&mut self, groups: Map<spec::Group>) -> Vec<Group> {
        let groups = groups.0.into_iter();
        groups
            .filter_map(|(name, group)| self.group(name, group))
            .collect()
    }

    fn group(&mut self, name: Name, group: spec::Group) -> Option<Group> {
        let kinds = [
            (GroupKind::OneOf, group.one_of.0),
            (GroupKind::AnyOf, group.any_of.0),
            (GroupKind::AtMostOne, group.at_most_one.0),
            (GroupKind::AllOrNone, group.all_or_none.0),
        ];
        let mut given = kinds.into_iter().filter(|(_, members)| !members.is_empty());
        let (first, second) = (given.next(), given.next());
        if let (Some((kind, members)), None) = (first, second) {
            if members.iter().all(|member| **member == *members[0]) {
                self.problems
                    .error(
                        Code::GroupOfOne,
                        members[0].span,
                        format!("the group `{}` has one member", *name),
                    )
                    .help("list those that belong together: `[a, b]`");
            }
            return Some(Group {
                name,
                kind,
                members,
            });
        }
        self.problems
            .error(
                Code::NotAGroup,
                name.span,
                format!("the group `{}` does not say one thing", *name),
            )
            .help("write one of `one-of: [a, b]`, `any-of: …`, `at-most-one: …`, `all-or-none: …`");
        None
    }
}

/// What the groups and the `required-with` of a set say about its own options, said at the options.
/// `a` required with `b` means that `b` requires `a`.
pub(super) fn settle(mut set: ArgSet) -> ArgSet {
    let mut requires = Vec::new();
    for arg in &set.args {
        for with in &arg.required_with {
            requires.push((with.clone(), Name::new(arg.id.value.clone(), with.span)));
        }
    }
    let written: HashMap<String, String> = set
        .args
        .iter()
        .map(|arg| (arg.id.value.clone(), arg.written()))
        .collect();
    for deprecated in set
        .args
        .iter_mut()
        .filter_map(|arg| arg.deprecated.as_mut())
    {
        let known = deprecated.replacement.as_ref();
        if let Some(known) = known.and_then(|name| written.get(&**name)) {
            deprecated.instead = Some(known.clone());
        }
    }
    let mut conflicts = Vec::new();
    for group in &set.groups {
        let (excluding, needing) = pairs(group);
        conflicts.extend(excluding);
        requires.extend(needing);
    }
    for (from, to) in requires {
        add(&mut set.args, &from, to, |arg| &mut arg.requires);
    }
    for (from, to) in conflicts {
        if set.args.iter().any(|arg| *arg.id == *to) {
            add(&mut set.args, &from, to, |arg| &mut arg.conflicts);
        }
    }
    set
}

/// Says a rule at the option `from`, if it is there and does not say it yet.
fn add(args: &mut [Arg], from: &Name, to: Name, list: fn(&mut Arg) -> &mut Vec<Name>) {
    if let Some(arg) = args.iter_mut().find(|arg| *arg.id == **from) {
        let list = list(arg);
        if **from != *to && list.iter().all(|known| **known != *to) {
            list.push(to);
        }
    }
}

type Pairs = Vec<(Name, Name)>;

/// What a group means for each two of its members: who excludes whom, and who requires whom.
fn pairs(group: &Group) -> (Pairs, Pairs) {
    let (mut conflicts, mut requires) = (Pairs::new(), Pairs::new());
    for (at, a) in group.members.iter().enumerate() {
        for b in &group.members[at + 1..] {
            if **a == **b {
                continue;
            }
            if group.kind.excludes() {
                conflicts.push((a.clone(), b.clone()));
            }
            if group.kind == GroupKind::AllOrNone {
                requires.push((a.clone(), b.clone()));
                requires.push((b.clone(), a.clone()));
            }
        }
    }
    (conflicts, requires)
}

/// What the groups of a command say about options of other sets than their own: what [`settle`] has
/// to leave out.
pub(super) fn extra(command: &Command) -> (Pairs, Pairs) {
    let known = |(a, b): &(Name, Name)| command.arg(a).is_some() && command.arg(b).is_some();
    let (mut conflicts, mut requires) = (Pairs::new(), Pairs::new());
    for set in command.defined_sets() {
        let has = |name: &Name| set.args.iter().any(|arg| *arg.id == **name);
        for group in &set.groups {
            let (excluding, needing) = pairs(group);
            let excluding = excluding.into_iter().filter(known);
            conflicts.extend(excluding.filter(|(a, b)| !(has(a) && has(b))));
            let needing = needing.into_iter().filter(known);
            requires.extend(needing.filter(|(from, _)| !has(from)));
        }
    }
    (conflicts, requires)
}
