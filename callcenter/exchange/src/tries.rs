//! Nobody finds a ticket by trying codes.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// Unknown codes a station may show within [`WINDOW`]. A person mistypes seldom:
/// the check digit catches that before anybody is asked.
const UNKNOWN_MAX: u32 = 10;
const WINDOW: Duration = Duration::from_secs(600);

/// Parties that are counted at once; when there are more, nobody else may ask.
const COUNTED_MAX: usize = 10_000;

/// Unknown codes each party has shown, and since when they are counted.
#[derive(Debug)]
pub(crate) struct Tries<Party>(BTreeMap<Party, (u32, Instant)>);

impl<Party> Default for Tries<Party> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<Party: Clone + Ord> Tries<Party> {
    /// Whether a party may ask now.
    pub(crate) fn admits(&mut self, party: &Party, now: Instant) -> bool {
        if let Some((count, since)) = self.0.get(party)
            && !is_over(*since, now)
        {
            return *count < UNKNOWN_MAX;
        }
        self.0.remove(party);
        if self.0.len() >= COUNTED_MAX {
            self.0.retain(|_, (_, since)| !is_over(*since, now));
        }
        self.0.len() < COUNTED_MAX
    }

    pub(crate) fn unknown(&mut self, party: &Party, now: Instant) {
        self.0.entry(party.clone()).or_insert((0, now)).0 += 1;
    }
}

fn is_over(since: Instant, now: Instant) -> bool {
    now.saturating_duration_since(since) >= WINDOW
}

#[cfg(test)]
mod tests {
    use request::StationId;

    use super::*;

    #[test]
    fn when_too_many_are_counted_nobody_new_may_ask_until_their_time_is_over() {
        let (mut tries, now) = (Tries::default(), Instant::now());
        for party in 0..COUNTED_MAX {
            tries.unknown(&party, now);
        }

        assert!(!tries.admits(&COUNTED_MAX, now));
        assert!(tries.admits(&0, now));
        assert!(tries.admits(&COUNTED_MAX, now + WINDOW));
    }

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
