//! Compares the options and arguments of two commands.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::arg;
use super::index::{Accepted, Index};
use super::{Found, Rule, code};
use crate::description::{Arg, Choice, Command, Condition, Inherited};

/// Two versions of a command, and how its options and arguments correspond.
pub(super) struct Pair<'a> {
    pub(super) place: &'a str,
    pub(super) old: (&'a Index<'a>, usize),
    pub(super) new: (&'a Index<'a>, usize),
    /// Whether the parents are the same command, too, and are therefore compared.
    pub(super) same_parent: bool,
    /// The new key of each earlier option and argument that still exists.
    keys: HashMap<&'a str, &'a str>,
    /// These new keys.
    kept: HashSet<&'a str>,
}

/// Compares the options and arguments of two commands.
pub(super) fn args<'a>(
    (old, at): (&'a Index<'a>, usize),
    (new, now): (&'a Index<'a>, usize),
    same_parent: bool,
    found: &mut Found,
) {
    let (before, after) = (old.accepted(at), new.accepted(now));
    let options = matches(&before, &after);
    let arguments = same_arguments(old, at, new, now);
    let both = options.iter().map(|(one, other)| (one.arg, other.arg));
    let both = both.chain(arguments.iter().copied());
    let keys: HashMap<&str, &str> = both.map(|(one, other)| (&*one.key, &*other.key)).collect();
    let pair = Pair {
        place: &new.nodes[now].path,
        old: (old, at),
        new: (new, now),
        same_parent,
        kept: keys.values().copied().collect(),
        keys,
    };
    pair.options(&before, &after, &options, found);
    pair.arguments(&arguments, found);
    pair.conflicts(found);
    pair.groups(found);
}

/// The options that are in both versions: those with a name in common, otherwise those with the same key.
fn matches<'a>(old: &[Accepted<'a>], new: &[Accepted<'a>]) -> Vec<(Accepted<'a>, Accepted<'a>)> {
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (at, option) in new.iter().enumerate() {
        for name in all_names(option.arg) {
            by_name.entry(name.text).or_insert(at);
        }
    }
    let by_key: HashMap<&str, usize> = new
        .iter()
        .enumerate()
        .map(|(at, it)| (&*it.arg.key, at))
        .collect();
    let old_keys: HashSet<&str> = old.iter().map(|it| &*it.arg.key).collect();
    let mut taken = BTreeSet::new();
    let mut found: Vec<Option<usize>> = vec![None; old.len()];
    // Those with the same main name come first, so that a name which moved to another option takes nothing away.
    for only_main in [true, false] {
        for (option, place) in old
            .iter()
            .zip(&mut found)
            .filter(|(_, place)| place.is_none())
        {
            let written = option.arg.written();
            let main = by_name.get(&written).copied();
            let at = match only_main {
                true => main.filter(|at| new[*at].arg.written() == written),
                // An option that existed before is another one, even if it has this name now.
                false => main
                    .filter(|at| {
                        let key = &*new[*at].arg.key;
                        key == option.arg.key || !old_keys.contains(key)
                    })
                    .or_else(|| by_key.get(&*option.arg.key).copied()),
            };
            if let Some(at) = at.filter(|at| taken.insert(*at)) {
                *place = Some(at);
            }
        }
    }
    let pairs = old.iter().zip(found);
    pairs
        .filter_map(|(option, at)| Some((*option, new[at?])))
        .collect()
}

/// A name of an option.
#[derive(PartialEq, Eq)]
struct OptionName {
    text: String,
    /// Whether it turns the option off.
    is_opposite: bool,
    is_deprecated: bool,
}

/// All names that are accepted for an option, including that of its opposite.
fn all_names(arg: &Arg) -> Vec<OptionName> {
    let name = |text: &String, is_opposite, is_deprecated| OptionName {
        text: text.clone(),
        is_opposite,
        is_deprecated,
    };
    let usual = arg.names.iter().chain(&arg.hidden_names);
    let mut names: Vec<OptionName> = usual.map(|text| name(text, false, false)).collect();
    names.extend(
        arg.deprecated_names
            .iter()
            .map(|it| name(&it.name, false, true)),
    );
    names.extend(arg.opposite.iter().map(|it| name(&it.name, true, false)));
    names.extend(arg.sigil.map(|_| name(&arg.written(), false, false)));
    names
}

