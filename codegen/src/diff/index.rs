//! The commands of a description, by the words with which users call them.

use std::collections::HashMap;

use crate::description::{Arg, Command, Description, ExitCode};

/// All commands of a program.
pub(super) struct Index<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// The commands by their paths, and by their second names elsewhere in the program.
    paths: HashMap<String, usize>,
}

/// A command with its place.
pub(super) struct Node<'a> {
    pub(super) path: String,
    pub(super) command: &'a Command,
    pub(super) parent: Option<usize>,
    /// Its own options and arguments by their keys.
    args: HashMap<&'a str, &'a Arg>,
}

/// An option that a command accepts after its name.
#[derive(Clone, Copy)]
pub(super) struct Accepted<'a> {
    pub(super) arg: &'a Arg,
    pub(super) inherited: bool,
}

impl<'a> Index<'a> {
    pub(super) fn of(description: &'a Description) -> Self {
        let mut index = Self {
            nodes: Vec::new(),
            paths: HashMap::new(),
        };
        index.add(&description.command, None);
        for at in 0..index.nodes.len() {
            let Node {
                command, parent, ..
            } = index.nodes[at];
            let beside = parent.map(|parent| index.nodes[parent].path.clone());
            let aliases = command.aliases.iter().chain(&command.hidden_aliases);
            let aliases = aliases.filter_map(|name| Some(format!("{} {name}", beside.as_ref()?)));
            let names: Vec<String> = aliases.chain(command.also.iter().cloned()).collect();
            for name in names {
                index.paths.entry(name).or_insert(at);
            }
        }
        index
    }

    fn add(&mut self, command: &'a Command, parent: Option<usize>) {
        let path = match parent {
            None => command.name.clone(),
            Some(parent) => format!("{} {}", self.nodes[parent].path, command.name),
        };
        let at = self.nodes.len();
        self.paths.insert(path.clone(), at);
        let args = command.options.iter().chain(&command.arguments);
        self.nodes.push(Node {
            path,
            command,
            parent,
            args: args.map(|arg| (&*arg.key, arg)).collect(),
        });
        for below in &command.commands {
            self.add(below, Some(at));
        }
    }

    /// The command that these words call. Each of them may be another name of a command.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.paths.get(path).copied().or_else(|| {
            let (outer, name) = path.rsplit_once(' ')?;
            let outer = &self.nodes[self.find(outer)?].path;
            self.paths.get(&format!("{outer} {name}")).copied()
        })
    }

    /// The command, and its parents, the nearest first.
    fn upwards(&self, at: usize) -> impl Iterator<Item = &Node<'a>> {
        let first = &self.nodes[at];
        std::iter::successors(Some(first), |node| Some(&self.nodes[node.parent?]))
    }

    /// An option or argument of a command, including inherited ones.
    pub(super) fn arg(&self, at: usize, key: &str) -> Option<&'a Arg> {
        let mut nodes = self.upwards(at);
        nodes.find_map(|node| node.args.get(key).copied())
    }

    /// How users write an option or argument of a command.
    pub(super) fn written(&self, at: usize, key: &str) -> String {
        self.arg(at, key).map_or(key.to_owned(), Arg::written)
    }

    /// The options that a command accepts after its name.
    pub(super) fn accepted(&self, at: usize) -> Vec<Accepted<'a>> {
        let command = self.nodes[at].command;
        let own = command.options.iter().map(|arg| Accepted {
            arg,
            inherited: false,
        });
        let inherited = command.inherited.iter().filter(|it| !it.only_before_name);
        let inherited = inherited.filter_map(|it| {
            let arg = self.arg(self.nodes[at].parent?, &it.key)?;
            Some(Accepted {
                arg,
                inherited: true,
            })
        });
        own.chain(inherited).collect()
    }

    /// The exit codes of a command: its own, or those of its nearest parent with exit codes.
    pub(super) fn exit_codes(&self, at: usize) -> &'a [ExitCode] {
        let with_codes = self
            .upwards(at)
            .find(|node| !node.command.exit_codes.is_empty());
        with_codes.map_or(&[], |node| &node.command.exit_codes)
    }
}
