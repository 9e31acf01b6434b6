//! Second names of commands elsewhere in the program.

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::{Command, Name};

impl Lower<'_> {
    /// Adds the second names of all commands to the command groups in which they are.
    pub(super) fn link(&mut self, root: &mut Command) {
        let linked = root
            .walk()
            .into_iter()
            .filter(|command| !command.also.is_empty());
        let names = linked.flat_map(|command| {
            let path = &command.path;
            command
                .also
                .iter()
                .map(move |also| (also.clone(), path.clone()))
        });
        for (also, path) in names.collect::<Vec<_>>() {
            let words: Vec<String> = also.split(' ').map(str::to_owned).collect();
            let Some((name, parent)) = words.split_last() else {
                continue;
            };
            let is_inside = parent.starts_with(&path);
            match group(root, parent).filter(|_| !is_inside) {
                Some(group) => {
                    let name = Name::new(name.clone(), also.span);
                    group.links.push((name, path));
                }
                None => self.no_group(root, &also, is_inside),
            }
        }
    }

    /// Reports a second name that isn't in a command group.
    fn no_group(&mut self, root: &Command, also: &Name, is_inside: bool) {
        let program = root.name();
        let diagnostic = self.problems.error(
            Code::UnknownCommand,
            also.span,
            match is_inside {
                true => format!("`{}` would contain itself", **also),
                false => format!("`{}` is not in a command group of the program", **also),
            },
        );
        let is_full = also.split(' ').next() == Some(program);
        match is_full {
            true => diagnostic.help("name a command group that exists, then one new name"),
            false => diagnostic.suggest(
                "write the name in full",
                also.span,
                format!("{program} {}", **also),
            ),
        };
    }
}

/// Finds the command group with this path.
fn group<'c>(command: &'c mut Command, path: &[String]) -> Option<&'c mut Command> {
    let (first, rest) = path.split_first()?;
    if command.name() != first {
        return None;
    }
    match rest.first() {
        None => Some(command).filter(|command| command.is_group()),
        Some(next) => {
            let mut commands = command.commands.iter_mut();
            group(commands.find(|command| command.name() == next)?, rest)
        }
    }
}
