//! Compares the rules between an option or argument and others, except conflicts.

use std::collections::BTreeSet;

use super::args::Pair;
use super::{Found, Rule, code};
use crate::description::{Arg, Condition};

/// Compares the rules of two versions of an option or argument.
pub(super) fn compare(pair: &Pair, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
    let mut lists = Lists { pair, of, found };
    lists.requires(old, new);
    // An argument that is always required needs no further rule.
    if !old.required && !new.required {
        let rule = "is required unless one of these is given:";
        lists.loose(
            rule,
            &keys(&old.required_unless),
            &keys(&new.required_unless),
        );
        let rule = "is required without";
        lists.strict(
            rule,
            &keys(&old.required_unless_all),
            &keys(&new.required_unless_all),
        );
        lists.when(
            [
                "is required when",
                "is required when all of these are true:",
            ],
            [&old.required_when, &old.required_when_all],
            [&new.required_when, &new.required_when_all],
            false,
        );
    }
    lists.when(
        [
            "can't be used when",
            "can't be used when all of these are true:",
        ],
        [&old.conflicts_when, &old.conflicts_when_all],
        [&new.conflicts_when, &new.conflicts_when_all],
        false,
    );
    lists.when(
        [
            "can only be used when",
            "can only be used when one of these is true:",
        ],
        [&old.requires_when_all, &old.requires_when],
        [&new.requires_when_all, &new.requires_when],
        true,
    );
    lists.overrides(old, new);
    match (old.exclusive, new.exclusive) {
        (false, true) => lists.add(Rule::RuleAdded, "can't be used with anything else"),
        (true, false) => lists.add(Rule::RuleRemoved, "can be used with others"),
        _ => {}
    }
}

/// What a rule refers to: an option or argument by its key, and its value if that matters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: String,
    is: Option<String>,
}

fn keys(keys: &[String]) -> Vec<Entry> {
    let entries = keys.iter().map(|key| Entry {
        key: key.clone(),
        is: None,
    });
    entries.collect()
}

fn conditions(list: &[Condition]) -> Vec<Entry> {
    let entries = list.iter().map(|it| Entry {
        key: it.arg.clone(),
        is: Some(it.is.clone()),
    });
    entries.collect()
}

struct Lists<'a> {
    pair: &'a Pair<'a>,
    /// The option or argument, as code.
    of: &'a str,
    found: &'a mut Found,
}

