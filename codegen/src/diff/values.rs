//! Compares the values that an option or argument takes.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::Number;

use super::{Found, Rule, code, numbers};
use crate::description::{Bounds, Value};

/// The values of an option or argument, and where changes are added.
pub(super) struct Values<'a> {
    pub(super) place: &'a str,
    /// The option or argument, as code.
    pub(super) of: &'a str,
    /// Whether it is a positional argument, and the only one.
    pub(super) is_argument: bool,
    pub(super) is_alone: bool,
    pub(super) found: &'a mut Found,
}

/// Types that accept any string.
const STRINGS: [&str; 5] = ["string", "secret", "path", "file", "directory"];

impl Values<'_> {
    /// Compares two values.
    pub(super) fn compare(mut self, old: &Value, new: &Value) {
        self.types(old, new);
        self.limits(old, new);
        self.exists(old.exists, new.exists);
        self.choices(old, new);
        self.numbers(old, new);
        self.syntax(old, new);
        let of = self.of;
        let differs = [
            (
                "placeholder",
                old.names != new.names && old.names.len() == new.names.len(),
            ),
            ("complete", old.complete != new.complete),
            ("suggest", old.suggest != new.suggest),
        ];
        self.found.texts(self.place, of, &differs);
    }

    fn add(&mut self, rule: Rule, what: &str) {
        let message = format!("{} {what}", self.of);
        self.found.add(rule, self.place, message);
    }

    fn types(&mut self, old: &Value, new: &Value) {
        if old.r#type == new.r#type {
            return;
        }
        let is_string = |value: &Value| STRINGS.contains(&&*value.r#type);
        let (before, after) = (&*old.r#type, &*new.r#type);
        let rule = match (is_string(new), before, after) {
            (true, ..) | (_, "integer", "float") => Rule::TypeWider,
            _ => Rule::TypeNarrower,
        };
        self.add(
            rule,
            &format!("has the type {} instead of {}", code(after), code(before)),
        );
    }

    fn limits(&mut self, old: &Value, new: &Value) {
        let is_number = ["integer", "float"].contains(&&*old.r#type);
        if !is_number || old.r#type != new.r#type || (&old.min, &old.max) == (&new.min, &new.max) {
            return;
        }
        // A new limit is narrower if there was none, or if it is beyond the earlier one.
        let is_beyond =
            |new: &Option<Number>, old: &Option<Number>, beyond: Ordering| match (new, old) {
                (Some(new), Some(old)) => numbers::compare(new, old) == beyond,
                (new, _) => new.is_some(),
            };
        let is_narrower = is_beyond(&new.min, &old.min, Ordering::Greater)
            || is_beyond(&new.max, &old.max, Ordering::Less);
        let rule = if is_narrower {
            Rule::TypeNarrower
        } else {
            Rule::TypeWider
        };
        let range = |value: &Value| match (&value.min, &value.max) {
            (None, None) => "any number".to_owned(),
            (Some(min), None) => format!("numbers from {min}"),
            (None, Some(max)) => format!("numbers up to {max}"),
            (Some(min), Some(max)) => format!("numbers from {min} to {max}"),
        };
        self.add(
            rule,
            &format!("accepts {} instead of {}", range(new), range(old)),
        );
    }

    fn exists(&mut self, old: Option<bool>, new: Option<bool>) {
        match (old, new) {
            (before, after) if before == after => {}
            (_, Some(true)) => self.add(Rule::TypeNarrower, "has to exist"),
            (_, Some(false)) => self.add(Rule::TypeNarrower, "must not exist"),
            (_, None) => self.add(Rule::TypeWider, "may exist or not"),
        }
    }

    fn choices(&mut self, old: &Value, new: &Value) {
        if old.r#type != "choice" || new.r#type != "choice" {
            return;
        }
        match (old.ignore_case, new.ignore_case) {
            (true, false) => self.add(Rule::ChoiceRemoved, "no longer ignores case"),
            (false, true) => self.add(Rule::ChoiceAdded, "ignores case"),
            _ => {}
        }
        let (before, after) = (meanings(old), meanings(new));
        for (word, name) in &before {
            match after.get(word) {
                None => self.add(
                    Rule::ChoiceRemoved,
                    &format!("no longer accepts {}", code(word)),
                ),
                // A choice may have another name, but not that of another choice.
                Some(now)
                    if now != name
                        && (before.contains_key(now) || after.get(name) != Some(now)) =>
                {
                    self.add(
                        Rule::NameReused,
                        &format!("reads {} in another way", code(word)),
                    );
                }
                Some(_) => {}
            }
        }
        for word in after.keys().filter(|word| !before.contains_key(*word)) {
            self.add(Rule::ChoiceAdded, &format!("accepts {}", code(word)));
        }
        let described = |value: &Value| -> Vec<(String, String, bool)> {
            let choices = value.choices.iter();
            choices
                .map(|it| (it.name.clone(), it.help.clone(), it.hidden))
                .collect()
        };
        let (before, after) = (described(old), described(new));
        let differs = after.iter().any(|it| {
            let same = before.iter().find(|known| known.0 == it.0);
            same.is_some_and(|known| known != it)
        });
        self.found
            .texts(self.place, self.of, &[("choices", differs)]);
    }

    /// Compares how many values there may be.
    fn numbers(&mut self, old: &Value, new: &Value) {
        if old.names.len() != new.names.len() {
            let (before, after) = (old.names.len(), new.names.len());
            self.add(
                Rule::FewerValues,
                &format!("takes {after} values each time instead of {before}"),
            );
            return;
        }
        let each = |value: &Value| range(&value.values, value.repeated && self.is_argument);
        let (before, after) = (each(old), each(new));
        let again = |value: &Value| (1, (!value.repeated).then_some(1));
        let times = |value: &Value| range(&value.times, true);
        let rules = match self.is_argument {
            true => [order(before, after), None, None],
            // How many values an option takes each time decides what follows it.
            false if before != after => [Some(Rule::SyntaxChanged), None, None],
            false => [
                None,
                order(again(old), again(new)),
                order(times(old), times(new)),
            ],
        };
        let worst = rules
            .into_iter()
            .flatten()
            .min_by_key(|rule| *rule == Rule::MoreValues);
        if let Some(rule) = worst {
            let what = match rule {
                Rule::SyntaxChanged => "takes another number of values each time",
                Rule::FewerValues => "accepts fewer values",
                _ => "accepts more values",
            };
            self.add(rule, what);
        }
    }

    /// Compares how a value is written.
    fn syntax(&mut self, old: &Value, new: &Value) {
        if old.delimiter != new.delimiter {
            self.add(Rule::SyntaxChanged, "splits values at another character");
        }
        if old.terminator != new.terminator {
            self.add(Rule::SyntaxChanged, "ends its values in another way");
        }
        if (old.last, old.trailing) != (new.last, new.trailing) {
            let rule = match (old.last, old.trailing == new.trailing, self.is_alone) {
                (true, true, true) => Rule::SyntaxAdded,
                _ => Rule::SyntaxChanged,
            };
            self.add(
                rule,
                "takes its values from another part of the command line",
            );
        }
        match (&old.bare, &new.bare) {
            (before, after) if before == after => {}
            (None, Some(_)) => self.add(Rule::SyntaxAdded, "may be given without a value"),
            (_, None) => self.add(Rule::SyntaxChanged, "has to be given with a value"),
            (_, Some(after)) => {
                self.add(
                    Rule::DefaultChanged,
                    &format!("means {} without a value", code(after)),
                );
            }
        }
        match (old.equals, new.equals) {
            (false, true) => self.add(
                Rule::SyntaxChanged,
                "accepts a value only after an equals sign",
            ),
            // What follows such an option was not its value before.
            (true, false) if old.bare.is_some() => {
                self.add(Rule::SyntaxChanged, "takes what follows it as its value")
            }
            (true, false) => self.add(Rule::SyntaxAdded, "accepts a value without an equals sign"),
            _ => {}
        }
        match (old.hyphen_values, new.hyphen_values) {
            (true, false) => self.add(
                Rule::SyntaxChanged,
                "no longer accepts values that begin with a dash",
            ),
            // What began with a dash was not its value, if it could do without one.
            (false, true) if old.bare.is_some() || old.values.is_some() => {
                self.add(
                    Rule::SyntaxChanged,
                    "takes what begins with a dash as its value",
                );
            }
            (false, true) => self.add(Rule::SyntaxAdded, "accepts values that begin with a dash"),
            _ => {}
        }
    }
}

/// The accepted words, each with the name of its choice.
fn meanings(value: &Value) -> BTreeMap<&str, &str> {
    let words = value.choices.iter().flat_map(|choice| {
        let words = std::iter::once(&choice.name).chain(&choice.aliases);
        words.map(|word| (&**word, &*choice.name))
    });
    words.collect()
}

/// The smallest and the largest number of values.
fn range(bounds: &Option<Bounds>, is_list: bool) -> (usize, Option<usize>) {
    match bounds {
        Some(bounds) => (bounds.min, bounds.max),
        None => (1, (!is_list).then_some(1)),
    }
}

/// The rule for a change from one range to another.
fn order(old: (usize, Option<usize>), new: (usize, Option<usize>)) -> Option<Rule> {
    let most = |max: Option<usize>| max.unwrap_or(usize::MAX);
    match () {
        () if old == new => None,
        () if new.0 > old.0 || most(new.1) < most(old.1) => Some(Rule::FewerValues),
        () => Some(Rule::MoreValues),
    }
}
