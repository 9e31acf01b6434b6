//! Rules about the values of other options. clap can't check them, because they apply to defaults too.

use std::ffi::OsStr;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::Line;
use super::end::End;
use super::matches::Matches;
use crate::model::{Arg, Condition, Rule};

/// Returns the error of an option that needs one of these conditions, if there are any.
fn alternatives(missing: Vec<String>) -> Option<End> {
    match missing.len() {
        0 => None,
        1 => Some(End::OnlyWith(missing)),
        _ => Some(End::OnlyWith(vec![format!("<{}>", missing.join("|"))])),
    }
}

impl Line {
    /// Returns the error of an option that can't be given with the values of other options.
    pub(super) fn wrong_conditions(&self, matches: &ArgMatches) -> Option<End> {
        let given = |arg: &&Arg| {
            let source = matches.value_source(arg.id);
            !arg.rules.is_empty() && source == Some(ValueSource::CommandLine)
        };
        let mut given = self.called.args().filter(given);
        given.find_map(|arg| self.wrong_condition(arg, matches))
    }

    /// Returns the error of an option with too few or too many values in total.
    pub(super) fn wrong_count(&self, matches: &Matches) -> Option<End> {
        let mut bounded = self.called.args().filter_map(|arg| Some((arg, arg.times?)));
        bounded.find_map(|(arg, (min, max))| {
            if !matches.is_given(arg.id) {
                return None;
            }
            let count = matches.len(arg.id) / arg.names.len().max(1);
            if count < min {
                return Some(End::TooFew(arg.written(), min, count));
            }
            let most = max.filter(|max| count > *max)?;
            Some(End::TooMany(arg.written(), most, count))
        })
    }

    fn wrong_condition(&self, arg: &Arg, matches: &ArgMatches) -> Option<End> {
        let (mut excluding, mut all_excluding) = (Vec::new(), Vec::new());
        let (mut needed, mut all_needed) = (Vec::new(), Vec::new());
        for rule in &arg.rules {
            match rule {
                Rule::ConflictsWhen(when) => excluding.push(when),
                Rule::ConflictsWhenAll(when) => all_excluding.push(when),
                Rule::RequiresWhen(when) => needed.push(when),
                Rule::RequiresWhenAll(when) => all_needed.push(when),
                _ => {}
            }
        }
        let holds = |when: &&&Condition| self.holds(when, matches);
        if let Some(when) = excluding.iter().find(holds) {
            return Some(End::NotWith(arg.written(), vec![self.spelled(when)]));
        }
        if !all_excluding.is_empty() && all_excluding.iter().all(|when| holds(&when)) {
            let conditions = all_excluding.iter().map(|when| self.spelled(when));
            return Some(End::NotWith(arg.written(), conditions.collect()));
        }
        let missing: Vec<String> = match needed.iter().any(|when| holds(&when)) {
            true => Vec::new(),
            false => needed.iter().map(|when| self.spelled(when)).collect(),
        };
        if let Some(end) = alternatives(missing) {
            return Some(end);
        }
        let missing = all_needed.iter().filter(|when| !holds(when));
        let missing: Vec<String> = missing.map(|when| self.spelled(when)).collect();
        (!missing.is_empty()).then_some(End::OnlyWith(missing))
    }

    /// Returns whether an option has a value, given or by default.
    fn holds(&self, when: &Condition, matches: &ArgMatches) -> bool {
        let Some(arg) = self.called.arg(when.arg) else {
            return false;
        };
        if !arg.takes_value() {
            let is_on = match arg.defaults.first() {
                // A switch that is on by default.
                Some(&"true") => !self.last(arg.id).is_some_and(|given| given.off),
                _ => matches.get_flag(arg.id),
            };
            return when.is == is_on.to_string();
        }
        let is = when.meant(&self.called);
        let mut values = matches.get_raw(arg.id).into_iter().flatten();
        values.any(|value| {
            let choice = value.to_str().and_then(|word| arg.meaning(word));
            value == OsStr::new(is) || choice.is_some_and(|choice| choice.name == is)
        })
    }

    /// Returns a condition as users type it: `--format json`, or `--json` for a switch.
    fn spelled(&self, when: &Condition) -> String {
        let arg = self.called.arg(when.arg);
        arg.map_or_else(String::new, |arg| arg.with_value(when.is))
    }
}
