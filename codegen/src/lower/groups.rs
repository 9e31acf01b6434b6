//! Lowers option groups to rules between their options. clap's messages then name the options, and the
//! documentation only has to handle rules between options.

use std::collections::{HashMap, HashSet};

use super::Lower;
use super::rules::MOST_PAIRS;
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
        if let (Some((kind, mut members)), None) = (first, second) {
            let mut seen = HashSet::new();
            members.retain(|name| seen.insert(name.value.clone()));
            if members.len() < 2 {
                self.problems
                    .error(
                        Code::GroupOfOne,
                        members[0].span,
                        format!("the option group `{}` has only one member", *name),
                    )
                    .help("list at least two members: `[a, b]`");
            }
            let group = Group {
                name,
                kind,
                members,
            };
            if group.pairs() <= MOST_PAIRS {
                return Some(group);
            }
            let (count, pairs) = (group.members.len(), group.pairs());
            self.problems
                .error(
                    Code::TooMuch,
                    group.name.span,
                    format!("the option group `{}` has {count} members", *group.name),
                )
                .label("too many members")
                .help(format!(
                    "use fewer members: they form {pairs} pairs, and at most {MOST_PAIRS} are allowed"
                ));
            return None;
        }
        self.problems
            .error(
                Code::NotAGroup,
                name.span,
                format!("the option group `{}` must have exactly one rule", *name),
            )
            .help(
                "use one of `one-of: [a, b]`, `any-of: …`, `at-most-one: …` and `all-or-none: …`",
            );
        None
    }
}

/// Adds the rules in the groups and in `required-with` of a set to the options of the set. `a`
/// required with `b` means that `b` requires `a`.
pub(super) fn settle(mut set: ArgSet) -> ArgSet {
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
    let mut requires = Vec::new();
    for arg in &set.args {
        for with in &arg.required_with {
            requires.push((with.clone(), Name::new(arg.id.value.clone(), with.span)));
        }
    }
    let mut conflicts = Vec::new();
    let mut count = 0;
    for group in &set.groups {
        count += group.pairs();
        // Too many pairs are reported at the command.
        if count <= MOST_PAIRS {
            let (excluding, needing) = pairs(group);
            conflicts.extend(excluding);
            requires.extend(needing);
        }
    }
    let ids = set.args.iter().enumerate();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (at, arg) in ids {
        places.entry(arg.id.value.clone()).or_insert(at);
    }
    conflicts.retain(|(_, to)| places.contains_key(to.as_str()));
    add(&mut set.args, &places, requires, |arg| &mut arg.requires);
    add(&mut set.args, &places, conflicts, |arg| &mut arg.conflicts);
    set
}

/// Adds rules to the options of a set, unless an option doesn't exist or has the rule already.
fn add(
    args: &mut [Arg],
    places: &HashMap<String, usize>,
    pairs: Pairs,
    list: fn(&mut Arg) -> &mut Vec<Name>,
) {
    let mut known: HashSet<(usize, String)> = HashSet::new();
    if !pairs.is_empty() {
        for (at, arg) in args.iter_mut().enumerate() {
            known.extend(list(arg).iter().map(|name| (at, name.value.clone())));
        }
    }
    for (from, to) in pairs {
        if let Some(at) = places.get(from.as_str()) {
            if *from != *to && known.insert((*at, to.value.clone())) {
                list(&mut args[*at]).push(to);
            }
        }
    }
}

type Pairs = Vec<(Name, Name)>;

/// Returns the conflicts and the requirements that a group means for each pair of its members.
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

/// Returns the conflicts and requirements in the groups of a command that concern options of other sets.
/// [`settle`] leaves these out.
pub(super) fn extra(command: &Command) -> (Pairs, Pairs) {
    let known = |(a, b): &(Name, Name)| command.arg(a).is_some() && command.arg(b).is_some();
    let (mut conflicts, mut requires) = (Pairs::new(), Pairs::new());
    for set in command.defined_sets().filter(|set| !set.groups.is_empty()) {
        let ids: HashSet<&str> = set.args.iter().map(|arg| arg.id.as_str()).collect();
        let has = |name: &Name| ids.contains(name.as_str());
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
