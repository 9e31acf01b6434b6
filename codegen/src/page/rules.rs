//! What options say about each other, in sentences.

use super::entries::{condition, sentence, written};
use crate::ir::{Arg, Command, Condition, Group, GroupKind, Name};
use crate::text::{Inline, Inlines, plain};

/// What other arguments it needs, excludes, and is needed by.
pub(super) fn rules(command: &Command, arg: &Arg) -> Vec<Inlines> {
    let shown = |name: &Name| command.arg(name).filter(|arg| !arg.hidden);
    let excluded = command.excluded(arg).filter(|other| !other.hidden);
    let needed = command.requires(arg).filter_map(shown);
    let with = arg.required_with.iter().filter_map(shown);
    let unless = arg.required_unless.iter().filter_map(shown);
    let unless_all = arg.required_unless_all.iter().filter_map(shown);
    let conditions =
        |list: &[Condition]| list.iter().map(|when| condition(command, when)).collect();
    let overridden = arg.overrides.iter().filter(|name| ***name != *arg.id);
    let mut sentences = vec![
        sentence("Can't be given together with ", written(excluded), " or "),
        sentence("Requires ", written(needed), " and "),
        sentence("Must be given with ", written(with), " or "),
        unless_fact(written(unless), " or ", "is"),
        unless_fact(written(unless_all), " and ", "are"),
        sentence(
            "Must be given with ",
            conditions(&arg.required_when),
            " or ",
        ),
        sentence(
            "Must be given with ",
            conditions(&arg.required_when_all),
            " and ",
        ),
        sentence(
            "Takes the place of an earlier ",
            written(overridden.filter_map(shown)),
            " or ",
        ),
    ];
    if arg.exclusive {
        sentences.push(plain("Nothing else can be given with it."));
    }
    if arg.overrides.iter().any(|name| **name == *arg.id) {
        sentences.push(plain("If it is given several times, the last one counts."));
    }
    let groups = command
        .groups()
        .filter(|group| group.members.iter().any(|name| **name == *arg.id));
    sentences.extend(groups.map(|group| group_fact(command, group)));
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// `Must be given unless a or b is given.`
fn unless_fact(names: Vec<Inline>, last: &str, verb: &str) -> Inlines {
    let mut words = sentence("Must be given unless ", names, last);
    if words.pop().is_some() {
        words.push(Inline::Text(format!(" {verb} given.")));
    }
    words
}

/// What must be given of a group, where that is not said by other rules.
fn group_fact(command: &Command, group: &Group) -> Inlines {
    let members = group.members.iter().filter_map(|name| command.arg(name));
    let members = written(members.filter(|arg| !arg.hidden));
    match group.kind {
        GroupKind::OneOf => sentence("One must be given of ", members, " and "),
        GroupKind::AnyOf => sentence("One or more must be given of ", members, " and "),
        GroupKind::AtMostOne | GroupKind::AllOrNone => Inlines::new(),
    }
}

/// The options without which a command can't be called.
pub(super) fn needs(command: &Command) -> Option<Inlines> {
    let needed = command.needs.iter().filter_map(|name| command.arg(name));
    let needed = written(needed.filter(|arg| !arg.hidden));
    let words = sentence("Requires ", needed, " and ");
    (!words.is_empty()).then_some(words)
}
