//! Specs of every shape, and command lines for them.
//!
//! A list of numbers makes a spec: each number settles one question, such as how many options there
//! are. proptest shrinks the list, and a shorter list with smaller numbers makes a plainer spec. Most
//! of what is made is right, since names are chosen from those that are there; some of it is not, on
//! purpose.

mod args;
mod commands;
mod lines;
mod node;
mod rules;
mod source;
mod words;

use proptest::prelude::*;

use source::Source;

/// A spec, and what to try on it.
#[derive(Clone, Debug)]
pub struct Case {
    /// `cli.yaml`
    pub spec: String,
    /// Command lines, the program's name included.
    pub lines: Vec<Vec<String>>,
    /// Variables, for those that options read; what is tried within the generator reads none.
    #[allow(dead_code)]
    pub variables: Vec<(String, String)>,
}

/// Numbers that a spec may need; where they end, everything is as plain as can be.
const NUMBERS: usize = 4_000;

/// Any spec.
pub fn case() -> impl Strategy<Value = Case> {
    prop::collection::vec(any::<u32>(), 0..NUMBERS).prop_map(|numbers| make(&numbers))
}

/// The spec that these numbers make.
pub fn make(numbers: &[u32]) -> Case {
    let mut source = Source::new(numbers);
    let program = commands::program(&mut source);
    let lines = (0..12).map(|_| lines::line(&mut source, &program));
    let lines = lines.collect();
    Case {
        spec: program.node.to_string(),
        lines,
        variables: lines::variables(&mut source, &program),
    }
}
