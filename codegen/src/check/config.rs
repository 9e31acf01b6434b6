//! Settings: their names, and the options that have them.

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, ConfigFiles, Name, Program};

/// The names that the commands below `config` have for what they take.
const TAKEN: [&str; 4] = ["key", "value", "user", "project"];

/// What files of settings bring must not be there already.
pub(super) fn files(program: &Program, problems: &mut Diagnostics) {
    let Some(files) = &program.config_files else {
        return;
    };
    for set in program.root.defined_sets() {
        for arg in &set.args {
            if TAKEN.contains(&arg.id.as_str()) {
                problems
                    .error(
                        Code::ReservedName,
                        arg.id.span,
                        format!("the commands of `config` have their own `{}`", *arg.id),
                    )
                    .related(files.span, "this key brings the commands")
                    .silences([arg.id.span])
                    .help("give this one another name, or move it into the commands that use it");
            }
        }
    }
}

/// An option has one setting, and the setting one option.
pub(super) fn settings(program: &Program, problems: &mut Diagnostics) {
    let sets = all_sets(program);
    let args = sets.iter().flat_map(|set| &set.args);
    let settings = args.filter_map(|arg| Some((arg.config.as_ref()?, arg)));
    let mut known: Vec<(&Name, &Arg)> = Vec::new();
    for (key, arg) in settings {
        if program.config_files.is_none() {
            problems
                .error(
                    Code::SettingWithoutFiles,
                    key.span,
                    format!("`{}` stands in no file", **key),
                )
                .help("name the files of settings in `config-files` of the program");
        }
        let files = program.config_files.as_ref();
        let only_projects = |files: &ConfigFiles| files.user.is_none() && files.system.is_none();
        if arg.users_own && files.is_some_and(only_projects) {
            problems
                .error(
                    Code::SettingWithoutFiles,
                    key.span,
                    format!("no file can have `{}`", **key),
                )
                .help("a project's file can't have this setting: name a `user` file in `config-files`, or remove the setting");
        }
        let one = arg
            .value()
            .is_none_or(|value| value.array().is_none() && value.bounds.is_none());
        if !one {
            problems
                .error(
                    Code::KeyDoesNotFit,
                    key.span,
                    "`config` means nothing for an option that takes several values at once",
                )
                .help("remove the key, or let the option be given several times: `repeat: true`");
        }
        if !is_setting(key) {
            problems
                .error(
                    Code::NotASettingName,
                    key.span,
                    format!("`{}` can't be the name of a setting", **key),
                )
                .help("it is words of small letters, digits and dashes, with dots between: `term.color`");
            continue;
        }
        let clash = known.iter().find(|(other, _)| overlap(key, other));
        if let Some((other, first)) = clash {
            let message = match key.value == other.value {
                true => format!("`{}` is the setting of two options", **key),
                false => format!(
                    "of `{}` and `{}`, one would stand in the other",
                    **key, ***other
                ),
            };
            problems
                .error(Code::SettingTwice, key.span, message)
                .related(other.span, format!("the setting of `{}`", first.written()))
                .help("give each option a setting of its own; for one option in several commands, use a set");
        } else {
            known.push((key, arg));
        }
    }
}

fn is_setting(key: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !word.ends_with('-')
    };
    key.len() <= 64 && key.split('.').all(word)
}

/// Whether both can't stand in one file.
fn overlap(a: &str, b: &str) -> bool {
    let inside = |key: &str, table: &str| {
        key.strip_prefix(table)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    a == b || inside(a, b) || inside(b, a)
}
