//! One setting: an option whose value may be kept in a file.

use super::files::Level;
use crate::line::excludes;
use crate::model::{Arg, Called, Kind, Program};

/// An option whose value may be kept in a file.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// Its name in files: `term.color`.
    pub(crate) key: &'static str,
    pub(crate) arg: Arg,
    /// The option is the program's own, so that `config` takes it too.
    pub(crate) is_global: bool,
    /// The settings that can't be in a file together with it, since a command takes both and one excludes
    /// the other.
    pub(crate) rivals: Vec<&'static str>,
}

impl Setting {
    /// The settings of the options that a command takes.
    pub(super) fn of_called(called: &Called) -> Vec<Self> {
        let mut settings = Vec::new();
        called.args().for_each(|arg| add(arg, false, &mut settings));
        settings
    }

    /// The settings of all commands of a program, each once.
    pub(super) fn of_program(program: &Program) -> Vec<Self> {
        let mut settings = Vec::new();
        collect(&Called::root(program), &mut settings);
        settings
    }

    /// Whether a file of this level may have it.
    pub(crate) fn may_be_in(&self, level: Level) -> bool {
        !(self.arg.users_own && level == Level::Project)
    }

    pub(crate) fn is_secret(&self) -> bool {
        matches!(self.arg.kind, Kind::Secret)
    }

    pub(crate) fn is_path(&self) -> bool {
        matches!(self.arg.kind, Kind::Path(..))
    }

    /// There may be several values.
    pub(crate) fn is_list(&self) -> bool {
        self.arg.repeat
    }
}

fn collect(called: &Called, settings: &mut Vec<Setting>) {
    let command = called.command();
    for arg in &command.args {
        add(arg, called.is_program(), settings);
    }
    add_rivals(called, settings);
    for below in &command.commands {
        let mut called = called.clone();
        called.push(below);
        collect(&called, settings);
    }
}

/// Adds the setting of an option. A set of options that several commands use has each of its settings once.
fn add(arg: &Arg, is_global: bool, settings: &mut Vec<Setting>) {
    let Some(key) = arg.config else { return };
    if settings.iter().all(|known| known.key != key) {
        let arg = arg.clone();
        settings.push(Setting {
            key,
            arg,
            is_global,
            rivals: Vec::new(),
        });
    }
}

fn add_rivals(called: &Called, settings: &mut [Setting]) {
    let configured: Vec<&Arg> = called.args().filter(|arg| arg.config.is_some()).collect();
    for (at, a) in configured.iter().enumerate() {
        for b in &configured[at + 1..] {
            let keys = a.config.zip(b.config).filter(|_| excludes(called, a, b.id));
            let Some((a, b)) = keys else { continue };
            for (key, rival) in [(a, b), (b, a)] {
                let setting = settings.iter_mut().find(|setting| setting.key == key);
                if let Some(setting) = setting.filter(|it| !it.rivals.contains(&rival)) {
                    setting.rivals.push(rival);
                }
            }
        }
    }
}
