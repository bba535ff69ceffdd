//! Notices that something has been missing for long, and says so less and less often.

use std::time::{Duration, Instant};

#[derive(Clone, Copy, Debug)]
pub(super) struct Watch {
    since: Instant,
    first: Duration,
    next: Duration,
}

impl Watch {
    /// Tells after `first`, and again at each doubling.
    pub(super) fn new(first: Duration, now: Instant) -> Self {
        Self {
            since: now,
            first,
            next: first,
        }
    }

    /// It is there; answers whether it had been told missing.
    pub(super) fn seen(&mut self, now: Instant) -> bool {
        let told = self.next > self.first;
        *self = Self::new(self.first, now);
        told
    }

    /// How long it has been missing, when that is to be told now.
    pub(super) fn missing(&mut self, now: Instant) -> Option<Duration> {
        let missing = now.saturating_duration_since(self.since);
        if missing < self.next {
            return None;
        }
        let told = self.next;
        self.next *= 2;
        Some(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_at_each_doubling_until_it_is_seen() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut watch = Watch::new(second * 5, start);
        let told: Vec<_> = (0..60u32)
            .filter_map(|it| watch.missing(start + second * it))
            .collect();

        assert_eq!(told, [second * 5, second * 10, second * 20, second * 40]);
        assert!(watch.seen(start + second * 60));
        assert!(!watch.seen(start + second * 61));
        assert_eq!(watch.missing(start + second * 65), None);
    }
}
