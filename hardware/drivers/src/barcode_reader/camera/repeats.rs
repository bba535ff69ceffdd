//! The code that was told last: while it stays in view it is not told again.

use std::time::{Duration, Instant};

use devices::barcode_reader::Barcode;

/// A hand that shakes loses a code for less.
const AWAY: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub(super) struct Repeats {
    told: Option<(Barcode, Instant)>,
}

impl Repeats {
    pub(super) fn tell(&mut self, code: Barcode, now: Instant) {
        self.told = Some((code, now));
    }

    /// Whether it was told, and has been in view since.
    pub(super) fn is_repeat(&mut self, code: &Barcode, now: Instant) -> bool {
        match &mut self.told {
            Some((told, seen_at)) if told == code => {
                *seen_at = now;
                true
            }
            Some(_) | None => false,
        }
    }

    /// It is not to be seen now, or nobody looks.
    pub(super) fn out_of_view(&mut self, now: Instant) {
        let seen_lately =
            |(_, seen_at): &mut (Barcode, Instant)| now.saturating_duration_since(*seen_at) < AWAY;
        if !self.told.as_mut().is_some_and(seen_lately) {
            self.told = None;
        }
    }
}
