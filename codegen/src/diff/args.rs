//! Compares the options and arguments of two commands.

use std::collections::{BTreeSet, HashMap};

use super::index::{Accepted, Index};
use super::{Found, Rule, code, codes, commands, values};
use crate::description::{Arg, Condition, Takes};

/// Two versions of a command, and how its options and arguments correspond.
pub(super) struct Pair<'a> {
    pub(super) place: &'a str,
    old: (&'a Index<'a>, usize),
    new: (&'a Index<'a>, usize),
    /// The new key of each earlier option and argument that still exists.
    keys: HashMap<&'a str, &'a str>,
}

/// Compares the options and arguments of two commands.
pub(super) fn args<'a>(
    old: &'a Index<'a>,
    at: usize,
    new: &'a Index<'a>,
    now: usize,
    found: &mut Found,
) {
    let (before, after) = (old.accepted(at), new.accepted(now));
    let options = matches(&before, &after);
    let arguments = same_arguments(old, at, new, now);
    let mut keys = HashMap::new();
    for (earlier, later) in options
        .iter()
        .map(|(one, other)| (one.arg, other.arg))
        .chain(arguments.iter().copied())
    {
        keys.insert(&*earlier.key, &*later.key);
    }
    let pair = Pair {
        place: &new.nodes[now].path,
        old: (old, at),
        new: (new, now),
        keys,
    };
    pair.options(&before, &after, &options, found);
    pair.arguments(&arguments, found);
    pair.groups(found);
}

/// The options that are in both versions: those with a name in common, otherwise those with the same key.
fn matches<'a>(old: &[Accepted<'a>], new: &[Accepted<'a>]) -> Vec<(Accepted<'a>, Accepted<'a>)> {
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (at, option) in new.iter().enumerate() {
        for name in all_names(option.arg) {
            by_name.entry(name).or_insert(at);
        }
    }
    let by_key: HashMap<&str, usize> = new
        .iter()
        .enumerate()
        .map(|(at, it)| (&*it.arg.key, at))
        .collect();
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    // Those with the same main name come first, so that a name which moved to another option takes nothing away.
    for only_main in [true, false] {
        for option in old {
            if found
                .iter()
                .any(|(known, _): &(Accepted, Accepted)| known.arg.key == option.arg.key)
            {
                continue;
            }
            let main = by_name.get(&option.arg.written());
            let main =
                main.filter(|at| !only_main || new[**at].arg.written() == option.arg.written());
            let at = match only_main {
                true => main.copied(),
                false => main.or_else(|| by_key.get(&*option.arg.key)).copied(),
            };
            if let Some(at) = at.filter(|at| !taken.contains(at)) {
                taken.insert(at);
                found.push((*option, new[at]));
            }
        }
    }
    found
}

/// The options of a command by all of their names.
type Names<'a> = HashMap<String, &'a Arg>;

fn by_name<'a>(options: &[Accepted<'a>]) -> Names<'a> {
    let names = |it: &Accepted<'a>| {
        let arg = it.arg;
        all_names(arg).into_iter().map(move |name| (name, arg))
    };
    options.iter().flat_map(names).collect()
}

