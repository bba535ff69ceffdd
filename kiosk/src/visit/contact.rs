//! When the way to the exchange and to the networks was last open.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use request::{NetworkId, Timestamp};
use serde::{Deserialize, Serialize};

use super::Moment;

/// What was last known to answer, by this station's wall clock. Kept in a file,
/// so that a kiosk that starts without a connection knows how old its news is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub exchange: Option<Timestamp>,
    /// Networks the exchange reached, and when it last said so.
    pub networks: BTreeMap<NetworkId, Timestamp>,
}

impl Contact {
    /// Takes over that the exchange answered, and which networks it reaches.
    pub fn heard(&mut self, reached: &[NetworkId], at: Timestamp) {
        self.exchange = Some(at);
        for network in reached {
            self.networks.insert(network.clone(), at);
        }
    }
}

/// The contact as the visit was told of it.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) contact: Contact,
    /// How old the news was when it came …
    age: Duration,
    /// … and when that was. A wall clock that is set back makes nothing younger.
    at: Instant,
}

impl Heard {
    pub(super) fn new(contact: Contact, now: Moment) -> Self {
        let since = |at: Timestamp| now.wall.as_millis().saturating_sub(at.as_millis());
        let age = contact.exchange.map_or(i64::MAX, since);
        Self {
            contact,
            age: Duration::from_millis(u64::try_from(age).unwrap_or(0)),
            at: now.instant,
        }
    }

    /// How long ago the exchange was last heard of.
    pub(super) fn age(&self, now: Instant) -> Duration {
        self.age
            .saturating_add(now.saturating_duration_since(self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_back_makes_no_news_younger() {
        let start = Instant::now();
        let moment = |seconds: u64, wall| Moment {
            instant: start + Duration::from_secs(seconds),
            wall: Timestamp::from_millis(wall),
        };
        let mut contact = Contact::default();
        contact.heard(&[], Timestamp::from_millis(1_000_000));

        let heard = Heard::new(contact, moment(0, 1_060_000));

        assert_eq!(heard.age(moment(0, 0).instant), Duration::from_secs(60));
        assert_eq!(heard.age(moment(30, 0).instant), Duration::from_secs(90));
        let never = Heard::new(Contact::default(), moment(0, 1_060_000));
        assert!(never.age(start) > Duration::from_secs(1 << 40));
    }
}
