//! Compares two versions of an option or argument.

use super::args::Pair;
use super::{Found, Rule, code, codes, commands, contract, rules, values};
use crate::description::{Arg, Condition, DefaultWhen, Takes, Value};

/// Compares two versions of an option or argument.
pub(super) fn compare(pair: &Pair, old: &Arg, new: &Arg, found: &mut Found) {
    let of = code(&new.written());
    let place = pair.place;
    required(place, old, new, &of, found);
    takes(pair, old, new, &of, found);
    defaults(pair, old, new, &of, found);
    sources(place, old, new, &of, found);
    rules::compare(pair, old, new, &of, found);
    placement(place, old, new, &of, found);
    let [before, after] = pair.commands().map(|command| &command.effect);
    if old.effect != new.effect {
        // Without an effect of its own, an option has that of the command.
        let effect =
            |own: &Option<String>, command: &Option<String>| own.clone().or(command.clone());
        let effects = [effect(&old.effect, before), effect(&new.effect, after)];
        contract::effect(place, &of, &effects[0], &effects[1], found);
    }
    if old.role != new.role {
        match &old.role {
            Some(role) => {
                let message = format!("{of} no longer has the role {}", code(role));
                found.add(Rule::RoleChanged, place, message);
            }
            None => found.texts(place, &of, &[("role", true)]),
        }
    }
    commands::deprecation(place, &of, &old.deprecated, &new.deprecated, found);
    let hidden = |arg: &Arg| {
        (
            arg.hidden,
            arg.hidden_in_short_help,
            arg.hidden_names.clone(),
        )
    };
    let opposite = |arg: &Arg| arg.opposite.as_ref().map(|it| (it.help.clone(), it.hidden));
    let earlier = |arg: &Arg| arg.deprecated_names.clone();
    let differs = [
        ("help", old.help != new.help),
        ("description", old.description != new.description),
        ("heading", old.heading != new.heading),
        ("hidden", hidden(old) != hidden(new)),
        ("opposite", opposite(old) != opposite(new)),
        ("deprecated names", earlier(old) != earlier(new)),
        ("since", old.since != new.since),
    ];
    found.texts(place, &of, &differs);
}

/// Compares whether it has to be given.
fn required(place: &str, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
    match (old.required, new.required) {
        (false, true) => found.add(Rule::Required, place, format!("{of} is required")),
        (true, false) => found.add(Rule::NotRequired, place, format!("{of} is not required")),
        _ => {}
    }
    let with = "if another option of its set is given";
    match (old.required_in_set, new.required_in_set) {
        (false, true) if !old.required => {
            found.add(Rule::Required, place, format!("{of} is required {with}"));
        }
        (true, false) if !new.required => {
            found.add(
                Rule::NotRequired,
                place,
                format!("{of} is not required {with}"),
            );
        }
        _ => {}
    }
}

fn takes(pair: &Pair, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
    let place = pair.place;
    let needs_no_value = |value: &Value| value.bare.is_some() && value.equals;
    match (old.takes, new.takes) {
        // A switch that may be repeated is still a switch.
        (Takes::Switch, Takes::Count) => {
            found.add(Rule::MayBeRepeated, place, format!("{of} may be repeated"));
        }
        (Takes::Switch, Takes::Value) if new.value.as_ref().is_some_and(needs_no_value) => {
            found.add(
                Rule::SyntaxAdded,
                place,
                format!("{of} may be given with a value"),
            );
        }
        (before, after) if before != after => {
            let takes = match after {
                Takes::Value => "takes a value",
                Takes::Count => "counts how often it is given",
                Takes::Switch => "is a switch",
            };
            found.add(Rule::TakesChanged, place, format!("{of} {takes}"));
        }
        _ => {}
    }
    if let (Some(before), Some(after)) = (&old.value, &new.value) {
        let is_argument = old.sigil.is_none() && old.names.is_empty();
        let is_alone = pair.commands()[0].arguments.len() == 1;
        let values = values::Values {
            place,
            of,
            is_argument,
            is_alone,
            found,
        };
        values.compare(before, after);
    } else if let (Some(before), Some(after)) = (old.max, new.max) {
        let message = format!("{of} counts up to {after} instead of {before}");
        match after.cmp(&before) {
            std::cmp::Ordering::Less => found.add(Rule::TakesChanged, place, message),
            std::cmp::Ordering::Greater => found.add(Rule::MoreValues, place, message),
            std::cmp::Ordering::Equal => {}
        }
    }
}

