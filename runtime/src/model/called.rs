//! A command with its parent commands, from which it inherits options.

use std::borrow::Cow;

use super::{Arg, Below, Command, Deprecated, Group, Inherited, Placement, Program, Rule};

/// A command that is called, built together with its parent commands.
#[derive(Clone, Debug)]
pub struct Called {
    /// The commands from the program to the called command. One that is already built is not copied unless
    /// it changes.
    chain: Vec<Cow<'static, Command>>,
}

/// The position of an argument's definition: the index of its command in the chain, and its index in
/// that command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    level: usize,
    at: usize,
}

impl Place {
    /// Returns the number of names before the command that defines the argument, without the program's.
    pub(crate) fn depth(self) -> usize {
        self.level
    }
}

/// The arguments and options of a command with their positions: see [`Called::places`]. This is a named type, because
/// nested iterator adapters would make everything that uses it slower to compile.
#[derive(Clone, Debug)]
pub(crate) struct Places<'a> {
    chain: &'a [Cow<'static, Command>],
    next: Place,
}

impl<'a> Iterator for Places<'a> {
    type Item = (Place, &'a Arg);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let place = self.next;
            let Some(arg) = self.chain[place.level].args.get(place.at) else {
                let level = place.level.checked_sub(1)?;
                self.next = Place { level, at: 0 };
                continue;
            };
            self.next.at += 1;
            let own = place.level + 1 == self.chain.len();
            if own || !arg.is_of_group_alone() {
                return Some((place, arg));
            }
        }
    }
}

impl Called {
    /// Creates the root command, which is the program itself.
    pub fn root(program: &Program) -> Self {
        Self {
            chain: vec![program.built_root()],
        }
    }

    /// Enters a subcommand. Returns whether it exists.
    pub fn enter(&mut self, name: &str) -> bool {
        let below = self.command().below(name).cloned();
        let found = below.is_some();
        below.iter().for_each(|below| self.push(below));
        found
    }

    /// Enters a subcommand that is known to exist.
    pub(crate) fn push(&mut self, below: &Below) {
        if !below.target.is_empty() {
            return self.go_to(&below.target);
        }
        let built = self.command().build(below);
        self.drop_rules_of_group();
        for other in &built.inherited {
            self.redescribe(other);
        }
        self.chain.push(built);
    }

    /// Enters the command at this path under the program, in place of the current command.
    fn go_to(&mut self, path: &[&'static str]) {
        self.chain.truncate(1 + self.common_with(path));
        let rest = self.chain.len() - 1;
        for name in &path[rest..] {
            self.enter(name);
        }
    }

    /// Returns how many names the path of this command, without the program's name, has in common with
    /// another one.
    pub(crate) fn common_with(&self, path: &[&'static str]) -> usize {
        let own = self.command().path.iter().skip(1);
        own.zip(path).take_while(|(a, b)| a == b).count()
    }

    /// Removes the rules about arguments, options and negations that the command group doesn't pass to
    /// subcommands.
    fn drop_rules_of_group(&mut self) {
        let args = &self.command().args;
        let own = args.iter().filter(|arg| arg.is_of_group_alone());
        let names = own.flat_map(|arg| std::iter::once(arg.id).chain(arg.negation));
        let mut own: Vec<&'static str> = names.collect();
        if own.is_empty() {
            return;
        }
        // An option group without one of its members is not known either.
        let groups = self.groups();
        let groups = groups.filter(|group| group.members.iter().any(|id| own.contains(id)));
        let groups: Vec<&'static str> = groups.map(|group| group.name).collect();
        own.extend(groups);
        let stays = |id: &'static str| !own.contains(&id);
        for command in self.chain.iter_mut().map(Cow::to_mut) {
            for arg in &mut command.args {
                arg.rules.retain(|rule| rule.other().is_none_or(stays));
                arg.defaults_when.retain(|(when, _)| stays(when.arg));
            }
            for pairs in [
                &mut command.requires,
                &mut command.conflicts,
                &mut command.implied,
            ] {
                pairs.retain(|(a, b)| stays(a) && stays(b));
            }
            command.groups.retain(|group| stays(group.name));
        }
    }

    /// Applies another description to an inherited option.
    fn redescribe(&mut self, other: &Inherited) {
        let commands = self.chain.iter_mut().map(Cow::to_mut);
        let mut args = commands.flat_map(|command| &mut command.args);
        if let Some(arg) = args.find(|arg| arg.id == other.id) {
            arg.help = other.help;
            arg.description = other.description;
            arg.hidden = other.hidden;
        }
    }

    /// Replaces the default of an argument or option, which is no longer required then.
    pub(crate) fn set_default(&mut self, id: &str, value: &str) {
        for command in self.chain.iter_mut().map(Cow::to_mut) {
            for arg in command.args.iter_mut().filter(|arg| arg.id == id) {
                // The model stores `'static` strings only.
                arg.defaults = vec![Box::leak(value.into())];
                arg.rules.retain(|rule| *rule != Rule::Required);
            }
            command.needs.retain(|needed| *needed != id);
        }
    }

    /// Returns the number of commands in the chain, including the program.
    pub(crate) fn depth(&self) -> usize {
        self.chain.len()
    }

    /// Returns the command at this depth of the chain.
    pub(crate) fn down_to(&self, depth: usize) -> Self {
        let chain = self.chain[..depth.clamp(1, self.chain.len())].to_vec();
        Self { chain }
    }

    /// Returns the command itself.
    pub fn command(&self) -> &Command {
        // The chain is never empty: it begins with the program.
        &self.chain[self.chain.len() - 1]
    }

    /// Returns the program, which is the root command.
    pub fn program(&self) -> &Command {
        &self.chain[0]
    }

    /// Returns whether this is the program itself, which has `--version`.
    pub fn is_program(&self) -> bool {
        self.chain.len() == 1
    }

    /// Iterates over the command and its parent commands, from the command up.
    pub fn upwards(&self) -> impl Iterator<Item = &Command> {
        self.chain.iter().rev().map(|command| &**command)
    }

    /// Iterates over all arguments and options whose values it receives: its own, then those that it
    /// inherits, nearest first.
    pub fn args(&self) -> impl Iterator<Item = &Arg> {
        self.places().map(|(_, arg)| arg)
    }

    /// Iterates over the arguments and options that may be given after the command's name.
    pub fn accepted(&self) -> impl Iterator<Item = &Arg> {
        self.accepted_places().map(|(_, arg)| arg)
    }

    /// Finds its argument or option with this identifier.
    pub fn arg(&self, id: &str) -> Option<&Arg> {
        self.args().find(|arg| arg.id == id)
    }

    /// Iterates over the option groups that apply to it, each once.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &Group> {
        let all = || self.upwards().flat_map(|command| &command.groups);
        let is_first = move |(at, group): &(usize, &Group)| {
            all().take(*at).all(|other| other.name != group.name)
        };
        all().enumerate().filter(is_first).map(|(_, group)| group)
    }

    /// Finds the option group with this name.
    pub(crate) fn group(&self, name: &str) -> Option<&Group> {
        let mut groups = self.upwards().flat_map(|command| &command.groups);
        groups.find(|group| group.name == name)
    }

    /// Iterates over its positional arguments.
    pub fn positionals(&self) -> impl Iterator<Item = &Arg> {
        self.command().args.iter().filter(|arg| arg.positional)
    }

    /// Returns whether it takes arguments. A command group does only if it can be called by itself.
    pub(crate) fn takes_words(&self) -> bool {
        let command = self.command();
        !command.is_group() || command.runnable && self.positionals().next().is_some()
    }

    /// Iterates over its arguments and options with their positions, in the order of [`Called::args`].
    pub(crate) fn places(&self) -> Places<'_> {
        let level = self.chain.len() - 1;
        Places {
            chain: &self.chain,
            next: Place { level, at: 0 },
        }
    }

