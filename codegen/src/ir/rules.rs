//! Who needs and excludes whom in a command, ready to be asked: a command may have thousands of
//! options, and every rule looks at all of them.

use std::collections::HashMap;

use super::{Arg, Command, Name, Takes};

/// Arguments by their names, and the rules between them. Arguments are numbered as
/// [`Command::args`] has them.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// The number of the first argument of each name.
    numbers: HashMap<String, usize>,
    /// By number: the set, and the place in it.
    places: Vec<(usize, usize)>,
    /// By number: both sides of each conflict, in order.
    excluded: Vec<Vec<usize>>,
    /// By number: both sides of each `overrides`, in order.
    overriding: Vec<Vec<usize>>,
    /// By number: what it requires, and at which place in the list of its requirements.
    requires: Vec<Vec<(usize, usize)>>,
    /// By number: what other sets say that it requires, as places in `extra_requires`.
    extra: HashMap<usize, Vec<usize>>,
}

impl Rules {
    /// The names of a command's arguments, without rules.
    pub(crate) fn names(command: &Command) -> Self {
        let mut rules = Self::default();
        for (set, args) in command.all_sets().enumerate() {
            for (at, arg) in args.args.iter().enumerate() {
                let number = rules.places.len();
                rules.numbers.entry(arg.id.value.clone()).or_insert(number);
                rules.places.push((set, at));
            }
        }
        rules
    }

    /// The same with the rules. What names nothing, or the argument itself, is no rule.
    pub(crate) fn of(command: &Command) -> Self {
        let mut rules = Self::names(command);
        let count = rules.places.len();
        let mut excluded = vec![Vec::new(); count];
        let mut overriding = vec![Vec::new(); count];
        for (number, arg) in command.args().enumerate() {
            rules.both(&mut excluded, number, &arg.conflicts);
            rules.both(&mut overriding, number, &arg.overrides);
        }
        for (a, b) in &command.extra_conflicts {
            if let Some(number) = rules.number(a) {
                rules.both(&mut excluded, number, std::slice::from_ref(b));
            }
        }
        for list in excluded.iter_mut().chain(&mut overriding) {
            list.sort_unstable();
            list.dedup();
        }
        for (at, (from, _)) in command.extra_requires.iter().enumerate() {
            if let Some(from) = rules.number(from) {
                rules.extra.entry(from).or_default().push(at);
            }
        }
        (rules.excluded, rules.overriding) = (excluded, overriding);
        let requires = command.args().enumerate().map(|(number, arg)| {
            let extra = rules.extra.get(&number).into_iter().flatten();
            let extra = extra.map(|at| &command.extra_requires[*at].1);
            let names = arg.requires.iter().chain(extra).enumerate();
            let known = |(at, name): (usize, &Name)| Some((rules.number(name)?, at));
            names.filter_map(known).collect()
        });
        rules.requires = requires.collect();
        rules
    }

    fn both(&self, pairs: &mut [Vec<usize>], a: usize, names: &[Name]) {
        for b in names.iter().filter_map(|name| self.number(name)) {
            if a != b {
                pairs[a].push(b);
                pairs[b].push(a);
            }
        }
    }

    /// The number of an argument.
    pub(crate) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// By number: what can't be given with it.
    pub(crate) fn excluded(&self, number: usize) -> &[usize] {
        self.excluded.get(number).map_or(&[], Vec::as_slice)
    }

    /// By number: what takes its place, or gives way to it. To clap, this excludes too, when it looks
    /// for what is required.
    pub(crate) fn overriding(&self, number: usize) -> &[usize] {
        self.overriding.get(number).map_or(&[], Vec::as_slice)
    }

    /// Whether one can't be given with the other.
    pub(crate) fn in_conflict(&self, a: usize, b: usize) -> bool {
        self.excluded(a).binary_search(&b).is_ok()
    }

    /// By number: what requires it.
    pub(crate) fn needed_by(&self) -> Vec<Vec<usize>> {
        let mut needed_by = vec![Vec::new(); self.requires.len()];
        for (number, requires) in self.requires.iter().enumerate() {
            for (to, _) in requires {
                needed_by[*to].push(number);
            }
        }
        needed_by
    }

