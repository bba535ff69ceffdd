//! When each station was last on its line. It asks for news all the time, so that a
//! silence is a fault: of the station, or of its line.

use std::{collections::BTreeMap, time::Duration};

use request::{StationId, Timestamp};

/// A question for news is held up to a minute, and asked anew a little later.
pub(crate) const SILENCE: Duration = Duration::from_mins(3);

/// Since the exchange has been up; pure.
#[derive(Debug)]
pub(crate) struct Presence {
    since: Timestamp,
    last: BTreeMap<StationId, Timestamp>,
}

impl Presence {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            since: now,
            last: BTreeMap::new(),
        }
    }

    /// Whether a station that has not been heard must be silent: after a start all come
    /// back one by one.
    pub(crate) fn can_tell(&self, now: Timestamp) -> bool {
        now >= self.since + SILENCE
    }

    /// A station of the roster has asked something.
    pub(crate) fn heard(&mut self, station: &StationId, now: Timestamp) {
        match self.last.get_mut(station) {
            Some(at) => *at = now,
            None => drop(self.last.insert(station.clone(), now)),
        }
    }

    pub(crate) fn last(&self, station: &StationId) -> Option<Timestamp> {
        self.last.get(station).copied()
    }

    pub(crate) fn is_there(&self, station: &StationId, now: Timestamp) -> bool {
        self.last(station).is_some_and(|at| now < at + SILENCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_station_is_there_until_it_has_been_silent_for_too_long() {
        let now = Timestamp::from_millis(7);
        let mut presence = Presence::new(now);
        let (station, other) = (StationId::new("gaon-1"), StationId::new("narae-1"));

        presence.heard(&station, now);

        assert!(presence.is_there(&station, now + SILENCE / 2));
        assert!(!presence.is_there(&station, now + SILENCE));
        assert_eq!(presence.last(&station), Some(now));
        assert!(!presence.can_tell(now + SILENCE / 2) && presence.can_tell(now + SILENCE));
        assert!(!presence.is_there(&other, now));
        presence.heard(&station, now + SILENCE);
        assert!(presence.is_there(&station, now + SILENCE));
    }
}
