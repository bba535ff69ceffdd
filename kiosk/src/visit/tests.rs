//! Visits in virtual time: stories, and a thousand afternoons by dice.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

mod card_stories;
mod citizen;
mod dice;
mod journal_stories;
mod laws;
mod leaving_stories;
mod money_stories;
mod network_stories;
mod paper_stories;
mod simulation;
mod told;
mod town;
mod whole_way;
