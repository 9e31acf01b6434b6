//! One setting: an option whose value can be set in a configuration file.

use std::collections::{BTreeSet, HashMap};

use super::files::Level;
use crate::model::{Arg, Called, Kind, Program};

/// An option whose value can be set in a configuration file.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// Its key in files, such as `term.color`.
    pub(crate) key: &'static str,
    pub(crate) arg: Arg,
    /// Whether it is an option of the program itself, which `config` accepts too.
    pub(crate) is_global: bool,
    /// The settings that can't be in the same file, because a command accepts both options and they
    /// exclude each other.
    pub(crate) conflicts: Vec<&'static str>,
}

impl Setting {
    /// Returns the settings of the options that a command accepts.
    pub(super) fn of_called(called: &Called) -> Vec<Self> {
        let mut settings = Vec::new();
        called.args().for_each(|arg| add(arg, false, &mut settings));
        settings
    }

    /// Returns the settings of all commands of a program, each once.
    pub(super) fn of_program(program: &Program) -> Vec<Self> {
        let mut settings = Vec::new();
        collect(&Called::root(program), &mut settings);
        settings
    }

    /// Returns its key and its earlier keys.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        let earlier = self.arg.deprecated_keys.iter().copied();
        std::iter::once(self.key).chain(earlier)
    }

    /// Returns a warning if the key under which it was found is an earlier one.
    pub(super) fn deprecation(&self, used: &str) -> Option<String> {
        let key = self.key;
        let text = || format!("the setting `{used}` is deprecated: use `{key}` instead");
        (used != key).then(text)
    }

    /// Returns whether a file of this level can set it.
    pub(crate) fn may_be_in(&self, level: Level) -> bool {
        !(self.arg.users_own && level == Level::Project)
    }

    pub(crate) fn is_secret(&self) -> bool {
        matches!(self.arg.kind, Kind::Secret)
    }

    pub(crate) fn is_path(&self) -> bool {
        matches!(self.arg.kind, Kind::Path(..))
    }

    /// Returns whether it can have several values.
    pub(crate) fn is_list(&self) -> bool {
        self.arg.repeat
    }
}

fn collect(called: &Called, settings: &mut Vec<Setting>) {
    let command = called.command();
    for arg in &command.args {
        add(arg, called.is_program(), settings);
    }
    add_conflicts(called, settings);
    for below in command
        .commands
        .iter()
        .filter(|below| below.target.is_empty())
    {
        let mut called = called.clone();
        called.push(below);
        collect(&called, settings);
    }
}

/// Adds the setting of an option, unless it is already in the list because another command has it too.
fn add(arg: &Arg, is_global: bool, settings: &mut Vec<Setting>) {
    let Some(key) = arg.config else { return };
    if settings.iter().all(|known| known.key != key) {
        let arg = arg.clone();
        settings.push(Setting {
            key,
            arg,
            is_global,
            conflicts: Vec::new(),
        });
    }
}

/// Records which settings exclude each other. Follows the rules instead of comparing all pairs, because a program may
/// have many settings.
fn add_conflicts(called: &Called, settings: &mut [Setting]) {
    let configured = called.args().filter_map(|arg| Some((arg.id, arg.config?)));
    let configured: Vec<(&str, &'static str)> = configured.collect();
    let mut places = HashMap::new();
    for (at, (id, _)) in configured.iter().enumerate() {
        places.entry(*id).or_insert(at);
    }
    let pairs = called.exclusions().filter_map(|(a, b)| {
        let (a, b) = (*places.get(a)?, *places.get(b)?);
        Some((a.min(b), a.max(b)))
    });
    // In the order of the settings.
    for (a, b) in pairs.collect::<BTreeSet<_>>() {
        for (at, other) in [(a, b), (b, a)] {
            let (key, other) = (configured[at].1, configured[other].1);
            let setting = settings.iter_mut().find(|setting| setting.key == key);
            if let Some(setting) = setting.filter(|it| !it.conflicts.contains(&other)) {
                setting.conflicts.push(other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Settings that exclude each other know this of each other, once and in the order of the options.
    #[test]
    fn settings_exclude_each_other() {
        let program = Program::of(|command| {
            let option = command.option("a", "A", "").config("a");
            option.conflicts("c").conflicts("b").conflicts("d");
            command.option("b", "B", "").config("b").overrides("a");
            command.option("c", "C", "").config("c").overrides("c");
            command.option("d", "D", "");
            command.option("e", "E", "").config("e");
            command.conflicts("e", "b");
        });
        let settings = Setting::of_program(&program).into_iter();
        let found: Vec<_> = settings.map(|it| (it.key, it.conflicts)).collect();
        let expected = [
            ("a", vec!["b", "c"]),
            ("b", vec!["a", "e"]),
            ("c", vec!["a"]),
            ("e", vec!["b"]),
        ];
        assert_eq!(found, expected);
    }
}