    /// Iterates over the arguments and options that may be given after the command's name, with their
    /// positions.
    pub(crate) fn accepted_places(&self) -> impl Iterator<Item = (Place, &Arg)> {
        let accepts = |(place, arg): &(Place, &Arg)| !self.is_given_before(*place, arg);
        self.places().filter(accepts)
    }

    /// Returns whether an option is accepted only before the name of a subcommand, which is already given.
    pub(crate) fn is_given_before(&self, place: Place, arg: &Arg) -> bool {
        place.level + 1 < self.chain.len() && arg.placement == Placement::BeforeSubcommand
    }

    /// Returns the argument at a position.
    pub(crate) fn at(&self, place: Place) -> &Arg {
        &self.chain[place.level].args[place.at]
    }

    /// Returns whether a rule says that two arguments can't be given together.
    pub(crate) fn conflict(&self, a: &Arg, b: &Arg) -> bool {
        let has_rule = |arg: &Arg, other: &Arg| arg.rules.contains(&Rule::Conflicts(other.id));
        let mut pairs = self
            .upwards()
            .flat_map(|command| command.conflicts.iter().chain(&command.implied));
        a.id != b.id
            && (has_rule(a, b)
                || has_rule(b, a)
                || pairs.any(|pair| *pair == (a.id, b.id) || *pair == (b.id, a.id)))
    }

    /// Iterates over the rules by which one argument or option excludes another one, or overrides it, as pairs of
    /// identifiers. A pair may occur more than once.
    pub(crate) fn exclusions(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let other = |rule: &Rule| match rule {
            Rule::Conflicts(other) | Rule::Overrides(other) => Some(*other),
            _ => None,
        };
        let own = self.args().flat_map(move |arg| {
            let others = arg.rules.iter().filter_map(other);
            others.map(|other| (arg.id, other))
        });
        let of_commands = self
            .upwards()
            .flat_map(|command| command.conflicts.iter().chain(&command.implied));
        own.chain(of_commands.copied()).filter(|(a, b)| a != b)
    }

    /// Finds the option that has this short name.
    pub fn with_letter(&self, letter: char) -> Option<&Arg> {
        self.accepted().find(|arg| arg.has_letter(letter))
    }
}

impl Arg {
    /// Returns whether this is one of its short names.
    pub fn has_letter(&self, letter: char) -> bool {
        self.short == Some(letter)
            || self.letters.iter().any(|alias| alias.name == letter)
            || self.earlier_name(letter.encode_utf8(&mut [0; 4])).is_some()
    }

    /// Returns the deprecation of an earlier name.
    pub(crate) fn earlier_name(&self, name: &str) -> Option<Deprecated> {
        let mut names = self.deprecated_aliases.iter();
        let found = names.find(|(earlier, _)| *earlier == name);
        found.map(|(_, deprecated)| *deprecated)
    }

    /// Returns whether this is one of its long names.
    pub fn has_long(&self, long: &str) -> bool {
        self.long == Some(long)
            || self.aliases.iter().any(|alias| alias.name == long)
            || long.len() > 1 && self.earlier_name(long).is_some()
    }
}
