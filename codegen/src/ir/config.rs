//! Options whose values may be kept in files.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Arg, Name, Program};
use crate::source::Span;

/// The files of settings, each by its path below where such files lie.
#[derive(Debug)]
pub(crate) struct ConfigFiles {
    /// Where they are named.
    pub(crate) span: Span,
    pub(crate) project: Option<Name>,
    pub(crate) user: Option<Name>,
    pub(crate) system: Option<Name>,
}

/// An option that has a setting.
#[derive(Debug)]
pub(crate) struct Setting<'a> {
    pub(crate) key: &'a Name,
    pub(crate) arg: &'a Arg,
    /// The commands that define the option, by what is typed behind the program's name.
    pub(crate) commands: Vec<String>,
    /// What excludes it or takes its place, in any of these commands and those below them.
    pub(crate) rivals: BTreeSet<&'a str>,
}

impl ConfigFiles {
    /// Those that are named.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Name> {
        [&self.project, &self.user, &self.system]
            .into_iter()
            .flatten()
    }
}

impl Program {
    /// All settings of options that commands take, in the order of the commands.
    pub(crate) fn settings(&self) -> Vec<Setting<'_>> {
        let mut settings: Vec<Setting<'_>> = Vec::new();
        for command in self.root.walk() {
            for set in command.all_sets() {
                for arg in &set.args {
                    let Some(key) = &arg.config else { continue };
                    let same = |known: &Setting<'_>| std::ptr::eq(known.arg, arg);
                    let at = settings.iter().position(same).unwrap_or_else(|| {
                        settings.push(Setting {
                            key,
                            arg,
                            commands: Vec::new(),
                            rivals: BTreeSet::new(),
                        });
                        settings.len() - 1
                    });
                    let rivals = command.excluded(arg).chain(command.overriding(arg));
                    let rivals = rivals.map(|rival| rival.id.as_str());
                    settings[at]
                        .rivals
                        .extend(rivals.filter(|id| *id != arg.id.as_str()));
                    if command
                        .defined_sets()
                        .any(|defined| Rc::ptr_eq(defined, set))
                    {
                        settings[at].commands.push(command.path[1..].join(" "));
                    }
                }
            }
        }
        settings
    }
}
