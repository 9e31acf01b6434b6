//! Ways through the tree of commands.

use super::Command;

impl Command {
    /// The command under it with this path, which begins with its own.
    pub(crate) fn at(&self, path: &[String]) -> Option<&Self> {
        match path.get(self.path.len()) {
            None => (self.path == path).then_some(self),
            Some(name) => {
                let next = self
                    .commands
                    .iter()
                    .find(|command| command.name() == name)?;
                next.at(path)
            }
        }
    }

    /// The command above this one, which is under `self`.
    pub(crate) fn parent_of(&self, command: &Self) -> Option<&Self> {
        let (_, above) = command.path.split_last()?;
        self.at(above)
    }

    /// The command and all its subcommands, each before its own subcommands.
    pub(crate) fn walk(&self) -> Vec<&Command> {
        let mut all = vec![self];
        for command in &self.commands {
            all.extend(command.walk());
        }
        all
    }

    /// The commands of [`walk`](Self::walk) that have help and pages: without hidden ones and what is below
    /// them.
    pub(crate) fn walk_shown(&self) -> Vec<&Command> {
        if self.hidden {
            return Vec::new();
        }
        let mut all = vec![self];
        for command in &self.commands {
            all.extend(command.walk_shown());
        }
        all
    }
}
