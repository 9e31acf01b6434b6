//! Rules between options.

use super::args::Arg;
use super::node::{Keys, Node};
use super::source::Source;

/// Another option or argument of the same command, which a rule may refer to.
#[derive(Clone, Debug)]
pub(super) struct Other {
    pub(super) id: String,
    pub(super) is_option: bool,
    pub(super) required: bool,
    pub(super) default: bool,
    /// Whether it belongs to a parent command.
    pub(super) inherited: bool,
    /// Valid values. Empty for an option that counts.
    pub(super) values: Vec<String>,
}

impl From<&Arg> for Other {
    fn from(arg: &Arg) -> Self {
        let values = match &arg.takes {
            None if arg.counts => Vec::new(),
            None => vec!["true".to_owned()],
            Some(takes) => takes.samples.clone(),
        };
        Self {
            id: arg.id.clone(),
            is_option: arg.is_option(),
            required: arg.required,
            default: arg.default,
            inherited: false,
            values,
        }
    }
}

/// Adds rules to the arguments of one command or set, which may also refer to `others`. `inherited` is
/// set if the arguments are inherited by subcommands.
pub(super) fn add(source: &mut Source<'_>, args: &mut [Arg], others: &[Other], inherited: bool) {
    let own: Vec<Other> = args.iter().map(Other::from).collect();
    let mut near: Vec<&str> = own.iter().map(|other| other.id.as_str()).collect();
    near.extend(
        others
            .iter()
            .filter(|other| !other.inherited)
            .map(|other| other.id.as_str()),
    );
    let strict = own.iter().chain(others).any(|other| other.required);
    for (at, arg) in args.iter_mut().enumerate() {
        if !source.chance(25) {
            continue;
        }
        // A rule refers to earlier arguments, so that rules form no cycles; in rare cases, to any
        // argument.
        let wild = source.chance(4);
        let before = own.iter().enumerate();
        let before = before.filter(|(other, _)| *other < at || wild && *other != at);
        let before = before.map(|(_, other)| other);
        let known: Vec<&Other> = before.chain(others).collect();
        let free = |other: &&&Other| !other.required;
        let optional: Vec<&Other> = known.iter().filter(free).copied().collect();
        rule(source, arg, &known, &optional, &near, inherited, strict);
    }
}

fn rule(
    source: &mut Source<'_>,
    arg: &mut Arg,
    known: &[&Other],
    optional: &[&Other],
    near: &[&str],
    inherited: bool,
    strict: bool,
) {
    let may_be_missing = !arg.required;
    let free = may_be_missing && !arg.default && !inherited;
    let list = |source: &mut Source<'_>, others: &[&Other]| {
        let mut ids: Vec<String> = Vec::new();
        for _ in 0..1 + source.below(2) {
            let id = source.any(others).map(|other| other.id.clone());
            ids.extend(id.filter(|id| !ids.contains(id)));
        }
        (!ids.is_empty()).then(|| Node::texts(ids))
    };
    let plain: Vec<&Other> = optional
        .iter()
        .filter(|other| !other.default)
        .copied()
        .collect();
    let node = match source.below(13) {
        0 | 1 if may_be_missing => list(source, optional).map(|ids| ("conflicts", ids)),
        2 if may_be_missing => list(source, &plain).map(|ids| ("requires", ids)),
        3 if may_be_missing && !arg.default => {
            let near: Vec<&Other> = plain
                .iter()
                .filter(|other| near.contains(&other.id.as_str()))
                .copied()
                .collect();
            list(source, &near).map(|ids| ("required-with", ids))
        }
        4 if free => list(source, known).map(|ids| ("required-unless", ids)),
        5 if free => list(source, known).map(|ids| ("required-unless-all", ids)),
        6 if free => condition(source, known).map(|when| ("required-when", when)),
        7 => {
            let itself = Other::from(&*arg);
            let mut others = if source.chance(30) {
                known.to_vec()
            } else {
                optional.to_vec()
            };
            others.push(&itself);
            list(source, &others).map(|ids| ("overrides", ids))
        }
        8 if may_be_missing && (!strict || source.chance(3)) => {
            arg.exclusive = true;
            Some(("exclusive", Node::plain(true)))
        }
        9 if may_be_missing && !arg.counts => default_when(source, arg, known),
        10 if may_be_missing => condition(source, known).map(|when| ("conflicts-when", when)),
        11 if may_be_missing => condition(source, known).map(|when| ("requires-when", when)),
        12 if may_be_missing && source.chance(30) => {
            // The group may not exist.
            let key = *source.pick(&["conflicts", "requires", "overrides"]);
            Some((key, Node::text("group-0")))
        }
        _ => None,
    };
    if let Some((key, node)) = node {
        arg.key(key, node);
    }
}

fn condition(source: &mut Source<'_>, known: &[&Other]) -> Option<Node> {
    let mut entries: Keys = Vec::new();
    for _ in 0..1 + source.below(2) {
        let other = source.any(known)?;
        let value = source.any(&other.values)?.clone();
        if entries.iter().all(|(id, _)| *id != other.id) {
            entries.push((other.id.clone(), Node::text(value)));
        }
    }
    match source.chance(50) {
        true => Some(Node::Map(entries)),
        false => {
            let maps = entries.into_iter().map(|entry| Node::Map(vec![entry]));
            Some(Node::List(maps.collect()))
        }
    }
}

fn default_when(
    source: &mut Source<'_>,
    arg: &Arg,
    known: &[&Other],
) -> Option<(&'static str, Node)> {
    let other = source.any(known)?;
    let is = source.any(&other.values)?.clone();
    let value = arg.sample(source)?;
    let when = Node::map([(other.id.clone(), Node::text(is))]);
    let entry = Node::map([("when", when), ("value", Node::text(value))]);
    Some(("default-when", Node::List(vec![entry])))
}

/// Generates option groups of these options.
pub(super) fn groups(source: &mut Source<'_>, args: &[Arg], inherited: bool) -> Option<Node> {
    let members: Vec<&Arg> = args
        .iter()
        .filter(|arg| !arg.required && (!arg.default || source.chance(20)))
        .collect();
    if members.len() < 2 || !source.chance(20) {
        return None;
    }
    let mut groups = Keys::new();
    for number in 0..1 + source.below(2) {
        let mut ids: Vec<String> = Vec::new();
        for _ in 0..2 + source.below(3) {
            let id = source.pick(&members).id.clone();
            if !ids.contains(&id) || source.chance(2) {
                ids.push(id);
            }
        }
        let kinds = ["at-most-one", "all-or-none", "any-of", "one-of"];
        let kind = *source.pick(&kinds[..if inherited { 2 } else { 4 }]);
        if ids.len() > 1 || source.chance(3) {
            if let Some((earlier, _)) = groups.last().filter(|_| source.chance(30)) {
                let earlier: &String = earlier;
                ids.push(earlier.clone());
            }
            let mut keys = vec![(kind, Node::texts(ids))];
            if source.chance(30) {
                keys.push(("help", super::words::line(source)));
            }
            let group = Node::map(keys);
            let name = match source.chance(50) {
                true => super::words::name(source, "arg"),
                false => format!("group-{number}"),
            };
            groups.push((name, group));
        }
    }
    (!groups.is_empty()).then_some(Node::Map(groups))
}
