//! Stories of a technician's card, PIN and patience, without a machine.

#![allow(clippy::unwrap_used)]

mod gate_stories;
mod shop;