/// The arguments that are in both versions: those with the same key, otherwise those in the same place.
fn same_arguments<'a>(
    old: &Index<'a>,
    at: usize,
    new: &Index<'a>,
    now: usize,
) -> Vec<(&'a Arg, &'a Arg)> {
    let before = &old.nodes[at].command.arguments;
    let after = &new.nodes[now].command.arguments;
    let has = |list: &[Arg], key: &str| list.iter().any(|arg| arg.key == key);
    let pairs = before.iter().enumerate().filter_map(|(place, arg)| {
        let same = after.iter().find(|other| other.key == arg.key);
        let beside = || after.get(place).filter(|other| !has(before, &other.key));
        Some((arg, same.or_else(beside)?))
    });
    pairs.collect()
}

/// The options of a command by all of their names, and whether the name turns the option off.
type Names<'a> = HashMap<String, (&'a Arg, bool)>;

fn by_name<'a>(options: &[Accepted<'a>]) -> Names<'a> {
    let names = |it: &Accepted<'a>| {
        let arg = it.arg;
        let names = all_names(arg).into_iter();
        names.map(move |name| (name.text, (arg, name.is_opposite)))
    };
    options.iter().flat_map(names).collect()
}

impl<'a> Pair<'a> {
    pub(super) fn commands(&self) -> [&'a Command; 2] {
        [self.old, self.new].map(|(index, at)| index.nodes[at].command)
    }

