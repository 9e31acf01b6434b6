//! Programs that are killed at many moments of their run.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many moments are tried.
const MOMENTS: u32 = 200;

/// Calls `prepare`, starts the program and kills it, again and again: the moments are spread evenly over the
/// time that it needs. Calls `look` after each. Returns how many runs ended by themselves.
pub fn kill_at_moments(mut prepare: impl FnMut() -> Command, mut look: impl FnMut(u32)) -> u32 {
    let quiet = |mut command: Command| {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn().expect("the program runs")
    };
    let runs = (0..5).map(|_| {
        let mut child = quiet(prepare());
        let start = Instant::now();
        child.wait().expect("it ends");
        start.elapsed()
    });
    // The shortest run is the one that nothing else slowed down.
    let whole = runs.min().unwrap_or(Duration::from_millis(10));
    let mut ended = 0;
    for moment in 0..MOMENTS {
        let mut child = quiet(prepare());
        std::thread::sleep(whole * moment / MOMENTS);
        ended += u32::from(child.try_wait().expect("a child").is_some());
        let _ = child.kill();
        child.wait().expect("it ends");
        look(moment);
    }
    ended
}
