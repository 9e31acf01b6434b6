//! Random specs of every shape, and command lines for them.
//!
//! A spec is generated from a list of numbers. Each number makes one decision, such as the number of
//! options. proptest shrinks the list, and a shorter list with smaller numbers results in a simpler
//! spec. Most specs are valid, since references use existing names. Some are invalid on purpose.

mod args;
mod commands;
mod contract;
mod kinds;
mod lines;
mod node;
mod program;
mod rules;
mod source;
mod words;

use proptest::prelude::*;

use source::Source;

/// A spec, with command lines to try.
#[derive(Clone, Debug)]
pub struct Case {
    /// `cli.yaml`
    pub spec: String,
    /// Command lines, including the program's name.
    pub lines: Vec<Vec<String>>,
    /// Environment variables that options read. The tests within the generator don't use them.
    #[allow(dead_code)]
    pub variables: Vec<(String, String)>,
}

/// The maximum length of the list of numbers. After its end, all decisions are the simplest ones.
const NUMBERS: usize = 4_000;

/// Generates any spec.
pub fn case() -> impl Strategy<Value = Case> {
    prop::collection::vec(any::<u32>(), 0..NUMBERS).prop_map(|numbers| make(&numbers))
}

/// Generates the spec for these numbers.
pub fn make(numbers: &[u32]) -> Case {
    let mut source = Source::new(numbers);
    let program = program::program(&mut source);
    let lines = (0..12).map(|_| lines::line(&mut source, &program));
    let lines = lines.collect();
    Case {
        spec: program.node.to_string(),
        lines,
        variables: lines::variables(&mut source, &program),
    }
}