    fn options(
        &self,
        old: &[Accepted<'a>],
        new: &[Accepted<'a>],
        same: &[(Accepted<'a>, Accepted<'a>)],
        found: &mut Found,
    ) {
        let [earlier, names] = [old, new].map(by_name);
        let same: HashMap<&str, Accepted> = same
            .iter()
            .map(|(one, other)| (&*one.arg.key, *other))
            .collect();
        for option in old {
            let written = option.arg.written();
            // If the parents are compared, what is inherited is compared there.
            let is_elsewhere = option.inherited && self.same_parent;
            match (same.get(&*option.arg.key), names.get(&written)) {
                (None, _) if is_elsewhere => {}
                (Some(now), _) if is_elsewhere && now.inherited => {}
                (Some(now), _) => {
                    self.names(option.arg, now.arg, [&earlier, &names], found);
                    arg::compare(self, option.arg, now.arg, found);
                }
                (None, Some((other, _))) => {
                    let message = format!(
                        "{} is a name of {} now",
                        code(&written),
                        code(&other.written())
                    );
                    found.add(Rule::NameReused, self.place, message);
                }
                (None, None) => {
                    let message = format!("{} was removed", code(&written));
                    found.add(Rule::OptionRemoved, self.place, message);
                }
            }
        }
        let takes_dashes = self.commands()[0].arguments.iter().any(|arg| {
            let value = arg.value.as_ref();
            value.is_some_and(|value| value.hyphen_values)
        });
        for option in new.iter().filter(|it| !it.inherited) {
            if self.kept.contains(&*option.arg.key) {
                continue;
            }
            let was_argument = takes_dashes
                || option.arg.sigil.is_some() && !self.commands()[0].arguments.is_empty();
            self.added(
                option.arg,
                if was_argument {
                    Rule::NameTaken
                } else {
                    Rule::OptionAdded
                },
                found,
            );
        }
    }

    /// Reports a new option or argument.
    fn added(&self, arg: &Arg, rule: Rule, found: &mut Found) {
        let name = code(&arg.written());
        let holds = |conditions: &[Condition]| {
            conditions
                .iter()
                .map(|it| self.is_known(it))
                .collect::<Vec<_>>()
        };
        let when_all = holds(&arg.required_when_all);
        let may_be_required = arg.required
            || !arg.required_unless.is_empty()
            || !arg.required_unless_all.is_empty()
            || holds(&arg.required_when).contains(&true)
            || !when_all.is_empty() && !when_all.contains(&false);
        match may_be_required {
            true if arg.required => {
                found.add(
                    Rule::Required,
                    self.place,
                    format!("{name} was added, and is required"),
                );
            }
            true => {
                let message = format!("{name} was added, and is required in some cases");
                found.add(Rule::Required, self.place, message);
            }
            false => found.add(rule, self.place, format!("{name} was added")),
        }
    }

    /// Compares the names of an option.
    fn names(&self, old: &Arg, new: &Arg, [earlier, all]: [&Names; 2], found: &mut Found) {
        let of = code(&new.written());
        for name in all_names(old) {
            let text = code(&name.text);
            match all.get(&name.text) {
                None => {
                    let message = format!("the name {text} of {of} was removed");
                    found.add(Rule::NameRemoved, self.place, message);
                }
                Some((other, _)) if other.key != new.key => {
                    let message = format!(
                        "{text} is a name of {} instead of {of}",
                        code(&other.written())
                    );
                    found.add(Rule::NameReused, self.place, message);
                }
                Some((_, is_opposite)) if *is_opposite != name.is_opposite => {
                    let message = format!("{text} has the opposite meaning");
                    found.add(Rule::NameReused, self.place, message);
                }
                Some(_) => {
                    let now = all_names(new);
                    let now = now.iter().find(|other| other.text == name.text);
                    if !name.is_deprecated && now.is_some_and(|now| now.is_deprecated) {
                        let message = format!("the name {text} of {of} is deprecated");
                        found.add(Rule::Deprecated, self.place, message);
                    }
                }
            }
        }
        for name in all_names(new) {
            if !earlier.contains_key(&name.text) {
                let text = code(&name.text);
                // Otherwise, the loss of the earlier name is reported.
                let is_accepted = all
                    .get(&old.written())
                    .is_some_and(|(it, _)| it.key == new.key);
                let message = match name.text == new.written() && is_accepted {
                    true => format!("{} is now called {of}", code(&old.written())),
                    false => format!("{of} has the additional name {text}"),
                };
                found.add(Rule::NameAdded, self.place, message);
            }
        }
    }

    /// Compares the positional arguments.
    fn arguments(&self, same: &[(&'a Arg, &'a Arg)], found: &mut Found) {
        let [before, after] = self.commands().map(|command| &command.arguments);
        let place = |list: &[Arg], arg: &Arg| list.iter().position(|it| it.key == arg.key);
        for arg in before {
            match same.iter().find(|(one, _)| one.key == arg.key) {
                None => {
                    let message = format!("{} was removed", code(&arg.written()));
                    found.add(Rule::ArgumentRemoved, self.place, message);
                }
                Some((_, now)) => {
                    if place(before, arg) != place(after, now) {
                        let message = format!("{} has another position", code(&now.written()));
                        found.add(Rule::ArgumentMoved, self.place, message);
                    }
                    let differs = [("name", arg.key != now.key)];
                    found.texts(self.place, &code(&now.written()), &differs);
                    arg::compare(self, arg, now, found);
                }
            }
        }
        for arg in after.iter().filter(|arg| !self.kept.contains(&*arg.key)) {
            self.added(arg, Rule::ArgumentAdded, found);
        }
    }

    /// The new key of an earlier option or argument.
    pub(super) fn key<'k>(&'k self, key: &'k str) -> &'k str {
        self.keys.get(key).copied().unwrap_or(key)
    }

    /// Whether both versions have an option or argument with this key in the new version.
    pub(super) fn is_in_both(&self, key: &str) -> bool {
        let has = |(index, at): (&Index, usize)| index.arg(at, key).is_some();
        self.kept.contains(key) || has(self.old) && has(self.new)
    }

    /// Whether an earlier command line can meet a condition: the option existed, and had this value.
    pub(super) fn is_known(&self, condition: &Condition) -> bool {
        let mut keys = self.keys.iter();
        let earlier = keys
            .find(|(_, new)| **new == condition.arg)
            .map(|(old, _)| *old);
        let arg = self
            .old
            .0
            .arg(self.old.1, earlier.unwrap_or(&condition.arg));
        let is_choice = |arg: &Arg| match &arg.value {
            Some(value) if value.r#type == "choice" => {
                let is_same = |name: &String| match value.ignore_case {
                    true => name.to_lowercase() == condition.is.to_lowercase(),
                    false => *name == condition.is,
                };
                let has = |it: &Choice| is_same(&it.name) || it.aliases.iter().any(is_same);
                value.choices.iter().any(has)
            }
            _ => true,
        };
        self.is_in_both(&condition.arg) && arg.is_some_and(is_choice)
    }

    pub(super) fn written(&self, key: &str) -> String {
        code(&self.new.0.written(self.new.1, key))
    }

    /// Compares which options and arguments can't be used together. Only those that existed matter: no earlier
    /// command line has a new option.
    fn conflicts(&self, found: &mut Found) {
        let [old, new] = self.commands();
        let before = pairs(old, |key| self.key(key).to_owned());
        let after = pairs(new, str::to_owned);
        let both = |[one, other]: &&[String; 2]| self.is_in_both(one) && self.is_in_both(other);
        for [one, other] in after.difference(&before).filter(both) {
            let (one, other) = (self.written(one), self.written(other));
            let message = format!("{one} can't be used together with {other}");
            found.add(Rule::RuleAdded, self.place, message);
        }
        for [one, other] in before.difference(&after).filter(both) {
            let (one, other) = (self.written(one), self.written(other));
            let message = format!("{one} can be used together with {other}");
            found.add(Rule::RuleRemoved, self.place, message);
        }
    }

    /// Compares which members of groups have to be given.
    fn groups(&self, found: &mut Found) {
        let [old, new] = self.commands();
        let required = |command: &Command, key: &dyn Fn(&str) -> String| -> Vec<BTreeSet<String>> {
            let groups = command.groups.iter().filter(|group| group.required);
            let groups = groups.map(|group| group.members.iter().map(|it| key(it)).collect());
            // A required option is like a group with a single member.
            let args = command.options.iter().chain(&command.arguments);
            let args = args.filter(|arg| arg.required);
            let args = args.map(|arg| BTreeSet::from([key(&arg.key)]));
            groups.chain(args).collect()
        };
        let before = required(old, &|key| self.key(key).to_owned());
        let after = required(new, &str::to_owned);
        let written = |members: &BTreeSet<String>, (index, at): (&Index, usize)| {
            let names = members.iter().map(|key| code(&index.written(at, key)));
            names.collect::<Vec<_>>().join(", ")
        };
        for members in after.iter().filter(|members| members.len() > 1) {
            if !before.iter().any(|known| known.is_subset(members)) {
                let message = format!("one of {} is required", written(members, self.new));
                found.add(Rule::Required, self.place, message);
            }
        }
        for members in before.iter().filter(|members| members.len() > 1) {
            let mut related = after.iter();
            if !related.any(|known| known.is_subset(members) || members.is_subset(known)) {
                let members = written(members, self.old);
                let message = format!("it is not required to give one of {members}");
                found.add(Rule::NotRequired, self.place, message);
            }
        }
        let groups = |command: &Command| -> Vec<(String, Option<String>)> {
            let groups = command.groups.iter();
            groups
                .map(|group| (group.name.clone(), group.help.clone()))
                .collect()
        };
        let differs = [("option groups", groups(old) != groups(new))];
        found.texts(self.place, "the command", &differs);
        let described = |command: &Command| -> Vec<Inherited> {
            let inherited = command
                .inherited
                .iter()
                .filter(|it| it.help.is_some() || it.hidden);
            inherited.cloned().collect()
        };
        let differs = [("inherited options", described(old) != described(new))];
        found.texts(self.place, "the command", &differs);
    }
}

/// The options and arguments of a command that can't be used together, as pairs in order.
fn pairs(command: &Command, key: impl Fn(&str) -> String) -> BTreeSet<[String; 2]> {
    let args = command.options.iter().chain(&command.arguments);
    let own = args.map(|arg| (&arg.key, &arg.conflicts));
    let inherited = command.inherited.iter().map(|it| (&it.key, &it.conflicts));
    let mut found = BTreeSet::new();
    for (one, others) in own.chain(inherited) {
        for other in others {
            let mut pair = [key(one), key(other)];
            pair.sort();
            found.insert(pair);
        }
    }
    found
}
