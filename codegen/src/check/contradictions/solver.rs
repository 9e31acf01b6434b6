//! Whether rules can all hold at once (the problem SAT, of which commands have small instances).

/// How many clauses are looked at to find out whether one is needed.
const CORE_STEPS: usize = 20_000;

/// Something is given, or is not: its number, and which of the two.
pub(super) type Literal = (usize, bool);

/// An assignment of `count` things that makes a literal of each clause true. What no clause asks for is
/// false in it. Looks at no more than so many clauses, again and again, and counts them; where that is not
/// enough, there is taken to be an assignment.
pub(super) fn solve(count: usize, clauses: &[&[Literal]], steps: &mut usize) -> Option<Vec<bool>> {
    let holds_always =
        |clause: &[Literal]| clause.iter().any(|(at, on)| clause.contains(&(*at, !on)));
    let clauses = clauses.iter().copied();
    let mut solver = Solver {
        clauses: &clauses
            .filter(|clause| !holds_always(clause))
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

/// The clauses without which the others would be possible: none of these can be left out.
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
        // What is open in no clause may be as it likes.
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

    /// Sets what follows from what is set. `false` where a clause can't hold any more.
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

    /// Compared with trying every assignment.
    #[test]
    fn small_problems() {
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