fn defaults(pair: &Pair, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
    // Without a value, the command line was rejected, or is rejected now.
    if old.default != new.default && !old.required && !new.required {
        let shown = |values: &[String]| match values {
            [] => "none".to_owned(),
            values => codes(values.iter().map(String::as_str)),
        };
        let (before, after) = (shown(&old.default), shown(&new.default));
        let message = format!("the default of {of} is {after} instead of {before}");
        found.add(Rule::DefaultChanged, pair.place, message);
    }
    let renamed = old.default_when.iter().map(|default| DefaultWhen {
        when: Condition {
            arg: pair.key(&default.when.arg).to_owned(),
            is: default.when.is.clone(),
        },
        value: default.value.clone(),
    });
    // A default for the case that a new option is given changes nothing.
    let known = new.default_when.iter().filter(|it| pair.is_known(&it.when));
    if !renamed.eq(known.cloned()) {
        let message = format!("the default of {of} depends on other options in another way");
        found.add(Rule::DefaultChanged, pair.place, message);
    }
}

/// Compares from where else it gets its value.
fn sources(place: &str, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
    let settings = |arg: &Arg| -> Vec<String> {
        let earlier = arg.deprecated_settings.iter();
        arg.setting.iter().chain(earlier).cloned().collect()
    };
    // All but the first are deprecated.
    for (before, after, kind, [removed, added]) in [
        (
            old.env.clone(),
            new.env.clone(),
            "variable",
            [Rule::VariableRemoved, Rule::VariableAdded],
        ),
        (
            settings(old),
            settings(new),
            "setting",
            [Rule::SettingRemoved, Rule::SettingAdded],
        ),
    ] {
        for name in &before {
            let name_now = after.iter().position(|other| other == name);
            let name_code = code(name);
            match name_now {
                None => found.add(
                    removed,
                    place,
                    format!("the {kind} {name_code} of {of} was removed"),
                ),
                Some(1..) if before.first() == Some(name) => {
                    found.add(
                        Rule::Deprecated,
                        place,
                        format!("the {kind} {name_code} of {of} is deprecated"),
                    );
                }
                Some(_) => {}
            }
        }
        for name in after.iter().filter(|name| !before.contains(name)) {
            found.add(
                added,
                place,
                format!("{of} has the additional {kind} {}", code(name)),
            );
        }
    }
    match (old.only_user_setting, new.only_user_setting) {
        (false, true) if old.setting.is_some() => {
            found.add(
                Rule::SettingRemoved,
                place,
                format!("a project's file can't set {of}"),
            );
        }
        (true, false) if new.setting.is_some() => {
            found.add(
                Rule::SettingAdded,
                place,
                format!("a project's file can set {of}"),
            );
        }
        _ => {}
    }
}

fn placement(place: &str, old: &Arg, new: &Arg, of: &str, found: &mut Found) {
    if old.placement == new.placement {
        return;
    }
    let shown = |arg: &Arg| match arg.placement.as_deref() {
        None => "anywhere",
        Some("before-subcommand") => "only before the name of a subcommand",
        Some(_) => "only without a subcommand",
    };
    let rule = match new.placement {
        None => Rule::PlacementWider,
        Some(_) if old.placement.as_deref() == Some("without-subcommand") => Rule::PlacementWider,
        Some(_) => Rule::PlacementNarrower,
    };
    let message = format!("{of} is accepted {} instead of {}", shown(new), shown(old));
    found.add(rule, place, message);
}
