//! Compares two programs.

use super::index::Index;
use super::{Found, Rule, code, commands};
use crate::description::{Command, ConfigFiles, Description};

/// Compares two programs.
pub(super) fn compare(old: &Description, new: &Description, found: &mut Found) {
    let place = &*new.name;
    if old.name != new.name {
        let message = format!("the program was called {}", code(&old.name));
        found.add(Rule::ProgramRenamed, place, message);
    }
    let has_version = |it: &Description| it.version_of_crate || it.version.is_some();
    match (has_version(old), has_version(new)) {
        (true, false) => found.add(Rule::VersionRemoved, place, "`--version` was removed"),
        (false, true) => found.add(Rule::VersionAdded, place, "`--version` was added"),
        _ => {}
    }
    match (old.describe, new.describe) {
        (true, false) => {
            found.add(
                Rule::DescriptionRemoved,
                place,
                "it doesn't print its description",
            );
        }
        (false, true) => {
            found.add(Rule::DescriptionAdded, place, "it prints its description");
        }
        _ => {}
    }
    config_files(old, new, found);
    match (old.args_override_self, new.args_override_self) {
        (true, false) => {
            found.add(Rule::SyntaxChanged, place, "options can't be given twice");
        }
        (false, true) => {
            found.add(Rule::SyntaxAdded, place, "options may be given twice");
        }
        _ => {}
    }
    topics(old, new, found);
    let differs = [("authors", old.authors != new.authors)];
    found.texts(place, "the program", &differs);
    // The names of the programs don't matter to the names of their commands.
    let mut renamed = old.clone();
    renamed.command.name = new.command.name.clone();
    rename_second_names(&mut renamed.command, &old.name, &new.name);
    let (old, new) = (Index::of(&renamed), Index::of(new));
    commands::both(&old, &new, found);
}

/// Compares the topics of the command `help`.
fn topics(old: &Description, new: &Description, found: &mut Found) {
    let place = &*new.name;
    for topic in &old.topics {
        let of = format!("the topic {}", code(&topic.name));
        match new.topics.iter().find(|other| other.name == topic.name) {
            None => found.add(Rule::TopicRemoved, place, format!("{of} was removed")),
            Some(other) => found.texts(place, &of, &[("text", other != topic)]),
        }
    }
    for topic in &new.topics {
        if old.topics.iter().all(|other| other.name != topic.name) {
            let message = format!("the topic {} was added", code(&topic.name));
            found.add(Rule::TopicAdded, place, message);
        }
    }
}

/// Replaces the name of the program in the second names of commands.
fn rename_second_names(command: &mut Command, old: &str, new: &str) {
    for name in &mut command.also {
        if let Some(rest) = name.strip_prefix(old).filter(|rest| rest.starts_with(' ')) {
            *name = format!("{new}{rest}");
        }
    }
    for below in &mut command.commands {
        rename_second_names(below, old, new);
    }
}

fn config_files(old: &Description, new: &Description, found: &mut Found) {
    let none = ConfigFiles::default();
    let (before, after) = (
        old.config.as_ref().unwrap_or(&none),
        new.config.as_ref().unwrap_or(&none),
    );
    for (kind, before, after) in [
        ("project", &before.project, &after.project),
        ("user", &before.user, &after.user),
        ("system", &before.system, &after.system),
    ] {
        let place = &*new.name;
        match (before, after) {
            (Some(before), after) if Some(before) != after.as_ref() => {
                let after = match after {
                    Some(after) => format!("is {} instead of {}", code(after), code(before)),
                    None => format!("{} is no longer read", code(before)),
                };
                let message = format!("the configuration file `{kind}` {after}");
                found.add(Rule::SettingRemoved, place, message);
            }
            (None, Some(after)) => {
                let message = format!(
                    "the configuration file `{kind}`, {}, was added",
                    code(after)
                );
                found.add(Rule::SettingAdded, place, message);
            }
            _ => {}
        }
    }
}