    /// By number: whether it needs something, directly or through others, that excludes anything or
    /// can be switched off.
    pub(crate) fn needs_what_excludes(&self, command: &Command) -> Vec<bool> {
        let count = self.requires.len();
        let needed_by = self.needed_by();
        let mut found = vec![false; count];
        let excludes =
            |at: &usize| !self.excluded(*at).is_empty() || !self.overriding(*at).is_empty();
        let mut next: Vec<usize> = (0..count).filter(excludes).collect();
        let negatable = |arg: &Arg| matches!(arg.takes, Takes::Negatable { .. });
        let args = command.args().take(count).enumerate();
        next.extend(args.filter(|(_, arg)| negatable(arg)).map(|(at, _)| at));
        while let Some(at) = next.pop() {
            for from in &needed_by[at] {
                if !std::mem::replace(&mut found[*from], true) {
                    next.push(*from);
                }
            }
        }
        found
    }

    /// Everything that must be given with an argument, directly and through others, without itself;
    /// each with the place of the requirement that leads to it. `seen` is made for one argument
    /// after the other.
    pub(crate) fn needed(&self, number: usize, seen: &mut Seen) -> Vec<(usize, usize)> {
        seen.forget(self.requires.len());
        seen.is_new(number);
        let mut needed: Vec<(usize, usize)> = Vec::new();
        let mut next = vec![(number, None)];
        while let Some((from, via)) = next.pop() {
            for (to, at) in &self.requires[from] {
                if seen.is_new(*to) {
                    let via = via.unwrap_or(*at);
                    needed.push((*to, via));
                    next.push((*to, Some(via)));
                }
            }
        }
        needed
    }
}

/// Which numbers were met. It is used again and again, since there may be many of them.
#[derive(Default)]
pub(crate) struct Seen {
    rounds: Vec<u32>,
    round: u32,
}

impl Seen {
    pub(crate) fn forget(&mut self, count: usize) {
        self.rounds.resize(count, 0);
        self.round += 1;
    }

    /// Whether it was not met before; it is now.
    pub(crate) fn is_new(&mut self, number: usize) -> bool {
        std::mem::replace(&mut self.rounds[number], self.round) != self.round
    }

    pub(crate) fn has(&self, number: usize) -> bool {
        self.rounds[number] == self.round
    }
}

impl Command {
    /// The argument or option of this name.
    pub(crate) fn arg(&self, id: &str) -> Option<&Arg> {
        self.nth_arg(self.rules.number(id)?)
    }

    /// The argument or option of this number.
    pub(crate) fn nth_arg(&self, number: usize) -> Option<&Arg> {
        let (set, at) = *self.rules.places.get(number)?;
        let set = match set.checked_sub(1) {
            None => &self.own,
            Some(set) => match self.sets.get(set) {
                Some(used) => used,
                None => self.inherited.get(set - self.sets.len())?,
            },
        };
        set.args.get(at)
    }

    /// The names of what an argument can't be given without.
    pub(crate) fn requires<'a>(&'a self, arg: &'a Arg) -> impl Iterator<Item = &'a Name> {
        let number = self.rules.number(&arg.id);
        let extra = number.and_then(|number| self.rules.extra.get(&number));
        let extra = extra.into_iter().flatten();
        let extra = extra.map(|at| &self.extra_requires[*at].1);
        arg.requires.iter().chain(extra)
    }

    /// Whether `a` and `b` can't be given together.
    pub(crate) fn in_conflict(&self, a: &Arg, b: &Arg) -> bool {
        let numbers = self.rules.number(&a.id).zip(self.rules.number(&b.id));
        numbers.is_some_and(|(a, b)| self.rules.in_conflict(a, b))
    }

    /// What can't be given with an argument, in the order of [`Command::args`].
    pub(crate) fn excluded(&self, arg: &Arg) -> impl Iterator<Item = &Arg> {
        let number = self.rules.number(&arg.id);
        let others = number.map_or(&[][..], |number| self.rules.excluded(number));
        others.iter().filter_map(|other| self.nth_arg(*other))
    }

    /// What takes the place of an argument, or gives way to it, in the same order.
    pub(crate) fn overriding(&self, arg: &Arg) -> impl Iterator<Item = &Arg> {
        let number = self.rules.number(&arg.id);
        let others = number.map_or(&[][..], |number| self.rules.overriding(number));
        others.iter().filter_map(|other| self.nth_arg(*other))
    }
}
