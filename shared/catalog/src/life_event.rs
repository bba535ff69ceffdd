//! What happens to people, and the services they need for it (CPSV-AP 3.2: `cv:LifeEvent`).

use request::ServiceId;
use serde::Deserialize;

use crate::{Bilingual, Catalog, Service};

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeEvent {
    pub id: String,
    pub title: Bilingual,
    /// When one is asked for the papers.
    pub summary: Bilingual,
    /// In the order in which they are asked for.
    pub services: Vec<ServiceId>,
}

/// The file of all of them, in the order in which they are shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LifeEvents {
    #[serde(rename = "life_event")]
    pub(crate) all: Vec<LifeEvent>,
}

impl Catalog {
    pub fn life_event(&self, id: &str) -> Option<&LifeEvent> {
        self.life_events().find(|it| it.id == id)
    }

    /// The papers that one is asked for then.
    pub fn needed_for<'a>(&'a self, event: &'a LifeEvent) -> impl Iterator<Item = &'a Service> {
        event.services.iter().filter_map(|id| self.service(id))
    }
}
