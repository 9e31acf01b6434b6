//! An index of the requirements and conflicts in a command. A command may have thousands of options, and
//! every check looks at all of them.

use std::collections::HashMap;

use super::{Arg, Command, Name};

/// Arguments by name, and the rules between them. Arguments are numbered in the order of
/// [`Command::args`].
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// The number of the first argument of each name.
    numbers: HashMap<String, usize>,
    /// By number: the index of the set, and the index in the set.
    places: Vec<(usize, usize)>,
    /// By number: the arguments it conflicts with, sorted. Each conflict is listed for both arguments.
    excluded: Vec<Vec<usize>>,
    /// By number: the arguments it overrides or is overridden by, sorted.
    overriding: Vec<Vec<usize>>,
    /// By number: the arguments it requires, each with its index in the list of requirements.
    requires: Vec<Vec<(usize, usize)>>,
    /// By number: its requirements from other sets, as indexes into `extra_requires`.
    extra: HashMap<usize, Vec<usize>>,
}

impl Rules {
    /// Creates an index of a command's arguments, without rules.
    pub(crate) fn names(command: &Command) -> Self {
        let mut rules = Self::default();
        let defined = 1 + command.sets.len();
        for (set, args) in command.all_sets().enumerate() {
            let has = |arg: &Arg| set < defined || arg.is_passed_on();
            let args = args.args.iter().enumerate();
            for (at, arg) in args.filter(|(_, arg)| has(arg)) {
                let number = rules.places.len();
                rules.numbers.entry(arg.id.value.clone()).or_insert(number);
                rules.places.push((set, at));
            }
        }
        rules
    }

    /// Creates an index of a command's arguments and their rules. References to unknown arguments, or to
    /// the argument itself, are ignored.
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

    /// The arguments that an argument conflicts with, by number.
    pub(crate) fn excluded(&self, number: usize) -> &[usize] {
        self.excluded.get(number).map_or(&[], Vec::as_slice)
    }

    /// The arguments that an argument overrides or is overridden by, by number. clap treats these as
    /// conflicts when it checks what is required.
    pub(crate) fn overriding(&self, number: usize) -> &[usize] {
        self.overriding.get(number).map_or(&[], Vec::as_slice)
    }

    /// Whether two arguments conflict.
    pub(crate) fn in_conflict(&self, a: usize, b: usize) -> bool {
        self.excluded(a).binary_search(&b).is_ok()
    }

    /// For each argument, the arguments that require it, by number.
    pub(crate) fn needed_by(&self) -> Vec<Vec<usize>> {
        let mut needed_by = vec![Vec::new(); self.requires.len()];
        for (number, requires) in self.requires.iter().enumerate() {
            for (to, _) in requires {
                needed_by[*to].push(number);
            }
        }
        needed_by
    }

    /// For each argument, whether it requires, directly or indirectly, an argument that has conflicts or
    /// can be negated.
    pub(crate) fn needs_what_excludes(&self, command: &Command) -> Vec<bool> {
        let count = self.requires.len();
        let needed_by = self.needed_by();
        let mut found = vec![false; count];
        let excludes =
            |at: &usize| !self.excluded(*at).is_empty() || !self.overriding(*at).is_empty();
        let mut next: Vec<usize> = (0..count).filter(excludes).collect();
        let negatable = |arg: &Arg| arg.opposite().is_some();
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

    /// All arguments that an argument requires, directly or indirectly, except itself. Each comes with
    /// the index of the requirement that leads to it. `seen` can be reused for the next argument.
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

/// A set of numbers that have been seen. It is reused, since allocating it for many arguments is
/// expensive.
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

    /// Marks a number as seen. Returns whether it is new.
    pub(crate) fn is_new(&mut self, number: usize) -> bool {
        std::mem::replace(&mut self.rounds[number], self.round) != self.round
    }

    pub(crate) fn has(&self, number: usize) -> bool {
        self.rounds[number] == self.round
    }
}

impl Command {
    /// The argument or option with this key.
    pub(crate) fn arg(&self, id: &str) -> Option<&Arg> {
        self.nth_arg(self.rules.number(id)?)
    }

    /// The argument or option with this number.
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

    /// The names of the arguments that an argument directly requires.
    pub(crate) fn requires<'a>(&'a self, arg: &'a Arg) -> impl Iterator<Item = &'a Name> {
        let number = self.rules.number(&arg.id);
        let extra = number.and_then(|number| self.rules.extra.get(&number));
        let extra = extra.into_iter().flatten();
        let extra = extra.map(|at| &self.extra_requires[*at].1);
        arg.requires.iter().chain(extra)
    }

    /// Whether `a` and `b` conflict.
    pub(crate) fn in_conflict(&self, a: &Arg, b: &Arg) -> bool {
        let numbers = self.rules.number(&a.id).zip(self.rules.number(&b.id));
        numbers.is_some_and(|(a, b)| self.rules.in_conflict(a, b))
    }

    /// The arguments that an argument conflicts with, in the order of [`Command::args`].
    pub(crate) fn excluded(&self, arg: &Arg) -> impl Iterator<Item = &Arg> {
        let number = self.rules.number(&arg.id);
        let others = number.map_or(&[][..], |number| self.rules.excluded(number));
        others.iter().filter_map(|other| self.nth_arg(*other))
    }

    /// The arguments that an argument overrides or is overridden by, in the same order.
    pub(crate) fn overriding(&self, arg: &Arg) -> impl Iterator<Item = &Arg> {
        let number = self.rules.number(&arg.id);
        let others = number.map_or(&[][..], |number| self.rules.overriding(number));
        others.iter().filter_map(|other| self.nth_arg(*other))
    }
}
