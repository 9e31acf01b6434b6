//! Rules between options and arguments.

use std::sync::Arc;

use super::arg::Place;
use super::{Writer, id, literal};
use crate::ir::{Arg, Command, Condition, Name, Value};

impl Writer<'_> {
    /// Adds the rules. Rules about arguments that clap doesn't know there are losses.
    pub(super) fn rules(&mut self, place: &Place, arg: &Arg, parts: &mut Vec<String>) {
        let command = place.command.or_else(|| {
            self.program
                .root
                .walk()
                .into_iter()
                .find(|command| command.all_sets().any(|set| Arc::ptr_eq(set, place.set)))
        });
        // A set has only its own rules. Each command has those between its sets and its other options.
        let (conflicts, requires) = match place.command {
            Some(command) => (conflicts(command, arg), requires(command, arg)),
            None => (texts(&arg.conflicts), texts(&arg.requires)),
        };
        let known = |keys: Vec<String>| {
            keys.into_iter()
                .filter(|key| place.command.is_some() || place.knows(key))
        };
        let (conflicts, _) = self.known(place, arg, known(conflicts).collect());
        parts.extend(array("conflicts_with_all", &conflicts));
        let (requires, _) = self.known(place, arg, known(requires).collect());
        parts.extend(
            requires
                .iter()
                .map(|key| format!("requires = {}", literal(&id(key)))),
        );
        self.requirements(place, arg, command, parts);
        let (overrides, _) = self.known(place, arg, texts(&arg.overrides));
        // The values of a list are those of the last time anyway.
        let is_list = arg.value().is_some_and(Value::is_list);
        let is_other = |key: &String| *key != *arg.id.value || !is_list;
        let overrides: Vec<String> = overrides.into_iter().filter(is_other).collect();
        parts.extend(array("overrides_with_all", &overrides));
        let opposite = arg.opposite().map(|opposite| id(&opposite.name));
        parts.extend(opposite.map(|name| format!("overrides_with = {}", literal(&name))));
        if arg.exclusive {
            parts.push("exclusive = true".to_owned());
        }
        self.defaults_when(place, arg, command, parts);
    }

    /// Adds when it is required.
    fn requirements(
        &mut self,
        place: &Place,
        arg: &Arg,
        command: Option<&Command>,
        parts: &mut Vec<String>,
    ) {
        for (key, names) in [
            ("required_unless_present_any", &arg.required_unless),
            ("required_unless_present_all", &arg.required_unless_all),
        ] {
            let (known, all) = self.known(place, arg, texts(names));
            parts.extend(array(key, &known).filter(|_| all));
        }
        for (key, conditions) in [
            ("required_if_eq_any", &arg.required_when),
            ("required_if_eq_all", &arg.required_when_all),
        ] {
            let keys = conditions.iter().map(|it| it.arg.value.clone()).collect();
            let (_, all) = self.known(place, arg, keys);
            if all && !conditions.is_empty() {
                let pairs = conditions.iter().flat_map(|it| {
                    let words = words(command, it);
                    words
                        .into_iter()
                        .map(|is| format!("({}, {})", literal(&id(&it.arg)), literal(&is)))
                });
                let pairs: Vec<String> = pairs.collect();
                parts.push(format!("{key} = [{}]", pairs.join(", ")));
                // All of the conditions can't be met with each alias at once.
                if key == "required_if_eq_all" && pairs.len() > conditions.len() {
                    parts.pop();
                    self.losses
                        .add("conditions about a value with aliases", &place.shown(arg));
                }
            }
        }
    }

    /// Adds the defaults that depend on other options.
    fn defaults_when(
        &mut self,
        place: &Place,
        arg: &Arg,
        command: Option<&Command>,
        parts: &mut Vec<String>,
    ) {
        let when = arg
            .value()
            .map(|value| &value.default_when[..])
            .unwrap_or_default();
        let when = when.iter().map(|it| (&it.when, it.value.value.clone()));
        let on = arg.on_when.iter().map(|it| (it, "true".to_owned()));
        let all: Vec<_> = when.chain(on).collect();
        let keys = all.iter().map(|(when, _)| when.arg.value.clone()).collect();
        let (_, are_known) = self.known(place, arg, keys);
        let defaults = all.iter().flat_map(|(when, value)| {
            let (key, value) = (literal(&id(&when.arg)), literal(value));
            let words = words(command, when).into_iter();
            words.map(move |is| format!("({key}, {}, {value})", literal(&is)))
        });
        if are_known && !all.is_empty() {
            let defaults: Vec<String> = defaults.collect();
            parts.push(format!("default_value_ifs = [{}]", defaults.join(", ")));
        }
    }

    /// Splits keys into those that clap knows there. Returns them, and whether clap knows all.
    fn known(&mut self, place: &Place, arg: &Arg, keys: Vec<String>) -> (Vec<String>, bool) {
        let count = keys.len();
        let known: Vec<String> = keys.into_iter().filter(|key| place.knows(key)).collect();
        let all = known.len() == count;
        if !all {
            self.losses.add(
                "rules between options of different commands or sets",
                &place.shown(arg),
            );
        }
        (known, all)
    }
}

