//! Stories of the desk: the real program without a display, its keys pressed and
//! its controls found by the labels a screen reader finds.
//!
//! With `MINWON_PICTURES=FOLDER` the look at the panes leaves a picture of each there.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that cannot set itself up has failed; a story looks for one thing among many"
)]

#[path = "desk/board.rs"]
mod board;
#[path = "desk/booth.rs"]
#[expect(dead_code, reason = "other stories open it beside an exchange")]
mod booth;
#[path = "desk/caller.rs"]
mod caller;
#[path = "desk/checks.rs"]
mod checks;
#[path = "desk/devices.rs"]
mod devices;
#[path = "desk/disposing.rs"]
mod disposing;
#[path = "desk/eye.rs"]
mod eye;
#[path = "desk/kiosks.rs"]
mod kiosks;
#[path = "desk/knowledge.rs"]
mod knowledge;
#[path = "desk/letters.rs"]
mod letters;
#[path = "desk/look.rs"]
mod look;
#[path = "desk/messages.rs"]
mod messages;
#[path = "desk/postings.rs"]
mod postings;
#[path = "desk/preparing.rs"]
mod preparing;
#[path = "desk/reviewing.rs"]
mod reviewing;
#[path = "desk/reviews.rs"]
mod reviews;
#[path = "desk/sending.rs"]
mod sending;
#[path = "desk/signing_in.rs"]
mod signing_in;
#[path = "desk/supervising.rs"]
mod supervising;
#[path = "desk/telephoning.rs"]
mod telephoning;
