//! A town in one process: an office with its networks and its exchange, a cable
//! that can be cut, and a kiosk with its window and every device on a real wire.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that cannot set itself up has failed; a story looks for one thing among many"
)]

pub mod agent;
pub mod agreement;
pub mod assessment;
pub mod checker;
pub mod clerk;
mod collecting;
pub mod crash;
pub mod desktop;
pub mod help;
pub mod keypad;
pub mod listening;
pub mod log;
pub mod office;
pub mod plain_station;
pub mod stand;
pub mod walk;