/// The values with which a condition is met. clap compares what is typed, which may be an alias.
fn words(command: Option<&Command>, condition: &Condition) -> Vec<String> {
    let arg = command.and_then(|command| command.arg(&condition.arg));
    let choice = arg
        .and_then(Arg::value)
        .and_then(|value| value.meaning(&condition.is));
    match choice {
        Some(choice) => std::iter::once(&choice.name)
            .chain(&choice.aliases)
            .map(|name| name.value.clone())
            .collect(),
        None => vec![condition.is.value.clone()],
    }
}

/// What conflicts with an argument of a command, including what follows from requirements.
fn conflicts(command: &Command, arg: &Arg) -> Vec<String> {
    let excluded = command.excluded(arg).map(|other| other.id.value.clone());
    let implied = command.implied_conflicts.iter();
    let implied = implied
        .filter(|(one, _)| *one == *arg.id.value)
        .map(|(_, other)| other.clone());
    excluded.chain(implied).collect()
}

/// What an argument of a command requires.
fn requires(command: &Command, arg: &Arg) -> Vec<String> {
    command.requires(arg).map(|id| id.value.clone()).collect()
}

/// Attributes of a command with the rules for options of its sets that are not in the sets themselves.
pub(super) fn between_sets(command: &Command) -> Vec<String> {
    let mut rules = Vec::new();
    let fits = |key: &str| command.arg(key).is_some_and(Arg::is_accepted_after_name);
    // Conflicts with the command's own options are rules of these.
    let own = |key: &str| command.own.args.iter().any(|arg| *arg.id == *key);
    for (set, args) in command.args_of().filter(|(set, _)| set.name.is_some()) {
        for arg in args.into_iter().filter(|arg| arg.is_accepted_after_name()) {
            let in_set = |key: &str| set.args.iter().find(|other| *other.id == *key);
            let names = |list: &[Name], key: &str| list.iter().any(|name| **name == *key);
            let excludes = |key: &str| {
                let other = in_set(key);
                other.is_some_and(|other| {
                    names(&arg.conflicts, key) || names(&other.conflicts, &arg.id)
                })
            };
            let mut add = |method: &str, key: &str| {
                let (arg, other) = (literal(&id(&arg.id)), literal(&id(key)));
                rules.push(format!("mut_arg({arg}, |arg| arg.{method}({other}))"));
            };
            let known = |key: &str| in_set(key).is_some() && names(&arg.requires, key);
            for key in requires(command, arg)
                .iter()
                .filter(|key| fits(key) && !known(key))
            {
                add("requires", key);
            }
            let is_own_rule =
                |key: &str| own(key) && command.excluded(arg).any(|other| *other.id == *key);
            for key in conflicts(command, arg) {
                if fits(&key) && !is_own_rule(&key) && !excludes(&key) {
                    add("conflicts_with", &key);
                }
            }
        }
    }
    rules
}

fn array(key: &str, keys: &[String]) -> Option<String> {
    let names: Vec<String> = keys.iter().map(|key| literal(&id(key))).collect();
    (!names.is_empty()).then(|| format!("{key} = [{}]", names.join(", ")))
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.value.clone()).collect()
}
