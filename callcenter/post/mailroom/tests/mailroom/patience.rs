//! Waits for what other processes do.

use std::{
    thread,
    time::{Duration, Instant},
};

const LONGEST: Duration = Duration::from_secs(60);
const BETWEEN: Duration = Duration::from_millis(50);

pub(crate) fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(begun.elapsed() < LONGEST, "waited in vain: {what}");
        thread::sleep(BETWEEN);
    }
}