impl Lists<'_> {
    fn add(&mut self, rule: Rule, what: &str) {
        let message = format!("{} {what}", self.of);
        self.found.add(rule, self.pair.place, message);
    }

    fn remove(&mut self, what: &str) {
        let message = format!("this no longer applies: {} {what}", self.of);
        self.found.add(Rule::RuleRemoved, self.pair.place, message);
    }

    /// Compares what has to be given with it: each of some, and one of others.
    fn requires(&mut self, old: &Arg, new: &Arg) {
        let all = |arg: &Arg, renamed: bool| -> BTreeSet<BTreeSet<String>> {
            let each = arg.requires.iter().map(|key| vec![key.clone()]);
            let lists = each.chain(arg.requires_any.iter().cloned());
            let key = |key: String| {
                if renamed {
                    self.pair.key(&key).to_owned()
                } else {
                    key
                }
            };
            lists
                .map(|list| list.into_iter().map(key).collect())
                .collect()
        };
        let (before, after) = (all(old, true), all(new, false));
        let shown = |members: &BTreeSet<String>, pair: &Pair| {
            let names: Vec<String> = members.iter().map(|key| pair.written(key)).collect();
            format!("requires {}", names.join(" or "))
        };
        for members in &after {
            // Whoever fulfilled a narrower rule fulfills this one.
            if !before.iter().any(|known| known.is_subset(members)) {
                self.add(Rule::RuleAdded, &shown(members, self.pair));
            }
        }
        for members in &before {
            // A rule with only new alternatives is the same for whoever doesn't know them.
            let is_same = |known: &BTreeSet<String>| {
                let mut others = known.difference(members);
                members.is_subset(known) && others.all(|key| !self.pair.is_in_both(key))
            };
            if !after
                .iter()
                .any(|known| known.is_subset(members) || is_same(known))
            {
                self.remove(&shown(members, self.pair));
            }
        }
    }

    /// Compares two lists of conditions: each one of the first, and all of the second, or the other way round.
    fn when(
        &mut self,
        [strict, loose]: [&str; 2],
        [old_strict, old_loose]: [&[Condition]; 2],
        [new_strict, new_loose]: [&[Condition]; 2],
        may_be_new: bool,
    ) {
        let [mut old_strict, mut old_loose] = [old_strict, old_loose].map(conditions);
        let [mut new_strict, mut new_loose] = [new_strict, new_loose].map(conditions);
        // A single condition is the same in both lists.
        let single = |from: &mut Vec<Entry>, to: &mut Vec<Entry>, other: &[Entry]| {
            if from.len() == 1 && to.is_empty() && other.len() > 1 {
                to.append(from);
            }
        };
        single(&mut old_strict, &mut old_loose, &new_loose);
        single(&mut new_strict, &mut new_loose, &old_loose);
        single(&mut old_loose, &mut old_strict, &new_strict);
        single(&mut new_loose, &mut new_strict, &old_strict);
        if !may_be_new {
            // No earlier command line meets a condition about a new option or value.
            let known = |entry: &Entry| {
                self.pair.is_known(&Condition {
                    arg: entry.key.clone(),
                    is: entry.is.clone().unwrap_or_default(),
                })
            };
            new_strict.retain(known);
            if !new_loose.iter().all(known) {
                new_loose.clear();
            }
        }
        self.strict(strict, &old_strict, &new_strict);
        self.loose(loose, &old_loose, &new_loose);
    }

    /// A list in which each entry makes the rule stricter.
    fn strict(&mut self, rule: &str, old: &[Entry], new: &[Entry]) {
        let before: Vec<Entry> = old.iter().map(|entry| self.renamed(entry)).collect();
        for entry in new.iter().filter(|entry| !before.contains(entry)) {
            let what = format!("{rule} {}", self.shown(std::slice::from_ref(entry)));
            self.add(Rule::RuleAdded, &what);
        }
        for entry in before.iter().filter(|entry| !new.contains(entry)) {
            if self.pair.is_in_both(&entry.key) {
                let what = format!("{rule} {}", self.shown(std::slice::from_ref(entry)));
                self.remove(&what);
            }
        }
    }

    /// A list of which one entry is enough, so that more entries make the rule looser.
    fn loose(&mut self, rule: &str, old: &[Entry], new: &[Entry]) {
        let before: BTreeSet<Entry> = old.iter().map(|entry| self.renamed(entry)).collect();
        let after: BTreeSet<Entry> = new.iter().cloned().collect();
        if before == after {
            return;
        }
        if after.is_empty() {
            let before: Vec<Entry> = before.into_iter().collect();
            let what = format!("{rule} {}", self.shown(&before));
            return self.remove(&what);
        }
        let is_looser = !before.is_empty() && before.is_subset(&after);
        let rule_name = if is_looser {
            Rule::RuleRemoved
        } else {
            Rule::RuleAdded
        };
        let what = format!("{rule} {}", self.shown(new));
        self.add(rule_name, &what);
    }

    fn overrides(&mut self, old: &Arg, new: &Arg) {
        let renamed = |list: &[String]| -> BTreeSet<String> {
            list.iter()
                .map(|key| self.pair.key(key).to_owned())
                .collect()
        };
        let (before, conflicted) = (renamed(&old.overrides), renamed(&old.conflicts));
        let after: BTreeSet<String> = new.overrides.iter().cloned().collect();
        let changed: Vec<String> = before.symmetric_difference(&after).cloned().collect();
        for key in changed.iter().filter(|key| self.pair.is_in_both(key)) {
            let is_added = after.contains(key);
            match key == &new.key {
                // It could not be given twice.
                true if is_added => self.add(
                    Rule::MayBeRepeated,
                    "may be repeated; the last value is used",
                ),
                true => self.add(Rule::OverridesChanged, "no longer overrides itself"),
                // Two options that could not be used together may now override each other.
                false if is_added && conflicted.contains(key) => {}
                false => {
                    let verb = if is_added {
                        "overrides"
                    } else {
                        "no longer overrides"
                    };
                    let what = format!("{verb} {}", self.pair.written(key));
                    self.add(Rule::OverridesChanged, &what);
                }
            }
        }
    }

    /// An entry with the new key.
    fn renamed(&self, entry: &Entry) -> Entry {
        Entry {
            key: self.pair.key(&entry.key).to_owned(),
            is: entry.is.clone(),
        }
    }

    fn shown(&self, entries: &[Entry]) -> String {
        let shown = entries.iter().map(|entry| {
            let name = self.pair.written(&entry.key);
            match &entry.is {
                Some(value) => format!("{name} is {}", code(value)),
                None => name,
            }
        });
        shown.collect::<Vec<_>>().join(", ")
    }
}
