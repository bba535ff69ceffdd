//! What the plane's thread counts of itself.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use crate::local::clock::Lateness;

/// Since the plane was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    pub received: u64,
    pub sent: u64,
    /// The network did not take them.
    pub unsent: u64,
    /// 20 ms cycles left out because the machine stood still.
    pub skipped: u64,
    /// How late phases of the clock were served.
    pub lateness_p50: Duration,
    pub lateness_p99: Duration,
    pub lateness_max: Duration,
}

#[derive(Default)]
pub(super) struct Counters {
    pub(super) received: AtomicU64,
    pub(super) sent: AtomicU64,
    pub(super) unsent: AtomicU64,
    pub(super) skipped: AtomicU64,
    pub(super) lateness: Lateness,
}

impl Counters {
    pub(super) fn figures(&self) -> Figures {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Figures {
            received: read(&self.received),
            sent: read(&self.sent),
            unsent: read(&self.unsent),
            skipped: read(&self.skipped),
            lateness_p50: self.lateness.quantile(0.5),
            lateness_p99: self.lateness.quantile(0.99),
            lateness_max: self.lateness.longest(),
        }
    }
}
