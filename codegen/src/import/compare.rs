//! Compares a program with the one that is generated from its spec.

use std::collections::{BTreeMap, BTreeSet};

use super::Loss;
use super::described::Command;
use super::facts::{self, Facts};

/// What was lost, and the number of facts that were compared.
pub(super) struct Comparison {
    pub(super) losses: Vec<Loss>,
    pub(super) facts: usize,
}

/// Compares a program with the one that is generated from its spec. `known` are the losses that are known already;
/// all other differences are added.
pub(super) fn compare(
    original: &Command,
    rebuilt: Option<&Command>,
    known: Vec<Loss>,
) -> Comparison {
    let Some(rebuilt) = rebuilt else {
        return Comparison {
            losses: known,
            facts: 0,
        };
    };
    let before = facts::of(original);
    let after = facts::of(rebuilt);
    let mut losses: Vec<Loss> = Vec::new();
    let mut known = merged(known);
    let places: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for place in places {
        let (one, other) = (before.get(place), after.get(place));
        let names = one.into_iter().chain(other).flat_map(BTreeMap::keys);
        for name in names.collect::<BTreeSet<_>>() {
            let value = |facts: Option<&BTreeMap<String, String>>| {
                facts
                    .and_then(|facts| facts.get(name))
                    .cloned()
                    .unwrap_or_default()
            };
            let (before, after) = (value(one), value(other));
            let known = known.remove(&(place.clone(), name.clone()));
            if known.is_none() && name.starts_with("order of ") && !is_same_list(&before, &after) {
                // What is missing is reported where it belongs.
                continue;
            }
            if before != after || known.is_some() {
                let loss = known.unwrap_or_else(|| Loss::new(place, name, String::new()));
                losses.push(Loss {
                    before,
                    after,
                    ..loss
                });
            }
        }
    }
    losses.extend(known.into_values());
    losses.sort_by(|one, other| (&one.place, &one.fact).cmp(&(&other.place, &other.fact)));
    let facts = count(&before);
    Comparison { losses, facts }
}

/// Losses by their places and facts. What is known twice has both reasons.
fn merged(losses: Vec<Loss>) -> BTreeMap<(String, String), Loss> {
    let mut merged: BTreeMap<(String, String), Loss> = BTreeMap::new();
    for loss in losses {
        let key = (loss.place.clone(), loss.fact.clone());
        match merged.get_mut(&key) {
            Some(known) if known.reason != loss.reason => {
                known.reason = format!("{}; {}", known.reason, loss.reason);
            }
            Some(_) => {}
            None => drop(merged.insert(key, loss)),
        }
    }
    merged
}

/// Whether two lists have the same names, in whatever order.
fn is_same_list(one: &str, other: &str) -> bool {
    let names = |list: &str| list.split(", ").map(str::to_owned).collect::<BTreeSet<_>>();
    names(one) == names(other)
}

fn count(facts: &Facts) -> usize {
    facts.values().map(BTreeMap::len).sum()
}
