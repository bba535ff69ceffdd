//! Visits in virtual time, story by story; `tests/town` plays them by dice.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

mod announced_stories;
mod asking_stories;
mod basket_stories;
mod board_stories;
mod cabinet_stories;
mod card_payment_stories;
mod card_stories;
mod check_stories;
mod citizen;
mod doubt_stories;
mod finding_stories;
mod handset_stories;
mod help_stories;
mod journal_stories;
mod language_stories;
mod laws;
mod lease_stories;
mod leaving_stories;
mod locating_stories;
mod money_stories;
mod nearby_stories;
mod network_stories;
mod paper_stories;
mod petition_stories;
mod recipient_stories;
mod scanning_stories;
mod ticket_stories;
mod town;
mod verifying_stories;
mod whole_way;
mod year_stories;
