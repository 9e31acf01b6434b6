//! What follows from the rules of a command: who needs whom, and who excludes whom.

use std::collections::{HashMap, HashSet};

use super::{Arg, Command, Name};

/// The rules of one command, ready to be followed.
pub(crate) struct Rules<'a> {
    command: &'a Command,
    args: HashMap<&'a str, &'a Arg>,
    /// By an argument's name, those that exclude it or that it excludes.
    excluded: HashMap<&'a str, Vec<&'a Arg>>,
}

impl<'a> Rules<'a> {
    pub(crate) fn new(command: &'a Command) -> Self {
        let args: HashMap<&str, &Arg> = command.args().map(|arg| (arg.id.as_str(), arg)).collect();
        let mut excluded: HashMap<&str, Vec<&Arg>> = HashMap::new();
        let own = |arg: &'a Arg| arg.conflicts.iter().map(move |name| (&arg.id, name));
        let extra = command.extra_conflicts.iter().map(|(a, b)| (a, b));
        for (a, b) in command.args().flat_map(own).chain(extra) {
            let (Some(a), Some(b)) = (args.get(a.as_str()), args.get(b.as_str())) else {
                continue;
            };
            excluded.entry(a.id.as_str()).or_default().push(b);
            excluded.entry(b.id.as_str()).or_default().push(a);
        }
        Self {
            command,
            args,
            excluded,
        }
    }

    /// What takes the place of an argument, or gives way to it. To clap, this excludes too, when it
    /// looks for what is required.
    pub(crate) fn overriding(&self, arg: &'a Arg) -> impl Iterator<Item = &'a Arg> {
        let names =
            |arg: &'a Arg, other: &Arg| arg.overrides.iter().any(|name| **name == *other.id);
        let args = self.command.args();
        args.filter(move |other| other.id != arg.id && (names(arg, other) || names(other, arg)))
    }

    /// What can't be given with an argument.
    pub(crate) fn excluded(&self, arg: &Arg) -> impl Iterator<Item = &'a Arg> {
        let list = self.excluded.get(arg.id.as_str());
        list.into_iter().flatten().copied()
    }

    /// Everything that must be given with an argument, directly and through others, without itself.
    pub(crate) fn needed(&self, arg: &'a Arg) -> Vec<&'a Arg> {
        self.needed_by(arg)
            .into_iter()
            .map(|(needed, _)| needed)
            .collect()
    }

    /// The same, each with the requirement of `arg` that leads to it.
    pub(crate) fn needed_by(&self, arg: &'a Arg) -> Vec<(&'a Arg, &'a Name)> {
        let mut seen = HashSet::from([arg.id.as_str()]);
        let mut needed = Vec::new();
        let mut next: Vec<(&Arg, Option<&Name>)> = vec![(arg, None)];
        while let Some((from, via)) = next.pop() {
            for name in self.command.requires(from) {
                let via = via.unwrap_or(name);
                if let Some(to) = self.args.get(name.as_str()) {
                    if seen.insert(to.id.as_str()) {
                        needed.push((*to, via));
                        next.push((to, Some(via)));
                    }
                }
            }
        }
        needed
    }
}
