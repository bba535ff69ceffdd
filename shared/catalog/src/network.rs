//! One of the data networks: whom to ask, where and when.

use std::{num::NonZeroU8, time::Duration};

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
    /// How many questions may be under way at once; others wait for their turn.
    #[serde(default = "few")]
    pub questions_at_once: NonZeroU8,
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

/// What any agency's server can bear.
fn few() -> NonZeroU8 {
    const FEW: NonZeroU8 = NonZeroU8::new(8).expect("eight is not zero");
    FEW
}

impl Network {
    pub fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout_ms)
    }
}
