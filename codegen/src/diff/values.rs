//! Compares the values that an option or argument takes.

use super::{Found, Rule, code};
use crate::description::{Bounds, Choice, Value};

/// The values of an option or argument, and where changes are added.
pub(super) struct Values<'a> {
    pub(super) place: &'a str,
    /// The option or argument, as code.
    pub(super) of: &'a str,
    pub(super) found: &'a mut Found,
}

/// Types that accept any string.
const STRINGS: [&str; 5] = ["string", "secret", "path", "file", "directory"];

impl Values<'_> {
    /// Compares two values.
    pub(super) fn compare(mut self, old: &Value, new: &Value, is_argument: bool) {
        self.types(old, new);
        self.limits(old, new);
        self.exists(old.exists, new.exists);
        self.choices(old, new);
        self.numbers(old, new, is_argument);
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
        let is_number = |value: &Value| ["integer", "float"].contains(&&*value.r#type);
        if !is_number(old) || !is_number(new) || (&old.min, &old.max) == (&new.min, &new.max) {
            return;
        }
        let number = |it: &Option<serde_json::Number>, none: f64| {
            it.as_ref()
                .and_then(serde_json::Number::as_f64)
                .unwrap_or(none)
        };
        let min = |value: &Value| number(&value.min, f64::NEG_INFINITY);
        let max = |value: &Value| number(&value.max, f64::INFINITY);
        let is_narrower = min(new) > min(old) || max(new) < max(old);
        let rule = if is_narrower {
            Rule::TypeNarrower
        } else {
            Rule::TypeWider
        };
        let range = |value: &Value| {
            let limit = |it: &Option<serde_json::Number>| {
                it.as_ref().map_or(String::new(), ToString::to_string)
            };
            code(&format!("{}..{}", limit(&value.min), limit(&value.max)))
        };
        self.add(
            rule,
            &format!("has the range {} instead of {}", range(new), range(old)),
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
        let meaning = |value: &Value, word: &str| {
            let mut choices = value.choices.iter();
            choices
                .find(|it| words(it).any(|known| known == word))
                .map(|it| it.name.clone())
        };
        for word in old.choices.iter().flat_map(words) {
            let (before, after) = (meaning(old, word), meaning(new, word));
            match after {
                None => self.add(
                    Rule::ChoiceRemoved,
                    &format!("no longer accepts {}", code(word)),
                ),
                // An alias of another choice, which still exists.
                Some(after)
                    if Some(&after) != before.as_ref()
                        && meaning(new, before.as_deref().unwrap_or_default()).as_ref()
                            != Some(&after) =>
                {
                    self.add(
                        Rule::NameReused,
                        &format!("reads {} as {}", code(word), code(&after)),
                    );
                }
                Some(_) => {}
            }
        }
        for word in new.choices.iter().flat_map(words) {
            if meaning(old, word).is_none() {
                self.add(Rule::ChoiceAdded, &format!("accepts {}", code(word)));
            }
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
    fn numbers(&mut self, old: &Value, new: &Value, is_argument: bool) {
        if old.names.len() != new.names.len() {
            let what = format!(
                "takes {} values each time instead of {}",
                new.names.len(),
                old.names.len()
            );
            self.add(Rule::FewerValues, &what);
            return;
        }
        let rule = match (
            range(&old.values, old.repeated),
            range(&new.values, new.repeated),
        ) {
            (before, after) if is_argument => order(before, after),
            // How many values an option takes each time decides what follows it.
            _ if old.values.is_some() != new.values.is_some() => Some(Rule::SyntaxChanged),
            (before, after) => {
                let each = old.values.is_some().then(|| order(before, after)).flatten();
                let again = order(
                    (1, (!old.repeated).then_some(1)),
                    (1, (!new.repeated).then_some(1)),
                );
                let times = order(range(&old.times, true), range(&new.times, true));
                let all = [each, again, times];
                all.into_iter()
                    .flatten()
                    .min_by_key(|rule| *rule != Rule::FewerValues)
            }
        };
        if let Some(rule) = rule {
            let what = match rule {
                Rule::SyntaxChanged => "takes another number of values each time",
                Rule::FewerValues => "accepts fewer numbers of values",
                _ => "accepts more numbers of values",
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
            let rule = match (old.last, old.trailing == new.trailing) {
                (true, true) => Rule::SyntaxAdded,
                _ => Rule::SyntaxChanged,
            };
            self.add(rule, "takes other parts of a command line");
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
            (false, true) => self.add(Rule::SyntaxAdded, "accepts values that begin with a dash"),
            _ => {}
        }
    }
}

/// The values that are accepted for a choice.
fn words(choice: &Choice) -> impl Iterator<Item = &String> {
    std::iter::once(&choice.name).chain(&choice.aliases)
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
