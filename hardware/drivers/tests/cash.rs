//! Cash: coins, notes with an escrow, and change, over a ccTalk line.

#![allow(clippy::unwrap_used)]

#[path = "cash/counter.rs"]
mod counter;
#[path = "cash/over_a_line.rs"]
mod over_a_line;
#[path = "cash/stories.rs"]
mod stories;
