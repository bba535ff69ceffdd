//! What the steward decides: which start is a good one, which release is taken and when it
//! starts, which order is carried out, and what a rollback says.

#![allow(clippy::unwrap_used)]

#[path = "steward/afternoons.rs"]
mod afternoons;
#[path = "steward/alarms.rs"]
mod alarms;
#[path = "steward/firewall.rs"]
mod firewall;
#[path = "steward/gate.rs"]
mod gate;
#[path = "steward/orders.rs"]
mod orders;
#[path = "steward/releases.rs"]
mod releases;
#[path = "steward/updates.rs"]
mod updates;

use request::Timestamp;

pub(crate) const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);