/// All names that are accepted for an option, including that of its opposite.
fn all_names(arg: &Arg) -> Vec<String> {
    let earlier = arg.deprecated_names.iter().map(|it| it.name.clone());
    let opposite = arg.opposite.iter().map(|it| it.name.clone());
    let sigil = arg.sigil.map(|_| arg.written());
    let names = arg.names.iter().chain(&arg.hidden_names).cloned();
    names.chain(earlier).chain(opposite).chain(sigil).collect()
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

impl<'a> Pair<'a> {
    fn options(
        &self,
        old: &[Accepted<'a>],
        new: &[Accepted<'a>],
        same: &[(Accepted<'a>, Accepted<'a>)],
        found: &mut Found,
    ) {
        let [earlier, names] = [old, new].map(by_name);
        for option in old {
            let now = same.iter().find(|(one, _)| one.arg.key == option.arg.key);
            match now {
                // The command that defines it is compared as well.
                None if option.inherited => {}
                Some((_, now)) if option.inherited && now.inherited => {}
                None => {
                    let message = format!("{} was removed", code(&option.arg.written()));
                    found.add(Rule::OptionRemoved, self.place, message);
                }
                Some((_, now)) => {
                    self.names(option.arg, now.arg, [&earlier, &names], found);
                    self.arg(option.arg, now.arg, found);
                }
            }
        }
        for option in new.iter().filter(|it| !it.inherited) {
            if same.iter().any(|(_, now)| now.arg.key == option.arg.key) {
                continue;
            }
            let name = code(&option.arg.written());
            match option.arg.required {
                true => found.add(
                    Rule::Required,
                    self.place,
                    format!("{name} was added, and is required"),
                ),
                false => found.add(Rule::OptionAdded, self.place, format!("{name} was added")),
            }
        }
    }

    /// Compares the names of an option.
    fn names(&self, old: &Arg, new: &Arg, [earlier, all]: [&Names; 2], found: &mut Found) {
        let (before, after) = (all_names(old), all_names(new));
        let of = code(&new.written());
        for name in before.iter().filter(|name| !after.contains(name)) {
            match all.get(name) {
                None => {
                    let message = format!("the name {} of {of} was removed", code(name));
                    found.add(Rule::NameRemoved, self.place, message);
                }
                Some(other) => {
                    let message = format!(
                        "{} is a name of {} instead of {of}",
                        code(name),
                        code(&other.written())
                    );
                    found.add(Rule::NameReused, self.place, message);
                }
            }
        }
        for name in after.iter().filter(|name| !earlier.contains_key(*name)) {
            let message = match *name == new.written() {
                true => format!("{} is now called {of}", code(&old.written())),
                false => format!("{of} has the additional name {}", code(name)),
            };
            found.add(Rule::NameAdded, self.place, message);
        }
    }

    /// Compares the positional arguments.
    fn arguments(&self, same: &[(&'a Arg, &'a Arg)], found: &mut Found) {
        let before = &self.old.0.nodes[self.old.1].command.arguments;
        let after = &self.new.0.nodes[self.new.1].command.arguments;
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
                    found.texts(
                        self.place,
                        &code(&now.written()),
                        &[("name", arg.key != now.key)],
                    );
                    self.arg(arg, now, found);
                }
            }
        }
        for arg in after
            .iter()
            .filter(|arg| same.iter().all(|(_, now)| now.key != arg.key))
        {
            let name = code(&arg.written());
            match arg.required {
                true => found.add(
                    Rule::Required,
                    self.place,
                    format!("{name} was added, and is required"),
                ),
                false => found.add(Rule::ArgumentAdded, self.place, format!("{name} was added")),
            }
        }
    }

    /// Compares two versions of an option or argument.
    fn arg(&self, old: &Arg, new: &Arg, found: &mut Found) {
        let of = code(&new.written());
        let place = self.place;
        self.required(old, new, &of, found);
        if old.takes != new.takes {
            // A switch that may be repeated is still a switch.
            match (old.takes, new.takes) {
                (Takes::Switch, Takes::Count) => {
                    found.add(Rule::MayBeRepeated, place, format!("{of} may be repeated"));
                }
                (_, takes) => {
                    let takes = match takes {
                        Takes::Value => "takes a value",
                        Takes::Count => "counts how often it is given",
                        Takes::Switch => "is a switch",
                    };
                    found.add(Rule::TakesChanged, place, format!("{of} {takes}"));
                }
            }
        } else if let (Some(before), Some(after)) = (&old.value, &new.value) {
            let values = values::Values {
                place,
                of: &of,
                found,
            };
            values.compare(before, after, old.sigil.is_none() && old.names.is_empty());
        } else if old.max != new.max {
            let most = |arg: &Arg| arg.max.unwrap_or_default();
            let rule = match most(new) < most(old) {
                true => Rule::FewerValues,
                false => Rule::MoreValues,
            };
            found.add(
                rule,
                place,
                format!("{of} counts up to {} instead of {}", most(new), most(old)),
            );
        }
        self.defaults(old, new, &of, found);
        self.sources(old, new, &of, found);
        self.rules(old, new, &of, found);
        self.placement(old, new, &of, found);
        let [before, after] =
            [&self.old, &self.new].map(|(index, at)| &index.nodes[*at].command.effect);
        let effect = |own: &Option<String>, command: &Option<String>| {
            own.clone().or_else(|| command.clone())
        };
        if old.effect != new.effect {
            commands::effect(
                place,
                &of,
                &effect(&old.effect, before),
                &effect(&new.effect, after),
                found,
            );
        }
        if old.role != new.role {
            match &old.role {
                Some(role) => {
                    found.add(
                        Rule::RoleChanged,
                        place,
                        format!("{of} no longer has the role {}", code(role)),
                    );
                }
                None => found.texts(place, &of, &[("role", true)]),
            }
        }
        commands::deprecation(place, &of, &old.deprecated, &new.deprecated, found);
        found.texts(
            place,
            &of,
            &[
                ("help", old.help != new.help),
                ("description", old.description != new.description),
                ("heading", old.heading != new.heading),
                (
                    "hidden",
                    (old.hidden, old.hidden_in_short_help)
                        != (new.hidden, new.hidden_in_short_help),
                ),
                ("since", old.since != new.since),
            ],
        );
    }

    /// Compares whether it has to be given.
    fn required(&self, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
        match (old.required, new.required) {
            (false, true) => found.add(Rule::Required, self.place, format!("{of} is required")),
            (true, false) => found.add(
                Rule::NotRequired,
                self.place,
                format!("{of} is not required"),
            ),
            _ => {}
        }
        match (old.required_in_set, new.required_in_set) {
            (false, true) if !old.required => {
                found.add(
                    Rule::Required,
                    self.place,
                    format!("{of} is required if another option of its set is given"),
                );
            }
            (true, false) if !new.required => {
                found.add(
                    Rule::NotRequired,
                    self.place,
                    format!("{of} is not required if another option of its set is given"),
                );
            }
            _ => {}
        }
    }

    fn defaults(&self, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
        // Without a value, the command line was rejected, or is rejected now.
        if old.default != new.default && !old.required && !new.required {
            let shown = |values: &[String]| match values {
                [] => "none".to_owned(),
                values => codes(values.iter().map(String::as_str)),
            };
            let message = format!(
                "the default of {of} is {} instead of {}",
                shown(&new.default),
                shown(&old.default)
            );
            found.add(Rule::DefaultChanged, self.place, message);
        }
        let renamed = |condition: &Condition| Condition {
            arg: self.key(&condition.arg).to_owned(),
            is: condition.is.clone(),
        };
        let mut before = old.default_when.clone();
        for default in &mut before {
            default.when = renamed(&default.when);
        }
        if before != new.default_when {
            let message = format!("the default of {of} depends on other options in another way");
            found.add(Rule::DefaultChanged, self.place, message);
        }
    }

    /// Compares from where else it gets its value.
    fn sources(&self, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
        let mut lists =
            |before: &[String], after: &[String], kind: &str, [removed, added]: [Rule; 2]| {
                for name in before.iter().filter(|name| !after.contains(name)) {
                    found.add(
                        removed,
                        self.place,
                        format!("the {kind} {} of {of} was removed", code(name)),
                    );
                }
                for name in after.iter().filter(|name| !before.contains(name)) {
                    found.add(
                        added,
                        self.place,
                        format!("{of} has the additional {kind} {}", code(name)),
                    );
                }
            };
        let variables = [Rule::VariableRemoved, Rule::VariableAdded];
        lists(&old.env, &new.env, "variable", variables);
        let settings = |arg: &Arg| -> Vec<String> {
            let earlier = arg.deprecated_settings.iter();
            arg.setting.iter().chain(earlier).cloned().collect()
        };
        let rules = [Rule::SettingRemoved, Rule::SettingAdded];
        lists(&settings(old), &settings(new), "setting", rules);
        match (old.only_user_setting, new.only_user_setting) {
            (false, true) if old.setting.is_some() => {
                found.add(
                    Rule::SettingRemoved,
                    self.place,
                    format!("a project's file can't set {of}"),
                );
            }
            (true, false) if new.setting.is_some() => {
                found.add(
                    Rule::SettingAdded,
                    self.place,
                    format!("a project's file can set {of}"),
                );
            }
            _ => {}
        }
    }

    fn placement(&self, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
        if old.placement == new.placement {
            return;
        }
        let place = |arg: &Arg| match arg.placement.as_deref() {
            None => "anywhere",
            Some("before-subcommand") => "only before the name of a subcommand",
            Some(_) => "only without a subcommand",
        };
        let rule = match new.placement {
            None => Rule::PlacementWider,
            Some(_) if old.placement.as_deref() == Some("without-subcommand") => {
                Rule::PlacementWider
            }
            Some(_) => Rule::PlacementNarrower,
        };
        found.add(
            rule,
            self.place,
            format!("{of} is accepted {} instead of {}", place(new), place(old)),
        );
    }

    /// The new key of an earlier option or argument.
    fn key<'k>(&'k self, key: &'k str) -> &'k str {
        self.keys.get(key).copied().unwrap_or(key)
    }

    /// Whether both versions have an option or argument with this key in the new version.
    fn is_in_both(&self, key: &str) -> bool {
        let inherited = || {
            self.old.0.arg(self.old.1, key).is_some() && self.new.0.arg(self.new.1, key).is_some()
        };
        self.keys.values().any(|known| *known == key) || inherited()
    }

    fn written(&self, key: &str) -> String {
        code(&self.new.0.written(self.new.1, key))
    }

    /// Compares the rules between this argument and others.
    fn rules(&self, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
        let lists = Lists { pair: self, of };
        lists.pairs(
            "can't be used together with",
            &old.conflicts,
            &new.conflicts,
            found,
        );
        lists.strict("requires", (&old.requires, &new.requires), found);
        let any = |lists: &[Vec<String>]| -> Vec<String> {
            lists.iter().map(|list| list.join(" or ")).collect()
        };
        lists.strict(
            "requires one of",
            (&any(&old.requires_any), &any(&new.requires_any)),
            found,
        );
        // An argument that is always required needs no further rule.
        if !old.required && !new.required {
            lists.loose(
                "is required unless one is given:",
                (&old.required_unless, &new.required_unless),
                found,
            );
            lists.strict(
                "is required unless all are given:",
                (&old.required_unless_all, &new.required_unless_all),
                found,
            );
            lists.strict(
                "is required when",
                (&shown(&old.required_when), &shown(&new.required_when)),
                found,
            );
            lists.loose(
                "is required when all are met:",
                (
                    &shown(&old.required_when_all),
                    &shown(&new.required_when_all),
                ),
                found,
            );
        }
        lists.strict(
            "can't be used when",
            (&shown(&old.conflicts_when), &shown(&new.conflicts_when)),
            found,
        );
        lists.loose(
            "can't be used when all are met:",
            (
                &shown(&old.conflicts_when_all),
                &shown(&new.conflicts_when_all),
            ),
            found,
        );
        lists.loose(
            "can only be used when one is met:",
            (&shown(&old.requires_when), &shown(&new.requires_when)),
            found,
        );
        lists.strict(
            "can only be used when",
            (
                &shown(&old.requires_when_all),
                &shown(&new.requires_when_all),
            ),
            found,
        );
        let sorted = |list: &[String]| {
            list.iter()
                .map(|key| self.key(key).to_owned())
                .collect::<BTreeSet<_>>()
        };
        let before = sorted(&old.overrides);
        let after: BTreeSet<String> = new.overrides.iter().cloned().collect();
        let conflicted: BTreeSet<String> = sorted(&old.conflicts);
        for key in before.difference(&after).chain(after.difference(&before)) {
            // Two options that could not be used together may now override each other.
            if self.is_in_both(key) && !(after.contains(key) && conflicted.contains(key)) {
                let message = format!(
                    "whether {of} and {} override each other has changed",
                    self.written(key)
                );
                found.add(Rule::OverridesChanged, self.place, message);
            }
        }
        match (old.exclusive, new.exclusive) {
            (false, true) => found.add(
                Rule::RuleAdded,
                self.place,
                format!("{of} can't be used with anything else"),
            ),
            (true, false) => found.add(
                Rule::RuleRemoved,
                self.place,
                format!("{of} can be used with others"),
            ),
            _ => {}
        }
    }

    /// Compares which members of groups have to be given, and which inherited options.
    fn groups(&self, found: &mut Found) {
        let lists = Lists {
            pair: self,
            of: "the command",
        };
        let (old, new) = (
            self.old.0.nodes[self.old.1].command,
            self.new.0.nodes[self.new.1].command,
        );
        lists.strict("requires", (&old.needs, &new.needs), found);
        let required =
            |command: &crate::description::Command, rename: bool| -> Vec<BTreeSet<String>> {
                let key = |key: &String| {
                    if rename {
                        self.key(key).to_owned()
                    } else {
                        key.clone()
                    }
                };
                let groups = command.groups.iter().filter(|group| group.required);
                let groups = groups.map(|group| group.members.iter().map(key).collect());
                // A required option is like a group with a single member.
                let args = command.options.iter().chain(&command.arguments);
                let args = args
                    .filter(|arg| arg.required)
                    .map(|arg| BTreeSet::from([key(&arg.key)]));
                groups.chain(args).collect()
            };
        let (before, after) = (required(old, true), required(new, false));
        let written = |members: &BTreeSet<String>, index: (&Index, usize)| {
            let names: Vec<String> = members
                .iter()
                .map(|key| index.0.written(index.1, key))
                .collect();
            codes(names.iter().map(String::as_str))
        };
        for members in after.iter().filter(|members| members.len() > 1) {
            if !before.iter().any(|known| known.is_subset(members)) {
                let message = format!("one of {} is required", written(members, self.new));
                found.add(Rule::Required, self.place, message);
            }
        }
        for members in before.iter().filter(|members| members.len() > 1) {
            if !after
                .iter()
                .any(|known| known.is_subset(members) || members.is_subset(known))
            {
                let message = format!("none of {} is required", written(members, self.old));
                found.add(Rule::NotRequired, self.place, message);
            }
        }
    }
}

