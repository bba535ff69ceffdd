//! What becomes of a request that comes to the exchange at a moment, before anybody is
//! asked.

use request::LocalTime;

use crate::{Catalog, Closed, OfflineRule, Service};

/// By the network's hours and its maintenance, and by the service's offline rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// The network is asked.
    Asked,
    /// It is not, and the request waits: the network is worked on, and the service is
    /// one that may be done later.
    Later,
    /// It is not, and the citizen is told so.
    Declined,
}

impl Catalog {
    pub fn admission(&self, service: &Service, at: LocalTime) -> Admission {
        let Some(access) = self.access(service) else {
            return Admission::Declined;
        };
        match (access.closed_at(at), &service.offline) {
            (None, _) => Admission::Asked,
            (Some(Closed::Maintenance(_)), OfflineRule::Queue { .. }) => Admission::Later,
            (Some(_), _) => Admission::Declined,
        }
    }
}
