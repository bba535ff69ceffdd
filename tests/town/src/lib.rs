//! A town in one process and in virtual time: kiosks, a desk, the exchange, the
//! cables between them and every device, with dice that fall by a seed.
//!
//! The visit, what a kiosk does after a crash, the journal, both ends of replication and
//! the exchange's store are the real ones; only what a wire, a device or a citizen does
//! is played. Devices count by themselves and outlive their station. An
//! afternoon is a list of [`Action`]s made from a seed, and [`play`] answers the
//! first law it breaks; [`shrink`] finds the short story in a long afternoon.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that cannot set itself up has failed; a story looks for one thing among many"
)]

mod action;
mod afternoon;
mod agenda;
mod bug;
mod cable;
mod citizen;
mod copy;
mod crash;
mod desk;
mod disk;
mod ear;
mod evening;
mod exchange;
mod hands;
mod laws;
mod lease;
mod machine;
mod mishaps;
mod orders;
mod play;
mod proof;
mod reckoning;
mod recovering;
mod shell;
mod shrink;
mod signing;
mod soak;
mod station;
mod tickets;
mod town;
mod wedged;
mod written;

pub use action::Action;
pub use afternoon::{afternoon, honest_afternoon};
pub use bug::Bug;
pub use play::{Played, Violation, play};
pub use reckoning::Reckoning;
pub use shrink::{Story, shrink};
pub use soak::{Shift, soak};
pub use station::PowerCut;
