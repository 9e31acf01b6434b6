//! Kills programs at many moments of their run.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The number of moments.
const MOMENTS: u32 = 200;

/// For each moment, calls `prepare`, starts the program, kills it at that moment, and calls `look`. The
/// moments are spread evenly over the time that a run takes. Returns how many runs ended before they
/// were killed.
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
    // The shortest run is the one that was slowed down least.
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
