//! Whether the exchange and a service's network can be reached, and since when not.

use std::time::{Duration, Instant};

use catalog::{Catalog, Service};
use request::{NetworkId, Timestamp};

use crate::{Contact, Moment};

/// A service that says nothing of its own is prepared for so long without the
/// exchange; after that its fee and form may have changed.
const FRESH_FOR: Duration = Duration::from_secs(72 * 3_600);

/// The way to the exchange and to the networks behind it.
#[derive(Debug, Default)]
pub struct Reach {
    linked: bool,
    networks_away: Vec<NetworkId>,
    contact: Contact,
    /// How old the news was when it came, and when that was: a wall clock that is
    /// set back makes nothing younger.
    age: Option<(Duration, Instant)>,
}

/// How a service's network stands, as it is said to a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// The agency's hours are over.
    Closed,
    NetworkAway {
        since: Option<Timestamp>,
    },
    ExchangeAway {
        since: Option<Timestamp>,
    },
}

impl Reach {
    pub fn connected(&mut self) {
        self.linked = true;
    }

    pub fn away(&mut self) {
        self.linked = false;
    }

    pub fn networks_away(&mut self, networks: Vec<NetworkId>) {
        self.networks_away = networks;
    }

    pub fn heard(&mut self, contact: Contact, now: Moment) {
        let since = |at: Timestamp| now.wall.as_millis().saturating_sub(at.as_millis());
        self.age = contact.exchange.map(|at| {
            let age = Duration::from_millis(u64::try_from(since(at)).unwrap_or(0));
            (age, now.instant)
        });
        self.contact = contact;
    }

    pub fn is_linked(&self) -> bool {
        self.linked
    }

    /// When the exchange was last heard of.
    pub fn last_contact(&self) -> Option<Timestamp> {
        self.contact.exchange
    }

    pub fn standing(&self, catalog: &Catalog, service: &Service, now: Moment) -> Standing {
        let network = &service.network;
        if !self.linked {
            let since = self.contact.exchange;
            return Standing::ExchangeAway { since };
        }
        if self.networks_away.contains(network) {
            let since = self.contact.networks.get(network).copied();
            return Standing::NetworkAway { since };
        }
        let access = catalog.access(service);
        if access.is_some_and(|it| it.is_open_at(now.wall.local())) {
            Standing::Open
        } else {
            Standing::Closed
        }
    }

    /// Whether what this desk knows of a service is too old to prepare it.
    pub fn is_stale(&self, service: &Service, now: Instant) -> bool {
        let limit = service.accepts_offline_for().unwrap_or(FRESH_FOR);
        !self.linked && self.silence(now) > limit
    }

    fn silence(&self, now: Instant) -> Duration {
        self.age.map_or(Duration::MAX, |(age, at)| {
            age.saturating_add(now.saturating_duration_since(at))
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::Path;

    use request::ServiceId;

    use super::*;

    #[test]
    fn a_desk_that_was_never_connected_prepares_nothing() {
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        let catalog = Catalog::read(&house).unwrap();
        let service = catalog.service(&ServiceId::new("land-ledger")).unwrap();
        let wall = Timestamp::from_millis(1_795_482_000_000);
        let instant = Instant::now();
        let now = Moment { instant, wall };
        let mut reach = Reach::default();
        assert!(reach.is_stale(service, instant));

        let exchange = Some(wall);
        let contact = Contact {
            exchange,
            ..Contact::default()
        };
        reach.heard(contact, now);

        assert!(!reach.is_stale(service, instant + FRESH_FOR));
        let later = instant + FRESH_FOR + Duration::from_secs(1);
        assert!(reach.is_stale(service, later));
        let away = Standing::ExchangeAway { since: exchange };
        assert_eq!(reach.standing(&catalog, service, now), away);
    }
}
