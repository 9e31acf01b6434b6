//! A solver that finds out whether all rules can hold at once: the SAT problem, in small instances.

/// The number of clauses that are evaluated to find out whether one of them is needed.
const CORE_STEPS: usize = 20_000;

/// An argument, by its number, and whether it is given.
pub(super) type Literal = (usize, bool);

/// Finds an assignment of `count` variables that makes a literal of each clause true. Variables that no
/// clause needs are false. `steps` limits how many clauses are evaluated, and is counted down; when it
/// reaches 0, the clauses count as satisfiable.
pub(super) fn solve(count: usize, clauses: &[&[Literal]], steps: &mut usize) -> Option<Vec<bool>> {
    let is_tautology =
        |clause: &[Literal]| clause.iter().any(|(at, on)| clause.contains(&(*at, !on)));
    let clauses = clauses.iter().copied();
    let mut solver = Solver {
        clauses: &clauses
            .filter(|clause| !is_tautology(clause))
            .collect::<Vec<_>>(),
        steps,
    };
    let values = solver.search(vec![None; count])?;
    Some(
        values
            .into_iter()
            .map(|value| value == Some(true))
            .collect(),
    )
}

/// Returns a minimal subset of the clauses that is still unsatisfiable.
pub(super) fn core<'c>(count: usize, clauses: &[&'c [Literal]]) -> Vec<&'c [Literal]> {
    let mut kept = clauses.to_vec();
    let mut at = 0;
    while at < kept.len() {
        let mut fewer = kept.clone();
        fewer.remove(at);
        let mut steps = CORE_STEPS;
        match solve(count, &fewer, &mut steps) {
            Some(_) => at += 1,
            None => kept = fewer,
        }
    }
    kept
}

struct Solver<'a> {
    clauses: &'a [&'a [Literal]],
    steps: &'a mut usize,
}

impl Solver<'_> {
    fn search(&mut self, mut values: Vec<Option<bool>>) -> Option<Vec<Option<bool>>> {
        if !self.propagate(&mut values) {
            return None;
        }
        let holds = |values: &[Option<bool>], clause: &[Literal]| {
            clause.iter().any(|(at, on)| values[*at] == Some(*on))
        };
        // Variables that no unsatisfied clause contains may have any value.
        let mut clauses = self.clauses.iter();
        let Some(open) = clauses.find(|clause| !holds(&values, clause)) else {
            return Some(values);
        };
        for (at, on) in *open {
            if values[*at].is_some() {
                continue;
            }
            if *self.steps == 0 {
                return Some(values);
            }
            let mut chosen = values.clone();
            chosen[*at] = Some(*on);
            if let Some(found) = self.search(chosen) {
                return Some(found);
            }
            // From here on, the literal is known to be false.
            values[*at] = Some(!*on);
        }
        None
    }

    /// Sets all variables whose values follow from others. Returns `false` if a clause can't be
    /// satisfied.
    fn propagate(&mut self, values: &mut [Option<bool>]) -> bool {
        loop {
            let mut changed = false;
            *self.steps = self.steps.saturating_sub(self.clauses.len());
            if *self.steps == 0 {
                return true;
            }
            for clause in self.clauses {
                let mut open = clause.iter().filter(|(at, _)| values[*at].is_none());
                let (first, second) = (open.next(), open.next());
                let holds = clause.iter().any(|(at, on)| values[*at] == Some(*on));
                match (first, second) {
                    _ if holds => {}
                    (None, _) => return false,
                    (Some((at, on)), None) => {
                        values[*at] = Some(*on);
                        changed = true;
                    }
                    _ => {}
                }
            }
            if !changed {
                return true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Literal, core, solve};

    /// Compares the solver with a search through all assignments.
    #[test]
    fn agrees_with_exhaustive_search() {
        let mut state = 1u32;
        let mut random = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let mut impossible = 0;
        for _ in 0..3_000 {
            let count = 1 + random(5) as usize;
            let clauses: Vec<Vec<Literal>> = (0..random(12))
                .map(|_| {
                    let length = 1 + random(3);
                    let literal = |_| (random(count as u32) as usize, random(2) == 0);
                    (0..length).map(literal).collect()
                })
                .collect();
            let clauses: Vec<&[Literal]> = clauses.iter().map(Vec::as_slice).collect();
            let holds = |clauses: &[&[Literal]]| {
                (0..1 << count).any(|bits: u32| {
                    let is = |(at, on): &Literal| (bits >> at & 1 == 1) == *on;
                    clauses.iter().all(|clause| clause.iter().any(is))
                })
            };
            let found = solve(count, &clauses, &mut 1_000_000).is_some();
            assert_eq!(found, holds(&clauses), "{clauses:?}");
            if holds(&clauses) {
                continue;
            }
            impossible += 1;
            let core = core(count, &clauses);
            assert!(!holds(&core));
            for at in 0..core.len() {
                let mut fewer = core.clone();
                fewer.remove(at);
                assert!(holds(&fewer));
            }
        }
        assert!(impossible > 100);
    }
}