/// Conditions, each as `KEY=VALUE`.
fn shown(conditions: &[Condition]) -> Vec<String> {
    let shown = conditions.iter();
    shown.map(|it| format!("{}={}", it.arg, it.is)).collect()
}

/// Compares lists of what a rule refers to: keys, several keys, or conditions.
struct Lists<'a> {
    pair: &'a Pair<'a>,
    of: &'a str,
}

impl Lists<'_> {
    /// A list in which each entry makes the rule stricter.
    fn strict(&self, rule: &str, (old, new): (&[String], &[String]), found: &mut Found) {
        let before: Vec<String> = old.iter().map(|entry| self.renamed(entry)).collect();
        for entry in new.iter().filter(|entry| !before.contains(entry)) {
            found.add(
                Rule::RuleAdded,
                self.pair.place,
                self.message(rule, std::slice::from_ref(entry)),
            );
        }
        for entry in before.iter().filter(|entry| !new.contains(entry)) {
            if self.is_in_both(entry) {
                let message = format!(
                    "no longer: {}",
                    self.message(rule, std::slice::from_ref(entry))
                );
                found.add(Rule::RuleRemoved, self.pair.place, message);
            }
        }
    }

    /// A list of which one entry is enough, so that more entries make the rule looser.
    fn loose(&self, rule: &str, (old, new): (&[String], &[String]), found: &mut Found) {
        let before: BTreeSet<String> = old.iter().map(|entry| self.renamed(entry)).collect();
        let after: BTreeSet<String> = new.iter().cloned().collect();
        if before == after {
            return;
        }
        let is_looser = after.is_empty() || (!before.is_empty() && before.is_subset(&after));
        let message = match after.is_empty() {
            true => format!(
                "no longer: {}",
                self.message(rule, &before.into_iter().collect::<Vec<_>>())
            ),
            false => self.message(rule, new),
        };
        let rule = if is_looser {
            Rule::RuleRemoved
        } else {
            Rule::RuleAdded
        };
        found.add(rule, self.pair.place, message);
    }

    /// A rule that holds for both members of a pair. It is reported for one of them, and only if both options
    /// already existed: no earlier command line has a new option.
    fn pairs(&self, rule: &str, old: &[String], new: &[String], found: &mut Found) {
        let before: Vec<String> = old.iter().map(|entry| self.renamed(entry)).collect();
        let is_first = |key: &str| *self.of <= *self.pair.written(key);
        let differs = |list: &[String], key: &str| !list.iter().any(|known| known == key);
        for key in new.iter().filter(|key| differs(&before, key)) {
            if self.is_in_both(key) && is_first(key) {
                found.add(
                    Rule::RuleAdded,
                    self.pair.place,
                    self.message(rule, std::slice::from_ref(key)),
                );
            }
        }
        for key in before.iter().filter(|key| differs(new, key)) {
            if self.is_in_both(key) && is_first(key) {
                let message = format!(
                    "{} can be used together with {}",
                    self.of,
                    self.pair.written(key)
                );
                found.add(Rule::RuleRemoved, self.pair.place, message);
            }
        }
    }

    /// An entry with the new keys.
    fn renamed(&self, entry: &str) -> String {
        let alternatives = entry.split(" or ").map(|key| match key.split_once('=') {
            Some((key, value)) => format!("{}={value}", self.pair.key(key)),
            None => self.pair.key(key).to_owned(),
        });
        alternatives.collect::<Vec<_>>().join(" or ")
    }

    fn is_in_both(&self, entry: &str) -> bool {
        let mut keys = entry
            .split(" or ")
            .map(|key| key.split('=').next().unwrap_or(key));
        keys.all(|key| self.pair.is_in_both(key))
    }

    fn message(&self, rule: &str, entries: &[String]) -> String {
        let entry = |entry: &String| {
            let alternatives = entry.split(" or ").map(|key| match key.split_once('=') {
                Some((key, value)) => format!("{} is {}", self.pair.written(key), code(value)),
                None => self.pair.written(key),
            });
            alternatives.collect::<Vec<_>>().join(" or ")
        };
        let entries: Vec<String> = entries.iter().map(entry).collect();
        format!("{} {rule} {}", self.of, entries.join(", "))
    }
}
