//! The facts about an option that follow from the rules between options.

use super::{Facts, Relations, condition, listed, written};
use crate::model::{Arg, Called, Group, Rule};

impl Facts {
    /// Adds facts about other arguments that it requires or excludes, or that require it.
    pub(super) fn rules(&mut self, called: &Called, relations: &Relations, arg: &Arg) {
        let ids = |pick: fn(&Rule) -> Option<&'static str>| {
            let own = arg.rules.iter().filter_map(pick);
            written(called, own)
        };
        let excluded = relations.excluded(arg.id).iter().copied();
        self.named(
            &written(called, excluded),
            "not with ",
            "Can't be used with ",
            "or",
            "",
        );
        let own = arg.rules.iter().filter_map(|rule| match rule {
            Rule::Requires(id) => Some(*id),
            _ => None,
        });
        let pairs = called.upwards().flat_map(|command| &command.requires);
        let pairs = pairs.filter(|(from, _)| *from == arg.id).map(|(_, to)| *to);
        // Of a group, only one member may be visible.
        let is_choice = |id: &&str| {
            called
                .group(id)
                .is_some_and(|it| visible(called, it).len() > 1)
        };
        let (groups, others): (Vec<&str>, Vec<&str>) = own.chain(pairs).partition(is_choice);
        let others = others.into_iter().flat_map(|id| match called.group(id) {
            Some(group) => group.members.clone(),
            None => vec![id],
        });
        self.named(&written(called, others), "needs ", "Requires ", "and", "");
        for group in groups.into_iter().filter_map(|name| called.group(name)) {
            let sentence = "Requires at least one of these: ";
            self.named(&visible(called, group), "needs one of ", sentence, "or", "");
        }
        let with = ids(|rule| match rule {
            Rule::RequiredWith(id) => Some(id),
            _ => None,
        });
        self.named(&with, "required with ", "Required with ", "or", "");
        let unless = ids(|rule| match rule {
            Rule::RequiredUnless(id) => Some(id),
            _ => None,
        });
        let (brief, sentence) = ("required unless ", "Required unless ");
        self.named(&unless, brief, sentence, "or", " is given");
        let unless = ids(|rule| match rule {
            Rule::RequiredUnlessAll(id) => Some(id),
            _ => None,
        });
        let end = if unless.len() == 1 {
            " is given"
        } else {
            " are given"
        };
        self.named(&unless, brief, sentence, "and", end);
        self.conditions(called, arg);
        self.overrides(called, arg);
        self.groups(called, arg);
    }

    fn conditions(&mut self, called: &Called, arg: &Arg) {
        for (all, last) in [(false, "or"), (true, "and")] {
            let conditions = arg.rules.iter().filter_map(|rule| match rule {
                Rule::RequiredWhen(when) if !all => condition(called, when),
                Rule::RequiredWhenAll(when) if all => condition(called, when),
                _ => None,
            });
            let conditions: Vec<String> = conditions.collect();
            self.named(&conditions, "required with ", "Required with ", last, "");
            let conditions = arg.rules.iter().filter_map(|rule| match rule {
                Rule::ConflictsWhen(when) if !all => condition(called, when),
                Rule::ConflictsWhenAll(when) if all => condition(called, when),
                _ => None,
            });
            let conditions: Vec<String> = conditions.collect();
            self.named(&conditions, "not with ", "Can't be used with ", last, "");
            let conditions = arg.rules.iter().filter_map(|rule| match rule {
                Rule::RequiresWhen(when) if !all => condition(called, when),
                Rule::RequiresWhenAll(when) if all => condition(called, when),
                _ => None,
            });
            let conditions: Vec<String> = conditions.collect();
            self.named(
                &conditions,
                "only with ",
                "Can only be used with ",
                last,
                "",
            );
        }
    }

    /// Adds facts about other arguments that it overrides.
    fn overrides(&mut self, called: &Called, arg: &Arg) {
        let overridden = arg.rules.iter().filter_map(|rule| match rule {
            Rule::Overrides(id) if *id != arg.id => Some(*id),
            _ => None,
        });
        let overridden = written(called, overridden);
        self.named(&overridden, "overrides ", "Overrides an earlier ", "or", "");
        if arg.is_exclusive() {
            self.add("alone", "Can't be used with any other option or argument.");
        }
        if arg.rules.contains(&Rule::Overrides(arg.id)) {
            let sentence = "If it is given several times, the last one counts.";
            self.add("the last one counts", sentence);
        }
    }

    /// Adds facts about the option groups that it belongs to.
    fn groups(&mut self, called: &Called, arg: &Arg) {
        for group in called
            .groups()
            .filter(|group| group.members.contains(&arg.id))
        {
            let members = visible(called, group);
            if members.len() == 1 && group.required && group.help.is_empty() {
                self.add("required", "Required.");
                continue;
            }
            let (brief, rule) = match (group.required, group.one) {
                (true, true) => ("one of ", "one of these is required: "),
                (true, false) => ("one or more of ", "at least one of these is required: "),
                (false, _) if group.help.is_empty() => continue,
                (false, _) => {
                    // The rules between the members are other facts.
                    self.add("", format!("{}: {}.", group.help, listed(&members, "or")));
                    continue;
                }
            };
            let sentence = match group.help {
                "" => rule[..1].to_uppercase() + &rule[1..],
                help => format!("{help}: {rule}"),
            };
            self.named(&members, brief, &sentence, "or", "");
        }
    }
}

/// Returns the members of a group that are not hidden.
fn visible(called: &Called, group: &Group) -> Vec<String> {
    written(called, group.members.iter().copied())
}
