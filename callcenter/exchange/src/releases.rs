//! Releases for machines: taken from an operator, and given to machines in pieces.
//!
//! They lie below `data/releases`: each as it was signed, its files by their digests. Whose
//! signature counts is the machines' to know; what an operator hands in is compared with the
//! key they bring along, so that nothing else is ever offered.

mod command;
mod shelf;
pub(crate) mod waves;

pub use command::hand_in_release;
pub(crate) use shelf::ReleaseShelf;
