//! The generator: checking a spec and generating everything from it.

use std::path::Path;
use std::time::Instant;

use clapspec::Part;

use crate::{peers, shape};

/// Prints a table of the times for specs with these numbers of commands, each the fastest of five runs.
pub fn table(target: &Path, counts: &[usize]) {
    println!("| commands | check, ms | code and man pages, ms | all parts, ms |");
    println!("|---:|---:|---:|---:|");
    for &count in counts {
        let spec = target.join(format!("spec-{count}"));
        peers::clapspec::write_spec(&spec, &shape::equal(count), "");
        let generate = |parts: &[Part]| milliseconds(|| clapspec::generate(&spec, parts).is_ok());
        println!(
            "| {count} | {:.0} | {:.0} | {:.0} |",
            milliseconds(|| clapspec::check(&spec).is_ok()),
            generate(&[Part::Rust, Part::Man]),
            generate(Part::ALL)
        );
    }
}

/// Returns the time of the fastest of five runs.
fn milliseconds(work: impl Fn() -> bool) -> f64 {
    let run = || {
        let start = Instant::now();
        assert!(work(), "the spec is valid");
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..5).map(|_| run()).fold(f64::INFINITY, f64::min)
}
