//! Stories of a technician's card, PIN and patience, without a machine.

#![allow(clippy::unwrap_used)]

mod adjusting_stories;
mod cash_stories;
mod gate_stories;
mod report_stories;
mod shop;
mod switch_stories;
mod trying_stories;
