//! The edge as clients of other makers know it: the real program on a bench of twins, and a
//! client that nobody here wrote, whose every message is judged by the published ones.

#![allow(clippy::unwrap_used)]

#[path = "edge/cabinet_stories.rs"]
mod cabinet_stories;
#[path = "edge/card_stories.rs"]
mod card_stories;
#[path = "edge/cash_stories.rs"]
mod cash_stories;
#[path = "edge/client.rs"]
mod client;
#[path = "edge/dialect_stories.rs"]
mod dialect_stories;
#[path = "edge/door_stories.rs"]
mod door_stories;
#[path = "edge/mishap_stories.rs"]
mod mishap_stories;
#[path = "edge/paper_stories.rs"]
mod paper_stories;
#[path = "edge/station.rs"]
mod station;
