//! A payment terminal over ZVT: our driver and the bench's terminal. A stranger's
//! library judges both in `tests/oracle/zvt.rs`.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "payment_terminal/counter.rs"]
mod counter;
#[path = "payment_terminal/crashes.rs"]
mod crashes;
#[path = "payment_terminal/moods.rs"]
mod moods;
#[path = "payment_terminal/over_tcp.rs"]
mod over_tcp;
