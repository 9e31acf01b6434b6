//! Settings: their names and their options.

use super::names::all_sets;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Arg, ConfigFiles, Name, Program};

/// The names of arguments and options of the subcommands of `config`.
const TAKEN: [&str; 4] = ["key", "value", "user", "project"];

/// Checks that the program's own options don't clash with the command `config`.
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
                        format!(
                            "the subcommands of `config` already use the name `{}`",
                            *arg.id
                        ),
                    )
                    .related(files.span, "this key adds the command `config`")
                    .silences([arg.id.span])
                    .help("rename this option, or move it into the commands that use it");
            }
        }
    }
}

/// Checks that settings have valid names and files, and that each belongs to one option.
pub(super) fn settings(program: &Program, problems: &mut Diagnostics) {
    let sets = all_sets(program);
    let args = sets.iter().flat_map(|set| &set.args);
    let settings = args.flat_map(|arg| {
        let keys = arg.config.iter().chain(&arg.deprecated_keys);
        keys.map(move |key| (key, arg))
    });
    let mut known: Vec<(&Name, &Arg)> = Vec::new();
    for (key, arg) in settings {
        if program.config_files.is_none() {
            problems
                .error(
                    Code::SettingWithoutFiles,
                    key.span,
                    format!("the setting `{}` has no configuration file", **key),
                )
                .help("name the program's configuration files in `config-files`");
        }
        let files = program.config_files.as_ref();
        let only_projects = |files: &ConfigFiles| files.user.is_none() && files.system.is_none();
        if arg.users_own && files.is_some_and(only_projects) {
            problems
                .error(
                    Code::SettingWithoutFiles,
                    key.span,
                    format!("no configuration file can have the setting `{}`", **key),
                )
                .label("a project's file can't have it")
                .help("add a `user` file to `config-files`, or remove the setting");
        }
        let one = arg
            .value()
            .is_none_or(|value| value.array().is_none() && value.bounds.is_none());
        if !one {
            problems
                .error(
                    Code::KeyDoesNotFit,
                    key.span,
                    "`config` has no effect on an option that takes several values at once",
                )
                .help("remove the key, or let users repeat the option instead: `repeat: true`");
        }
        if !is_setting(key) {
            problems
                .error(
                    Code::NotASettingName,
                    key.span,
                    format!("`{}` is not a valid name for a setting", **key),
                )
                .help(format!(
                    "use words of lowercase letters, digits and dashes, separated by dots, such as \
                     `term.color`, and at most {MAX_KEY} characters in all"
                ));
            continue;
        }
        let clash = known.iter().find(|(other, _)| overlap(key, other));
        if let Some((other, first)) = clash {
            if std::ptr::eq(arg, *first) && key.value == other.value {
                problems
                    .error(
                        Code::SettingTwice,
                        key.span,
                        format!("the key `{}` is used twice", **key),
                    )
                    .related(other.span, "first used here")
                    .help("remove it here");
                continue;
            }
            let message = match key.value == other.value {
                true => format!("two options have the setting `{}`", **key),
                false => format!("the settings `{}` and `{}` overlap", **key, ***other),
            };
            problems
                .error(Code::SettingTwice, key.span, message)
                .related(other.span, format!("the setting of `{}`", first.written()))
                .help("give each option its own setting; to share one option among commands, use a set");
        } else {
            known.push((key, arg));
        }
    }
}

/// The maximum length of a setting's name.
const MAX_KEY: usize = 64;

fn is_setting(key: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !word.ends_with('-')
    };
    key.len() <= MAX_KEY && key.split('.').all(word)
}

/// Whether the two settings can't be in the same file, because one would be the table of the other.
fn overlap(a: &str, b: &str) -> bool {
    let inside = |key: &str, table: &str| {
        key.strip_prefix(table)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    a == b || inside(a, b) || inside(b, a)
}
