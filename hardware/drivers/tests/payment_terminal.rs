//! A payment terminal over ZVT: our driver, the bench's terminal, and a stranger's
//! library that judges both.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "payment_terminal/counter.rs"]
mod counter;
#[path = "payment_terminal/crashes.rs"]
mod crashes;
#[path = "payment_terminal/judge.rs"]
mod judge;
#[path = "payment_terminal/moods.rs"]
mod moods;
#[path = "payment_terminal/over_tcp.rs"]
mod over_tcp;
