//! One of the data networks: whom to ask, where and when.

use std::time::Duration;

use request::NetworkId;
use serde::Deserialize;

use crate::{Bilingual, Hours, Maintenance};

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    pub id: NetworkId,
    pub title: Bilingual,
    /// The office that answers; it is named in every consent.
    pub agency: Bilingual,
    #[serde(default)]
    pub hours: Hours,
    /// When it is worked on; nobody asks it then.
    #[serde(default)]
    pub maintenance: Vec<Maintenance>,
    pub timeout_ms: u64,
    pub xroad: XRoadMember,
}

/// The agency's subsystem in X-Road terms (X-Road: Message Protocol for REST, §4.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct XRoadMember {
    pub instance: String,
    pub class: String,
    pub member: String,
    pub subsystem: String,
}

impl Network {
    pub fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout_ms)
    }
}
