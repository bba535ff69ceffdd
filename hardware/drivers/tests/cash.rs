//! Cash: coins, notes with an escrow, and change, over a ccTalk line.

#![allow(clippy::unwrap_used)]

#[path = "cash/afternoons.rs"]
mod afternoons;
#[path = "cash/counter.rs"]
mod counter;
#[path = "cash/frames.rs"]
mod frames;
#[path = "cash/mishaps.rs"]
mod mishaps;
#[path = "cash/moods.rs"]
mod moods;
#[path = "cash/over_a_line.rs"]
mod over_a_line;
#[path = "cash/resumed.rs"]
mod resumed;
#[path = "cash/stories.rs"]
mod stories;
#[path = "cash/strangers.rs"]
mod strangers;
