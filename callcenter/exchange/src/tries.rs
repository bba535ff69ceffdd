//! Nobody finds a ticket by trying codes.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use request::StationId;

/// Unknown codes a station may show within [`WINDOW`]. A person mistypes seldom:
/// the check digit catches that before anybody is asked.
const UNKNOWN_MAX: u32 = 10;
const WINDOW: Duration = Duration::from_secs(600);

/// Unknown codes each station has shown, and since when they are counted.
#[derive(Debug, Default)]
pub(crate) struct Tries(BTreeMap<StationId, (u32, Instant)>);

impl Tries {
    /// Whether a station may ask now.
    pub(crate) fn admits(&mut self, station: &StationId, now: Instant) -> bool {
        if let Some((count, since)) = self.0.get(station)
            && now.saturating_duration_since(*since) < WINDOW
        {
            return *count < UNKNOWN_MAX;
        }
        self.0.remove(station);
        true
    }

    pub(crate) fn unknown(&mut self, station: &StationId, now: Instant) {
        self.0.entry(station.clone()).or_insert((0, now)).0 += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_ten_unknown_codes_a_station_waits_and_no_other_does() {
        let (mut tries, now) = (Tries::default(), Instant::now());
        let (station, other) = (StationId::new("gaon-1"), StationId::new("narae-1"));

        for _ in 0..UNKNOWN_MAX {
            assert!(tries.admits(&station, now));
            tries.unknown(&station, now);
        }

        assert!(!tries.admits(&station, now + WINDOW / 2));
        assert!(tries.admits(&other, now));
        assert!(tries.admits(&station, now + WINDOW));
        tries.unknown(&station, now + WINDOW);
        assert!(tries.admits(&station, now + WINDOW));
    }
}
