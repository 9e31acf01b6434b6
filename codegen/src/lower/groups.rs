//! Lowers option groups to rules between their options. clap's messages then name the options, and the
//! documentation only has to handle rules between options.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Lower;
use super::rules::MOST_PAIRS;
use crate::diagnostic::Code;
use crate::ir::{Arg, ArgSet, Command, Group, GroupKind, Name};
use crate::spec::{self, Map};

impl Lower<'_> {
    /// Lowers the groups that are defined beside these options and arguments.
    pub(super) fn groups(&mut self, groups: Map<spec::Group>, args: &[Arg]) -> Vec<Group> {
        let groups = groups.0.into_iter();
        let mut groups: Vec<Group> = groups
            .filter_map(|(name, group)| self.group(name, group))
            .collect();
        self.nest(&mut groups, args);
        groups.retain(|group| self.is_small(group));
        find_types(&mut groups, args);
        groups
    }

    fn group(&mut self, name: Name, group: spec::Group) -> Option<Group> {
        let kinds = [
            (GroupKind::OneOf, group.one_of.0),
            (GroupKind::AnyOf, group.any_of.0),
            (GroupKind::AtMostOne, group.at_most_one.0),
            (GroupKind::AllOrNone, group.all_or_none.0),
        ];
        let help = group.help.map(|help| self.inlines(&help));
        let mut given = kinds.into_iter().filter(|(_, members)| !members.is_empty());
        let (first, second) = (given.next(), given.next());
        if let (Some((kind, mut parts)), None) = (first, second) {
            let mut seen = HashSet::new();
            parts.retain(|name| seen.insert(name.value.clone()));
            if parts.len() < 2 {
                self.problems
                    .error(
                        Code::GroupOfOne,
                        parts[0].span,
                        format!("the option group `{}` has only one member", *name),
                    )
                    .help("list at least two members: `[a, b]`");
            }
            return Some(Group {
                name,
                kind,
                help,
                members: parts.clone(),
                parts,
                nested: false,
                is_type: false,
            });
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

    /// Determines the options and arguments in groups that contain other groups.
    fn nest(&mut self, groups: &mut [Group], args: &[Arg]) {
        // A group that is called like an option is reported elsewhere.
        let is_free = |name: &Name| args.iter().all(|arg| *arg.id != **name);
        let names = groups.iter().enumerate();
        let names = names.filter(|(_, group)| is_free(&group.name));
        let names: HashMap<String, usize> = names
            .map(|(at, group)| (group.name.value.clone(), at))
            .collect();
        let parts: Vec<Vec<Name>> = groups.iter().map(|group| group.parts.clone()).collect();
        for at in 0..groups.len() {
            let mut members: Vec<Name> = Vec::new();
            let mut seen = HashSet::new();
            let mut entered = HashSet::from([at]);
            let mut next: Vec<&Name> = parts[at].iter().rev().collect();
            while let Some(part) = next.pop() {
                match names.get(part.as_str()) {
                    Some(inner) if *inner == at => self.group_in_itself(part),
                    Some(inner) if entered.insert(*inner) => {
                        next.extend(parts[*inner].iter().rev())
                    }
                    Some(_) => {}
                    None if seen.insert(part.as_str()) => members.push(part.clone()),
                    None => {}
                }
            }
            groups[at].members = members;
        }
        for inner in parts
            .iter()
            .flatten()
            .filter_map(|part| names.get(part.as_str()))
        {
            groups[*inner].nested = true;
        }
    }

    fn group_in_itself(&mut self, part: &Name) {
        self.problems
            .error(
                Code::ReferenceToItself,
                part.span,
                format!("the option group `{}` contains itself", **part),
            )
            .help("remove it from one of the groups");
    }

    /// Reports a group with too many members.
    fn is_small(&mut self, group: &Group) -> bool {
        if group.pairs() <= MOST_PAIRS {
            return true;
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
        false
    }
}

/// Determines which groups become types.
fn find_types(groups: &mut [Group], args: &[Arg]) {
    let own: HashSet<&str> = args.iter().map(|arg| arg.id.as_str()).collect();
    let exclusive = |group: &&Group| !group.nested && group.kind.excludes();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for id in groups
        .iter()
        .filter(exclusive)
        .flat_map(|group| &group.members)
    {
        *counts.entry(id.value.clone()).or_default() += 1;
    }
    for group in groups.iter_mut() {
        let alone = |id: &Name| own.contains(id.as_str()) && counts.get(id.as_str()) == Some(&1);
        group.is_type = exclusive(&&*group) && group.members.iter().all(alone);
    }
}

/// Replaces the names of option groups in the rules of a set's options with their members. `outer` are
/// sets of which the options are known too.
pub(super) fn expand(set: &mut ArgSet, outer: &[Arc<ArgSet>]) {
    let groups = outer.iter().flat_map(|set| &set.groups);
    let groups: HashMap<String, Vec<Name>> = groups
        .chain(&set.groups)
        .map(|group| (group.name.value.clone(), group.members.clone()))
        .collect();
    if groups.is_empty() {
        return;
    }
    let expanded = |names: &mut Vec<Name>, id: &str| {
        let written = std::mem::take(names).into_iter();
        *names = written
            .flat_map(|name| match groups.get(name.as_str()) {
                None => vec![name],
                Some(members) => {
                    let others = members.iter().filter(|member| ***member != *id);
                    let others = others.map(|member| Name::new(member.value.clone(), name.span));
                    others.collect()
                }
            })
            .collect();
    };
    for arg in &mut set.args {
        let id = arg.id.value.clone();
        expanded(&mut arg.conflicts, &id);
        expanded(&mut arg.overrides, &id);
        expanded(&mut arg.required_unless, &id);
        expanded(&mut arg.required_with, &id);
        let requires = std::mem::take(&mut arg.requires).into_iter();
        let (any, one) = requires.partition(|name| groups.contains_key(name.as_str()));
        arg.requires = one;
        let any = Vec::<Name>::into_iter(any);
        let any = any.map(|name| (name.clone(), groups[name.as_str()].clone()));
        arg.requires_any.extend(any);
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
            let (excluding, needing) = pairs(&set.groups, group);
            conflicts.extend(excluding);
            requires.extend(needing);
        }
    }
    let any = needed_groups(&set.groups);
    let ids = set.args.iter().enumerate();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (at, arg) in ids {
        places.entry(arg.id.value.clone()).or_insert(at);
    }
    conflicts.retain(|(_, to)| places.contains_key(to.as_str()));
    add(&mut set.args, &places, requires, |arg| &mut arg.requires);
    add(&mut set.args, &places, conflicts, |arg| &mut arg.conflicts);
    for (from, group, members) in any {
        if let Some(at) = places.get(from.as_str()) {
            set.args[*at].requires_any.push((group, members));
        }
    }
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
fn pairs(groups: &[Group], group: &Group) -> (Pairs, Pairs) {
    let (mut conflicts, mut requires) = (Pairs::new(), Pairs::new());
    for (at, first) in group.parts.iter().enumerate() {
        for second in &group.parts[at + 1..] {
            let (one, other) = (members_of(groups, first), members_of(groups, second));
            let both = one.iter().flat_map(|a| other.iter().map(move |b| (*a, *b)));
            for (a, b) in both.filter(|(a, b)| ***a != ***b) {
                if group.kind.excludes() {
                    conflicts.push((a.clone(), b.clone()));
                }
            }
            if group.kind == GroupKind::AllOrNone {
                // A group is given if one of its members is.
                let needs = |from: &[&Name], to: &Name| {
                    let known = groups.iter().any(|group| *group.name == **to);
                    // A member of a group may also be beside the group.
                    let pairs = from.iter().filter(|from| !known && ****from != **to);
                    let pairs = pairs.map(|from| ((*from).clone(), to.clone()));
                    pairs.collect::<Pairs>()
                };
                requires.extend(needs(&one, second));
                requires.extend(needs(&other, first));
            }
        }
    }
    (conflicts, requires)
}

/// Returns the members of a group, or the option or argument itself.
fn members_of<'g>(groups: &'g [Group], part: &'g Name) -> Vec<&'g Name> {
    match groups.iter().find(|group| *group.name == **part) {
        Some(inner) => inner.members.iter().collect(),
        None => vec![part],
    }
}

/// Returns the options that require a member of a group, because both are in a group of which all parts
/// are needed: the option, the group, and its members.
fn needed_groups(groups: &[Group]) -> Vec<(Name, Name, Vec<Name>)> {
    let mut needed = Vec::new();
    let all = groups
        .iter()
        .filter(|group| group.kind == GroupKind::AllOrNone);
    for part in all.flat_map(|group| group.parts.iter().map(move |part| (group, part))) {
        let (group, part) = part;
        let Some(inner) = groups.iter().find(|inner| *inner.name == **part) else {
            continue;
        };
        let others = group.parts.iter().filter(|other| ***other != **part);
        let options = others.flat_map(|other| members_of(groups, other));
        // A member of the group is one that is given.
        let is_member = |option: &Name| inner.members.iter().any(|member| **member == **option);
        for from in options.filter(|option| !is_member(option)) {
            needed.push((from.clone(), inner.name.clone(), inner.members.clone()));
        }
    }
    needed
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
            let (excluding, needing) = pairs(&set.groups, group);
            let excluding = excluding.into_iter().filter(known);
            conflicts.extend(excluding.filter(|(a, b)| !(has(a) && has(b))));
            let needing = needing.into_iter().filter(known);
            requires.extend(needing.filter(|(from, _)| !has(from)));
        }
    }
    (conflicts, requires)
}
