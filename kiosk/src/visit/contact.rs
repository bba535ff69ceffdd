//! When the way to the exchange and to the networks was last open.

use std::time::{Duration, Instant};

use request::Timestamp;
use station::Contact;

use super::Moment;

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
